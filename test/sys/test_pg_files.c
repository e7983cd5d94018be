/* test_pg_files.c - the parts of instance management that need files only: no server runs here. */
#include "pg_help.h"

#include "base/pg_crc.h"
#include "sys/pg_conf.h"
#include "sys/pg_gate.h"
#include "sys/pg_history.h"
#include "sys/pg_identity.h"
#include "sys/pg_names.h"
#include "sys/pg_receipt.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

static char folder[64];

static void put(const char *name, const char *text)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    pg_path(path, folder, name);
    assert_true(pg_file_write(path, text, strlen(text), 0600, &error));
}

static void get(const char *name, char *ret, size_t size)
{
    char path[PG_PATH_SIZE];
    Error error = {0};
    pg_path(path, folder, name);
    assert_true(pg_file_read(path, ret, size, NULL, &error));
}

static PgSetup setup_here(void)
{
    PgSetup setup;
    pg_setup_defaults(&setup);
    (void)str_copy(setup.data_dir, sizeof(setup.data_dir), folder);
    (void)str_copy(setup.mc_dir, sizeof(setup.mc_dir), folder);
    (void)str_copy(setup.user, sizeof(setup.user), "postgres");
    pg_path(setup.config_file, folder, "postgresql.conf");
    setup.members.count = 2;
    (void)str_copy(setup.members.member[0].name, MEMBER_NAME_SIZE, "a_b");
    (void)str_copy(setup.members.member[1].name, MEMBER_NAME_SIZE, "C-1");
    (void)str_copy(setup.address[0].host, PG_HOST_SIZE, "10.1.2.3");
    setup.address[0].port = 5433;
    return setup;
}

static void the_checksum_is_castagnolis(void **state)
{
    (void)state;
    assert_int_equal(pg_crc_end(pg_crc_add(PG_CRC_BEGIN, "123456789", 9)), 0xe3069283);
    uint32_t parts = pg_crc_add(pg_crc_add(PG_CRC_BEGIN, "1234", 4), "56789", 5);
    assert_int_equal(pg_crc_end(parts), 0xe3069283);
}

static void a_history_is_stretches_of_timelines(void **state)
{
    (void)state;
    PgHistory history;
    Error error = {0};
    assert_true(pg_history_parse(5, "1\t0/3000000\tno recovery target\n\n# words\n3\t1/A0\tx y\n",
                                 &history, &error));
    assert_int_equal(history.count, 3);
    assert_int_equal(history.stretch[0].end, 0x3000000);
    assert_int_equal(history.stretch[1].timeline, 3);
    assert_int_equal(history.stretch[1].begin, 0x3000000);
    assert_int_equal(history.stretch[2].timeline, 5);
    assert_int_equal(pg_history_start(&history), 0x1000000A0);
    assert_false(pg_history_parse(5, "3\t0/1\n1\t0/2\n", &history, &error));
    assert_false(pg_history_parse(2, "2\t0/1\n", &history, &error));
    assert_false(pg_history_parse(2, "1\tnonsense\n", &history, &error));
}

/* Every promotion makes it longer by one, and a cluster lives for years. */
static void of_a_long_history_the_newest_stretches_are_kept(void **state)
{
    enum { LAST = 3000 };
    (void)state;
    static char text[LAST * 24];
    PgHistory history;
    Error error = {0};
    StrBuf out = str_begin(text, sizeof(text));
    for (unsigned i = 1; i < LAST; i++) {
        str_add_format(&out, "%u\t0/%X\tx\n", i, i * 0x100);
    }
    assert_false(out.cut);
    assert_true(pg_history_parse(LAST, text, &history, &error));
    assert_int_equal(history.count, PG_HISTORY_MAX);
    assert_int_equal(history.stretch[0].timeline, LAST - PG_HISTORY_MAX + 1);
    assert_int_equal(history.stretch[0].begin, (LAST - PG_HISTORY_MAX) * 0x100);
    assert_int_equal(history.stretch[0].end, (LAST - PG_HISTORY_MAX + 1) * 0x100);
    assert_int_equal(history.stretch[PG_HISTORY_MAX - 1].timeline, LAST);
    assert_int_equal(pg_history_start(&history), (LAST - 1) * 0x100);
    char path[PG_PATH_SIZE];
    pg_path(path, folder, "pg_wal");
    assert_true(help_run("mkdir", path, NULL));
    put("pg_wal/00000BB8.history", text);
    assert_true(pg_history_read(folder, LAST, &history, &error));
    assert_int_equal(pg_history_start(&history), (LAST - 1) * 0x100);
    assert_true(help_run("rm", "-r", path, NULL));
}

static void an_attachment_is_a_name_and_back(void **state)
{
    (void)state;
    PgSetup setup = setup_here();
    Attachment attachment = {.member = 0, .epoch = 12, .token = 0xdeadbeef01};
    Attachment back;
    char text[PG_NAME_SIZE];
    assert_true(pg_attachment_text(&setup.members, &attachment, text, sizeof(text)));
    assert_string_equal(text, "mc_a_b_12_deadbeef01");
    assert_true(pg_attachment_parse(&setup.members, text, &back));
    assert_int_equal(back.member, attachment.member);
    assert_int_equal(back.epoch, attachment.epoch);
    assert_int_equal(back.token, attachment.token);
    static const char *const strangers[] = {
        "",          "mc_",        "walreceiver", "mc_x_1_2",
        "mc_a_b_1_", "mc_a_b_1_0", "mc_a_b__1",   "mc_a_b_1_1234567890abcdef0",
        "mc_a_b",    "mc_a_b_-1_2"};
    for (size_t i = 0; i < sizeof(strangers) / sizeof(strangers[0]); i++) {
        assert_false(pg_attachment_parse(&setup.members, strangers[i], &back));
    }
}

static void names_are_a_quorum_of_all(void **state)
{
    (void)state;
    PgSetup setup = setup_here();
    Names names = {.quorum = 1, .count = 2};
    char text[200];
    names.name[0] = (Attachment){.member = 0, .epoch = 1, .token = 2};
    names.name[1] = (Attachment){.member = 1, .epoch = 3, .token = 4};
    assert_true(pg_names_text(&setup.members, &names, text, sizeof(text)));
    assert_string_equal(text, "ANY 1 (\"mc_a_b_1_2\",\"mc_C-1_3_4\")");
    assert_true(pg_names_text(&setup.members, &(Names){0}, text, sizeof(text)));
    assert_string_equal(text, "");
    assert_true(pg_slot_name(&setup.members, 1, text, sizeof(text)));
    assert_string_equal(text, "mc_c_1");
}

static void a_conninfo_needs_an_address_and_ours_comes_last(void **state)
{
    (void)state;
    PgSetup setup = setup_here();
    char text[PG_CONNINFO_SIZE];
    Error error = {0};
    Upstream upstream = {.member = 0, .attachment = {.member = 1, .epoch = 1, .token = 2}};
    (void)str_copy(setup.replication_conninfo, sizeof(setup.replication_conninfo), "user=repl");
    assert_true(pg_conninfo_text(&setup, &upstream, text, sizeof(text), &error));
    assert_true(str_starts_with(text, "user=repl host=10.1.2.3 hostaddr=10.1.2.3 port=5433 "
                                      "application_name=mc_C-1_1_2 "));
    upstream.member = 1;
    assert_false(pg_conninfo_text(&setup, &upstream, text, sizeof(text), &error));
}

static const char ADMIN[] = "# TYPE\n"
                            "local all all trust\n"
                            "host all all 0.0.0.0/0 trust\n"
                            "host replication repl 10.0.0.0/8 scram-sha-256\n"
                            "host \"replication\" x 10.0.0.0/8 trust\n"
                            "host db1, replication @users samenet md5 # both\n"
                            "include \"more.conf\"";

static void a_closed_gate_lets_replication_through_and_nothing_else(void **state)
{
    (void)state;
    char text[2048];
    assert_true(
        pg_gate_text("pg", ADMIN, "/etc/x", PG_AGENT_PEER, GATE_CLOSED, true, text, sizeof(text)));
    assert_string_equal(text,
                        "# Mirroring Controller: gate closed\n"
                        "# written by Mirroring Controller, always as a whole: changes are lost\n"
                        "local postgres \"pg\" peer\n"
                        "local replication \"pg\" peer\n"
                        "host replication  repl 10.0.0.0/8 scram-sha-256\n"
                        "host replication  @users samenet md5 # both\n");
    assert_true(
        pg_gate_text("pg", ADMIN, "/etc/x", PG_AGENT_PEER, GATE_CLOSED, false, text, sizeof(text)));
    assert_null(strstr(text, "repl 10"));
}

/* From 14 on a line may go on in the next one. */
static const char ADMIN_OVER_LINES[] = "host all all \\\n  0.0.0.0/0 trust\n"
                                       "host \\\n  replication repl \\\n  10.0.0.0/8 trust\n"
                                       "# no \\\nhost replication all 0.0.0.0/0 trust\n";

static void a_gate_knows_lines_that_go_on(void **state)
{
    (void)state;
    char text[2048];
    assert_true(pg_gate_text("pg", ADMIN_OVER_LINES, "/etc/x", PG_AGENT_PEER, GATE_CLOSED, true,
                             text, sizeof(text)));
    const char *behind = strstr(text, "local replication \"pg\" peer\n");
    assert_non_null(behind);
    assert_string_equal(strchr(behind, '\n') + 1,
                        "host replication  repl \\\n  10.0.0.0/8 trust\n");
    assert_true(pg_gate_text("pg", ADMIN_OVER_LINES, "/etc/x", PG_AGENT_PEER, GATE_OPEN, true, text,
                             sizeof(text)));
    assert_non_null(strstr(text, ADMIN_OVER_LINES));
}

static void an_open_gate_is_the_administrators_with_its_files_found(void **state)
{
    (void)state;
    char text[2048];
    assert_true(
        pg_gate_text("pg", ADMIN, "/etc/x", PG_AGENT_PEER, GATE_OPEN, true, text, sizeof(text)));
    assert_non_null(strstr(text, "local postgres \"pg\" peer\nlocal replication \"pg\" peer\n"
                                 "# TYPE\nlocal all all trust\n"));
    assert_non_null(strstr(text, "host db1, replication @/etc/x/users samenet md5 # both\n"));
    assert_non_null(strstr(text, "include \"/etc/x/more.conf\"\n"));
    assert_false(pg_gate_text("pg", ADMIN, "/etc/x", PG_AGENT_PEER, GATE_OPEN, true, text, 100));
    assert_true(
        pg_gate_text("ad", ADMIN, "/etc/x", PG_AGENT_PASSWORD, GATE_OPEN, true, text, 2048));
    assert_non_null(strstr(text, "local postgres \"ad\" md5\nlocal replication \"ad\" md5\n"));
}

static void a_role_that_cannot_connect_and_a_broken_conninfo_are_refused(void **state)
{
    (void)state;
    Error error = {0};
    PgSetup setup;
    pg_setup_defaults(&setup);
    (void)str_copy(setup.user, sizeof(setup.user), "nobody at all");
    assert_false(pg_setup_check_access(&setup, &error));
    assert_non_null(strstr(error.text, "db_instance_username \"nobody at all\" is not"));
    (void)str_copy(setup.password, sizeof(setup.password), "secret");
    assert_true(pg_setup_check_access(&setup, &error));
    (void)str_copy(setup.replication_conninfo, sizeof(setup.replication_conninfo), "usr=repl");
    assert_false(pg_setup_check_access(&setup, &error));
    assert_string_equal(error.text, "replication_conninfo: invalid connection option \"usr\"");
}

static void one_line_is_added_once_and_names_of_ours_behind_it_are_refused(void **state)
{
    (void)state;
    PgSetup setup = setup_here();
    PgConfFacts facts;
    char text[4096];
    Error error = {0};
    bool added = false;

    put("postgresql.conf", "Hba_File = 'other''s.conf' # x\nport=5\nwal_level minimal");
    assert_false(pg_conf_check(&setup, &facts, &error));
    assert_true(pg_include_line_ensure(&setup, &added, &error));
    assert_true(added);
    assert_true(pg_include_line_ensure(&setup, &added, &error));
    assert_false(added);
    get("postgresql.conf", text, sizeof(text));
    assert_string_equal(text, "Hba_File = 'other''s.conf' # x\nport=5\nwal_level minimal\n"
                              "include_if_exists = 'mc.auto.conf' # Mirroring Controller: must "
                              "stay the last line\n");
    assert_true(pg_conf_check(&setup, &facts, &error));
    assert_true(facts.wal_level_minimal);
    assert_non_null(strstr(facts.hba_file, "/other's.conf"));

    PgInForce in_force = {.names = "ANY 1 (\"x\")", .conninfo = "password='a\\'b'"};
    PgInForce back;
    assert_true(pg_auto_conf_write(&setup, &facts, &in_force, &error));
    assert_true(pg_auto_conf_read(&setup, &back, &error));
    assert_string_equal(back.names, in_force.names);
    assert_string_equal(back.conninfo, in_force.conninfo);
    assert_true(pg_conf_check(&setup, &facts, &error));

    get("mc.auto.conf", text, sizeof(text));
    assert_null(strstr(text, "max_replication_slots"));
    put("postgresql.conf", "max_replication_slots = 0\ninclude 'mc.auto.conf'\n");
    assert_true(pg_conf_check(&setup, &facts, &error));
    assert_true(pg_auto_conf_write(&setup, &facts, &in_force, &error));
    get("mc.auto.conf", text, sizeof(text));
    assert_non_null(strstr(text, "\nmax_replication_slots = 7\n"));

    put("postgresql.auto.conf", "# no\n\nprimary_conninfo = 'host=x'\n");
    assert_false(pg_conf_check(&setup, &facts, &error));
    assert_non_null(strstr(error.text, "postgresql.auto.conf\" line 3 sets \"primary_conninfo\""));
    put("postgresql.auto.conf", "work_mem = '4MB'\n");
    put("postgresql.conf", "include 'mc.auto.conf'\nsynchronous_standby_names = ''\n");
    assert_false(pg_conf_check(&setup, &facts, &error));
    assert_int_equal(facts.offence_line, 2);
}

static void an_identity_belongs_to_its_file(void **state)
{
    (void)state;
    PgIdentity identity = {.dir = 42, .chain = {.count = 2}};
    PgIdentity back;
    Error error = {0};
    char path[PG_PATH_SIZE];
    char copy[PG_PATH_SIZE];
    char text[4096];

    assert_int_equal(pg_identity_read(folder, &back), PG_IDENTITY_NONE);
    identity.cluster.bytes[3] = 9;
    identity.chain.link[1] =
        (ChainLink){.line = 1, .epoch = 2, .dir = 3, .timeline = 4, .start = 5};
    assert_true(pg_identity_write(folder, &identity, &error));
    assert_int_equal(pg_identity_read(folder, &back), PG_IDENTITY_OWN);
    assert_memory_equal(&back, &identity, sizeof(back));

    pg_path(path, folder, "mc.identity");
    pg_path(copy, folder, "copy");
    get("mc.identity", text, sizeof(text));
    assert_true(help_run("cp", "-a", path, copy, NULL));
    assert_true(help_run("mv", copy, path, NULL));
    assert_int_equal(pg_identity_read(folder, &back), PG_IDENTITY_COPY);
    assert_int_equal(back.dir, 0);
    assert_int_equal(back.chain.count, 2);

    for (size_t i = 0; text[i] != '\0'; i++) {
        char kept = text[i];
        text[i] = kept == '1' ? '2' : '1';
        put("mc.identity", text);
        assert_int_equal(pg_identity_read(folder, &back), PG_IDENTITY_DAMAGED);
        assert_int_equal(back.chain.count, 0);
        text[i] = kept;
    }
}

static void archiving_is_set_with_a_backup_directory_only(void **state)
{
    (void)state;
    PgSetup setup = setup_here();
    PgConfFacts facts;
    PgInForce in_force = {.claim = "5 7 1f"};
    PgInForce back;
    Error error = {0};
    char text[16384];

    put("postgresql.auto.conf", "archive_command = 'cp'\n");
    put("postgresql.conf", "archive_command = 'cp'\ninclude 'mc.auto.conf'\n");
    assert_true(pg_conf_check(&setup, &facts, &error));
    assert_true(pg_auto_conf_write(&setup, &facts, &in_force, &error));
    get("mc.auto.conf", text, sizeof(text));
    assert_null(strstr(text, "archive"));

    (void)str_copy(setup.backup_destination, PG_PATH_SIZE, "/back up/it's 5%");
    (void)str_copy(setup.archive_library, PG_PATH_SIZE, "pgx_archive");
    (void)str_copy(setup.walcopy, PG_PATH_SIZE, "/opt/pgx_walcopy");
    assert_false(pg_conf_check(&setup, &facts, &error));
    assert_non_null(strstr(error.text, "sets \"archive_command\""));
    put("postgresql.auto.conf", "");
    assert_true(pg_conf_check(&setup, &facts, &error));

    setup.major = 15;
    assert_true(pg_auto_conf_write(&setup, &facts, &in_force, &error));
    get("mc.auto.conf", text, sizeof(text));
    assert_non_null(strstr(text, "\narchive_mode = always\narchive_command = ''\n"
                                 "archive_library = 'pgx_archive'\n"
                                 "pgx.archive_helper = '/opt/pgx_walcopy'\n"
                                 "pgx.backup_destination = '/back up/it''s 5%'\n"
                                 "pgx.archive_compression = 'off'\n"
                                 "pgx.archive_claim = '5 7 1f'\n"));
    assert_true(pg_auto_conf_read(&setup, &back, &error));
    assert_string_equal(back.claim, "5 7 1f");

    setup.major = 14;
    setup.archive_zstd = true;
    assert_true(pg_auto_conf_write(&setup, &facts, &in_force, &error));
    get("mc.auto.conf", text, sizeof(text));
    assert_null(strstr(text, "archive_library"));
    assert_non_null(strstr(text, "\narchive_command = '''/opt/pgx_walcopy'' --claim ''5 7 1f'' "
                                 "--compression zstd \"%p\" "
                                 "''/back up/it''\\\\''''s 5%%/archived_xlog''/%f'\n"));
}

static void a_receipt_is_of_what_lies_there(void **state)
{
    (void)state;
    PgReceipt receipt = {.backup = "2026-11-23_10-00-00",
                         .system_identifier = 7,
                         .recovered = {.timeline = 2, .lsn = 0x5000060},
                         .timeline = 3,
                         .dir = 99,
                         .finished = 1700000000};
    const Chain brought = {.count = 1, .link = {{.line = 9, .epoch = 1, .dir = 5, .timeline = 1}}};
    PgReceipt back;
    RestoredView view;
    Error error = {0};
    char path[PG_PATH_SIZE];
    char text[1024];
    size_t size = 0;

    assert_false(pg_receipt_read(folder, &back));
    assert_true(pg_receipt_write(folder, &receipt, &error));
    assert_true(pg_receipt_read(folder, &back));
    assert_string_equal(back.backup, receipt.backup);
    assert_int_equal(back.dir, 99);
    assert_int_equal(back.recovered.lsn, 0x5000060);

    pg_path(path, folder, "pg_wal");
    assert_true(help_run("mkdir", path, NULL));
    put("pg_wal/00000003.history", "1\t0/3000028\tx\n2\t0/5000060\tx\n");
    assert_true(pg_receipt_view(folder, &back, 7, 3, &brought, &view));
    assert_int_equal(view.end.timeline, 2);
    assert_int_equal(view.end.lsn, 0x5000060);
    assert_int_equal(view.start, 0x3000028);
    assert_int_equal(view.chain.count, 2);
    assert_false(pg_receipt_view(folder, &back, 8, 3, &brought, &view)); /* another database */
    assert_false(pg_receipt_view(folder, &back, 7, 4, &brought, &view)); /* it has gone on since */
    put("pg_wal/00000003.history", "1\t0/3000028\tx\n2\t0/5000068\tx\n");
    assert_false(pg_receipt_view(folder, &back, 7, 3, &brought, &view));

    /* Whatever is changed in it is noticed. */
    pg_path(path, folder, "mc.restored");
    assert_true(pg_file_read(path, text, sizeof(text), &size, &error));
    for (size_t i = 0; text[i] != '\0'; i++) {
        char kept = text[i];
        text[i] = kept == '1' ? '2' : '1';
        put("mc.restored", text);
        assert_false(pg_receipt_read(folder, &back));
        text[i] = kept;
    }
    assert_true(pg_receipt_remove(folder, &error));
    assert_false(pg_file_exists(path));
}

static void assert_link(const Chain *chain, unsigned i, Epoch epoch, TimelineId timeline, Lsn start)
{
    assert_true(i < chain->count);
    assert_int_equal(chain->link[i].epoch, epoch);
    assert_int_equal(chain->link[i].timeline, timeline);
    assert_int_equal(chain->link[i].start, start);
}

static void a_recovery_keeps_the_histories_that_it_has_followed(void **state)
{
    (void)state;
    const PgHistory history = {
        .count = 4, .stretch = {{1, 0, 300}, {2, 300, 500}, {4, 500, 800}, {5, 800, UINT64_MAX}}};
    const ChainLink first = {.line = 9, .epoch = 1, .dir = 5, .timeline = 1, .start = 100};
    const ChainLink second = {.line = 9, .epoch = 4, .dir = 6, .timeline = 2, .start = 300};
    Chain brought = {.count = 2, .link = {first, second}};

    /* The backup's links; then one that is nobody's for the timeline that was opened after the backup; not the own one. */
    Chain chain = pg_receipt_chain(&history, &brought);
    assert_int_equal(chain.count, 3);
    assert_link(&chain, 0, 1, 1, 100);
    assert_link(&chain, 1, 4, 2, 300);
    assert_link(&chain, 2, 0, 4, 500);

    /* Another timeline of that number: it begins elsewhere. */
    brought.link[1].start = 299;
    chain = pg_receipt_chain(&history, &brought);
    assert_int_equal(chain.count, 3);
    assert_link(&chain, 0, 1, 1, 100);
    assert_link(&chain, 1, 0, 2, 300);

    /* It says that the first was opened where that had ended already. */
    brought.link[0].start = 301;
    chain = pg_receipt_chain(&history, &brought);
    assert_int_equal(chain.count, 0);
    chain = pg_receipt_chain(&history, &(Chain){0});
    assert_int_equal(chain.count, 0);
}

static int make_folder(void **state)
{
    (void)state;
    (void)str_copy(folder, sizeof(folder), "/tmp/mc-test-files-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return help_run("rm", "-rf", folder, NULL) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checksum_is_castagnolis),
        cmocka_unit_test(a_history_is_stretches_of_timelines),
        cmocka_unit_test(of_a_long_history_the_newest_stretches_are_kept),
        cmocka_unit_test(an_attachment_is_a_name_and_back),
        cmocka_unit_test(names_are_a_quorum_of_all),
        cmocka_unit_test(a_conninfo_needs_an_address_and_ours_comes_last),
        cmocka_unit_test(a_closed_gate_lets_replication_through_and_nothing_else),
        cmocka_unit_test(a_gate_knows_lines_that_go_on),
        cmocka_unit_test(an_open_gate_is_the_administrators_with_its_files_found),
        cmocka_unit_test(a_role_that_cannot_connect_and_a_broken_conninfo_are_refused),
        cmocka_unit_test(one_line_is_added_once_and_names_of_ours_behind_it_are_refused),
        cmocka_unit_test(archiving_is_set_with_a_backup_directory_only),
        cmocka_unit_test(an_identity_belongs_to_its_file),
        cmocka_unit_test(a_receipt_is_of_what_lies_there),
        cmocka_unit_test(a_recovery_keeps_the_histories_that_it_has_followed),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
