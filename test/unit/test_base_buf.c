/*
 * base/buf.h: cursors that cannot leave their buffer.
 */
#include "unit.h"

#include "base/buf.h"

static void what_is_written_is_big_endian(void **state)
{
    uint8_t data[18];
    ByteWriter out = byte_writer(data, sizeof(data));
    (void)state;

    byte_write_u8(&out, 0x01);
    byte_write_u16(&out, 0x0203);
    byte_write_u32(&out, 0x04050607);
    byte_write_u64(&out, 0x08090a0b0c0d0e0f);
    byte_write(&out, "\x10\x11\x12", 3);

    const uint8_t expected[18] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    assert_false(out.failed);
    assert_int_equal(out.position, sizeof(data));
    assert_memory_equal(data, expected, sizeof(data));
}

static void what_was_written_is_read_back(void **state)
{
    const uint8_t data[18] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    ByteReader in = byte_reader(data, sizeof(data));
    uint8_t tail[3];
    (void)state;

    assert_int_equal(byte_read_u8(&in), 0x01);
    assert_int_equal(byte_read_u16(&in), 0x0203);
    assert_int_equal(byte_read_u32(&in), 0x04050607);
    assert_true(byte_read_u64(&in) == 0x08090a0b0c0d0e0f);
    assert_int_equal(byte_reader_left(&in), 3);
    assert_false(byte_reader_done(&in));
    byte_read(&in, tail, 3);
    assert_memory_equal(tail, data + 15, 3);
    assert_true(byte_reader_done(&in));
}

static void reading_past_the_end_fails_for_good(void **state)
{
    const uint8_t data[4] = {1, 2, 3, 4};
    ByteReader in = byte_reader(data, sizeof(data));
    uint8_t three[3] = {9, 9, 9};
    (void)state;

    assert_int_equal(byte_read_u16(&in), 0x0102);
    byte_read(&in, three, 3);
    assert_memory_equal(three, "\0\0\0", 3);
    assert_int_equal(byte_read_u8(&in), 0); /* one byte would be there, but the frame is bad */
    assert_null(byte_read_view(&in, 0));
    assert_int_equal(byte_reader_left(&in), 0);
    assert_false(byte_reader_done(&in));
    assert_true(in.failed);
}

static void a_length_near_the_end_of_the_number_range_is_refused(void **state)
{
    const uint8_t data[4] = {1, 2, 3, 4};
    ByteReader in = byte_reader(data, sizeof(data));
    (void)state;

    (void)byte_read_u8(&in);
    assert_null(byte_read_view(&in, SIZE_MAX));
    assert_true(in.failed);
}

static void writing_past_the_end_writes_nothing_more(void **state)
{
    uint8_t data[4] = {0, 0, 0, 0xee};
    ByteWriter out = byte_writer(data, 3);
    (void)state;

    byte_write_u16(&out, 0x0102);
    byte_write_u16(&out, 0x0304);
    byte_write_u8(&out, 5);
    assert_true(out.failed);
    assert_int_equal(out.position, 2);
    assert_memory_equal(data, "\x01\x02\x00\xee", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_big_endian),
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(reading_past_the_end_fails_for_good),
        cmocka_unit_test(a_length_near_the_end_of_the_number_range_is_refused),
        cmocka_unit_test(writing_past_the_end_writes_nothing_more),
    };
    return cmocka_run_group_tests_name("base_buf", tests, NULL, NULL);
}
