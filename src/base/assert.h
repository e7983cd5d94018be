/*
 * Assertions that stay on in production.
 *
 * A broken invariant in a process that decides about data is worse than a stopped process: the daemon
 * stops, PostgreSQL goes on, the monitor starts a new daemon and the lease decides what may be served.
 * There is therefore no NDEBUG, and this header takes the place of <assert.h>.
 */
#ifndef BASE_ASSERT_H
#define BASE_ASSERT_H

/* Prints the expression with its place to standard error and aborts. */
_Noreturn void assert_failed(const char *expression, const char *file, int line);

#undef assert
#define assert(expression) ((expression) ? (void)0 : assert_failed(#expression, __FILE__, __LINE__))

/* For the line that no path leads to, after a switch that names every case: says why not. */
#define assert_unreachable(why) assert_failed(why, __FILE__, __LINE__)

#endif
