/*
 * The manifest of a backup, line by line.
 *
 * A text file: first what the backup is, then what it holds in the order of datafile_compare(), then the files
 * that are restored last, then what it consists of, then a sum over all of it. One line is one value here; who
 * reads the file takes them in turn, so that a manifest may be longer than memory.
 *
 *     mirroring-controller-backup 1
 *     system 7312345678901234567
 *     ...
 *     copied pg_tblspc/16385 history
 *     copy-mark <32 bytes>
 *     cipher aes-256-gcm 0123456789abcdef <salt>
 *     dir 0700 base
 *     file 0600 1764238200 8192 base/1/1255
 *     part 0 8192 0 4711 134 1 1a2b3c4d
 *     ...
 *     seal <HMAC of the SHA-256 of everything before this line>
 *     end <SHA-256 of everything before this line>
 *
 * "cipher" and "seal" stand in the manifest of an encrypted generation, both or none.
 *
 * A path stands last in its line; bytes that are no printable ASCII, blanks and "%" are written %XX.
 */
#ifndef PLAN_MANIFEST_H
#define PLAN_MANIFEST_H

#include "base/error.h"
#include "core/types.h"

enum {
    MANIFEST_VERSION = 1,
    MANIFEST_PATH_SIZE = 1024,
    MANIFEST_LINE_MAX =
        8 * MANIFEST_PATH_SIZE, /* every byte of two paths escaped, and the numbers */
    MANIFEST_USES_MAX = 32,
    MANIFEST_COPIED_MAX = 64,
    MANIFEST_RESOURCE_SIZE = 64,   /* the name of a tablespace, as PostgreSQL bounds it */
    MANIFEST_WHERE_SIZE = 24,      /* "pg_data", "pg_tblspc/4294967295" */
    MANIFEST_GENERATION_SIZE = 20, /* "2026-11-23_10-00-00" */
    MANIFEST_DIGEST_SIZE = 32,
    MANIFEST_KEY_SIZE = 17,                /* 16 hexadecimal digits */
    MANIFEST_PART_SIZE = 64 * 1024 * 1024, /* a file is cut at multiples of it */
    CHUNK_OF_PART = 262144, /* the chunks of a part are all of this size but the last */
    MANIFEST_PART_CHUNKS_MAX = MANIFEST_PART_SIZE / CHUNK_OF_PART,
};

typedef enum ManifestKind {
    MANIFEST_BEGIN,
    /* head: one number */
    MANIFEST_SYSTEM,
    MANIFEST_SERVER_VERSION,   /* server_version_num */
    MANIFEST_CHECKSUMS,        /* 1: pages were verified */
    MANIFEST_RELATION_SEGMENT, /* blocks */
    MANIFEST_WAL_SEGMENT,      /* bytes */
    MANIFEST_STARTED,          /* seconds since 1970 */
    MANIFEST_STOPPED,
    MANIFEST_TIMELINE,
    MANIFEST_FROM_STANDBY, /* 1: taken from a standby */
    MANIFEST_BYTES,        /* of all files */
    MANIFEST_BAD_PAGES,
    /* head: one position */
    MANIFEST_START,
    MANIFEST_STOP,
    /* head: others */
    MANIFEST_DATA, /* path: the data directory */
    MANIFEST_USES, /* number: 1, 2, ...; generation */
    MANIFEST_COPIED, /* path: where it stands; target: its name. A resource that is not here: a copy command took it */
    MANIFEST_COPY_MARK, /* digest: what stands in the mark of each of these */
    MANIFEST_CIPHER, /* target: id of the key; digest: the salt. It is encrypted, and has a seal */
    /* body */
    MANIFEST_DIR,     /* mode, path */
    MANIFEST_LINK,    /* path, target */
    MANIFEST_FILE,    /* mode, time, size, path */
    MANIFEST_PART,    /* of the file before */
    MANIFEST_LATE,    /* a file that is restored after all others */
    MANIFEST_OUTSIDE, /* a file outside of the data directory; its path is absolute */
    MANIFEST_COPY_INFO, /* what the copy command has written down for its restore; no file of the data directory */
    /* tail */
    MANIFEST_BAD,   /* number: block; path */
    MANIFEST_PACK,  /* number: which; size */
    MANIFEST_INDEX, /* number: which; size */
    MANIFEST_SEAL,  /* digest: by whoever has the key, over all before it */
    MANIFEST_END,   /* digest */
    MANIFEST_KIND_COUNT,
} ManifestKind;

/* A piece of a file, at most MANIFEST_PART_SIZE, whose chunks stand together in an index. */
typedef struct ManifestPart {
    uint64_t offset; /* in the file */
    uint64_t size;   /* not 0 */
    uint32_t index;  /* which one */
    uint64_t index_offset;
    uint32_t index_size;
    uint32_t chunks;
    uint32_t crc; /* of the bytes of the index */
} ManifestPart;

typedef struct ManifestLine {
    ManifestKind kind;
    uint64_t number; /* or size of a file, pack or index: see size */
    uint64_t size;
    int64_t time; /* of the last change, seconds since 1970 */
    uint32_t mode;
    ManifestPart part;
    char path[MANIFEST_PATH_SIZE];
    char target[MANIFEST_PATH_SIZE]; /* of a link; or a generation, or the id of a key */
    uint8_t digest[MANIFEST_DIGEST_SIZE];
} ManifestLine;

/* One line without its end. ERROR_CORRUPT says what is wrong with it. */
__attribute__((warn_unused_result)) bool manifest_parse(const char *text, size_t length,
                                                        ManifestLine *ret, Error *error);
/* The line with its end; out is cut when there is no room for MANIFEST_LINE_MAX bytes. */
void manifest_format(const ManifestLine *line, StrBuf *out);

/* What the packs do not hold, because a copy command of the user took it. */
typedef struct ManifestCopied {
    char where
        [MANIFEST_WHERE_SIZE]; /* MANIFEST_PG_DATA, or the link of a tablespace: "pg_tblspc/16385" */
    char name[MANIFEST_RESOURCE_SIZE];
} ManifestCopied;

#define MANIFEST_PG_DATA "pg_data" /* the data directory, all of it but its tablespaces */

/* What the head of a manifest says. */
typedef struct ManifestHead {
    uint64_t system_identifier;
    int server_version; /* 150018 */
    bool checksums;
    bool from_standby;
    uint32_t relation_segment;
    uint32_t wal_segment;
    int64_t started;
    int64_t stopped;
    TimelineId timeline;
    Lsn start;
    Lsn stop;
    uint64_t bytes;
    uint64_t bad_pages;
    char data[MANIFEST_PATH_SIZE];
    char key[MANIFEST_KEY_SIZE]; /* id of the key that it is encrypted with; "": it is not */
    uint8_t salt[MANIFEST_DIGEST_SIZE];
    int copied_count;
    ManifestCopied copied[MANIFEST_COPIED_MAX];
    uint8_t copy_mark[MANIFEST_DIGEST_SIZE]; /* when there are any */
    int uses_count;
    char uses[MANIFEST_USES_MAX][MANIFEST_GENERATION_SIZE]; /* number n at n - 1 */
} ManifestHead;

/*
 * Takes the lines of a file one after another and says whether they may stand in this order, whether parts lie within
 * their file, and whether the head is whole when the body begins.
 */
typedef struct ManifestCheck {
    ManifestHead head;
    uint64_t seen; /* set of kinds of the head */
    int stage;
    bool in_file;
    uint64_t file_size;
    uint64_t part_end; /* behind the last part of the file */
    char last_path[MANIFEST_PATH_SIZE];
} ManifestCheck;

__attribute__((warn_unused_result)) bool manifest_check(ManifestCheck *check,
                                                        const ManifestLine *line, Error *error);

/* Whether a path of a body may be restored: relative, no "..", no empty part. */
bool manifest_path_is_inside(const char *path);

/* Whether a copy command took what stands at this path of the data directory. */
bool manifest_is_copied(const ManifestHead *head, const char *path);
/* Whether the same resources were taken, each at the same place. */
bool manifest_same_copied(const ManifestHead *a, const ManifestHead *b);

/* "2026-11-23_10-00-00": digits where digits belong, a month that exists. */
bool manifest_is_generation(const char *text);

#endif
