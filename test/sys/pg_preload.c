/* pg_preload.c - what tests do to a PostgreSQL that has this preloaded, each by a file that they write.
 *
 * MC_TEST_HOLD names the file with the number of a process: that one stops in the middle of its next reload, when it
 * has read mc.auto.conf and has put nothing of it in force. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef FILE *Opener(const char *path, const char *mode);

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

/* PostgreSQL reads this one last. */
static void hold(const char *path)
{
    static const char last[] = "postgresql.auto.conf";
    const size_t length = strlen(path);
    if (length < sizeof(last) || strcmp(path + length - (sizeof(last) - 1), last) != 0 ||
        number_of("MC_TEST_HOLD") != getpid()) {
        return;
    }
    (void)unlink(getenv("MC_TEST_HOLD")); /* once */
    (void)raise(SIGSTOP);
}

static FILE *open_next(const char *name, const char *path, const char *mode)
{
    Opener *next = NULL;
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(&next, &found, sizeof(next));
    hold(path);
    return next(path, mode);
}

FILE *open_plain(const char *path, const char *mode)
{
    return open_next("fopen", path, mode);
}

FILE *open_large(const char *path, const char *mode)
{
    return open_next("fopen64", path, mode);
}
