/*
 * The status of a cluster for programs: what the tables show, and more.
 */
#ifndef VIEW_STATUS_JSON_H
#define VIEW_STATUS_JSON_H

#include "view/status.h"

/* `mc_ctl status --json`: one object, without a line's end; the caller frees it. NULL: out of memory. */
char *view_status_json(const Status *status, const ViewExtra *extra);
/* `mc_ctl status --arbiter --json`: the arbitration servers; "arbitrated" is false for one that is offline. */
char *view_arbiters_json(const Status *status, const ViewExtra *extra);
/* `mc_arb status --json`: the database servers and the connections to them. */
char *view_servers_json(const Status *status, const ViewExtra *extra);

#endif
