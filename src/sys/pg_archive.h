/* pg_archive.h - the settings by which an instance archives into the backup directory.
 *
 * With backup_destination they are ours, part of mc.auto.conf, on every server and in either role:
 * archive_mode is "always", so that a standby archives what it receives. Its archive then has the WAL of
 * before and after a promotion without a gap, whatever the old primary had not archived when it died.
 * Without backup_destination nothing is set, and the administrator's own archive_command is kept. */
#ifndef MC_SYS_PG_ARCHIVE_H
#define MC_SYS_PG_ARCHIVE_H

#include "archive/owner.h"
#include "base/str.h"
#include "sys/pg_setup.h"

/* Settings that are ours with backup_destination. */
bool pg_archive_is_ours(const PgSetup *setup, const char *name);

/* Their lines of mc.auto.conf; nothing without backup_destination. */
void pg_archive_add(const PgSetup *setup, const char *claim, StrBuf *out);

/* Under which reign the data directory stands, by its identity, as text; "" when it has none yet. */
void pg_archive_claim(const PgSetup *setup, char ret[ARCHIVE_CLAIM_SIZE]);

/* Refuses a backup directory or an archiver that could not be used; makes the folders. Blocks. */
__attribute__((warn_unused_result)) bool pg_archive_prepare(const PgSetup *setup, Error *error);

/* Whether data and backups would be lost with one device. */
bool pg_archive_same_device(const PgSetup *setup);

#endif
