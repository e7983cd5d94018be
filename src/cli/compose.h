/*
 * The text of settings files out of what `init` was told: the commented samples with the chosen values
 * put in their places.
 *
 * Pure. What a member's id or an address may look like is decided by the parser of the file alone: what is
 * composed here is parsed there before it is written.
 */
#ifndef CLI_COMPOSE_H
#define CLI_COMPOSE_H

#include "base/error.h"
#include "core/types.h"

enum {
    SPEC_ADDRESSES_MAX = 4,
    SPEC_TEXT_SIZE = 256,
};

/* `--server id=address:port[,address:port]`. */
typedef struct MemberSpec {
    MemberKind kind;
    char id[SPEC_TEXT_SIZE];
    int count;
    char host[SPEC_ADDRESSES_MAX][SPEC_TEXT_SIZE];
    char port[SPEC_ADDRESSES_MAX][8];
} MemberSpec;

/* An IPv6 address stands in brackets: server1=[2001:db8::1]:27540. ERROR_USAGE names the option. */
__attribute__((warn_unused_result))
bool spec_parse(const char *text, MemberKind kind, MemberSpec *ret, Error *error);

/* network.conf: the comments of the sample, then one line for each member. */
void compose_network(const MemberSpec *specs, int count, StrBuf *out);

/* A chosen value of a settings file, as it stands behind "=". */
typedef struct ChosenValue {
    const char *name;
    const char *text;
} ChosenValue;

/* The sample with its line "#name = ..." turned into "name = text" for every chosen value. */
void compose_settings(const char *sample, const ChosenValue *chosen, int count, StrBuf *out);

/* 'text' in single quotes, as the settings parser reads it back. */
void compose_quoted(const char *text, StrBuf *out);

#endif
