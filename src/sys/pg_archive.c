/* pg_archive.c - archive_mode, archive_library or archive_command, and what both are told. */
#include "sys/pg_archive.h"

#include "archive/layout.h"
#include "sys/pg_identity.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODULES_SINCE = 15 };

static const char *const OURS[] = {
    "archive_mode",           "archive_command",         "archive_library",
    "pgx.backup_destination", "pgx.archive_compression", "pgx.archive_claim",
    "pgx.archive_helper",
};

static bool archives(const PgSetup *setup)
{
    return setup->backup_destination[0] != '\0';
}

/* Without a module (13, 14, or archive_library left empty) a program archives, a process for each file. */
static bool uses_module(const PgSetup *setup)
{
    return setup->major >= MODULES_SINCE && setup->archive_library[0] != '\0';
}

bool pg_archive_is_ours(const PgSetup *setup, const char *name)
{
    for (size_t i = 0; archives(setup) && i < sizeof(OURS) / sizeof(OURS[0]); i++) {
        if (str_equal(name, OURS[i])) {
            return true;
        }
    }
    return false;
}

static void add_setting(StrBuf *out, const char *name, const char *value)
{
    str_add_format(out, "%s = '", name);
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\') {
            str_add_char(out, *at);
        }
        str_add_char(out, *at);
    }
    str_add(out, "'\n");
}

/* A word of a shell's line that PostgreSQL looks through for "%p" first. */
static void add_word(StrBuf *out, const char *word)
{
    str_add(out, "'");
    for (const char *at = word; *at != '\0'; at++) {
        if (*at == '\'') {
            str_add(out, "'\\''");
        } else if (*at == '%') {
            str_add(out, "%%");
        } else {
            str_add_char(out, *at);
        }
    }
    str_add(out, "'");
}

static void add_command(const PgSetup *setup, const char *claim, StrBuf *out)
{
    char command[4 * PG_PATH_SIZE];
    char folder[PG_PATH_SIZE];
    StrBuf text = str_begin(command, sizeof(command));
    pg_path(folder, setup->backup_destination, LAYOUT_ARCHIVED);
    add_word(&text, setup->walcopy);
    str_add_format(&text, " --claim '%s' --compression %s \"%%p\" ", claim,
                   setup->archive_zstd ? "zstd" : "off");
    add_word(&text, folder);
    str_add(&text, "/%f");
    out->cut = out->cut || text.cut;
    add_setting(out, "archive_command", command);
}

void pg_archive_add(const PgSetup *setup, const char *claim, StrBuf *out)
{
    if (!archives(setup)) {
        return;
    }
    str_add(out, "archive_mode = always\n");
    if (uses_module(setup)) {
        /* From 16 on both at once are an error. */
        add_setting(out, "archive_command", "");
        add_setting(out, "archive_library", setup->archive_library);
        add_setting(out, "pgx.archive_helper", setup->walcopy);
    } else {
        if (setup->major >= MODULES_SINCE) {
            add_setting(out, "archive_library", "");
        }
        add_command(setup, claim, out);
    }
    add_setting(out, "pgx.backup_destination", setup->backup_destination);
    add_setting(out, "pgx.archive_compression", setup->archive_zstd ? "zstd" : "off");
    add_setting(out, "pgx.archive_claim", claim);
}

void pg_archive_claim(const PgSetup *setup, char ret[ARCHIVE_CLAIM_SIZE])
{
    PgIdentity identity;
    struct stat of;
    ret[0] = '\0';
    if (!archives(setup) || pg_identity_read(setup->data_dir, &identity) == PG_IDENTITY_NONE ||
        identity.chain.count == 0 || stat(setup->data_dir, &of) != 0) {
        return;
    }
    /* Of the reign, not of the latest record: primary and standbys of one reign claim the same. */
    const ChainLink *reign = &identity.chain.link[identity.chain.count - 1];
    const ArchiveClaim claim = {.line = reign->line, .epoch = reign->epoch, .directory = of.st_ino};
    archive_claim_format(&claim, ret);
}

/* Where PostgreSQL would look for a library without a folder: distributions differ. */
static bool library_is_there(const PgSetup *setup)
{
    static const char *const folders[] = {"/../lib", "/../lib/postgresql", "/../lib64",
                                          "/../lib64/postgresql"};
    char path[PG_PATH_SIZE];
    if (setup->archive_library[0] == '/') {
        return access(setup->archive_library, R_OK) == 0;
    }
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        if (str_format(path, sizeof(path), "%s%s/%s.so", setup->bin_dir, folders[i],
                       setup->archive_library) &&
            access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

static bool archiver_is_there(const PgSetup *setup, Error *error)
{
    if (access(setup->walcopy, X_OK) != 0) {
        return error_set(error, ERROR_CONFIG,
                         "backup_destination is set, and \"%s\" is not there\n"
                         "hint: pgx_walcopy must be beside mc_agent",
                         setup->walcopy);
    }
    return !uses_module(setup) || library_is_there(setup) ||
           error_set(error, ERROR_CONFIG,
                     "backup_destination is set, and PostgreSQL %d has no library \"%s\"\n"
                     "hint: make install puts pgx_archive into the folder that pg_config "
                     "--pkglibdir names; archive_library says where else it is, and left empty "
                     "takes pgx_walcopy instead",
                     setup->major, setup->archive_library);
}

bool pg_archive_prepare(const PgSetup *setup, Error *error)
{
    return !archives(setup) ||
           (archiver_is_there(setup, error) && layout_ensure(setup->backup_destination, error));
}

bool pg_archive_same_device(const PgSetup *setup)
{
    struct stat data;
    struct stat backup;
    return archives(setup) && stat(setup->data_dir, &data) == 0 &&
           stat(setup->backup_destination, &backup) == 0 && data.st_dev == backup.st_dev;
}
