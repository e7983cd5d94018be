/*
 * Operator messages: filling in the arguments, and turning them into text.
 */
#include <string.h>

#include "base/assert.h"
#include "base/str.h"
#include "messages.h"

_Static_assert(MESSAGE_TEMPLATE_SIZE + MESSAGE_ARGS_MAX * MESSAGE_ARG_SIZE <= MESSAGE_TEXT_SIZE,
               "every message fits with all its arguments");

const MessageInfo *message_info(MessageId id)
{
    assert((int)id < message_count);
    return &message_catalog[id];
}

bool message_find(const char *id_text, MessageId *ret)
{
    for (int id = 0; id < message_count; id++) {
        if (str_equal_nocase(message_catalog[id].id, id_text)) {
            *ret = (MessageId)id;
            return true;
        }
    }
    return false;
}

const char *severity_name(Severity severity)
{
    switch (severity) {
    case SEVERITY_INFO:
        return "INFO";
    case SEVERITY_LOG:
        return "LOG";
    case SEVERITY_NOTICE:
        return "NOTICE";
    case SEVERITY_WARNING:
        return "WARNING";
    case SEVERITY_ERROR:
        return "ERROR";
    case SEVERITY_FATAL:
        return "FATAL";
    case SEVERITY_PANIC:
        return "PANIC";
    }
    assert_unreachable("every severity has a name");
}

static char *argument(LogEntry *entry, int n)
{
    assert(n >= 0);
    assert(n < MESSAGE_ARGS_MAX);
    return entry->args[n];
}

void message_set_str(LogEntry *entry, int n, const char *value)
{
    char *arg = argument(entry, n);

    if (!str_copy(arg, MESSAGE_ARG_SIZE, value)) {
        memcpy(arg + MESSAGE_ARG_SIZE - 4, "...", 4);
    }
}

void message_set_text(LogEntry *entry, int n, const char *value)
{
    for (; n < MESSAGE_ARGS_MAX - 1 && strlen(value) >= MESSAGE_ARG_SIZE; n++) {
        size_t length = MESSAGE_ARG_SIZE - 1;
        while (length > 1 && ((unsigned char)value[length] & 0xc0) == 0x80) {
            length--; /* no character of UTF-8 is taken apart */
        }
        (void)str_copy_bytes(argument(entry, n), MESSAGE_ARG_SIZE, value, length); /* it fits */
        value += length;
    }
    message_set_str(entry, n, value);
}

const char *message_argument(const LogEntry *entry, int n, char *ret, size_t size)
{
    const MessageInfo *info = message_info(entry->id);
    StrBuf out = str_begin(ret, size);
    assert(n >= 0);
    assert(n < info->params);
    for (int i = n; i <= (n + 1 < info->params ? n : info->slots - 1); i++) {
        str_add(&out, entry->args[i]);
    }
    return ret;
}

void message_set_int(LogEntry *entry, int n, int64_t value)
{
    StrBuf out = str_begin(argument(entry, n), MESSAGE_ARG_SIZE);
    str_add_int(&out, value);
}

void message_set_uint(LogEntry *entry, int n, uint64_t value)
{
    StrBuf out = str_begin(argument(entry, n), MESSAGE_ARG_SIZE);
    str_add_uint(&out, value);
}

void message_set_millis(LogEntry *entry, int n, Millis value)
{
    (void)millis_format(value, argument(entry, n), MESSAGE_ARG_SIZE);
}

void message_set_lsn(LogEntry *entry, int n, uint64_t value)
{
    (void)str_from_lsn(value, argument(entry, n), MESSAGE_ARG_SIZE);
}

/*
 * Arguments may come from the network: a control character in one would let a peer write log lines of its
 * own making, so each becomes a question mark here, the only way out.
 */
static void add_argument(StrBuf *out, const char *arg)
{
    for (size_t i = 0; i < MESSAGE_ARG_SIZE && arg[i] != '\0'; i++) {
        str_add_char(out, (unsigned char)arg[i] < ' ' || arg[i] == 0x7f ? '?' : arg[i]);
    }
}

static void add_template(StrBuf *out, const LogEntry *entry, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == '{' && str_is_digit(c[1]) && c[2] == '}') {
            int n = c[1] - '0';
            assert(n < MESSAGE_ARGS_MAX);
            add_argument(out, entry->args[n]);
            c += 2;
        } else {
            str_add_char(out, *c);
        }
    }
}

const char *message_format(const LogEntry *entry, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);

    add_template(&out, entry, message_info(entry->id)->text);
    return ret;
}

static bool format_optional(const LogEntry *entry, const char *text, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);

    if (text == NULL) {
        return false;
    }
    add_template(&out, entry, text);
    return true;
}

bool message_format_detail(const LogEntry *entry, char *ret, size_t size)
{
    return format_optional(entry, message_info(entry->id)->detail, ret, size);
}

bool message_format_hint(const LogEntry *entry, char *ret, size_t size)
{
    return format_optional(entry, message_info(entry->id)->hint, ret, size);
}

const char *message_format_line(const LogEntry *entry, char *ret, size_t size)
{
    const MessageInfo *info = message_info(entry->id);
    StrBuf out = str_begin(ret, size);

    str_add(&out, severity_name(info->severity));
    str_add(&out, ": ");
    add_template(&out, entry, info->text);
    str_add(&out, " (");
    str_add(&out, info->id);
    str_add_char(&out, ')');
    return ret;
}
