/*
 * Lines of a manifest.
 *
 * What a restore does follows from these lines, so nothing is taken on trust: every number has its whole word,
 * every path is one that may be restored, and words that are left over are an error.
 */
#include "plan/manifest.h"

#include <string.h>

#include "base/assert.h"
#include "base/str.h"
#include "plan/datafile.h"

enum { WORDS_MAX = 9 };

typedef enum LineForm {
    FORM_BEGIN,
    FORM_NUMBER,
    FORM_LSN,
    FORM_PATH,
    FORM_NUMBER_GENERATION,
    FORM_NUMBER_PATH,
    FORM_DIR,
    FORM_LINK,
    FORM_FILE,
    FORM_PART,
    FORM_NUMBER_SIZE,
    FORM_DIGEST,
    FORM_CIPHER,
} LineForm;

#define CIPHER_NAME "aes-256-gcm" /* the only one there is */

static const struct {
    const char *word;
    LineForm form;
} kinds[MANIFEST_KIND_COUNT] = {
    [MANIFEST_BEGIN] = {"mirroring-controller-backup", FORM_BEGIN},
    [MANIFEST_SYSTEM] = {"system", FORM_NUMBER},
    [MANIFEST_SERVER_VERSION] = {"server-version", FORM_NUMBER},
    [MANIFEST_CHECKSUMS] = {"checksums", FORM_NUMBER},
    [MANIFEST_RELATION_SEGMENT] = {"relation-segment", FORM_NUMBER},
    [MANIFEST_WAL_SEGMENT] = {"wal-segment", FORM_NUMBER},
    [MANIFEST_STARTED] = {"started", FORM_NUMBER},
    [MANIFEST_STOPPED] = {"stopped", FORM_NUMBER},
    [MANIFEST_TIMELINE] = {"timeline", FORM_NUMBER},
    [MANIFEST_FROM_STANDBY] = {"from-standby", FORM_NUMBER},
    [MANIFEST_BYTES] = {"bytes", FORM_NUMBER},
    [MANIFEST_BAD_PAGES] = {"bad-pages", FORM_NUMBER},
    [MANIFEST_START] = {"start", FORM_LSN},
    [MANIFEST_STOP] = {"stop", FORM_LSN},
    [MANIFEST_DATA] = {"data", FORM_PATH},
    [MANIFEST_USES] = {"uses", FORM_NUMBER_GENERATION},
    [MANIFEST_COPIED] = {"copied", FORM_LINK},
    [MANIFEST_COPY_MARK] = {"copy-mark", FORM_DIGEST},
    [MANIFEST_CIPHER] = {"cipher", FORM_CIPHER},
    [MANIFEST_BAD] = {"bad", FORM_NUMBER_PATH},
    [MANIFEST_DIR] = {"dir", FORM_DIR},
    [MANIFEST_LINK] = {"link", FORM_LINK},
    [MANIFEST_FILE] = {"file", FORM_FILE},
    [MANIFEST_PART] = {"part", FORM_PART},
    [MANIFEST_LATE] = {"late", FORM_FILE},
    [MANIFEST_OUTSIDE] = {"outside", FORM_FILE},
    [MANIFEST_COPY_INFO] = {"copy-info", FORM_FILE},
    [MANIFEST_PACK] = {"pack", FORM_NUMBER_SIZE},
    [MANIFEST_INDEX] = {"index", FORM_NUMBER_SIZE},
    [MANIFEST_SEAL] = {"seal", FORM_DIGEST},
    [MANIFEST_END] = {"end", FORM_DIGEST},
};

typedef struct Word {
    const char *text;
    size_t length;
} Word;

typedef struct Words {
    Word word[WORDS_MAX];
    int count;
} Words;

static bool split(const char *text, size_t length, Words *ret)
{
    *ret = (Words){0};
    for (size_t at = 0;;) {
        const char *blank = memchr(text + at, ' ', length - at);
        const size_t end = blank == NULL ? length : (size_t)(blank - text);
        if (ret->count == WORDS_MAX || end == at) {
            return false;
        }
        ret->word[ret->count++] = (Word){text + at, end - at};
        if (blank == NULL) {
            return true;
        }
        at = end + 1;
    }
}

static bool is_plain(unsigned char c)
{
    return c > ' ' && c < 0x7f && c != '%';
}

static bool unescape(Word word, char *ret, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < word.length; i++) {
        uint8_t byte = (uint8_t)word.text[i];
        if (byte == '%') {
            bool whole = i + 2 < word.length;
#ifdef MC_PLANT_OVERRUN /* of a test build: the fuzzer must find it (tools/fuzz.py) */
            whole = true;
#endif
            if (!whole || !str_to_bytes(word.text + i + 1, 2, &byte, 1) || byte == 0) {
                return false;
            }
            i += 2;
        } else if (!is_plain(byte)) {
            return false;
        }
        if (length + 1 >= size) {
            return false;
        }
        ret[length++] = (char)byte;
    }
    ret[length] = '\0';
    return true;
}

static void escape(const char *path, StrBuf *out)
{
    char hex[3];
    for (const char *at = path; *at != '\0'; at++) {
        const uint8_t byte = (uint8_t)*at;
        if (is_plain(byte)) {
            str_add_char(out, *at);
        } else {
            str_from_bytes(&byte, 1, hex);
            str_add_char(out, '%');
            str_add(out, hex);
        }
    }
}

bool manifest_path_is_inside(const char *path)
{
    for (const char *at = path;;) {
        const size_t length = strcspn(at, "/");
        if (length == 0 || (length == 1 && at[0] == '.') ||
            (length == 2 && at[0] == '.' && at[1] == '.')) {
            return false;
        }
        if (at[length] == '\0') {
            return true;
        }
        at += length + 1;
    }
}

/* "pg_tblspc/16385", in front of a slash or alone. */
static size_t length_of_tablespace(const char *path)
{
    static const char folder[] = "pg_tblspc/";
    const size_t digits = sizeof(folder) - 1;
    return str_starts_with(path, folder) && str_is_digit(path[digits])
               ? digits + strcspn(path + digits, "/")
               : 0;
}

bool manifest_is_copied(const ManifestHead *head, const char *path)
{
    const size_t tablespace = length_of_tablespace(path);
    const char *where = tablespace > 0 ? path : MANIFEST_PG_DATA;
    const size_t length = tablespace > 0 ? tablespace : strlen(where);
    for (int i = 0; i < head->copied_count; i++) {
        const char *taken = head->copied[i].where;
        if (strlen(taken) == length && memcmp(taken, where, length) == 0) {
            return true;
        }
    }
    return false;
}

bool manifest_same_copied(const ManifestHead *a, const ManifestHead *b)
{
    bool same = a->copied_count == b->copied_count;
    for (int i = 0; same && i < a->copied_count; i++) {
        same = str_equal(a->copied[i].where, b->copied[i].where);
    }
    return same;
}

bool manifest_is_generation(const char *text)
{
    static const char form[] = "dddd-dd-dd_dd-dd-dd";
    uint64_t month = 0;
    uint64_t day = 0;
    if (strlen(text) != sizeof(form) - 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof(form) - 1; i++) {
        if (form[i] == 'd' ? !str_is_digit(text[i]) : text[i] != form[i]) {
            return false;
        }
    }
    /* "08" is no number of ours, but two digits are. */
    month = (uint64_t)(text[5] - '0') * 10 + (uint64_t)(text[6] - '0');
    day = (uint64_t)(text[8] - '0') * 10 + (uint64_t)(text[9] - '0');
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool to_number(Word word, uint64_t *ret)
{
    return str_to_uint(word.text, word.length, ret);
}

static bool to_u32(Word word, uint32_t *ret)
{
    uint64_t value = 0;
    if (!to_number(word, &value) || value > UINT32_MAX) {
        return false;
    }
    *ret = (uint32_t)value;
    return true;
}

/* "0600" */
static bool to_mode(Word word, uint32_t *ret)
{
    uint32_t mode = 0;
    if (word.length != 4) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        if (word.text[i] < '0' || word.text[i] > '7') {
            return false;
        }
        mode = mode << 3 | (uint32_t)(word.text[i] - '0');
    }
    *ret = mode;
    return true;
}

static bool to_crc(Word word, uint32_t *ret)
{
    uint8_t bytes[4];
    if (!str_to_bytes(word.text, word.length, bytes, sizeof(bytes))) {
        return false;
    }
    *ret = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return true;
}

static bool to_part(const Words *words, ManifestPart *ret)
{
    return to_number(words->word[1], &ret->offset) && to_number(words->word[2], &ret->size) &&
           to_u32(words->word[3], &ret->index) && to_number(words->word[4], &ret->index_offset) &&
           to_u32(words->word[5], &ret->index_size) && to_u32(words->word[6], &ret->chunks) &&
           to_crc(words->word[7], &ret->crc) && ret->size > 0 && ret->size <= MANIFEST_PART_SIZE &&
           ret->offset % MANIFEST_PART_SIZE == 0 && ret->chunks > 0 &&
           ret->chunks <= MANIFEST_PART_CHUNKS_MAX && ret->index_offset <= INT64_MAX;
}

static bool to_file(const Words *words, ManifestLine *ret)
{
    return to_mode(words->word[1], &ret->mode) &&
           str_to_int(words->word[2].text, words->word[2].length, &ret->time) &&
           to_number(words->word[3], &ret->size) && ret->size <= INT64_MAX &&
           unescape(words->word[4], ret->path, sizeof(ret->path));
}

static bool to_link(const Words *words, ManifestLine *ret)
{
    return unescape(words->word[1], ret->path, sizeof(ret->path)) &&
           unescape(words->word[2], ret->target, sizeof(ret->target));
}

static bool to_generation(Word word, ManifestLine *ret)
{
    return unescape(word, ret->target, MANIFEST_GENERATION_SIZE) &&
           manifest_is_generation(ret->target);
}

/* The id of a key has its own small letters, so that two that are equal are so as text. */
static bool to_cipher(const Words *words, ManifestLine *ret)
{
    uint8_t id[(MANIFEST_KEY_SIZE - 1) / 2];
    const Word *name = &words->word[1];
    if (name->length != strlen(CIPHER_NAME) || memcmp(name->text, CIPHER_NAME, name->length) != 0 ||
        !str_to_bytes(words->word[2].text, words->word[2].length, id, sizeof(id))) {
        return false;
    }
    str_from_bytes(id, sizeof(id), ret->target);
    return str_to_bytes(words->word[3].text, words->word[3].length, ret->digest,
                        sizeof(ret->digest));
}

/* The words behind the first, of which there are as many as the form wants. */
static bool read_form(LineForm form, const Words *words, ManifestLine *ret)
{
    static const int count[] = {
        [FORM_BEGIN] = 2,
        [FORM_NUMBER] = 2,
        [FORM_LSN] = 2,
        [FORM_PATH] = 2,
        [FORM_NUMBER_GENERATION] = 3,
        [FORM_NUMBER_PATH] = 3,
        [FORM_DIR] = 3,
        [FORM_LINK] = 3,
        [FORM_FILE] = 5,
        [FORM_PART] = 8,
        [FORM_NUMBER_SIZE] = 3,
        [FORM_DIGEST] = 2,
        [FORM_CIPHER] = 4,
    };
    const Word *word = words->word;

    if (words->count != count[form]) {
        return false;
    }
    switch (form) {
    case FORM_BEGIN:
    case FORM_NUMBER:
        return to_number(word[1], &ret->number);
    case FORM_LSN:
        return str_to_lsn(word[1].text, word[1].length, &ret->number);
    case FORM_PATH:
        return unescape(word[1], ret->path, sizeof(ret->path)) && ret->path[0] == '/';
    case FORM_NUMBER_GENERATION:
        return to_number(word[1], &ret->number) && to_generation(word[2], ret);
    case FORM_NUMBER_PATH:
        return to_number(word[1], &ret->number) && ret->number <= UINT32_MAX &&
               unescape(word[2], ret->path, sizeof(ret->path));
    case FORM_DIR:
        return to_mode(word[1], &ret->mode) && unescape(word[2], ret->path, sizeof(ret->path));
    case FORM_LINK:
        return to_link(words, ret);
    case FORM_FILE:
        return to_file(words, ret);
    case FORM_PART:
        return to_part(words, &ret->part);
    case FORM_NUMBER_SIZE:
        return to_number(word[1], &ret->number) && to_number(word[2], &ret->size);
    case FORM_DIGEST:
        return str_to_bytes(word[1].text, word[1].length, ret->digest, sizeof(ret->digest));
    case FORM_CIPHER:
        return to_cipher(words, ret);
    }
    return false;
}

static bool path_allowed(const ManifestLine *line)
{
    switch (kinds[line->kind].form) {
    case FORM_DIR:
    case FORM_LINK:
        return manifest_path_is_inside(line->path);
    case FORM_FILE:
        return line->kind == MANIFEST_OUTSIDE
                   ? line->path[0] == '/' && manifest_path_is_inside(line->path + 1)
                   : manifest_path_is_inside(line->path);
    case FORM_NUMBER_PATH:
        return manifest_path_is_inside(line->path);
    case FORM_BEGIN:
    case FORM_NUMBER:
    case FORM_LSN:
    case FORM_PATH:
    case FORM_NUMBER_GENERATION:
    case FORM_PART:
    case FORM_NUMBER_SIZE:
    case FORM_DIGEST:
    case FORM_CIPHER:
        break;
    }
    return true;
}

bool manifest_parse(const char *text, size_t length, ManifestLine *ret, Error *error)
{
    Words words;
    int shown = 0;
    /* A damaged line may hold anything; a terminal is shown what is plain. */
    while (shown < 60 && (size_t)shown < length && text[shown] >= ' ' && text[shown] < 0x7f) {
        shown++;
    }

    if (length == 0 || !split(text, length, &words)) {
        return error_set(error, ERROR_CORRUPT, "a line that is none: \"%.*s\"", shown, text);
    }
    for (int kind = 0; kind < MANIFEST_KIND_COUNT; kind++) {
        const char *word = kinds[kind].word;
        if (strlen(word) != words.word[0].length ||
            memcmp(word, words.word[0].text, words.word[0].length) != 0) {
            continue;
        }
        *ret = (ManifestLine){.kind = (ManifestKind)kind};
        return (read_form(kinds[kind].form, &words, ret) && path_allowed(ret)) ||
               error_set(error, ERROR_CORRUPT, "a \"%s\" line that is none: \"%.*s\"", word, shown,
                         text);
    }
    return error_set(error, ERROR_CORRUPT, "a line of an unknown kind: \"%.*s\"", shown, text);
}

static void format_part(const ManifestPart *part, StrBuf *out)
{
    str_add_format(out, "%llu %llu %u %llu %u %u %08x", (unsigned long long)part->offset,
                   (unsigned long long)part->size, part->index,
                   (unsigned long long)part->index_offset, part->index_size, part->chunks,
                   part->crc);
}

void manifest_format(const ManifestLine *line, StrBuf *out)
{
    char text[2 * MANIFEST_DIGEST_SIZE + 1];

    assert(line->kind < MANIFEST_KIND_COUNT);
    str_add(out, kinds[line->kind].word);
    str_add_char(out, ' ');
    switch (kinds[line->kind].form) {
    case FORM_BEGIN:
    case FORM_NUMBER:
        str_add_uint(out, line->number);
        break;
    case FORM_LSN:
        str_add(out, str_from_lsn(line->number, text, sizeof(text)));
        break;
    case FORM_PATH:
        escape(line->path, out);
        break;
    case FORM_NUMBER_GENERATION:
        str_add_format(out, "%llu %s", (unsigned long long)line->number, line->target);
        break;
    case FORM_NUMBER_PATH:
        str_add_format(out, "%llu ", (unsigned long long)line->number);
        escape(line->path, out);
        break;
    case FORM_DIR:
        str_add_format(out, "%04o ", line->mode);
        escape(line->path, out);
        break;
    case FORM_LINK:
        escape(line->path, out);
        str_add_char(out, ' ');
        escape(line->target, out);
        break;
    case FORM_FILE:
        str_add_format(out, "%04o %lld %llu ", line->mode, (long long)line->time,
                       (unsigned long long)line->size);
        escape(line->path, out);
        break;
    case FORM_PART:
        format_part(&line->part, out);
        break;
    case FORM_NUMBER_SIZE:
        str_add_format(out, "%llu %llu", (unsigned long long)line->number,
                       (unsigned long long)line->size);
        break;
    case FORM_CIPHER:
        str_add_format(out, CIPHER_NAME " %s ", line->target);
        str_from_bytes(line->digest, sizeof(line->digest), text);
        str_add(out, text);
        break;
    case FORM_DIGEST:
        str_from_bytes(line->digest, sizeof(line->digest), text);
        str_add(out, text);
        break;
    }
    str_add_char(out, '\n');
}
