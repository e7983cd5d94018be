/*
 * pgx_rcvall --fetch: what another server has and this one lacks is brought here.
 */
#ifndef MAIN_BACKUP_FETCH_H
#define MAIN_BACKUP_FETCH_H

#include "main/backup_line.h"

/*
 * The newest generation of all servers, with those that it uses, the WAL behind it, and the newest WAL. Returns the exit
 * status.
 */
int fetch_newest(const char *program, const CommandLine *line, const BackupPlace *place);

#endif
