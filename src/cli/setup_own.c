/*
 * What is this host's own in a standby that is copied: the port that it will listen at, and the configuration files of
 * the directory that is moved away. A copy brings the primary's.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "cli/instance.h"
#include "cli/setup.h"
#include "sys/pg_keep.h"

/* ---- the port ---- */

/* Whether somebody listens there already. Where it cannot be tried, the start will say what is wrong. */
static bool is_taken(const char *address, uint16_t port)
{
    const int on = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, address, &at.sin_addr) != 1) {
        return false;
    }
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return false;
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on,
                     sizeof(on)); /* what has ended holds nothing */
    const bool taken =
        bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0 && errno == EADDRINUSE;
    (void)close(fd); /* nothing went through it */
    return taken;
}

/* Of listen_addresses; a name is left to PostgreSQL, but for the one that everybody has. */
static bool any_is_taken(const char *addresses, uint16_t port, char *ret, size_t size)
{
    for (const char *at = addresses; *at != '\0';) {
        const size_t skipped = strspn(at, ", ");
        const size_t length = strcspn(at + skipped, ", ");
        if (length > 0 && str_copy_bytes(ret, size, at + skipped, length)) {
            const char *address = str_equal(ret, "*")           ? "0.0.0.0"
                                  : str_equal(ret, "localhost") ? "127.0.0.1"
                                                                : ret;
            if (is_taken(address, port)) {
                return true;
            }
        }
        at += skipped + length;
    }
    return false;
}

bool setup_check_port(const SetupWork *work, const char *addresses, Error *error)
{
    char taken[64];
    InstanceListen listen = {.port = work->order.source.address.port};
    (void)str_copy(listen.addresses, sizeof(listen.addresses), addresses); /* cut is fine */
    const bool own =
        work->place == PLACE_DATA && instance_is_prepared(work->site->server.db_instance);
    if (own) {
        listen = instance_listen(work->site->server.db_instance);
    }
    if (work->place == PLACE_COPIED ||
        !any_is_taken(listen.addresses, listen.port, taken, sizeof(taken))) {
        return true;
    }
    return error_set(error, ERROR_REFUSED,
                     "port %u, where the standby would listen (port and listen_addresses of the "
                     "postgresql.conf of %s), is in use on this host",
                     listen.port, own ? "its own directory" : "the primary") ||
           error_hint(error, own ? "end what listens there (ss -ltnp shows it), or set another "
                                   "port there; nothing was changed"
                                 : "end what listens there (ss -ltnp shows it); nothing was "
                                   "changed");
}

/* ---- the configuration files ---- */

static PgSetup *keeper_of(const SetupWork *work)
{
    PgSetup *setup = calloc(1, sizeof(*setup));
    if (setup != NULL) {
        (void)str_copy(setup->data_dir, sizeof(setup->data_dir), work->site->server.db_instance);
        (void)str_copy(setup->mc_dir, sizeof(setup->mc_dir), work->site->dir); /* both fit */
    }
    return setup;
}

bool setup_keep_conf(const SetupWork *work, Error *error)
{
    char folder[PG_PATH_SIZE];
    PgTreeWalk walk = {0};
    _cleanup_free_ PgSetup *setup = keeper_of(work);
    if (setup == NULL) {
        return error_set_errno(error, ENOMEM, "could not keep the configuration files");
    }
    /* What was never prepared for this server is not its configuration. */
    if (work->place == PLACE_DATA && instance_is_prepared(work->site->server.db_instance)) {
        return pg_keep_save(setup, error);
    }
    pg_keep_folder(setup, folder);
    /* What was kept at another time is not this directory's; of an unfinished copy it is. */
    return work->place == PLACE_UNFINISHED || !pg_file_exists(folder) ||
           pg_tree_empty(folder, NULL, &walk, error);
}

bool setup_own_conf(const SetupWork *work, bool *ret_own, Error *error)
{
    char folder[PG_PATH_SIZE];
    int entries = 0;
    _cleanup_free_ PgSetup *setup = keeper_of(work);
    if (setup == NULL) {
        return error_set_errno(error, ENOMEM, "could not put the configuration files back");
    }
    pg_keep_folder(setup, folder);
    *ret_own = pg_file_exists(folder) && pg_tree_count(folder, &entries, error) && entries > 0;
    return error->kind == ERROR_NONE && (!*ret_own || pg_keep_put_back(setup, error));
}
