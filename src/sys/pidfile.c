/*
 * The pid file, three lines of text: "agent PID START BOOT", "monitor PID START BOOT" and "instance PATH".
 *
 * Signals go through a pidfd that is opened before the start time is compared: between comparing and
 * signalling a bare number could change hands.
 */
#include "sys/pidfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

enum {
    TEXT_MAX = 512 + PIDFILE_PATH_SIZE,
    STAT_MAX = 1024,
    STAT_FIELD_START = 22, /* proc(5): starttime */
    STAT_FIELD_STATE = 3,
    BOOT_LENGTH = PID_BOOT_SIZE - 1,
};

/* The whole of a small file as text, cut at the size; false when it cannot be read. */
static bool read_text(const char *path, char *ret, size_t size)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    const ssize_t length = read(fd, ret, size - 1);
    const int saved = errno;
    (void)close(fd); /* read only: nothing to lose */
    errno = saved;
    if (length < 0) {
        return false;
    }
    ret[length] = '\0';
    return true;
}

bool pid_boot(char ret[static PID_BOOT_SIZE])
{
    char text[TEXT_MAX];
    if (!read_text("/proc/sys/kernel/random/boot_id", text, sizeof(text))) {
        return false;
    }
    return str_copy_bytes(ret, PID_BOOT_SIZE, text, strnlen(text, BOOT_LENGTH));
}

/* The n-th blank-separated word of a stat line, counted behind the name, which may hold blanks itself. */
static const char *stat_field(const char *text, int field)
{
    const char *at = strrchr(text, ')');
    for (int i = 2; at != NULL && i < field; i++) {
        at = strchr(at + 1, ' ');
    }
    return at == NULL ? NULL : at + 1;
}

PidEntry pid_entry(pid_t pid)
{
    char path[64];
    char text[STAT_MAX];
    PidEntry entry = {0};
    if (pid <= 0 || !str_format(path, sizeof(path), "/proc/%d/stat", (int)pid) ||
        !read_text(path, text, sizeof(text))) {
        return (PidEntry){0};
    }
    const char *state = stat_field(text, STAT_FIELD_STATE);
    const char *start = stat_field(text, STAT_FIELD_START);
    if (state == NULL || start == NULL || *state == 'Z' || *state == 'X' ||
        !str_to_uint(start, strcspn(start, " "), &entry.start)) {
        return (PidEntry){0};
    }
    entry.pid = pid;
    return entry;
}

bool pidfile_write(const char *path, const PidFile *pids, Error *error)
{
    char temporary[4096];
    char boot[PID_BOOT_SIZE];
    char text[TEXT_MAX];
    if (!str_format(temporary, sizeof(temporary), "%s.tmp", path) || !pid_boot(boot) ||
        !str_format(text, sizeof(text), "agent %d %llu %s\nmonitor %d %llu %s\ninstance %s\n",
                    (int)pids->agent.pid, (unsigned long long)pids->agent.start, boot,
                    (int)pids->monitor.pid, (unsigned long long)pids->monitor.start, boot,
                    pids->instance)) {
        return error_set(error, ERROR_LIMIT, "the name \"%s\" of the pid file is too long", path);
    }
    const int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return error_set_errno(error, errno, "could not create \"%s\"", temporary);
    }
    const ssize_t written = write(fd, text, strlen(text));
    const int saved = errno;
    if (close(fd) != 0 || written != (ssize_t)strlen(text) || rename(temporary, path) != 0) {
        return error_set_errno(error, written < 0 ? saved : errno, "could not write \"%s\"", path);
    }
    return true;
}

static bool parse_entry(const char *line, const char *role, const char *boot, PidEntry *ret)
{
    const size_t length = strlen(role);
    uint64_t pid = 0;
    uint64_t start = 0;
    if (strncmp(line, role, length) != 0 || line[length] != ' ') {
        return false;
    }
    const char *at = line + length + 1;
    if (!str_to_uint(at, strcspn(at, " "), &pid) || pid > INT32_MAX) {
        return false;
    }
    at += strcspn(at, " ");
    at += *at == ' ' ? 1 : 0;
    if (!str_to_uint(at, strcspn(at, " "), &start)) {
        return false;
    }
    at += strcspn(at, " ");
    at += *at == ' ' ? 1 : 0;
    if (strncmp(at, boot, BOOT_LENGTH) == 0) {
        *ret = (PidEntry){.pid = (pid_t)pid, .start = start};
    }
    return true;
}

static bool parse_instance(const char *line, char *ret)
{
    static const char role[] = "instance ";
    const char *end = strchr(line, '\n');
    const char *at = line + strlen(role);
    return strncmp(line, role, strlen(role)) == 0 && end != NULL &&
           str_copy_bytes(ret, PIDFILE_PATH_SIZE, at, (size_t)(end - at));
}

/* Whose numbers are signalled: nobody else's. */
static bool check_owner(const char *path, Error *error)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        return error_set_errno(error, errno, "could not look at \"%s\"", path);
    }
    if (about.st_uid != geteuid() || (about.st_mode & 022) != 0) {
        return error_set(error, ERROR_CONFIG,
                         "\"%s\" can be written by others (user %u, mode %04o)", path, about.st_uid,
                         about.st_mode & 07777);
    }
    return true;
}

bool pidfile_read(const char *path, PidFile *ret, Error *error)
{
    char text[TEXT_MAX];
    char boot[PID_BOOT_SIZE];
    PidFile pids = {0};
    if (!read_text(path, text, sizeof(text))) {
        if (errno == ENOENT) {
            *ret = pids;
            return true;
        }
        return error_set_errno(error, errno, "could not read \"%s\"", path);
    }
    if (!pid_boot(boot)) {
        return error_set_errno(error, errno, "could not read the boot id of this host");
    }
    if (!check_owner(path, error)) {
        return false;
    }
    const char *second = strchr(text, '\n');
    const char *third = second == NULL ? NULL : strchr(second + 1, '\n');
    if (third == NULL || !parse_entry(text, "agent", boot, &pids.agent) ||
        !parse_entry(second + 1, "monitor", boot, &pids.monitor) ||
        !parse_instance(third + 1, pids.instance)) {
        return error_set(error, ERROR_CORRUPT, "\"%s\" is not a pid file of ours", path);
    }
    *ret = pids;
    return true;
}

bool pid_alive(const PidEntry *entry)
{
    if (entry->pid == 0) {
        return false;
    }
    const PidEntry now = pid_entry(entry->pid);
    return now.pid == entry->pid && now.start == entry->start;
}

void pid_freeze(const PidEntry *entry)
{
    const int fd = entry->pid == 0 ? -1 : pidfd_open(entry->pid, 0);
    if (fd < 0) {
        return;
    }
    if (pid_alive(entry)) {
        (void)pidfd_send_signal(fd, SIGSTOP, NULL, 0); /* it may just have ended */
    }
    (void)close(fd); /* only a handle */
}

bool pid_kill(const PidEntry *entry, Millis limit, Error *error)
{
    if (entry->pid == 0) {
        return true;
    }
    const int fd = pidfd_open(entry->pid, 0);
    if (fd < 0) {
        return errno == ESRCH
                   ? true
                   : error_set_errno(error, errno, "could not open process %d", (int)entry->pid);
    }
    bool ok = true;
    if (pid_alive(entry)) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (pidfd_send_signal(fd, SIGKILL, NULL, 0) != 0 && errno != ESRCH) {
            ok = error_set_errno(error, errno, "could not kill process %d", (int)entry->pid);
        } else if (poll(&wait, 1, (int)limit) != 1) {
            ok = error_set(error, ERROR_TIMEOUT, "process %d does not end", (int)entry->pid);
        }
    }
    (void)close(fd); /* only a handle */
    return ok;
}

bool pid_wait(const PidEntry *entry, Millis limit)
{
    bool gone = true;
    const int fd = entry->pid == 0 ? -1 : pidfd_open(entry->pid, 0);
    if (fd < 0) {
        return !pid_alive(entry);
    }
    if (pid_alive(entry)) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        gone = poll(&wait, 1, (int)limit) == 1;
    }
    (void)close(fd); /* only a handle */
    return gone;
}
