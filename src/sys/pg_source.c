/* pg_source.c - connects to another server for replication, and asks who it is. */
#include "sys/pg_source.h"

#include "base/assert.h"

#include <string.h>

/* Before 17 libpq keeps no SQLSTATE of a refused connection, so the words count; a server that speaks
 * another language gives simply a refusal, with its own words. */
static PgSourceFate fate_of(PgKnock knock, const char *text)
{
    static const struct {
        const char *words;
        PgSourceFate fate;
    } known[] = {
        {"password", PG_SOURCE_PASSWORD},
        {"no pg_hba.conf entry", PG_SOURCE_HBA},
        {"replication role", PG_SOURCE_ROLE},
        {"permission denied to start WAL sender", PG_SOURCE_ROLE},
        {"role \"", PG_SOURCE_ROLE},
        {"max_wal_senders", PG_SOURCE_BUSY},
        {"too many", PG_SOURCE_BUSY},
        {"remaining connection slots", PG_SOURCE_BUSY},
    };
    if (knock == PG_KNOCK_NOBODY || knock == PG_KNOCK_SILENT || knock == PG_KNOCK_CANCELLED) {
        /* what libpq itself finds out comes so, too: that it has no password to give, for one */
        return strstr(text, "password") != NULL ? PG_SOURCE_PASSWORD : PG_SOURCE_UNREACHABLE;
    }
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strstr(text, known[i].words) != NULL) {
            return known[i].fate;
        }
    }
    return PG_SOURCE_REFUSED;
}

PgSourceFate pg_source_open(const PgSource *source, PgSession *session, PgJob *job, Millis until,
                            Error *error)
{
    char text[PG_CONNINFO_SIZE + 512];
    StrBuf out = str_begin(text, sizeof(text));

    /* The administrator's keywords first: of a keyword given twice libpq takes the last. Writing to a disk may
     * take longer than the server's usual patience with a standby. */
    str_add(&out, source->conninfo);
    str_add_format(&out,
                   " host=%s hostaddr=%s port=%u application_name=mc_copy replication=true"
                   " options='-c wal_sender_timeout=60s' keepalives=1 keepalives_idle=5"
                   " keepalives_interval=5 keepalives_count=3",
                   source->address.host, source->address.host, source->address.port);
    if (out.cut) {
        const bool no = error_set(error, ERROR_LIMIT, "replication_conninfo is too long");
        return no ? PG_SOURCE_OPEN : PG_SOURCE_REFUSED;
    }
    const PgKnock knock = pg_session_connect(session, job, text, until, error);
    if (knock == PG_KNOCK_OPEN) {
        return PG_SOURCE_OPEN;
    }
    const PgSourceFate fate = fate_of(knock, error->text);
    const bool no = error_wrap(error, "server \"%s\" at %s port %u", source->name,
                               source->address.host, source->address.port);
    return no ? PG_SOURCE_OPEN : fate;
}

static bool field_number(PGresult *result, int column, uint64_t *ret)
{
    const char *text =
        PQntuples(result) == 1 && PQnfields(result) > column ? PQgetvalue(result, 0, column) : "";
    return str_to_uint(text, strlen(text), ret);
}

/* "16MB", as SHOW says it. */
static bool parse_size(const char *text, uint32_t *ret)
{
    uint64_t value = 0;
    const size_t digits = strspn(text, "0123456789");
    if (!str_to_uint(text, digits, &value)) {
        return false;
    }
    value *= str_equal(text + digits, "GB")   ? 1U << 30
             : str_equal(text + digits, "MB") ? 1U << 20
                                              : 1;
    *ret = (uint32_t)value;
    return value >= 1U << 20 && value <= 1U << 30 && (value & (value - 1)) == 0;
}

bool pg_source_facts(PgSession *session, PgJob *job, Millis until, PgSourceFacts *ret, Error *error)
{
    PgSourceFacts facts = {.major = session->version / 10000};
    PGresult *result = NULL;
    char size[32];
    uint64_t timeline = 0;

    const char *recovering = PQparameterStatus(session->link, "in_hot_standby");
    facts.recovering = recovering != NULL && str_equal(recovering, "on");
    if (!pg_query(session, job, "IDENTIFY_SYSTEM", until, &result, error)) {
        return false;
    }
    const bool ok = field_number(result, 0, &facts.system_identifier) &&
                    field_number(result, 1, &timeline) && timeline <= UINT32_MAX;
    PQclear(result);
    if (!ok) {
        return error_set(error, ERROR_PROTOCOL, "the server does not say who it is");
    }
    facts.timeline = (TimelineId)timeline;
    if (!pg_query_text(session, job, "SHOW wal_segment_size", until, size, sizeof(size), error)) {
        return false;
    }
    if (!parse_size(size, &facts.segment_size)) {
        return error_set(error, ERROR_PROTOCOL, "the server says that wal_segment_size is \"%s\"",
                         size);
    }
    *ret = facts;
    return true;
}
