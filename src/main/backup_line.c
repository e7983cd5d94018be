/*
 * Options of the backup commands.
 */
#include "main/backup_line.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/io.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "cli/site.h"
#include "sys/pg_setup.h"

enum { KEEP_USUAL = 2 };

static bool take_path(char *ret, const char *path, Error *error)
{
    return str_copy(ret, PG_PATH_SIZE, path) ||
           error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", path);
}

/* A data directory is looked at under its true name; one that a restore will make has none yet. */
static bool take_data_dir(char *ret, const char *path, Error *error)
{
    char real[PATH_MAX];
    if (path[0] != '/') {
        return error_set(error, ERROR_USAGE, "data directory \"%s\" does not begin with a slash",
                         path);
    }
    return take_path(ret, realpath(path, real) == NULL ? path : real, error);
}

static bool read_site(const CommandLine *line, BackupPlace *ret, Error *error)
{
    const char *variable = getenv(command_programs[line->program].environment);
    int status = 0;
    if (!command_given(line, OPTION_DIRECTORY) && (variable == NULL || variable[0] == '\0')) {
        return true;
    }
    _cleanup_free_ Site *site = calloc(1, sizeof(*site));
    if (site == NULL || !site_open_or_say(line, MEMBER_SERVER, site, &status)) {
        return error_set(error, ERROR_CONFIG, "the management directory cannot be used");
    }
    ret->keep = (int)site->server.backup_generations;
    const char *key = site->server.backup_key_file;
    if (key[0] != '\0' && key[0] != '/' ? !io_path(ret->key_file, site->dir, key, error)
                                        : !take_path(ret->key_file, key, error)) {
        return false;
    }
    ret->copy_limit = (int)(site->server.backup_copy_limit / 1000);
    if (!take_path(ret->copy_command, site->server.backup_copy_command, error) ||
        !str_copy(ret->copy_resources, sizeof(ret->copy_resources),
                  site->server.backup_copy_resources)) {
        return error_set(error, ERROR_LIMIT, "backup_copy_resources is too long");
    }
    return take_path(ret->data_dir, site->server.db_instance, error) &&
           take_path(ret->destination, site->server.backup_destination, error) &&
           take_path(ret->bin_dir, site->server.bin_directory, error);
}

bool backup_place(const CommandLine *line, BackupPlace *ret, Error *error)
{
    BackupPlace place = {.keep = KEEP_USUAL};
    const char *variable = getenv("PGDATA");
    if (!read_site(line, &place, error)) {
        return false;
    }
    const char *data = command_value(line, OPTION_INSTANCE);
    if (data == NULL && place.data_dir[0] == '\0') {
        data = variable;
    }
    const char *destination = command_value(line, OPTION_DESTINATION);
    const char *key = command_value(line, OPTION_KEY_FILE);
    const char *copy = command_value(line, OPTION_COPY_COMMAND);
    const char *resources = command_value(line, OPTION_COPY_RESOURCES);
    if ((data != NULL && data[0] != '\0' && !take_data_dir(place.data_dir, data, error)) ||
        (destination != NULL && !take_path(place.destination, destination, error)) ||
        (copy != NULL &&
         !take_path(place.copy_command, str_equal(copy, "none") ? "" : copy, error)) ||
        (resources != NULL &&
         !str_copy(place.copy_resources, sizeof(place.copy_resources), resources) &&
         !error_set(error, ERROR_LIMIT, "there are too many names of resources")) ||
        (key != NULL && !take_path(place.key_file, str_equal(key, "none") ? "" : key, error))) {
        return false;
    }
    if (place.copy_command[0] == '\0' && resources == NULL) {
        place.copy_resources[0] = '\0'; /* of a command that was not meant this time */
    }
    *ret = place;
    return true;
}

/* Runs "postgres -D dir -C name" and takes its one line. */
static bool run_postgres(const char *bin_dir, const char *data_dir, char *ret, size_t size,
                         Error *error)
{
    char program[PG_PATH_SIZE];
    int ends[2];
    size_t length = 0;
    int status = 0;
    if (!io_path(program, bin_dir, "postgres", error)) {
        return false;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return error_set_errno(error, errno, "make a pipe");
    }
    const pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(ends[1], STDOUT_FILENO); /* without it there is no answer, which is seen */
        (void)execl(program, program, "-D", data_dir, "-C", "pgx.backup_destination", (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    ssize_t got = 0;
    while (pid > 0 && length + 1 < size &&
           (got = read(ends[0], ret + length, size - 1 - length)) > 0) {
        length += (size_t)got;
    }
    (void)close(ends[0]);
    ret[length] = '\0';
    ret[strcspn(ret, "\n")] = '\0';
    if (pid < 0 || waitpid(pid, &status, 0) != pid) {
        return error_set_errno(error, errno, "run \"%s\"", program);
    }
    if (status != 0) {
        ret[0] = '\0'; /* it says so on standard error */
    }
    return true;
}

bool backup_ask_destination(BackupPlace *place, Error *error)
{
    char bin_dir[PG_PATH_SIZE];
    Error none = {0};
    if (place->destination[0] != '\0' || place->data_dir[0] == '\0') {
        return true;
    }
    memcpy(bin_dir, place->bin_dir, sizeof(bin_dir));
    if (bin_dir[0] == '\0' && !pg_bin_find(place->data_dir, bin_dir, &none)) {
        return true; /* there is nobody to ask */
    }
    return run_postgres(bin_dir, place->data_dir, place->destination, sizeof(place->destination),
                        error);
}

bool backup_number(const CommandLine *line, OptionId option, int64_t least, int64_t most, int *ret,
                   Error *error)
{
    int64_t number = 0;
    const char *text = command_value(line, option);
    if (text == NULL) {
        return true;
    }
    if (!str_to_int(text, strlen(text), &number) || number < least || number > most) {
        return error_set(error, ERROR_USAGE, "\"%s\" is no number from %lld to %lld", text,
                         (long long)least, (long long)most);
    }
    *ret = (int)number;
    return true;
}

bool backup_copy(const CommandLine *line, BackupPlace *place, CopyCommand *ret, Error *error)
{
    enum { LIMIT_MAX = 100 * 86400 };
    if (!backup_number(line, OPTION_COPY_LIMIT, 0, LIMIT_MAX, &place->copy_limit, error)) {
        return false;
    }
    *ret = (CopyCommand){.path = place->copy_command[0] == '\0' ? NULL : place->copy_command,
                         .limit = (Millis)place->copy_limit * 1000};
    return true;
}

bool backup_key(const BackupPlace *place, BackupKey *ret, Error *error)
{
    return place->key_file[0] == '\0' || backup_key_read(place->key_file, ret, error);
}

bool backup_rate(const CommandLine *line, uint64_t *ret, Error *error)
{
    static const struct {
        const char *unit;
        uint64_t factor;
    } units[] = {{"", 1}, {"B", 1}, {"kB", 1u << 10}, {"MB", 1u << 20}, {"GB", 1u << 30}};
    const char *text = command_value(line, OPTION_MAX_RATE);
    uint64_t number = 0;
    if (text == NULL) {
        return true;
    }
    size_t digits = 0;
    while (str_is_digit(text[digits])) {
        digits++;
    }
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (str_equal(text + digits, units[i].unit) && str_to_uint(text, digits, &number) &&
            number > 0 && number <= (UINT64_C(1) << 40) / units[i].factor) {
            *ret = number * units[i].factor;
            return true;
        }
    }
    return error_set(error, ERROR_USAGE,
                     "\"%s\" is no rate: a number from 1 on, and behind it kB, MB or GB, at most "
                     "1024GB in a second",
                     text);
}

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    interrupted = number;
}

static void report_say(void *arg, const LogEntry *entry)
{
    BackupTalk *talk = arg;
    progress_end(&talk->progress);
    say_entry(talk->program, entry);
}

static void report_progress(void *arg, const char *what, uint64_t done, uint64_t of)
{
    BackupTalk *talk = arg;
    progress_bar(&talk->progress, io_now(), what, done, of);
}

void backup_talk_begin(BackupTalk *talk, const char *program)
{
    const struct sigaction action = {.sa_handler = on_signal};
    *talk = (BackupTalk){.program = program, .progress = progress_begin(io_now())};
    talk->report = (Report){
        .say = report_say, .progress = report_progress, .arg = talk, .interrupted = &interrupted};
    (void)sigaction(SIGINT, &action, NULL); /* cannot fail with these numbers */
    (void)sigaction(SIGTERM, &action, NULL);
    (void)umask(077);
}
