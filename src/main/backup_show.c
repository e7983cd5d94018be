/*
 * Lists and plans on standard output.
 */
#include "main/backup_show.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

const char *show_date(const Generation *generation, char *ret)
{
    memcpy(ret, generation->name, MANIFEST_GENERATION_SIZE);
    ret[10] = ' ';
    ret[13] = ':';
    ret[16] = ':';
    return ret;
}

const char *show_kind(const Generation *generation)
{
    return !generation->complete ? "-" : generation->head.uses_count == 0 ? "full" : "incremental";
}

/* Up to the end of its line. It may be of a damaged file or of another host: to a terminal it says nothing but words. */
static void show_words(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0' && *at != '\n'; at++) {
        (void)putchar(*at < 0x20 || *at == 0x7f ? '?' : *at);
    }
}

/* What stands between two of them. */
static void next_note(int *count)
{
    (void)printf((*count)++ == 0 ? "" : "; ");
}

static void show_chain(const WalChain *chain, int *count)
{
    if (chain->missing[0] != '\0') {
        next_note(count);
        (void)printf("WAL has a gap: %s is not there", chain->missing);
    }
    if (chain->unknown[0] != '\0') {
        next_note(count);
        (void)printf("WAL not looked at: ");
        show_words(chain->unknown);
    }
}

static void show_head_notes(const ManifestHead *head, int *count)
{
    char names[COPY_NAMES_SIZE];
    if (head->uses_count > 0) {
        next_note(count);
        (void)printf("on %s", head->uses[0]);
    }
    if (head->key[0] != '\0') {
        next_note(count);
        (void)printf("encrypted with key %s", head->key);
    }
    if (head->copied_count > 0) {
        next_note(count);
        (void)printf("a copy command has ");
        show_words(copy_names(head, names, sizeof(names)));
    }
    if (head->bad_pages > 0) {
        next_note(count);
        (void)printf("%llu bad page%s", (unsigned long long)head->bad_pages,
                     head->bad_pages == 1 ? "" : "s");
    }
}

void show_notes(const Generation *generation, const WalChain *chain)
{
    int count = 0;
    if (!generation->complete) {
        next_note(&count);
        show_words(generation->reason);
    } else {
        show_head_notes(&generation->head, &count);
        if (chain != NULL) {
            show_chain(chain, &count);
        }
    }
    (void)printf("%s\n", count == 0 ? "-" : "");
}

void show_generations(const Store *store, const Generation *list, const WalChain *chains, int count)
{
    char date[MANIFEST_GENERATION_SIZE];
    char folder[PG_PATH_SIZE];
    const int width = (int)strlen(store->path) + MANIFEST_GENERATION_SIZE + 2; /* all are as long */
    (void)printf("%-24s%-16s%-*s%-13s%s\n", "Date", "Status", width, "Dir", "Type",
                 "Notes");            /* as for all that is shown: who */
    for (int i = 0; i < count; i++) { /* does not read it misses it */
        (void)str_format(folder, sizeof(folder), "%s/%s", store->path,
                         list[i].name); /* was opened */
        (void)printf("%-24s%-16s%-*s%-13s", show_date(&list[i], date),
                     list[i].complete ? "COMPLETE" : "INCOMPLETE", width, folder,
                     show_kind(&list[i]));
        show_notes(&list[i], &chains[i]);
    }
}

void show_string(const char *text)
{
    (void)putchar('"');
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at < 0x20) {
            (void)printf("\\u%04x", *at);
        } else {
            (void)printf(*at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
        }
    }
    (void)putchar('"');
}

static void print_head(const ManifestHead *head)
{
    char lsn[STR_LSN_SIZE];
    (void)printf(",\n   \"system_identifier\": \"%llu\", \"server_version\": %d, \"timeline\": %u",
                 (unsigned long long)head->system_identifier, head->server_version, head->timeline);
    (void)printf(",\n   \"started\": %lld, \"stopped\": %lld, \"start_lsn\": \"%s\"",
                 (long long)head->started, (long long)head->stopped,
                 str_from_lsn(head->start, lsn, sizeof(lsn)));
    (void)printf(", \"stop_lsn\": \"%s\"", str_from_lsn(head->stop, lsn, sizeof(lsn)));
    (void)printf(",\n   \"bytes\": %llu, \"bad_pages\": %llu, \"checksums\": %s, \"key\": \"%s\", "
                 "\"uses\": [",
                 (unsigned long long)head->bytes, (unsigned long long)head->bad_pages,
                 head->checksums ? "true" : "false", head->key);
    for (int i = 0; i < head->uses_count; i++) {
        (void)printf("%s\"%s\"", i == 0 ? "" : ", ", head->uses[i]);
    }
    (void)printf("], \"copied\": [");
    for (int i = 0; i < head->copied_count; i++) {
        (void)printf(i == 0 ? "" : ", ");
        show_string(head->copied[i].name);
    }
    (void)printf("]");
}

void show_generations_json(const char *path, const Generation *list, const WalChain *chains,
                           int count)
{
    char date[MANIFEST_GENERATION_SIZE];
    char folder[PG_PATH_SIZE];
    (void)printf("{\"destination\": ");
    show_string(path);
    (void)printf(",\n \"generations\": [");
    for (int i = 0; i < count; i++) {
        const Generation *one = &list[i];
        (void)str_format(folder, sizeof(folder), "%s/%s", path, one->name); /* was opened */
        (void)printf("%s\n  {\"date\": \"%s\", \"status\": \"%s\", \"dir\": ", i == 0 ? "" : ",",
                     show_date(one, date), one->complete ? "COMPLETE" : "INCOMPLETE");
        show_string(folder);
        if (one->complete) {
            (void)printf(", \"type\": \"%s\"", show_kind(one));
            print_head(&one->head);
            if (chains != NULL) {
                (void)printf(", \"missing_wal\": \"%s\", \"wal_unknown\": ", chains[i].missing);
                show_string(chains[i].unknown);
            }
        } else {
            (void)printf(",\n   \"reason\": ");
            show_string(one->reason);
        }
        (void)printf("}");
    }
    (void)printf("]}\n");
}

void show_plan(const RestoreOptions *options, const RestorePlan *plan)
{
    char lsn[STR_LSN_SIZE];
    char at[REPORT_TIME_SIZE];
    char names[COPY_NAMES_SIZE];
    const ManifestHead *head = &plan->generation.head;
    (void)printf("backup     %s, ended %s at %s on timeline %u\n", plan->generation.name,
                 report_time(head->stopped, at), str_from_lsn(head->stop, lsn, sizeof(lsn)),
                 head->timeline);
    if (plan->passed[0] != '\0') {
        (void)printf("passed     %s\n", plan->passed);
    }
    if (head->copied_count > 0) {
        (void)printf("not in it  %s: brought back by %s\n", copy_names(head, names, sizeof(names)),
                     options->copy.path);
    }
    (void)printf("WAL        %s to %s, timeline %u, ends at %s\n", plan->scan.first_name,
                 plan->scan.last_name, plan->scan.timeline,
                 str_from_lsn(plan->scan.end, lsn, sizeof(lsn)));
    (void)printf("missing    %s%s%s\n",
                 plan->scan.how == WAL_SCAN_OPEN ? "nothing" : plan->scan.place,
                 plan->scan.how == WAL_SCAN_OPEN ? "" : ": ",
                 plan->scan.how == WAL_SCAN_OPEN ? "" : plan->scan.reason);
    if (head->bad_pages > 0) {
        (void)printf(
            "bad pages  %llu, which were bad in the database before: --generation with an older "
            "one without (pgx_rcvall -l) may have them well, and leads to the same end\n",
            (unsigned long long)head->bad_pages);
    }
    if (options->files_only) {
        (void)printf("recovery   none, the files alone");
    } else {
        (void)printf("recovery   up to %s on timeline %u",
                     str_from_lsn(plan->stop, lsn, sizeof(lsn)), plan->timeline);
        if (plan->stop_time != 0) {
            (void)printf(", last transaction %s", report_time(plan->stop_time / 1000000, at));
        }
    }
    (void)printf("\ndirectory  %s: %s\n", options->data_dir,
                 plan->had_directory
                     ? "of this database; what is right in it stays, and its WAL that is not "
                       "archived and its configuration are saved first"
                     : "empty");
    if (plan->running) {
        (void)printf("running    an instance is at work there: stop it first; what it writes until "
                     "then is recovered, too\n");
    }
}
