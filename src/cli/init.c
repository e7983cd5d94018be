/*
 * mc_ctl init.
 *
 * As root the checks run with the identity of the data directory's owner, who will own everything made here;
 * only the management directory itself may need root to be created.
 */
#include "cli/init.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/cleanup.h"
#include "cli/say.h"
#include "cli/site.h"
#include "sys/pg_conf.h"
#include "sys/pg_identity.h"

static bool read_members(const CommandLine *line, Network *ret, Diagnostics *diagnostics)
{
    Network network = {.count = 0};
    for (int i = 0; i < line->repeated_count; i++) {
        const CommandRepeat *given = &line->repeated[i];
        const bool server = given->option == OPTION_SERVER;
        if (network.count == MEMBERS_MAX) {
            break; /* the parser of the file says how many are possible */
        }
        if (!conf_parse_member(server ? "--server" : "--arbiter", given->value,
                               server ? MEMBER_SERVER : MEMBER_ARBITER,
                               &network.members[network.count++], diagnostics)) {
            return false;
        }
    }
    *ret = network;
    return true;
}

static bool find_members(const CommandLine *line, InitWork *work, char *text,
                         Diagnostics *diagnostics, Error *error)
{
    Network given;
    if (!read_members(line, &given, diagnostics) ||
        !conf_write_network(&given, text, CONF_TEXT_MAX) ||
        !conf_parse_network("network.conf (as it would be written)", text, strlen(text),
                            &work->network, diagnostics)) {
        return error_set(error, ERROR_USAGE, "the members are refused: nothing was made");
    }
    const int self = conf_find_member(&work->network, work->id);
    if (self < 0 || work->network.members[self].kind != MEMBER_SERVER) {
        return error_set(error, ERROR_USAGE, "--id %s is none of the servers given", work->id) ||
               error_hint(error, "give every server with --server, this one included");
    }
    work->members.count = (uint8_t)work->network.count;
    for (int i = 0; i < work->network.count; i++) {
        const NetworkMember *member = &work->network.members[i];
        work->members.member[i].kind = member->kind;
        (void)str_copy(work->members.member[i].name, MEMBER_NAME_SIZE,
                       member->name); /* same size */
    }
    return true;
}

bool init_real_folder(const char *folder, char *ret, size_t size, Error *error)
{
    char parent[PATH_SIZE];
    char name[PATH_SIZE];
    char *real = realpath(folder, NULL);
    if (real == NULL && errno == ENOENT && str_copy(parent, sizeof(parent), folder) &&
        str_copy(name, sizeof(name), folder)) {
        real = realpath(dirname(parent), NULL);
        const bool ok = real != NULL && path_join(str_equal(real, "/") ? "" : real, basename(name),
                                                  ret, size, error);
        free(real);
        return ok || error_set_errno(error, errno, "could not open the folder of \"%s\"", folder) ||
               error_hint(error, "create the folder first");
    }
    if (real == NULL) {
        return error_set_errno(error, errno, "could not open \"%s\"", folder);
    }
    const bool fits = str_copy(ret, size, real);
    free(real);
    return fits || error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", folder);
}

static bool is_below(const char *path, const char *folder)
{
    const size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static bool check_folders(InitWork *work, Error *error)
{
    if (is_below(work->dir, work->setup.data_dir)) {
        return error_set(error, ERROR_CONFIG,
                         "the management directory \"%s\" is inside the data directory",
                         work->dir) ||
               error_hint(error,
                          "choose one that is not copied, restored or removed with the data");
    }
    return site_check_socket(work->dir, work->id, error);
}

/* Who the process is while it looks: root looks with the owner's eyes and can still go back. */
static bool look_as_owner(const char *path, Error *error)
{
    struct stat about;
    if (geteuid() != 0) {
        return true;
    }
    if (stat(path, &about) != 0) {
        return error_set_errno(error, errno, "could not look at the data directory \"%s\"", path) ||
               error_hint(error,
                          "-D names the directory that initdb of PostgreSQL 13 or later has made");
    }
    const struct passwd *owner = getpwuid(about.st_uid);
    if (about.st_uid == 0 || owner == NULL) {
        return error_set(error, ERROR_CONFIG, "the data directory \"%s\" belongs to user %u", path,
                         about.st_uid) ||
               error_hint(error,
                          "PostgreSQL does not run as root; give it to the user who ran initdb");
    }
    if (initgroups(owner->pw_name, owner->pw_gid) != 0 || setegid(owner->pw_gid) != 0 ||
        seteuid(owner->pw_uid) != 0) {
        return error_set_errno(error, errno, "could not become user \"%s\"", owner->pw_name);
    }
    return true;
}

bool init_make_folder(const char *folder, const char *like, bool *ret_made, Error *error)
{
    struct stat owner;
    *ret_made = false;
    if (getuid() == 0 && seteuid(0) != 0) {
        return error_set_errno(error, errno, "could not become root again");
    }
    if (mkdir(folder, 0700) == 0) {
        *ret_made = true;
        if (getuid() == 0 &&
            (stat(like, &owner) != 0 || chown(folder, owner.st_uid, owner.st_gid) != 0)) {
            return error_set_errno(error, errno, "could not give \"%s\" to its owner", folder);
        }
    } else if (errno != EEXIST) {
        return error_set_errno(error, errno, "could not create \"%s\"", folder);
    }
    return site_become_owner(like, error) && site_check_private(folder, error);
}

/* The secret: the one that is there, the one of --key, or a new one. */
static bool find_key(InitWork *work, const char *given, char *text, size_t size, Error *error)
{
    char path[PATH_SIZE];
    uint8_t random[KEY_SIZE];
    if (!path_join(work->dir, "cluster.key", path, sizeof(path), error)) {
        return false;
    }
    if (given != NULL || access(path, F_OK) == 0) {
        const char *from = given != NULL ? given : path;
        if (!keys_read(from, &work->keys, error) || !text_read(from, text, size, error)) {
            return false;
        }
        return (!work->keys.arbiter && strlen(text) >= work->keys.secret_size) ||
               error_set(error, ERROR_CONFIG, "\"%s\" is not the key of database servers", from) ||
               error_hint(error,
                          "take cluster.key from the management directory of another server");
    }
    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        return error_set_errno(error, errno, "could not make a key");
    }
    assert(size >= 2 * KEY_SIZE + 2);
    str_from_bytes(random, sizeof(random), text);
    explicit_bzero(random, sizeof(random));
    memcpy(text + 2 * KEY_SIZE, "\n", 2);
    work->new_key = true;
    return keys_parse((const uint8_t *)text, strlen(text), &work->keys, error);
}

static bool plan_arbiter(FilePlan *plan, const char *dir, const Keys *keys,
                         const MemberTable *members, MemberId arbiter, const char *network,
                         Error *error)
{
    char key[KEY_FILE_MAX + 1];
    char name[MEMBER_NAME_SIZE + 8];
    _cleanup_free_ char *text = malloc(FILE_TEXT_SIZE);
    _cleanup_free_ char *settings = malloc(CONF_TEXT_MAX);
    if (text == NULL || settings == NULL ||
        !conf_write_arbiter(&arbiter_settings_default, settings, CONF_TEXT_MAX)) {
        return error_set_errno(error, ENOMEM,
                               "could not prepare the file for an arbitration server");
    }
    const size_t length = keys_for_arbiter(keys, members, arbiter, key, sizeof(key) - 1);
    assert(length > 0);
    key[length] = '\0';
    StrBuf out = str_begin(text, FILE_TEXT_SIZE);
    str_add_format(&out,
                   "# For arbitration server \"%s\": mc_arb init -M dir --id %s --from this_file\n"
                   "# It holds a secret: keep it from others, and remove it when that is "
                   "done.\n" INIT_PART_NETWORK "%s" INIT_PART_SETTINGS "%s" INIT_PART_KEY "%s",
                   members->member[arbiter].name, members->member[arbiter].name, network, settings,
                   key);
    explicit_bzero(key, sizeof(key));
    assert(!out.cut);
    (void)str_format(name, sizeof(name), "%s.init", members->member[arbiter].name); /* it fits */
    const bool ok = plan_add(plan, dir, name, 0600, text, error);
    explicit_bzero(text, FILE_TEXT_SIZE);
    return ok;
}

bool init_arbiter_file(const Site *site, MemberId arbiter, bool *ret_made, Error *error)
{
    char name[MEMBER_NAME_SIZE + 8];
    char path[PATH_SIZE];
    FilePlan plan = {0};
    Keys keys = {0};
    _cleanup_free_ char *network = malloc(CONF_TEXT_MAX);
    (void)str_format(name, sizeof(name), "%s.init", site->members.member[arbiter].name); /* fits */
    *ret_made = false;
    if (network == NULL) {
        return error_set_errno(error, ENOMEM, "could not prepare \"%s\"", name);
    }
    if (!path_join(site->dir, name, path, sizeof(path), error)) {
        return false;
    }
    if (access(path, F_OK) == 0) {
        return true; /* whoever was given it has it */
    }
    const bool ok =
        path_join(site->dir, "network.conf", path, sizeof(path), error) &&
        text_read(path, network, CONF_TEXT_MAX, error) && keys_read(site->key_path, &keys, error) &&
        plan_arbiter(&plan, site->dir, &keys, &site->members, arbiter, network, error) &&
        plan_compare(&plan, error) && plan_write(&plan, error);
    keys_wipe(&keys);
    plan_done(&plan);
    *ret_made = ok;
    return ok;
}

/* What an operator has made of the settings stays, as long as they are those of this data directory. */
static bool keep_settings(const InitWork *work, const char *name, char *text, size_t size)
{
    char path[PATH_SIZE];
    Error error = {0};
    _cleanup_free_ Settings *found = malloc(sizeof(*found));
    _cleanup_free_ Diagnostics *diagnostics = calloc(1, sizeof(*diagnostics));
    return found != NULL && diagnostics != NULL &&
           path_join(work->dir, name, path, sizeof(path), &error) &&
           text_read(path, text, size, &error) &&
           conf_parse_server(path, text, strlen(text), &work->network, found, diagnostics) &&
           str_equal(found->db_instance, work->setup.data_dir);
}

static bool plan_server_settings(InitWork *work, Error *error)
{
    char name[MEMBER_NAME_SIZE + 8];
    _cleanup_free_ char *text = malloc(CONF_TEXT_MAX);
    Settings settings = settings_default;
    (void)str_copy(settings.db_instance, sizeof(settings.db_instance), work->setup.data_dir);
    (void)str_format(name, sizeof(name), "%s.conf", work->id); /* both fit */
    if (text == NULL || (!keep_settings(work, name, text, CONF_TEXT_MAX) &&
                         !conf_write_server(&settings, text, CONF_TEXT_MAX))) {
        return error_set_errno(error, ENOMEM, "could not prepare \"%s\"", name);
    }
    return plan_add(&work->plan, work->dir, name, 0600, text, error);
}

static bool plan_files(InitWork *work, const CommandLine *line, const char *network, Error *error)
{
    char key[KEY_SECRET_MAX + 64];
    bool ok = plan_add(&work->plan, work->dir, "network.conf", 0600, network, error) &&
              plan_server_settings(work, error) &&
              find_key(work, command_value(line, OPTION_KEY), key, sizeof(key), error) &&
              plan_add(&work->plan, work->dir, "cluster.key", 0600, key, error);
    explicit_bzero(key, sizeof(key));
    for (MemberId member = 0; ok && member < work->members.count; member++) {
        if (work->members.member[member].kind == MEMBER_ARBITER) {
            ok = plan_arbiter(&work->plan, work->dir, &work->keys, &work->members, member, network,
                              error);
        }
    }
    return ok && plan_compare(&work->plan, error);
}

/* A folder that a copy may be put into: none, or an empty one. */
static bool is_to_be_filled(const char *path)
{
    DIR *folder = opendir(path);
    bool empty = true;
    if (folder == NULL) {
        return errno == ENOENT;
    }
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        empty = empty && (str_equal(entry->d_name, ".") || str_equal(entry->d_name, ".."));
    }
    (void)closedir(folder); /* only read */
    return empty;
}

static bool same_folder(const char *a, const char *b)
{
    struct stat of_a;
    struct stat of_b;
    return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/* Two agents on one instance would end it for each other. A copy still names the original's place, and is free. */
static bool check_not_taken(const InitWork *work, Error *error)
{
    PgIdentity identity;
    PgInForce in_force = {0};
    Error ignored = {0};
    if (pg_identity_read(work->setup.data_dir, &identity) != PG_IDENTITY_OWN ||
        !pg_auto_conf_read(&work->setup, &in_force, &ignored) || access(in_force.hba, F_OK) != 0) {
        return true;
    }
    const char *other = dirname(in_force.hba);
    if (same_folder(other, work->dir)) {
        return true;
    }
    return error_set(error, ERROR_REFUSED,
                     "the data directory \"%s\" belongs to the management directory \"%s\"",
                     work->setup.data_dir, other) ||
           error_hint(error,
                      "use that one with -M; if it is given up for good, stop what runs there and "
                      "remove mc.identity and mc.auto.conf from the data directory first");
}

/* Of a server that joins others the data may come later, by mc_ctl setup. */
static bool look_at_data(const CommandLine *line, InitWork *work, Error *error)
{
    PgConfFacts facts;
    const char *data = command_value(line, OPTION_DATA);
    char parent[PATH_SIZE];
    work->data_later = command_given(line, OPTION_KEY) && is_to_be_filled(data);
    if (work->data_later) {
        if (!init_real_folder(data, work->setup.data_dir, PG_PATH_SIZE, error)) {
            return false;
        }
        (void)str_copy(parent, sizeof(parent), work->setup.data_dir); /* of the same size */
        (void)str_copy(work->owner, sizeof(work->owner),
                       access(data, F_OK) == 0 ? work->setup.data_dir : dirname(parent));
        return look_as_owner(work->owner, error);
    }
    (void)str_copy(work->owner, sizeof(work->owner), data); /* it fits: data_dir holds it, too */
    if (!look_as_owner(data, error)) {
        return false;
    }
    if (!pg_setup_complete(&work->setup, error)) {
        return error_hint(error,
                          "-D names the directory that initdb of PostgreSQL 13 or later has made");
    }
    if (!pg_conf_facts(&work->setup, &facts, error)) {
        return false;
    }
    if (facts.offence_line > 0) {
        return error_set(error, ERROR_CONFIG,
                         "parameter \"%s\" is set in \"%s\" line %d, where it overrides ours",
                         facts.offence_name, facts.offence_file, facts.offence_line) ||
               error_hint(error,
                          "remove it there, or ALTER SYSTEM RESET it; it is kept in mc.auto.conf");
    }
    return check_not_taken(work, error);
}

static bool look(const CommandLine *line, InitWork *work, Diagnostics *diagnostics, Error *error)
{
    const char *data = command_value(line, OPTION_DATA);
    _cleanup_free_ char *network = malloc(CONF_TEXT_MAX);
    work->id = command_value(line, OPTION_ID);
    pg_setup_defaults(&work->setup);
    if (network == NULL || !str_copy(work->setup.data_dir, PG_PATH_SIZE, data)) {
        return error_set(error, ERROR_LIMIT, "the path \"%s\" is too long", data);
    }
    if (!find_members(line, work, network, diagnostics, error) ||
        !init_real_folder(command_value(line, OPTION_DIRECTORY), work->dir, PATH_SIZE, error) ||
        !look_at_data(line, work, error) || !check_folders(work, error)) {
        return false;
    }
    if (access(work->dir, F_OK) == 0 && !site_check_private(work->dir, error)) {
        return false;
    }
    return plan_files(work, line, network, error);
}

static bool make(InitWork *work, Error *error)
{
    return init_make_folder(work->dir, work->owner, &work->dir_made, error) &&
           plan_write(&work->plan, error) &&
           (work->data_later || pg_include_line_ensure(&work->setup, &work->include_added, error));
}

static void print_made(const InitWork *work)
{
    say("%s: management directory \"%s\" %s", work->id, work->dir,
        work->dir_made ? "created" : "is there");
    for (int i = 0; i < work->plan.count; i++) {
        const PlannedFile *file = &work->plan.file[i];
        say("%s: %s %s", work->id, strrchr(file->path, '/') + 1,
            file->state == FILE_SAME ? "is there, unchanged" : "written");
    }
    say("%s: postgresql.conf %s", work->id,
        work->data_later      ? "will come with the copy of the primary"
        : work->include_added ? "includes mc.auto.conf in its last line now"
                              : "includes mc.auto.conf already");
}

int ctl_init(const CommandLine *line)
{
    Error error = {0};
    Diagnostics diagnostics = {0};
    int status = EXIT_DONE;
    _cleanup_free_ InitWork *work = calloc(1, sizeof(*work));
    if (work == NULL) {
        return EXIT_FAILED;
    }
    if (look(line, work, &diagnostics, &error) && make(work, &error)) {
        print_made(work);
        init_print_next(work, line);
    } else {
        say_diagnostics("mc_ctl", &diagnostics);
        status = say_error("mc_ctl", &error);
    }
    keys_wipe(&work->keys);
    plan_done(&work->plan);
    return status;
}
