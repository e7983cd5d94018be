/*
 * What an interrupted `recover` leaves behind, said when it is interrupted: half of it goes on by itself.
 *
 * The handler does what a handler may: it writes a text that stood ready, and lets the signal do what it does. Nothing is
 * undone: there is nothing to be undone here, the agents carry out what they were told.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/recover.h"

#define AGAIN "; the same command again goes on from there\n"

static const char *const texts[] = {
    [RECOVER_ASKING] = "\nmc_ctl: interrupted: nothing was changed; an agent that it has started "
                       "here goes on, and no "
                       "server was told anything\n",
    [RECOVER_CHANGING] =
        "\nmc_ctl: interrupted: the agent here was told to change who votes, and may still do it "
        "within the next seconds (mc_ctl status says who votes)" AGAIN,
    [RECOVER_FORCING] =
        "\nmc_ctl: interrupted: the agent here was told to make this server the primary, and goes "
        "on with that by itself; the other servers were told nothing yet" AGAIN,
    [RECOVER_STARTING] =
        "\nmc_ctl: interrupted: the servers that were told to start go on by themselves, one opens "
        "and the others follow; a copy for a server without a data directory was not begun" AGAIN,
    [RECOVER_COPYING] =
        "\nmc_ctl: interrupted: the primary serves, and the servers that were told to start go on "
        "by themselves; the copy here ends with this command: what there is of it is marked, and "
        "is never started as it is" AGAIN,
    [RECOVER_FOLLOWING] =
        "\nmc_ctl: interrupted: the primary serves; servers that were told to start go on by "
        "themselves, and so does a copy or a rewind that an agent has begun; a copy elsewhere that "
        "was not begun yet does not" AGAIN,
};

static const char *volatile text = NULL; /* of the stage; read by the handler */
static pid_t owner = 0;                  /* its children say nothing */

static void on_interrupt(int number)
{
    const char *said = text;
    const ssize_t written = getpid() != owner ? 0 : write(STDERR_FILENO, said, strlen(said));
    (void)written;                 /* nobody reads it: it ends all the same */
    (void)signal(number, SIG_DFL); /* what it does to any other program, */
    (void)raise(number);           /* when this handler has returned */
}

/* Who ignores it, as a shell does for what runs behind it, goes on doing so. */
static void say_on(int number)
{
    const struct sigaction action = {.sa_handler = on_interrupt};
    struct sigaction before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
        (void)sigaction(number, &action, NULL); /* cannot fail with these numbers */
    }
}

void recover_stage(RecoverStage stage)
{
    owner = getpid();
    text = texts[stage]; /* before anybody reads it */
    say_on(SIGINT);
    say_on(SIGTERM);
}
