/*
 * Settings files for people: the commented samples with what was chosen filled in.
 *
 * A sample has each parameter on a line "#name = default". Where the value differs, the line is written
 * with it and without "#"; every other line is copied.
 */
#include <string.h>

#include "base/assert.h"
#include "conf/scan.h"

static void add_text(StrBuf *out, const char *text)
{
    str_add_char(out, '\'');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\') {
            str_add_char(out, '\\');
        }
        str_add_char(out, *c);
    }
    str_add_char(out, '\'');
}

static void add_value(StrBuf *out, const ParamInfo *param, const char *field)
{
    int64_t number = 0;
    int word = 0;

    switch (param->type) {
    case PARAM_BOOL:
        str_add(out, *(const bool *)field ? "on" : "off");
        return;
    case PARAM_ENUM:
        memcpy(&word, field, sizeof(word));
        str_add(out, param->words[word]);
        return;
    case PARAM_INT:
    case PARAM_TIME:
    case PARAM_SIZE:
        memcpy(&number, field, sizeof(number));
        str_add_int(out, number);
        str_add(out, param->type == PARAM_TIME ? "ms" : param->type == PARAM_SIZE ? "B" : "");
        return;
    case PARAM_STRING:
    case PARAM_PATH:
    case PARAM_NAME:
        add_text(out, field);
        return;
    }
    assert_unreachable("every type has its writer");
}

static bool differs(const ParamInfo *param, const char *field, const char *usual)
{
    switch (param->type) {
    case PARAM_BOOL:
    case PARAM_ENUM:
    case PARAM_INT:
    case PARAM_TIME:
    case PARAM_SIZE:
        return memcmp(field, usual, param->size) != 0;
    case PARAM_STRING:
    case PARAM_PATH:
    case PARAM_NAME:
        return !str_equal(field, usual);
    }
    assert_unreachable("every type is compared");
}

/* The parameter that a line of the sample is about, or NULL. */
static const ParamInfo *param_of(const ParamTable *table, Span line)
{
    Span name;

    if (line.length < 2 || line.start[0] != '#' || str_is_space(line.start[1])) {
        return NULL;
    }
    line = (Span){line.start + 1, line.length - 1};
    if (!span_word(&line, &name)) {
        return NULL;
    }
    for (int i = 0; i < table->count; i++) {
        if (span_equal(name, table->rows[i].name)) {
            return &table->rows[i];
        }
    }
    return NULL;
}

static bool write_sample(const char *sample, const ParamTable *table, const char *settings,
                         const char *usual, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    Span rest = {sample, strlen(sample)};
    Span line;

    while (span_part(&rest, '\n', &line)) {
        const ParamInfo *param = param_of(table, line);

        if (param != NULL && differs(param, settings + param->offset, usual + param->offset)) {
            str_add(&out, param->name);
            str_add(&out, " = ");
            add_value(&out, param, settings + param->offset);
        } else {
            str_add_bytes(&out, line.start, line.length);
        }
        /* The sample ends with a line's end; what follows it is not a line. */
        if (rest.start != NULL) {
            str_add_char(&out, '\n');
        }
    }
    return !out.cut && out.length <= CONF_TEXT_MAX;
}

bool conf_write_server(const Settings *settings, char *ret, size_t size)
{
    return write_sample(sample_server, &server_params, (const char *)settings,
                        (const char *)&settings_default, ret, size);
}

bool conf_write_arbiter(const ArbiterSettings *settings, char *ret, size_t size)
{
    return write_sample(sample_arbiter, &arbiter_params, (const char *)settings,
                        (const char *)&arbiter_settings_default, ret, size);
}

bool conf_write_network(const Network *network, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);

    str_add(&out, sample_network);
    for (int i = 0; i < network->count; i++) {
        const NetworkMember *member = &network->members[i];

        str_add(&out, member->name);
        for (int j = 0; j < member->address_count; j++) {
            str_add_char(&out, j == 0 ? ' ' : ',');
            str_add(&out, member->addresses[j].host);
        }
        for (int j = 0; j < member->address_count; j++) {
            str_add_char(&out, j == 0 ? ' ' : ',');
            str_add_uint(&out, member->addresses[j].port);
        }
        str_add(&out, member->kind == MEMBER_ARBITER ? " arbiter\n" : " server\n");
    }
    return !out.cut && out.length <= CONF_TEXT_MAX;
}
