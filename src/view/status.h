/*
 * The status of a cluster as a person reads it, and as scripts written for the original parse it: the
 * state word on the second line after the title, then one row for each database server.
 *
 * Pure: a status and a few texts go in, text comes out.
 */
#ifndef VIEW_STATUS_H
#define VIEW_STATUS_H

#include "base/str.h"
#include "core/durable.h"
#include "core/status.h"

enum {
    VIEW_HOST_SIZE = 256,
    VIEW_STATUS_MAX = 8192, /* enough for every table below */
};

/* Where network.conf says that a member is reached: the first address. */
typedef struct ViewHost {
    char name[MEMBER_NAME_SIZE];
    char host[VIEW_HOST_SIZE];
} ViewHost;

/* What the tables need beside the status. */
typedef struct ViewExtra {
    uint8_t count;
    ViewHost host[MEMBERS_MAX];
    char since[32]; /* decided_at of the record, in local time */
} ViewExtra;

/* `mc_ctl status`. */
void view_status(const Status *status, const ViewExtra *extra, StrBuf *out);
/* A line for every status: that the cluster goes on with what was recovered from a backup, and what is lost by it (E5).
 * Nothing where all went on as it was. */
void view_branch(const Record *record, StrBuf *out);
/* `mc_ctl status --arbiter`: connections to the arbitration servers. */
void view_arbiters(const Status *status, const ViewExtra *extra, StrBuf *out);
/* `mc_arb status`: connections to the database servers. */
void view_servers(const Status *status, const ViewExtra *extra, StrBuf *out);

/*
 * What is known when no agent answers: the last record of the member's own state file, everything else
 * unknown. A server that this record names primary is an inactivated primary, another server of its own
 * an inactivated standby; of the other servers nothing is said.
 */
void view_status_from_durable(const Durable *durable, Status *ret);

#endif
