/* pg_conf.c - postgresql.conf as PostgreSQL reads it, and mc.auto.conf as we write it. */
#include "sys/pg_conf.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_archive.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { INCLUDE_DEPTH_MAX = 10, VALUE_SIZE = 2048, DIRECTORY_MAX = 64 };
enum { USUAL_SENDERS = 10, USUAL_SLOTS = 10 }; /* PostgreSQL's defaults */

static const char AUTO_CONF[] = "mc.auto.conf";

/* Settings that are ours alone. Whoever sets one of them after us would take the cluster apart. */
static const char *const OURS[] = {
    "hba_file",
    "synchronous_standby_names",
    "primary_conninfo",
    "primary_slot_name",
    "restart_after_crash",
    "hot_standby",
    "wal_sender_timeout",
    "wal_receiver_timeout",
    "wal_retrieve_retry_interval",
    "max_slot_wal_keep_size",
    "recovery_target_timeline",
    "recovery_min_apply_delay",
    "recovery_target",
    "recovery_target_lsn",
    "recovery_target_name",
    "recovery_target_time",
    "recovery_target_xid",
};

static bool is_ours(const PgSetup *setup, const char *name)
{
    for (size_t i = 0; i < sizeof(OURS) / sizeof(OURS[0]); i++) {
        if (str_equal(name, OURS[i])) {
            return true;
        }
    }
    return pg_archive_is_ours(setup, name);
}

/* ---- reading ---------------------------------------------------------------------------------- */

typedef struct ConfWalk {
    PgConfVisit *visit;
    void *arg;
    bool ended;
    int depth;
} ConfWalk;

static bool walk_file(ConfWalk *walk, const char *file, Error *error);

static size_t take_name(const char *at, char *ret, size_t size)
{
    size_t length = 0;
    while (str_is_letter(at[length]) || str_is_digit(at[length]) || at[length] == '_' ||
           at[length] == '.') {
        if (length + 1 < size) {
            ret[length] = str_lower(at[length]);
        }
        length++;
    }
    ret[length < size ? length : size - 1] = '\0';
    return length;
}

/* 'quoted', with '' and backslashes, or a bare word. */
static void take_value(const char *at, const char *end, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    if (at < end && *at == '\'') {
        for (at++; at < end; at++) {
            if (*at == '\'' && (at + 1 == end || at[1] != '\'')) {
                return;
            }
            if ((*at == '\'' || *at == '\\') && at + 1 < end) {
                at++;
            }
            str_add_char(&out, *at);
        }
        return;
    }
    for (; at < end && !str_is_space(*at) && *at != '#' && *at != '\r'; at++) {
        str_add_char(&out, *at);
    }
}

static void beside(const char *file, const char *value, char *ret)
{
    const char *slash = strrchr(file, '/');
    if (value[0] == '/' || slash == NULL) {
        if (!str_copy(ret, PG_PATH_SIZE, value)) {
            ret[0] = '\0';
        }
        return;
    }
    if (!str_format(ret, PG_PATH_SIZE, "%.*s/%s", (int)(slash - file), file, value)) {
        ret[0] = '\0';
    }
}

static int conf_only(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 5 && str_equal(entry->d_name + length - 5, ".conf");
}

static bool walk_directory(ConfWalk *walk, const char *directory, Error *error)
{
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, conf_only, alphasort);
    bool ok = true;

    if (count < 0) {
        return error_set_errno(error, errno, "include_dir \"%s\"", directory);
    }
    for (int i = 0; i < count; i++) {
        char path[PG_PATH_SIZE];
        pg_path(path, directory, entries[i]->d_name);
        if (ok && !walk->ended) {
            ok = walk_file(walk, path, error);
        }
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool walk_line(ConfWalk *walk, const PgConfLine *line, Error *error)
{
    char path[PG_PATH_SIZE];

    walk->ended = !walk->visit(walk->arg, line);
    if (walk->ended || !str_starts_with(line->name, "include")) {
        return true;
    }
    beside(line->file, line->value, path);
    if (str_equal(line->name, "include_dir")) {
        return walk_directory(walk, path, error);
    }
    if (str_equal(line->name, "include_if_exists") && !pg_file_exists(path)) {
        return true;
    }
    return walk_file(walk, path, error);
}

static bool walk_text(ConfWalk *walk, const char *file, const char *text, Error *error)
{
    int number = 1;
    for (const char *line = text; *line != '\0' && !walk->ended; number++) {
        char name[PG_NAME_SIZE];
        char value[VALUE_SIZE];
        const char *end = strchrnul(line, '\n');
        const char *at = line + strspn(line, " \t\r");
        size_t length = take_name(at, name, sizeof(name));
        if (length > 0) {
            at += length;
            at += strspn(at, " \t");
            at += *at == '=' ? 1 : 0;
            at += strspn(at, " \t");
            take_value(at, end, value, sizeof(value));
            PgConfLine found = {.file = file, .line = number, .name = name, .value = value};
            if (!walk_line(walk, &found, error)) {
                return false;
            }
        }
        line = *end == '\0' ? end : end + 1;
    }
    return true;
}

static bool walk_file(ConfWalk *walk, const char *file, Error *error)
{
    if (walk->depth == INCLUDE_DEPTH_MAX) {
        return error_set(error, ERROR_CONFIG, "file \"%s\" is included too deep", file);
    }
    _cleanup_free_ char *text = malloc(PG_TEXT_MAX);
    if (text == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    if (!pg_file_read(file, text, PG_TEXT_MAX, NULL, error)) {
        return false;
    }
    walk->depth++;
    bool ok = walk_text(walk, file, text, error);
    walk->depth--;
    return ok;
}

bool pg_conf_walk(const char *file, PgConfVisit *visit, void *arg, Error *error)
{
    ConfWalk walk = {.visit = visit, .arg = arg};
    return walk_file(&walk, file, error);
}

/* ---- what the administrator says -------------------------------------------------------------- */

typedef struct FactsWalk {
    const PgSetup *setup;
    PgConfFacts *facts;
    char ours[PG_PATH_SIZE]; /* path of mc.auto.conf */
    bool automatic;          /* in postgresql.auto.conf, which comes after everything */
} FactsWalk;

static void note_offence(PgConfFacts *facts, const PgConfLine *line)
{
    if (facts->offence_line == 0) {
        facts->offence_line = line->line;
        (void)str_copy(facts->offence_file, sizeof(facts->offence_file), line->file);
        (void)str_copy(facts->offence_name, sizeof(facts->offence_name), line->name);
    }
}

static uint32_t number_or(const char *value, uint32_t otherwise)
{
    uint64_t number = 0;
    bool read = str_to_uint(value, strlen(value), &number);
    return read && number < 10000 ? (uint32_t)number : otherwise;
}

static void note_setting(FactsWalk *walk, const PgConfLine *line)
{
    PgConfFacts *facts = walk->facts;

    if (str_equal(line->name, "hba_file")) {
        if (line->value[0] == '/') {
            (void)str_copy(facts->hba_file, sizeof(facts->hba_file), line->value);
        } else {
            pg_path(facts->hba_file, walk->setup->data_dir, line->value);
        }
    } else if (str_equal(line->name, "wal_level")) {
        facts->wal_level_minimal = str_equal(line->value, "minimal");
    } else if (str_equal(line->name, "max_wal_senders")) {
        facts->max_wal_senders = number_or(line->value, USUAL_SENDERS);
    } else if (str_equal(line->name, "max_replication_slots")) {
        facts->max_replication_slots = number_or(line->value, USUAL_SLOTS);
    } else if (str_equal(line->name, "unix_socket_directories")) {
        facts->no_socket = line->value[0] == '\0';
    }
}

static bool visit_facts(void *arg, const PgConfLine *line)
{
    FactsWalk *walk = arg;
    if (str_equal(line->file, walk->ours)) {
        return true;
    }
    if (str_starts_with(line->name, "include")) {
        char path[PG_PATH_SIZE];
        beside(line->file, line->value, path);
        if (str_equal(path, walk->ours)) {
            walk->facts->included = true;
        }
        return true;
    }
    if (is_ours(walk->setup, line->name) && (walk->automatic || walk->facts->included)) {
        note_offence(walk->facts, line);
    }
    note_setting(walk, line);
    return true;
}

bool pg_conf_facts(const PgSetup *setup, PgConfFacts *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    PgConfFacts facts = {.max_wal_senders = USUAL_SENDERS, .max_replication_slots = USUAL_SLOTS};
    FactsWalk walk = {.setup = setup, .facts = &facts};
    bool there = false;

    pg_path(facts.hba_file, setup->data_dir, "pg_hba.conf");
    pg_path(walk.ours, setup->data_dir, AUTO_CONF);
    if (!pg_conf_walk(setup->config_file, visit_facts, &walk, error)) {
        return false;
    }
    pg_path(path, setup->data_dir, "postgresql.auto.conf");
    walk.automatic = true;
    if (!pg_file_look(path, &there, error) ||
        (there && !pg_conf_walk(path, visit_facts, &walk, error))) {
        return false;
    }
    *ret = facts;
    return true;
}

bool pg_conf_check(const PgSetup *setup, PgConfFacts *ret, Error *error)
{
    if (!pg_conf_facts(setup, ret, error)) {
        return false;
    }
    if (!ret->included) {
        return error_set(error, ERROR_CONFIG,
                         "file \"%s\" does not include \"%s\": mc_ctl init, run again with "
                         "the same options, adds the line",
                         setup->config_file, AUTO_CONF);
    }
    if (ret->offence_line != 0) {
        return error_set(error, ERROR_CONFIG,
                         "\"%s\" line %d sets \"%s\", which is Mirroring Controller's: "
                         "remove it there, or ALTER SYSTEM RESET it",
                         ret->offence_file, ret->offence_line, ret->offence_name);
    }
    return true;
}

/* ---- writing ---------------------------------------------------------------------------------- */

bool pg_include_line_ensure(const PgSetup *setup, bool *ret_added, Error *error)
{
    PgConfFacts facts;
    struct stat of;
    char own[PG_PATH_SIZE];
    size_t length = 0;

    if (!pg_conf_facts(setup, &facts, error)) {
        return false;
    }
    *ret_added = !facts.included;
    if (facts.included) {
        return true;
    }
    _cleanup_free_ char *real = realpath(setup->config_file, NULL);
    _cleanup_free_ char *text = malloc(PG_TEXT_MAX + PG_PATH_SIZE);
    if (real == NULL || text == NULL || stat(real, &of) != 0) {
        return error_set_errno(error, errno, "file \"%s\"", setup->config_file);
    }
    if (!pg_file_read(real, text, PG_TEXT_MAX, &length, error)) {
        return false;
    }
    pg_path(own, setup->data_dir, "postgresql.conf");
    StrBuf out = {.data = text, .size = PG_TEXT_MAX + PG_PATH_SIZE, .length = length};
    str_add(&out, length > 0 && text[length - 1] != '\n' ? "\n" : "");
    str_add(&out, "include_if_exists = '");
    if (!str_equal(setup->config_file, own)) {
        str_add(&out, setup->data_dir);
        str_add(&out, "/");
    }
    str_add(&out, AUTO_CONF);
    str_add(&out, "' # Mirroring Controller: must stay the last line\n");
    if (out.cut) {
        return error_set(error, ERROR_LIMIT, "file \"%s\" is too long", real);
    }
    return pg_file_write(real, text, out.length, of.st_mode & 07777, error);
}

static void add_setting(StrBuf *out, const char *name, const char *value)
{
    str_add(out, name);
    str_add(out, " = '");
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\') {
            str_add_char(out, *at);
        }
        str_add_char(out, *at);
    }
    str_add(out, "'\n");
}

static void add_millis(StrBuf *out, const char *name, Millis value)
{
    str_add_format(out, "%s = %lldms\n", name, (long long)value);
}

static void add_fixed(StrBuf *out, const PgSetup *setup, const PgConfFacts *facts)
{
    char path[PG_PATH_SIZE];

    pg_path(path, setup->mc_dir, "mc_hba_closed.conf");
    add_setting(out, "hba_file", path);
    if (facts->no_socket) {
        add_setting(out, "unix_socket_directories", setup->mc_dir);
    }
    /* At its default of 5 s, promotion in the first instants after a crash takes as long. */
    str_add(out, "wal_retrieve_retry_interval = 100ms\n");
    add_millis(out, "wal_sender_timeout", setup->detection);
    add_millis(out, "wal_receiver_timeout", setup->detection);
    /* A crashed backend ends the postmaster, which is seen at once. */
    str_add(out, "restart_after_crash = off\nhot_standby = on\nwal_log_hints = on\n"
                 "recovery_target_timeline = 'latest'\n");
    /* A standby that replays late, or to some place and no further, cannot take over. */
    str_add(out,
            "recovery_min_apply_delay = 0\nrecovery_target = ''\nrecovery_target_lsn = ''\n"
            "recovery_target_name = ''\nrecovery_target_time = ''\nrecovery_target_xid = ''\n");
    str_add_format(out, "max_slot_wal_keep_size = %uMB\n", setup->slot_keep_mb);
    if (facts->wal_level_minimal) {
        str_add(out, "wal_level = replica\n");
    }
    /* Others' standbys, copies and backups; and the one that mirrors WAL. */
    const uint32_t senders = SERVERS_MAX + (setup->backup_destination[0] == '\0' ? 3 : 4);
    if (facts->max_wal_senders < senders) {
        str_add_format(out, "max_wal_senders = %u\n", senders);
    }
    if (facts->max_replication_slots < SERVERS_MAX) {
        str_add_format(out, "max_replication_slots = %d\n", SERVERS_MAX);
    }
}

bool pg_auto_conf_write(const PgSetup *setup, const PgConfFacts *facts, const PgInForce *in_force,
                        Error *error)
{
    char path[PG_PATH_SIZE];
    char text[16384];
    StrBuf out = str_begin(text, sizeof(text));

    str_add(&out, "# written by Mirroring Controller, always as a whole: changes are lost\n");
    add_fixed(&out, setup, facts);
    add_setting(&out, "synchronous_standby_names", in_force->names);
    add_setting(&out, "primary_conninfo", in_force->conninfo);
    add_setting(&out, "primary_slot_name", in_force->slot);
    pg_archive_add(setup, in_force->claim, &out);
    if (out.cut) {
        return error_set(error, ERROR_LIMIT, "\"%s\" would be too long", AUTO_CONF);
    }
    pg_path(path, setup->data_dir, AUTO_CONF);
    return pg_file_write(path, text, out.length, 0600, error);
}

static bool visit_in_force(void *arg, const PgConfLine *line)
{
    PgInForce *ret = arg;
    if (str_equal(line->name, "synchronous_standby_names")) {
        (void)str_copy(ret->names, sizeof(ret->names), line->value); /* written by us, fits */
    } else if (str_equal(line->name, "primary_conninfo")) {
        (void)str_copy(ret->conninfo, sizeof(ret->conninfo), line->value);
    } else if (str_equal(line->name, "primary_slot_name")) {
        (void)str_copy(ret->slot, sizeof(ret->slot), line->value);
    } else if (str_equal(line->name, "pgx.archive_claim")) {
        (void)str_copy(ret->claim, sizeof(ret->claim), line->value);
    } else if (str_equal(line->name, "hba_file")) {
        (void)str_copy(ret->hba, sizeof(ret->hba), line->value);
    }
    return true;
}

bool pg_auto_conf_read(const PgSetup *setup, PgInForce *ret, Error *error)
{
    char path[PG_PATH_SIZE];
    PgInForce in_force = {0};
    pg_path(path, setup->data_dir, AUTO_CONF);
    if (!pg_conf_walk(path, visit_in_force, &in_force, error)) {
        return false;
    }
    *ret = in_force;
    return true;
}
