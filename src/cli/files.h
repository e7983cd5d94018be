/*
 * Files that a command makes once and never overwrites: all are compared first, and only when none stands
 * in the way with other contents are the missing ones written.
 */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "base/error.h"

#include <stddef.h>
#include <sys/types.h>

enum {
    PATH_SIZE = 1024,
    FILE_TEXT_SIZE = 65536, /* the largest file of ours, with its terminator */
    PLANNED_FILES_MAX = 16,
};

typedef enum FileState {
    FILE_MISSING,
    FILE_SAME,
    FILE_DIFFERS,
} FileState;

typedef struct PlannedFile {
    char path[PATH_SIZE];
    mode_t mode;
    char *text; /* owned by the plan */
    FileState state;
    int line; /* FILE_DIFFERS: the first line that is not the same */
} PlannedFile;

typedef struct FilePlan {
    int count;
    PlannedFile file[PLANNED_FILES_MAX];
} FilePlan;

/* Joins a folder and a name; ERROR_LIMIT when the result does not fit. */
__attribute__((warn_unused_result)) bool path_join(const char *folder, const char *name, char *ret,
                                                   size_t size, Error *error);

/* The whole of a text file. A missing one is ERROR_SYSTEM with ENOENT. */
__attribute__((warn_unused_result)) bool text_read(const char *path, char *ret, size_t size,
                                                   Error *error);

/* Adds one; the text is copied. */
__attribute__((warn_unused_result)) bool plan_add(FilePlan *plan, const char *folder,
                                                  const char *name, mode_t mode, const char *text,
                                                  Error *error);

/* Compares every file with what is there. ERROR_REFUSED names those that differ; nothing is written. */
__attribute__((warn_unused_result)) bool plan_compare(FilePlan *plan, Error *error);

/* Writes those that are missing, durably, each as a whole. */
__attribute__((warn_unused_result)) bool plan_write(const FilePlan *plan, Error *error);

/* Frees the texts, wiping them: one of them is a key. */
void plan_done(FilePlan *plan);

#endif
