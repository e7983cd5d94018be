/*
 * Talking to the daemon of this host: one connection and one request each time, over the socket in the
 * management directory.
 *
 * Blocking, with a limit: a command has nothing else to do.
 */
#ifndef CLI_DAEMON_H
#define CLI_DAEMON_H

#include "cli/site.h"
#include "core/control.h"

enum { DAEMON_ANSWER_LIMIT_MS = 10000 };

/* Called for every reply, the last one included. */
typedef void DaemonReply(void *data, const Reply *reply);

/* ERROR_NOT_RUNNING: no daemon listens there. */
/* Asked a second time where the daemon ends meanwhile: the answer is of one that goes on, or ERROR_NOT_RUNNING. */
__attribute__((warn_unused_result)) bool daemon_status(const Site *site, Status *ret, Error *error);

/* Waits at most `limit` for the last reply; its exit status is *ret_exit. */
__attribute__((warn_unused_result)) bool daemon_command(const Site *site, const Command *command,
                                                        Millis limit, DaemonReply *on_reply,
                                                        void *data, int *ret_exit, Error *error);

/* What the member said last of what it remembers and has on its disks, and how long ago (-1: nothing); it is asked
 * anew, so that a later call finds more. */
__attribute__((warn_unused_result)) bool daemon_evidence(const Site *site, MemberId member,
                                                         Millis *ret_age, Evidence *ret,
                                                         Error *error);

/* Likewise, and tells it that its instance is to run, with automatic switch on or off. copy_major: as in StartAsk. */
__attribute__((warn_unused_result)) bool daemon_start_there(const Site *site, MemberId member,
                                                            bool automatic, uint8_t copy_major,
                                                            Millis *ret_age, Evidence *ret,
                                                            Error *error);

/* CLOCK_BOOTTIME. */
Millis daemon_now(void);

/* Lets a moment pass between two looks at a status. */
void daemon_pause(Millis duration);

#endif
