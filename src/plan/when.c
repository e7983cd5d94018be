/*
 * Dates and times.
 */
#include "plan/when.h"

#include <string.h>

#include "base/str.h"

/* Exactly so many digits. */
static bool take_digits(const char **at, int count, int *ret)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!str_is_digit((*at)[i])) {
            return false;
        }
        value = value * 10 + ((*at)[i] - '0');
    }
    *at += count;
    *ret = value;
    return true;
}

static bool take_one_of(const char **at, const char *marks)
{
    if (**at == '\0' || strchr(marks, **at) == NULL) {
        return false;
    }
    (*at)++;
    return true;
}

static bool take_fraction(const char **at, int *ret)
{
    int value = 0;
    int factor = 1000000;
    if (!take_one_of(at, ".")) {
        return true;
    }
    if (!str_is_digit(**at)) {
        return false;
    }
    while (str_is_digit(**at) && factor > 1) {
        factor /= 10;
        value += (**at - '0') * factor;
        (*at)++;
    }
    *ret = value;
    return true;
}

static bool take_zone(const char **at, When *ret)
{
    int hours = 0;
    int minutes = 0;
    if (take_one_of(at, " ") && **at == '\0') {
        return false;
    }
    if (**at == '\0') {
        return true;
    }
    ret->zoned = true;
    if (take_one_of(at, "Zz")) {
        return true;
    }
    const bool west = **at == '-';
    if (!take_one_of(at, "+-") || !take_digits(at, 2, &hours)) {
        return false;
    }
    if (take_one_of(at, ":") || str_is_digit(**at)) {
        if (!take_digits(at, 2, &minutes)) {
            return false;
        }
    }
    ret->offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    return hours <= 15 && minutes <= 59;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool when_parse(const char *text, When *ret)
{
    When when = {0};
    const char *at = text;
    if (!take_digits(&at, 4, &when.year) || !take_one_of(&at, "-") ||
        !take_digits(&at, 2, &when.month) || !take_one_of(&at, "-") ||
        !take_digits(&at, 2, &when.day) || !take_one_of(&at, " T_") ||
        !take_digits(&at, 2, &when.hour) || !take_one_of(&at, ":") ||
        !take_digits(&at, 2, &when.minute) || !take_one_of(&at, ":") ||
        !take_digits(&at, 2, &when.second) || !take_fraction(&at, &when.micros) ||
        !take_zone(&at, &when) || *at != '\0') {
        return false;
    }
    if (when.year < 1970 || when.month < 1 || when.month > 12 || when.day < 1 ||
        when.day > days_of_month(when.year, when.month) || when.hour > 23 || when.minute > 59 ||
        when.second > 59) {
        return false;
    }
    *ret = when;
    return true;
}

int64_t when_seconds(const When *when)
{
    int64_t days = 0;
    for (int year = 1970; year < when->year; year++) {
        days += (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 366 : 365;
    }
    for (int month = 1; month < when->month; month++) {
        days += days_of_month(when->year, month);
    }
    days += when->day - 1;
    return ((days * 24 + when->hour) * 60 + when->minute) * 60 + when->second;
}
