/* backup/walsource.c: which timeline is the newest that there is WAL of. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/walsource.h"
#include "base/str.h"

enum { SEGMENT = 16 << 20 };

static char folder[32];
static WalSource source;

static void put(const char *name, const char *text)
{
    char path[128];
    assert_true(str_format(path, sizeof(path), "%s/%s", folder, name));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void drop(const char *name)
{
    char path[128];
    assert_true(str_format(path, sizeof(path), "%s/%s", folder, name));
    assert_int_equal(unlink(path), 0);
}

static TimelineId latest(void)
{
    TimelineId found = 0;
    Error error = {0};
    assert_true(walsource_latest(&source, 1, 0x2000000, &found, &error));
    return found;
}

/* Recovered along such a history, all that was committed after the fork would be lost. */
static void a_timeline_that_never_opened_is_not_the_newest(void **state)
{
    (void)state;
    assert_true(str_copy(folder, sizeof(folder), "/tmp/mc_wal_XXXXXX"));
    assert_non_null(mkdtemp(folder));
    source = (WalSource){.segment_size = SEGMENT, .place_count = 1, .archived = 1};
    assert_true(str_copy(source.place[0], sizeof(source.place[0]), folder));
    put("000000010000000000000003", "");
    assert_int_equal(latest(), 1);
    /* it leaves in segment 3, and nothing goes on there */
    put("00000002.history", "1\t0/3000100\tno recovery target specified\n");
    assert_int_equal(latest(), 2);
    put("000000010000000000000004.zst", "");
    assert_int_equal(latest(), 1);
    /* what of it is only half there says that it did open */
    put("000000020000000000000003.partial", "");
    assert_int_equal(latest(), 2);
    drop("000000020000000000000003.partial");
    assert_int_equal(latest(), 1);
    WalStored stored = {.segment = {.timeline = 2, .number = 3}};
    source.stored = &stored;
    source.stored_count = 1;
    assert_int_equal(latest(), 2);
    drop("00000002.history");
    drop("000000010000000000000003");
    drop("000000010000000000000004.zst");
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timeline_that_never_opened_is_not_the_newest),
    };
    return cmocka_run_group_tests_name("walsource", tests, NULL, NULL);
}
