/* store.h - one WAL file into the archive: durable, once, and never over another file.
 *
 * It is there under its name as a whole or not at all, at whatever instant process or power end. The same
 * contents again are success, also when the copy that is there is compressed; other contents under the
 * same name are an error, and the archive stays as it is. */
#ifndef MC_ARCHIVE_STORE_H
#define MC_ARCHIVE_STORE_H

#include "archive/durable.h"

typedef enum StoreCompression {
    STORE_PLAIN,
    STORE_ZSTD, /* of segments: NAME.zst; small files stay as they are */
} StoreCompression;

/* "off" or "zstd". */
bool store_compression_parse(const char *text, StoreCompression *ret);

#define STORE_SUFFIX ".zst"

typedef struct StoreJob {
    const char *from;   /* the file */
    const char *folder; /* of the archive */
    const char *name;   /* in the archive; wal_name_is_archived() */
    StoreCompression compression;
} StoreJob;

/* Buffers, kept from one file to the next. */
typedef struct Store Store;

/* NULL: out of memory. */
Store *store_new(void);
void store_free(Store *store);

__attribute__((warn_unused_result)) bool store_file(Store *store, const StoreJob *job,
                                                    Error *error);

#endif
