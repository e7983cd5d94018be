/* pg_source.h - another server, as the source of a copy: spoken to over the replication protocol.
 *
 * By libpq and not by client programs: those of one version refuse servers of another. */
#ifndef MC_SYS_PG_SOURCE_H
#define MC_SYS_PG_SOURCE_H

#include "sys/pg_query.h"

typedef struct PgSource {
    char name[MEMBER_NAME_SIZE]; /* of the member, for people */
    PgAddress address;
    char conninfo[PG_CONNINFO_SIZE]; /* the administrator's further keywords */
} PgSource;

/* How a connection to it fared; whoever speaks to people knows the cure. */
typedef enum PgSourceFate {
    PG_SOURCE_OPEN,
    PG_SOURCE_UNREACHABLE,
    PG_SOURCE_PASSWORD, /* wrong, or none was there to give */
    PG_SOURCE_HBA,      /* no line of its pg_hba.conf lets this server in for replication */
    PG_SOURCE_ROLE,     /* the role may not replicate, or is none */
    PG_SOURCE_BUSY,     /* no connection, or no WAL sender, is free */
    PG_SOURCE_REFUSED,
} PgSourceFate;

PgSourceFate pg_source_open(const PgSource *source, PgSession *session, PgJob *job, Millis until,
                            Error *error);

typedef struct PgSourceFacts {
    uint64_t system_identifier;
    TimelineId timeline;
    int major;
    bool recovering; /* a standby itself; told from 14 on */
    uint32_t segment_size;
} PgSourceFacts;

__attribute__((warn_unused_result)) bool pg_source_facts(PgSession *session, PgJob *job,
                                                         Millis until, PgSourceFacts *ret,
                                                         Error *error);

#endif
