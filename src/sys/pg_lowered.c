/* pg_lowered.c - one question to the catalog, every half minute.
 *
 * What a function sets (CREATE FUNCTION ... SET) is in the catalog of each database, and what a session sets in no
 * catalog at all: these are not found. */
#include "sys/pg_lowered.h"

#include "base/assert.h"
#include "base/str.h"
#include "sys/pg_query.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#ifdef MC_TEST_BUILD
enum { LOOK_EVERY_MS = 4000 }; /* tests wait for it several times */
#else
enum { LOOK_EVERY_MS = 30000 };
#endif
enum { LOOK_LIMIT_MS = 2000 };

/* The agent's own sessions set it for themselves, so what holds for all is read from the default of a reset. Any
 * spelling of true is "on". */
static const char QUESTION[] =
    "SET lock_timeout = 1000; "
    "SELECT CASE WHEN r IS NULL AND d IS NULL THEN 'every role and database' "
    "WHEN d IS NULL THEN format('role \"%s\"', r) WHEN r IS NULL THEN format('database \"%s\"', d) "
    "ELSE format('role \"%s\" in database \"%s\"', r, d) END, v, "
    "CASE WHEN r IS NULL AND d IS NULL THEN 'ALTER ROLE ALL RESET synchronous_commit' "
    "WHEN d IS NULL THEN format('ALTER ROLE %I RESET synchronous_commit', r) "
    "WHEN r IS NULL THEN format('ALTER DATABASE %I RESET synchronous_commit', d) "
    "ELSE format('ALTER ROLE %I IN DATABASE %I RESET synchronous_commit', r, d) END "
    "FROM (SELECT rolname AS r, datname AS d, lower(substr(c, strpos(c, '=') + 1)) AS v "
    "FROM pg_db_role_setting LEFT JOIN pg_roles ON pg_roles.oid = setrole "
    "LEFT JOIN pg_database ON pg_database.oid = setdatabase, unnest(setconfig) AS c "
    "WHERE c LIKE 'synchronous\\_commit=%') AS found "
    "WHERE v NOT IN ('on', 'remote_apply', 'true', 'yes', '1') UNION ALL "
    "SELECT 'the server', setting, CASE WHEN sourcefile LIKE '%postgresql.auto.conf' "
    "THEN 'ALTER SYSTEM RESET synchronous_commit' ELSE format('line %s of \"%s\"', sourceline, "
    "sourcefile) END FROM pg_file_settings WHERE name = 'synchronous_commit' AND applied AND "
    "lower(setting) NOT IN ('on', 'remote_apply', 'true', 'yes', '1') ORDER BY 1 LIMIT 16";

typedef struct Findings {
    unsigned count;
    PgFinding finding[LOWERED_MAX];
} Findings;

struct PgLowered {
    Loop *loop;
    const PgSetup *setup;
    void (*told)(void *ctx, const PgFinding *finding);
    void *ctx;
    PgJob job;
    uv_work_t work;
    bool runs;   /* the worker has it */
    bool wanted; /* and its answer is still of use */
    Millis next;
    Findings known;
    Findings found; /* the worker's while it runs */
    bool answered;
};

/* Cut is fine: it is shown. Who may make roles gives them any name, and must not write lines of status with it, nor speak
 * to an operator's terminal. */
static void take_text(char *ret, size_t size, const char *text)
{
    (void)str_copy(ret, size, text);
    for (char *c = ret; *c != '\0'; c++) {
        *c = (unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c;
    }
}

static void take(Findings *found, const PGresult *result)
{
    const int rows = PQntuples(result);
    *found = (Findings){0};
    for (int i = 0; i < rows && i < LOWERED_MAX && PQnfields(result) == 3; i++) {
        PgFinding *finding = &found->finding[found->count++];
        take_text(finding->who, sizeof(finding->who), PQgetvalue(result, i, 0));
        take_text(finding->value, sizeof(finding->value), PQgetvalue(result, i, 1));
        take_text(finding->cure, sizeof(finding->cure), PQgetvalue(result, i, 2));
    }
}

static void worker(uv_work_t *work)
{
    PgLowered *lowered = work->data;
    PgSession session = {0};
    PGresult *result = NULL;
    Error ignored = {0}; /* the looks say what is wrong with the instance */
    const Millis until = loop_now() + LOOK_LIMIT_MS;
    lowered->answered = pg_session_open(&session, &lowered->job, lowered->setup, false, until,
                                        &ignored) == PG_KNOCK_OPEN &&
                        pg_query(&session, &lowered->job, QUESTION, until, &result, &ignored);
    if (lowered->answered) {
        take(&lowered->found, result);
        PQclear(result);
    }
    pg_session_close(&session);
}

static bool is_known(const Findings *known, const PgFinding *finding)
{
    for (unsigned i = 0; i < known->count; i++) {
        if (str_equal(known->finding[i].who, finding->who) &&
            str_equal(known->finding[i].value, finding->value)) {
            return true;
        }
    }
    return false;
}

static void back(uv_work_t *work, int status)
{
    PgLowered *lowered = work->data;
    (void)status; /* never cancelled before it began */
    lowered->runs = false;
    if (!lowered->wanted || !lowered->answered) {
        return;
    }
    const Findings before = lowered->known;
    lowered->known = lowered->found;
    for (unsigned i = 0; i < lowered->known.count; i++) {
        if (!is_known(&before, &lowered->known.finding[i])) {
            lowered->told(lowered->ctx, &lowered->known.finding[i]);
        }
    }
}

void pg_lowered_look(PgLowered *lowered)
{
    const Millis now = loop_now();
    if (lowered->runs || now < lowered->next) {
        return;
    }
    lowered->next = now + LOOK_EVERY_MS;
    lowered->runs = true;
    lowered->wanted = true;
    pg_job_reset(&lowered->job);
    lowered->work.data = lowered;
    const int code = uv_queue_work(loop_uv(lowered->loop), &lowered->work, worker, back);
    assert(code == 0);
}

void pg_lowered_forget(PgLowered *lowered)
{
    if (lowered->runs && lowered->wanted) {
        pg_job_cancel(&lowered->job);
    }
    lowered->wanted = false;
    lowered->known.count = 0;
    lowered->next = 0;
}

const PgFinding *pg_lowered_first(const PgLowered *lowered, unsigned *ret_count)
{
    *ret_count = lowered->known.count;
    return lowered->known.count > 0 ? &lowered->known.finding[0] : NULL;
}

bool pg_lowered_new(Loop *loop, const PgSetup *setup,
                    void (*told)(void *ctx, const PgFinding *finding), void *ctx, PgLowered **ret,
                    Error *error)
{
    PgLowered *lowered = calloc(1, sizeof(*lowered));
    if (lowered == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    lowered->loop = loop;
    lowered->setup = setup;
    lowered->told = told;
    lowered->ctx = ctx;
    if (!pg_job_init(&lowered->job, error)) {
        free(lowered);
        return false;
    }
    *ret = lowered;
    return true;
}

void pg_lowered_free(PgLowered *lowered)
{
    pg_lowered_forget(lowered);
    while (lowered->runs) {
        (void)uv_run(loop_uv(lowered->loop), UV_RUN_ONCE); /* it sees that it is cancelled */
    }
    pg_job_done(&lowered->job);
    free(lowered);
}
