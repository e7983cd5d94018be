/*
 * The line of `mc_ctl status` about the backup directory of this server: mirrored WAL, and what waits to be
 * archived.
 */
#ifndef CLI_BACKUP_LINE_H
#define CLI_BACKUP_LINE_H

#include "cli/site.h"

/* Nothing without backup_destination. Reads the management directory alone: the backup disk may hang. */
void backup_line(const Site *site, StrBuf *out);

/* Whether pgx_walreceive looks after the backup directory now: it does while the instance runs. */
bool backup_keeper_lives(const Site *site);

/* Whether it has taken up an operator's word of pause-mirror, or the other one. On a standby there is nothing to pause. */
bool backup_mirror_is(const Site *site, bool paused);

#endif
