/* store.h - one WAL file into the archive: durable, once, and never over another file.
 *
 * It is there under its name as a whole or not at all, at whatever instant process or power end. The same
 * contents again are success, also when the copy that is there is compressed; other contents under the
 * same name are an error, and the archive stays as it is; but for the history of a timeline that never opened, which is
 * kept under another name (STORE_ASIDE). */
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
/* NAME.history.unopened: it said how a timeline began that never opened, and had the name of one that did. */
#define STORE_ASIDE ".unopened"

typedef struct StoreJob {
    const char *from;   /* the file */
    const char *folder; /* of the archive */
    const char *name;   /* in the archive; wal_name_is_archived() */
    StoreCompression compression;
    /* By an instance that its agent has started, and which may archive here (archive_owner_check). Only such a one
     * makes the history of a timeline that never opened give way. */
    bool claimed;
} StoreJob;

/* Buffers, kept from one file to the next. */
typedef struct Store Store;

/* NULL: out of memory. */
Store *store_new(void);
void store_free(Store *store);

__attribute__((warn_unused_result)) bool store_file(Store *store, const StoreJob *job,
                                                    Error *error);

#endif
