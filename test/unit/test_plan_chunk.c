/* Pages, and the records that say where the chunks of a file are. */
#include "unit.h"

#include <string.h>

#include "plan/chunk.h"
#include "plan/page.h"

static void fill(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(i * 7 + i / 256);
    }
}

static void the_checksum_of_a_page_is_postgresqls(void **state)
{
    (void)state;
    uint8_t page[PAGE_SIZE_8K];
    fill(page, sizeof(page));
    /* By checksum_impl.h of PostgreSQL 15. */
    assert_int_equal(page_checksum(page, 0), 0x3e33);
    assert_int_equal(page_checksum(page, 131072 + 5), 0x3e38);
    assert_false(page_checksum_right(page, 0));
    const uint16_t sum = 0x3e33;
    memcpy(page + 8, &sum, sizeof(sum));
    assert_true(page_checksum_right(page, 0));
    page[8191] ^= 1;
    assert_false(page_checksum_right(page, 0));
    memset(page, 0, sizeof(page));
    assert_true(page_is_new(page));
    assert_true(page_checksum_right(page, 17));
}

static void a_changed_block_is_found_by_its_key(void **state)
{
    (void)state;
    static uint8_t bytes[3 * CHUNK_BLOCK + 100];
    BlockKey before[CHUNK_BLOCKS_MAX];
    BlockKey after[CHUNK_BLOCKS_MAX];
    fill(bytes, sizeof(bytes));
    chunk_keys(bytes, sizeof(bytes), before);
    assert_int_equal(chunk_block_count(sizeof(bytes)), 4);
    assert_int_equal(chunk_all_blocks(sizeof(bytes)), 15);
    bytes[CHUNK_BLOCK + 4000] ^= 1;
    bytes[3 * CHUNK_BLOCK + 99] ^= 1;
    chunk_keys(bytes, sizeof(bytes), after);
    assert_int_equal(chunk_differ(before, after, sizeof(bytes)), 2 | 8);
    assert_int_equal(chunk_blocks_bytes(sizeof(bytes), 2 | 8), CHUNK_BLOCK + 100);
    assert_int_equal(chunk_differ(after, after, sizeof(bytes)), 0);
}

static Chunk some_chunk(void)
{
    Chunk chunk = {.size = 2 * CHUNK_BLOCK + 1, .source_count = 2};
    chunk.source[0] = (ChunkSource){2, 64, UINT64_C(0x123456789), 500, 0xaabbccdd, 7};
    chunk.source[1] = (ChunkSource){0, 1, 17, 20, 1, 2};
    for (int i = 0; i < 3; i++) {
        chunk.key[i] = (BlockKey){UINT64_C(1) << (20 * i), (uint32_t)i};
    }
    return chunk;
}

static void a_record_is_read_as_it_was_written(void **state)
{
    (void)state;
    uint8_t bytes[CHUNK_RECORD_MAX];
    ByteWriter out = byte_writer(bytes, sizeof(bytes));
    const Chunk chunk = some_chunk();
    Chunk again;
    memset(&again, 0, sizeof(again));
    chunk_write(&out, &chunk);
    assert_false(out.failed);
    ByteReader in = byte_reader(bytes, out.position);
    assert_true(chunk_read(&in, &again));
    assert_true(byte_reader_done(&in));
    assert_int_equal(again.size, chunk.size);
    assert_int_equal(again.source_count, 2);
    assert_int_equal(again.source[0].offset, chunk.source[0].offset);
    assert_int_equal(again.source[1].blocks, 2);
    assert_int_equal(chunk_differ(again.key, chunk.key, chunk.size), 0);
    for (size_t size = 0; size < out.position; size++) {
        in = byte_reader(bytes, size);
        assert_false(chunk_read(&in, &again));
    }
}

static void records_that_cannot_be_are_refused(void **state)
{
    (void)state;
    for (int wrong = 0; wrong < 6; wrong++) {
        uint8_t bytes[CHUNK_RECORD_MAX];
        Chunk chunk = some_chunk();
        Chunk again;
        ByteWriter out = byte_writer(bytes, sizeof(bytes));
        chunk.source[0].blocks = wrong == 0 ? 3 : 7; /* the first holds all */
        chunk.source[1].blocks = wrong == 1   ? 8
                                 : wrong == 2 ? 0
                                              : 2; /* a block that is not there */
        chunk.source[0].stored = wrong == 3 ? 0 : wrong == 4 ? CHUNK_STORED_MAX + 1 : 500;
        chunk.source[0].offset = wrong == 5 ? UINT64_MAX - 3 : 0;
        chunk_write(&out, &chunk);
        ByteReader in = byte_reader(bytes, out.position);
        assert_false(chunk_read(&in, &again));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checksum_of_a_page_is_postgresqls),
        cmocka_unit_test(a_changed_block_is_found_by_its_key),
        cmocka_unit_test(a_record_is_read_as_it_was_written),
        cmocka_unit_test(records_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
