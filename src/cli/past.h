/*
 * The history of a server as its files hold it; no daemon is asked.
 */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "cli/site.h"
#include "view/chronicle.h"

/* The older file, then the present one. A server that has learned nothing yet has an empty history. */
__attribute__((warn_unused_result)) bool past_read(const Site *site, Chronicle *ret, Error *error);

/* ChronicleTime of view/chronicle_show.h. */
void past_time(int64_t at, char *ret, size_t size);

#endif
