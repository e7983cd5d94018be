/*
 * Settings into what the parts of a daemon are told at their creation. Looks at files and asks the resolver;
 * changes nothing.
 */
#ifndef MAIN_PREPARE_H
#define MAIN_PREPARE_H

#include "cli/site.h"
#include "sys/net.h"
#include "sys/pg_setup.h"

/* Of a database server: everything about its instance that is wrong is found here, before anything runs.
 * `again`: the agent ran before, and so may the instance. */
__attribute__((warn_unused_result)) bool prepare_instance(const Site *site, const NetConfig *net,
                                                          bool again, PgSetup *ret, Error *error);

/* What the peers are told of this instance. */
void prepare_notice(const PgSetup *setup, NetConfig *net);

/* What a peer's notice says of where its WAL is streamed from; an arbitration server sends an empty one. */
__attribute__((warn_unused_result)) bool notice_parse(const uint8_t *bytes, size_t size,
                                                      PgAddress *ret);

/* The path of a program that is installed beside this one. */
__attribute__((warn_unused_result)) bool prepare_beside(const char *program, char *ret, size_t size,
                                                        Error *error);

#endif
