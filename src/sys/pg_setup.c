/* pg_setup.c - completes and checks what the management of an instance is told. */
#include "sys/pg_setup.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/pg_child.h"
#include "sys/pg_control.h"
#include "sys/pg_mark.h"

#include <errno.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void pg_setup_defaults(PgSetup *setup)
{
    *setup = (PgSetup){.self = MEMBER_NONE,
                       .check_interval = 200,
                       .check_timeout = 300,
                       .detection = 2000,
                       .start_limit = 60000,
                       .order_limit = 10000,
                       .promote_limit = 60000,
                       .slot_keep_mb = 4096};
}

/* Where the packages of distributions put that version. */
static bool bin_of_package(int major, char *ret_bin_dir)
{
    static const char *const patterns[] = {"/usr/lib/postgresql/%d/bin", "/usr/pgsql-%d/bin",
                                           "/usr/local/pgsql-%d/bin"};
    char path[PG_PATH_SIZE];
    char program[PG_PATH_SIZE];

    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        char number[8];
        const char *mark = strchr(patterns[i], '%');
        StrBuf out = str_begin(path, sizeof(path));
        (void)str_format(number, sizeof(number), "%d", major); /* fits */
        str_add_bytes(&out, patterns[i], (size_t)(mark - patterns[i]));
        str_add(&out, number);
        str_add(&out, mark + 2);
        pg_path(program, path, "postgres");
        if (access(program, X_OK) == 0) {
            memcpy(ret_bin_dir, path, PG_PATH_SIZE);
            return true;
        }
    }
    return false;
}

/* The first postgres in PATH, when it says that it is of that version. */
static bool bin_of_path(int major, char *ret_bin_dir)
{
    const char *at = getenv("PATH");
    char path[PG_PATH_SIZE];
    char program[PG_PATH_SIZE];
    int found = 0;
    PgJob job;
    Error error = {0};
    for (; at != NULL && *at != '\0'; at += *at == ':' ? 1 : 0) {
        const size_t length = strcspn(at, ":");
        const bool fits = *at == '/' && str_copy_bytes(path, sizeof(path) - 16, at, length);
        at += length;
        if (!fits) {
            continue;
        }
        pg_path(program, path, "postgres");
        if (access(program, X_OK) != 0 || !pg_job_init(&job, &error)) {
            continue;
        }
        const bool says = pg_program_major(path, &job, &found, &error);
        pg_job_done(&job);
        if (says && found == major) {
            memcpy(ret_bin_dir, path, PG_PATH_SIZE);
        }
        return says && found == major;
    }
    return false;
}

bool pg_bin_of(int major, char *ret_bin_dir, Error *error)
{
    return bin_of_package(major, ret_bin_dir) || bin_of_path(major, ret_bin_dir) ||
           error_set(error, ERROR_CONFIG,
                     "no postgres of version %d was found: it is neither where packages put it "
                     "(/usr/lib/postgresql/%d/bin) nor first in PATH, and bin_directory in the "
                     "server's file names no other place",
                     major, major);
}

bool pg_bin_find(const char *data_dir, char *ret_bin_dir, Error *error)
{
    int major = 0;
    return pg_version_read(data_dir, &major, error) && pg_bin_of(major, ret_bin_dir, error);
}

/* Name of the operating system's user that this process runs as. */
static bool own_name(char *ret, size_t size, Error *error)
{
    char buffer[2048];
    struct passwd entry;
    struct passwd *found = NULL;
    const int code = getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found);
    if (code != 0 || found == NULL) {
        return error_set(error, ERROR_SYSTEM, "user %u has no name", geteuid());
    }
    return str_copy(ret, size, entry.pw_name) ||
           error_set(error, ERROR_LIMIT, "user name \"%s\" is too long", entry.pw_name);
}

static bool user_complete(PgSetup *setup, Error *error)
{
    struct stat of;

    if (stat(setup->data_dir, &of) != 0) {
        return error_set_errno(error, errno, "stat \"%s\"", setup->data_dir);
    }
    if (of.st_uid != geteuid()) {
        return error_set(error, ERROR_REFUSED,
                         "data directory \"%s\" belongs to user %u, and this process runs as %u",
                         setup->data_dir, of.st_uid, geteuid());
    }
    if (of.st_uid == 0) {
        return error_set(error, ERROR_REFUSED, "PostgreSQL does not run as root");
    }
    return setup->user[0] != '\0' || own_name(setup->user, sizeof(setup->user), error);
}

/* Of a directory that is half made over the mark says it. */
static bool directory_major(const char *data_dir, int *ret, Error *error)
{
    Error no_file = {0};
    _cleanup_free_ PgMark *mark = calloc(1, sizeof(*mark));
    if (mark != NULL && pg_mark_read(data_dir, mark) && mark->major > 0) {
        *ret = mark->major;
        return true;
    }
    if (pg_version_read(data_dir, ret, &no_file)) {
        return true;
    }
    *error = no_file;
    return false;
}

bool pg_setup_complete(PgSetup *setup, Error *error)
{
    char program[PG_PATH_SIZE];
    char *real = realpath(setup->data_dir, NULL);

    if (real == NULL) {
        return error_set_errno(error, errno, "data directory \"%s\"", setup->data_dir);
    }
    bool fits = str_copy(setup->data_dir, sizeof(setup->data_dir), real);
    free(real);
    if (!fits || strlen(setup->data_dir) > PG_PATH_SIZE - 64) {
        return error_set(error, ERROR_LIMIT, "path of the data directory is too long");
    }
    if (!directory_major(setup->data_dir, &setup->major, error) || !user_complete(setup, error)) {
        return false;
    }
    if (setup->config_file[0] == '\0') {
        pg_path(setup->config_file, setup->data_dir, "postgresql.conf");
    }
    if (setup->bin_dir[0] == '\0' && !pg_bin_of(setup->major, setup->bin_dir, error)) {
        return false;
    }
    pg_path(program, setup->bin_dir, "postgres");
    if (access(program, X_OK) != 0) {
        return error_set_errno(error, errno, "server program \"%s\"", program);
    }
    return true;
}

bool pg_setup_check_access(const PgSetup *setup, Error *error)
{
    char name[PG_NAME_SIZE];
    char *words = NULL;
    assert(setup->user[0] != '\0');
    if (!own_name(name, sizeof(name), error)) {
        return false;
    }
    if (setup->password[0] == '\0' && !str_equal(setup->user, name)) {
        return error_set(
            error, ERROR_CONFIG,
            "db_instance_username \"%s\" is not the operating system's user \"%s\", and "
            "db_instance_password is not set",
            setup->user, name);
    }
    PQconninfoOption *options = PQconninfoParse(setup->replication_conninfo, &words);
    if (options == NULL) {
        const char *said = words == NULL ? "out of memory" : words;
        const bool ok = error_set(error, ERROR_CONFIG, "replication_conninfo: %.*s",
                                  (int)strcspn(said, "\n"), said);
        PQfreemem(words);
        return ok;
    }
    PQconninfoFree(options);
    return true;
}
