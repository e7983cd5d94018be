/*
 * Values of JSON.
 */
#include "view/json.h"

#include <time.h>

#include "base/str.h"

enum { TIME_SIZE = 64 };

json_t *json_time(int64_t at_ms)
{
    const time_t seconds = (time_t)(at_ms / 1000);
    struct tm parts;
    char text[TIME_SIZE];
    char whole[2 * TIME_SIZE];
    if (at_ms <= 0 || gmtime_r(&seconds, &parts) == NULL ||
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts) == 0) {
        return json_null();
    }
    (void)str_format(whole, sizeof(whole), "%s.%03dZ", text, (int)(at_ms % 1000)); /* it fits */
    return json_string(whole);
}

json_t *json_text(const char *text)
{
    json_t *value = text[0] == '\0' ? json_null() : json_string(text);
    return value == NULL ? json_string("?") : value;
}

void json_put(json_t *object, const char *key, json_t *value)
{
    (void)json_object_set_new(object, key, value); /* takes NULL, and frees what it refuses */
}
