/* Files of a backup directory over the members' own connection: who gets them, and which. */
#include "unit.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup/fetch.h"
#include "backup/fetch_parts.h"
#include "backup/fileask.h"
#include "backup/filesend.h"
#include "backup/manifest_file.h"
#include "backup/prune.h"
#include "base/str.h"
#include "net_help.h"

enum { SERVER = 0, CALLER = 1, ARBITER = 2, BIG = 300000 };

static char place[] = "/tmp/mcfilesXXXXXX";
static NetConfig config;
static int listener;

static void put_file(const char *name, size_t size)
{
    char path[256];
    static uint8_t bytes[BIG];
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(i * 7 + i / 256);
    }
    assert_true(str_format(path, sizeof(path), "%s/%s", place, name));
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

static void put_folder(const char *name)
{
    char path[256];
    assert_true(str_format(path, sizeof(path), "%s/%s", place, name));
    assert_int_equal(mkdir(path, 0700), 0);
}

static int begin(void **state)
{
    char path[256];
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int on = 1;
    (void)state;
    assert_non_null(mkdtemp(place));
    put_folder("archived_xlog");
    put_folder("online_xlog");
    put_folder("2026-11-23_10-00-00");
    put_file("archived_xlog/000000010000000000000001", BIG);
    put_file("secret", 10);
    assert_true(str_format(path, sizeof(path), "%s/archived_xlog/link", place));
    assert_int_equal(symlink("../secret", path), 0);
    assert_true(str_format(path, sizeof(path), "%s/archived_xlog/pipe", place));
    assert_int_equal(mkfifo(path, 0600), 0);
    config = net_help_config(2, 1);
    at.sin_port = htons(config.member[SERVER].address[0].port);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    assert_int_equal(bind(listener, (const struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(listener, 8), 0);
    return 0;
}

static int end(void **state)
{
    char path[256];
    (void)state;
    static const char *const names[] = {"archived_xlog/000000010000000000000001",
                                        "archived_xlog/link",
                                        "archived_xlog/pipe",
                                        "secret",
                                        "archived_xlog",
                                        "online_xlog",
                                        "2026-11-23_10-00-00",
                                        ""};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_true(str_format(path, sizeof(path), "%s/%s", place, names[i]));
        assert_int_equal(remove(path), 0);
    }
    return close(listener);
}

/* One caller is served, in a process of its own, as the agent's child does it. Its status: 0 when all was well. */
static pid_t serve_one(void)
{
    const pid_t pid = fork();
    if (pid != 0) {
        return pid;
    }
    const NetConfig own = net_help_for(&config, SERVER);
    const Keys keys = net_help_keys(NULL);
    const FilesendConfig what = {.destination = place};
    char word[LINK_WORD_SIZE];
    Link *link = NULL;
    Error error = {0};
    alarm(20);
    const int fd = accept(listener, NULL, NULL);
    const bool heard = recv(fd, word, sizeof(word), MSG_WAITALL) == LINK_WORD_SIZE &&
                       memcmp(word, LINK_WORD, LINK_WORD_SIZE) == 0;
    const bool good =
        heard && link_accept(&own, &keys, fd, &link, &error) && filesend_serve(&what, link, &error);
    link_free(&link);
    _exit(good ? 0 : (int)error.kind);
}

static int status_of(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static Link *call(void)
{
    const NetConfig own = net_help_for(&config, CALLER);
    const Keys keys = net_help_keys(NULL);
    Link *link = NULL;
    Error error = {0};
    if (!link_open(&own, &keys, SERVER, &link, &error)) {
        fail_msg("%s", error.text);
    }
    return link;
}

typedef struct Taken {
    size_t size;
    uint8_t bytes[BIG];
    int entries;
    int generations;
    char name[FILEWIRE_NAME_SIZE];
    char place[FILEWIRE_PLACE_SIZE];
} Taken;
static Taken taken;

static bool take(void *arg, const FileAnswer *answer, Error *error)
{
    Taken *to = arg;
    if (answer->kind == FILE_ANSWER_DATA) {
        if (to->size + answer->u.data.size > BIG) {
            return error_set(error, ERROR_LIMIT, "too much");
        }
        memcpy(to->bytes + to->size, answer->u.data.bytes, answer->u.data.size);
        to->size += answer->u.data.size;
    } else if (answer->kind == FILE_ANSWER_ENTRY) {
        to->entries++;
        memcpy(to->name, answer->u.entry.name, sizeof(to->name));
    } else if (answer->kind == FILE_ANSWER_GENERATION) {
        to->generations++;
    } else if (answer->kind == FILE_ANSWER_PLACE) {
        memcpy(to->place, answer->u.place, sizeof(to->place));
    }
    return true;
}

static bool ask(Link *link, FileAskKind kind, const char *path, uint64_t offset, uint64_t size,
                Error *error)
{
    FileAsk what = {.kind = kind, .offset = offset, .size = size};
    assert_true(str_copy(what.path, sizeof(what.path), path));
    taken = (Taken){0};
    *error = (Error){0};
    return fileask_run(link, &what, take, &taken, error);
}

static void a_server_is_shown_what_there_is_and_reads_any_range_of_it(void **state)
{
    (void)state;
    const char *segment = "archived_xlog/000000010000000000000001";
    Error error;
    const pid_t pid = serve_one();
    Link *link = call();
    assert_true(ask(link, FILE_ASK_LOOK, "", 0, 0, &error));
    assert_string_equal(taken.place, place);
    assert_int_equal(taken.generations, 1);
    assert_true(ask(link, FILE_ASK_LIST, "archived_xlog", 0, 0, &error));
    assert_int_equal(taken.entries, 1); /* neither the link nor the pipe */
    assert_string_equal(taken.name, segment + strlen("archived_xlog/"));
    assert_true(ask(link, FILE_ASK_READ, segment, 0, 0, &error));
    assert_int_equal(taken.size, BIG);
    for (size_t i = 0; i < BIG; i++) {
        assert_int_equal(taken.bytes[i], (uint8_t)(i * 7 + i / 256));
    }
    assert_true(ask(link, FILE_ASK_READ, segment, 1000, 5, &error));
    assert_int_equal(taken.size, 5);
    assert_int_equal(taken.bytes[0], (uint8_t)(1000 * 7 + 1000 / 256));
    assert_true(ask(link, FILE_ASK_READ, segment, BIG + 1, 0, &error));
    assert_int_equal(taken.size, 0);
    link_free(&link);
    assert_int_equal(status_of(pid), 0);
}

static void nothing_is_given_out_through_links_and_pipes_and_nobody_waits_for_one(void **state)
{
    (void)state;
    Error error;
    const pid_t pid = serve_one();
    Link *link = call();
    assert_false(ask(link, FILE_ASK_READ, "archived_xlog/link", 0, 0, &error));
    assert_int_equal(error.kind, ERROR_SYSTEM);
    assert_false(ask(link, FILE_ASK_READ, "archived_xlog/pipe", 0, 0, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_false(ask(link, FILE_ASK_LIST, "2026-01-01_00-00-00", 0, 0, &error));
    assert_false(ask(link, FILE_ASK_PULL, "2026-11-23_10-00-00", 0, 0, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(taken.size, 0);
    assert_true(
        ask(link, FILE_ASK_LIST, "online_xlog", 0, 0, &error)); /* it goes on all the same */
    link_free(&link);
    assert_int_equal(status_of(pid), 0);
}

static void a_request_that_is_none_ends_the_connection(void **state)
{
    (void)state;
    const uint8_t evil[] = "\x03\x00\x12"
                           "archived_xlog/../x"
                           "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    const uint8_t *bytes = NULL;
    size_t size = 0;
    Error error = {0};
    const pid_t pid = serve_one();
    Link *link = call();
    assert_true(link_send(link, evil, sizeof(evil) - 1, &error));
    assert_false(link_receive(link, &bytes, &size, &error));
    assert_int_equal(error.kind, ERROR_NETWORK);
    link_free(&link);
    assert_int_equal(status_of(pid), ERROR_PROTOCOL);
}

/* Calls as somebody who may not; what the caller is told. */
static void be_refused(const NetConfig *as, const Keys *keys, int status, const char *says)
{
    Link *link = NULL;
    Error error = {0};
    const pid_t pid = serve_one();
    assert_false(link_open(as, keys, SERVER, &link, &error));
    if (strstr(error.text, says) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", error.text, says);
    }
    assert_int_equal(status_of(pid), status);
}

static void whoever_is_no_server_of_this_cluster_gets_nothing(void **state)
{
    (void)state;
    const Keys ours = net_help_keys(NULL);
    const Keys others = net_help_keys("another secret of at least thirty-two bytes");
    const Keys arbiter = net_help_arbiter_keys(&config, ARBITER);
    NetConfig as = net_help_for(&config, CALLER);
    be_refused(&as, &others, ERROR_PROTOCOL, "not authenticated");
    as = net_help_for(&config, ARBITER);
    be_refused(&as, &arbiter, ERROR_PROTOCOL, "ended the connection");
    as = net_help_for(&config, CALLER);
    /* Another name in the place of one; a line more behind the others would be none (E4). */
    as.members.member[ARBITER] = (Member){.kind = MEMBER_ARBITER, .name = "x"};
    be_refused(&as, &ours, ERROR_PROTOCOL, "other members");
}

static void an_agent_that_serves_no_files_is_named_as_such(void **state)
{
    (void)state;
    const NetConfig own = net_help_for(&config, CALLER);
    const Keys keys = net_help_keys(NULL);
    Link *link = NULL;
    Error error = {0};
    const pid_t pid = fork();
    if (pid == 0) {
        const int fd = accept(listener, NULL, NULL);
        char word[LINK_WORD_SIZE];
        (void)!recv(fd, word, sizeof(word), MSG_WAITALL);
        close(fd);
        _exit(0);
    }
    assert_false(link_open(&own, &keys, SERVER, &link, &error));
    assert_int_equal(error.kind, ERROR_NETWORK);
    assert_non_null(strstr(error.text, "shows no backup directory"));
    assert_int_equal(status_of(pid), 0);
}

/* ---- fetching ---- */

#define GENERATION "2026-11-23_10-00-00"
static char here[] = "/tmp/mcfetchXXXXXX";
static char synced[8][64]; /* names of files that were synced, the last ones */
static unsigned syncs;

/* What happens meanwhile: when a file of this name is synced, one is put in the place of another. */
static struct {
    const char *when; /* NULL: nothing does */
    char from[256];
    char to[256];
} meanwhile;

/* In place of the C library's: what is durable is what was synced. */
int fsync(int fd)
{
    char link[64];
    char path[512];
    assert_true(str_format(link, sizeof(link), "/proc/self/fd/%d", fd));
    const ssize_t length = readlink(link, path, sizeof(path) - 1);
    if (length > 0) {
        path[length] = '\0';
        const char *name = strrchr(path, '/') + 1;
        (void)str_copy(synced[syncs++ % 8], sizeof(synced[0]), name);
        if (meanwhile.when != NULL && strcmp(meanwhile.when, name) == 0) {
            meanwhile.when = NULL;
            assert_int_equal(rename(meanwhile.from, meanwhile.to), 0);
        }
    }
    return (int)syscall(SYS_fsync, fd);
}

static bool was_synced(const char *name)
{
    for (unsigned i = 0; i < 8; i++) {
        if (strcmp(synced[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void be_silent(void *arg, const char *what, uint64_t done, uint64_t of)
{
    (void)arg;
    (void)what;
    (void)done;
    (void)of;
}

static const volatile sig_atomic_t go_on;
static const Report report = {.progress = be_silent, .interrupted = &go_on};

static void put_line(ManifestWriter *out, ManifestKind kind, uint64_t number)
{
    ManifestLine line = {.kind = kind, .number = number, .path = "/data"};
    Error error = {0};
    assert_true(manifest_write(out, &line, &error));
}

/* Of a generation without files, with one pack of so many bytes; where there is a key, sealed with it. */
static void put_manifest(const char *folder, const BackupKey *key, uint64_t pack)
{
    Error error = {0};
    ManifestWriter *out = NULL;
    Cipher *cipher = NULL;
    ManifestHead head = {0};
    ManifestLine line = {.kind = MANIFEST_PACK, .size = pack};
    memcpy(head.key, key->id, sizeof(head.key));
    assert_true(cipher_new(key, &head, &cipher, &error));
    assert_true(manifest_writer_new(folder, &out, &error));
    put_line(out, MANIFEST_BEGIN, MANIFEST_VERSION);
    for (int kind = MANIFEST_SYSTEM; kind <= MANIFEST_DATA; kind++) {
        const uint64_t number = kind == MANIFEST_WAL_SEGMENT ? 16777216
                                : kind == MANIFEST_BAD_PAGES ? 0
                                                             : 1;
        put_line(out, (ManifestKind)kind, number);
    }
    if (key->given) {
        ManifestLine about = {.kind = MANIFEST_CIPHER};
        memcpy(about.target, key->id, sizeof(key->id));
        assert_true(manifest_write(out, &about, &error));
    }
    if (pack > 0) {
        assert_true(manifest_write(out, &line, &error));
    }
    assert_true(manifest_writer_end(out, cipher, &error));
    manifest_writer_free(&out);
    cipher_free(&cipher);
}

static void put_generation(const BackupKey *key)
{
    char folder[256];
    assert_true(str_format(folder, sizeof(folder), "%s/" GENERATION, place));
    put_manifest(folder, key, BIG);
    put_file(GENERATION "/pack.0", BIG);
}

static void forget(const char *root, const char *name)
{
    char path[256];
    assert_true(str_format(path, sizeof(path), "%s/%s", root, name));
    assert_int_equal(remove(path), 0);
}

typedef struct Fetched {
    NetConfig own;
    Keys keys;
    FetchOptions options;
    FetchSummary summary;
} Fetched;

static void begin_fetch(Fetched *fetched)
{
    if (strcmp(here, "/tmp/mcfetchXXXXXX") == 0) {
        assert_non_null(mkdtemp(here));
    }
    *fetched = (Fetched){.own = net_help_for(&config, CALLER), .keys = net_help_keys(NULL)};
    fetched->options = (FetchOptions){
        .destination = here, .config = &fetched->own, .keys = &fetched->keys, .from = SERVER};
}

static bool exists_here(const char *name)
{
    char path[256];
    assert_true(str_format(path, sizeof(path), "%s/%s", here, name));
    return access(path, F_OK) == 0;
}

static off_t size_here(const char *name)
{
    char path[256];
    struct stat of;
    assert_true(str_format(path, sizeof(path), "%s/%s", here, name));
    assert_int_equal(stat(path, &of), 0);
    return of.st_size;
}

static void an_archived_file_that_is_no_wal_does_not_take_the_place_of_one(void **state)
{
    (void)state;
    static Fetched fetched;
    Error error = {0};
    begin_fetch(&fetched);
    const pid_t pid = serve_one();
    assert_false(fetch_wal(&fetched.options, 0, 16777216, true, &report, &fetched.summary, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
    assert_false(exists_here("archived_xlog/000000010000000000000001"));
    assert_int_equal(status_of(pid), 0);
    forget(here, "archived_xlog/000000010000000000000001.fetching");
}

static void what_was_archived_here_meanwhile_is_not_written_over(void **state)
{
    (void)state;
    static Fetched fetched;
    Error error = {0};
    begin_fetch(&fetched);
    put_file("archived_xlog/00000001.history", 20);
    put_file("own", 10);
    assert_true(str_format(meanwhile.from, sizeof(meanwhile.from), "%s/own", place));
    assert_true(
        str_format(meanwhile.to, sizeof(meanwhile.to), "%s/archived_xlog/00000001.history", here));
    meanwhile.when = "00000001.history.fetching";
    const pid_t pid = serve_one();
    /* It goes on, and fails at the segment that is none. */
    assert_false(fetch_wal(&fetched.options, 0, 16777216, true, &report, &fetched.summary, &error));
    assert_non_null(strstr(error.text, "000000010000000000000001"));
    assert_null(meanwhile.when);
    assert_int_equal(size_here("archived_xlog/00000001.history"), 10);
    assert_int_equal(fetched.summary.segments, 0);
    assert_false(exists_here("archived_xlog/00000001.history.fetching"));
    assert_int_equal(status_of(pid), 0);
    forget(here, "archived_xlog/000000010000000000000001.fetching");
    forget(here, "archived_xlog/00000001.history");
    forget(place, "archived_xlog/00000001.history");
}

static void no_more_of_a_file_is_taken_than_its_name_allows(void **state)
{
    (void)state;
    static Fetched fetched;
    Error error = {0};
    begin_fetch(&fetched);
    put_file("archived_xlog/00000001.history", BIG);
    const pid_t pid = serve_one();
    assert_false(fetch_wal(&fetched.options, 0, 16777216, true, &report, &fetched.summary, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
    assert_non_null(strstr(error.text, "more bytes than the 262143 that it may have"));
    assert_true(size_here("archived_xlog/00000001.history.fetching") <= 262143);
    (void)waitpid(pid, NULL, 0); /* it may have been cut off in the middle of the file */
    forget(here, "archived_xlog/00000001.history.fetching");
    forget(place, "archived_xlog/00000001.history");
}

static bool fetch(Fetched *fetched, Error *error)
{
    *error = (Error){0};
    syncs = 0;
    memset(synced, 0, sizeof(synced));
    const pid_t pid = serve_one();
    const bool good =
        fetch_generation(&fetched->options, GENERATION, &report, &fetched->summary, error);
    assert_int_equal(status_of(pid), 0);
    return good;
}

static void what_a_killed_run_has_brought_is_made_durable_before_it_is_complete(void **state)
{
    (void)state;
    static Fetched fetched;
    static const BackupKey none;
    char from[256];
    char to[256];
    Error error = {0};
    begin_fetch(&fetched);
    put_generation(&none);
    assert_true(fetch(&fetched, &error));
    assert_true(was_synced("pack.0"));
    /* As a run leaves it that is killed when all was written and the sync had not begun. */
    assert_true(str_format(from, sizeof(from), "%s/" GENERATION "/manifest", here));
    forget(here, GENERATION "/manifest");
    assert_true(str_format(to, sizeof(to), "%s/" GENERATION "/" STORE_MARKER, here));
    const int marker = open(to, O_WRONLY | O_CREAT, 0600);
    assert_true(marker >= 0);
    close(marker);
    ManifestLine *line = malloc(sizeof(*line));
    ManifestReader *in = NULL;
    assert_true(str_format(from, sizeof(from), "%s/" GENERATION, place));
    assert_true(manifest_reader_new(from, &in, &error));
    for (bool more = true; more;) {
        assert_true(manifest_next(in, line, &more, &error));
    }
    manifest_reader_free(&in);
    char origin[2 * MANIFEST_DIGEST_SIZE + 1];
    str_from_bytes(line->digest, MANIFEST_DIGEST_SIZE, origin);
    free(line);
    assert_true(str_format(to, sizeof(to), "%s/" GENERATION "/origin", here));
    assert_true(pg_file_write(to, origin, strlen(origin), 0600, &error));
    fetched.summary = (FetchSummary){0};
    assert_true(fetch(&fetched, &error));
    assert_true(fetched.summary.bytes < BIG); /* the pack was not brought again */
    assert_true(was_synced("pack.0"));
    assert_true(exists_here(GENERATION "/manifest"));
    forget(here, GENERATION "/manifest");
    forget(here, GENERATION "/pack.0");
    forget(here, GENERATION);
    forget(place, GENERATION "/manifest");
    forget(place, GENERATION "/pack.0");
}

static void a_manifest_that_was_made_up_without_the_key_never_makes_a_generation_complete(
    void **state)
{
    (void)state;
    static Fetched fetched;
    Error error = {0};
    const BackupKey key = {.given = true, .bytes = {1}, .id = "0123456789abcdef"};
    BackupKey forged = key;
    forged.bytes[0] = 2;
    begin_fetch(&fetched);
    fetched.options.key = key;
    put_generation(&forged);
    assert_false(fetch(&fetched, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
    assert_non_null(strstr(error.text, "without the key"));
    assert_false(exists_here(GENERATION "/manifest"));
    forget(place, GENERATION "/manifest");
    forget(place, GENERATION "/pack.0");
    put_generation(&key);
    assert_true(fetch(&fetched, &error));
    assert_true(exists_here(GENERATION "/manifest"));
    forget(place, GENERATION "/manifest");
    forget(place, GENERATION "/pack.0");
}

/* A server that sends without end must not fill the disk here. */
static void no_more_of_a_pack_is_taken_than_its_manifest_says(void **state)
{
    (void)state;
    static Fetched fetched;
    static const BackupKey none;
    char folder[256];
    Error error = {0};
    begin_fetch(&fetched);
    assert_true(str_format(folder, sizeof(folder), "%s/" GENERATION, place));
    put_manifest(folder, &none, 1000);
    put_file(GENERATION "/pack.0", BIG);
    const pid_t pid = serve_one();
    assert_false(fetch_generation(&fetched.options, GENERATION, &report, &fetched.summary, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
    assert_non_null(strstr(error.text, "more bytes than the 1000 that it may have"));
    assert_true(size_here(GENERATION "/pack.0") <= 1000);
    (void)waitpid(pid, NULL, 0); /* it may have been cut off in the middle of the file */
    static const char *const left[] = {GENERATION "/manifest.fetched", GENERATION "/pack.0",
                                       GENERATION "/origin", GENERATION "/" STORE_MARKER,
                                       GENERATION};
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
        forget(here, left[i]);
    }
    forget(place, GENERATION "/manifest");
    forget(place, GENERATION "/pack.0");
}

/* As a run leaves it that was killed when the packs were here: incomplete, of the generation that is there. */
static void leave_unfinished(void)
{
    char path[256];
    char folder[256];
    char origin[2 * MANIFEST_DIGEST_SIZE + 1];
    static const uint8_t bytes[BIG];
    static ManifestLine line;
    ManifestReader *in = NULL;
    Error error = {0};
    assert_true(str_format(folder, sizeof(folder), "%s/" GENERATION, place));
    assert_true(manifest_reader_new(folder, &in, &error));
    for (bool more = true; more;) {
        assert_true(manifest_next(in, &line, &more, &error));
    }
    manifest_reader_free(&in);
    str_from_bytes(line.digest, MANIFEST_DIGEST_SIZE, origin);
    assert_true(str_format(folder, sizeof(folder), "%s/" GENERATION, here));
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_true(str_format(path, sizeof(path), "%s/" STORE_MARKER, folder));
    assert_true(pg_file_write(path, "", 0, 0600, &error));
    assert_true(str_format(path, sizeof(path), "%s/origin", folder));
    assert_true(pg_file_write(path, origin, strlen(origin), 0600, &error));
    assert_true(str_format(path, sizeof(path), "%s/pack.0", folder));
    assert_true(pg_file_write(path, (const char *)bytes, sizeof(bytes), 0600, &error));
}

static void no_byte_more_is_taken_than_a_file_may_have(void **state)
{
    (void)state;
    const uint64_t most = FETCH_MANIFEST_MOST;
    assert_true(most == UINT64_C(4294967296)); /* so no 32 bits are enough for it */
    assert_true(fetch_has_room(0, most, most));
    assert_true(fetch_has_room(most - 1, 1, most));
    assert_true(fetch_has_room(most, 0, most));
    assert_false(fetch_has_room(most, 1, most));
    assert_false(fetch_has_room(most - 1, 2, most));
    assert_false(fetch_has_room(most + 1, 0, most));
    assert_false(fetch_has_room(1, UINT64_MAX, most));
}

static void a_line_of_a_manifest_without_end_is_refused(void **state)
{
    (void)state;
    static Fetched fetched;
    static char text[2 * MANIFEST_LINE_MAX];
    ManifestReader *in = NULL;
    ManifestLine *line = malloc(sizeof(*line));
    char folder[256];
    char path[256];
    bool more = true;
    Error error = {0};
    begin_fetch(&fetched);
    assert_true(str_format(folder, sizeof(folder), "%s/" GENERATION, here));
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_true(str_format(path, sizeof(path), "%s/manifest", folder));
    memset(text, 'x', sizeof(text));
    const char first[] = "mirroring-controller-backup 1\n";
    memcpy(text, first, sizeof(first) - 1);
    assert_true(pg_file_write(path, text, sizeof(text), 0600, &error));
    assert_true(manifest_reader_new(folder, &in, &error));
    assert_true(manifest_next(in, line, &more, &error));
    assert_false(manifest_next(in, line, &more, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
    assert_non_null(strstr(error.text, "too long"));
    manifest_reader_free(&in);
    free(line);
    forget(here, GENERATION "/manifest");
    assert_int_equal(rmdir(folder), 0);
}

/* What was spoilt is fetched once more, and the manifest may be another one by then. */
static void a_manifest_that_changed_between_two_tries_is_checked_again(void **state)
{
    (void)state;
    static Fetched fetched;
    static const BackupKey none;
    Error error = {0};
    const BackupKey key = {.given = true, .bytes = {1}, .id = "0123456789abcdef"};
    BackupKey forged = key;
    forged.bytes[0] = 2;
    begin_fetch(&fetched);
    fetched.options.key = key;
    put_generation(&forged); /* so that what is here already is not proved */
    leave_unfinished();
    put_folder("later");
    assert_true(str_format(meanwhile.from, sizeof(meanwhile.from), "%s/later", place));
    put_manifest(meanwhile.from, &none, BIG);
    assert_true(str_format(meanwhile.from, sizeof(meanwhile.from), "%s/later/manifest", place));
    assert_true(
        str_format(meanwhile.to, sizeof(meanwhile.to), "%s/" GENERATION "/manifest", place));
    meanwhile.when = "pack.0";
    assert_false(fetch(&fetched, &error));
    assert_null(meanwhile.when);
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.text, "is not encrypted, and a key is given here"));
    assert_false(exists_here(GENERATION "/manifest"));
    static const char *const left[] = {GENERATION "/manifest.fetched", GENERATION "/pack.0",
                                       GENERATION "/" STORE_MARKER, GENERATION,
                                       ".manifest.fetched"};
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
        forget(here, left[i]);
    }
    forget(place, "later");
    forget(place, GENERATION "/manifest");
    forget(place, GENERATION "/pack.0");
}

/* What can be made up without a key must not pass where one is given. */
static void a_generation_in_clear_is_not_fetched_where_a_key_is_given(void **state)
{
    (void)state;
    static Fetched fetched;
    static const BackupKey none;
    Error error = {0};
    begin_fetch(&fetched);
    fetched.options.key = (BackupKey){.given = true, .bytes = {1}, .id = "0123456789abcdef"};
    put_generation(&none);
    assert_false(fetch(&fetched, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.text, "is not encrypted, and a key is given here"));
    assert_non_null(strstr(error.text, "--fetch --key-file none"));
    assert_false(exists_here(GENERATION));
    forget(here, ".manifest.fetched");
    forget(place, GENERATION "/manifest");
    forget(place, GENERATION "/pack.0");
}

/* Its name is of the clock of the server that made it, which may be behind. */
static void what_was_just_stored_is_not_pruned_whatever_its_name(void **state)
{
    (void)state;
    static const char *const names[] = {GENERATION, "2026-11-24_10-00-00", "2026-11-25_10-00-00"};
    static const BackupKey none;
    char root[] = "/tmp/mcpruneXXXXXX";
    char folder[256];
    Store store = STORE_NONE;
    Error error = {0};
    int generations = 0;
    int segments = 0;
    assert_non_null(mkdtemp(root));
    assert_true(store_open(root, &store, &error) && store_make(&store, &error));
    for (size_t i = 0; i < 3; i++) {
        assert_true(str_format(folder, sizeof(folder), "%s/%s", root, names[i]));
        assert_int_equal(mkdir(folder, 0700), 0);
        put_manifest(folder, &none, 0);
    }
    assert_true(prune_store(&store, GENERATION, 1, &report, &generations, &segments, &error));
    assert_int_equal(generations, 1);
    forget(root, GENERATION "/manifest");
    forget(root, "2026-11-25_10-00-00/manifest");
    static const char *const rest[] = {GENERATION,
                                       "2026-11-25_10-00-00",
                                       "archived_wal",
                                       "online_wal",
                                       "archived_xlog",
                                       "online_xlog",
                                       ""};
    for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
        forget(root, rest[i]);
    }
}

static int end_fetch(void **state)
{
    (void)state;
    static const char *const names[] = {GENERATION "/manifest",
                                        GENERATION "/pack.0",
                                        GENERATION,
                                        "archived_wal",
                                        "online_wal",
                                        "archived_xlog",
                                        "online_xlog",
                                        ".lock",
                                        ""};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        forget(here, names[i]);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_is_shown_what_there_is_and_reads_any_range_of_it),
        cmocka_unit_test(nothing_is_given_out_through_links_and_pipes_and_nobody_waits_for_one),
        cmocka_unit_test(a_request_that_is_none_ends_the_connection),
        cmocka_unit_test(whoever_is_no_server_of_this_cluster_gets_nothing),
        cmocka_unit_test(an_agent_that_serves_no_files_is_named_as_such),
        cmocka_unit_test(an_archived_file_that_is_no_wal_does_not_take_the_place_of_one),
        cmocka_unit_test(what_a_killed_run_has_brought_is_made_durable_before_it_is_complete),
        cmocka_unit_test(a_generation_in_clear_is_not_fetched_where_a_key_is_given),
        cmocka_unit_test(what_was_archived_here_meanwhile_is_not_written_over),
        cmocka_unit_test(no_more_of_a_file_is_taken_than_its_name_allows),
        cmocka_unit_test(no_more_of_a_pack_is_taken_than_its_manifest_says),
        cmocka_unit_test(no_byte_more_is_taken_than_a_file_may_have),
        cmocka_unit_test(a_line_of_a_manifest_without_end_is_refused),
        cmocka_unit_test(a_manifest_that_changed_between_two_tries_is_checked_again),
        cmocka_unit_test(what_was_just_stored_is_not_pruned_whatever_its_name),
        cmocka_unit_test_teardown(
            a_manifest_that_was_made_up_without_the_key_never_makes_a_generation_complete,
            end_fetch),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
