/*
 * Packs and indexes: where a generation keeps what is in the files.
 *
 * Each worker writes packs of its own ("pack.<number>") with compressed chunks one behind the other, and one index
 * ("index.<worker>") with the records that say where each chunk is (plan/chunk.h). So a backup of a million small
 * files is a handful of files, made durable with a handful of fsyncs.
 */
#ifndef BACKUP_PACK_H
#define BACKUP_PACK_H

#include "backup/cipher.h"
#include "base/error.h"
#include "plan/chunk.h"
#include "plan/manifest.h"
#include "sys/pg_file.h"

enum { PACK_WORKERS_MAX = 64, PACK_LEVEL_USUAL = 1, PACK_LEVEL_MAX = 19 };

typedef struct PackWriter PackWriter;

/* folder: of the generation; cipher: of it, or NULL, owned by the caller. The caller frees it with pack_writer_free(). */
__attribute__((warn_unused_result)) bool pack_writer_new(const char *folder, int worker, int level,
                                                         Cipher *cipher, PackWriter **ret,
                                                         Error *error);
void pack_writer_free(PackWriter **writer);
/* Adds size bytes; ret says where they are. */
__attribute__((warn_unused_result)) bool pack_write(PackWriter *out, const void *bytes, size_t size,
                                                    ChunkSource *ret, Error *error);
/* Begins a piece of the index, adds to it, and ends it: all of a part's fields but its place in the file are set. */
void pack_part_begin(PackWriter *out);
__attribute__((warn_unused_result)) bool pack_part_add(PackWriter *out, const Chunk *chunk,
                                                       Error *error);
__attribute__((warn_unused_result)) bool pack_part_end(PackWriter *out, ManifestPart *ret,
                                                       Error *error);
/* Makes all of it durable. */
__attribute__((warn_unused_result)) bool pack_writer_end(PackWriter *out, Error *error);

/* Stores at most CHUNK_SIZE_MAX bytes as the next chunk of the part. */
__attribute__((warn_unused_result)) bool pack_part_bytes(PackWriter *out, const uint8_t *bytes,
                                                         uint32_t size, Error *error);

/*
 * Reading: of one generation and those that it uses. folders[0] is its own, folders[n] that of "uses n". The key must fit
 * all of them (backup_key_fits): ERROR_REFUSED otherwise.
 */
typedef struct PackReader PackReader;
__attribute__((warn_unused_result)) bool pack_reader_new(const char *destination,
                                                         const char *generation,
                                                         const ManifestHead *head,
                                                         const BackupKey *key, PackReader **ret,
                                                         Error *error);
void pack_reader_free(PackReader **reader);
/*
 * The records of a part, checked against its sum: of the reader's own generation. The chunks are valid until
 * the next call; their sizes are what the part says.
 */
__attribute__((warn_unused_result)) bool pack_read_part(PackReader *in, const ManifestPart *part,
                                                        const Chunk **ret, Error *error);
/*
 * The contents of a chunk into ret (CHUNK_SIZE_MAX), every sum checked: ERROR_CORRUPT names the pack and the place.
 */
__attribute__((warn_unused_result)) bool pack_read_chunk(PackReader *in, const Chunk *chunk,
                                                         uint8_t *ret, Error *error);
/* Only the sums of the bytes as stored. */
__attribute__((warn_unused_result)) bool pack_check_stored(PackReader *in, const Chunk *chunk,
                                                           Error *error);

#endif
