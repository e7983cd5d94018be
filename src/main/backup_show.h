/*
 * How backups and recoveries are shown: the list of generations, and the plan of a recovery.
 */
#ifndef MAIN_BACKUP_SHOW_H
#define MAIN_BACKUP_SHOW_H

#include "backup/restore.h"

/* Date, Status, Dir. */
void show_generations(const Store *store, const Generation *list, int count);
void show_generations_json(const char *path, const Generation *list, int count);
/* The date of a generation's name, which is when the backup began; ret holds MANIFEST_GENERATION_SIZE. Returns ret. */
const char *show_date(const Generation *generation, char *ret);
/* As JSON has it. */
void show_string(const char *text);

/* What a recovery would do. */
void show_plan(const RestoreOptions *options, const RestorePlan *plan);

#endif
