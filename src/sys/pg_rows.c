/* pg_rows.c - scripts for a single-user server, and what it answered put into the summary.
 *
 * It answers into files, by COPY: what it says on its standard output is for people. The statements look at what
 * users made, as a superuser: nothing of theirs is called. So search_path is pg_catalog alone, and a row is made text by
 * concat(), which takes the types' own output, where a cast may be anybody's. */
#include "sys/pg_rows.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_child.h"
#include "sys/pg_diverged.h"
#include "sys/pg_file.h"
#include "sys/pg_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    RECOVERY_MS = 600000,
    ROWS_MS = 60000,
    FILE_SIZE = 40,  /* "tablespace/database/file" */
    NAME_SIZE = 420, /* database, schema and table, quoted */
    NUMBER_SIZE = 12,
    LINE_SIZE = 2048, /* of an answer */
    ROOM_MAX = 64 << 20,
    ROOM_LEAST = 1 << 20,
    ROW_BYTES = 16, /* of a row in CSV, beside its own */
};

static const char SCRIPT[] = ".sql";
static const char DATABASES[] = ".databases";
static const char NAMES[] = ".names";

typedef struct Database {
    char oid[NUMBER_SIZE];
    char name[PG_NAME_SIZE];       /* as it is */
    char quoted[PG_NAME_SIZE * 2]; /* as an identifier */
} Database;

typedef struct Table {
    char file[FILE_SIZE];
    char name[NAME_SIZE];     /* of schema and table, as identifiers */
    const Database *database; /* NULL: shared by all */
    bool has_rows;            /* of a kind whose rows are looked at */
    uint64_t rows;
    uint64_t bytes; /* of all of them */
} Table;

typedef struct Telling {
    const PgSetup *setup;
    PgJob *job;
    const char *folder;
    bool marked;
    char quoted[2 * PG_PATH_SIZE]; /* the folder within a literal */
    uint64_t room;                 /* bytes for the rows of one table */
    int databases;
    int tables;
    Database database[PG_ROWS_DATABASES_MAX];
    Table table[PG_ROWS_TABLES_MAX];
    char said[256]; /* the last complaint */
    char line[256];
    size_t length;
} Telling;

static void close_file(FILE **file)
{
    if (*file != NULL) {
        (void)fclose(*file); /* of one that is written it was looked at before */
    }
}

/* ---- a server of one process ------------------------------------------------------------------ */

static void take_words(void *ctx, const char *bytes, size_t size)
{
    Telling *in = ctx;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != '\n') {
            in->line[in->length] = bytes[i];
            in->length += in->length + 1 < sizeof(in->line) ? 1 : 0;
            continue;
        }
        in->line[in->length] = '\0';
        in->length = 0;
        const char *word = strstr(in->line, "ERROR:");
        word = word != NULL ? word : strstr(in->line, "FATAL:");
        word = word != NULL ? word : strstr(in->line, "PANIC:");
        if (word != NULL) {
            (void)str_copy(in->said, sizeof(in->said), word); /* of the same size */
        }
    }
}

/* Runs the script in a database. WAL stays where it is: pg_rewind looks for a checkpoint before the fork.
 * A marked directory is made over, whatever comes: it need not be durable, and the fsync of every file is spared. */
static bool run(Telling *in, const char *database, Millis limit, Error *error)
{
    char program[PG_PATH_SIZE];
    char script[PG_PATH_SIZE];
    char config[PG_PATH_SIZE + 16];
    int status = 0;
    pg_path(program, in->setup->bin_dir, "postgres");
    pg_path(script, in->folder, SCRIPT);
    (void)str_format(config, sizeof(config), "-cconfig_file=%s", in->setup->config_file); /* fits */
    in->said[0] = '\0';
    const PgChild child = {
        .argv = {program, "--single", "-D", in->setup->data_dir, config,
                 "-cdefault_transaction_read_only=on", "-csearch_path=pg_catalog",
                 "-cstandard_conforming_strings=on", "-clc_messages=C", "-clog_destination=stderr",
                 in->marked ? "-cfsync=off" : "-cfsync=on", "-cwal_keep_size=1000000",
                 "-cmax_slot_wal_keep_size=-1", "-cenable_seqscan=off",
                 "-cconstraint_exclusion=off", "-cjit=off", database},
        .input = script,
        .quiet = MILLIS_NEVER,
        .limit = limit,
        .ctx = in,
        .take = take_words,
    };
    if (!pg_child_run(&child, in->job, &status, error)) {
        return false;
    }
    return status == 0 || error_set(error, ERROR_POSTGRES, "%s",
                                    in->said[0] != '\0' ? in->said : "postgres --single failed");
}

static FILE *begin_script(const Telling *in, Error *error)
{
    char path[PG_PATH_SIZE];
    pg_path(path, in->folder, SCRIPT);
    FILE *script = fopen(path, "we");
    if (script == NULL) {
        (void)!error_set_errno(error, errno, "create \"%s\"", path);
    }
    return script;
}

static bool end_script(FILE **script, Error *error)
{
    FILE *file = *script;
    *script = NULL;
    return fclose(file) == 0 || error_set_errno(error, errno, "write the script");
}

/* ---- what it answers -------------------------------------------------------------------------- */

/* A line of COPY's text format, split in place; false at the end. Who has a tab, a line's end or a backslash in his
 * name is not understood: the name is shown as COPY writes it. */
static bool next_answer(FILE *file, char *line, char *ret_field[3])
{
    if (fgets(line, LINE_SIZE, file) == NULL) {
        return false;
    }
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < 3; i++) {
        ret_field[i] = line;
        line += strcspn(line, "\t");
        if (*line != '\0') {
            *line++ = '\0';
        }
    }
    return true;
}

static bool is_plain(const char *name)
{
    return strchr(name, '\\') == NULL;
}

static void add_database(Telling *in, char *const field[3])
{
    Database *database = &in->database[in->databases];
    if (in->databases < PG_ROWS_DATABASES_MAX && is_plain(field[1]) && field[1][0] != '-' &&
        str_copy(database->oid, sizeof(database->oid), field[0]) &&
        str_copy(database->name, sizeof(database->name), field[1]) &&
        str_copy(database->quoted, sizeof(database->quoted), field[2])) {
        in->databases++;
    }
}

/* What it complained of, where it has not answered. */
static bool unanswered(const Telling *in, Error *error)
{
    return error_set(error, ERROR_POSTGRES, "%s",
                     in->said[0] != '\0' ? in->said : "postgres --single did not answer");
}

static bool take_databases(Telling *in, Error *error)
{
    char path[PG_PATH_SIZE];
    char line[LINE_SIZE];
    char *field[3];
    pg_path(path, in->folder, DATABASES);
    _cleanup_(close_file) FILE *file = fopen(path, "re");
    while (file != NULL && next_answer(file, line, field)) {
        add_database(in, field);
    }
    return file != NULL || unanswered(in, error);
}

static bool take_names(Telling *in, const Database *database, Error *error)
{
    char path[PG_PATH_SIZE];
    char line[LINE_SIZE];
    char *field[3];
    pg_path(path, in->folder, NAMES);
    _cleanup_(close_file) FILE *file = fopen(path, "re");
    while (file != NULL && next_answer(file, line, field)) {
        Table *table = &in->table[in->tables];
        if (in->tables < PG_ROWS_TABLES_MAX && str_copy(table->file, FILE_SIZE, field[0]) &&
            str_copy(table->name, NAME_SIZE, field[2])) {
            table->database = database;
            table->has_rows = database != NULL && str_equal(field[1], "r") && is_plain(field[2]);
            in->tables++;
        }
    }
    (void)unlink(path); /* the next database's answer takes its place */
    return file != NULL || unanswered(in, error);
}

/* "rows_5_16384" */
static void table_file(const Table *table, const char *lead, const char *tail, char *ret,
                       size_t size)
{
    const char *number = strrchr(table->file, '/');
    (void)str_format(ret, size, "%s%s_%s%s", lead, table->database->oid,
                     number == NULL ? "" : number + 1, tail); /* its parts are bounded */
}

static void take_count(Telling *in, Table *table)
{
    char name[64];
    char path[PG_PATH_SIZE];
    char line[LINE_SIZE];
    char *field[3];
    table_file(table, ".count_", "", name, sizeof(name));
    pg_path(path, in->folder, name);
    _cleanup_(close_file) FILE *file = fopen(path, "re");
    if (file == NULL || !next_answer(file, line, field) ||
        !str_to_uint(field[0], strlen(field[0]), &table->rows) ||
        !str_to_uint(field[1], strlen(field[1]), &table->bytes)) {
        table->rows = 0;
    }
}

/* ---- what it is asked ------------------------------------------------------------------------- */

static void ask_names(const Telling *in, FILE *script, const char *database)
{
    (void)fprintf(
        script,
        "copy (select w.file, case when c.relkind in ('r', 'm') and c.relpersistence = 'p' and "
        "n.nspname not in ('pg_catalog', 'information_schema') then 'r' else '-' end, "
        "case when o.oid is null then format('%%I.%%I', n.nspname, c.relname) else 'TOAST of ' || "
        "format('%%I.%%I', m.nspname, o.relname) end from (select distinct split_part(line, ' ', "
        "1) "
        "as file from unnest(string_to_array(pg_read_file('%s/%s'), E'\\n')) line where line like "
        "'%%/%s/%%') w join pg_class c on c.oid = pg_filenode_relation(split_part(w.file, '/', "
        "1)::oid, split_part(w.file, '/', 3)::oid) join pg_namespace n on n.oid = c.relnamespace "
        "left join pg_class o on o.reltoastrelid = c.oid left join pg_namespace m on m.oid = "
        "o.relnamespace) to '%s/%s'\n",
        in->quoted, PG_ROWS_BLOCKS, database, in->quoted, NAMES); /* looked at by end_script */
}

static void ask_databases(const Telling *in, FILE *script)
{
    (void)fprintf(script,
                  "copy (select oid, datname, format('%%I', datname) from pg_database where "
                  "oid::text in (select split_part(line, '/', 2) from "
                  "unnest(string_to_array(pg_read_file('%s/%s'), E'\\n')) line)) to '%s/%s'\n",
                  in->quoted, PG_ROWS_BLOCKS, in->quoted, DATABASES); /* looked at by end_script */
}

/* The rows on the blocks that were touched, by transactions that committed. */
static void ask_where(const Telling *in, FILE *script, const Table *table)
{
    (void)fprintf(
        script,
        "from (select format('(%%s,%%s)', b.block, o)::tid as mc_place from (select distinct "
        "split_part(line, ' ', 2)::bigint as block from "
        "unnest(string_to_array(pg_read_file('%s/%s'), E'\\n')) line where line like '%s %%') b, "
        "generate_series(1, current_setting('block_size')::int / 28) o) mc_w join only %s mc_row "
        "on mc_row.ctid = mc_w.mc_place join (select split_part(line, ' ', 1)::xid as mc_xid, "
        "split_part(line, ' ', 2) as mc_top from unnest(string_to_array(pg_read_file('%s/%s'), "
        "E'\\n')) line where line <> '') mc_x on mc_x.mc_xid = mc_row.xmin",
        in->quoted, PG_ROWS_BLOCKS, table->file, table->name, in->quoted,
        PG_ROWS_XIDS); /* looked at by end_script */
}

static void ask_rows(const Telling *in, FILE *script, const Table *table)
{
    char name[64];
    table_file(table, ".count_", "", name, sizeof(name));
    (void)fprintf(script,
                  "copy (select count(*), coalesce(sum(octet_length(concat(mc_row)) + %d), 0) ",
                  ROW_BYTES);
    ask_where(in, script, table);
    (void)fprintf(script, ") to '%s/%s'\n", in->quoted, name);
    table_file(table, "rows_", ".csv", name, sizeof(name));
    (void)fprintf(
        script,
        "copy (select mc_q.mc_top as \"transaction\", (mc_q.mc_row).* from (select "
        "mc_x.mc_top, mc_row, sum(octet_length(concat(mc_row)) + %d) over (rows unbounded "
        "preceding) as mc_size ",
        ROW_BYTES);
    ask_where(in, script, table);
    (void)fprintf(script,
                  ") mc_q where mc_q.mc_size <= %llu) to '%s/%s' with (format csv, header)\n",
                  (unsigned long long)in->room, in->quoted, name); /* looked at by end_script */
}

/* Which databases there are, and what belongs to all of them. */
static bool tell_databases(Telling *in, Error *error)
{
    _cleanup_(close_file) FILE *script = begin_script(in, error);
    if (script == NULL) {
        return false;
    }
    ask_databases(in, script);
    ask_names(in, script, "0");
    if (!end_script(&script, error) || !run(in, "template1", RECOVERY_MS, error)) {
        return false;
    }
    return take_databases(in, error) && take_names(in, NULL, error);
}

static bool tell_names(Telling *in, const Database *database, Error *error)
{
    _cleanup_(close_file) FILE *script = begin_script(in, error);
    if (script == NULL) {
        return false;
    }
    ask_names(in, script, database->oid);
    return end_script(&script, error) && run(in, database->name, ROWS_MS, error) &&
           take_names(in, database, error);
}

static bool tell_rows(Telling *in, const Database *database, Error *error)
{
    _cleanup_(close_file) FILE *script = begin_script(in, error);
    int asked = 0;
    if (script == NULL) {
        return false;
    }
    for (int i = 0; i < in->tables; i++) {
        if (in->table[i].database == database && in->table[i].has_rows) {
            ask_rows(in, script, &in->table[i]);
            asked++;
        }
    }
    if (!end_script(&script, error) || (asked > 0 && !run(in, database->name, ROWS_MS, error))) {
        return false;
    }
    for (int i = 0; i < in->tables; i++) {
        if (in->table[i].database == database && in->table[i].has_rows) {
            take_count(in, &in->table[i]);
        }
    }
    return in->said[0] == '\0' || unanswered(in, error);
}

/* What may be written to the disk of the voter's state, for each table the same. */
static bool find_room(Telling *in, Error *error)
{
    struct statvfs disk;
    if (statvfs(in->folder, &disk) != 0) {
        return error_set_errno(error, errno, "file system of \"%s\"", in->folder);
    }
    const uint64_t free = (uint64_t)disk.f_bavail * disk.f_frsize;
    const uint64_t spare = free > PG_DIVERGED_RESERVE ? (free - PG_DIVERGED_RESERVE) / 4 : 0;
    int tables = 0;
    for (int i = 0; i < in->tables; i++) {
        tables += in->table[i].has_rows ? 1 : 0;
    }
    in->room = (spare < ROOM_MAX ? spare : ROOM_MAX) / (uint64_t)(tables > 0 ? tables : 1);
    return spare >= ROOM_LEAST ||
           error_set(error, ERROR_LIMIT, "\"%s\" has no room for them", in->folder);
}

/* ---- the summary ------------------------------------------------------------------------------ */

static const Table *find_table(const Telling *in, const char *file, size_t length)
{
    for (int i = 0; i < in->tables; i++) {
        if (strlen(in->table[i].file) == length && memcmp(in->table[i].file, file, length) == 0) {
            return &in->table[i];
        }
    }
    return NULL;
}

static void print_name(const Table *table, FILE *to)
{
    (void)fprintf(to, "%s%s%s", table->database == NULL ? "" : table->database->quoted,
                  table->database == NULL ? "" : ".", table->name); /* looked at by rewrite */
}

/* A line again, the files of "; in FILE:" given their names. */
static void name_tables(const Telling *in, const char *line, FILE *to)
{
    static const char lead[] = "; in ";
    for (const char *at = line; *at != '\0';) {
        const char *next = strstr(at, lead);
        next = next == NULL ? at + strlen(at) : next + strlen(lead);
        (void)fwrite(at, 1, (size_t)(next - at), to); /* looked at by rewrite */
        const size_t length = strcspn(next, ":");
        const Table *table = find_table(in, next, length);
        if (table != NULL) {
            print_name(table, to);
            next += length;
        }
        at = next;
    }
}

static void print_tables(const Telling *in, FILE *to)
{
    for (int i = 0; i < in->tables; i++) {
        const Table *table = &in->table[i];
        char name[64];
        (void)fprintf(to, "table ");
        print_name(table, to);
        (void)fprintf(to, ": file %s", table->file);
        if (table->rows > 0) {
            table_file(table, "rows_", ".csv", name, sizeof(name));
            (void)fprintf(to, "; %llu rows of these transactions stood there at the end, %s %s",
                          (unsigned long long)table->rows,
                          table->bytes <= in->room ? "in" : "as many as there was room for in",
                          name);
        }
        (void)fprintf(to, "\n"); /* looked at by rewrite */
    }
}

static bool rewrite(const Telling *in, Error *error)
{
    char path[PG_PATH_SIZE];
    char fresh[PG_PATH_SIZE];
    _cleanup_free_ char *line = NULL;
    size_t size = 0;
    pg_path(path, in->folder, "summary.txt");
    pg_path(fresh, in->folder, ".summary");
    _cleanup_(close_file) FILE *from = fopen(path, "re");
    _cleanup_(close_file) FILE *to = fopen(fresh, "we");
    if (from == NULL || to == NULL) {
        return error_set_errno(error, errno, "rewrite \"%s\"", path);
    }
    while (getline(&line, &size, from) > 0) {
        name_tables(in, line, to);
    }
    print_tables(in, to);
    if (fflush(to) != 0 || ferror(to) || ferror(from) || fchmod(fileno(to), 0600) != 0 ||
        fsync(fileno(to)) != 0 || rename(fresh, path) != 0) {
        return error_set_errno(error, errno, "rewrite \"%s\"", path);
    }
    return true;
}

/* What is for us alone goes, and so do files without rows; what PostgreSQL wrote is as secret as the rest. */
static bool tidy(const Telling *in, Error *error)
{
    PgTreeWalk walk = {0};
    DIR *listing = opendir(in->folder);
    for (const struct dirent *entry = listing == NULL ? NULL : readdir(listing); entry != NULL;
         entry = readdir(listing)) {
        const char *name = entry->d_name;
        if (name[0] == '.' && !str_equal(name, ".") && !str_equal(name, "..")) {
            (void)unlinkat(dirfd(listing), name, 0); /* it would only lie there */
        } else if (str_starts_with(name, "rows_")) {
            (void)fchmodat(dirfd(listing), name, 0600, 0); /* the folder is nobody else's */
        }
    }
    if (listing != NULL) {
        (void)closedir(listing); /* only read from */
    }
    for (int i = 0; i < in->tables; i++) {
        char name[64];
        char path[PG_PATH_SIZE];
        if (in->table[i].has_rows && in->table[i].rows == 0) {
            table_file(&in->table[i], "rows_", ".csv", name, sizeof(name));
            pg_path(path, in->folder, name);
            (void)unlink(path); /* nothing stands there */
        }
    }
    return pg_tree_sync(in->folder, &walk, error);
}

/* ---- the order of it -------------------------------------------------------------------------- */

static bool check(Telling *in, Error *error)
{
    char path[PG_PATH_SIZE];
    bool standby = false;
    StrBuf out = str_begin(in->quoted, sizeof(in->quoted));
    for (const char *c = in->folder; *c != '\0'; c++) {
        if (*c == '\n') {
            return error_set(error, ERROR_LIMIT, "the name of its folder has a line's end");
        }
        str_add(&out, *c == '\'' ? "'" : "");
        str_add_char(&out, *c);
    }
    pg_path(path, in->setup->data_dir, "standby.signal");
    if (!pg_file_look(path, &standby, error)) {
        return false;
    }
    if (standby) {
        return error_set(error, ERROR_REFUSED,
                         "it is a standby's, which is not recovered without its primary");
    }
    return true;
}

bool pg_rows_tell(const PgSetup *setup, PgJob *job, const char *folder, bool marked, PgRows *ret,
                  Error *error)
{
    Error ignored = {0}; /* the first one counts */
    _cleanup_free_ Telling *in = calloc(1, sizeof(*in));
    if (in == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    in->setup = setup;
    in->job = job;
    in->folder = folder;
    in->marked = marked;
    bool ok = check(in, error) && tell_databases(in, error);
    for (int i = 0; ok && i < in->databases; i++) {
        ok = tell_names(in, &in->database[i], error);
    }
    ok = ok && find_room(in, error);
    const bool can = ok;
    for (int i = 0; can && i < in->databases; i++) {
        ok = tell_rows(in, &in->database[i], ok ? error : &ignored) && ok;
    }
    /* Names are worth having without rows. */
    ok = (in->tables == 0 || rewrite(in, ok ? error : &ignored)) && ok;
    ok = tidy(in, ok ? error : &ignored) && ok;
    for (int i = 0; ok && i < in->tables; i++) {
        ret->tables += in->table[i].rows > 0 ? 1 : 0;
        ret->rows += in->table[i].rows;
    }
    return ok;
}
