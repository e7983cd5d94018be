/*
 * pgx_walreceive: looks after the backup directory of a running instance; mc_agent starts it.
 *
 *     pgx_walreceive mirror|watch data_dir mc_dir user backup_destination limit
 *
 * The first line of its standard input is the password of the user; the end of it is its own.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "mirror/keep.h"
#include "mirror/receive.h"

enum { WORDS = 7, WRONG_USAGE = 2 };

static bool read_password(char *ret, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (read(STDIN_FILENO, ret + i, 1) != 1) {
            return false;
        }
        if (ret[i] == '\n') {
            ret[i] = '\0';
            return true;
        }
    }
    return false;
}

static bool take_words(char **argv, KeepConfig *ret)
{
    PgSetup *setup = &ret->setup;
    pg_setup_defaults(setup);
    ret->mirror = str_equal(argv[1], "mirror");
    return (ret->mirror || str_equal(argv[1], "watch")) &&
           str_copy(setup->data_dir, sizeof(setup->data_dir), argv[2]) &&
           str_copy(setup->mc_dir, sizeof(setup->mc_dir), argv[3]) &&
           str_copy(setup->user, sizeof(setup->user), argv[4]) &&
           str_copy(setup->backup_destination, sizeof(setup->backup_destination), argv[5]) &&
           str_to_uint(argv[6], strlen(argv[6]), &ret->limit) &&
           str_copy(setup->application, sizeof(setup->application), RECEIVE_NAME) &&
           read_password(setup->password, sizeof(setup->password));
}

int main(int argc, char **argv)
{
    static KeepConfig config;
    if (argc != WORDS || !take_words(argv, &config)) {
        (void)fputs("pgx_walreceive: started by mc_agent, with words of its own\n", stderr);
        return WRONG_USAGE;
    }
    return keep_run(&config);
}
