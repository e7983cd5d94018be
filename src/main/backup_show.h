/*
 * How backups and recoveries are shown: the list of generations, and the plan of a recovery.
 */
#ifndef MAIN_BACKUP_SHOW_H
#define MAIN_BACKUP_SHOW_H

#include "backup/chain.h"
#include "backup/restore.h"

/* Date, Status, Dir, as the original; then what kind it is, and what whoever would recover from it must know. */
void show_generations(const Store *store, const Generation *list, const WalChain *chains,
                      int count);
/* chains: of each generation; NULL: they were not looked at. */
void show_generations_json(const char *path, const Generation *list, const WalChain *chains,
                           int count);
/* "full", "incremental"; of one that is not complete "-". */
const char *show_kind(const Generation *generation);
/* On a line that ends there; chain may be NULL. */
void show_notes(const Generation *generation, const WalChain *chain);
/* The date of a generation's name, which is when the backup began; ret holds MANIFEST_GENERATION_SIZE. Returns ret. */
const char *show_date(const Generation *generation, char *ret);
/* As JSON has it. */
void show_string(const char *text);

/* What a recovery would do. */
void show_plan(const RestoreOptions *options, const RestorePlan *plan);

#endif
