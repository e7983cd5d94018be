/*
 * Calling the copy command.
 */
#include "backup/copycmd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/io.h"
#include "backup/pack.h"
#include "base/assert.h"
#include "base/cleanup.h"
#include "base/str.h"

/* What it has to end by itself when it is asked to, and what a last call may take that nobody can interrupt. */
enum { GRACE_MS = 5000, CLOSING_MS = 60000 };

bool copy_check(const CopyCommand *command, Error *error)
{
    struct stat of;
    if (command->path[0] != '/') {
        return error_set(error, ERROR_USAGE, "copy command \"%s\" does not begin with a slash",
                         command->path);
    }
    if (stat(command->path, &of) != 0) {
        return error_set_errno(error, errno, "copy command \"%s\"", command->path);
    }
    return (S_ISREG(of.st_mode) && access(command->path, X_OK) == 0) ||
           error_set(error, ERROR_REFUSED,
                     "copy command \"%s\" is no program that this user may run\nhint: chmod +x",
                     command->path);
}

const char *copy_names(const ManifestHead *head, char *ret, size_t size)
{
    StrBuf out = str_begin(ret, size);
    for (int i = 0; i < head->copied_count; i++) {
        str_add(&out, i == 0 ? "" : ", ");
        str_add(&out, head->copied[i].name);
    }
    if (out.cut) {
        memcpy(ret + size - 4, "...", 4);
    }
    return ret;
}

const char *copy_mark_text(const ManifestHead *head, char *ret)
{
    str_from_bytes(head->copy_mark, sizeof(head->copy_mark), ret);
    memcpy(ret + COPY_MARK_SIZE - 2, "\n", 2);
    return ret;
}

/* ---- the child ---- */

static void set_variable(const char *name, const char *value)
{
    if (value == NULL) {
        (void)unsetenv(name); /* of a good name, as all here are */
    } else if (setenv(name, value, 1) != 0) {
        _exit(127);
    }
}

_Noreturn static void be_command(const CopyCommand *command, const CopyCall *call, pid_t parent,
                                 const sigset_t *mask)
{
    const char *words[] = {command->path, call->mode, call->info, call->list, NULL};
    char *argv[5] = {NULL};
    for (int i = 0; words[i] != NULL; i++) {
        argv[i] = strdup(words[i]);
        if (argv[i] == NULL) {
            _exit(127);
        }
    }
    (void)setpgid(0, 0); /* a signal of the terminal is for its caller, who passes it on */
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)sigprocmask(SIG_SETMASK, mask, NULL);
    set_variable("PGDATA", call->data_dir);
    set_variable("PGX_COPY_PATHS", call->paths);
    set_variable("PGX_COPY_DESTINATION", call->store->path);
    set_variable("PGX_COPY_GENERATION", call->generation);
    set_variable("PGX_COPY_STATE", call->state);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (getppid() != parent || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        (call->store->lock_fd >= 0 && fcntl(call->store->lock_fd, F_SETFD, 0) != 0)) {
        _exit(127);
    }
    (void)execv(command->path, argv);
    _exit(127);
}

/* ---- its parent ---- */

typedef struct Child {
    pid_t pid;
    int pidfd;
    sigset_t
        usual; /* signals as they were: they are let in while it is waited, and at no other time */
} Child;

static bool begin(const CopyCommand *command, const CopyCall *call, Child *ret, Error *error)
{
    sigset_t asked;
    const pid_t parent = getpid();
    (void)sigemptyset(&asked);
    (void)sigaddset(&asked, SIGINT);
    (void)sigaddset(&asked, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &asked, &ret->usual); /* cannot fail with these numbers */
    ret->pid = fork();
    if (ret->pid == 0) {
        be_command(command, call, parent, &ret->usual);
    }
    if (ret->pid > 0) {
        (void)setpgid(ret->pid, ret->pid); /* whoever of both comes first */
        ret->pidfd = (int)syscall(SYS_pidfd_open, ret->pid, 0);
    }
    if (ret->pid > 0 && ret->pidfd >= 0) {
        return true;
    }
    const int code = errno;
    if (ret->pid > 0) {
        (void)kill(-ret->pid, SIGKILL);
        (void)waitpid(ret->pid, NULL, 0);
    }
    (void)sigprocmask(SIG_SETMASK, &ret->usual, NULL);
    return error_set_errno(error, code, "run \"%s\"", command->path);
}

/* Until its end, at most so long (0: no limit); a signal that is let in ends it, too. True: it has ended. */
static bool wait_for(const Child *child, Millis limit, bool heed)
{
    const Millis until = io_now() + limit;
    for (;;) {
        struct pollfd wait = {.fd = child->pidfd, .events = POLLIN};
        const Millis left = until - io_now();
        const struct timespec time = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        if (limit > 0 && left <= 0) {
            return false;
        }
        if (ppoll(&wait, 1, limit > 0 ? &time : NULL, heed ? &child->usual : NULL) > 0) {
            return true;
        }
        if (heed && errno == EINTR) {
            return false;
        }
    }
}

/* With all that it has started and that is still of its group. */
static void end(const Child *child)
{
    (void)kill(-child->pid, SIGTERM);
    if (!wait_for(child, GRACE_MS, false)) {
        (void)kill(-child->pid, SIGKILL);
        (void)wait_for(child, 0, false);
    }
    (void)kill(-child->pid, SIGKILL); /* it is not waited for yet: its number is nobody else's */
}

static bool judge(const CopyCommand *command, const CopyCall *call, int status, Error *error)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return true;
    }
    return WIFEXITED(status)
               ? error_set(error, ERROR_SYSTEM, "copy command \"%s %s\" ended with exit status %d",
                           command->path, call->mode, WEXITSTATUS(status))
               : error_set(error, ERROR_SYSTEM, "copy command \"%s %s\" was ended by signal %d",
                           command->path, call->mode, WTERMSIG(status));
}

bool copy_call(const CopyCommand *command, const CopyCall *call, const Report *report,
               bool *ret_killed, Error *error)
{
    Child child = {.pidfd = -1};
    Millis limit = command->limit;
    assert(command->path != NULL && call->mode != NULL && call->store != NULL);
    int status = 0;
    bool over = false;
    *ret_killed = false;
    if ((!call->closing && !report_goes_on(report, error)) ||
        !begin(command, call, &child, error)) {
        return false;
    }
    if (call->closing && (limit == 0 || limit > CLOSING_MS)) {
        limit = CLOSING_MS;
    }
    const Millis until = io_now() + limit;
    bool ended = false;
    bool goes_on = call->closing || report_goes_on(report, error);
    while (!ended && !over && goes_on) {
        ended = wait_for(&child,
                         limit == 0         ? 0
                         : until > io_now() ? until - io_now()
                                            : 1,
                         !call->closing);
        over = !ended && limit > 0 && io_now() >= until;
        goes_on = call->closing || report_goes_on(report, error);
    }
    if (!ended) {
        end(&child);
        *ret_killed = true;
    }
    const pid_t waited = waitpid(child.pid, &status, 0);
    (void)close(child.pidfd);
    (void)sigprocmask(SIG_SETMASK, &child.usual, NULL);
    assert(waited == child.pid);
    if (ended) {
        return judge(command, call, status, error);
    }
    return over && goes_on
               ? error_set(error, ERROR_TIMEOUT,
                           "copy command \"%s %s\" was ended after %lld seconds\nhint: see why it "
                           "hangs, or give it longer: --copy-limit, or backup_copy_limit in "
                           "<id>.conf",
                           command->path, call->mode, (long long)(limit / 1000))
               : error_wrap(error, "copy command \"%s %s\"", command->path, call->mode);
}

/* ---- its information ---- */

static bool write_part(PackReader *pack, const ManifestPart *part, int fd, uint8_t *bytes,
                       Error *error)
{
    const Chunk *chunks = NULL;
    if (!pack_read_part(pack, part, &chunks, error)) {
        return false;
    }
    for (uint32_t i = 0; i < part->chunks; i++) {
        if (!pack_read_chunk(pack, &chunks[i], bytes, error) ||
            !io_write(fd, bytes, chunks[i].size, error)) {
            return false;
        }
    }
    return true;
}

static bool write_info(ManifestReader *in, PackReader *pack, int fd, Error *error)
{
    _cleanup_free_ ManifestLine *line = malloc(sizeof(*line));
    _cleanup_free_ uint8_t *bytes = malloc(CHUNK_SIZE_MAX);
    bool inside = false;
    bool found = false;
    if (line == NULL || bytes == NULL) {
        return error_set_errno(error, ENOMEM, "read a manifest");
    }
    for (bool more = true; more;) {
        if (!manifest_next(in, line, &more, error)) {
            return false;
        }
        if (more && line->kind == MANIFEST_PART && inside) {
            if (!write_part(pack, &line->part, fd, bytes, error)) {
                return false;
            }
        } else if (more) {
            inside = line->kind == MANIFEST_COPY_INFO;
            found = found || inside;
        }
    }
    return found ||
           error_set(error, ERROR_CORRUPT, "it holds nothing that the copy command wrote down");
}

bool copy_info_extract(const Store *store, const Generation *generation, const BackupKey *key,
                       const char *path, Error *error)
{
    char folder[PG_PATH_SIZE];
    _cleanup_(manifest_reader_free) ManifestReader *in = NULL;
    _cleanup_(pack_reader_free) PackReader *pack = NULL;
    if (!io_path(folder, store->path, generation->name, error) ||
        !manifest_check_seal(folder, MANIFEST_NAME, key, error) ||
        !pack_reader_new(store->path, generation->name, &generation->head, key, &pack, error) ||
        !manifest_reader_new(folder, &in, error)) {
        return error_wrap(error, "what the copy command wrote down in generation %s",
                          generation->name);
    }
    _cleanup_(io_close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "make \"%s\"", path);
    }
    return write_info(in, pack, fd, error) || error_wrap(error, "generation %s", generation->name);
}
