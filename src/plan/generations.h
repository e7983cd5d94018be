/*
 * Generations of backups: which one a restore begins with, and which are no longer needed.
 */
#ifndef PLAN_GENERATIONS_H
#define PLAN_GENERATIONS_H

#include "plan/manifest.h"

typedef struct Generation {
    char name[MANIFEST_GENERATION_SIZE];
    bool complete;
    ManifestHead head; /* when it is complete */
    char reason[256];  /* when it is not */
} Generation;

/* The list is ordered by name, oldest first. */
void generations_sort(Generation *list, int count);

/* Index by name, or -1. */
int generations_find(const Generation *list, int count, const char *name);

/*
 * Marks in ret_needed[count] those that stay: the newest keep complete ones, what these use, and all that are not
 * complete (removing those is another's business). A generation with bad pages does not count among the ones
 * kept: an older one may have the pages well.
 */
void generations_needed(const Generation *list, int count, int keep, bool *ret_needed);

/* The number of the oldest segment that a needed complete generation begins in; 0 when there is none. */
uint64_t generations_oldest_segment(const Generation *list, int count, const bool *needed);

#endif
