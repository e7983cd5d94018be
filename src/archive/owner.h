/* owner.h - who may archive into a folder: one cluster's latest primary, and no instance of before.
 *
 * A claim says under which line and epoch an instance serves, and by the inode of its data directory
 * which directory that is: a copy that somebody starts brings the claim along and not the inode. The
 * agent gives the claim to the instance with its settings, and writes line and epoch into the file
 * "owner" of the folder whenever it opens a primary. A folder without that file belongs to whoever
 * comes: then no Mirroring Controller looks after it. */
#ifndef MC_ARCHIVE_OWNER_H
#define MC_ARCHIVE_OWNER_H

#include "base/error.h"

enum { ARCHIVE_CLAIM_SIZE = 64 };

typedef struct ArchiveClaim {
    uint64_t line;
    uint64_t epoch;
    uint64_t directory; /* inode of the data directory */
} ArchiveClaim;

/* "line epoch directory" in hexadecimal; as a setting of the instance and within the owner file. */
void archive_claim_format(const ArchiveClaim *claim, char ret[ARCHIVE_CLAIM_SIZE]);
bool archive_claim_parse(const char *text, ArchiveClaim *ret);

/* The text of an owner file, and the way back. ret holds ARCHIVE_OWNER_SIZE bytes. */
enum { ARCHIVE_OWNER_SIZE = 256 };
void archive_owner_format(const ArchiveClaim *claim, char ret[ARCHIVE_OWNER_SIZE]);
bool archive_owner_parse(const char *text, ArchiveClaim *ret);

/* Whether an instance with this claim (NULL: it has none), whose data directory has that inode, may
 * archive where `owner` has opened last. The error names both. */
__attribute__((warn_unused_result)) bool archive_owner_admits(const ArchiveClaim *owner,
                                                              const ArchiveClaim *claim,
                                                              uint64_t directory, Error *error);

/* The owner file of a folder; `ret_there` false: there is none. A file that is not understood is an
 * error: nobody archives by guess. */
__attribute__((warn_unused_result)) bool archive_owner_read(const char *folder, bool *ret_there,
                                                            ArchiveClaim *ret, Error *error);

/* All of it for one file: whether an instance of that data directory, with the claim that its settings
 * carry ("": none), may archive into the folder now. */
__attribute__((warn_unused_result)) bool archive_owner_check(const char *folder,
                                                             const char *claim_text,
                                                             const char *data_dir, Error *error);

/* Durably. Refused when a later epoch of the same line is there. */
__attribute__((warn_unused_result)) bool archive_owner_write(const char *folder,
                                                             const ArchiveClaim *claim,
                                                             Error *error);

#endif
