/* wire_fields.c - structs of the schema <-> bytes, after tables of their fields.
 *
 * nanopb's own runtime unpacks a packed description for every field that it touches, and walks every nested
 * struct once more for its length; that was half of all the time of the simulator. Here the same lists of fields
 * become plain tables, and a struct is written from its end to its beginning: when a length is written, what it
 * counts is there already. Nesting ends with the schema, where no type contains itself. */
#include "wire/wire_fields.h"

#include "base/assert.h"

#include <string.h>

enum {
    VARINT_SHIFT_MAX = 63, /* 64 bits, seven at a time */
};

typedef enum FieldKind {
    FIELD_BOOL,
    FIELD_UINT32,
    FIELD_UINT64,
    FIELD_SINT64,
    FIELD_FIXED64,
    FIELD_STRING,
    FIELD_FIXED_LENGTH_BYTES,
    FIELD_MESSAGE,
} FieldKind;

typedef enum FieldOften {
    FIELD_SINGULAR, /* not written when it is zero */
    FIELD_REPEATED,
    FIELD_ONEOF,
} FieldOften;

typedef enum FieldFormat {
    FORMAT_VARINT = 0,
    FORMAT_64 = 1,
    FORMAT_LENGTH = 2,
    FORMAT_32 = 5,
} FieldFormat;

typedef struct Field {
    const WireType *type; /* of a nested struct */
    uint8_t number;
    uint8_t kind;      /* FieldKind */
    uint8_t often;     /* FieldOften */
    uint16_t offset;   /* of the value, of the first of several */
    uint16_t selector; /* of their count; of the number of the member that a union holds */
    uint16_t size;     /* of one */
    uint16_t room;     /* for so many */
} Field;

struct WireType {
    const Field *field; /* ascending by number */
    uint16_t count;
};

/* --- the tables, made of nanopb's lists -------------------------------------------------------------- */

#define SIZE_OF(struct_, name)    (sizeof(((struct_ *)0)->name))
#define TYPE_OF(message)          TYPE_OF_EXPANDED(message)
#define TYPE_OF_EXPANDED(message) &type_of_##message

/* A union's field is called (union, member, path). */
#define UNION_PATH(union_, member, path)         path
#define UNION_TYPE_NAME(struct_, union_, member) struct_##_##union_##_##member##_MSGTYPE
#define UNION_TYPE(union_, member, path)         TYPE_OF(UNION_TYPE_NAME(wire_Message, union_, member))

#define NESTED_BOOL(struct_, name)               NULL
#define NESTED_UINT32(struct_, name)             NULL
#define NESTED_UINT64(struct_, name)             NULL
#define NESTED_SINT64(struct_, name)             NULL
#define NESTED_FIXED64(struct_, name)            NULL
#define NESTED_STRING(struct_, name)             NULL
#define NESTED_FIXED_LENGTH_BYTES(struct_, name) NULL
#define NESTED_MESSAGE(struct_, name)            TYPE_OF(struct_##_##name##_MSGTYPE)

#define PLACE_SINGULAR(struct_, name, kind_)                                  \
    .type = NESTED_##kind_(struct_, name), .offset = offsetof(struct_, name), \
    .size = SIZE_OF(struct_, name), .room = 1
#define PLACE_REPEATED(struct_, name, kind_)                                        \
    .type = NESTED_##kind_(struct_, name), .offset = offsetof(struct_, name),       \
    .selector = offsetof(struct_, name##_count), .size = SIZE_OF(struct_, name[0]), \
    .room = SIZE_OF(struct_, name) / SIZE_OF(struct_, name[0])
#define PLACE_ONEOF(struct_, name, kind_)                                  \
    .type = UNION_TYPE name, .offset = offsetof(struct_, UNION_PATH name), \
    .selector = offsetof(struct_, which_u), .size = SIZE_OF(struct_, UNION_PATH name), .room = 1

#define FIELD(struct_, storage, often_, kind_, name, number_) \
    {.number = (number_),                                     \
     .kind = FIELD_##kind_,                                   \
     .often = FIELD_##often_,                                 \
     PLACE_##often_(struct_, name, kind_)},

/* Every struct of the schema, nested ones first. */
/* clang-format off */
#define TYPES(X)                                                                                  \
    X(wire_Member) X(wire_Attachment) X(wire_Eligible) X(wire_Record) X(wire_Ballot)              \
    X(wire_ChainLink) X(wire_Chain) X(wire_Position) X(wire_Consent) X(wire_VoterMemory)          \
    X(wire_Run) X(wire_Prepare) X(wire_Promise) X(wire_Accept) X(wire_Accepted) X(wire_Chosen)    \
    X(wire_RecoverAsk) X(wire_RecoverAnswer) X(wire_Heartbeat) X(wire_HeartbeatAnswer)            \
    X(wire_AttachAsk) X(wire_AttachAnswer) X(wire_PositionAsk) X(wire_PositionAnswer)             \
    X(wire_Message) X(wire_Durable) X(wire_Command) X(wire_ControlRequest) X(wire_MemberStatus)   \
    X(wire_Status) X(wire_LogEntry) X(wire_Reply) X(wire_ControlAnswer)
/* clang-format on */

#define TYPE(struct_)                                                                 \
    static const Field fields_of_##struct_[] = {struct_##_FIELDLIST(FIELD, struct_)}; \
    static const WireType type_of_##struct_ = {                                       \
        .field = fields_of_##struct_,                                                 \
        .count = sizeof fields_of_##struct_ / sizeof fields_of_##struct_[0],          \
    };
TYPES(TYPE)

const WireType *const wire_type_message = &type_of_wire_Message;
const WireType *const wire_type_durable = &type_of_wire_Durable;
const WireType *const wire_type_request = &type_of_wire_ControlRequest;
const WireType *const wire_type_answer = &type_of_wire_ControlAnswer;

/* --- writing, from the end ----------------------------------------------------------------------------- */

typedef struct Writer {
    uint8_t *begin; /* of the room */
    uint8_t *at;    /* what has been written starts here */
    bool full;
} Writer;

static uint8_t *make_room(Writer *writer, size_t size)
{
    if ((size_t)(writer->at - writer->begin) < size) {
        writer->full = true;
        return NULL;
    }
    writer->at -= size;
    return writer->at;
}

static void write_bytes(Writer *writer, const void *bytes, size_t size)
{
    uint8_t *to = make_room(writer, size);
    if (to != NULL) {
        memcpy(to, bytes, size);
    }
}

static void write_varint(Writer *writer, uint64_t value)
{
    size_t size = 1;
    for (uint64_t rest = value >> 7; rest != 0; rest >>= 7) {
        size++;
    }
    uint8_t *to = make_room(writer, size);
    for (size_t i = 0; to != NULL && i < size; i++) {
        to[i] = (uint8_t)((value & 0x7f) | (i + 1 < size ? 0x80 : 0));
        value >>= 7;
    }
}

static void write_fixed64(Writer *writer, uint64_t value)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
    write_bytes(writer, bytes, sizeof bytes);
}

static void write_tag(Writer *writer, const Field *field, FieldFormat format)
{
    write_varint(writer, (uint64_t)field->number << 3 | format);
}

static uint16_t selector_of(const Field *field, const uint8_t *value)
{
    uint16_t selector;
    memcpy(&selector, value + field->selector, sizeof selector);
    return selector;
}

/* Numbers of every width, as the varint that stands for them. */
static uint64_t number_of(const Field *field, const uint8_t *at)
{
    uint64_t wide = 0;
    uint32_t narrow = 0;
    if (field->kind == FIELD_BOOL) {
        return *at != 0;
    }
    if (field->kind == FIELD_UINT32) {
        memcpy(&narrow, at, sizeof narrow);
        return narrow;
    }
    memcpy(&wide, at, sizeof wide);
    return field->kind == FIELD_SINT64 ? wide << 1 ^ (0 - (wide >> 63)) : wide;
}

static void write_type(Writer *writer, const WireType *type, const uint8_t *value);

/* One value with its length and tag before it; one that is zero only where it must be there. */
static void write_value(Writer *writer, const Field *field, const uint8_t *at, bool zero_too)
{
    const uint8_t *end = writer->at;
    uint64_t number = 0;
    switch ((FieldKind)field->kind) {
    case FIELD_BOOL:
    case FIELD_UINT32:
    case FIELD_UINT64:
    case FIELD_SINT64:
        number = number_of(field, at);
        if (number != 0 || zero_too) {
            write_varint(writer, number);
            write_tag(writer, field, FORMAT_VARINT);
        }
        return;
    case FIELD_FIXED64:
        number = number_of(field, at);
        if (number != 0 || zero_too) {
            write_fixed64(writer, number);
            write_tag(writer, field, FORMAT_64);
        }
        return;
    case FIELD_STRING:
        write_bytes(writer, at, strnlen((const char *)at, field->size));
        break;
    case FIELD_FIXED_LENGTH_BYTES:
        write_bytes(writer, at, field->size);
        break;
    case FIELD_MESSAGE:
        write_type(writer, field->type, at);
        break;
    }
    const size_t length = (size_t)(end - writer->at);
    if (length > 0 || zero_too) {
        write_varint(writer, length);
        write_tag(writer, field, FORMAT_LENGTH);
    }
}

static void write_field(Writer *writer, const Field *field, const uint8_t *value)
{
    const uint8_t *first = value + field->offset;
    switch ((FieldOften)field->often) {
    case FIELD_SINGULAR:
        write_value(writer, field, first, false);
        return;
    case FIELD_REPEATED:
        for (size_t i = selector_of(field, value); i > 0; i--) {
            write_value(writer, field, first + (i - 1) * field->size, true);
        }
        return;
    case FIELD_ONEOF:
        if (selector_of(field, value) == field->number) {
            write_value(writer, field, first, true);
        }
        return;
    }
}

static void write_type(Writer *writer, const WireType *type, const uint8_t *value)
{
    for (uint16_t i = type->count; i > 0 && !writer->full; i--) {
        write_field(writer, &type->field[i - 1], value);
    }
}

size_t wire_put(const WireType *type, const void *value, uint8_t *bytes, size_t size)
{
    Writer writer = {.begin = bytes, .at = bytes + size};
    write_type(&writer, type, value);
    const size_t used = (size_t)(bytes + size - writer.at);
    if (writer.full) {
        return 0;
    }
    memmove(bytes, writer.at, used);
    return used;
}

/* --- reading ------------------------------------------------------------------------------------------- */

typedef struct Reader {
    const uint8_t *at;
    const uint8_t *end;
} Reader;

static size_t left(const Reader *reader)
{
    return (size_t)(reader->end - reader->at);
}

static bool read_varint(Reader *reader, uint64_t *ret)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift <= VARINT_SHIFT_MAX && reader->at < reader->end; shift += 7) {
        const uint8_t byte = *reader->at++;
        if (shift == VARINT_SHIFT_MAX && byte > 1) {
            return false; /* more than 64 bits */
        }
        value |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) {
            *ret = value;
            return true;
        }
    }
    return false;
}

static bool read_fixed64(Reader *reader, uint64_t *ret)
{
    uint64_t value = 0;
    if (left(reader) < sizeof value) {
        return false;
    }
    for (size_t i = 0; i < sizeof value; i++) {
        value |= (uint64_t)reader->at[i] << (8 * i);
    }
    reader->at += sizeof value;
    *ret = value;
    return true;
}

static bool skip(Reader *reader, size_t size)
{
    if (left(reader) < size) {
        return false;
    }
    reader->at += size;
    return true;
}

/* What is counted by the length that comes next. */
static bool read_part(Reader *reader, Reader *ret)
{
    uint64_t length = 0;
    if (!read_varint(reader, &length) || length > left(reader)) {
        return false;
    }
    *ret = (Reader){.at = reader->at, .end = reader->at + length};
    return skip(reader, length);
}

static bool skip_unknown(Reader *reader, unsigned format)
{
    uint64_t number;
    Reader part;
    switch (format) {
    case FORMAT_VARINT:
        return read_varint(reader, &number);
    case FORMAT_64:
        return skip(reader, 8);
    case FORMAT_LENGTH:
        return read_part(reader, &part);
    case FORMAT_32:
        return skip(reader, 4);
    default: /* a number from outside: groups, and what is no format */
        return false;
    }
}

static bool read_number(Reader *reader, const Field *field, uint8_t *at)
{
    uint64_t wide = 0;
    if (!(field->kind == FIELD_FIXED64 ? read_fixed64 : read_varint)(reader, &wide)) {
        return false;
    }
    const uint32_t narrow = (uint32_t)wide;
    const bool truth = wide != 0;
    if (field->kind == FIELD_BOOL) {
        memcpy(at, &truth, sizeof truth);
        return narrow == wide;
    }
    if (field->kind == FIELD_UINT32) {
        memcpy(at, &narrow, sizeof narrow);
        return narrow == wide;
    }
    if (field->kind == FIELD_SINT64) {
        wide = wide >> 1 ^ (0 - (wide & 1));
    }
    memcpy(at, &wide, sizeof wide);
    return true;
}

static bool read_type(Reader *reader, const WireType *type, uint8_t *value);

static FieldFormat format_of(const Field *field)
{
    if (field->kind == FIELD_FIXED64) {
        return FORMAT_64;
    }
    return field->kind < FIELD_FIXED64 ? FORMAT_VARINT : FORMAT_LENGTH;
}

static bool read_value(Reader *reader, const Field *field, uint8_t *at)
{
    Reader part;
    if (format_of(field) != FORMAT_LENGTH) {
        return read_number(reader, field, at);
    }
    if (!read_part(reader, &part)) {
        return false;
    }
    if (field->kind == FIELD_MESSAGE) {
        return read_type(&part, field->type, at);
    }
    const size_t length = left(&part);
    const bool text = field->kind == FIELD_STRING;
    if (text ? length >= field->size : length != 0 && length != field->size) {
        return false;
    }
    memset(at, 0, field->size);
    memcpy(at, part.at, length);
    return true;
}

/* A field again: of several the next one, of a union the one that holds, else over what was there. */
static bool read_field(Reader *reader, const Field *field, uint8_t *value)
{
    uint8_t *at = value + field->offset;
    uint16_t selector = 0;
    switch ((FieldOften)field->often) {
    case FIELD_SINGULAR:
        break;
    case FIELD_REPEATED:
        selector = selector_of(field, value);
        if (selector >= field->room) {
            return false;
        }
        at += (size_t)selector * field->size;
        selector++;
        memcpy(value + field->selector, &selector, sizeof selector);
        break;
    case FIELD_ONEOF:
        selector = field->number;
        if (selector_of(field, value) != selector) {
            memset(at, 0, field->size);
            memcpy(value + field->selector, &selector, sizeof selector);
        }
        break;
    }
    return read_value(reader, field, at);
}

/* Fields come in the order of the table, by whoever wrote them here: the search goes on where it was. */
static const Field *find_field(const WireType *type, uint64_t number, uint16_t *near)
{
    for (uint16_t tried = 0; tried < type->count; tried++) {
        const Field *field = &type->field[*near];
        if (field->number == number) {
            return field;
        }
        *near = (uint16_t)(*near + 1 == type->count ? 0 : *near + 1);
    }
    return NULL;
}

static bool read_type(Reader *reader, const WireType *type, uint8_t *value)
{
    uint16_t near = 0;
    while (reader->at < reader->end) {
        uint64_t tag = 0;
        if (!read_varint(reader, &tag) || tag > UINT32_MAX || tag >> 3 == 0) {
            return false;
        }
        const unsigned format = tag & 7;
        const Field *field = find_field(type, tag >> 3, &near);
        const bool good = field == NULL
                              ? skip_unknown(reader, format)
                              : format == format_of(field) && read_field(reader, field, value);
        if (!good) {
            return false;
        }
    }
    return true;
}

bool wire_get(const WireType *type, const uint8_t *bytes, size_t size, void *ret)
{
    Reader reader = {.at = bytes, .end = bytes + size};
    return read_type(&reader, type, ret);
}
