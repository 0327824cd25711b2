/* vqi_decode.h: reads .vqi files in C99, from memory, without heap, floating point or other files.
   Copyright (c) 2026 The vqi developers. MIT licence, https://opensource.org/license/mit

   Any C or C++ file may include it. One of them defines VQI_DECODE_IMPLEMENTATION first, and so gets the code.

     vqid_decoder d;
     vqid_status status = vqid_open(&d, file, file_bytes);
     if (status == VQID_OK) status = vqid_begin(&d, memory, memory_bytes);    vqid_memory_bytes(&d) are enough
     for (uint32_t y = 0; y < d.height && status == VQID_OK; ++y)
       status = vqid_read(&d, 0, y, d.width, 1, VQID_RGB565, line, 0);
     if (status != VQID_OK) puts(vqid_message(status));

   It reads files of fixed width, uniform range and the model fast, which `vqi compress --model fast` writes. The models
   balanced and max, detached codebooks and decode filters are refused by name.

   It checks all that vqi::decode does: when a file is opened its header, sections, lengths and the checksums of
   sections; a strip's checksum before its first row, and at its last row that its coding ends as it must. So only files
   that are made to deceive show rows before they are refused; vqid_check tells beforehand. After a failure nothing of
   what was written to `out` is to be shown.

   Integers only, in any byte order; about 1 kB of stack. Compilers may call memcpy, memset and divisions of 64 bits.
   Names in quotes are sections of codec/FORMAT.md. */
#ifndef VQI_DECODE_H
#define VQI_DECODE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Statuses, each with the message that says what is wrong and what to do. */
#define VQID_STATUSES(X)                                                                                       \
  X(VQID_OK, "no error")                                                                                       \
  /* The file is damaged, or is no .vqi file; `error_offset` is the byte at which that shows. */               \
  X(VQID_BAD_MAGIC, "not a .vqi file: wrong signature, give a file that vqi compress wrote")                   \
  X(VQID_TRUNCATED, "the file is cut off, get it whole")                                                       \
  X(VQID_RESERVED_SET, "a reserved bit is set: the file is damaged or of a newer format")                      \
  X(VQID_CORRUPT_HEADER, "a field of the header is out of range, get the file again")                          \
  X(VQID_CORRUPT_SECTION, "a section is not as it should be, get the file again")                              \
  X(VQID_CHECKSUM_MISMATCH, "a checksum does not match, get the file again")                                   \
  X(VQID_TRAILING_BYTES, "bytes follow the end of the file, get it again")                                     \
  X(VQID_CORRUPT_CODEBOOK, "the coded codebook breaks its coding's rules, get the file again")                 \
  X(VQID_CORRUPT_INDICES, "a strip of indices breaks its coding's rules, get the file again")                  \
  /* The file may be whole, and is not read here; `error_section` is the type of an unknown section. */        \
  X(VQID_UNSUPPORTED_VERSION, "the file is of a newer format than this decoder, take a newer vqi_decode.h")    \
  X(VQID_MODEL_BALANCED, "the model balanced is not read here, compress with --model fast")                    \
  X(VQID_MODEL_MAX, "the model max is not read here, compress with --model fast")                              \
  X(VQID_DECODE_FILTER, "the decode filter is not read here, compress with --no-restore")                      \
  X(VQID_DETACHED_CODEBOOK, "a detached codebook is not read here, compress without --detach")                 \
  X(VQID_UNKNOWN_SECTION, "a critical section is not read here, compress with --model fast and nothing newer") \
  /* The caller's. */                                                                                          \
  X(VQID_MEMORY, "more memory is needed, see vqid_memory_bytes")                                               \
  X(VQID_ARGUMENT, "a rectangle, format or alignment is wrong, or vqid_begin has not succeeded")

#define VQID_NAME(name, message) name,
/* What calls return. */ typedef enum vqid_status { VQID_STATUSES(VQID_NAME) VQID_STATUS_COUNT } vqid_status;

/* What is written. Samples are scaled to the nearest value. */
typedef enum vqid_format {
  VQID_8,     /* uint8_t for each channel of each pixel */
  VQID_16,    /* uint16_t, likewise */
  VQID_RGB565 /* uint16_t for each pixel, red in the upper bits; without alpha */
} vqid_format;

typedef struct vqid_distribution { /* "Distributions" */
  uint32_t key;                    /* 1 + the number of the distribution; 0: a free slot */
  uint16_t at[16];                 /* c, then n */
} vqid_distribution;

/* An opened file. The fields up to error_section are there to be read after vqid_open. */
typedef struct vqid_decoder {
  uint32_t width, height; /* pixels */
  uint32_t channels;      /* 1 grey; 2 grey, alpha; 3 RGB; 4 RGBA, not premultiplied */
  uint32_t bit_depth;     /* 8 or 16 */
  uint32_t block_width, block_height, k, coding; /* pixels; codewords; "Codings" */
  size_t error_offset;                           /* the byte at which damage shows */
  char error_section[5];                         /* the type of an unknown section */

  /* The decoder's own: of the file, */
  const uint8_t *file, *payloads[4]; /* of CBOK, STRP, INDX, END */
  size_t file_bytes, payload_bytes[4];
  uint32_t sample_bytes, codeword_bytes, map_width, map_height, strip_rows, strip_count;
  uint32_t stage, is_codebook_coded, is_fast; /* stage: 1 after vqid_open, 2 after vqid_begin */
  /* of the codebook, in the caller's memory, four channels a codeword in means and small_channels, */
  const uint8_t *codebook;
  uint8_t *coded_codebook;
  uint16_t *means, *small_channels, *near_codewords; /* near_size of them for each codeword */
  uint32_t *inverse, *cubes; /* 0 where not computed yet; a cache of cube << 16 | 1 + codeword */
  uint32_t near_size, cube_bits, cube_mask, shift, digit_count, further_bits, table_begins[7];
  /* of the strip under way, none if strip is strip_count: rows of indices, with the model fast after two above them */
  const uint8_t *bytes;
  uint32_t strip, length, used, row_count, first_row, end_row; /* rows of the strip: all; from, to in `rows` */
  uint16_t *rows[6];
  uint64_t states[4], least_state;
  vqid_distribution *slots;
  uint32_t slots_most, slot_count, is_hashed, is_wide;
  vqid_status fault;
} vqid_decoder;

/* Reads header and sections of a file, which stays borrowed: it may lie in flash. */
vqid_status vqid_open(vqid_decoder *d, const void *file, size_t file_bytes);

/* Bytes of memory with which all of an opened file can be read; SIZE_MAX if the machine has no such numbers. For fixed
   width and uniform range 2 for each block of a row; for the model fast 12 for each block of a row, 20 + 2 min(K, 32)
   for each codeword, a coded codebook, at most 16 kB of cache, and 0.6 to 3.4 MB of distributions. A picture uses only
   distributions that fit it, so that less memory may do. */
size_t vqid_memory_bytes(const vqid_decoder *d);

/* Reads the codebook, in memory of the caller at any address, which stays borrowed. VQID_MEMORY if it is too small;
   where it has room for some distributions and not for all, vqid_read and vqid_check may say so yet. */
vqid_status vqid_begin(vqid_decoder *d, void *memory, size_t memory_bytes);

/* Bytes that do for the strip read last, with a quarter more distributions than it used, so that they are found
   quickly. For a picture in flash, ask once after its last row. */
size_t vqid_memory_used(const vqid_decoder *d);

/* Writes the rectangle of `width` by `height` pixels at (x, y) to `out`, whose rows begin `stride_bytes` apart (0: with
   nothing between them); for uint16_t both are even. Rows cost the least from the top down: going back within a strip,
   but for fixed width, decodes it from its first row again. */
vqid_status vqid_read(vqid_decoder *d, uint32_t x, uint32_t y, uint32_t width, uint32_t height, vqid_format format,
                      void *out, size_t stride_bytes);

/* Decodes all strips, and writes nothing: VQID_OK if the file is whole. */
vqid_status vqid_check(vqid_decoder *d);
const char *vqid_message(vqid_status status); /* what is wrong, and what to do */

#ifdef __cplusplus
}
#endif
#endif

#ifdef VQI_DECODE_IMPLEMENTATION

enum {
  vqid_frame_bytes = 12,    /* of a section, before its payload */
  vqid_overhead_bytes = 16, /* of a section, beside its payload */
  vqid_near_most = 32,
  vqid_searched_most = 4096, /* codewords: all are compared up to here */
  vqid_window = 256,         /* codewords to either side that are compared beyond */
  vqid_slots_least = 64,
  vqid_lag = 3,   /* columns that a row of the model fast lags behind the one above */
  vqid_margin = 2 /* columns that are read beyond either end of a row */
};
static const uint64_t vqid_f = 0x9E3779B97F4A7C15u, vqid_g = 0xC2B2AE3D27D4EB4Fu, vqid_h = 0x165667B19E3779F9u,
                      vqid_i = 0x85EBCA77C2B2AE63u;

#define VQID_MESSAGE(name, message) message,
const char *vqid_message(vqid_status status) {
  static const char *const messages[] = {VQID_STATUSES(VQID_MESSAGE) "unknown status"};
  return messages[(unsigned)status < VQID_STATUS_COUNT ? (unsigned)status : (unsigned)VQID_STATUS_COUNT];
}

static vqid_status vqid_fail(vqid_decoder *d, vqid_status status, size_t offset) {
  d->error_offset = offset;
  return status;
}

static uint32_t vqid_least(uint32_t a, uint32_t b) { return a < b ? a : b; }

static uint64_t vqid_number(const uint8_t *from, unsigned bytes) { /* little-endian */
  uint64_t number = 0;
  while (bytes-- > 0) number = number << 8 | from[bytes];
  return number;
}

static uint32_t vqid_u32(const uint8_t *from) { return (uint32_t)vqid_number(from, 4); }

static unsigned vqid_bits(uint32_t k) { /* ceil(log2(k)) */
  unsigned bits = 0;
  while (((k - 1) >> bits) != 0) ++bits;
  return bits;
}

/* CRC-32C ("Conventions"), half a byte at a time: the table is small. */
static uint32_t vqid_crc(const uint8_t *from, size_t bytes) {
  static const uint32_t table[16] = {0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3,
                                     0x61C69362, 0x7198540D, 0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9,
                                     0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75};
  uint32_t crc = 0xFFFFFFFFu;
  while (bytes-- > 0) {
    crc ^= *from++;
    for (int half = 0; half < 2; ++half) crc = crc >> 4 ^ table[crc & 15];
  }
  return ~crc;
}

/* ---- "Fixed header" ---- */
static vqid_status vqid_check_start(vqid_decoder *d) {
  static const uint8_t magic[8] = {0x89, 'V', 'Q', 'I', '\r', '\n', 0x1A, '\n'};
  static const uint8_t reserved[][2] = {{10, 12}, {48, 60}, {31, 32}, {36, 40}}; /* from, to; the last for filters */
  for (size_t i = 0; i < sizeof(magic) && i < d->file_bytes; ++i)
    if (d->file[i] != magic[i]) return vqid_fail(d, VQID_BAD_MAGIC, i);
  if (d->file_bytes < 64) return vqid_fail(d, VQID_TRUNCATED, d->file_bytes);
  if (vqid_crc(d->file, 60) != vqid_u32(d->file + 60)) return vqid_fail(d, VQID_CHECKSUM_MISMATCH, 60);
  if (d->file[8] != 1 || d->file[9] > 3) return vqid_fail(d, VQID_UNSUPPORTED_VERSION, 8);
  for (size_t i = 0; i < (d->file[9] >= 3 && d->file[31] != 0 ? 2u : 4u); ++i)
    for (size_t at = reserved[i][0]; at < reserved[i][1]; ++at)
      if (d->file[at] != 0) return vqid_fail(d, VQID_RESERVED_SET, at);
  return VQID_OK;
}

/* Coding, model and coding of the codebook. */
static vqid_status vqid_check_codings(vqid_decoder *d) {
  const uint32_t minor = d->file[9], model = d->file[29], codebook = d->file[30], has_model = d->file[28] == 3;
  const vqid_status unknown = has_model ? VQID_UNSUPPORTED_VERSION : VQID_RESERVED_SET;
  d->coding = d->file[28];
  d->is_codebook_coded = codebook == 1;
  if (d->coding < 1 || d->coding > 3) return vqid_fail(d, VQID_UNSUPPORTED_VERSION, 28);
  if (has_model && minor < 1) return vqid_fail(d, VQID_CORRUPT_HEADER, 9);
  if (has_model ? model < 1 || model > 3 : model != 0) return vqid_fail(d, unknown, 29);
  if (codebook > has_model && (codebook != 2 || minor < 2)) return vqid_fail(d, unknown, 30);
  return VQID_OK;
}

/* Tables of distributions, of first symbols and of those that follow an escape; the last two for wide contexts. */
enum { vqid_pattern, vqid_nearby, vqid_digit, vqid_digit_nearby, vqid_wide, vqid_digit_wide, vqid_tables };

/* What the model fast takes from the header. */
static void vqid_set_up_fast(vqid_decoder *d) {
  static const uint8_t cube_bits[5] = {0, 8, 8, 5, 4};
  const unsigned bits = vqid_bits(d->k);
  d->is_fast = 1;
  d->near_size = vqid_least(d->k, vqid_near_most);
  d->cube_bits = cube_bits[d->channels];
  d->cube_mask = vqid_least(1u << d->channels * d->cube_bits, 4096) - 1;
  d->digit_count = (bits + 3) / 4;
  d->further_bits = vqid_least(13, 5 + bits);
  const uint32_t digit_keys = vqid_least(4096, 16 + (2u << 4 * (d->digit_count - 1)));
  const uint32_t sizes[vqid_tables] = {1u << 9, 1u << 14, digit_keys, 1u << d->further_bits, 1u << 15, 1u << 15};
  for (unsigned i = 0; i < vqid_tables; ++i) d->table_begins[i + 1] = d->table_begins[i] + sizes[i];
}

/* The other fields: where they lie, their bytes, least and greatest values. */
static vqid_status vqid_check_fields(vqid_decoder *d) {
  static const uint32_t rules[8][4] = {{12, 4, 1, ~0u}, {16, 4, 1, ~0u}, {20, 1, 1, 4},     {21, 1, 8, 16},
                                       {22, 1, 1, 16},  {23, 1, 1, 16},  {24, 4, 1, 65536}, {32, 4, 1, ~0u}};
  uint32_t *const fields[8] = {&d->width,       &d->height,       &d->channels, &d->bit_depth,
                               &d->block_width, &d->block_height, &d->k,        &d->strip_rows};
  const uint64_t mse = vqid_number(d->file + 40, 8);
  for (unsigned i = 0; i < 8; ++i) {
    *fields[i] = (uint32_t)vqid_number(d->file + rules[i][0], rules[i][1]);
    if (*fields[i] < rules[i][2] || *fields[i] > rules[i][3] || (i == 3 && *fields[i] % 8 != 0))
      return vqid_fail(d, VQID_CORRUPT_HEADER, rules[i][0]);
  }
  d->map_width = (d->width - 1) / d->block_width + 1;
  d->map_height = (d->height - 1) / d->block_height + 1;
  d->strip_count = d->map_height / d->strip_rows; /* 0: more rows in a strip than the map has */
  if (d->strip_count == 0 || (d->strip_count > 1 && (uint64_t)d->strip_rows * d->map_width < 65536))
    return vqid_fail(d, VQID_CORRUPT_HEADER, 32);
  if (d->coding == 2 && (d->k & (d->k - 1)) == 0) return vqid_fail(d, VQID_CORRUPT_HEADER, 28);
  /* A sign, or the exponent of infinities and of what is no number. */
  if (mse >> 63 != 0 || (mse >> 52 & 0x7FF) == 0x7FF) return vqid_fail(d, VQID_CORRUPT_HEADER, 40);
  if (d->file[29] > 1) return vqid_fail(d, d->file[29] == 2 ? VQID_MODEL_BALANCED : VQID_MODEL_MAX, 29);
  if (d->file[30] == 2) return vqid_fail(d, VQID_DETACHED_CODEBOOK, 30);
  if (d->file[31] != 0) return vqid_fail(d, VQID_DECODE_FILTER, 31);
  if (d->coding == 3 && d->k > 1) vqid_set_up_fast(d); /* at K = 1 strips are empty */
  d->sample_bytes = d->bit_depth / 8;
  d->codeword_bytes = d->block_width * d->block_height * d->channels * d->sample_bytes;
  return VQID_OK;
}

/* ---- "Sections" ---- */
/* The place of a section's type in a list of types, or the length of that. */
static unsigned vqid_place_of(const uint8_t *type, const char *list) {
  unsigned i = 0;
  for (const char *at = list; *at != 0; at += 4, ++i)
    if (type[0] == at[0] && type[1] == at[1] && type[2] == at[2] && type[3] == at[3]) break;
  return i;
}

/* The place among the sections that must be there, in their order, or 4. */
static unsigned vqid_critical_place(const uint8_t *type) { return vqid_place_of(type, "CBOKSTRPINDXEND "); }

/* Checks the frame and the checksum of the section at an offset, and tells the bytes of its payload. */
static vqid_status vqid_read_section(vqid_decoder *d, size_t offset, size_t *payload_bytes) {
  const uint8_t *const at = d->file + offset;
  const size_t left = d->file_bytes - offset;
  if (left < vqid_overhead_bytes) return vqid_fail(d, VQID_TRUNCATED, d->file_bytes);
  for (size_t i = 0; i < 4; ++i)
    if (at[i] < 0x20 || at[i] > 0x7E) return vqid_fail(d, VQID_CORRUPT_SECTION, offset + i);
  if (at[4] > 1 || at[5] != 0) return vqid_fail(d, VQID_RESERVED_SET, offset + 4);
  const uint64_t length = vqid_number(at + 6, 6);
  if (length > left - vqid_overhead_bytes) return vqid_fail(d, VQID_TRUNCATED, offset + 6);
  *payload_bytes = (size_t)length;
  const size_t checked = vqid_frame_bytes + *payload_bytes;
  return vqid_crc(at, checked) == vqid_u32(at + checked) ? VQID_OK : vqid_fail(d, VQID_CHECKSUM_MISMATCH, offset);
}

/* "colour metadata": its sections are checked, each at most once, and not used. */
static vqid_status vqid_check_metadata(vqid_decoder *d, size_t offset, size_t payload_bytes, uint32_t *seen) {
  /* Bytes of the payload; the byte that has a greatest value, and that. */
  static const uint8_t rules[6][3] = {{4, 0, 255}, {32, 0, 255}, {1, 0, 3}, {0, 0, 0}, {4, 3, 1}, {9, 8, 1}};
  const size_t payload = offset + vqid_frame_bytes;
  const unsigned i = vqid_place_of(d->file + offset, "gAMAcHRMsRGBiCCPcICPpHYs");
  if (i == 6) return VQID_OK;
  if (*seen >> i & 1) return vqid_fail(d, VQID_CORRUPT_SECTION, offset);
  *seen |= 1u << i;
  if (i == 3) { /* iCCP begins with a name of 1 to 79 bytes, which a NUL ends */
    size_t name = 0;
    while (name < payload_bytes && name < 80 && d->file[payload + name] != 0) ++name;
    const int is_right = name > 0 && name < 80 && name < payload_bytes;
    return is_right ? VQID_OK : vqid_fail(d, VQID_CORRUPT_SECTION, payload);
  }
  if (payload_bytes != rules[i][0]) return vqid_fail(d, VQID_CORRUPT_SECTION, offset + 6);
  if (d->file[payload + rules[i][1]] <= rules[i][2]) return VQID_OK;
  return vqid_fail(d, VQID_CORRUPT_SECTION, payload + rules[i][1]);
}

/* A section that says it is critical, where number `place` of these is due. */
static vqid_status vqid_take_critical(vqid_decoder *d, size_t offset, size_t payload_bytes, unsigned place) {
  const uint64_t wanted[4] = {(uint64_t)d->k * d->codeword_bytes, 8 * (uint64_t)d->strip_count, payload_bytes, 8};
  const size_t payload = offset + vqid_frame_bytes;
  const unsigned found = vqid_critical_place(d->file + offset);
  for (unsigned i = 0; found == 4 && i < 4; ++i) d->error_section[i] = (char)d->file[offset + i];
  if (found != place) return vqid_fail(d, found == 4 ? VQID_UNKNOWN_SECTION : VQID_CORRUPT_SECTION, offset);
  d->payloads[place] = d->file + payload;
  d->payload_bytes[place] = payload_bytes;
  const int is_shorter = place == 0 && d->is_codebook_coded; /* by at least a byte */
  if (is_shorter ? payload_bytes == 0 || payload_bytes >= wanted[0] : payload_bytes != wanted[place])
    return vqid_fail(d, VQID_CORRUPT_SECTION, offset + 6);
  if (place < 3 || vqid_number(d->payloads[3], 8) == payload + 12) return VQID_OK;
  return vqid_fail(d, VQID_CORRUPT_SECTION, payload);
}

static vqid_status vqid_read_sections(vqid_decoder *d) {
  size_t offset = 64, payload_bytes = 0;
  uint32_t metadata_seen = 0;
  for (unsigned place = 0; place < 4; offset += vqid_overhead_bytes + payload_bytes) {
    vqid_status status = vqid_read_section(d, offset, &payload_bytes);
    if (status != VQID_OK) return status;
    if (d->file[offset + 4] == 0)
      status = vqid_take_critical(d, offset, payload_bytes, place++);
    else if (vqid_critical_place(d->file + offset) < 4)
      status = vqid_fail(d, VQID_CORRUPT_SECTION, offset + 4);
    else
      status = vqid_check_metadata(d, offset, payload_bytes, &metadata_seen);
    if (status != VQID_OK) return status;
  }
  return offset == d->file_bytes ? VQID_OK : vqid_fail(d, VQID_TRAILING_BYTES, offset);
}

/* ---- "STRP, the strip table" ---- */
static uint32_t vqid_strip_length(const vqid_decoder *d, uint32_t strip) {
  return vqid_u32(d->payloads[1] + 8 * (size_t)strip);
}

static uint32_t vqid_strip_row_count(const vqid_decoder *d, uint32_t strip) {
  return strip + 1 == d->strip_count ? d->map_height - strip * d->strip_rows : d->strip_rows;
}

/* Whether a strip of n vectors may have `length` bytes. */
static int vqid_length_fits(const vqid_decoder *d, uint64_t n, uint32_t length) {
  const unsigned bits = vqid_bits(d->k);
  if (d->coding == 3) return (length == 0) == (d->k == 1);
  if (d->coding == 2) return length >= 32 && length % 4 == 0 && (length - 32) / 4 <= n / 2 + n % 2;
  if (bits == 0) return length == 0;
  return n >> 36 == 0 && length == (n * bits + 7) / 8;
}

/* The lengths of all strips, alone and in sum. */
static vqid_status vqid_check_table(vqid_decoder *d) {
  uint64_t total = 0;
  for (uint32_t i = 0; i < d->strip_count; ++i) {
    const uint32_t length = vqid_strip_length(d, i);
    if (!vqid_length_fits(d, (uint64_t)vqid_strip_row_count(d, i) * d->map_width, length))
      return vqid_fail(d, VQID_CORRUPT_SECTION, (size_t)(d->payloads[1] - d->file) + 8 * (size_t)i);
    total += length;
  }
  if (total == d->payload_bytes[2]) return VQID_OK;
  return vqid_fail(d, VQID_CORRUPT_SECTION, (size_t)(d->payloads[2] - d->file) - 6);
}

vqid_status vqid_open(vqid_decoder *d, const void *file, size_t file_bytes) {
  for (size_t i = 0; i < sizeof(*d); ++i) ((unsigned char *)d)[i] = 0;
  d->file = (const uint8_t *)file;
  d->file_bytes = file_bytes;
  vqid_status status = vqid_check_start(d);
  if (status == VQID_OK) status = vqid_check_codings(d);
  if (status == VQID_OK) status = vqid_check_fields(d);
  if (status == VQID_OK) status = vqid_read_sections(d);
  if (status == VQID_OK) status = vqid_check_table(d);
  d->stage = status == VQID_OK;
  return status;
}

/* ---- Memory of the caller ---- */
/* The next bytes of the caller's memory; where there is no memory they are only counted. */
static void *vqid_take(uint8_t *memory, uint64_t *taken, uint64_t bytes) {
  *taken += bytes;
  return memory != NULL ? memory + (*taken - bytes) : NULL;
}

/* Lays out all but the distributions, larger numbers first, so that each is aligned as the memory is. Returns the
   bytes, a multiple of 4. */
static uint64_t vqid_lay_out(vqid_decoder *d, uint8_t *memory) {
  uint64_t taken = 0;
  if (d->is_fast) {
    d->inverse = (uint32_t *)vqid_take(memory, &taken, 4 * d->k);
    d->cubes = (uint32_t *)vqid_take(memory, &taken, 4 * (d->cube_mask + 1));
    d->means = (uint16_t *)vqid_take(memory, &taken, 8 * d->k);
    d->small_channels = (uint16_t *)vqid_take(memory, &taken, 8 * d->k);
    d->near_codewords = (uint16_t *)vqid_take(memory, &taken, 2 * d->k * d->near_size);
  }
  for (int i = 0; i < (d->is_fast ? 6 : 1); ++i) {
    d->rows[i] = (uint16_t *)vqid_take(memory, &taken, 2 * ((uint64_t)d->map_width + 2 * vqid_margin));
    if (memory != NULL) d->rows[i] += vqid_margin;
  }
  d->coded_codebook = (uint8_t *)vqid_take(memory, &taken, d->is_codebook_coded * d->k * d->codeword_bytes);
  return (taken + 3) / 4 * 4;
}

/* Bytes for all but the distributions, and the most bytes that these take in any strip. */
static void vqid_measure(const vqid_decoder *d, uint64_t *fixed, uint64_t *distributions) {
  vqid_decoder copy = *d;
  *distributions = 0;
  if (d->is_fast) {
    size_t at = 0;
    uint32_t is_wide = 0;
    for (uint32_t i = 0; i < d->strip_count; at += vqid_strip_length(d, i++)) is_wide |= d->payloads[2][at] == 1;
    *distributions = d->table_begins[is_wide ? vqid_tables : vqid_wide] * (uint64_t)sizeof(vqid_distribution);
  }
  *fixed = vqid_lay_out(&copy, NULL);
}

/* Three bytes more, so that the memory may begin anywhere. */
static size_t vqid_size(uint64_t bytes) { return bytes > SIZE_MAX - 3 ? SIZE_MAX : (size_t)bytes + 3; }

size_t vqid_memory_bytes(const vqid_decoder *d) {
  uint64_t fixed = SIZE_MAX, distributions = 0;
  if (d->stage > 0) vqid_measure(d, &fixed, &distributions);
  return vqid_size(fixed + distributions);
}

size_t vqid_memory_used(const vqid_decoder *d) {
  uint64_t fixed = SIZE_MAX, distributions = 0, used = 0;
  if (d->stage > 0) vqid_measure(d, &fixed, &distributions);
  for (uint32_t i = 0; i < d->slot_count; ++i) used += d->slots[i].key != 0;
  used = (used + used / 4 + vqid_slots_least) * sizeof(vqid_distribution);
  return vqid_size(fixed + (used < distributions ? used : distributions));
}

/* ---- "CBOK, the codebook", and "The binary range coder" ---- */
enum { vqid_class_bits = 0, vqid_sign_bits = 144, vqid_second_bits = 146, vqid_bit_count = 163 }; /* adaptive bits */

typedef struct vqid_bit_reader {
  const uint8_t *bytes;
  size_t length, taken;
  uint32_t range, offset;
  uint16_t p[vqid_bit_count]; /* adaptive bits: of 1, in 1/65536 */
  uint8_t n[vqid_bit_count];  /* how often they were read */
} vqid_bit_reader;

static void vqid_take_byte(vqid_bit_reader *r) {
  r->offset = r->offset << 8 | (r->taken < r->length ? r->bytes[r->taken] : 0u);
  ++r->taken;
}

static uint32_t vqid_bit(vqid_bit_reader *r, uint32_t p) {
  const uint32_t one = (uint32_t)((uint64_t)r->range * p >> 16), bit = r->offset < one;
  r->offset -= bit ? 0 : one;
  r->range = bit ? one : r->range - one;
  for (; r->range < 1u << 24; r->range <<= 8) vqid_take_byte(r);
  return bit;
}

static uint32_t vqid_adaptive_bit(vqid_bit_reader *r, unsigned place) {
  const uint32_t bit = vqid_bit(r, r->p[place]);
  const int32_t p = r->p[place] + ((bit ? 65536 : 0) - (int32_t)r->p[place]) / (r->n[place] + 2);
  r->p[place] = (uint16_t)(p < 32 ? 32 : p > 65504 ? 65504 : p);
  if (r->n[place] < 30) ++r->n[place];
  return bit;
}

/* A difference of samples, and in `magnitude_bits` the bits of its magnitude. */
static int32_t vqid_difference(vqid_bit_reader *r, unsigned context, unsigned *magnitude_bits) {
  unsigned m = 0;
  while (m < 16 && vqid_adaptive_bit(r, vqid_class_bits + 16 * context + m)) ++m;
  *magnitude_bits = m;
  if (m == 0) return 0;
  const uint32_t is_negative = vqid_adaptive_bit(r, vqid_sign_bits + (context != 0));
  uint32_t magnitude = 1;
  for (unsigned i = 1; i < m; ++i)
    magnitude = 2 * magnitude + (i == 1 ? vqid_adaptive_bit(r, vqid_second_bits + m) : vqid_bit(r, 32768));
  return is_negative ? -(int32_t)magnitude : (int32_t)magnitude;
}

static vqid_status vqid_read_coded_codebook(vqid_decoder *d) {
  const int32_t most = (int32_t)((1u << d->bit_depth) - 1);
  const size_t offset = (size_t)(d->payloads[0] - d->file);
  vqid_bit_reader r = {d->payloads[0], d->payload_bytes[0], 0, 0xFFFFFFFFu, 0, {0}, {0}};
  for (uint32_t i = 0; i < 4; ++i) vqid_take_byte(&r);
  for (uint32_t i = 0; i < vqid_bit_count; ++i) r.p[i] = 32768;
  uint8_t *out = d->coded_codebook;
  for (uint32_t k = 0; k < d->k; ++k) {
    int32_t change = 0;
    unsigned context = 0, m;
    for (uint32_t i = 0; i < d->codeword_bytes; i += d->sample_bytes, out += d->sample_bytes) {
      const int32_t before = k == 0 ? (most + 1) / 2 : (int32_t)vqid_number(out - d->codeword_bytes, d->sample_bytes);
      int32_t sample = before + change / 2;
      sample = sample < 0 ? 0 : sample > most ? most : sample;
      sample += vqid_difference(&r, context, &m);
      if (sample < 0 || sample > most) return vqid_fail(d, VQID_CORRUPT_CODEBOOK, offset);
      out[0] = (uint8_t)sample;
      if (d->sample_bytes == 2) out[1] = (uint8_t)(sample >> 8);
      change = sample - before;
      context = 1 + vqid_least(m, 7);
    }
    if (r.taken > r.length + 3) return vqid_fail(d, VQID_CORRUPT_CODEBOOK, offset);
  }
  if (r.taken != r.length + 3 || r.offset >= 1u << 24) return vqid_fail(d, VQID_CORRUPT_CODEBOOK, offset);
  return VQID_OK;
}

/* ---- "Geometry" of the model fast ---- */
typedef struct vqid_point {
  int32_t luma, orange, green, alpha;
} vqid_point;

static vqid_point vqid_point_of(const vqid_decoder *d, const uint16_t *c) { /* channels that are not there are 0 */
  const vqid_point grey = {4 * c[0], 0, 0, c[1]};
  const vqid_point colour = {c[0] + 2 * c[1] + c[2], c[0] - c[2], 2 * c[1] - c[0] - c[2], c[3]};
  return d->channels <= 2 ? grey : colour;
}

static uint64_t vqid_distance_sq(vqid_point a, vqid_point b) {
  const int64_t luma = a.luma - b.luma, orange = a.orange - b.orange, green = a.green - b.green;
  const int64_t alpha = a.alpha - b.alpha;
  return (uint64_t)(luma * luma + 12 * orange * orange + 4 * green * green + 16 * alpha * alpha);
}

static uint32_t vqid_root(uint64_t square) {
  uint64_t root = 0;
  for (uint64_t bit = (uint64_t)1 << 31; bit != 0; bit >>= 1)
    if ((root | bit) * (root | bit) <= square) root |= bit;
  return (uint32_t)root;
}

/* Mean colours of all codewords, their small channels, and empty caches of what is nearest. */
static void vqid_derive_geometry(vqid_decoder *d) {
  const uint32_t pixels = d->block_width * d->block_height;
  uint32_t least[4] = {0, 0, 0, 0}, range = 0;
  for (uint32_t c = 0; c < 4; ++c) {
    uint32_t most = 0;
    least[c] = 65535;
    for (uint32_t k = 0; k < d->k; ++k) {
      const uint8_t *sample = d->codebook + (size_t)k * d->codeword_bytes + c * d->sample_bytes;
      uint32_t sum = 0;
      for (uint32_t i = 0; i < pixels && c < d->channels; ++i, sample += d->channels * d->sample_bytes)
        sum += (uint32_t)vqid_number(sample, d->sample_bytes);
      const uint32_t mean = sum / pixels;
      d->means[4 * (size_t)k + c] = (uint16_t)mean;
      least[c] = vqid_least(least[c], mean);
      if (mean > most) most = mean;
    }
    if (most - least[c] > range) range = most - least[c];
  }
  for (d->shift = 0; range >> d->shift > 255;) ++d->shift;
  for (size_t i = 0; i < 4 * (size_t)d->k; ++i)
    d->small_channels[i] = (uint16_t)((d->means[i] - least[i % 4]) >> d->shift);
  for (uint32_t k = 0; k < d->k; ++k) d->inverse[k] = 0;
  for (uint32_t i = 0; i <= d->cube_mask; ++i) d->cubes[i] = 0;
}

/* Fills near(k) and inverse(k): inserts each codeword among the nearest so far. */
static void vqid_find_near(vqid_decoder *d, uint32_t k) {
  const int is_all = d->k <= vqid_searched_most;
  const uint32_t begin = is_all || k < vqid_window ? 0 : k - vqid_window;
  const uint32_t end = is_all ? d->k : vqid_least(d->k, k + vqid_window + 1);
  const vqid_point point = vqid_point_of(d, d->means + 4 * (size_t)k);
  uint16_t *const list = d->near_codewords + (size_t)k * d->near_size;
  uint64_t distances[vqid_near_most];
  uint32_t found = 0;
  for (uint32_t other = begin; other < end; ++other) {
    const uint64_t distance = vqid_distance_sq(point, vqid_point_of(d, d->means + 4 * (size_t)other));
    if (found == d->near_size && distance >= distances[found - 1]) continue;
    uint32_t at = found < d->near_size ? found++ : found - 1;
    for (; at > 0 && distances[at - 1] > distance; --at) distances[at] = distances[at - 1], list[at] = list[at - 1];
    distances[at] = distance, list[at] = (uint16_t)other;
  }
  const uint32_t root = vqid_root(256 * (distances[vqid_least(found, 4) - 1] >> 2 * d->shift) / 6);
  d->inverse[k] = (1u << 20) / (root > 8 ? root : 8);
}

/* The codeword nearest to the centre of a cube of colours. */
static uint32_t vqid_nearest_to_cube(vqid_decoder *d, uint32_t cube) {
  uint32_t *const entry = d->cubes + ((cube + (cube >> 12) * 1543) & d->cube_mask); /* upper bits spread cubes */
  if ((*entry & 0xFFFF) != 0 && *entry >> 16 == cube) return (*entry & 0xFFFF) - 1;
  const uint32_t dropped = 8 - d->cube_bits, half = 1u << dropped >> 1;
  uint16_t c[4] = {0, 0, 0, 0};
  for (uint32_t i = 0; i < d->channels; ++i)
    c[i] = (uint16_t)(((cube >> i * d->cube_bits & (0xFFu >> dropped)) << dropped) + half);
  const vqid_point centre = vqid_point_of(d, c);
  uint64_t best_distance = UINT64_MAX;
  uint32_t best = 0;
  for (uint32_t k = 0; k < d->k; ++k) {
    const uint64_t distance = vqid_distance_sq(centre, vqid_point_of(d, d->small_channels + 4 * (size_t)k));
    if (distance < best_distance) best_distance = distance, best = k;
  }
  *entry = cube << 16 | (best + 1);
  return best;
}

/* The codeword that four neighbours, W, N, NE and NW, make expect. */
static uint32_t vqid_expected(vqid_decoder *d, const uint32_t *neighbours) {
  static const int8_t weights[4] = {2, 2, 1, -1};
  uint32_t cube = 0;
  if (d->k > vqid_searched_most) return neighbours[0];
  for (uint32_t c = 0; c < d->channels; ++c) {
    int32_t sum = 2;
    for (unsigned i = 0; i < 4; ++i) sum += weights[i] * d->small_channels[4 * (size_t)neighbours[i] + c];
    const uint32_t value = sum < 0 ? 0 : vqid_least((uint32_t)sum >> 2, 255);
    cube |= value >> (8 - d->cube_bits) << c * d->cube_bits;
  }
  return vqid_nearest_to_cube(d, cube);
}

/* Notes what is wrong with a strip; the first fault is the cause of others. */
static void vqid_blame(vqid_decoder *d, vqid_status fault) { d->fault = d->fault == VQID_OK ? fault : d->fault; }

/* A state, with the next word of the strip below it where it has become too small. */
static uint64_t vqid_filled(vqid_decoder *d, uint64_t state, uint32_t word_bytes) {
  if (state >= d->least_state) return state;
  if (d->length - d->used < word_bytes) vqid_blame(d, VQID_CORRUPT_INDICES);
  if (d->fault != VQID_OK) return state;
  d->used += word_bytes;
  return state << 8 * word_bytes | vqid_number(d->bytes + d->used - word_bytes, word_bytes);
}

/* ---- "Model 1: fast": symbols and distributions ---- */
/* A distribution, in the slot of its number where there is one for each; else slots are a hash table with linear
   probing. */
static vqid_distribution *vqid_distribution_of(vqid_decoder *d, unsigned table, uint32_t number) {
  const uint32_t key = d->table_begins[table] + number + 1;
  const uint32_t hash = (uint32_t)((uint64_t)(key * 0x9E3779B1u) * d->slot_count >> 32);
  vqid_distribution *slot = d->slots + (d->is_hashed ? hash : key - 1);
  for (uint32_t tries = 0; tries < d->slot_count; ++tries) {
    if (slot->key == key) return slot;
    if (slot->key == 0) { /* new: all symbols are equally likely */
      slot->key = key;
      for (unsigned i = 0; i < 16; ++i) slot->at[i] = (uint16_t)(i < 15 ? 2048 * (15 - i) : 0);
      return slot;
    }
    if (++slot == d->slots + d->slot_count) slot = d->slots;
  }
  vqid_blame(d, VQID_MEMORY);
  return d->slots;
}

static void vqid_learn(vqid_distribution *distribution, uint32_t symbol, int is_first) {
  uint16_t *const at = distribution->at;
  const uint32_t n = at[15], full = is_first ? 131072 / (2 * n + 3) : 327680 / (5 * n + 6);
  const uint32_t least = is_first ? 1024 : 2730;
  const int32_t rate = (int32_t)(full < least ? least : vqid_least(full, 32767));
  /* A product may be below 0: 2^30 is added to it before the shift, and taken away after it. */
  for (unsigned i = 0; i < 16; ++i) {
    const int32_t way = (i < symbol ? 32767 : 0) - at[i];
    at[i] = (uint16_t)(at[i] + ((way * rate + (1 << 30)) >> 16) - (1 << 14));
  }
  at[15] = (uint16_t)vqid_least(n + 1, 63);
}

/* A symbol has two contexts or, if they are wide, three. */
static void vqid_learn_all(const vqid_decoder *d, vqid_distribution *const *contexts, uint32_t symbol) {
  for (unsigned i = 0; i < 2 + d->is_wide; ++i) vqid_learn(contexts[i], symbol, i == 0);
}

/* Moves all numbers of m towards those of a distribution, as far as `weight` in 1/32768 says. */
static void vqid_interpolate(int32_t *m, const vqid_distribution *to, uint32_t weight) {
  for (unsigned i = 0; i < 16; ++i)
    m[i] += (((to->at[i] - m[i]) * (int32_t)weight + (1 << 30) + (1 << 14)) >> 15) - (1 << 15);
}

/* Reads a symbol of a row by the mixture of its contexts. */
static uint32_t vqid_symbol(vqid_decoder *d, unsigned row, vqid_distribution *const *contexts) {
  const uint32_t x = (uint32_t)d->states[row], slot = x & 32767, n1 = contexts[1]->at[15];
  int32_t m[16];
  for (unsigned i = 0; i < 16; ++i) m[i] = contexts[0]->at[i];
  vqid_interpolate(m, contexts[1], d->is_wide ? 58982 * n1 / (2 * n1 + 1) : 22938 * n1 / (n1 + 10));
  if (d->is_wide) {
    const uint32_t n2 = contexts[2]->at[15];
    vqid_interpolate(m, contexts[2], 31129 * n2 / (n2 + 1));
  }
  uint32_t ends[16], s = 0; /* the numbers F */
  for (unsigned i = 0; i < 16; ++i) ends[i] = (((uint32_t)m[i] * 32736 + (1u << 14)) >> 15) + 2 * (15 - i);
  ends[15] = 0;
  while (ends[s] > slot) ++s;
  d->states[row] = vqid_filled(d, ((s > 0 ? ends[s - 1] : 32768) - ends[s]) * (x >> 15) + slot - ends[s], 2);
  return s;
}

/* ---- "Model 1: fast": indices ---- */
/* What is known of an index before its first symbol, and that. */
typedef struct vqid_place {
  uint32_t neighbours[4]; /* W, N, NE, NW */
  uint32_t expected, key, symbol;
  uint64_t near_hash, wide_hash;
  vqid_distribution *contexts[3];
} vqid_place;

static uint32_t vqid_upper(uint64_t hash, uint32_t bits) { return (uint32_t)(hash >> (64 - bits)); }

static uint64_t vqid_join(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return a | b << 16 | (uint64_t)(c | d << 16) << 32;
}

/* How far the neighbours' lumas lie apart, in classes. */
static uint32_t vqid_roughness(vqid_decoder *d, const vqid_place *at) {
  static const uint8_t classes[16] = {0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7};
  const uint32_t n = at->neighbours[1];
  uint32_t least = 0xFFFFFFFFu, most = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const uint32_t luma = (uint32_t)vqid_point_of(d, d->small_channels + 4 * (size_t)at->neighbours[i]).luma;
    least = vqid_least(least, luma);
    if (luma > most) most = luma;
  }
  if (d->inverse[n] == 0) vqid_find_near(d, n);
  return classes[vqid_least(15, (most - least) * d->inverse[n] >> 16)];
}

/* Looks at what surrounds index x of the third of three rows. */
static void vqid_look(vqid_decoder *d, uint16_t *const *rows, uint32_t x, vqid_place *at) {
  const uint16_t *const here = rows[2] + x, *const above = rows[1] + x, *const above2 = rows[0] + x;
  const uint32_t w = here[-1], ww = here[-2], nww = above[-2], nw = above[-1], n = above[0], ne = above[1];
  const uint32_t nee = above[2], nn = above2[0], nne = above2[1];
  const int is_flat = w == n && n == nw && n == ne;
  const uint32_t equal = (uint32_t)(w == n) | (uint32_t)(n == ne) << 1 | (uint32_t)(w == nw) << 2 |
                         (uint32_t)(n == nw) << 3 | (uint32_t)(w == ww) << 4 | (uint32_t)(n == nn) << 5;
  const uint32_t around = (uint32_t)(nne == w) | (uint32_t)(nee == w) << 1 | (uint32_t)(nww == w) << 2;
  at->neighbours[0] = w, at->neighbours[1] = n, at->neighbours[2] = ne, at->neighbours[3] = nw;
  at->expected = vqid_expected(d, at->neighbours);
  at->near_hash = (d->k <= 128 ? vqid_join(0, nw, n, ne) : vqid_join(0, 0, n, 0)) * vqid_f + w * vqid_g;
  at->wide_hash = vqid_join(nww, nw, n, ne) * vqid_f + vqid_join(ww, w, nn, nne) * vqid_g + nee * vqid_h;
  const uint32_t rough = vqid_roughness(d, at);
  const uint64_t second = is_flat && !d->is_wide ? at->wide_hash : at->near_hash;
  at->key = is_flat ? 8 : rough;
  at->contexts[0] = vqid_distribution_of(d, vqid_pattern, 8 * equal + (is_flat ? around : rough));
  at->contexts[1] = vqid_distribution_of(d, vqid_nearby, vqid_upper(second, 14));
  if (d->is_wide) at->contexts[2] = vqid_distribution_of(d, vqid_wide, vqid_upper(at->wide_hash, 15));
}

/* Number `rank` among the codewords near the expected one that no neighbour has, or K if there are not as many. */
static uint32_t vqid_near_of_rank(vqid_decoder *d, const vqid_place *at, uint32_t rank) {
  const uint32_t *const of = at->neighbours;
  const uint16_t *const list = d->near_codewords + (size_t)at->expected * d->near_size;
  if (d->inverse[at->expected] == 0) vqid_find_near(d, at->expected);
  for (uint32_t i = 0; i < d->near_size; ++i) {
    const uint32_t k = list[i];
    if (k != of[0] && k != of[1] && k != of[2] && k != of[3] && rank-- == 0) return k;
  }
  return d->k;
}

/* Reads a symbol that follows an escape. */
static uint32_t vqid_further(vqid_decoder *d, unsigned row, const vqid_place *at, uint32_t key) {
  const uint64_t hash = key * vqid_i, context = d->is_wide ? at->near_hash : at->expected * vqid_f;
  vqid_distribution *contexts[3] = {
      vqid_distribution_of(d, vqid_digit, key % 4096),
      vqid_distribution_of(d, vqid_digit_nearby, vqid_upper(hash + context, d->further_bits)), NULL};
  if (d->is_wide) contexts[2] = vqid_distribution_of(d, vqid_digit_wide, vqid_upper(hash + at->wide_hash, 15));
  const uint32_t symbol = vqid_symbol(d, row, contexts);
  vqid_learn_all(d, contexts, symbol);
  return symbol;
}

/* The index that its first symbol and those that follow it stand for, or K or more if none. */
static uint32_t vqid_finish_index(vqid_decoder *d, unsigned row, const vqid_place *at) {
  uint32_t symbol = at->symbol, prefix = 1;
  if (symbol < 4) return at->neighbours[symbol];
  if (symbol < 15) return vqid_near_of_rank(d, at, symbol - 4);
  symbol = vqid_further(d, row, at, at->key);
  if (symbol < 15) return vqid_near_of_rank(d, at, 11 + symbol);
  for (uint32_t i = 0; i < d->digit_count; ++i) prefix = prefix << 4 | vqid_further(d, row, at, prefix + 16);
  return prefix - (1u << 4 * d->digit_count);
}

/* One turn of a group: an index of each row that has one there. */
static void vqid_turn(vqid_decoder *d, uint64_t turn, unsigned count) {
  vqid_place places[4];
  for (unsigned row = 0; row < count; ++row) {
    const uint64_t x = turn - vqid_lag * (uint64_t)row; /* before the row's begin: a great number */
    if (x >= d->map_width) continue;
    if (x == 0) d->rows[2 + row][-1] = d->rows[2 + row][-2] = d->rows[1 + row][0];
    vqid_look(d, d->rows + row, (uint32_t)x, &places[row]);
  }
  for (unsigned row = 0; row < count; ++row)
    if (turn - vqid_lag * (uint64_t)row < d->map_width) places[row].symbol = vqid_symbol(d, row, places[row].contexts);
  for (unsigned row = 0; row < count; ++row) {
    const uint64_t x = turn - vqid_lag * (uint64_t)row;
    if (x >= d->map_width) continue;
    uint16_t *const here = d->rows[2 + row] + x;
    const uint32_t index = vqid_finish_index(d, row, &places[row]);
    vqid_learn_all(d, places[row].contexts, places[row].symbol);
    if (index >= d->k) vqid_blame(d, VQID_CORRUPT_INDICES);
    here[0] = (uint16_t)(index < d->k ? index : 0);
    if (x + 1 == d->map_width) here[1] = here[2] = here[0];
  }
}

/* Decodes the next group of rows of a strip. */
static void vqid_fast_rows(vqid_decoder *d) {
  const unsigned count = (unsigned)vqid_least(4, d->row_count - d->end_row);
  const uint64_t turns = (uint64_t)d->map_width + vqid_lag * (uint64_t)(count - 1);
  for (unsigned i = 0; d->end_row > 0 && i < 2; ++i) { /* the last two rows are now those above */
    uint16_t *const row = d->rows[i];
    d->rows[i] = d->rows[4 + i];
    d->rows[4 + i] = row;
  }
  for (uint64_t turn = 0; turn < turns && d->fault == VQID_OK; ++turn) vqid_turn(d, turn, count);
  d->first_row = d->end_row;
  d->end_row += count;
}

/* Reads four states from a strip, each of at least `least` and below 2^32 * least. */
static void vqid_read_states(vqid_decoder *d, uint32_t at, uint32_t bytes, uint32_t least) {
  for (unsigned i = 0; i < 4; ++i, at += bytes) {
    d->states[i] = vqid_number(d->bytes + at, bytes);
    if (d->states[i] < least || d->states[i] >> 32 >= least) d->fault = VQID_CORRUPT_INDICES;
  }
  d->least_state = least;
  d->used = at;
}

static void vqid_start_fast(vqid_decoder *d) {
  d->is_wide = d->bytes[0];
  vqid_read_states(d, 1, 4, 65536);
  for (unsigned i = 0; i < 2; ++i) /* above the strip */
    for (size_t x = 0; x < (size_t)d->map_width + 2 * vqid_margin; ++x) *(d->rows[i] - vqid_margin + x) = 0;
  const uint32_t count = d->table_begins[d->is_wide ? vqid_tables : vqid_wide];
  d->slot_count = vqid_least(d->slots_most, count);
  d->is_hashed = d->slot_count < count;
  for (uint32_t i = 0; i < d->slot_count; ++i) d->slots[i].key = 0;
}

/* ---- "1: fixed width" and "2: uniform range" ---- */
/* Decodes any row of a strip. */
static void vqid_fixed_row(vqid_decoder *d, uint32_t row) {
  const unsigned bits = vqid_bits(d->k);
  const uint64_t first_bit = (uint64_t)row * d->map_width * bits;
  const uint8_t *at = d->bytes + (size_t)(first_bit / 8);
  uint32_t window = 0, index;
  unsigned there = 0, wanted = bits + (unsigned)(first_bit & 7); /* bits: in the window, for the first index */
  for (uint32_t x = 0; x < d->map_width; ++x, wanted = bits) {
    for (; there < wanted; there += 8) window |= (uint32_t)*at++ << there;
    index = window >> (wanted - bits) & ((1u << bits) - 1);
    window >>= wanted;
    there -= wanted;
    if (index >= d->k) d->fault = VQID_CORRUPT_INDICES;
    d->rows[0][x] = (uint16_t)index;
  }
  d->first_row = row;
  d->end_row = row + 1;
}

/* Decodes the next row of a strip. */
static void vqid_uniform_row(vqid_decoder *d) {
  uint64_t *state = d->states + ((uint64_t)d->end_row * d->map_width & 3);
  for (uint32_t x = 0; x < d->map_width; ++x) {
    d->rows[0][x] = (uint16_t)(*state % d->k);
    *state = vqid_filled(d, *state / d->k, 4);
    state = state == d->states + 3 ? d->states : state + 1;
  }
  d->first_row = d->end_row++;
}

/* ---- Strips and rows ---- */
/* Begins a strip: checks its checksum, and what its coding asks of its ends. */
static void vqid_start_strip(vqid_decoder *d, uint32_t strip) {
  const int is_later = strip >= d->strip;
  if (!is_later) d->bytes = d->payloads[2];
  for (uint32_t i = is_later ? d->strip : 0; i < strip; ++i) d->bytes += vqid_strip_length(d, i);
  d->length = vqid_strip_length(d, strip);
  d->row_count = vqid_strip_row_count(d, strip);
  d->first_row = d->end_row = d->used = 0;
  const uint64_t bits = (uint64_t)d->row_count * d->map_width * vqid_bits(d->k);
  d->strip = strip;
  d->fault = VQID_OK;
  if (vqid_crc(d->bytes, d->length) != vqid_u32(d->payloads[1] + 8 * (size_t)strip + 4))
    d->fault = VQID_CHECKSUM_MISMATCH;
  else if (d->is_fast && (d->length < 17 || d->length % 2 == 0 || d->bytes[0] > 1))
    d->fault = VQID_CORRUPT_INDICES;
  else if (d->is_fast)
    vqid_start_fast(d);
  else if (d->coding == 2)
    vqid_read_states(d, 0, 8, d->k * ((0x80000000u + d->k - 1) / d->k));
  else if (bits % 8 != 0 && d->bytes[d->length - 1] >> bits % 8 != 0)
    d->fault = VQID_CORRUPT_INDICES; /* unused bits */
}

/* Decodes until `rows` has a row of the map. */
static vqid_status vqid_seek(vqid_decoder *d, uint32_t map_row) {
  const int is_fixed = !d->is_fast && d->coding != 2;
  const uint32_t strip = vqid_least(map_row / d->strip_rows, d->strip_count - 1);
  const uint32_t row = map_row - strip * d->strip_rows;
  if (d->strip != strip || (row < d->first_row && !is_fixed)) vqid_start_strip(d, strip);
  while (d->fault == VQID_OK && (row >= d->end_row || row < d->first_row)) {
    if (d->is_fast)
      vqid_fast_rows(d);
    else if (is_fixed)
      vqid_fixed_row(d, row);
    else
      vqid_uniform_row(d);
    for (unsigned i = 0; i < 4 && !is_fixed && d->end_row == d->row_count; ++i) /* states and words have an end */
      if (d->states[i] != d->least_state || d->used != d->length) vqid_blame(d, VQID_CORRUPT_INDICES);
  }
  if (d->fault == VQID_OK) return VQID_OK;
  d->strip = d->strip_count;
  return vqid_fail(d, d->fault, (size_t)(d->bytes - d->file));
}

vqid_status vqid_begin(vqid_decoder *d, void *memory, size_t memory_bytes) {
  const size_t skipped = (4 - (uintptr_t)memory % 4) % 4;
  uint8_t *const bytes = (uint8_t *)memory + skipped;
  uint64_t fixed, distributions;
  if (d->stage < 1) return vqid_fail(d, VQID_ARGUMENT, 0);
  d->stage = 1;
  vqid_measure(d, &fixed, &distributions);
  const uint64_t least = fixed + (d->is_fast ? vqid_slots_least * sizeof(vqid_distribution) : 0);
  if (memory_bytes < skipped || memory_bytes - skipped < least) return vqid_fail(d, VQID_MEMORY, 0);
  vqid_lay_out(d, bytes);
  d->slots = (vqid_distribution *)(void *)(bytes + fixed);
  const uint64_t slots_most = (memory_bytes - skipped - fixed) / sizeof(vqid_distribution);
  d->slots_most = slots_most > 0xFFFFFFFFu ? 0xFFFFFFFFu : (uint32_t)slots_most;
  d->strip = d->strip_count;
  d->slot_count = 0;
  d->codebook = d->is_codebook_coded ? d->coded_codebook : d->payloads[0];
  const vqid_status status = d->is_codebook_coded ? vqid_read_coded_codebook(d) : VQID_OK;
  if (status == VQID_OK && d->is_fast) vqid_derive_geometry(d);
  d->stage = status == VQID_OK ? 2 : 1;
  return status;
}

vqid_status vqid_check(vqid_decoder *d) {
  if (d->stage < 2) return vqid_fail(d, VQID_ARGUMENT, 0);
  d->strip = d->strip_count;
  vqid_status status = VQID_OK;
  for (uint32_t row = 0; row < d->map_height && status == VQID_OK; ++row) status = vqid_seek(d, row);
  return status;
}

/* ---- Pixels ---- */
/* A sample as one of 0 .. most, rounded. */
static uint32_t vqid_scaled(const vqid_decoder *d, const uint8_t *sample, uint32_t most) {
  return d->bit_depth == 8 ? (sample[0] * most + 127) / 255 : ((uint32_t)vqid_number(sample, 2) * most + 32767) / 65535;
}

/* Writes `count` pixels; returns the end of what was written. */
static uint8_t *vqid_put(const vqid_decoder *d, const uint8_t *pixels, uint32_t count, vqid_format format,
                         uint8_t *out) {
  const uint32_t sample_bytes = d->sample_bytes, samples = count * d->channels;
  const uint8_t *const end = pixels + samples * sample_bytes;
  uint16_t *wide = (uint16_t *)(void *)out;
  if (format == VQID_RGB565) {
    const uint32_t next = d->channels > 2 ? sample_bytes : 0; /* grey is all three */
    for (; pixels < end; pixels += d->channels * sample_bytes)
      *wide++ = (uint16_t)(vqid_scaled(d, pixels, 31) << 11 | vqid_scaled(d, pixels + next, 63) << 5 |
                           vqid_scaled(d, pixels + 2 * next, 31));
    return out + 2 * (size_t)count;
  }
  if (format == VQID_16)
    for (; pixels < end; pixels += sample_bytes) *wide++ = (uint16_t)vqid_scaled(d, pixels, 65535);
  else
    for (; pixels < end; pixels += sample_bytes)
      *out++ = sample_bytes == 1 ? *pixels : (uint8_t)vqid_scaled(d, pixels, 255);
  return format == VQID_16 ? out + 2 * (size_t)samples : out;
}

/* Writes a part of a row of pixels from a row of indices. */
static void vqid_put_row(const vqid_decoder *d, const uint16_t *indices, uint32_t x, uint32_t y, uint32_t width,
                         vqid_format format, uint8_t *out) {
  const uint32_t pixel_bytes = d->channels * d->sample_bytes;
  const uint8_t *const row = d->codebook + (size_t)(y % d->block_height) * d->block_width * pixel_bytes;
  const uint16_t *index = indices + x / d->block_width;
  uint32_t within = x % d->block_width, count;
  for (; width > 0; width -= count, within = 0) {
    count = vqid_least(width, d->block_width - within);
    out = vqid_put(d, row + *index++ * (size_t)d->codeword_bytes + within * pixel_bytes, count, format, out);
  }
}

vqid_status vqid_read(vqid_decoder *d, uint32_t x, uint32_t y, uint32_t width, uint32_t height, vqid_format format,
                      void *out, size_t stride_bytes) {
  const size_t pixel_bytes = format == VQID_RGB565 ? 2 : format == VQID_16 ? 2 * (size_t)d->channels : d->channels;
  if (d->stage < 2 || (unsigned)format > VQID_RGB565 || width > d->width || x > d->width - width ||
      height > d->height || y > d->height - height || (format != VQID_8 && ((uintptr_t)out | stride_bytes) % 2 != 0))
    return vqid_fail(d, VQID_ARGUMENT, 0);
  if (stride_bytes == 0) stride_bytes = width * pixel_bytes;
  uint8_t *row = (uint8_t *)out;
  for (uint32_t end = y + height; y < end; ++y, row += stride_bytes) {
    const vqid_status status = vqid_seek(d, y / d->block_height);
    if (status != VQID_OK) return status;
    const uint32_t in_strip = y / d->block_height - d->strip * d->strip_rows;
    vqid_put_row(d, d->rows[d->is_fast ? 2 + in_strip - d->first_row : 0], x, y, width, format, row);
  }
  return VQID_OK;
}

#endif
