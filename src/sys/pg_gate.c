/* pg_gate.c - composes the host based authentication file for a closed and an open gate. */
#include "sys/pg_gate.h"

#include "base/assert.h"
#include "base/cleanup.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPTS_MAX = 8 * PG_PATH_SIZE };

static const char CLOSED_MARK[] = "# Mirroring Controller: gate closed\n";
static const char OPEN_MARK[] = "# Mirroring Controller: gate open\n";

/* A blank, or a line that goes on in the next one (from 14 on); 0: neither. */
static size_t blank_length(const char *at, const char *end)
{
    if (*at == '\\' && at + 1 < end && at[1] == '\n') {
        return 2;
    }
    return str_is_space(*at) ? 1 : 0;
}

static const char *skip_blank(const char *at, const char *end)
{
    while (at < end && blank_length(at, end) > 0) {
        at += blank_length(at, end);
    }
    return at;
}

/* Where a line ends that may go over several. */
static const char *line_end(const char *line)
{
    const char *end = strchrnul(line, '\n');
    while (*end == '\n' && end > line && end[-1] == '\\') {
        end = strchrnul(end + 1, '\n');
    }
    return end;
}

/* One word of a line: quoted, or up to a blank. A list with commas is one word, as in "a, b": a
 * comma joins with what follows. */
static size_t field_length(const char *at, const char *end)
{
    const char *start = at;
    bool quoted = false;
    bool joined = false;

    for (; at < end; at++) {
        if (*at == '"') {
            quoted = !quoted;
            joined = false;
        } else if (!quoted && *at == '#') {
            break;
        } else if (!quoted && blank_length(at, end) > 0) {
            if (!joined && (at == start || at[-1] != ',')) {
                break;
            }
            joined = true;
        } else if (*at != ',') {
            joined = false;
        }
    }
    return (size_t)(at - start);
}

static bool word_in_list(const char *list, size_t length, const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= length; at++) {
        bool begins = at == 0 || list[at - 1] == ',' || str_is_space(list[at - 1]);
        bool ends = at + size == length || list[at + size] == ',' || str_is_space(list[at + size]);
        if (begins && ends && memcmp(list + at, word, size) == 0) {
            return true;
        }
    }
    return false;
}

/* "type database ...", the database field names the keyword replication, unquoted. */
static bool is_replication(const char *line, const char *end)
{
    line = skip_blank(line, end);
    size_t type = field_length(line, end);
    if (type == 0) {
        return false;
    }
    line += type;
    line = skip_blank(line, end);
    return word_in_list(line, field_length(line, end), "replication");
}

/* Of a list like "db1,replication" only the keyword is let through while closed. */
static void add_replication(StrBuf *out, const char *line, const char *end)
{
    line = skip_blank(line, end);
    size_t type = field_length(line, end);
    str_add_bytes(out, line, type);
    str_add(out, " replication ");
    line += type;
    line = skip_blank(line, end);
    line += field_length(line, end);
    str_add_bytes(out, line, (size_t)(end - line));
    str_add(out, "\n");
}

/* "@file" and include directives are relative to the administrator's folder, and ours is another. */
static void add_line(StrBuf *out, const char *line, const char *end, const char *beside)
{
    bool include = str_starts_with(line, "include");
    bool word = true;
    for (const char *at = line; at < end; at++) {
        if (*at == '#') {
            str_add_bytes(out, at, (size_t)(end - at));
            break;
        }
        str_add_char(out, *at);
        if (word && *at == '@' && at + 1 < end && at[1] != '/') {
            str_add(out, beside);
            str_add(out, "/");
        }
        bool blank = str_is_space(*at);
        if (include && blank && at + 1 < end && !str_is_space(at[1]) && at[1] != '/') {
            if (at[1] == '"') {
                at++;
                str_add_char(out, '"');
            }
            if (at[1] != '/') {
                str_add(out, beside);
                str_add(out, "/");
            }
            include = false;
        }
        word = blank || *at == ',';
    }
    str_add(out, "\n");
}

static PgAgentAuth agent_auth(const PgSetup *setup)
{
    return setup->password[0] == '\0' ? PG_AGENT_PEER : PG_AGENT_PASSWORD;
}

/* "md5" is SCRAM, too, for a password that is kept so. */
bool pg_gate_text(const char *user, const char *administrator, const char *beside, PgAgentAuth auth,
                  Gate gate, bool replicas, char *ret, size_t size)
{
    const char *method = auth == PG_AGENT_PEER ? "peer" : "md5";
    StrBuf out = str_begin(ret, size);

    str_add(&out, gate == GATE_OPEN ? OPEN_MARK : CLOSED_MARK);
    str_add(&out, "# written by Mirroring Controller, always as a whole: changes are lost\n");
    str_add_format(&out, "local postgres \"%s\" %s\nlocal replication \"%s\" %s\n", user, method,
                   user, method);
    for (const char *line = administrator; *line != '\0';) {
        const char *end = line_end(line);
        if (gate == GATE_OPEN) {
            add_line(&out, line, end, beside);
        } else if (replicas && is_replication(line, end)) {
            add_replication(&out, line, end);
        }
        line = *end == '\0' ? end : end + 1;
    }
    return !out.cut;
}

bool pg_gate_write(const PgSetup *setup, const PgConfFacts *facts, Gate gate, bool replicas,
                   Error *error)
{
    char path[PG_PATH_SIZE];
    char folder[PG_PATH_SIZE];
    _cleanup_free_ char *from = malloc(PG_TEXT_MAX);
    _cleanup_free_ char *text = malloc(2 * PG_TEXT_MAX);

    if (from == NULL || text == NULL) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    if (!pg_file_read(facts->hba_file, from, PG_TEXT_MAX, NULL, error)) {
        /* A gate without its administrator's lines can be closed, but not opened. */
        if (gate == GATE_OPEN) {
            return error_wrap(error, "the administrator's authentication file");
        }
        error_clear(error);
        from[0] = '\0';
    }
    const char *slash = strrchr(facts->hba_file, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - facts->hba_file);
    if (!str_copy_bytes(folder, sizeof(folder), facts->hba_file, length) ||
        !pg_gate_text(setup->user, from, folder, agent_auth(setup), gate, replicas, text,
                      2 * PG_TEXT_MAX)) {
        return error_set(error, ERROR_LIMIT, "file \"%s\" is too long", facts->hba_file);
    }
    pg_path(path, setup->mc_dir, "mc_hba.conf");
    return pg_file_write(path, text, strlen(text), 0600, error);
}

bool pg_gate_write_shut(const PgSetup *setup, Error *error)
{
    char path[PG_PATH_SIZE];
    char text[1024];

    if (!pg_gate_text(setup->user, "", "", agent_auth(setup), GATE_CLOSED, false, text,
                      sizeof(text))) {
        return error_set(error, ERROR_LIMIT, "user name \"%s\" is too long", setup->user);
    }
    pg_path(path, setup->mc_dir, "mc_hba_closed.conf");
    return pg_file_write(path, text, strlen(text), 0600, error);
}

/* "pg_ctl restart" starts with them, also when nothing runs any more and whatever has become of the record meanwhile. Without the
 * file it would stop the instance and start none. */
bool pg_gate_keep_shut(const PgSetup *setup, Error *error)
{
    static const char ours[] = "/mc_hba.conf\"";
    char path[PG_PATH_SIZE];
    char text[OPTS_MAX];
    char shut[OPTS_MAX + sizeof(ours)];
    bool there = false;

    pg_path(path, setup->data_dir, "postmaster.opts");
    if (!pg_file_look(path, &there, error)) {
        return false;
    }
    if (!there) {
        return true;
    }
    if (!pg_file_read(path, text, sizeof(text), NULL, error)) {
        return false;
    }
    const char *at = strstr(text, ours);
    if (at == NULL) {
        return true;
    }
    const bool fits = str_format(shut, sizeof(shut), "%.*s/mc_hba_closed.conf\"%s",
                                 (int)(at - text), text, at + sizeof(ours) - 1);
    assert(fits);
    return pg_file_write(path, shut, strlen(shut), 0600, error);
}

Gate pg_gate_read(const PgSetup *setup)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    _cleanup_free_ char *text = malloc(2 * PG_TEXT_MAX);

    pg_path(path, setup->mc_dir, "mc_hba.conf");
    if (text == NULL || !pg_file_read(path, text, 2 * PG_TEXT_MAX, NULL, &error)) {
        return GATE_OPEN;
    }
    return str_starts_with(text, CLOSED_MARK) ? GATE_CLOSED : GATE_OPEN;
}

/* Our folder may have another name by now, and its files are written anew: it is the folder that counts. */
static bool is_in_folder(const char *path, const struct stat *folder)
{
    char parent[PG_PATH_SIZE];
    struct stat of;
    const char *slash = strrchr(path, '/');
    return slash != NULL && str_equal(slash, "/mc_hba.conf") &&
           str_copy_bytes(parent, sizeof(parent), path, (size_t)(slash - path)) &&
           stat(parent, &of) == 0 && of.st_ino == folder->st_ino && of.st_dev == folder->st_dev;
}

bool pg_gate_is_given(const PgSetup *setup, pid_t postmaster)
{
    static const char word[] = "hba_file=";
    char path[64];
    char words[4 * PG_PATH_SIZE];
    struct stat folder;
    (void)str_format(path, sizeof(path), "/proc/%d/cmdline", (int)postmaster); /* fits */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return true;
    }
    const ssize_t got = read(fd, words, sizeof(words) - 1);
    (void)close(fd); /* only read from */
    if (got <= 0 || stat(setup->mc_dir, &folder) != 0) {
        return true;
    }
    words[got] = '\0';
    for (const char *at = words; at < words + got; at += strlen(at) + 1) {
        if (str_starts_with(at, word) && is_in_folder(at + sizeof(word) - 1, &folder)) {
            return true;
        }
    }
    return false;
}
