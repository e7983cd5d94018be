/*
 * Planned files. What an operator has edited is never overwritten: a file that differs stops the command
 * before anything is written.
 */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/say.h"

bool path_join(const char *folder, const char *name, char *ret, size_t size, Error *error)
{
    char path[PATH_SIZE];
    if (!str_format(path, sizeof(path), "%s/%s", folder, name) || strlen(path) >= size) {
        return error_set(error, ERROR_LIMIT, "the path \"%s/%s\" is too long", folder, name);
    }
    (void)str_copy(ret, size, path); /* it fits */
    return true;
}

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* after a read, or after an error that is reported already */
    }
}

bool text_read(const char *path, char *ret, size_t size, Error *error)
{
    _cleanup_(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return error_set_errno(error, errno, "could not open \"%s\"", path);
    }
    size_t length = 0;
    while (length < size) {
        const ssize_t got = read(fd, ret + length, size - length);
        if (got < 0) {
            return error_set_errno(error, errno, "could not read \"%s\"", path);
        }
        if (got == 0) {
            ret[length] = '\0';
            return true;
        }
        length += (size_t)got;
    }
    return error_set(error, ERROR_LIMIT, "\"%s\" is larger than %zu bytes", path, size - 1);
}

bool plan_add(FilePlan *plan, const char *folder, const char *name, mode_t mode, const char *text,
              Error *error)
{
    assert(plan->count < PLANNED_FILES_MAX);
    PlannedFile *file = &plan->file[plan->count];
    if (!path_join(folder, name, file->path, sizeof(file->path), error)) {
        return false;
    }
    file->text = strdup(text);
    if (file->text == NULL) {
        return error_set_errno(error, ENOMEM, "could not prepare \"%s\"", file->path);
    }
    file->mode = mode;
    plan->count++;
    return true;
}

static int first_different_line(const char *a, const char *b)
{
    int line = 1;
    while (*a == *b && *a != '\0') {
        line += *a == '\n' ? 1 : 0;
        a++;
        b++;
    }
    return line;
}

static bool compare_one(PlannedFile *file, Error *error)
{
    _cleanup_free_ char *found = malloc(FILE_TEXT_SIZE);
    if (found == NULL) {
        return error_set_errno(error, ENOMEM, "could not read \"%s\"", file->path);
    }
    if (!text_read(file->path, found, FILE_TEXT_SIZE, error)) {
        file->state = FILE_MISSING;
        return error->errnum == ENOENT;
    }
    file->state = str_equal(found, file->text) ? FILE_SAME : FILE_DIFFERS;
    file->line = first_different_line(found, file->text);
    return true;
}

bool plan_compare(FilePlan *plan, Error *error)
{
    char names[ERROR_TEXT_SIZE / 2];
    StrBuf out = str_begin(names, sizeof(names));
    int different = 0;
    for (int i = 0; i < plan->count; i++) {
        if (!compare_one(&plan->file[i], error)) {
            return false;
        }
        if (plan->file[i].state == FILE_DIFFERS) {
            str_add_format(&out, "%s\"%s\" (from line %d on)", different++ == 0 ? "" : ", ",
                           plan->file[i].path, plan->file[i].line);
        }
    }
    error_clear(error);
    if (different == 0) {
        return true;
    }
    return error_set(error, ERROR_REFUSED, "it is there already, with other contents: %s", names) ||
           error_hint(error, "nothing was changed; edit what is there, or move it away and repeat");
}

static bool sync_folder_of(const char *path, Error *error)
{
    char folder[PATH_SIZE];
    (void)str_copy(folder, sizeof(folder), path); /* of the same size */
    char *slash = strrchr(folder, '/');
    assert(slash != NULL);
    *slash = '\0';
    _cleanup_(close_fd) int fd =
        open(slash == folder ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        return error_set_errno(error, errno, "could not make \"%s\" durable", path);
    }
    return true;
}

static bool write_all(int fd, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        const ssize_t written = write(fd, text, left);
        if (written < 0) {
            return false;
        }
        text += written;
        left -= (size_t)written;
    }
    return fsync(fd) == 0;
}

static bool write_one(const PlannedFile *file, Error *error)
{
    char temporary[PATH_SIZE + 8];
    (void)str_format(temporary, sizeof(temporary), "%s.new", file->path); /* it fits */
    _cleanup_(close_fd) int fd =
        open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file->mode);
    if (fd < 0) {
        return error_set_errno(error, errno, "could not create \"%s\"", temporary);
    }
    if (fchmod(fd, file->mode) != 0 || !write_all(fd, file->text) ||
        rename(temporary, file->path) != 0) {
        const int saved = errno;
        (void)unlink(temporary); /* half a file helps nobody */
        return error_set_errno(error, saved, "could not write \"%s\"", file->path);
    }
    return sync_folder_of(file->path, error);
}

bool plan_write(const FilePlan *plan, Error *error)
{
    for (int i = 0; i < plan->count; i++) {
        if (plan->file[i].state == FILE_MISSING && !write_one(&plan->file[i], error)) {
            return false;
        }
    }
    return true;
}

void plan_done(FilePlan *plan)
{
    for (int i = 0; i < plan->count; i++) {
        explicit_bzero(plan->file[i].text, strlen(plan->file[i].text));
        free(plan->file[i].text);
    }
    plan->count = 0;
}
