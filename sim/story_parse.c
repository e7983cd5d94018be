/* story_parse.c - reads a .story file; line by line, words between blanks, "#" begins a comment. */
#include "sim/story.h"

#include "base/str.h"
#include "sim/durations.h"

#include <stdlib.h>
#include <string.h>

bool story_number(const char *word, Micros *ret)
{
    uint64_t whole = 0;
    uint64_t part = 0;
    const char *dot = strchr(word, '.');
    const size_t length = dot == NULL ? strlen(word) : (size_t)(dot - word);
    if (!str_to_uint(word, length, &whole)) {
        return false;
    }
    uint64_t scale = 1000000;
    for (const char *c = dot == NULL ? "" : dot + 1; *c != '\0'; c++) {
        if (!str_is_digit(*c) || scale == 1) {
            return false;
        }
        scale /= 10;
        part += scale * (uint64_t)(*c - '0');
    }
    *ret = (Micros)(whole * 1000000 + part);
    return true;
}

static void split(const char *text, StoryLine *ret)
{
    while (*text != '\0' && *text != '#' && *text != '\n' && ret->count < STORY_WORDS_MAX) {
        const size_t blanks = strspn(text, " \t");
        text += blanks;
        const size_t length = strcspn(text, " \t\n#");
        if (length == 0) {
            return;
        }
        (void)str_copy_bytes(ret->word[ret->count], sizeof ret->word[0], text, length);
        ret->count++;
        text += length;
    }
}

static bool add_members(Story *story, const StoryLine *line, uint8_t from, uint8_t to,
                        MemberKind kind)
{
    for (uint8_t i = from; i < to; i++) {
        if (story->members.count == MEMBERS_MAX) {
            return false;
        }
        Member *member = &story->members.member[story->members.count++];
        (void)str_copy(member->name, sizeof member->name, line->word[i]);
        member->kind = kind;
    }
    return true;
}

static MemberId member_of(const Story *story, const char *name)
{
    for (uint8_t m = 0; m < story->members.count; m++) {
        if (str_equal(story->members.member[m].name, name)) {
            return m;
        }
    }
    return MEMBER_NONE;
}

static const char *const begin_words[] = {"switchable", "solo", "empty", "nothing"};

static bool parse_begin(Story *story, const char *word)
{
    for (int i = 0; i < 4; i++) {
        if (str_equal(word, begin_words[i])) {
            story->begin = (StoryBegin)i;
            return true;
        }
    }
    return false;
}

static bool parse_durations(Story *story, const char *word)
{
    for (size_t i = 0; i < durations_count(); i++) {
        if (str_equal(word, durations_at(i)->name)) {
            story->durations = (uint8_t)i;
            return true;
        }
    }
    return false;
}

static bool parse_header(Story *story, const StoryLine *line)
{
    const char *first = line->word[0];
    const char *value = line->word[1];
    Micros number = 0;
    if (str_equal(first, "servers")) {
        return add_members(story, line, 1, line->count, MEMBER_SERVER);
    }
    if (str_equal(first, "arbiters")) {
        return add_members(story, line, 1, line->count, MEMBER_ARBITER);
    }
    if (str_equal(first, "think")) {
        return line->count == 3 && story_number(value, &story->think_min) &&
               story_number(line->word[2], &story->think_max) &&
               story->think_min <= story->think_max;
    }
    if (line->count != 2) {
        return false;
    }
    if (str_equal(first, "primary")) {
        story->primary = member_of(story, value);
        return story->primary != MEMBER_NONE;
    }
    if (str_equal(first, "automatic")) {
        story->automatic = str_equal(value, "on");
        return story->automatic || str_equal(value, "off");
    }
    if (str_equal(first, "rejoin")) {
        story->rejoin = str_equal(value, "rewind") ? REJOIN_BY_REWIND : REJOIN_BY_COPY;
        return story->rejoin == REJOIN_BY_REWIND || str_equal(value, "copy");
    }
    if (str_equal(first, "fencing")) {
        story->fencing = str_equal(value, "on");
        return story->fencing;
    }
    if (str_equal(first, "silence")) {
        story->silence = str_equal(value, "command") ? SILENCE_COMMAND : SILENCE_FALLBACK;
        return story->silence == SILENCE_COMMAND || str_equal(value, "fallback");
    }
    if (str_equal(first, "begins")) {
        return parse_begin(story, value);
    }
    if (str_equal(first, "durations")) {
        return parse_durations(story, value);
    }
    if (str_equal(first, "seed")) {
        return str_to_uint(value, strlen(value), &story->seed);
    }
    if (!story_number(value, &number)) {
        return false;
    }
    if (str_equal(first, "eligible")) {
        story->eligible_max = (uint8_t)(number / 1000000);
        return story->eligible_max > 0;
    }
    if (str_equal(first, "quorum")) {
        story->quorum = (uint8_t)(number / 1000000);
        return story->quorum > 0;
    }
    if (str_equal(first, "settles")) {
        story->settles = number;
        return true;
    }
    story->lasts = number;
    return str_equal(first, "lasts");
}

static bool add_line(StoryLine *lines, uint32_t *count, const StoryLine *line)
{
    if (*count == STORY_LINES_MAX) {
        return false;
    }
    lines[(*count)++] = *line;
    return true;
}

static bool parse_fault(Story *story, const StoryLine *line)
{
    StoryLine fault = {.number = line->number, .count = (uint8_t)(line->count - 2)};
    if (line->count < 3 || !story_number(line->word[1], &fault.at)) {
        return false;
    }
    memcpy(fault.word, line->word + 2, sizeof fault.word[0] * fault.count);
    if (story->fault_count > 0 && fault.at < story->fault[story->fault_count - 1].at) {
        return false;
    }
    return add_line(story->fault, &story->fault_count, &fault);
}

static bool parse_line(Story *story, const StoryLine *line)
{
    if (str_equal(line->word[0], "at")) {
        return parse_fault(story, line);
    }
    if (str_equal(line->word[0], "must") || str_equal(line->word[0], "never")) {
        return line->count > 1 && add_line(story->claim, &story->claim_count, line);
    }
    return parse_header(story, line);
}

static bool keep_expected(Story *story, const char *text)
{
    if (story->expect_count == STORY_NARRATION_MAX) {
        return false;
    }
    const size_t length = strcspn(text, "\n");
    return str_copy_bytes(story->expect[story->expect_count++], STORY_LINE, text, length);
}

static bool parse_text(FILE *file, Story *story, char *ret_error, size_t size)
{
    char text[512];
    bool expecting = false;
    for (uint32_t number = 1; fgets(text, sizeof text, file) != NULL; number++) {
        if (expecting && text[0] == ' ') {
            if (!keep_expected(story, text)) {
                return str_format(ret_error, size, "line %u: too much narration", number) && false;
            }
            continue;
        }
        StoryLine line = {.number = number};
        split(text, &line);
        if (line.count == 0) {
            continue;
        }
        expecting = line.count == 1 && str_equal(line.word[0], "expect");
        if (!expecting && !parse_line(story, &line)) {
            return str_format(ret_error, size, "line %u is not understood: %s", number, text) &&
                   false;
        }
    }
    return true;
}

bool story_parse(const char *path, Story *ret, char *ret_error, size_t size)
{
    memset(ret, 0, sizeof *ret);
    (void)str_copy(ret->path, sizeof ret->path, path);
    ret->automatic = true;
    ret->primary = 0;
    ret->seed = 1;
    ret->eligible_max = 1;
    ret->lasts = 20000000;
    ret->think_min = 2000;
    ret->think_max = 8000;
    ret->expect = sim_alloc((size_t)STORY_NARRATION_MAX * STORY_LINE);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return str_format(ret_error, size, "cannot be read") && false;
    }
    const bool parsed = parse_text(file, ret, ret_error, size);
    (void)fclose(file); /* only read */
    if (parsed && ret->claim_count == 0 && ret->settles == 0) {
        return str_format(ret_error, size, "has no must or never line, and need not settle") &&
               false;
    }
    return parsed;
}

void story_free(Story *story)
{
    free(story->expect);
    story->expect = NULL;
}

static void print_time(FILE *out, Micros time)
{
    (void)fprintf(out, " %lld.%06lld", (long long)(time / 1000000), (long long)(time % 1000000));
}

static void print_members(const Story *story, MemberKind kind, FILE *out)
{
    bool first = true;
    for (uint8_t m = 0; m < story->members.count; m++) {
        const Member *member = &story->members.member[m];
        if (member->kind == kind) {
            (void)fprintf(out, first ? "%s %s" : " %s%s",
                          !first                   ? ""
                          : kind == MEMBER_ARBITER ? "arbiters"
                                                   : "servers",
                          member->name);
            first = false;
        }
    }
    (void)fprintf(out, first ? "" : "\n");
}

void story_print(const Story *story, FILE *out)
{
    print_members(story, MEMBER_SERVER, out);
    print_members(story, MEMBER_ARBITER, out);
    (void)fprintf(out, "primary %s\nautomatic %s\nbegins %s\neligible %u\n",
                  story->members.member[story->primary].name, story->automatic ? "on" : "off",
                  begin_words[story->begin], story->eligible_max);
    if (story->durations > 0) {
        (void)fprintf(out, "durations %s\n", durations_at(story->durations)->name);
    }
    if (story->rejoin != REJOIN_BY_HAND) {
        (void)fprintf(out, "rejoin %s\n", story->rejoin == REJOIN_BY_REWIND ? "rewind" : "copy");
    }
    if (story->fencing) {
        (void)fprintf(out, "fencing on\n");
    }
    if (story->silence != SILENCE_REPORT) {
        (void)fprintf(out, "silence %s\n",
                      story->silence == SILENCE_COMMAND ? "command" : "fallback");
    }
    if (story->quorum > 0) {
        (void)fprintf(out, "quorum %u\n", story->quorum);
    }
    (void)fprintf(out, "seed %llu\nthink", (unsigned long long)story->seed);
    print_time(out, story->think_min);
    print_time(out, story->think_max);
    (void)fprintf(out, "\nlasts");
    print_time(out, story->lasts);
    (void)fprintf(out, "\nsettles");
    print_time(out, story->settles);
    for (uint32_t i = 0; i < story->fault_count; i++) {
        const StoryLine *line = &story->fault[i];
        (void)fprintf(out, "\nat");
        print_time(out, line->at);
        for (uint8_t w = 0; w < line->count; w++) {
            (void)fprintf(out, " %s", line->word[w]);
        }
    }
    (void)fprintf(out, "\n");
}
