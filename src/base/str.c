/*
 * Text in buffers of fixed size.
 *
 * The numbers are written and read by hand: printf() costs the pure layers their purity, and strtol()
 * accepts leading blanks, signs and octal, which in a settings file are somebody's mistake.
 */
#include "base/str.h"

#include <string.h>

#include "base/assert.h"

StrBuf str_begin(char *buffer, size_t size)
{
    assert(buffer != NULL);
    assert(size > 0);

    buffer[0] = '\0';
    return (StrBuf){.data = buffer, .size = size};
}

void str_add_bytes(StrBuf *out, const char *bytes, size_t length)
{
    assert(out->length < out->size);

    if (out->cut) {
        return;
    }
    size_t room = out->size - 1 - out->length;
    if (length > room) {
        length = room;
        out->cut = true;
    }
    if (length > 0) {
        memcpy(out->data + out->length, bytes, length);
    }
    out->length += length;
    out->data[out->length] = '\0';
}

void str_add(StrBuf *out, const char *text)
{
    str_add_bytes(out, text, strlen(text));
}

void str_add_char(StrBuf *out, char c)
{
    str_add_bytes(out, &c, 1);
}

static void add_number(StrBuf *out, uint64_t value, unsigned base)
{
    char digits[20];
    size_t count = 0;

    do {
        digits[sizeof(digits) - ++count] = "0123456789ABCDEF"[value % base];
        value /= base;
    } while (value != 0);
    str_add_bytes(out, digits + sizeof(digits) - count, count);
}

void str_add_uint(StrBuf *out, uint64_t value)
{
    add_number(out, value, 10);
}

void str_add_int(StrBuf *out, int64_t value)
{
    if (value < 0) {
        str_add_char(out, '-');
    }
    /* Negated as unsigned, so that the smallest value has an opposite. */
    add_number(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10);
}

void str_add_hex(StrBuf *out, uint64_t value)
{
    add_number(out, value, 16);
}

bool str_copy_bytes(char *ret, size_t size, const char *bytes, size_t length)
{
    StrBuf out = str_begin(ret, size);

    str_add_bytes(&out, bytes, length);
    return !out.cut;
}

bool str_copy(char *ret, size_t size, const char *text)
{
    return str_copy_bytes(ret, size, text, strlen(text));
}

bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_equal_nocase(const char *a, const char *b)
{
    while (*a != '\0' && str_lower(*a) == str_lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

bool str_starts_with(const char *text, const char *prefix)
{
    while (*prefix != '\0') {
        if (*text++ != *prefix++) {
            return false;
        }
    }
    return true;
}

bool str_is_space(char c)
{
    return c == ' ' || c == '\t';
}

bool str_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool str_is_letter(char c)
{
    return str_lower(c) >= 'a' && str_lower(c) <= 'z';
}

char str_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_to_uint(const char *text, size_t length, uint64_t *ret)
{
    uint64_t value = 0;

    if (length == 0) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!str_is_digit(text[i])) {
            return false;
        }
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *ret = value;
    return true;
}

bool str_to_int(const char *text, size_t length, int64_t *ret)
{
    bool negative = length > 0 && text[0] == '-';
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value;

    if (!str_to_uint(text + (negative ? 1 : 0), length - (negative ? 1 : 0), &value)) {
        return false;
    }
    if (value > limit) {
        return false;
    }
    /* By way of value - 1, which is in range even for the smallest number. */
    *ret = negative && value > 0 ? -(int64_t)(value - 1) - 1 : (int64_t)value;
    return true;
}

void str_from_bytes(const uint8_t *bytes, size_t length, char *ret)
{
    for (size_t i = 0; i < length; i++) {
        ret[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        ret[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    ret[2 * length] = '\0';
}

/* The value of a hexadecimal digit, or 16. */
static unsigned digit_value(char c)
{
    if (str_is_digit(c)) {
        return (unsigned)(c - '0');
    }
    char lower = str_lower(c);
    return lower >= 'a' && lower <= 'f' ? (unsigned)(lower - 'a') + 10 : 16;
}

bool str_to_bytes(const char *text, size_t length, uint8_t *ret, size_t size)
{
    if (length != 2 * size) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (digit_value(text[i]) > 15) {
            return false;
        }
    }
    for (size_t i = 0; i < size; i++) {
        ret[i] = (uint8_t)(digit_value(text[2 * i]) << 4 | digit_value(text[2 * i + 1]));
    }
    return true;
}

const char *str_from_lsn(uint64_t lsn, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);

    str_add_hex(&out, lsn >> 32);
    str_add_char(&out, '/');
    str_add_hex(&out, lsn & UINT32_MAX);
    return ret;
}

/* One half of a position: one to eight digits. */
static bool read_half(const char *text, size_t length, uint64_t *ret)
{
    uint64_t value = 0;

    if (length == 0 || length > 8) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned digit = digit_value(text[i]);
        if (digit > 15) {
            return false;
        }
        value = value << 4 | digit;
    }
    *ret = value;
    return true;
}

bool str_to_lsn(const char *text, size_t length, uint64_t *ret)
{
    uint64_t high;
    uint64_t low;

    const char *slash = length > 0 ? memchr(text, '/', length) : NULL;
    if (slash == NULL) {
        return false;
    }
    size_t before = (size_t)(slash - text);
    if (!read_half(text, before, &high) || !read_half(slash + 1, length - before - 1, &low)) {
        return false;
    }
    *ret = high << 32 | low;
    return true;
}

static size_t bounded_length(const char *text)
{
    size_t length = 0;

    while (length < STR_DISTANCE_MAX && text[length] != '\0') {
        length++;
    }
    return length;
}

static int smallest(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/*
 * Three rows of the usual table are enough, since a swap of neighbours reaches back two rows and nothing
 * reaches further.
 */
int str_distance(const char *a, const char *b)
{
    size_t a_length = bounded_length(a);
    size_t b_length = bounded_length(b);
    int rows[3][STR_DISTANCE_MAX + 1];

    for (size_t j = 0; j <= b_length; j++) {
        rows[0][j] = (int)j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3];
        const int *above_two = rows[(i + 1) % 3];

        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            int differs = str_lower(a[i - 1]) != str_lower(b[j - 1]);
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + differs);

            bool swapped = i > 1 && j > 1 && str_lower(a[i - 1]) == str_lower(b[j - 2]) &&
                           str_lower(a[i - 2]) == str_lower(b[j - 1]);
            if (swapped && above_two[j - 2] + 1 < row[j]) {
                row[j] = above_two[j - 2] + 1;
            }
        }
    }
    return rows[a_length % 3][b_length];
}

bool str_is_near(const char *a, const char *b)
{
    /* One slip in three letters still looks like the word; more does not. */
    return str_distance(a, b) <= ((int)bounded_length(b) + 1) / 3;
}
