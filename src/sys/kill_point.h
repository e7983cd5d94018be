/* kill_point.h - places at which a test lets the daemon die, in test builds only.
 *
 * Every kind of action has three: before it, while half of it is done, and after it, when its result is not yet
 * heard of. A test writes the name of one ("names:during", or "send:before 7" for the seventh time) into the
 * file that MC_KILL_AT in the daemon's environment names. Who gets there removes the file and is ended by
 * SIGKILL, as if from outside: the next life of the daemon goes on. */
#ifndef MC_SYS_KILL_POINT_H
#define MC_SYS_KILL_POINT_H

#include "core/action.h"

typedef enum KillMoment { KILL_BEFORE, KILL_DURING, KILL_AFTER, KILL_MOMENT_COUNT } KillMoment;

#ifdef MC_TEST_BUILD

/* Whether this is the place and the time: for one that has something to leave half done first. The file is gone
 * then, and nothing may follow but kill_point_end. */
bool kill_point_is_due(ActionKind kind, KillMoment moment);
_Noreturn void kill_point_end(void);
/* Prints the name of every place, a line each, when that is the only thing asked for. */
bool kill_points_listed(int argc, char *const *argv);

#else

static inline bool kill_point_is_due(ActionKind kind, KillMoment moment)
{
    (void)kind;
    (void)moment;
    return false;
}

static inline void kill_point_end(void)
{
}

static inline bool kill_points_listed(int argc, char *const *argv)
{
    (void)argc;
    (void)argv;
    return false;
}

#endif

/* May not return. */
static inline void kill_point(ActionKind kind, KillMoment moment)
{
    if (kill_point_is_due(kind, moment)) {
        kill_point_end();
    }
}

#endif
