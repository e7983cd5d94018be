/* pg_preload.c - what tests do to a PostgreSQL that has this preloaded, each by a file that they write.
 *
 * MC_TEST_HOLD names the file with the number of a process: that one stops in the middle of its next reload, when it
 * has read every file and has put nothing of them in force. MC_TEST_CLOCK names the file with the seconds by which
 * the wall clock is wrong; PostgreSQL tells the time by gettimeofday alone. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

typedef FILE *Opener(const char *path, const char *mode);
typedef int Closer(FILE *file);
typedef int Clock(struct timeval *, void *);

/* Meson compiles with 64-bit offsets, where the header calls the one by the name of the other. */
FILE *open_plain(const char *path, const char *mode) __asm__("fopen");
FILE *open_large(const char *path, const char *mode) __asm__("fopen64");

static long number_of(const char *variable)
{
    const char *path = getenv(variable);
    char text[32] = "";
    long number = 0;
    const int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    const ssize_t got = read(fd, text, sizeof(text) - 1);
    (void)close(fd);
    return got > 0 && sscanf(text, "%ld", &number) == 1 ? number : 0;
}

static FILE *last; /* opened of what a reload reads */

static FILE *open_next(const char *name, const char *path, const char *mode)
{
    static const char last_name[] = "postgresql.auto.conf";
    const size_t length = strlen(path);
    Opener *next = NULL;
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(&next, &found, sizeof(next));
    FILE *file = next(path, mode);
    if (length >= sizeof(last_name) &&
        strcmp(path + length - (sizeof(last_name) - 1), last_name) == 0) {
        last = file;
    }
    return file;
}

FILE *open_plain(const char *path, const char *mode)
{
    return open_next("fopen", path, mode);
}

FILE *open_large(const char *path, const char *mode)
{
    return open_next("fopen64", path, mode);
}

int fclose(FILE *file)
{
    Closer *next = NULL;
    void *found = dlsym(RTLD_NEXT, "fclose");
    memcpy(&next, &found, sizeof(next));
    const bool all_read = file != NULL && file == last;
    const int code = next(file);
    if (all_read) {
        last = NULL;
        if (number_of("MC_TEST_HOLD") == getpid()) {
            (void)unlink(getenv("MC_TEST_HOLD")); /* once */
            (void)raise(SIGSTOP);
        }
    }
    return code;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    static Clock *next;
    if (next == NULL) {
        void *found = dlsym(RTLD_NEXT, "gettimeofday");
        memcpy(&next, &found, sizeof(next));
    }
    const int code = next(now, zone);
    now->tv_sec += number_of("MC_TEST_CLOCK");
    return code;
}
