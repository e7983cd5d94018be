/* pg_process.c - postmaster.pid, and the processes of a directory found in /proc, killed, proved gone.
 *
 * The children of a postmaster are in sessions and process groups of their own, and a backend that
 * computes goes on committing after its postmaster is dead. So they are found by what they cannot
 * change: the user, the program, the working directory. That is a directory, not a path: the one that the
 * path leads to, and the one that the last run was begun in, which may have another name by now, or none. */
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
        ret->memory = (PgSegment){.known = true, .key = (uint32_t)key, .id = (int)id};
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

/* A directory, by what it is, and its owner. */
typedef struct Place {
    PgFileMark mark;
    uid_t user;
} Place;

/* Where processes are looked for. */
typedef struct Places {
    const char *path;
    Place place[2];
    int count;
    const PgRun *run; /* NULL: none */
    int errnum;       /* why the path could not be looked at; 0 */
} Places;

/* No disk is asked for this. */
static void places_begin(const char *data_dir, const PgRun *run, Places *ret)
{
    *ret = (Places){.path = data_dir, .run = run};
    if (run != NULL && run->state == PG_RUN_LIVES) {
        ret->place[ret->count++] = (Place){.mark = run->directory, .user = run->user};
    }
}

/* What the path leads to now: looked for, too, if `add`. */
static bool places_look(Places *places, bool add)
{
    struct stat of;
    Place place;
    if (!pg_file_mark(places->path, &place.mark) || stat(places->path, &of) != 0) {
        places->errnum = errno;
        return false;
    }
    place.user = of.st_uid;
    if (add && (places->count == 0 || !pg_file_mark_is(&place.mark, &places->place[0].mark))) {
        places->place[places->count++] = place;
    }
    return true;
}

/* Whether finding nobody means that nobody is there. A path that cannot be followed says nothing, where it is not known who
 * was in what it led to; one that leads nowhere does, where nothing was begun since the boot. */
static bool places_tell(const Places *places)
{
    const PgRunState state = places->run == NULL ? PG_RUN_NONE : places->run->state;
    switch (state) {
    case PG_RUN_LIVES:
    case PG_RUN_OVER:
        return true;
    case PG_RUN_NONE:
        return places->errnum == 0 || places->errnum == ENOENT || places->errnum == ENOTDIR;
    case PG_RUN_UNKNOWN:
        break;
    }
    return places->errnum == 0;
}

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

static bool lives_in(int proc, const char *pid, const Places *places)
{
    char link[64];
    char target[PG_PATH_SIZE];
    PgFileMark mark;

    (void)str_format(link, sizeof(link), "%s/cwd", pid); /* fits */
    ssize_t length = readlinkat(proc, link, target, sizeof(target) - 1);
    if (length <= 0) {
        return false;
    }
    target[length] = '\0';
    /* A path means something only within one mount namespace: in a container the same one is another place. */
    if (!pg_file_mark_at(proc, link, &mark)) {
        return str_equal(target, places->path);
    }
    for (int i = 0; i < places->count; i++) {
        if (pg_file_mark_is(&mark, &places->place[i].mark)) {
            return true;
        }
    }
    return false;
}

static bool belongs(int proc, const char *pid, const Places *places)
{
    struct stat of;
    bool user = false;
    if (fstatat(proc, pid, &of, 0) != 0) {
        return false;
    }
    for (int i = 0; i < places->count; i++) {
        user = user || of.st_uid == places->place[i].user;
    }
    return user && is_postgres(proc, pid) && lives_in(proc, pid, places);
}

/* pidfds of the processes of the directory; more than BATCH_MAX are left for the next time. */
typedef struct Batch {
    int count;
    bool blind; /* some could not be looked at, for want of descriptors or memory */
    struct pollfd fds[BATCH_MAX];
} Batch;

static void batch_end(Batch *batch)
{
    for (int i = 0; i < batch->count; i++) {
        (void)close(batch->fds[i].fd); /* pidfds */
    }
    batch->count = 0;
}

static void batch_find(const Places *places, Batch *ret)
{
    ret->count = 0;
    DIR *listing = opendir("/proc");
    ret->blind = listing == NULL;
    if (listing == NULL) {
        return;
    }
    int proc = dirfd(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL && ret->count < BATCH_MAX;
         entry = readdir(listing)) {
        uint64_t pid = 0;
        if (!str_to_uint(entry->d_name, strlen(entry->d_name), &pid) ||
            !belongs(proc, entry->d_name, places)) {
            continue;
        }
        /* The pidfd first and the look again behind it: what is signalled is what was seen. */
        int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
        if (fd < 0) {
            ret->blind = ret->blind || errno != ESRCH;
            continue;
        }
        if (!belongs(proc, entry->d_name, places)) {
            (void)close(fd);
            continue;
        }
        ret->fds[ret->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
    (void)closedir(listing); /* only read from */
}

/* Somebody is on the segment that postmaster.pid names. */
static bool memory_attached(const PgSegment *memory)
{
    struct shmid_ds of;
    if (!memory->known || shmctl(memory->id, IPC_STAT, &of) != 0) {
        return false;
    }
    return (uint32_t)of.shm_perm.__key == memory->key && of.shm_nattch > 0;
}

/* What a killed server leaves behind; the next start would remove it, if there is one. */
static void memory_remove(const PgSegment *memory)
{
    struct shmid_ds of;
    if (memory->known && shmctl(memory->id, IPC_STAT, &of) == 0 &&
        (uint32_t)of.shm_perm.__key == memory->key && of.shm_perm.uid == geteuid() &&
        of.shm_nattch == 0) {
        (void)shmctl(memory->id, IPC_RMID, NULL); /* 56 bytes: not worth an error */
    }
}

/* Of the run that lives: what it had, by its own note. */
static PgSegment run_memory(const PgRun *run)
{
    return run != NULL && run->state == PG_RUN_LIVES ? run->memory : (PgSegment){0};
}

static bool run_postmaster_lives(const PgRun *run)
{
    return run != NULL && run->state == PG_RUN_LIVES && pid_alive(&run->postmaster);
}

static PgAlive alive_in(const Places *places)
{
    Batch batch;
    const PgSegment memory = run_memory(places->run);
    batch_find(places, &batch);
    PgAlive alive = {.processes = batch.count,
                     .attached = memory_attached(&memory),
                     .unknown = batch.blind || !places_tell(places)};
    batch_end(&batch);
    if (alive.processes == 0 && run_postmaster_lives(places->run)) {
        alive.processes = 1;
    }
    return alive;
}

PgAlive pg_alive(const char *data_dir, const PgRun *run)
{
    Places places;
    PgPidFile file;
    places_begin(data_dir, run, &places);
    const bool looked = places_look(&places, true);
    PgAlive alive = alive_in(&places);
    if (looked && pg_pid_file_read(data_dir, &file) && memory_attached(&file.memory)) {
        alive.attached = true;
    }
    return alive;
}

PgAlive pg_alive_of_run(const char *data_dir, const PgRun *run)
{
    Places places;
    places_begin(data_dir, run, &places);
    (void)places_look(&places, false); /* only for why not, if not */
    return alive_in(&places);
}

static bool places_of_path(const char *data_dir, Places *ret)
{
    places_begin(data_dir, NULL, ret);
    return places_look(ret, true);
}

int pg_backend_open(const char *data_dir, pid_t pid)
{
    Places places;
    char name[16];
    _cleanup_(close_fd) int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;

    (void)str_format(name, sizeof(name), "%d", (int)pid); /* fits */
    if (fd >= 0 &&
        (proc < 0 || !places_of_path(data_dir, &places) || !belongs(proc, name, &places))) {
        (void)close(fd); /* a pidfd */
        fd = -1;
    }
    return fd;
}

int pg_postmaster_open(const char *data_dir, PgPidFile *ret)
{
    Places places;
    char pid[24];
    PgPidFile file;

    if (!places_of_path(data_dir, &places) || !pg_pid_file_read(data_dir, &file)) {
        return -1;
    }
    _cleanup_(close_fd) int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    _cleanup_(close_fd) int fd = (int)syscall(SYS_pidfd_open, file.pid, 0);
    (void)str_format(pid, sizeof(pid), "%d", (int)file.pid); /* fits */
    /* The number may have been given to another process since, after a reboot for one. The start
     * time is no judge of that, it is of the wall clock; program and directory are. */
    if (proc < 0 || fd < 0 || !belongs(proc, pid, &places)) {
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

static void batch_kill(const Batch *batch)
{
    for (int i = 0; i < batch->count; i++) {
        (void)pg_signal(batch->fds[i].fd, SIGKILL); /* it may just have ended */
    }
}

/* The number may be somebody else's by now: whose it is is judged through the pidfd. */
static void kill_postmaster(const PgRun *run)
{
    if (run == NULL || run->state != PG_RUN_LIVES || run->postmaster.pid == 0) {
        return;
    }
    _cleanup_(close_fd) int fd = (int)syscall(SYS_pidfd_open, run->postmaster.pid, 0);
    if (fd >= 0 && pid_alive(&run->postmaster)) {
        (void)pg_signal(fd, SIGKILL); /* it may just have ended */
    }
}

static bool kill_in(const Places *places, const PgSegment *found, Millis until, Error *error)
{
    const PgSegment noted = run_memory(places->run);
    for (;;) {
        Batch batch;
        batch_find(places, &batch);
        const bool attached = memory_attached(found) || memory_attached(&noted);
        const bool lives = batch.count > 0 || batch.blind || run_postmaster_lives(places->run);
        if (!lives && !attached) {
            memory_remove(found);
            memory_remove(&noted);
            return places_tell(places) ||
                   error_set_errno(error, places->errnum, "data directory \"%s\"", places->path);
        }
        if (loop_now() >= until) {
            int left = batch.count;
            batch_end(&batch);
            return error_set(error, ERROR_TIMEOUT, "%d processes of \"%s\" do not end%s", left,
                             places->path, attached ? ", and its shared memory is in use" : "");
        }
        kill_postmaster(places->run);
        batch_kill(&batch);
        batch_wait(&batch, until);
        if (batch.count == 0) {
            /* The last one is letting go of the memory and has no name any more: no event tells. */
            (void)poll(NULL, 0, 1);
        }
        batch_end(&batch);
    }
}

bool pg_kill_run(const char *data_dir, const PgRun *run, Millis until, Error *error)
{
    Places places;
    const PgSegment none = {0};
    Batch batch;
    places_begin(data_dir, run, &places);
    kill_postmaster(run);
    batch_find(&places, &batch); /* before any disk is asked */
    batch_kill(&batch);
    batch_end(&batch);
    (void)places_look(&places, false); /* only for why not, if not */
    return kill_in(&places, &none, until, error);
}

#ifdef MC_MUTATE_PROCESS_GROUP
bool pg_kill_all(const char *data_dir, const PgRun *run, Millis until, Error *error)
{
    PgPidFile file;
    (void)error;
    (void)run;
    int fd = pg_postmaster_open(data_dir, &file);
    if (fd >= 0) {
        Batch batch = {.count = 1, .fds = {{.fd = fd, .events = POLLIN}}};
        (void)kill(-file.pid, SIGKILL);
        batch_wait(&batch, until);
        batch_end(&batch);
        memory_remove(&file.memory);
    }
    return true;
}
#else
bool pg_kill_all(const char *data_dir, const PgRun *run, Millis until, Error *error)
{
    Places places;
    Batch batch;
    PgPidFile file = {0};

    places_begin(data_dir, run, &places);
    kill_postmaster(run);
    batch_find(&places, &batch);
    batch_kill(&batch);
    batch_end(&batch);
    /* Whatever hangs from here on: the instance that is known has been ended. */
    if (places_look(&places, true)) {
        /* The number of the segment is kept: the file may go while the processes do. */
        (void)pg_pid_file_read(data_dir, &file);
        _cleanup_(close_fd) int postmaster = pg_postmaster_open(data_dir, &file);
        if (postmaster >= 0) {
            (void)pg_signal(postmaster, SIGKILL);
        }
    }
    kill_point(ACTION_STOP, KILL_DURING);
    return kill_in(&places, &file.memory, until, error);
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

bool pg_spawn(PgJob *job, const PgSetup *setup, int *ret_pidfd, pid_t *ret_pid, Error *error)
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
    *ret_pid = started.pid;
    return true;
}
