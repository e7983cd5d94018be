/* register.h - N voters with a proposer each, a network that loses, doubles and reorders, disks that are slow,
 * members that die and come back with or without their memory: driven by a tape. */
#ifndef TEST_PROPERTY_REGISTER_H
#define TEST_PROPERTY_REGISTER_H

#include "tape.h"

typedef struct RegisterPlan {
    uint32_t voters;  /* 1 to 5; 0: the tape says */
    uint32_t steps;   /* choices of the tape; then everything under way arrives */
    uint32_t rounds;  /* at most so many are begun */
    uint32_t deaths;  /* at most so many members die */
    bool forget;      /* some come back without their memory, or with an old copy of it */
    bool blank;       /* the cluster has no record yet (bootstrap) */
    bool members;     /* primaries change who votes (E4) */
    bool quick_disks; /* writes are done at once: fewer ways to go */
} RegisterPlan;

typedef struct RegisterResult {
    uint32_t chosen;     /* records */
    char violation[160]; /* empty: none */
} RegisterResult;

void register_run(Tape *tape, const RegisterPlan *plan, RegisterResult *ret);

#endif
