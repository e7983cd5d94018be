/*
 * What the files of a recovery share with each other and with nobody else.
 */
#ifndef BACKUP_RESTORE_PARTS_H
#define BACKUP_RESTORE_PARTS_H

#include "backup/crew.h"
#include "backup/manifest_file.h"
#include "backup/pack.h"
#include "backup/restore.h"

#define RESTORE_MARK "mc.interrupted" /* while it stands, nothing starts the directory */
#define RESTORE_TAIL "mc.recovery" /* folder with the last segment, and the log of the recovery */

enum { LINKS_MAX = 256 };

struct Restore {
    const RestoreOptions *options;
    const Report *report;
    Store store;
    RestorePlan plan;
    WalSource source;
    PackReader *pack;
    Crew crew;
    char saved[PG_PATH_SIZE]; /* where what only the old directory had was saved; "": nothing was */
    uint64_t
        interrupted_system; /* an earlier restore of this database was interrupted here; 0: none was */
    bool
        beside_in_doubt; /* of a directory that may be what an interrupted restore left, or may not */
    int link_count;
    char (*links)[PG_PATH_SIZE]; /* folders that links of the data directory lead to */
};

/* What an interrupted restore left: its database, and where it saved what it found. */
void restore_read_mark(Restore *restore);
/* From here on the directory is neither what it was nor what it is to be, and says so. */
__attribute__((warn_unused_result)) bool restore_set_mark(const Restore *restore, Error *error);
/* The same, beside the backups: where a copy command may have taken away the one in the directory. */
bool restore_read_beside(Restore *restore, char *ret, size_t size);
__attribute__((warn_unused_result)) bool restore_write_beside(const Restore *restore,
                                                              const char *text, Error *error);
/* Whether what the generation does not hold can be had. */
__attribute__((warn_unused_result)) bool restore_check_copy(const Restore *restore, Error *error);
/* Has the copy command bring it back, and looks whether it is of this generation. Nothing can be started meanwhile. */
__attribute__((warn_unused_result)) bool restore_copied(Restore *restore, Error *error);

/* Whether this directory may become the restored one: sets had_directory and delta. */
__attribute__((warn_unused_result)) bool restore_check_directory(Restore *restore, Error *error);
/* Where a link of the backup leads in the restored directory; ret (PG_PATH_SIZE) may be used for it. */
const char *restore_target(const Restore *restore, const ManifestLine *link, char *ret);
/* Every sum of the generation, before a directory with contents is touched. */
__attribute__((warn_unused_result)) bool restore_prove_packs(Restore *restore, Error *error);

/* What only the old directory has. */
__attribute__((warn_unused_result)) bool restore_save(Restore *restore, Error *error);
/* The files, all but the control file under its name; then that, durably. */
__attribute__((warn_unused_result)) bool restore_files(Restore *restore, RestoreSummary *summary,
                                                       Error *error);
/* Replays. */
__attribute__((warn_unused_result)) bool restore_recover(Restore *restore, RestoreSummary *summary,
                                                         Error *error);

/* In a worker. */
typedef struct RestoreUnit {
    ManifestPart part;
    uint64_t file_size;
    uint32_t mode;
    bool delta;
    char path[MANIFEST_PATH_SIZE];
} RestoreUnit;
CrewBegin restore_work_begin;
CrewWork restore_work;
CrewEnd restore_work_end;

#endif
