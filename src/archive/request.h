/* request.h - one file to be archived, as the archive module asks for it.
 *
 * A disk that hangs cannot be waited for with a signal's way out: whoever touches it stays until it comes back.
 * So the module gives its requests to a helper, pgx_walcopy --serve, which is no process of the instance: the
 * archiver waits for an answer, and can be ended, and with it the instance. */
#ifndef MC_ARCHIVE_REQUEST_H
#define MC_ARCHIVE_REQUEST_H

#include "archive/store.h"

enum { REQUEST_SIZE = 6 * DURABLE_PATH_SIZE };

typedef struct ArchiveRequest {
    const char *data_dir;
    const char *from; /* absolute */
    const char *name;
    const char *destination; /* the backup directory */
    const char *claim;       /* "": none */
    StoreCompression compression;
} ArchiveRequest;

/* Everything for one file: the directory is as it must be, the instance may archive there, the copy. */
__attribute__((warn_unused_result)) bool request_do(Store *store, const ArchiveRequest *request,
                                                    Error *error);

/* As one message, and the way back: texts point into it. 0 and false: it does not fit, it is none. */
size_t request_write(const ArchiveRequest *request, char ret[REQUEST_SIZE]);
bool request_read(const char *message, size_t size, ArchiveRequest *ret);

#endif
