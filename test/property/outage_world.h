/* outage_world.h - small clusters that lived for a few events, stopped, and were damaged: what was acknowledged, what every
 * directory has, and what is left to see.
 *
 * Two servers and an arbiter, one commit for each byte of WAL. Nothing of the product's is used but the words of its
 * records: this is the world that the plan of src/plan/outage.h is judged by, and it knows the truth. */
#ifndef TEST_PROPERTY_OUTAGE_WORLD_H
#define TEST_PROPERTY_OUTAGE_WORLD_H

#include "plan/outage.h"
#include "tape.h"

enum { WORLD_SERVERS = 2, WORLD_VOTERS = 3, WORLD_RECORDS = 24 };

/* Of a record: all that differs between two of one world. */
typedef struct WorldRecord {
    uint8_t epoch; /* 0: none */
    uint8_t primary;
    uint8_t primary_dir;
    uint8_t eligible_dir; /* of the other server; 0: solo */
    uint8_t timeline;
    uint8_t start;
} WorldRecord;

typedef struct WorldVoter {
    uint8_t ballot;
    WorldRecord accepted;
    WorldRecord chosen;
} WorldVoter;

typedef struct WorldDirectory {
    uint8_t id; /* 0: there is none */
    uint8_t timeline;
    uint8_t timeline_start; /* of the newest link of its chain */
    uint8_t timeline_epoch;
    uint8_t end;      /* of its WAL */
    uint32_t commits; /* that are in it */
    uint8_t written;  /* the date of its newest file */
} WorldDirectory;

typedef struct World {
    WorldVoter voter[WORLD_VOTERS];
    WorldDirectory directory[WORLD_SERVERS];
    uint8_t serving; /* server; 2: none */
    uint8_t ballots, dirs, clock, commits;
    uint32_t acknowledged;
} World;

typedef enum WorldVoterFate {
    VOTER_REACHED,
    VOTER_UNREACHED,
    VOTER_FORGETS,
    VOTER_FATES
} WorldVoterFate;
typedef enum WorldDirectoryFate {
    DIRECTORY_STAYS,
    DIRECTORY_LOST,
    DIRECTORY_COPY, /* an old copy lies there, put back just now */
    DIRECTORY_BACK, /* its volume was put back: the same id, less WAL */
    DIRECTORY_FATES
} WorldDirectoryFate;

typedef struct WorldFates {
    WorldVoterFate voter[WORLD_VOTERS];
    WorldDirectoryFate directory[WORLD_SERVERS];
} WorldFates;

/* Lives for `events` events that the tape chooses. */
void world_live(World *world, Tape *tape, unsigned events);

/* Damages it. False: this could not be noticed by anybody, and is not asked for (src/core/README.md, D1). */
bool world_damage(World *world, const WorldFates *fates);

/* What can be seen of it. */
void world_facts(const World *world, const WorldFates *fates, OutageFacts *ret);

/* The same in few bytes: equal for two worlds that look alike. */
enum { WORLD_LOOK = 72 };
void world_look(const World *world, const WorldFates *fates, uint8_t ret[WORLD_LOOK]);

/* Every acknowledged commit is in this server's directory, which is reached. */
bool world_has_all(const World *world, const WorldFates *fates, unsigned server);

#endif
