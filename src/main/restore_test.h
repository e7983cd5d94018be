/*
 * The try-out of a backup: recovered into a folder of its own, read to its last page, removed again.
 */
#ifndef MAIN_RESTORE_TEST_H
#define MAIN_RESTORE_TEST_H

#include "backup/restore.h"
#include "main/backup_line.h"

/* Whether a try-out can be made there: neither the folder nor that of its tablespaces may be there. */
__attribute__((warn_unused_result)) bool restore_test_folder(const char *folder, Error *error);
/* folder is not there yet, and gone again when all was well; a failed try-out stays, to be looked at. */
__attribute__((warn_unused_result)) bool restore_test(RestoreOptions *options, const char *folder,
                                                      BackupTalk *talk, Error *error);

#endif
