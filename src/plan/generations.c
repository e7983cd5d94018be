/*
 * Which generations are needed.
 */
#include "plan/generations.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/str.h"

static int compare(const void *a, const void *b)
{
    return strcmp(((const Generation *)a)->name, ((const Generation *)b)->name);
}

void generations_sort(Generation *list, int count)
{
    if (count > 1) {
        qsort(list, (size_t)count, sizeof(*list), compare);
    }
}

int generations_find(const Generation *list, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(list[i].name, name)) {
            return i;
        }
    }
    return -1;
}

void generations_needed(const Generation *list, int count, int keep, bool *ret_needed)
{
    int kept = 0;
    assert(keep >= 1);
    for (int i = 0; i < count; i++) {
        ret_needed[i] = !list[i].complete;
    }
    for (int i = count - 1; i >= 0 && kept < keep; i--) {
        if (list[i].complete) {
            ret_needed[i] = true;
            kept += list[i].head.bad_pages == 0 ? 1 : 0;
        }
    }
    /* A generation uses older ones only, and names all of them itself. */
    for (int i = count - 1; i >= 0; i--) {
        for (int n = 0; ret_needed[i] && list[i].complete && n < list[i].head.uses_count; n++) {
            const int used = generations_find(list, count, list[i].head.uses[n]);
            if (used >= 0) {
                ret_needed[used] = true;
            }
        }
    }
}

uint64_t generations_oldest_segment(const Generation *list, int count, const bool *needed)
{
    uint64_t oldest = UINT64_MAX;
    for (int i = 0; i < count; i++) {
        if (needed[i] && list[i].complete) {
            const uint64_t number = list[i].head.start / list[i].head.wal_segment;
            oldest = number < oldest ? number : oldest;
        }
    }
    return oldest == UINT64_MAX ? 0 : oldest;
}
