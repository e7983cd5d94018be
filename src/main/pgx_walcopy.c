/*
 * pgx_walcopy: archive_command of PostgreSQL 13 and 14, which have no archive modules.
 *
 *     archive_command = 'pgx_walcopy "%p" "/backup/archived_xlog/%f"'
 *
 * PostgreSQL runs it in the data directory, and takes 0 for archived and anything else for "again later".
 * With --serve it is the helper of the archive module (archive/request.h): requests and answers go over its
 * standard input, a socket, until that ends.
 *
 * It leaves the data directory before it touches the backup disk: who hangs there is no process of the instance.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "archive/layout.h"
#include "archive/owner.h"
#include "archive/request.h"

enum { DONE = 0, FAILED = 1, USAGE = 2 };

static const char HELP[] =
    "pgx_walcopy: copies one WAL file into the archive: durably, and never over another file\n"
    "\n"
    "usage:\n"
    "  pgx_walcopy [--claim text] [--compression off | zstd] file archive/name\n"
    "  pgx_walcopy --serve\n"
    "\n"
    "options:\n"
    "  --claim text            under which epoch this instance serves; set by its agent\n"
    "  --compression method    off (the default) or zstd: segments become name.zst\n"
    "  --serve                 take requests from pgx_archive; started by it\n"
    "  --help                  print this text\n"
    "\n"
    "exit status:\n"
    "  0  archived, or there already with the same contents\n"
    "  1  failed: the file is to be archived again later\n"
    "  2  wrong usage\n";

typedef struct Words {
    bool serve;
    const char *claim;
    StoreCompression compression;
    const char *from;
    const char *to;
} Words;

static int wrong(const char *what)
{
    (void)fprintf(stderr, "pgx_walcopy: %s\nhint: pgx_walcopy --help\n", what);
    return USAGE;
}

static int take_words(int argc, char **argv, Words *ret)
{
    static const struct option options[] = {{"claim", required_argument, NULL, 'c'},
                                            {"compression", required_argument, NULL, 'z'},
                                            {"serve", no_argument, NULL, 's'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    int c;
    while ((c = getopt_long(argc, argv, "+", options, NULL)) != -1) {
        switch (c) {
        case 'c':
            ret->claim = optarg;
            break;
        case 'z':
            if (!store_compression_parse(optarg, &ret->compression)) {
                return wrong("--compression is off or zstd");
            }
            break;
        case 's':
            ret->serve = true;
            break;
        case 'h':
            return fputs(HELP, stdout) < 0 ? FAILED : -1;
        default:
            return USAGE; /* getopt has said why */
        }
    }
    if (ret->serve && argc == optind) {
        return DONE;
    }
    if (argc - optind != 2 || ret->serve) {
        return wrong("a file and its place in the archive are needed");
    }
    ret->from = argv[optind];
    ret->to = argv[optind + 1];
    return DONE;
}

static bool run(const Words *words, Error *error)
{
    char folder[DURABLE_PATH_SIZE];
    char data_dir[DURABLE_PATH_SIZE];
    char from[DURABLE_PATH_SIZE];
    const char *slash = strrchr(words->to, '/');
    if (slash == NULL || slash == words->to || words->to[0] != '/' ||
        !str_copy_bytes(folder, sizeof(folder), words->to, (size_t)(slash - words->to))) {
        return error_set(error, ERROR_USAGE, "\"%s\" is no absolute path of a file", words->to);
    }
    if (getcwd(data_dir, sizeof(data_dir)) == NULL) {
        return error_set(error, ERROR_SYSTEM, "the data directory has no path");
    }
    if (words->from[0] == '/' ? !str_copy(from, sizeof(from), words->from)
                              : !durable_path(from, data_dir, words->from, error)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", words->from);
    }
    Store *store = store_new();
    if (store == NULL || chdir("/") != 0) {
        return error_set(error, ERROR_SYSTEM, "out of memory");
    }
    const StoreJob job = {.from = from,
                          .folder = folder,
                          .name = slash + 1,
                          .compression = words->compression,
                          .claimed = words->claim[0] != '\0'};
    const bool ok = layout_check(folder, error) &&
                    archive_owner_check(folder, words->claim, data_dir, error) &&
                    store_file(store, &job, error);
    store_free(store);
    return ok;
}

static bool serve_one(Store *store, const char *message, size_t size)
{
    char answer[ERROR_TEXT_SIZE + 1] = "+";
    ArchiveRequest request;
    Error error = {0};
    bool ok = false;
    if (request_read(message, size, &request)) {
        ok = request_do(store, &request, &error);
    } else {
        ok = error_set(&error, ERROR_PROTOCOL, "pgx_walcopy and pgx_archive are of two versions");
    }
    if (!ok) {
        (void)str_format(answer, sizeof(answer), "-%s", error.text); /* fits */
    }
    const size_t length = strlen(answer);
    return send(STDIN_FILENO, answer, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static int serve(void)
{
    char message[REQUEST_SIZE];
    Store *store = store_new();
    if (store == NULL) {
        return FAILED;
    }
    for (;;) {
        const ssize_t got = recv(STDIN_FILENO, message, sizeof(message), 0);
        if (got <= 0 || !serve_one(store, message, (size_t)got)) {
            break;
        }
    }
    store_free(store);
    return DONE;
}

int main(int argc, char **argv)
{
    Words words = {.claim = "", .compression = STORE_PLAIN};
    Error error = {0};
    const int status = take_words(argc, argv, &words);
    if (status != DONE) {
        return status < 0 ? DONE : status;
    }
    if (words.serve) {
        return serve();
    }
    if (!run(&words, &error)) {
        (void)fprintf(stderr, "pgx_walcopy: could not archive \"%s\": %s\n", words.from,
                      error.text);
        return error.kind == ERROR_USAGE ? USAGE : FAILED;
    }
    return DONE;
}
