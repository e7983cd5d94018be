/*
 * What JSON texts of this layer have in common.
 */
#ifndef VIEW_JSON_H
#define VIEW_JSON_H

#include <jansson.h>
#include <stdint.h>

/* A time in UTC with milliseconds, "2026-11-27T10:02:11.123Z"; null when it is not known (not positive). */
json_t *json_time(int64_t at_ms);
/* null for an empty text; what is no UTF-8 becomes "?". */
json_t *json_text(const char *text);
/* Puts a value into an object. What there is no memory for is missing there. */
void json_put(json_t *object, const char *key, json_t *value);

#endif
