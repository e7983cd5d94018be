/* pg_process.c - postmaster.pid, and the processes of a directory found in /proc, killed, proved gone.
 *
 * The children of a postmaster are in sessions and process groups of their own, and a backend that
 * computes goes on committing after its postmaster is dead. So they are found by what they cannot
 * change: the user, the program, the working directory. */
#include "sys/pg_process.h"

#include "base/assert.h"
#include "base/cleanup.h"
#include "sys/kill_point.h"
#include "sys/loop.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH_MAX = 256, PID_FILE_MAX = 4096 };

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* a pidfd or a folder: nothing to lose */
    }
}

/* ---- postmaster.pid --------------------------------------------------------------------------- */

static bool number_in(const char *line, size_t length, uint64_t *ret)
{
    while (length > 0 && str_is_space(line[length - 1])) {
        length--;
    }
    while (length > 0 && str_is_space(*line)) {
        line++;
        length--;
    }
    return str_to_uint(line, length, ret);
}

static void parse_shared(const char *line, size_t length, PgPidFile *ret)
{
    uint64_t key = 0;
    uint64_t id = 0;
    size_t start = strspn(line, " ");
    if (start >= length) {
        return;
    }
    size_t end = start + strcspn(line + start, " \n");
    if (end < length && number_in(line, end, &key) && number_in(line + end, length - end, &id)) {
        ret->shm_key = (uint32_t)key;
        ret->shm_id = (int)id;
        ret->shared = true;
    }
}

static void parse_line(int number, const char *line, size_t length, PgPidFile *ret)
{
    uint64_t value = 0;
    switch (number) {
    case 1:
        if (number_in(line, length, &value) && value > 0 && value <= INT32_MAX) {
            ret->pid = (pid_t)value;
        }
        break;
    case 3:
        ret->started = number_in(line, length, &value) ? (int64_t)value : 0;
        break;
    case 4:
        ret->port = number_in(line, length, &value) && value <= UINT16_MAX ? (uint16_t)value : 0;
        break;
    case 5:
        if (!str_copy_bytes(ret->socket_dir, sizeof(ret->socket_dir), line, length)) {
            ret->socket_dir[0] = '\0';
        }
        break;
    case 7:
        parse_shared(line, length, ret);
        break;
    case 8:
        while (length > 0 && str_is_space(line[length - 1])) {
            length--;
        }
        (void)str_copy_bytes(ret->status, sizeof(ret->status), line, length); /* cut is fine */
        break;
    default:
        break;
    }
}

bool pg_pid_file_read(const char *data_dir, PgPidFile *ret)
{
    char path[PG_PATH_SIZE];
    char text[PID_FILE_MAX];
    Error error = {0};
    PgPidFile found = {0};

    pg_path(path, data_dir, "postmaster.pid");
    if (!pg_file_read(path, text, sizeof(text), NULL, &error)) {
        return false;
    }
    int number = 1;
    for (const char *line = text; *line != '\0'; number++) {
        const char *end = strchrnul(line, '\n');
        parse_line(number, line, (size_t)(end - line), &found);
        line = *end == '\0' ? end : end + 1;
    }
    if (found.pid == 0) {
        return false;
    }
    *ret = found;
    return true;
}

/* ---- who belongs to a directory --------------------------------------------------------------- */

/* What identifies the directory: its inode, or its canonical path where that cannot be looked at. */
typedef struct Directory {
    const char *path;
    struct stat of;
} Directory;

static bool is_postgres(int proc, const char *pid)
{
    char link[64];
    char target[PG_PATH_SIZE];
    (void)str_format(link, sizeof(link), "%s/exe", pid); /* fits */
    ssize_t length = readlinkat(proc, link, target, sizeof(target) - 1);
    if (length <= 0) {
        return false; /* not ours, or ended already: its memory is released */
    }
    target[length] = '\0';
    const char *name = strrchr(target, '/');
    name = name == NULL ? target : name + 1;
    return str_equal(name, "postgres") || str_equal(name, "postgres (deleted)");
}

static bool lives_in(int proc, const char *pid, const Directory *directory)
{
    char link[64];
    char target[PG_PATH_SIZE];
    struct stat of;

    (void)str_format(link, sizeof(link), "%s/cwd", pid); /* fits */
    ssize_t length = readlinkat(proc, link, target, sizeof(target) - 1);
    if (length <= 0) {
        return false;
    }
    target[length] = '\0';
    /* A path means something only within one mount namespace: in a container the same one is another place. */
    if (fstatat(proc, link, &of, 0) == 0) {
        return of.st_dev == directory->of.st_dev && of.st_ino == directory->of.st_ino;
    }
    return str_equal(target, directory->path);
}

static bool belongs(int proc, const char *pid, const Directory *directory)
{
    struct stat of;
    return fstatat(proc, pid, &of, 0) == 0 && of.st_uid == directory->of.st_uid &&
           is_postgres(proc, pid) && lives_in(proc, pid, directory);
}

static bool directory_begin(const char *data_dir, Directory *ret)
{
    ret->path = data_dir;
    return stat(data_dir, &ret->of) == 0;
}

/* pidfds of the processes of the directory; more than BATCH_MAX are left for the next time. */
typedef struct Batch {
    int count;
    struct pollfd fds[BATCH_MAX];
} Batch;

static void batch_end(Batch *batch)
{
    for (int i = 0; i < batch->count; i++) {
        (void)close(batch->fds[i].fd); /* pidfds */
    }
    batch->count = 0;
}

static void batch_find(const Directory *directory, Batch *ret)
{
    ret->count = 0;
    DIR *listing = opendir("/proc");
    assert(listing != NULL);
    int proc = dirfd(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL && ret->count < BATCH_MAX;
         entry = readdir(listing)) {
        uint64_t pid = 0;
        if (!str_to_uint(entry->d_name, strlen(entry->d_name), &pid) ||
            !belongs(proc, entry->d_name, directory)) {
            continue;
        }
        /* The pidfd first and the look again behind it: what is signalled is what was seen. */
        int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
        if (fd < 0) {
            continue;
        }
        if (!belongs(proc, entry->d_name, directory)) {
            (void)close(fd);
            continue;
        }
        ret->fds[ret->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
    (void)closedir(listing); /* only read from */
}

/* Somebody is on the segment that postmaster.pid names. A number that was given to another segment
 * since has another key. */
static bool memory_attached(const PgPidFile *file)
{
    struct shmid_ds of;
    if (!file->shared || shmctl(file->shm_id, IPC_STAT, &of) != 0) {
        return false;
    }
    return (uint32_t)of.shm_perm.__key == file->shm_key && of.shm_nattch > 0;
}

/* What a killed server leaves behind; the next start would remove it, if there is one. */
static void memory_remove(const PgPidFile *file)
{
    struct shmid_ds of;
    if (file->shared && shmctl(file->shm_id, IPC_STAT, &of) == 0 &&
        (uint32_t)of.shm_perm.__key == file->shm_key && of.shm_perm.uid == geteuid() &&
        of.shm_nattch == 0) {
        (void)shmctl(file->shm_id, IPC_RMID, NULL); /* 56 bytes: not worth an error */
    }
}

PgAlive pg_alive(const char *data_dir)
{
    Directory directory;
    Batch batch;
    PgPidFile file;
    PgAlive alive = {0};

    if (!directory_begin(data_dir, &directory)) {
        return alive;
    }
    batch_find(&directory, &batch);
    alive.processes = batch.count;
    batch_end(&batch);
    alive.attached = pg_pid_file_read(data_dir, &file) && memory_attached(&file);
    return alive;
}

int pg_backend_open(const char *data_dir, pid_t pid)
{
    Directory directory;
    char name[16];
    _cleanup_(close_fd) int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;

    (void)str_format(name, sizeof(name), "%d", (int)pid); /* fits */
    if (fd >= 0 &&
        (proc < 0 || !directory_begin(data_dir, &directory) || !belongs(proc, name, &directory))) {
        (void)close(fd); /* a pidfd */
        fd = -1;
    }
    return fd;
}

int pg_postmaster_open(const char *data_dir, PgPidFile *ret)
{
    Directory directory;
    char pid[24];
    PgPidFile file;

    if (!directory_begin(data_dir, &directory) || !pg_pid_file_read(data_dir, &file)) {
        return -1;
    }
    _cleanup_(close_fd) int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    _cleanup_(close_fd) int fd = (int)syscall(SYS_pidfd_open, file.pid, 0);
    (void)str_format(pid, sizeof(pid), "%d", (int)file.pid); /* fits */
    /* The number may have been given to another process since, after a reboot for one. The start
     * time is no judge of that, it is of the wall clock; program and directory are. */
    if (proc < 0 || fd < 0 || !belongs(proc, pid, &directory)) {
        return -1;
    }
    int found = fd;
    fd = -1; /* NOLINT(clang-analyzer-deadcode.DeadStores): disarms the cleanup */
    *ret = file;
    return found;
}

/* ---- killing ---------------------------------------------------------------------------------- */

bool pg_signal(int pidfd, int signal)
{
    return syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) == 0;
}

static void batch_wait(Batch *batch, Millis until)
{
    for (int i = 0; i < batch->count; i++) {
        Millis left = until - loop_now();
        /* One after the other: each is readable for good once its process has ended. */
        int count = poll(&batch->fds[i], 1, left < 0 ? 0 : (int)left);
        if (count < 0 && errno == EINTR) {
            i--;
        }
    }
}

#ifdef MC_MUTATE_PROCESS_GROUP
bool pg_kill_all(const char *data_dir, Millis until, Error *error)
{
    PgPidFile file;
    (void)error;
    int fd = pg_postmaster_open(data_dir, &file);
    if (fd >= 0) {
        Batch batch = {.count = 1, .fds = {{.fd = fd, .events = POLLIN}}};
        (void)kill(-file.pid, SIGKILL);
        batch_wait(&batch, until);
        batch_end(&batch);
        memory_remove(&file);
    }
    return true;
}
#else
bool pg_kill_all(const char *data_dir, Millis until, Error *error)
{
    Directory directory;
    PgPidFile file = {0};

    if (!directory_begin(data_dir, &directory)) {
        return error_set_errno(error, errno, "data directory \"%s\"", data_dir);
    }
    /* The number of the segment is kept: the file may go while the processes do. */
    (void)pg_pid_file_read(data_dir, &file);
    _cleanup_(close_fd) int postmaster = pg_postmaster_open(data_dir, &file);
    if (postmaster >= 0) {
        (void)pg_signal(postmaster, SIGKILL);
    }
    kill_point(ACTION_STOP, KILL_DURING);
    for (;;) {
        Batch batch;
        batch_find(&directory, &batch);
        bool attached = memory_attached(&file);
        if (batch.count == 0 && !attached) {
            memory_remove(&file);
            return true;
        }
        if (loop_now() >= until) {
            int left = batch.count;
            batch_end(&batch);
            return error_set(error, ERROR_TIMEOUT, "%d processes of \"%s\" do not end%s", left,
                             data_dir, attached ? ", and its shared memory is in use" : "");
        }
        for (int i = 0; i < batch.count; i++) {
            (void)pg_signal(batch.fds[i].fd, SIGKILL);
        }
        batch_wait(&batch, until);
        if (batch.count == 0) {
            /* The last one is letting go of the memory and has no name any more: no event tells. */
            (void)poll(NULL, 0, 1);
        }
        batch_end(&batch);
    }
}
#endif

/* ---- starting --------------------------------------------------------------------------------- */

typedef struct SpawnReport {
    int pid;    /* of the postmaster, from the one between */
    int errnum; /* of execv, from the postmaster to be */
} SpawnReport;

static void report(int fd, SpawnReport value)
{
    ssize_t put = write(fd, &value, sizeof(value));
    (void)put; /* the reader sees the end of the pipe */
}

/* In the child: only what is safe after fork in a process with threads. */
_Noreturn static void become_postgres(char *const argv[], const char *data_dir, int log_fd,
                                      int report_fd)
{
    sigset_t none;
    struct sigaction usual = {.sa_handler = SIG_DFL};

    for (int number = 1; number < NSIG; number++) {
        (void)sigaction(number, &usual, NULL); /* SIGKILL and SIGSTOP refuse */
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    int nothing = open("/dev/null", O_RDWR);
    (void)dup2(nothing, STDIN_FILENO);
    (void)dup2(log_fd >= 0 ? log_fd : nothing, STDOUT_FILENO);
    (void)dup2(log_fd >= 0 ? log_fd : nothing, STDERR_FILENO);
    (void)syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
    (void)umask(0077);
    /* PostgreSQL would go there itself, later: so it belongs to the directory from its first moment,
     * and no kill can miss it. */
    if (chdir(data_dir) != 0) {
        report(report_fd, (SpawnReport){.errnum = errno});
        _exit(127);
    }
    (void)execv(argv[0], argv);
    report(report_fd, (SpawnReport){.errnum = errno});
    _exit(127);
}

_Noreturn static void fork_again(char *const argv[], const char *data_dir, int log_fd,
                                 int report_fd)
{
    (void)setsid();
    pid_t pid = fork();
    if (pid == 0) {
        become_postgres(argv, data_dir, log_fd, report_fd);
    }
    report(report_fd, (SpawnReport){.pid = pid, .errnum = pid < 0 ? errno : 0});
    _exit(0);
}

/* False: it is postgres by now, or none. Its end of the pipe still open, the number still is its own. Should it hang in the
 * kernel, it ends before it comes back from there. */
static bool break_off(int pipe, pid_t pid)
{
    struct pollfd poll_fd = {.fd = pipe, .events = POLLIN};
    _cleanup_(close_fd) int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return fd >= 0 && poll(&poll_fd, 1, 0) >= 0 && (poll_fd.revents & POLLHUP) == 0 &&
           pg_signal(fd, SIGKILL);
}

/* The number comes at once; that it could be executed, when the disks of the directory and of the program have answered.
 * Until then it has no place in the directory, and no kill would find it. False: broken off, and it ended. */
static bool hear_reports(PgJob *job, int fd, SpawnReport *ret)
{
    SpawnReport part;
    for (;;) {
        if (ret->pid > 0 && pg_job_wait(job, fd, POLLIN, INT64_MAX) == PG_WAIT_CANCELLED &&
            break_off(fd, ret->pid)) {
            return false;
        }
        if (read(fd, &part, sizeof(part)) != (ssize_t)sizeof(part)) {
            return true;
        }
        ret->pid = part.pid > 0 ? part.pid : ret->pid;
        ret->errnum = part.errnum != 0 ? part.errnum : ret->errnum;
    }
}

/* Twice, so that the postmaster is nobody's child: it outlives the agent and is reaped by init. */
static bool fork_detached(PgJob *job, char *const argv[], const char *data_dir, int log_fd,
                          SpawnReport *ret, Error *error)
{
    int pipe_fds[2];
    *ret = (SpawnReport){0};

    if (pipe2(pipe_fds, O_CLOEXEC) != 0) {
        return error_set_errno(error, errno, "pipe");
    }
    pid_t between = fork();
    if (between == 0) {
        fork_again(argv, data_dir, log_fd, pipe_fds[1]);
    }
    int errnum = errno;
    (void)close(pipe_fds[1]);
    if (between < 0) {
        (void)close(pipe_fds[0]);
        return error_set_errno(error, errnum, "fork");
    }
    const bool heard = hear_reports(job, pipe_fds[0], ret);
    (void)close(pipe_fds[0]);
    while (waitpid(between, NULL, 0) < 0 && errno == EINTR) {
    }
    if (!heard) {
        return error_set(error, ERROR_TIMEOUT, "broken off");
    }
    if (ret->errnum != 0 || ret->pid == 0) {
        return error_set_errno(error, ret->errnum, "start \"%s\"", argv[0]);
    }
    return true;
}

bool pg_spawn(PgJob *job, const PgSetup *setup, int *ret_pidfd, Error *error)
{
    char program[PG_PATH_SIZE];
    char config[PG_PATH_SIZE + 16];
    char directory[PG_PATH_SIZE];
    char log_path[PG_PATH_SIZE];
    char dash_d[] = "-D";
    char gate[2 * PG_PATH_SIZE];
    char gate_path[PG_PATH_SIZE];
    char dash_c[] = "-c";
    SpawnReport started;

    pg_path(program, setup->bin_dir, "postgres");
    pg_path(log_path, setup->mc_dir, "postgres.log");
    (void)str_copy(directory, sizeof(directory), setup->data_dir); /* fits: checked by the setup */
    (void)str_format(config, sizeof(config), "config_file=%s", setup->config_file); /* fits */
    /* mc.auto.conf names the gate that never opens: whoever starts the instance without us gets that. */
    pg_path(gate_path, setup->mc_dir, "mc_hba.conf");
    (void)str_format(gate, sizeof(gate), "hba_file=%s", gate_path); /* fits */
    char *const argv[] = {program, dash_d, directory, dash_c, config, dash_c, gate, NULL};
    _cleanup_(close_fd) int log_fd =
        open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);

    if (!pg_job_enter(job)) {
        return error_set(error, ERROR_TIMEOUT, "broken off");
    }
    bool ok = fork_detached(job, argv, directory, log_fd, &started, error);
    int fd = ok ? (int)syscall(SYS_pidfd_open, started.pid, 0) : -1;
    if (fd >= 0 && atomic_load(&job->cancelled)) {
        (void)pg_signal(fd, SIGKILL); /* if not, it has ended */
        (void)close(fd);              /* a pidfd */
        ok = error_set(error, ERROR_TIMEOUT, "broken off");
    }
    pg_job_leave(job);
    if (!ok) {
        return false;
    }
    if (fd < 0) {
        return error_set(error, ERROR_POSTGRES, "postgres ended at once; see \"%s\"", log_path);
    }
    *ret_pidfd = fd;
    return true;
}
