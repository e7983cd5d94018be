/* combined.h - runs in which several words of operators meet: a switch while a voter is removed, a force over a recovery.
 *
 * Elsewhere a run has one such word, amid other faults; here it has several, close together, and few other faults. */
#ifndef MC_SIM_COMBINED_H
#define MC_SIM_COMBINED_H

#include "sim/plots.h"

enum { COMBINED_STEPS_MAX = 12 };

typedef struct CombinedStep {
    Micros at;  /* not before */
    bool after; /* and not before the step in front of it has ended */
    bool
        by_name; /* its servers are two, whoever is primary meanwhile; else words may stand for them, too */
    const char *faults; /* as the patterns of seeds.c */
} CombinedStep;

typedef struct Combined {
    PlotShape shape;
    bool fencing;               /* of arbiters */
    bool attended;              /* an operator looks after it besides */
    Micros copied[SERVERS_MAX]; /* when a backup of that server was made; 0: never */
    uint32_t count;
    CombinedStep step[COMBINED_STEPS_MAX];
} Combined;

/* Draws a cluster, and what is begun in it before `ends`. */
void combined_draw(Prng *prng, Micros ends, Combined *ret);

#endif
