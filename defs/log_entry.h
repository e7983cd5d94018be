/*
 * Operator messages as values.
 *
 * The typed functions of messages.h make a LogEntry; whoever owns a log or a terminal turns it into text.
 * Making one allocates nothing and asks nobody, so that the pure layers can say what they decided.
 *
 * Include "messages.h": it defines the ids and then includes this file.
 */
#ifndef DEFS_LOG_ENTRY_H
#define DEFS_LOG_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"

/* The order is the order of weight. */
typedef enum Severity {
    SEVERITY_INFO,
    SEVERITY_LOG,
    SEVERITY_NOTICE,
    SEVERITY_WARNING,
    SEVERITY_ERROR,
    SEVERITY_FATAL,
    SEVERITY_PANIC,
} Severity;

typedef enum MessageId MessageId;

#define MESSAGE_ARGS_MAX      4
#define MESSAGE_ARG_SIZE      128
#define MESSAGE_TEXT_SIZE     1024
#define MESSAGE_TEMPLATE_SIZE 512

/* One message: which one, and its arguments as text. Longer arguments are cut, and end in "..."; one that is declared as `text`, the
 * last one, goes on in the slots that are left before it is cut. */
typedef struct LogEntry {
    MessageId id;
    char args[MESSAGE_ARGS_MAX][MESSAGE_ARG_SIZE];
} LogEntry;

typedef struct MessageInfo {
    const char *id; /* "MCA00062" */
    const char *name;
    Severity severity;
    int params;
    int slots;          /* as many as params, or all where the last one is a text */
    const char *text;   /* with {0} to {3} for the arguments */
    const char *detail; /* or NULL */
    const char *hint;   /* or NULL */
    const char *explanation;
    const char *action;
    const char *guide; /* the text with {server} and the like, as the guide has it */
} MessageInfo;

extern const MessageInfo message_catalog[];
extern const int message_count;

const MessageInfo *message_info(MessageId id);
/* By "MCA00062", in either case; false when there is no such message. */
bool message_find(const char *id_text, MessageId *ret);
/* "LOG", "WARNING", ... */
const char *severity_name(Severity severity);

/* The bare text with its arguments. Returns ret; MESSAGE_TEXT_SIZE suffices for every message. */
const char *message_format(const LogEntry *entry, char *ret, size_t size);
/* Likewise; false, and an empty ret, when the message has none. */
bool message_format_detail(const LogEntry *entry, char *ret, size_t size);
bool message_format_hint(const LogEntry *entry, char *ret, size_t size);
/* The log line without program and process: "LOG: promotion processing completed (MCA00062)". */
const char *message_format_line(const LogEntry *entry, char *ret, size_t size);

/* The n-th of its params, whole. Returns ret; MESSAGE_ARGS_MAX * MESSAGE_ARG_SIZE suffices. */
const char *message_argument(const LogEntry *entry, int n, char *ret, size_t size);

/* For the functions of messages.h only: the n-th argument as text. */
void message_set_str(LogEntry *entry, int n, const char *value);
void message_set_text(LogEntry *entry, int n, const char *value);
void message_set_int(LogEntry *entry, int n, int64_t value);
void message_set_uint(LogEntry *entry, int n, uint64_t value);
void message_set_millis(LogEntry *entry, int n, Millis value);
void message_set_lsn(LogEntry *entry, int n, uint64_t value);

#endif
