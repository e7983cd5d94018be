/*
 * Composing settings files.
 */
#include "cli/compose.h"

#include <string.h>

#include "base/assert.h"
#include "cli/say.h"
#include "param.h"

static bool spec_error(const char *text, MemberKind kind, const char *what, Error *error)
{
    const char *option = kind == MEMBER_SERVER ? "server" : "arbiter";
    return error_set(error, ERROR_USAGE, "--%s \"%s\": %s", option, text, what)
           || error_hint(error, "write --%s %s=192.0.2.100:27540", option,
                         kind == MEMBER_SERVER ? "server1" : "arbiter");
}

/* "host:port" or "[host]:port". */
static bool parse_address(const char *text, size_t length, MemberSpec *spec)
{
    const char *host = text;
    const char *colon = memrchr(text, ':', length);
    if (colon == NULL || spec->count == SPEC_ADDRESSES_MAX) {
        return false;
    }
    size_t host_length = (size_t)(colon - text);
    const size_t port_length = length - host_length - 1;
    uint64_t port = 0;
    if (host_length > 2 && text[0] == '[' && text[host_length - 1] == ']') {
        host++;
        host_length -= 2;
    } else if (memchr(text, ':', host_length) != NULL) {
        return false;
    }
    if (host_length == 0 || !str_to_uint(colon + 1, port_length, &port)
        || !str_copy_bytes(spec->port[spec->count], sizeof(spec->port[0]), colon + 1, port_length)
        || !str_copy_bytes(spec->host[spec->count], sizeof(spec->host[0]), host, host_length)) {
        return false;
    }
    spec->count++;
    return true;
}

bool spec_parse(const char *text, MemberKind kind, MemberSpec *ret, Error *error)
{
    MemberSpec spec = {.kind = kind};
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        return spec_error(text, kind, "the id and \"=\" are missing", error);
    }
    if (!str_copy_bytes(spec.id, sizeof(spec.id), text, (size_t)(equals - text))) {
        return spec_error(text, kind, "the id is too long", error);
    }
    const char *at = equals + 1;
    while (true) {
        const size_t length = strcspn(at, ",");
        if (!parse_address(at, length, &spec)) {
            return spec_error(text, kind, "every address needs a port, and at most four are possible",
                              error);
        }
        if (at[length] == '\0') {
            break;
        }
        at += length + 1;
    }
    *ret = spec;
    return true;
}

static void add_comments(const char *sample, StrBuf *out)
{
    for (const char *at = sample; *at == '#';) {
        const char *end = strchr(at, '\n');
        if (end == NULL) {
            break;
        }
        str_add_bytes(out, at, (size_t)(end - at + 1));
        at = end + 1;
    }
}

void compose_network(const MemberSpec *specs, int count, StrBuf *out)
{
    add_comments(sample_network, out);
    str_add_char(out, '\n');
    for (int i = 0; i < count; i++) {
        const MemberSpec *spec = &specs[i];
        str_add(out, spec->id);
        str_add_char(out, ' ');
        for (int a = 0; a < spec->count; a++) {
            str_add(out, a == 0 ? "" : ",");
            str_add(out, spec->host[a]);
        }
        str_add_char(out, ' ');
        for (int a = 0; a < spec->count; a++) {
            str_add(out, a == 0 ? "" : ",");
            str_add(out, spec->port[a]);
        }
        str_add(out, spec->kind == MEMBER_SERVER ? " server\n" : " arbiter\n");
    }
}

void compose_quoted(const char *text, StrBuf *out)
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

/* The value chosen for the parameter of this line "#name = ...", or NULL. */
static const ChosenValue *chosen_for(const char *line, const ChosenValue *chosen, int count)
{
    for (int i = 0; i < count; i++) {
        const size_t length = strlen(chosen[i].name);
        if (line[0] == '#' && strncmp(line + 1, chosen[i].name, length) == 0
            && strncmp(line + 1 + length, " = ", 3) == 0) {
            return &chosen[i];
        }
    }
    return NULL;
}

void compose_settings(const char *sample, const ChosenValue *chosen, int count, StrBuf *out)
{
    for (const char *line = sample; *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        const ChosenValue *value = chosen_for(line, chosen, count);
        if (value != NULL) {
            str_add(out, value->name);
            str_add(out, " = ");
            str_add(out, value->text);
        } else {
            str_add_bytes(out, line, length);
        }
        str_add_char(out, '\n');
        line += length + (line[length] == '\n' ? 1 : 0);
    }
}
