/*
 * Preparing the parts of a daemon.
 *
 * A server's notice to its peers is the address that its WAL is streamed from: the port (2 bytes,
 * big-endian), then the host as text. network.conf cannot say it: its ports are the agents'.
 */
#include "main/prepare.h"

#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buf.h"
#include "cli/instance.h"
#include "cli/say.h"
#include "sys/pg_archive.h"
#include "sys/pg_conf.h"
#include "sys/pg_keep.h"
#include "sys/pg_mark.h"

_Static_assert(PG_HOST_SIZE + 2 > NET_HOST_SIZE, "a numeric address fits");

/* Until a peer has told its own address, it is taken to be at its first one, with the same port as here. */
static bool likely_addresses(const Site *site, const NetConfig *net, PgSetup *setup, Error *error)
{
    const char *given = site->server.log_transfer_address;
    char kept[PG_PATH_SIZE];
    const bool there = pg_mark_work(setup->data_dir) == PG_MARK_NONE;
    pg_keep_folder(setup, kept);
    const uint16_t port = instance_listen(there ? setup->data_dir : kept).port;
    for (MemberId m = 0; m < site->members.count; m++) {
        if (site->members.member[m].kind == MEMBER_SERVER) {
            setup->address[m].port = port;
            (void)str_copy(setup->address[m].host, PG_HOST_SIZE, net->member[m].address[0].host);
        }
    }
    if (given[0] != '\0') {
        NetAddress resolved;
        if (!net_resolve(given, port, &resolved, error)) {
            return error_wrap(error, "log_transfer_address");
        }
        (void)str_copy(setup->address[site->self].host, PG_HOST_SIZE, resolved.host);
    }
    return true; /* a numeric address fits, see above */
}

void prepare_notice(const PgSetup *setup, NetConfig *net)
{
    const PgAddress *own = &setup->address[setup->self];
    ByteWriter out = byte_writer(net->notice, sizeof(net->notice));
    byte_write_u16(&out, own->port);
    byte_write(&out, own->host, strlen(own->host));
    assert(!out.failed);
    net->notice_size = out.position;
}

bool notice_parse(const uint8_t *bytes, size_t size, PgAddress *ret)
{
    PgAddress address = {0};
    ByteReader in = byte_reader(bytes, size);
    address.port = byte_read_u16(&in);
    const size_t length = byte_reader_left(&in);
    if (in.failed || address.port == 0 || length == 0 || length >= sizeof(address.host)) {
        return false;
    }
    byte_read(&in, address.host, length);
    /* It becomes part of a connection string: nothing but what a numeric address is made of. */
    if (strspn(address.host, "0123456789abcdefABCDEF.:") != length) {
        return false;
    }
    *ret = address;
    return true;
}

/* Said by its own name: what is found of itself is looked for by the data directory's version. */
static bool check_programs(const Site *site, Error *error)
{
    char program[PATH_SIZE];
    const char *folder = site->server.bin_directory;
    if (folder[0] == '\0') {
        return true;
    }
    if (!path_join(folder, "postgres", program, sizeof(program), error)) {
        return false;
    }
    if (access(program, X_OK) == 0) {
        return true;
    }
    return error_set_errno(error, errno, "bin_directory of \"%s/%s.conf\": server program \"%s\"",
                           site->dir, site->id, program) ||
           error_hint(error,
                      "bin_directory names the folder of PostgreSQL's programs; left out, it "
                      "is found by the version of the data directory");
}

bool prepare_beside(const char *program, char *ret, size_t size, Error *error)
{
    char own[PATH_SIZE];
    const ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);
    if (length < 0) {
        return error_set_errno(error, errno, "could not find out where this program is");
    }
    own[length] = '\0';
    return path_join(dirname(own), program, ret, size, error);
}

static bool take_backup(const Settings *settings, PgSetup *ret, Error *error)
{
    ret->archive_zstd = settings->archive_compression == ARCHIVE_COMPRESSION_ZSTD;
    return (str_copy(ret->backup_destination, sizeof(ret->backup_destination),
                     settings->backup_destination) &&
            str_copy(ret->archive_library, sizeof(ret->archive_library),
                     settings->archive_library) &&
            prepare_beside("pgx_walcopy", ret->walcopy, sizeof(ret->walcopy), error)) ||
           error_set(error, ERROR_LIMIT, "a path of the backup settings is too long");
}

static bool check_keeper(const PgSetup *setup, Error *error)
{
    char program[PATH_SIZE];
    if (setup->backup_destination[0] == '\0') {
        return true;
    }
    return prepare_beside("pgx_walreceive", program, sizeof(program), error) &&
           (access(program, X_OK) == 0 ||
            error_set_errno(error, errno, "could not run \"%s\"", program) ||
            error_hint(error, "pgx_walreceive must be beside mc_agent"));
}

/* A start refuses settings that would take the cluster apart, and an agent that comes again looks after what runs
 * with them: without it nobody would stop a primary that may not serve. */
static bool check_conf(const PgSetup *setup, bool again, Error *error)
{
    PgConfFacts facts;
    if (again) {
        return true; /* the next start of the instance looks */
    }
    if (!pg_archive_prepare(setup, error) || !check_keeper(setup, error)) {
        return error_wrap(error, "backup_destination");
    }
    return pg_conf_check(setup, &facts, error);
}

bool prepare_instance(const Site *site, const NetConfig *net, bool again, PgSetup *ret,
                      Error *error)
{
    const Settings *settings = &site->server;
    pg_setup_defaults(ret);
    ret->members = site->members;
    ret->self = site->self;
    ret->check_interval = settings->db_instance_check_interval;
    ret->check_timeout = settings->db_instance_check_timeout;
    ret->detection = site_core_settings(site).detection;
    ret->start_limit = settings->db_instance_start_timeout;
    ret->slot_keep_mb = (uint32_t)(settings->slot_wal_limit / (1024 * 1024));
    if (!str_copy(ret->data_dir, sizeof(ret->data_dir), settings->db_instance) ||
        !str_copy(ret->mc_dir, sizeof(ret->mc_dir), site->dir) ||
        !str_copy(ret->bin_dir, sizeof(ret->bin_dir), settings->bin_directory) ||
        !str_copy(ret->user, sizeof(ret->user), settings->db_instance_username) ||
        !str_copy(ret->password, sizeof(ret->password), settings->db_instance_password) ||
        !str_copy(ret->replication_conninfo, sizeof(ret->replication_conninfo),
                  settings->replication_conninfo)) {
        return error_set(error, ERROR_LIMIT, "a path or name in \"%s.conf\" is too long", site->id);
    }
    if (!check_programs(site, error) || !take_backup(settings, ret, error)) {
        return false;
    }
    const PgMarkWork work = pg_mark_work(ret->data_dir);
    if (work != PG_MARK_NONE && !pg_mark_is_agents(work)) {
        return error_set(error, ERROR_REFUSED,
                         "the data directory \"%s\" is an unfinished copy (mc.interrupted)",
                         ret->data_dir) ||
               error_hint(error, "mc_ctl setup -r standby makes the copy anew and starts it");
    }
    if (!pg_setup_complete(ret, error)) {
        return error_wrap(error, "db_instance of \"%s/%s.conf\"", site->dir, site->id) ||
               error_hint(
                   error,
                   "db_instance names the directory that initdb of PostgreSQL 13 or later has "
                   "made, and which the owner of the management directory owns; a server that gets "
                   "its "
                   "copy later is started with --mc-only");
    }
    if (!pg_setup_check_access(ret, error)) {
        return error_wrap(error, "\"%s/%s.conf\"", site->dir, site->id);
    }
    return check_conf(ret, again || work != PG_MARK_NONE, error) &&
           likely_addresses(site, net, ret, error);
}
