/* plots.h - faults that matter only in one order and at one distance of time; luck alone would hardly draw them. */
#ifndef MC_SIM_PLOTS_H
#define MC_SIM_PLOTS_H

#include "sim/story.h"

typedef struct PlotShape { /* the cluster that it is about */
    uint8_t servers, arbiters;
    uint8_t eligible; /* standbys that may be eligible at once */
    StoryBegin begin;
    bool unattended; /* automatic is off */
    uint8_t quorum;  /* of the eligible acknowledge each commit; 0: all */
} PlotShape;

typedef struct Plot {
    const PlotShape *shape;
    const char *faults; /* as the patterns of seeds.c; servers are a, b, c, arbiters w, x, y */
} Plot;

/* One of them, or NULL. */
const Plot *plots_draw(Prng *prng);

/* One of those that are for the third mix alone. */
const Plot *plots_draw_rare(Prng *prng);

#endif
