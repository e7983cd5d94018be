/* pgx_archive.c - the archive module (archive_library) of PostgreSQL 15 and later.
 *
 * Runs inside the archiver. What is to be done is in src/archive: this file hands settings and names over,
 * to a helper where one is set, and says what went wrong. Every file is tried again by the server until it is archived, so nothing here
 * keeps a state that a failure could spoil. */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "utils/guc.h"

#if PG_VERSION_NUM >= 160000
#include "archive/archive_module.h"
#else
#include "postmaster/pgarch.h"
#endif

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/request.h"

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);
#if PG_VERSION_NUM < 160000
extern PGDLLEXPORT void _PG_archive_module_init(ArchiveModuleCallbacks *callbacks);
#endif

static char *destination; /* pgx.backup_destination */
static char *claim_text;  /* pgx.archive_claim */
static char *helper_path; /* pgx.archive_helper; "": everything is done here */
static int helper = -1;   /* the socket to it */
static pid_t helper_pid;
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
    DefineCustomStringVariable(
        "pgx.archive_helper",
        "The program pgx_walcopy, so that no process of the server touches the backup disk.", NULL,
        &helper_path, "", PGC_SIGHUP, 0, NULL, NULL, NULL);
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

/* ---- the helper ------------------------------------------------------------------------------- */

static void helper_close(void)
{
    if (helper >= 0) {
        (void)close(helper); /* it ends with this */
        helper = -1;
    }
    if (helper_pid > 0 && waitpid(helper_pid, NULL, WNOHANG) == helper_pid) {
        helper_pid = 0; /* else it hangs, and belongs to nobody soon */
    }
}

/* Outside of the data directory, and with none of the server's descriptors or memory: no process of the instance. */
static void helper_become(int end)
{
    sigset_t none;
    (void)sigemptyset(&none); /* cannot fail */
    if (chdir("/") != 0 || dup2(end, STDIN_FILENO) < 0 ||
        close_range(STDERR_FILENO + 1, ~0U, 0) != 0 || sigprocmask(SIG_SETMASK, &none, NULL) != 0) {
        _exit(1);
    }
    execl(helper_path, helper_path, "--serve", (char *)NULL);
    _exit(1);
}

static bool helper_ensure(Error *error)
{
    int ends[2];
    if (helper >= 0) {
        return true;
    }
    helper_close();
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return error_set_errno(error, errno, "could not make a socket");
    }
    const pid_t pid = fork();
    if (pid == 0) {
        helper_become(ends[1]);
    }
    (void)close(ends[1]); /* the child's */
    if (pid < 0) {
        (void)close(ends[0]); /* nobody is at the other one */
        return error_set_errno(error, errno, "could not start \"%s\"", helper_path);
    }
    helper = ends[0];
    helper_pid = pid;
    return true;
}

/* Interrupted by nothing but the end of the process. */
static ssize_t helper_answer(char *ret, size_t size)
{
    for (;;) {
        const ssize_t got = recv(helper, ret, size, MSG_DONTWAIT);
        if (got >= 0 || (errno != EAGAIN && errno != EINTR)) {
            return got;
        }
        (void)WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_SOCKET_READABLE | WL_EXIT_ON_PM_DEATH,
                                helper, -1, PG_WAIT_EXTENSION);
        ResetLatch(MyLatch);
    }
}

static bool helper_ask(const ArchiveRequest *request, Error *error)
{
    char message[REQUEST_SIZE];
    char answer[ERROR_TEXT_SIZE + 1];
    const size_t size = request_write(request, message);
    if (size == 0) {
        return error_set(error, ERROR_LIMIT, "a path is too long");
    }
    if (!helper_ensure(error)) {
        return false;
    }
    ssize_t got = send(helper, message, size, MSG_NOSIGNAL);
    got = got < 0 ? got : helper_answer(answer, sizeof(answer) - 1);
    if (got <= 0) {
        helper_close();
        return error_set(error, ERROR_SYSTEM, "\"%s\" does not answer", helper_path);
    }
    answer[got] = '\0';
    return answer[0] == '+' || error_set(error, ERROR_SYSTEM, "%s", answer + 1);
}

static bool archive(const char *file, const char *path)
{
    char from[DURABLE_PATH_SIZE];
    Error error = {0};
    const ArchiveRequest request = {.data_dir = DataDir,
                                    .from = from,
                                    .name = file,
                                    .destination = destination,
                                    .claim = claim_text,
                                    .compression = (StoreCompression)compression};
    if (!durable_path(from, DataDir, path, &error)) {
        return complain(file, &error);
    }
    bool ok = false;
    if (helper_path[0] != '\0') {
        ok = helper_ask(&request, &error);
    } else if (store != NULL || (store = store_new()) != NULL) {
        ok = request_do(store, &request, &error);
    } else {
        ok = error_set(&error, ERROR_SYSTEM, "out of memory");
    }
    if (!ok) {
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
