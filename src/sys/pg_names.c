/* pg_names.c - the text forms of attachments, name lists and connection strings. */
#include "sys/pg_names.h"

#include "base/assert.h"

#include <string.h>

bool pg_attachment_text(const MemberTable *members, const Attachment *attachment, char *ret,
                        size_t size)
{
    if (attachment->token == 0 || attachment->member >= members->count) {
        ret[0] = '\0';
        return false;
    }
    return str_format(ret, size, "mc_%s_%llu_%llx", members->member[attachment->member].name,
                      (unsigned long long)attachment->epoch, (unsigned long long)attachment->token);
}

static bool parse_hex(const char *text, size_t length, uint64_t *ret)
{
    uint64_t value = 0;
    if (length == 0 || length > 16) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = str_lower(text[i]);
        if (str_is_digit(c)) {
            value = value << 4 | (uint64_t)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value = value << 4 | (uint64_t)(c - 'a' + 10);
        } else {
            return false;
        }
    }
    *ret = value;
    return true;
}

/* From the right: a member's name may have underscores of its own. */
bool pg_attachment_parse(const MemberTable *members, const char *text, Attachment *ret)
{
    Attachment found = {0};
    const char *token = strrchr(text, '_');
    if (!str_starts_with(text, "mc_") || token == NULL || token == text) {
        return false;
    }
    const char *epoch = memrchr(text, '_', (size_t)(token - text));
    if (epoch == NULL || epoch < text + 3 ||
        !parse_hex(token + 1, strlen(token + 1), &found.token) ||
        !str_to_uint(epoch + 1, (size_t)(token - epoch - 1), &found.epoch) || found.token == 0) {
        return false;
    }
    for (uint8_t i = 0; i < members->count; i++) {
        const char *name = members->member[i].name;
        size_t length = strlen(name);
        if (length == (size_t)(epoch - text - 3) && memcmp(name, text + 3, length) == 0) {
            found.member = i;
            *ret = found;
            return true;
        }
    }
    return false;
}

bool pg_names_text(const MemberTable *members, const Names *names, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    if (names->count == 0) {
        return true;
    }
    assert(names->count <= SERVERS_MAX && names->quorum >= 1 && names->quorum <= names->count);
    str_add_format(&out, "ANY %u (", names->quorum);
    for (uint8_t i = 0; i < names->count; i++) {
        char text[PG_NAME_SIZE];
        if (!pg_attachment_text(members, &names->name[i], text, sizeof(text))) {
            return false;
        }
        str_add(&out, i == 0 ? "\"" : ",\"");
        str_add(&out, text);
        str_add(&out, "\"");
    }
    str_add(&out, ")");
    return !out.cut;
}

bool pg_slot_name(const MemberTable *members, MemberId member, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    assert(member < members->count);
    str_add(&out, "mc_");
    for (const char *at = members->member[member].name; *at != '\0'; at++) {
        bool allowed = str_is_letter(*at) || str_is_digit(*at);
        str_add_char(&out, allowed ? str_lower(*at) : '_');
    }
    return !out.cut;
}

bool pg_conninfo_text(const PgSetup *setup, const Upstream *upstream, char *ret, size_t size,
                      Error *error)
{
    char name[PG_NAME_SIZE];
    StrBuf out = str_begin(ret, size);

    if (upstream->member == MEMBER_NONE) {
        return true;
    }
    if (upstream->member >= setup->members.count ||
        setup->address[upstream->member].host[0] == '\0') {
        return error_set(error, ERROR_CONFIG, "no address to stream from");
    }
    const PgAddress *from = &setup->address[upstream->member];
    if (!pg_attachment_text(&setup->members, &upstream->attachment, name, sizeof(name))) {
        return error_set(error, ERROR_LIMIT, "no name to stream under");
    }
    /* The administrator's keywords first: of a keyword given twice libpq takes the last. */
    str_add(&out, setup->replication_conninfo);
    str_add_format(&out,
                   " host=%s hostaddr=%s port=%u application_name=%s connect_timeout=2 keepalives=1"
                   " keepalives_idle=1 keepalives_interval=1 keepalives_count=2"
                   " tcp_user_timeout=%lld",
                   from->host, from->host, from->port, name, (long long)setup->detection);
    if (out.cut) {
        return error_set(error, ERROR_LIMIT, "replication_conninfo is too long");
    }
    return true;
}
