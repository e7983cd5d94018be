/*
 * Taking up a data directory that an operator has put where there was none, or whose copy he wants begun. It is looked at
 * in a worker: the loop reads no database disk and asks no resolver, and this server votes meanwhile.
 */
#ifndef MAIN_ADOPT_H
#define MAIN_ADOPT_H

#include "cli/site.h"
#include "core/event.h"
#include "sys/loop.h"
#include "sys/net.h"
#include "sys/pg_setup.h"

#include <uv.h>

typedef struct AdoptWish {
    Event command;  /* what the core is told afterwards */
    MemberId from;  /* where the operator is */
    bool answered;  /* he waits for the answer; else a directory that is missing is no error */
    int copy_major; /* 0: a directory that is missing stays so; or of whose programs the copy is */
} AdoptWish;

typedef struct Adopted {
    bool absent; /* there is none, and nobody waits for an answer */
    bool copy_begun;
    bool ok; /* setup is what the instance is looked after with */
    PgSetup setup;
    Error error; /* where neither absent nor ok */
} Adopted;

typedef struct Adopt {
    Loop *loop;
    const Site *site;
    const NetConfig *net;
    /* From the loop, once for each that was begun. */
    void (*over)(void *ctx, const AdoptWish *wish, const Adopted *result);
    void *ctx;
    uv_work_t work;
    bool runs;
    bool closing;
    AdoptWish wish;
    Adopted result;
} Adopt;

/* False: one is under way, and nothing was begun. The loop, the site and the network's settings must outlive it. */
__attribute__((warn_unused_result)) bool adopt_begin(Adopt *adopt, const AdoptWish *wish);
/* Nobody is told any more; the worker is waited for where its loop is freed. */
void adopt_end(Adopt *adopt);

#endif
