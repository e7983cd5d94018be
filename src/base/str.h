/*
 * Text in buffers of fixed size: building, comparing, and turning into numbers and back.
 *
 * Nothing here allocates, none of it depends on the locale, and a result is always terminated. What does
 * not fit is cut, and the cut is visible to the caller.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STR_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* A text that grows inside a buffer of its caller. Once cut it takes nothing more. */
typedef struct StrBuf {
    char *data;
    size_t size;   /* of the buffer, the terminator included */
    size_t length; /* of the text, the terminator not included */
    bool cut;
} StrBuf;

/* Starts an empty text. The size must not be 0. */
StrBuf str_begin(char *buffer, size_t size);
void str_add(StrBuf *out, const char *text);
void str_add_bytes(StrBuf *out, const char *bytes, size_t length);
void str_add_char(StrBuf *out, char c);
void str_add_int(StrBuf *out, int64_t value);
void str_add_uint(StrBuf *out, uint64_t value);
/* Upper case, without leading zeros: PostgreSQL's way with positions. */
void str_add_hex(StrBuf *out, uint64_t value);
void str_add_format(StrBuf *out, const char *format, ...) STR_PRINTF(2, 3);

/* Copy a text, or format one; false when it had to be cut. */
bool str_copy(char *ret, size_t size, const char *text);
bool str_copy_bytes(char *ret, size_t size, const char *bytes, size_t length);
bool str_format(char *ret, size_t size, const char *format, ...) STR_PRINTF(3, 4);

bool str_equal(const char *a, const char *b);
/* ASCII letters of either case are the same. */
bool str_equal_nocase(const char *a, const char *b);
bool str_starts_with(const char *text, const char *prefix);

/* The letters and digits of ASCII, whatever the locale says. */
bool str_is_space(char c); /* blank or tab; a line's end is the caller's business */
bool str_is_digit(char c);
bool str_is_letter(char c);
char str_lower(char c);

/*
 * Decimal numbers, the whole text and nothing but the text: no blanks, no "+", no second meaning for a
 * leading zero. False, and *ret untouched, when the text is no such number or does not fit.
 */
bool str_to_int(const char *text, size_t length, int64_t *ret);
bool str_to_uint(const char *text, size_t length, uint64_t *ret);

/* Lower case hexadecimal digits for bytes; ret holds 2 * length + 1 characters. */
void str_from_bytes(const uint8_t *bytes, size_t length, char *ret);
/* The way back: exactly 2 * size digits of either case, or false and ret untouched. */
bool str_to_bytes(const char *text, size_t length, uint8_t *ret, size_t size);

/*
 * A position in the WAL as PostgreSQL writes it, "16/B374D848"; ret holds at least STR_LSN_SIZE
 * characters and is returned.
 */
#define STR_LSN_SIZE 18
const char *str_from_lsn(uint64_t lsn, char *ret, size_t size);
bool str_to_lsn(const char *text, size_t length, uint64_t *ret);

/*
 * How many single letters must be changed, added, taken away or swapped with their neighbour to turn a
 * into b, whatever their case. Only the first STR_DISTANCE_MAX letters count.
 */
#define STR_DISTANCE_MAX 64
int str_distance(const char *a, const char *b);
/* Whether b is near enough to a to be what somebody meant who wrote a. */
bool str_is_near(const char *a, const char *b);

#endif
