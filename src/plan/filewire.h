/*
 * What a server asks another one about its backup directory, and what it is answered: bytes to values and back.
 *
 * A conversation is requests, one after the other; each is answered by any number of items and one end. A request
 * names a generation or one of the two folders of WAL, and in it one file: nothing else of a host can be named. One
 * request and one answer are one frame each (sys/link.h has the frames). All integers are big-endian, a text is its
 * length (2 bytes) and its bytes.
 *
 *     request   kind u8, path text, offset u64, size u64, rate u64
 *     answer    kind u8, then by kind:
 *               PLACE       path text
 *               GENERATION  name text, complete u8, reason text, system u64, version u32, checksums u8,
 *                           from standby u8, WAL segment u32, started u64, stopped u64, timeline u32, start u64,
 *                           stop u64, bytes u64, bad pages u64, key text, uses u8, uses * text,
 *                           copied u8, copied * (where text, name text)
 *               WAL         system u64, timeline u32, end u64, segment text, place text, written u64
 *               ENTRY       name text, kind u8, size u64, time u64
 *               DATA        the bytes of the file
 *               PROGRESS    done u64, of u64
 *               END         error u8 (0: well), text
 */
#ifndef PLAN_FILEWIRE_H
#define PLAN_FILEWIRE_H

#include "plan/generations.h"
#include "plan/segment.h"

enum {
    FILEWIRE_DATA_MAX = 128 * 1024,
    FILEWIRE_FRAME_MAX = FILEWIRE_DATA_MAX + 16,
    FILEWIRE_REQUEST_MAX = 512,
    FILEWIRE_PATH_SIZE = 320, /* a folder, a slash and a name of NAME_MAX */
    FILEWIRE_NAME_SIZE = 256,
    FILEWIRE_PLACE_SIZE = 1024,
};

/* The folders of WAL, as store.h has them. */
#define FILEWIRE_ARCHIVED "archived_xlog"
#define FILEWIRE_ONLINE   "online_xlog"

typedef enum FileAskKind {
    FILE_ASK_LOOK = 1, /* PLACE, GENERATION for each, oldest first, and WAL if there is any */
    FILE_ASK_LIST,     /* ENTRY for each regular file of a folder, in no order */
    FILE_ASK_READ,     /* DATA of a file from offset on: size bytes, or to its end */
    FILE_ASK_PULL,     /* a generation of the one who asks is to be fetched from it: PROGRESS */
} FileAskKind;

typedef struct FileAsk {
    FileAskKind kind;
    char path[FILEWIRE_PATH_SIZE]; /* LIST: a folder; READ: a file; PULL: a generation; LOOK: "" */
    uint64_t offset;
    uint64_t size;
    uint64_t rate; /* READ, PULL: bytes per second; 0: no limit */
} FileAsk;

/* How far the WAL of a backup directory goes. */
typedef struct FileReach {
    uint64_t system_identifier;
    TimelineId timeline;
    Lsn end;                         /* behind the last whole record of the newest segment */
    char segment[SEGMENT_NAME_SIZE]; /* the newest; "": there is none */
    char place[32];                  /* the folder that it is in */
    int64_t written;                 /* when, seconds since 1970 by the clock there */
} FileReach;

typedef struct FileEntry {
    char name[FILEWIRE_NAME_SIZE];
    uint64_t size;
    int64_t time;
} FileEntry;

typedef enum FileAnswerKind {
    FILE_ANSWER_PLACE = 1,
    FILE_ANSWER_GENERATION,
    FILE_ANSWER_WAL,
    FILE_ANSWER_ENTRY,
    FILE_ANSWER_DATA,
    FILE_ANSWER_PROGRESS,
    FILE_ANSWER_END,
} FileAnswerKind;

typedef struct FileAnswer {
    FileAnswerKind kind;
    union {
        char place[FILEWIRE_PLACE_SIZE]; /* the backup directory, as it is called there */
        Generation generation;
        FileReach reach;
        FileEntry entry;
        struct {
            const uint8_t *bytes; /* in the frame */
            size_t size;
        } data;
        struct {
            uint64_t done;
            uint64_t of;
        } progress;
        struct {
            ErrorKind error; /* ERROR_NONE: well */
            char text[ERROR_TEXT_SIZE];
        } end;
    } u;
} FileAnswer;

/* "<folder>" or "<folder>/<file>": the folder is a generation's or one of the two of WAL, the file any single name. */
bool filewire_path_allowed(const char *path);
/* The folder part into ret (FILEWIRE_PATH_SIZE), of an allowed path; returns the name of the file or NULL. */
const char *filewire_split(const char *path, char *ret);

/* The size written; 0: there is no room (FILEWIRE_REQUEST_MAX and FILEWIRE_FRAME_MAX suffice). */
size_t filewire_write_ask(const FileAsk *ask, uint8_t *ret, size_t size);
size_t filewire_write_answer(const FileAnswer *answer, uint8_t *ret, size_t size);
/* False when the bytes are none: too short, too long, a path that may not be named, a value out of its bounds. */
__attribute__((warn_unused_result)) bool filewire_read_ask(const uint8_t *bytes, size_t size,
                                                           FileAsk *ret);
__attribute__((warn_unused_result)) bool filewire_read_answer(const uint8_t *bytes, size_t size,
                                                              FileAnswer *ret);

#endif
