/* swarm.h - many runs drawn from seeds: played, counted, shortened when they fail. */
#ifndef MC_SIM_SWARM_H
#define MC_SIM_SWARM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct SwarmOptions {
    bool verbose; /* tells every event, a column per member */
    bool summary; /* counts what happened */
} SwarmOptions;

/* Plays `count` seeds from `first` on; returns the process's exit status. */
int swarm_play(uint64_t first, uint64_t count, const SwarmOptions *options);
/* Plays them up to the first that violates I1 to I4, which it prints as a story. */
int swarm_hunt(uint64_t first, uint64_t count, bool only_plots);
/* Plays the seeds of a file, one at the beginning of each line; the rest of the line is for people. */
int swarm_play_list(const char *path, const SwarmOptions *options);

#endif
