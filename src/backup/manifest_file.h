/*
 * Manifests on disk, line by line, with the sum over all of them.
 */
#ifndef BACKUP_MANIFEST_FILE_H
#define BACKUP_MANIFEST_FILE_H

#include "backup/cipher.h"
#include "plan/manifest.h"
#include "sys/pg_file.h"

#define MANIFEST_NAME "manifest"

typedef struct ManifestReader ManifestReader;

/* Of the generation in this folder. Freed by manifest_reader_free(). */
__attribute__((warn_unused_result)) bool manifest_reader_new(const char *folder,
                                                             ManifestReader **ret, Error *error);
/* Of another name: one that is not complete yet. */
__attribute__((warn_unused_result)) bool manifest_reader_named(const char *folder, const char *name,
                                                               ManifestReader **ret, Error *error);
void manifest_reader_free(ManifestReader **reader);
/*
 * The next line, checked to stand where it may; *ret_more is false behind the last one, and then the sum was right.
 * Lines are to be acted on only when the whole was read through once before.
 */
__attribute__((warn_unused_result)) bool manifest_next(ManifestReader *in, ManifestLine *ret,
                                                       bool *ret_more, Error *error);
/* The head alone. That the rest is well is not looked at. */
__attribute__((warn_unused_result)) bool manifest_read_head(const char *folder, ManifestHead *ret,
                                                            Error *error);
/* Behind the last line of an encrypted generation's: whether somebody who has the key wrote it. */
bool manifest_reader_sealed(const ManifestReader *in, const Cipher *cipher);
/* What the lines so far have said of the head. */
const ManifestHead *manifest_reader_head(const ManifestReader *in);
/* Reads it to its end: head, sum, order, and whether packs and indexes are there with their sizes. */
__attribute__((warn_unused_result)) bool manifest_prove(const char *folder, ManifestHead *ret,
                                                        Error *error);

__attribute__((warn_unused_result)) bool manifest_prove_named(const char *folder, const char *name,
                                                              ManifestHead *ret, Error *error);

/*
 * Whether an encrypted generation's manifest is as somebody with the key wrote it: what is built on it, and what came from
 * elsewhere, is asked this first. One that is not encrypted passes. ERROR_CORRUPT; ERROR_REFUSED where the key is another.
 */
__attribute__((warn_unused_result)) bool manifest_check_seal(const char *folder, const char *name,
                                                             const BackupKey *key, Error *error);

typedef struct ManifestWriter ManifestWriter;
/* Makes "manifest.new" in the folder. */
__attribute__((warn_unused_result)) bool manifest_writer_new(const char *folder,
                                                             ManifestWriter **ret, Error *error);
void manifest_writer_free(ManifestWriter **writer);
__attribute__((warn_unused_result)) bool manifest_write(ManifestWriter *out,
                                                        const ManifestLine *line, Error *error);
/* Ends it with its seal, where there is a cipher (else NULL), and its sum, makes it durable and gives it its name: the generation is complete. */
__attribute__((warn_unused_result)) bool manifest_writer_end(ManifestWriter *out,
                                                             const Cipher *cipher, Error *error);

#endif
