/* pg_history.c - parses history files and finds the newest timeline, as PostgreSQL's timeline.c does. */
#include "sys/pg_history.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_file.h"

#include <stdlib.h>
#include <string.h>

static const char *skip_blank(const char *at)
{
    while (*at == ' ' || *at == '\t') {
        at++;
    }
    return at;
}

static size_t word_length(const char *at)
{
    return strcspn(at, " \t\r\n");
}

/* One line "parent switchpoint reason"; an empty line or a comment gives timeline 0. */
static bool parse_line(const char *line, TimelineId *ret_timeline, Lsn *ret_switch)
{
    uint64_t timeline = 0;
    const char *at = skip_blank(line);
    if (*at == '\0' || *at == '\n' || *at == '\r' || *at == '#') {
        *ret_timeline = 0;
        return true;
    }
    size_t length = word_length(at);
    if (!str_to_uint(at, length, &timeline) || timeline == 0 || timeline > UINT32_MAX) {
        return false;
    }
    at = skip_blank(at + length);
    if (!str_to_lsn(at, word_length(at), ret_switch)) {
        return false;
    }
    *ret_timeline = (TimelineId)timeline;
    return true;
}

static void add_stretch(PgHistory *history, const PgStretch *stretch)
{
    if (history->count == PG_HISTORY_MAX) {
        history->count--;
        memmove(&history->stretch[0], &history->stretch[1],
                history->count * sizeof(history->stretch[0]));
    }
    history->stretch[history->count++] = *stretch;
}

bool pg_history_parse(TimelineId of, const char *text, PgHistory *ret, Error *error)
{
    PgHistory history = {0};
    Lsn begin = 0;

    for (const char *line = text; line != NULL && *line != '\0';) {
        TimelineId timeline = 0;
        Lsn end = 0;
        if (!parse_line(line, &timeline, &end)) {
            return error_set(error, ERROR_CORRUPT, "history of timeline %u has an unreadable line",
                             of);
        }
        if (timeline != 0) {
            TimelineId before =
                history.count == 0 ? 0 : history.stretch[history.count - 1].timeline;
            if (timeline <= before || timeline >= of) {
                return error_set(error, ERROR_CORRUPT, "history of timeline %u is out of order",
                                 of);
            }
            add_stretch(&history, &(PgStretch){.timeline = timeline, .begin = begin, .end = end});
            begin = end;
        }
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    add_stretch(&history, &(PgStretch){.timeline = of, .begin = begin, .end = UINT64_MAX});
    *ret = history;
    return true;
}

static void history_path(char *ret, const char *data_dir, TimelineId timeline)
{
    char name[40];
    (void)str_format(name, sizeof(name), "pg_wal/%08X.history", timeline); /* fits */
    pg_path(ret, data_dir, name);
}

bool pg_history_read(const char *data_dir, TimelineId of, PgHistory *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    bool there = false;

    history_path(path, data_dir, of);
    if (of > 1 && !pg_file_look(path, &there, error)) {
        return false;
    }
    if (!there) {
        *ret = (PgHistory){.count = 1};
        ret->stretch[0] = (PgStretch){.timeline = of, .begin = 0, .end = UINT64_MAX};
        return true;
    }
    _cleanup_free_ char *text = malloc(PG_HISTORY_TEXT_MAX);
    if (text == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    return pg_file_read(path, text, PG_HISTORY_TEXT_MAX, NULL, error) &&
           pg_history_parse(of, text, ret, error);
}

static bool descends(const PgHistory *history, TimelineId from)
{
    for (uint16_t i = 0; i < history->count; i++) {
        if (history->stretch[i].timeline == from) {
            return true;
        }
    }
    return false;
}

bool pg_history_latest(const char *data_dir, TimelineId from, TimelineId *ret, Error *error)
{
    TimelineId latest = from;
    /* PostgreSQL probes one number after the other and stops at the first gap; so do we. */
    for (TimelineId next = from + 1; next != 0; next++) {
        char path[PG_PATH_SIZE];
        PgHistory history;
        bool there = false;
        Error why = {0};
        history_path(path, data_dir, next);
        if (!pg_file_look(path, &there, error)) {
            return false;
        }
        if (!there) {
            break;
        }
        if (pg_history_read(data_dir, next, &history, &why)) {
            latest = descends(&history, from) ? next : latest;
        } else if (why.kind == ERROR_SYSTEM) {
            *error = why; /* it may well descend; what is no history does not */
            return false;
        }
    }
    *ret = latest;
    return true;
}

bool pg_history_next(const char *data_dir, TimelineId from, TimelineId *ret, Error *error)
{
    TimelineId newest = from;
    for (;;) {
        char path[PG_PATH_SIZE];
        bool there = false;
        history_path(path, data_dir, newest + 1);
        if (!pg_file_look(path, &there, error)) {
            return false;
        }
        if (!there) {
            *ret = newest + 1;
            return true;
        }
        newest++;
    }
}

Lsn pg_history_start(const PgHistory *history)
{
    assert(history->count > 0);
    return history->stretch[history->count - 1].begin;
}
