/* arbiter.h - the rules of an arbitration server: it votes, it hears, it proposes nothing. */
#ifndef MC_CORE_ARBITER_H
#define MC_CORE_ARBITER_H

#include "core/participant.h"
#include "core/status.h"

typedef struct Arbiter {
    Participant p; /* first: shared with the node */
    bool gone;
    Epoch reported_epoch;
    bool outside_told; /* that it votes no more, or not yet */
    bool memory_told;  /* for whose word its memory waits */
    Millis memory_since;
} Arbiter;

void arbiter_init(Arbiter *arbiter);
void arbiter_step(Arbiter *arbiter, const CoreSettings *settings, const Event *event, Actions *out);
Millis arbiter_deadline(const Arbiter *arbiter, const CoreSettings *settings);
void arbiter_status(const Arbiter *arbiter, const CoreSettings *settings, Millis now, Status *ret);
/* For whose word its memory waits, and the way on without (E3), instead of what stands in `ret`; nothing where for nobody's. */
void arbiter_memory_words(const Arbiter *arbiter, char *ret, size_t size);

/* Fills in what every member can say of the cluster from what it hears; the caller adds its own. */
void participant_status(const Participant *p, const CoreSettings *settings, Millis now,
                        Status *ret);

/* Likewise what it remembers itself; of what only a server has, nothing. */
void participant_evidence(const Participant *p, Evidence *ret);

#endif
