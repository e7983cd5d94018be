/* pgx_archive.c - the archive module (archive_library) of PostgreSQL 15 and later.
 *
 * Runs inside the archiver. What it does is in src/archive: this file hands settings and names over, and
 * says what went wrong. Every file is tried again by the server until it is archived, so nothing here
 * keeps a state that a failure could spoil. */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/guc.h"

#if PG_VERSION_NUM >= 160000
#include "archive/archive_module.h"
#else
#include "postmaster/pgarch.h"
#endif

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/layout.h"
#include "archive/owner.h"
#include "archive/store.h"

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);
#if PG_VERSION_NUM < 160000
extern PGDLLEXPORT void _PG_archive_module_init(ArchiveModuleCallbacks *callbacks);
#endif

static char *destination; /* pgx.backup_destination */
static char *claim_text;  /* pgx.archive_claim */
static int compression = STORE_PLAIN;
static Store *store;

static const struct config_enum_entry compressions[] = {
    {"off", STORE_PLAIN, false}, {"zstd", STORE_ZSTD, false}, {NULL, 0, false}};

void _PG_init(void)
{
    DefineCustomStringVariable("pgx.backup_destination", "The backup directory.",
                               "WAL is archived into its folder \"archived_xlog\".", &destination,
                               "", PGC_SIGHUP, 0, NULL, NULL, NULL);
    DefineCustomEnumVariable("pgx.archive_compression", "Compresses archived segments.", NULL,
                             &compression, STORE_PLAIN, compressions, PGC_SIGHUP, 0, NULL, NULL,
                             NULL);
    DefineCustomStringVariable("pgx.archive_claim",
                               "Under which epoch this instance serves, set by its agent.", NULL,
                               &claim_text, "", PGC_SIGHUP, GUC_NO_SHOW_ALL, NULL, NULL, NULL);
}

/* The text of an error ends at its hint, if it has one. */
static bool complain(const char *file, const Error *error)
{
    const char *mark = strstr(error->text, "\nhint: ");
    const int length = mark == NULL ? (int)strlen(error->text) : (int)(mark - error->text);

    ereport(WARNING, (errmsg("could not archive \"%s\": %.*s", file, length, error->text),
                      mark == NULL ? 0 : errhint("%s", mark + strlen("\nhint: "))));
    return false;
}

static bool archive(const char *file, const char *path)
{
    char folder[DURABLE_PATH_SIZE];
    Error error = {0};

    if (store == NULL) {
        store = store_new();
    }
    if (store == NULL) {
        return error_set(&error, ERROR_SYSTEM, "out of memory") || complain(file, &error);
    }
    const StoreJob job = {
        .from = path, .folder = folder, .name = file, .compression = (StoreCompression)compression};
    if (!layout_check(destination, &error) ||
        !durable_path(folder, destination, LAYOUT_ARCHIVED, &error)) {
        return complain(file, &error);
    }
    struct stat of;
    if (stat(folder, &of) != 0 && errno == ENOENT && !layout_ensure(destination, &error)) {
        return complain(file, &error);
    }
    if (!layout_check(folder, &error) ||
        !archive_owner_check(folder, claim_text, DataDir, &error) ||
        !store_file(store, &job, &error)) {
        return complain(file, &error);
    }
    ereport(DEBUG1, (errmsg_internal("archived \"%s\"", file)));
    return true;
}

static bool configured(void)
{
    return destination != NULL && destination[0] != '\0';
}

#if PG_VERSION_NUM >= 160000

static bool configured_cb(ArchiveModuleState *state)
{
    (void)state;
#if PG_VERSION_NUM >= 170000
    if (!configured()) {
        arch_module_check_errdetail("%s is not set.", "pgx.backup_destination");
    }
#endif
    return configured();
}

static bool archive_cb(ArchiveModuleState *state, const char *file, const char *path)
{
    (void)state;
    return archive(file, path);
}

const ArchiveModuleCallbacks *_PG_archive_module_init(void)
{
    static const ArchiveModuleCallbacks callbacks = {.check_configured_cb = configured_cb,
                                                     .archive_file_cb = archive_cb};
    return &callbacks;
}

#else

void _PG_archive_module_init(ArchiveModuleCallbacks *callbacks)
{
    callbacks->check_configured_cb = configured;
    callbacks->archive_file_cb = archive;
}

#endif
