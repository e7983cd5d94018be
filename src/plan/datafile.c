/*
 * Names in a data directory.
 */
#include "plan/datafile.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"

/*
 * What a restored instance makes anew, or must not find: basebackup.c of PostgreSQL has the same lists. The
 * signal files too: a restore says itself what kind of recovery it is.
 */
static const char *const skipped[] = {
    "postmaster.pid",   "postmaster.opts",         "backup_label",
    "backup_label.old", "tablespace_map",          "backup_manifest",
    "recovery.signal",  "standby.signal",          "promote",
    "fallback_promote", "recovery.done",           "mc.interrupted",
    "mc.restored",      "global/pg_internal.init", "tablespace_map.old",
    "logrotate",        "global/pg_control",       "mc.copy",
};
static const char *const emptied[] = {
    "pg_wal",    "pg_replslot",  "pg_dynshmem", "pg_notify",
    "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans",
};

static bool is_one_of(const char *path, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(path, list[i])) {
            return true;
        }
    }
    return false;
}

DataEntry datafile_entry(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;

    if (is_one_of(path, skipped, sizeof(skipped) / sizeof(skipped[0])) ||
        str_starts_with(name, "pgsql_tmp") || str_starts_with(name, "pg_internal.init")) {
        return DATA_ENTRY_SKIP;
    }
    if (is_one_of(path, emptied, sizeof(emptied) / sizeof(emptied[0]))) {
        return DATA_ENTRY_FOLDER;
    }
    /* A temporary relation: t<backend>_<node>. */
    if (name != path && name[0] == 't' && str_is_digit(name[1]) && strchr(name, '_') != NULL) {
        return DATA_ENTRY_SKIP;
    }
    return DATA_ENTRY_TAKE;
}

bool datafile_is_foreign(const char *path, int major)
{
    char own[16];
    if (!str_starts_with(path, "pg_tblspc/")) {
        return false;
    }
    const char *slash = strchr(path + strlen("pg_tblspc/"), '/');
    (void)str_format(own, sizeof(own), "PG_%d_", major); /* fits */
    return slash != NULL && !str_starts_with(slash + 1, own);
}

static bool take_number(const char **at, uint32_t *ret)
{
    size_t length = 0;
    uint64_t value = 0;
    while (str_is_digit((*at)[length])) {
        length++;
    }
    if (!str_to_uint(*at, length, &value) || value > UINT32_MAX) {
        return false;
    }
    *at += length;
    *ret = (uint32_t)value;
    return true;
}

static bool take_text(const char **at, const char *text)
{
    if (!str_starts_with(*at, text)) {
        return false;
    }
    *at += strlen(text);
    return true;
}

/* "global/", "base/5/" or "pg_tblspc/16385/PG_15_202209061/5/". */
static bool take_folder(const char **at)
{
    uint32_t number = 0;
    if (take_text(at, "global/")) {
        return true;
    }
    if (take_text(at, "base/")) {
        return take_number(at, &number) && take_text(at, "/");
    }
    if (!take_text(at, "pg_tblspc/") || !take_number(at, &number) || !take_text(at, "/PG_")) {
        return false;
    }
    const char *slash = strchr(*at, '/');
    if (slash == NULL) {
        return false;
    }
    *at = slash + 1;
    return take_number(at, &number) && take_text(at, "/");
}

bool datafile_relation(const char *path, RelationFile *ret)
{
    RelationFile file = {.main = true};
    const char *at = path;

    if (!take_folder(&at) || !take_number(&at, &file.node)) {
        return false;
    }
    if (take_text(&at, "_")) {
        file.main = false;
        if (take_text(&at, "init")) {
            file.init = true;
        } else if (!take_text(&at, "fsm") && !take_text(&at, "vm")) {
            return false;
        }
    }
    if (take_text(&at, ".") && !take_number(&at, &file.segment)) {
        return false;
    }
    if (*at != '\0') {
        return false;
    }
    *ret = file;
    return true;
}

int datafile_compare(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] != '\0' && a[i] == b[i]) {
        i++;
    }
    /* A slash sorts before every other byte, the end of a path before a slash. */
    const unsigned left = a[i] == '\0' ? 0 : a[i] == '/' ? 1 : (unsigned)(unsigned char)a[i] + 2;
    const unsigned right = b[i] == '\0' ? 0 : b[i] == '/' ? 1 : (unsigned)(unsigned char)b[i] + 2;
    return left < right ? -1 : left > right;
}
