/*
 * What every unit test begins with: cmocka, which wants its own includes in this order.
 *
 * A test's name is a claim; one group per program, because two plans are no TAP.
 */
#ifndef TEST_UNIT_H
#define TEST_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
