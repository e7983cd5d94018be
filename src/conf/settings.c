/*
 * <id>.conf and arbitration.conf: "name = value" by the tables of params.toml.
 *
 * The table says what a value may be; what concerns several parameters is written out below.
 */
#include "settings.h"

#include <string.h>

#include "base/assert.h"
#include "conf/scan.h"

enum { PARAMS_MAX = 128, VALUE_MAX = 2048 };

/* One file being read: the struct it fills, and where each row of its table was set. */
typedef struct Reader {
    Scan scan;
    const ParamTable *table;
    char *target;
    int set_at[PARAMS_MAX]; /* line; 0: not set */
} Reader;

/* A value without its quotes. */
typedef struct Value {
    const char *where;
    bool quoted;
    size_t length;
    char text[VALUE_MAX + 1];
} Value;

static const struct {
    const char *name;
    int64_t factor;
} time_units[] = {{"ms", 1}, {"s", 1000}, {"min", 60000}, {"h", 3600000}, {"d", 86400000}},
  size_units[] = {{"B", 1},
                  {"kB", INT64_C(1) << 10},
                  {"MB", INT64_C(1) << 20},
                  {"GB", INT64_C(1) << 30},
                  {"TB", INT64_C(1) << 40}};

enum { UNITS = sizeof(time_units) / sizeof(time_units[0]) };

static const char *unit_name(ParamType type, int i)
{
    return type == PARAM_TIME ? time_units[i].name : size_units[i].name;
}

static int64_t unit_factor(ParamType type, int i)
{
    return type == PARAM_TIME ? time_units[i].factor : size_units[i].factor;
}

static int find_row(const ParamTable *table, Span name)
{
    for (int i = 0; i < table->count; i++) {
        if (span_equal(name, table->rows[i].name)) {
            return i;
        }
    }
    return -1;
}

static void complain_unknown(Reader *reader, Span name)
{
    const char *nearest = NULL;
    char word[STR_DISTANCE_MAX + 1];

    (void)str_copy_bytes(word, sizeof(word), name.start, name.length);
    for (int i = 0; i < reader->table->count; i++) {
        const char *known = reader->table->rows[i].name;

        if (str_is_near(word, known) &&
            (nearest == NULL || str_distance(word, known) < str_distance(word, nearest))) {
            nearest = known;
        }
    }
    scan_complain(&reader->scan, name.start, "unknown parameter \"%.*s\"", span_shown(name),
                  name.start);
    if (nearest != NULL) {
        scan_hint(&reader->scan, "did you mean \"%s\"?", nearest);
    }
}

/* What may follow a value: blanks and a comment. */
static bool check_rest(Reader *reader, Span rest)
{
    rest = span_trim(rest);
    if (rest.length == 0 || rest.start[0] == '#') {
        return true;
    }
    scan_complain(&reader->scan, rest.start, "unexpected \"%.*s\" after the value",
                  span_shown(rest), rest.start);
    return false;
}

/* Inside quotes, \' and '' stand for a quote and \\ for a backslash. */
static bool read_quoted(Reader *reader, Span text, Value *ret)
{
    size_t i = 1;

    ret->quoted = true;
    for (; i < text.length; i++) {
        char c = text.start[i];
        char next = i + 1 < text.length ? text.start[i + 1] : '\0';

        if ((c == '\\' && (next == '\'' || next == '\\')) || (c == '\'' && next == '\'')) {
            c = next;
            i++;
        } else if (c == '\'') {
            break;
        }
        if (ret->length == VALUE_MAX) {
            scan_complain(&reader->scan, text.start, "the value is too long");
            return false;
        }
        ret->text[ret->length++] = c;
    }
    if (i == text.length) {
        scan_complain(&reader->scan, text.start, "the closing quote is missing");
        return false;
    }
    ret->text[ret->length] = '\0';
    return check_rest(reader, (Span){text.start + i + 1, text.length - i - 1});
}

static bool read_value(Reader *reader, Span rest, Value *ret)
{
    Span text;
    Span comment = span_trim(rest);

    ret->where = comment.start;
    if (comment.length > 0 && comment.start[0] == '\'') {
        return read_quoted(reader, comment, ret);
    }
    (void)span_part(&comment, '#', &text);
    text = span_trim(text);
    if (text.length == 0) {
        scan_complain(&reader->scan, ret->where, "the value is missing");
        return false;
    }
    if (!str_copy_bytes(ret->text, sizeof(ret->text), text.start, text.length)) {
        scan_complain(&reader->scan, text.start, "the value is too long");
        return false;
    }
    ret->length = text.length;
    return true;
}

/* A number's unit as a factor; what is written goes before the table's own. */
static bool read_unit(const ParamInfo *param, const char *unit, int64_t *ret)
{
    if (unit[0] == '\0') {
        *ret = param->factor;
        return true;
    }
    for (int i = 0; param->type != PARAM_INT && i < UNITS; i++) {
        if (str_equal(unit, unit_name(param->type, i))) {
            *ret = unit_factor(param->type, i);
            return true;
        }
    }
    return false;
}

static const char *smallest_unit(ParamType type)
{
    return type == PARAM_INT ? "" : unit_name(type, 0);
}

static bool read_number(Reader *reader, const ParamInfo *param, const Value *value, int64_t *ret)
{
    const char *unit = value->text + (value->text[0] == '-' ? 1 : 0);
    int64_t factor;
    int64_t number;

    while (str_is_digit(*unit)) {
        unit++;
    }
    size_t digits = (size_t)(unit - value->text);
    while (str_is_space(*unit)) {
        unit++;
    }
    if (digits == 0 || !read_unit(param, unit, &factor)) {
        scan_complain(&reader->scan, value->where, "\"%.64s\" is not a number%s", value->text,
                      param->type == PARAM_TIME   ? " with a unit of time"
                      : param->type == PARAM_SIZE ? " with a unit of size"
                                                  : "");
        if (param->type != PARAM_INT) {
            scan_hint(&reader->scan, "units: %s, %s, %s, %s, %s; without one: %s",
                      unit_name(param->type, 0), unit_name(param->type, 1),
                      unit_name(param->type, 2), unit_name(param->type, 3),
                      unit_name(param->type, 4), param->unit);
        }
        return false;
    }
    if (!str_to_int(value->text, digits, &number) || __builtin_mul_overflow(number, factor, ret) ||
        *ret < param->min || *ret > param->max) {
        const char *small = smallest_unit(param->type);
        scan_complain(&reader->scan, value->where,
                      "%.64s is out of range: \"%s\" is at least %lld%s and at most %lld%s",
                      value->text, param->name, (long long)param->min, small, (long long)param->max,
                      small);
        return false;
    }
    return true;
}

static bool read_word(Reader *reader, const char *const *words, const Value *value, int *ret)
{
    char known[160];
    StrBuf list = str_begin(known, sizeof(known));

    for (int i = 0; words[i] != NULL; i++) {
        if (str_equal_nocase(words[i], value->text)) {
            *ret = i;
            return true;
        }
        str_add(&list, i > 0 ? ", " : "");
        str_add(&list, words[i]);
    }
    scan_complain(&reader->scan, value->where, "\"%.64s\" is none of: %s", value->text, known);
    return false;
}

static bool read_text(Reader *reader, const ParamInfo *param, const Value *value)
{
    if (!value->quoted) {
        scan_complain(&reader->scan, value->where, "\"%s\" needs single quotes around its value",
                      param->name);
        return false;
    }
    for (size_t i = 0; i < value->length; i++) {
        if ((unsigned char)value->text[i] >= 0x80) {
            scan_complain(&reader->scan, value->where, "the value of \"%s\" is not ASCII",
                          param->name);
            return false;
        }
    }
    if (value->length >= param->size) {
        scan_complain(&reader->scan, value->where,
                      "the value of \"%s\" is longer than %zu characters", param->name,
                      param->size - 1);
        return false;
    }
    /* The rest is zeroed too, so that settings can be compared as bytes. */
    memset(reader->target + param->offset, 0, param->size);
    memcpy(reader->target + param->offset, value->text, value->length);
    return true;
}

static void store_value(Reader *reader, const ParamInfo *param, const Value *value)
{
    static const char *const off_on[] = {"off", "on", NULL};
    char *field = reader->target + param->offset;
    int64_t number;
    int word;

    switch (param->type) {
    case PARAM_BOOL:
        if (read_word(reader, off_on, value, &word)) {
            *(bool *)field = word == 1;
        }
        return;
    case PARAM_ENUM:
        assert(param->size == sizeof(word));
        if (read_word(reader, param->words, value, &word)) {
            memcpy(field, &word, sizeof(word));
        }
        return;
    case PARAM_INT:
    case PARAM_TIME:
    case PARAM_SIZE:
        assert(param->size == sizeof(number));
        if (read_number(reader, param, value, &number)) {
            memcpy(field, &number, sizeof(number));
        }
        return;
    case PARAM_STRING:
    case PARAM_PATH:
    case PARAM_NAME:
        (void)read_text(reader, param, value); /* a complaint is already noted */
        return;
    }
    assert_unreachable("every type has its reader");
}

/* The line of the row's field, whichever of its names was used; 0: not set. */
static int line_of(const Reader *reader, const char *field)
{
    int line = 0;

    for (int i = 0; i < reader->table->count; i++) {
        if (str_equal(reader->table->rows[i].field, field) && reader->set_at[i] > 0) {
            line = reader->set_at[i];
        }
    }
    return line;
}

static void read_line(Reader *reader)
{
    Span rest = span_trim(reader->scan.present);
    Value value = {.length = 0};
    Span name;

    if (rest.length == 0 || rest.start[0] == '#') {
        return;
    }
    (void)span_part(&rest, '=', &name);
    name = span_trim(name);
    if (rest.start == NULL) {
        scan_complain(&reader->scan, name.start, "\"%.*s\" is not \"name = value\"",
                      span_shown(name), name.start);
        return;
    }
    int row = find_row(reader->table, name);
    if (row < 0) {
        complain_unknown(reader, name);
        return;
    }
    const ParamInfo *param = &reader->table->rows[row];
    int before = line_of(reader, param->field);
    if (before > 0) {
        scan_complain(&reader->scan, name.start, "\"%s\" is already set in line %d", param->field,
                      before);
        return;
    }
    reader->set_at[row] = reader->scan.line;
    if (read_value(reader, rest, &value)) {
        store_value(reader, param, &value);
    }
}

/* Reads the file into the target by the table; complaints are in the diagnostics. */
static bool read_file(Reader *reader, const char *file_name, const char *text, size_t length,
                      Diagnostics *diagnostics)
{
    assert(reader->table->count <= PARAMS_MAX);

    if (!scan_begin(&reader->scan, file_name, text, length, diagnostics)) {
        return false;
    }
    while (scan_line(&reader->scan)) {
        read_line(reader);
    }
    for (int i = 0; i < reader->table->count; i++) {
        const ParamInfo *param = &reader->table->rows[i];
        if (param->required && line_of(reader, param->field) == 0) {
            scan_complain(&reader->scan, NULL, "parameter \"%s\" is missing", param->name);
        }
    }
    return scan_good(&reader->scan);
}

bool conf_detection_time(Millis interval, Millis timeout, int64_t retry, Millis *ret)
{
    Millis detection;

    assert(interval > 0);
    assert(timeout > 0);
    assert(retry >= 0);

    if (__builtin_mul_overflow(interval + timeout, retry + 1, &detection) ||
        detection > INT64_C(1000) * INT32_MAX) {
        return false;
    }
    *ret = detection;
    return true;
}

Millis conf_lease_limit(Millis detection, Millis interval)
{
    return detection - interval - detection / 20;
}

static bool check_syslog_ident(Reader *reader, const char *ident)
{
    if (ident[0] != '\0' && strchr(ident, ' ') == NULL && strchr(ident, '\t') == NULL) {
        return true;
    }
    scan_complain_at(&reader->scan, line_of(reader, "syslog_ident"), 1,
                     "\"syslog_ident\" must not be empty or have blanks");
    return false;
}

/* P5: the lease ends before anybody else may think the primary dead. */
static void settle_lease(Reader *reader, Settings *settings)
{
    Millis detection;
    int line = line_of(reader, "lease_timeout");

    if (!conf_detection_time(settings->heartbeat_interval, settings->heartbeat_timeout,
                             settings->heartbeat_retry, &detection)) {
        scan_complain(&reader->scan, NULL,
                      "heartbeat_interval, heartbeat_timeout and heartbeat_retry together make a "
                      "time beyond all reason");
        return;
    }
    Millis limit = conf_lease_limit(detection, settings->heartbeat_interval);
    if (limit < 1) {
        scan_complain(&reader->scan, NULL,
                      "a silent server would be noticed after %lld ms, which leaves no time for a "
                      "lease",
                      (long long)detection);
        scan_hint(&reader->scan, "raise heartbeat_timeout or heartbeat_retry");
        return;
    }
    if (line == 0) {
        settings->lease_timeout = limit;
    } else if (settings->lease_timeout > limit) {
        scan_complain_at(&reader->scan, line, 1,
                         "lease_timeout is %lld ms, but must not be longer than %lld ms",
                         (long long)settings->lease_timeout, (long long)limit);
        scan_hint(&reader->scan, "leave it out: it is computed from the heartbeat parameters");
    }
}

/* Section 8 of the protocol: a majority of two is both, so somebody silent cannot be outvoted. */
static void settle_heartbeat_action(Reader *reader, const Network *network, Settings *settings)
{
    int line = line_of(reader, "heartbeat_error_action");

    if (network->count == 2 && settings->heartbeat_error_action == HEARTBEAT_ERROR_ACTION_COMMAND &&
        settings->arbitration_command[0] == '\0') {
        scan_complain_at(&reader->scan, line, 1,
                         "heartbeat_error_action = command needs an arbitration_command");
        scan_hint(&reader->scan,
                  "name a program that exits with 0 when the other server is broken");
        return;
    }
    if (network->count != 2 ||
        settings->heartbeat_error_action != HEARTBEAT_ERROR_ACTION_ARBITRATION) {
        return;
    }
    if (line == 0) {
        settings->heartbeat_error_action = HEARTBEAT_ERROR_ACTION_MESSAGE;
        return;
    }
    scan_complain_at(&reader->scan, line, 1,
                     "heartbeat_error_action = arbitration needs a third server or an arbiter");
    scan_hint(&reader->scan, "add an arbiter to network.conf, or use message");
}

bool conf_parse_server(const char *file_name, const char *text, size_t length,
                       const Network *network, Settings *ret, Diagnostics *diagnostics)
{
    Settings settings = settings_default;
    Reader reader = {.table = &server_params, .target = (char *)&settings};

    if (!read_file(&reader, file_name, text, length, diagnostics)) {
        return false;
    }
    if (settings.db_instance[0] != '/') {
        scan_complain_at(&reader.scan, line_of(&reader, "db_instance"), 1,
                         "\"db_instance\" must be an absolute path");
    }
    (void)check_syslog_ident(&reader, settings.syslog_ident); /* a complaint is noted */
    settle_lease(&reader, &settings);
    settle_heartbeat_action(&reader, network, &settings);
    if (!scan_good(&reader.scan)) {
        return false;
    }
    *ret = settings;
    return true;
}

static void check_arbiter_address(Reader *reader, const NetworkMember *self,
                                  const ArbiterSettings *settings)
{
    bool port_known = settings->port == 0;
    bool address_known = settings->my_address[0] == '\0';

    for (int i = 0; i < self->address_count; i++) {
        port_known = port_known || self->addresses[i].port == settings->port;
        address_known =
            address_known || str_equal_nocase(self->addresses[i].host, settings->my_address);
    }
    if (!port_known) {
        scan_complain_at(&reader->scan, line_of(reader, "port"), 1,
                         "port %lld is not that of \"%s\" in network.conf",
                         (long long)settings->port, self->name);
    }
    if (!address_known) {
        scan_complain_at(&reader->scan, line_of(reader, "my_address"), 1,
                         "my_address is not that of \"%s\" in network.conf: %s", self->name,
                         settings->my_address);
    }
}

bool conf_parse_arbiter(const char *file_name, const char *text, size_t length,
                        const NetworkMember *self, ArbiterSettings *ret, Diagnostics *diagnostics)
{
    ArbiterSettings settings = arbiter_settings_default;
    Reader reader = {.table = &arbiter_params, .target = (char *)&settings};
    Millis detection;

    if (!read_file(&reader, file_name, text, length, diagnostics)) {
        return false;
    }
    (void)check_syslog_ident(&reader, settings.syslog_ident); /* a complaint is noted */
    if (!conf_detection_time(settings.heartbeat_interval, settings.heartbeat_timeout,
                             settings.heartbeat_retry, &detection)) {
        scan_complain(&reader.scan, NULL,
                      "heartbeat_interval, heartbeat_timeout and heartbeat_retry together make a "
                      "time beyond all reason");
    }
    check_arbiter_address(&reader, self, &settings);
    if (!scan_good(&reader.scan)) {
        return false;
    }
    *ret = settings;
    return true;
}
