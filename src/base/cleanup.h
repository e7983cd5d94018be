/*
 * Ownership that ends with the scope.
 *
 *     _cleanup_free_ char *text = NULL;
 *     _cleanup_(file_done) File file = FILE_INIT;
 *
 * The function given gets the address of the variable and must accept the variable's initial value.
 */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#include <stdlib.h>

#define _cleanup_(function) __attribute__((cleanup(function)))

static inline void cleanup_free(void *address)
{
    free(*(void **)address);
}

#define _cleanup_free_ _cleanup_(cleanup_free)

#endif
