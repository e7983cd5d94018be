/* pg_wal_story.c - reads pg_waldump's lines while they come:
 *
 *   rmgr: Heap  len (rec/tot): 59/ 59, tx: 742, lsn: 0/0154F3B8, prev 0/0154F380, desc: INSERT off 3 ...,
 *   blkref #0: rel 1663/5/16384 blk 0
 *   rmgr: Transaction ... desc: COMMIT 2026-11-27 10:00:00.123456 UTC; subxacts: 743 744 */
#include "sys/pg_wal_story.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_child.h"
#include "sys/pg_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_SIZE = 2048, /* what is beyond it is not looked at */
    OPEN_MAX = 4096,  /* transactions under way at once; more than any server has */
    RELATIONS_MAX = 16,
    RELATION_SIZE = 40,
    RELATION_LINE = 128, /* of one relation in a transaction's line */
    BLOCK_SIZE = 64,     /* of a line that names a block */
    QUIET_MS = 60000,
};

typedef struct Deeds {
    uint64_t inserts, updates, deletes; /* rows */
} Deeds;

typedef struct Relation {
    char name[RELATION_SIZE]; /* tablespace/database/file: WAL knows no other */
    Deeds deeds;
} Relation;

typedef struct Transaction {
    uint64_t xid;
    Lsn first;
    Lsn last;
    uint64_t records;
    Deeds deeds;
    int relations;
    Relation relation[RELATIONS_MAX];
    bool more_relations;
} Transaction;

typedef struct Reader {
    const PgWalStory *story;
    char line[LINE_SIZE];
    size_t length;
    int count;
    Transaction *open;
    uint64_t committed;
    char block[BLOCK_SIZE]; /* that was touched last */
    char last[256];         /* line: for an error */
} Reader;

/* The text behind a word, "" when it is not in the line. */
static const char *behind(const char *line, const char *word)
{
    const char *at = strstr(line, word);
    return at == NULL ? "" : at + strlen(word);
}

static uint64_t number_behind(const char *line, const char *word)
{
    uint64_t value = 0;
    const char *at = behind(line, word);
    at += strspn(at, " ");
    return str_to_uint(at, strspn(at, "0123456789"), &value) ? value : 0;
}

static Lsn lsn_behind(const char *line, const char *word)
{
    Lsn value = 0;
    const char *at = behind(line, word);
    return str_to_lsn(at, strspn(at, "0123456789ABCDEFabcdef/"), &value) ? value : 0;
}

static Transaction *find(Reader *reader, uint64_t xid)
{
    for (int i = reader->count - 1; i >= 0; i--) {
        if (reader->open[i].xid == xid) {
            return &reader->open[i];
        }
    }
    return NULL;
}

static void add_deeds(Deeds *to, const Deeds *more)
{
    to->inserts += more->inserts;
    to->updates += more->updates;
    to->deletes += more->deletes;
}

static void add_relation(Transaction *of, const char *name, const Deeds *deeds)
{
    for (int i = 0; i < of->relations; i++) {
        if (str_equal(of->relation[i].name, name)) {
            add_deeds(&of->relation[i].deeds, deeds);
            return;
        }
    }
    if (of->relations == RELATIONS_MAX) {
        of->more_relations = true;
        return;
    }
    Relation *relation = &of->relation[of->relations++];
    relation->deeds = *deeds;
    of->more_relations |= !str_copy(relation->name, RELATION_SIZE, name);
}

static void touch(PgTouched *touched, FILE *file, const char *line)
{
    const size_t length = strlen(line);
    touched->cut |= touched->room < length || fputs(line, file) < 0;
    touched->room -= touched->room < length ? touched->room : length;
}

static void touch_block(Reader *reader, const char *relation, const char *line)
{
    char block[BLOCK_SIZE];
    (void)str_format(block, sizeof(block), "%s %llu\n", relation,
                     (unsigned long long)number_behind(line, " blk ")); /* fits */
    if (reader->story->touched != NULL && !str_equal(block, reader->block)) {
        touch(reader->story->touched, reader->story->touched->blocks, block);
        (void)str_copy(reader->block, sizeof(reader->block), block); /* of the same size */
    }
}

static void touch_xid(const Reader *reader, uint64_t xid, uint64_t top)
{
    char line[BLOCK_SIZE];
    (void)str_format(line, sizeof(line), "%llu %llu\n", (unsigned long long)xid,
                     (unsigned long long)top); /* fits */
    if (reader->story->touched != NULL) {
        touch(reader->story->touched, reader->story->touched->xids, line);
    }
}

/* "MULTI_INSERT 5 tuples ...", "MULTI_INSERT+INIT 5 tuples ...", since 16 "MULTI_INSERT ntuples: 5, ...". */
static uint64_t rows_of(const char *deed)
{
    uint64_t rows = 0;
    const char *at = deed + strcspn(deed, " ");
    at += strspn(at, " ");
    at += str_starts_with(at, "ntuples: ") ? strlen("ntuples: ") : 0;
    return str_to_uint(at, strspn(at, "0123456789"), &rows) && rows > 0 ? rows : 1;
}

/* "Heap", "Heap2": rows; everything else is only counted. */
static void note_deed(Reader *reader, Transaction *of, const char *line, const char *deed)
{
    char name[RELATION_SIZE];
    Deeds deeds = {0};
    if (!str_starts_with(line, "rmgr: Heap")) {
        return;
    }
    if (str_starts_with(deed, "INSERT")) {
        deeds.inserts = 1;
    } else if (str_starts_with(deed, "MULTI_INSERT")) {
        deeds.inserts = rows_of(deed);
    } else if (str_starts_with(deed, "UPDATE") || str_starts_with(deed, "HOT_UPDATE")) {
        deeds.updates = 1;
    } else if (str_starts_with(deed, "DELETE")) {
        deeds.deletes = 1;
    } else {
        return;
    }
    add_deeds(&of->deeds, &deeds);
    const char *at = behind(line, "blkref #0: rel ");
    const size_t length = strcspn(at, " ");
    if (length > 0 && str_copy_bytes(name, sizeof(name), at, length)) {
        add_relation(of, name, &deeds);
        touch_block(reader, name, at);
    }
}

static void print(const Reader *reader, const Transaction *of, const char *outcome)
{
    char first[STR_LSN_SIZE];
    char last[STR_LSN_SIZE];
    char relations[RELATIONS_MAX * RELATION_LINE];
    const off_t length = lseek(reader->story->summary, 0, SEEK_CUR);
    if (length < 0 || (uint64_t)length + 2 * LINE_SIZE > reader->story->limit) {
        return;
    }
    StrBuf out = str_begin(relations, sizeof(relations));
    for (int i = 0; i < of->relations; i++) {
        const Relation *in = &of->relation[i];
        str_add_format(&out, "; in %s: %llu inserted, %llu updated, %llu deleted", in->name,
                       (unsigned long long)in->deeds.inserts, (unsigned long long)in->deeds.updates,
                       (unsigned long long)in->deeds.deletes);
    }
    str_add(&out, of->more_relations ? "; and in others" : "");
    (void)dprintf(reader->story->summary,
                  "transaction %llu: %s; %s to %s, %llu records; rows inserted %llu, updated %llu, "
                  "deleted %llu%s\n",
                  (unsigned long long)of->xid, outcome,
                  str_from_lsn(of->first, first, sizeof(first)),
                  str_from_lsn(of->last, last, sizeof(last)), (unsigned long long)of->records,
                  (unsigned long long)of->deeds.inserts, (unsigned long long)of->deeds.updates,
                  (unsigned long long)of->deeds.deletes,
                  relations); /* the WAL is there, whatever becomes of its story */
}

static void close_transaction(Reader *reader, Transaction *of)
{
    *of = reader->open[--reader->count];
}

/* What its subtransactions did is its own. */
static void take_subtransactions(Reader *reader, uint64_t parent, const char *deed)
{
    const char *at = behind(deed, "subxacts:");
    for (at += strspn(at, " "); str_is_digit(*at); at += strspn(at, " ")) {
        uint64_t xid = 0;
        const size_t digits = strspn(at, "0123456789");
        Transaction *sub = str_to_uint(at, digits, &xid) ? find(reader, xid) : NULL;
        if (sub != NULL) {
            Transaction *of = find(reader, parent);
            of->first = sub->first < of->first ? sub->first : of->first;
            of->records += sub->records;
            add_deeds(&of->deeds, &sub->deeds);
            for (int i = 0; i < sub->relations; i++) {
                add_relation(of, sub->relation[i].name, &sub->relation[i].deeds);
            }
            of->more_relations |= sub->more_relations;
            close_transaction(reader, sub);
        }
        touch_xid(reader, xid, parent);
        at += digits;
    }
}

static void end_transaction(Reader *reader, uint64_t xid, const char *deed)
{
    char outcome[80];
    const bool committed = str_starts_with(deed, "COMMIT");
    take_subtransactions(reader, xid, deed);
    if (committed) {
        touch_xid(reader, xid, xid);
    }
    (void)str_copy_bytes(outcome, sizeof(outcome), deed, strcspn(deed, ";")); /* cut is fine */
    reader->committed += committed ? 1 : 0;
    Transaction *of = find(reader, xid);
    print(reader, of, outcome);
    close_transaction(reader, of);
}

static void take_line(Reader *reader)
{
    const char *line = reader->line;
    (void)str_copy(reader->last, sizeof(reader->last), line); /* cut is fine */
    const uint64_t xid = number_behind(line, " tx:");
    const char *deed = behind(line, "desc: ");
    if (!str_starts_with(line, "rmgr: ") || xid == 0) {
        return;
    }
    Transaction *of = find(reader, xid);
    if (of == NULL) {
        if (reader->count == OPEN_MAX) {
            return; /* the WAL is there to be read */
        }
        of = &reader->open[reader->count++];
        *of = (Transaction){.xid = xid, .first = lsn_behind(line, " lsn: ")};
    }
    of->last = lsn_behind(line, " lsn: ");
    of->records++;
    if (!str_starts_with(line, "rmgr: Transaction")) {
        note_deed(reader, of, line, deed);
    } else if (str_starts_with(deed, "COMMIT") || str_starts_with(deed, "ABORT")) {
        end_transaction(reader, xid, deed);
    }
}

static void take_bytes(void *ctx, const char *bytes, size_t size)
{
    Reader *reader = ctx;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\n') {
            reader->line[reader->length] = '\0';
            take_line(reader);
            reader->length = 0;
        } else if (reader->length + 1 < LINE_SIZE) {
            reader->line[reader->length++] = bytes[i];
        }
    }
}

static void reader_done(Reader **reader)
{
    if (*reader != NULL) {
        free((*reader)->open);
        free(*reader);
    }
}

bool pg_wal_story(const PgWalStory *story, PgJob *job, uint64_t *inout_committed, Error *error)
{
    char program[PG_PATH_SIZE];
    char from[STR_LSN_SIZE];
    char to[STR_LSN_SIZE];
    char timeline[16];
    int status = 0;
    _cleanup_(reader_done) Reader *reader = calloc(1, sizeof(*reader));
    Transaction *open = calloc(OPEN_MAX, sizeof(*open));

    if (reader == NULL || open == NULL) {
        free(open);
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    reader->story = story;
    reader->open = open;
    pg_path(program, story->bin_dir, "pg_waldump");
    (void)str_format(timeline, sizeof(timeline), "%u", story->timeline); /* fits */
    const PgChild child = {
        .argv = {program, "-p", story->folder, "-t", timeline, "-s",
                 str_from_lsn(story->from, from, sizeof(from)), "-e",
                 str_from_lsn(story->to, to, sizeof(to))},
        .quiet = QUIET_MS,
        .limit = MILLIS_NEVER,
        .ctx = reader,
        .take = take_bytes,
    };
    if (!pg_child_run(&child, job, &status, error)) {
        return false;
    }
    for (int i = 0; i < reader->count; i++) {
        print(reader, &reader->open[i], "unfinished");
    }
    *inout_committed += reader->committed;
    return status == 0 || error_set(error, ERROR_POSTGRES, "%s", reader->last);
}
