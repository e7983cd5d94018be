/*
 * A generation that is stored on other servers, too.
 */
#ifndef MAIN_BACKUP_AWAY_H
#define MAIN_BACKUP_AWAY_H

#include "main/backup_line.h"

/* Whether every --destination is another server of the cluster, before a backup is taken for nothing. */
__attribute__((warn_unused_result)) bool away_check(const CommandLine *line, Error *error);

/*
 * Has each of them fetch the generation, and waits until it is complete and proved there. What is wrong with one is
 * said, and the others have it all the same. Returns the exit status.
 */
int away_store(const char *program, const CommandLine *line, const char *generation, uint64_t rate,
               BackupTalk *talk);

#endif
