/* sim_help.h - a simulated cluster of two servers and an arbiter, of which nothing runs, for the tests of the checkers. */
#ifndef MC_TEST_SIM_HELP_H
#define MC_TEST_SIM_HELP_H

#include "core/record.h"
#include "sim/story.h"

enum { A, B, W };

/* Of a cmocka test: *state is the SimWorld. */
int sim_setup(void **state);
int sim_teardown(void **state);

/* A record of all three voters, with nobody eligible. */
Record record_of(const SimWorld *world, Epoch epoch, MemberId primary);
/* The same with a as primary, and b eligible. */
Record with_eligible(const SimWorld *world, Epoch epoch);
/* A voter has written it down, under a's ballot of that number. */
void accepts(SimWorld *world, MemberId voter, uint64_t number, const Record *record);
/* a and the arbiter accept it. */
void choose(SimWorld *world, const Record *record);
/* Its instance is open, and its agent awake since long: a minute passes. */
void serve(SimWorld *world, MemberId m);

/* Forced at b, which stands in for the two others; then b knows it. */
Record forced_alone(SimWorld *world, Epoch epoch);
void knows_forced(SimWorld *world, const Record *forced);
/* Two lines: a's, and the forced one of b, which is returned. Then an operator keeps b's. */
Record parts(SimWorld *world);
void is_kept(SimWorld *world, const Record *forced);

#endif
