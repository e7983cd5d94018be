/*
 * A recovery from its plan to its receipt.
 */
#include "backup/restore.h"

#include <string.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/str.h"
#include "sys/pg_receipt.h"

static bool mark_path(const Restore *restore, char *ret, Error *error)
{
    return io_path(ret, restore->options->data_dir, RESTORE_MARK, error);
}

bool restore_set_mark(const Restore *restore, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[RESTORE_TEXT_SIZE];
    const Generation *generation = &restore->plan.generation;
    (void)str_format(text, sizeof(text), "restore %llu from %s%s%s\n",
                     (unsigned long long)generation->head.system_identifier, generation->name,
                     restore->saved[0] == '\0' ? "" : " saved ", restore->saved); /* fits */
    return io_make_folder(restore->options->data_dir, 0700, error) &&
           mark_path(restore, path, error) && restore_write_beside(restore, text, error) &&
           pg_file_write(path, text, strlen(text), 0600, error);
}

/* What the cluster is told of it: which backup, which history, where it ended, and that the directory is another now. */
static bool write_receipt(const Restore *restore, const RestoreSummary *summary, Error *error)
{
    const Generation *generation = &restore->plan.generation;
    PgReceipt receipt = {.system_identifier = generation->head.system_identifier,
                         .recovered = {.timeline = restore->plan.timeline, .lsn = summary->end},
                         .timeline = summary->timeline,
                         .finished = io_wall_time()};
    (void)str_copy(receipt.backup, sizeof(receipt.backup), generation->name); /* for people */
    while (receipt.dir == 0) {
        if (!io_random(&receipt.dir, sizeof(receipt.dir), error)) {
            return false;
        }
    }
    return pg_receipt_write(restore->options->data_dir, &receipt, error);
}

bool restore_run(Restore *restore, RestoreSummary *ret, Error *error)
{
    RestoreSummary summary = {0};
    char mark[PG_PATH_SIZE];
    if (!store_lock(&restore->store, error) ||
        (restore->plan.had_directory && !restore_prove_packs(restore, error)) ||
        !restore_save(restore, error) || !restore_set_mark(restore, error) ||
        !restore_files(restore, &summary, error)) {
        return false;
    }
    memcpy(summary.saved, restore->saved, sizeof(summary.saved));
    if (!restore->options->files_only &&
        (!restore_recover(restore, &summary, error) || !write_receipt(restore, &summary, error))) {
        return false;
    }
    if (!restore_forget(&restore->store, restore->options->data_dir, error) ||
        !mark_path(restore, mark, error) || !pg_file_remove(mark, error)) {
        return false;
    }
    *ret = summary;
    return true;
}
