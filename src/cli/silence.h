/*
 * A primary that has stopped is heard for some time yet: its agent ends, and nobody can tell that from a loss of a message.
 */
#ifndef CLI_SILENCE_H
#define CLI_SILENCE_H

#include "cli/say.h"
#include "cli/site.h"

/*
 * Before a force. Where the record's primary has said last that it stops, or that its instance is down, it waits until that one is
 * silent, for at most the detection time and two seconds, and says so on the terminal. Returns at once where it serves, or where
 * nothing is known: whether a force may be is decided by the agent alone.
 */
void silence_await(const Site *site, Progress *progress);

#endif
