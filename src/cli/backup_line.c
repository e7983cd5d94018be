/*
 * What pgx_walreceive has written of itself (src/mirror/keep.c), and whether it lives: it holds its lock as long.
 */
#include "cli/backup_line.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/files.h"
#include "sys/keeper.h"

enum { STATE_MAX = 1024 };

bool backup_keeper_lives(const Site *site)
{
    char path[PATH_SIZE];
    Error ignored = {0};
    if (!path_join(site->dir, "mirror.lock", path, sizeof(path), &ignored)) {
        return false;
    }
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    const bool lives = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
    if (fd >= 0) {
        (void)close(fd); /* only looked at */
    }
    return lives;
}

/* An operator's word of pause-mirror, which holds also while this server is a standby. */
static bool is_held(const Site *site)
{
    char path[PATH_SIZE];
    Error ignored = {0};
    return path_join(site->dir, KEEPER_HOLD_FILE, path, sizeof(path), &ignored) &&
           access(path, F_OK) == 0;
}

/* What stands behind a word at the beginning of a line, up to its end. */
static const char *value_of(const char *text, const char *word, size_t *ret_length)
{
    for (const char *line = text; *line != '\0';) {
        const char *end = strchrnul(line, '\n');
        if (str_starts_with(line, word)) {
            *ret_length = (size_t)(end - line) - strlen(word);
            return line + strlen(word);
        }
        line = *end == '\0' ? end : end + 1;
    }
    *ret_length = 0;
    return "";
}

static void add_value(StrBuf *out, const char *before, const char *text, const char *word)
{
    size_t length = 0;
    const char *value = value_of(text, word, &length);
    str_add(out, before);
    str_add_bytes(out, value, length);
}

void backup_line(const Site *site, StrBuf *out)
{
    char path[PATH_SIZE];
    char text[STATE_MAX] = "";
    Error ignored = {0};
    if (site->server.backup_destination[0] == '\0') {
        return;
    }
    if (!backup_keeper_lives(site) ||
        !path_join(site->dir, "mirror.state", path, sizeof(path), &ignored) ||
        !text_read(path, text, sizeof(text), &ignored)) {
        str_add(out, "\nmirrored WAL: not running\n");
        return;
    }
    size_t length = 0;
    const char *state = value_of(text, "mirror ", &length);
    add_value(out, "\nmirrored WAL: ", text, "mirror ");
    if (str_starts_with(state, "off")) {
        str_add(out, ", not the primary");
        str_add(out, is_held(site) ? "; paused by an operator (mc_ctl resume-mirror)" : "");
    } else if (str_starts_with(state, "streaming")) {
        add_value(out, ", synced up to ", text, "flushed ");
    } else {
        add_value(out, ": ", text, "reason ");
    }
    add_value(out, "\nto be archived: ", text, "waiting ");
    str_add(out, "\n");
}

bool backup_mirror_is(const Site *site, bool paused)
{
    char path[PATH_SIZE];
    char text[STATE_MAX] = "";
    Error ignored = {0};
    size_t length = 0;
    if (!path_join(site->dir, "mirror.state", path, sizeof(path), &ignored) ||
        !text_read(path, text, sizeof(text), &ignored)) {
        return false;
    }
    const bool off = str_starts_with(value_of(text, "mirror ", &length), "off");
    const bool held = str_starts_with(value_of(text, "mirror ", &length), "paused") &&
                      str_starts_with(value_of(text, "reason ", &length), KEEPER_HOLD_WORDS);
    return off || held == paused;
}
