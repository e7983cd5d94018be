/*
 * Saving what only the old data directory has: WAL that is not archived, and its configuration.
 *
 * It goes to a folder of its own in the backup destination, and the recovery reads it there. What was recycled,
 * files with a name of the future and contents of the past, is left behind.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/restore_parts.h"
#include "base/str.h"

enum { LONG_HEADER = 40 };

static bool make_saved(Restore *restore, Error *error)
{
    return restore->saved[0] != '\0' || store_make_saved(&restore->store, restore->saved, error);
}

/* Whether the file begins with the page that its name promises, of this database. */
static bool is_what_it_says(const Restore *restore, const char *path, Segment segment)
{
    uint8_t page[LONG_HEADER];
    uint64_t address;
    uint64_t identifier;
    size_t size = 0;
    Error error = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    const bool read = fd >= 0 && io_read_at(fd, page, sizeof(page), 0, &size, &error);
    io_close(&fd);
    if (!read || size < sizeof(page)) {
        return false;
    }
    memcpy(&address, page + 8, sizeof(address));
    memcpy(&identifier, page + 24, sizeof(identifier));
    return address == segment.number * restore->source.segment_size &&
           identifier == restore->plan.generation.head.system_identifier;
}

static bool save_file(Restore *restore, const char *folder, const char *name, Error *error)
{
    char from[PG_PATH_SIZE];
    char to[PG_PATH_SIZE];
    return make_saved(restore, error) && io_path(from, folder, name, error) &&
           io_path(to, restore->saved, name, error) && io_copy(from, to, 0600, error);
}

/* A mirrored copy may be behind; an archived one is complete. */
static bool is_archived(const Restore *restore, Segment segment)
{
    WalSource archive = restore->source;
    WalFile files[WAL_CANDIDATES_MAX];
    archive.place_count = archive.archived;
    archive.stored_count = 0;
    return walsource_find(&archive, segment, files) > 0 && !files[0].partial;
}

static bool save_wal(Restore *restore, Error *error)
{
    char folder[PG_PATH_SIZE];
    bool good = true;
    if (!io_path(folder, restore->options->data_dir, "pg_wal", error)) {
        return false;
    }
    DIR *in = opendir(folder);
    if (in == NULL) {
        return errno == ENOENT || error_set_errno(error, errno, "folder \"%s\"", folder);
    }
    for (const struct dirent *entry; good && (entry = readdir(in)) != NULL;) {
        Segment segment;
        char path[PG_PATH_SIZE];
        const SegmentFile kind =
            segment_parse(entry->d_name, restore->source.segment_size, &segment);
        good = io_path(path, folder, entry->d_name, error);
        if (!good) {
            break;
        }
        if (kind == SEGMENT_FILE_HISTORY ||
            (kind == SEGMENT_FILE_WHOLE && !is_archived(restore, segment) &&
             is_what_it_says(restore, path, segment))) {
            good = save_file(restore, folder, entry->d_name, error);
        }
    }
    (void)closedir(in); /* only read from */
    return good;
}

bool restore_save(Restore *restore, Error *error)
{
    static const char *const names[] = {"postgresql.conf", "postgresql.auto.conf", "pg_hba.conf",
                                        "pg_ident.conf",   "mc.auto.conf",         "mc.identity"};
    const char *data_dir = restore->options->data_dir;
    /* What an interrupted restore has saved is not there any more: it stays where it is. */
    if (!restore->plan.had_directory || restore->interrupted_system != 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[PG_PATH_SIZE];
        bool there = false;
        if (!io_path(path, data_dir, names[i], error)) {
            return false;
        }
        if (!pg_file_look(path, &there, error) ||
            (there && !save_file(restore, data_dir, names[i], error))) {
            return false;
        }
    }
    return save_wal(restore, error);
}
