/* Runs a fuzz target over every file of a folder: the corpus as an ordinary test (TAP). */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);

enum { FILE_SIZE_MAX = 1 << 20 };

/* libFuzzer's own; here nothing is mutated. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room)
{
    (void)data;
    (void)room;
    return size;
}

static bool replay(const char *folder, const char *name)
{
    static uint8_t bytes[FILE_SIZE_MAX];
    char path[1024];

    if (!str_format(path, sizeof(path), "%s/%s", folder, name)) {
        return false;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    const size_t size = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    return LLVMFuzzerTestOneInput(bytes, size) == 0;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    struct dirent **names;
    const int count = argc == 2 ? scandir(argv[1], &names, is_visible, alphasort) : -1;
    int failed = 0;

    if (count <= 0) {
        fprintf(stderr, "usage: replay FOLDER, which must hold files\n");
        return 1;
    }
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        const bool good = replay(argv[1], names[i]->d_name);
        printf("%s %d - %s\n", good ? "ok" : "not ok", i + 1, names[i]->d_name);
        failed += !good;
        free(names[i]);
    }
    free(names);
    return failed > 0;
}
