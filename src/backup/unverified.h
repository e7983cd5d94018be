/*
 * A door that only tests may use: sums are taken for right without a look (MC_TEST_BUILD, MC_UNVERIFIED in the
 * environment). It shows what the sums are good for: what is found with them comes out wrong without them.
 */
#ifndef BACKUP_UNVERIFIED_H
#define BACKUP_UNVERIFIED_H

#include <stdbool.h>
#include <stdlib.h>

static inline bool unverified(void)
{
#ifdef MC_TEST_BUILD
    return getenv("MC_UNVERIFIED") != NULL;
#else
    return false;
#endif
}

#endif
