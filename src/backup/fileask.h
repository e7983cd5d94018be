/*
 * Asking another server about its backup directory.
 */
#ifndef BACKUP_FILEASK_H
#define BACKUP_FILEASK_H

#include "plan/filewire.h"
#include "sys/link.h"

/* Called for every answer but the end. False stops, with *error filled. */
typedef bool FileTake(void *arg, const FileAnswer *answer, Error *error);

/* One request. What the other side reports as its error is the error here. */
__attribute__((warn_unused_result)) bool fileask_run(Link *link, const FileAsk *ask, FileTake *take,
                                                     void *arg, Error *error);

#endif
