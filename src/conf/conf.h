/*
 * Settings files: text in, settings or diagnostics out.
 *
 * Nothing here reads a file, resolves a name or asks for the time. A file is taken as a whole or refused
 * as a whole; a refusal names every place that is wrong (up to DIAGNOSTICS_MAX), and outputs are touched
 * only on success. After this layer a port is a port and a name is a name: nobody checks again.
 */
#ifndef CONF_CONF_H
#define CONF_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/types.h"
#include "settings.h"

#define CONF_TEXT_MAX      65536 /* longest file, in bytes */
#define CONF_ADDRESSES_MAX 4     /* networks that lead to one member */
#define CONF_HOST_MAX      255
#define DIAGNOSTICS_MAX    16

typedef struct NetworkAddress {
    char host[CONF_HOST_MAX + 1]; /* numeric address or host name */
    uint16_t port;                /* not 0 */
} NetworkAddress;

typedef struct NetworkMember {
    char name[MEMBER_NAME_SIZE];
    MemberKind kind;
    int line;          /* of network.conf; 0 when it was not read from one */
    int address_count; /* at least 1; the first is shown by status */
    NetworkAddress addresses[CONF_ADDRESSES_MAX];
} NetworkMember;

/* The members in the order of the file; names, and pairs of host and port, differ. */
typedef struct Network {
    int count;
    NetworkMember members[MEMBERS_MAX];
} Network;

typedef struct Diagnostic {
    char file[128];
    int line;   /* from 1; 0: the file as a whole */
    int column; /* from 1, in bytes */
    char text[256];
    char hint[128]; /* may be empty */
} Diagnostic;

typedef struct Diagnostics {
    int count;
    int dropped; /* beyond DIAGNOSTICS_MAX */
    Diagnostic list[DIAGNOSTICS_MAX];
} Diagnostics;

/* "server1.conf:3:1: unknown parameter \"heartbeat_intervall\" (did you mean ...?)". Returns ret. */
#define DIAGNOSTIC_TEXT_SIZE 576
const char *diagnostic_format(const Diagnostic *diagnostic, char *ret, size_t size);

/* An id of a server: 1 to 31 lower case letters, digits, "_" and "-", beginning with a letter or digit. */
bool conf_is_name(const char *text, size_t length);

/* diagnostics is added to; the caller empties it once, before the first file. */
__attribute__((warn_unused_result)) bool conf_parse_network(const char *file_name, const char *text,
                                                            size_t length, Network *ret,
                                                            Diagnostics *diagnostics);

/* <id>.conf. Defaults that depend on the members or on other parameters are filled in. */
__attribute__((warn_unused_result)) bool conf_parse_server(const char *file_name, const char *text,
                                                           size_t length, const Network *network,
                                                           Settings *ret, Diagnostics *diagnostics);

/* arbitration.conf. self is this arbiter's line of network.conf, which port and my_address must match. */
__attribute__((warn_unused_result)) bool conf_parse_arbiter(const char *file_name, const char *text,
                                                            size_t length,
                                                            const NetworkMember *self,
                                                            ArbiterSettings *ret,
                                                            Diagnostics *diagnostics);

/*
 * Which member this process is: the one named by local_server (NULL: not given), else the only one of its
 * kind with an address among local_addresses. None, several, or one of the other kind are refused.
 */
__attribute__((warn_unused_result)) bool conf_find_local(const char *file_name,
                                                         const Network *network, MemberKind kind,
                                                         const char *local_server,
                                                         const char *const *local_addresses,
                                                         size_t local_address_count, int *ret,
                                                         Diagnostics *diagnostics);

/* Index by name, or -1. */
int conf_find_member(const Network *network, const char *name);

/*
 * "id=address:port[,address:port]" as mc_ctl init takes it; an IPv6 address stands in brackets. place
 * names the option in a diagnostic. Adds one member; what the whole must satisfy is checked when the text
 * of conf_write_network is parsed.
 */
__attribute__((warn_unused_result)) bool conf_parse_member(const char *place, const char *text,
                                                           MemberKind kind, NetworkMember *ret,
                                                           Diagnostics *diagnostics);

/* (heartbeat_interval + heartbeat_timeout) * (heartbeat_retry + 1); false when it is beyond all reason. */
__attribute__((warn_unused_result)) bool conf_detection_time(Millis interval, Millis timeout,
                                                             int64_t retry, Millis *ret);
/* The longest lease_timeout allowed: detection time, less the interval, less 5 % of it. */
Millis conf_lease_limit(Millis detection, Millis interval);

/*
 * The commented samples with what differs from a default filled in: parsing the text gives back what was
 * written. False when it does not fit in CONF_TEXT_MAX or the size given.
 */
__attribute__((warn_unused_result)) bool conf_write_network(const Network *network, char *ret,
                                                            size_t size);
__attribute__((warn_unused_result)) bool conf_write_server(const Settings *settings, char *ret,
                                                           size_t size);
__attribute__((warn_unused_result)) bool conf_write_arbiter(const ArbiterSettings *settings,
                                                            char *ret, size_t size);

#endif
