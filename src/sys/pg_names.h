/* pg_names.h - attachments as text (application_name), and synchronous_standby_names made of them. */
#ifndef MC_SYS_PG_NAMES_H
#define MC_SYS_PG_NAMES_H

#include "core/instance.h"
#include "sys/pg_setup.h"

/* "mc_<member name>_<epoch>_<token in hex>"; false when it does not fit or there is none. */
bool pg_attachment_text(const MemberTable *members, const Attachment *attachment, char *ret,
                        size_t size);

/* The way back; false: a stranger's name. */
bool pg_attachment_parse(const MemberTable *members, const char *text, Attachment *ret);

/* 'ANY k ("a","b")', or "" for none; false when it does not fit. */
bool pg_names_text(const MemberTable *members, const Names *names, char *ret, size_t size);

/* A replication slot's name for a member: "mc_" and its name in the letters that a slot may have. */
bool pg_slot_name(const MemberTable *members, MemberId member, char *ret, size_t size);

/* primary_conninfo for an upstream; "" for MEMBER_NONE. False when an address is unknown. */
__attribute__((warn_unused_result)) bool pg_conninfo_text(const PgSetup *setup,
                                                          const Upstream *upstream, char *ret,
                                                          size_t size, Error *error);

#endif
