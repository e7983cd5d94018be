/*
 * Recovery: a generation and the WAL behind it become a data directory that has finished recovering.
 *
 * First everything is decided and proved, and nothing is touched: which generation, which timeline, how far the
 * WAL goes, whether the target is reached, whether the data directory may be written over. Then what only the old
 * directory has is saved; then the files are put in their places, the control file last; then an instance
 * that nobody can connect to replays the WAL, and is stopped again. The settings of the recovery stand on its
 * command line and nowhere else, so that none of them stays behind.
 */
#ifndef BACKUP_RESTORE_H
#define BACKUP_RESTORE_H

#include "backup/copycmd.h"
#include "backup/report.h"
#include "backup/store.h"
#include "backup/walscan.h"

enum { RELOCATIONS_MAX = 16, RESTORE_TEXT_SIZE = PG_PATH_SIZE + 128 };

typedef enum TargetKind {
    TARGET_LATEST,
    TARGET_TIME,
    TARGET_NAME,
    TARGET_XID,
    TARGET_LSN,
} TargetKind;

typedef struct Target {
    TargetKind kind;
    int64_t time; /* microseconds since 1970 */
    char name[WAL_NAME_SIZE];
    uint32_t xid;
    Lsn lsn;
    bool exclusive;      /* stop just before it */
    TimelineId timeline; /* 0: the newest that leads on from the backup */
} Target;

typedef struct Relocation {
    const char *from; /* where a tablespace was */
    const char *to;
} Relocation;

typedef struct RestoreOptions {
    const char *destination;
    char data_dir[PG_PATH_SIZE];
    const char *bin_dir; /* "": found by version */
    const char *program; /* this program, for restore_command */
    BackupKey key;
    const char *generation; /* NULL: the one that suits the target best, with a key none in clear */
    Target target;
    int relocation_count;
    Relocation relocation[RELOCATIONS_MAX];
    CopyCommand copy; /* needed where a generation does not hold everything */
    int workers;
    bool files_only;               /* no recovery: for those who do it themselves */
    const char *test_user;         /* not NULL: a try-out. Every page is read, as this role */
    const char *tablespace_folder; /* not NULL: all tablespaces go into this one */
    bool look_only; /* there is no data directory, and what is wrong with the WAL is only told */
    bool plan_only; /* restore_run() will not be called: a running instance is no hindrance */
} RestoreOptions;

/* What was decided. */
typedef struct RestorePlan {
    Generation generation;
    char folder[PG_PATH_SIZE];
    TimelineId timeline;
    PgHistory history;
    WalScan scan;      /* from the backup's start to the end of the WAL */
    bool target_found; /* always so with TARGET_LATEST */
    Lsn stop;          /* where the recovery will end, as far as that is known before */
    int64_t stop_time; /* of the last commit before that; 0: none */
    bool delta; /* there is a data directory of this database, and what is right in it stays */
    bool had_directory; /* not empty */
    char passed[MANIFEST_GENERATION_SIZE + 2 +
                256]; /* the newest generation, and why it was passed over; "": it is the one */
    bool running;     /* an instance is at work there; only with plan_only */
} RestorePlan;

typedef struct RestoreSummary {
    uint64_t bytes;
    uint64_t kept;
    char saved[PG_PATH_SIZE]; /* "": there was nothing to save */
    TimelineId timeline;      /* new */
    Lsn end;                  /* where it begins */
} RestoreSummary;

typedef struct Restore Restore;

/* Decides. Nothing is changed. */
__attribute__((warn_unused_result)) bool restore_plan(const RestoreOptions *options,
                                                      const Report *report, Restore **ret,
                                                      Error *error);
const RestorePlan *restore_planned(const Restore *restore);
/*
 * Reads all of the generation as a restore would, and writes nothing: every sum of every byte. The first one that is
 * wrong is the error.
 */
__attribute__((warn_unused_result)) bool restore_verify(Restore *restore, uint64_t *ret_bytes,
                                                        Error *error);
/* Does it. */
__attribute__((warn_unused_result)) bool restore_run(Restore *restore, RestoreSummary *ret,
                                                     Error *error);
/* That a recovery of this directory with a copy command was interrupted is no matter any more: its instance runs. */
__attribute__((warn_unused_result)) bool restore_forget(const Store *store, const char *data_dir,
                                                        Error *error);
void restore_free(Restore **restore);

#endif
