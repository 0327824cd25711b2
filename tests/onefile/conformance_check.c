/* Runs vqi_decode.h on the conformance files: pixels of the manifest, refusals of rejected.txt, damage, memory, parts.

     conformance_check FOLDER [quick]     quick: without cuts, flipped bits and small memories

   Prints what was tried and exits 0, or names what is wrong and exits 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VQI_DECODE_IMPLEMENTATION
#include "vqi_decode.h"

typedef struct {
  uint8_t *bytes;
  size_t size;
} Buffer;

static const char *checked_name = "";

static void expect(int is_right, const char *what) {
  if (is_right) return;
  printf("%s: %s\n", checked_name, what);
  exit(1);
}

/* Memory of just the size, so that a sanitizer sees each byte beyond. */
static Buffer make(size_t size) {
  Buffer buffer;
  buffer.bytes = (uint8_t *)malloc(size > 0 ? size : 1);
  buffer.size = size;
  expect(buffer.bytes != NULL, "no memory is left");
  return buffer;
}

static Buffer read_file(const char *folder, const char *name) {
  char path[1024];
  Buffer buffer;
  snprintf(path, sizeof path, "%s/files/%s", folder, name);
  FILE *file = fopen(path, "rb");
  expect(file != NULL, "cannot be opened");
  expect(fseek(file, 0, SEEK_END) == 0, "cannot be read");
  buffer = make((size_t)ftell(file));
  rewind(file);
  expect(fread(buffer.bytes, 1, buffer.size, file) == buffer.size, "cannot be read");
  fclose(file);
  return buffer;
}

/* Opens and begins, in memory of `bytes`, or of as much as the file asks for where that is 0. */
static vqid_status begin(vqid_decoder *d, Buffer file, Buffer *memory, size_t bytes) {
  const vqid_status status = vqid_open(d, file.bytes, file.size);
  memory->bytes = NULL;
  if (status != VQID_OK) return status;
  *memory = make(bytes > 0 ? bytes : vqid_memory_bytes(d));
  return vqid_begin(d, memory->bytes, memory->size);
}

static vqid_format own_format(const vqid_decoder *d) { return d->bit_depth == 8 ? VQID_8 : VQID_16; }

static size_t pixel_bytes(const vqid_decoder *d, vqid_format format) {
  return format == VQID_RGB565 ? 2 : d->channels * (format == VQID_16 ? 2u : 1u);
}

/* The samples of the whole image, 16-bit ones with the low byte first. */
static Buffer whole_of(vqid_decoder *d) {
  const Buffer out = make(d->width * pixel_bytes(d, own_format(d)) * d->height);
  expect(vqid_read(d, 0, 0, d->width, d->height, own_format(d), out.bytes, 0) == VQID_OK, "is not decoded");
  for (size_t i = 0; d->bit_depth == 16 && i < out.size; i += 2) {
    uint16_t sample;
    memcpy(&sample, out.bytes + i, 2);
    out.bytes[i] = (uint8_t)sample;
    out.bytes[i + 1] = (uint8_t)(sample >> 8);
  }
  return out;
}

static uint32_t sample_of(const vqid_decoder *d, Buffer whole, size_t i) {
  return d->bit_depth == 8 ? whole.bytes[i] : (uint32_t)(whole.bytes[2 * i] | whole.bytes[2 * i + 1] << 8);
}

/* The nearest to sample / top * most, by doubles. */
static uint32_t scaled(const vqid_decoder *d, uint32_t sample, double most) {
  return (uint32_t)(sample * most / (d->bit_depth == 8 ? 255.0 : 65535.0) + 0.5);
}

/* What pixel number `pixel` of the image is in a format, compared with what was read. */
static int is_pixel(const vqid_decoder *d, Buffer whole, size_t pixel, vqid_format format, const uint8_t *read) {
  const size_t first = pixel * d->channels;
  uint16_t wide = 0;
  if (format == VQID_RGB565) {
    const size_t next = d->channels > 2 ? 1 : 0;
    memcpy(&wide, read, 2);
    return wide ==
           (scaled(d, sample_of(d, whole, first), 31) << 11 | scaled(d, sample_of(d, whole, first + next), 63) << 5 |
            scaled(d, sample_of(d, whole, first + 2 * next), 31));
  }
  for (size_t c = 0; c < d->channels; ++c) {
    const uint32_t wanted = scaled(d, sample_of(d, whole, first + c), format == VQID_8 ? 255 : 65535);
    if (format == VQID_16) memcpy(&wide, read + 2 * c, 2);
    if (wanted != (format == VQID_16 ? wide : read[c])) return 0;
  }
  return 1;
}

static uint32_t random_below(uint32_t count) {
  static uint64_t state = 1;
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((state >> 32) * count >> 32);
}

/* Rectangles in any order and every format, some with gaps between their rows. */
static void check_parts(vqid_decoder *d, Buffer whole) {
  const int tries = d->width > 2000 ? 3 : 30;
  for (int i = 0; i < tries; ++i) {
    const vqid_format format = (vqid_format)(i % 3);
    const uint32_t x = random_below(d->width), y = random_below(d->height);
    const uint32_t width = 1 + random_below(d->width - x);
    const uint32_t height = 1 + random_below(d->height - y < 40 ? d->height - y : 40);
    const size_t size = pixel_bytes(d, format), stride = width * size + 2 * random_below(3) + width * size % 2;
    const Buffer out = make(stride * (height - 1) + width * size + 1);
    expect(vqid_read(d, x, y, width, height, format, out.bytes, stride) == VQID_OK, "a rectangle is not read");
    for (uint32_t v = 0; v < height; ++v)
      for (uint32_t u = 0; u < width; ++u)
        expect(is_pixel(d, whole, (size_t)(y + v) * d->width + x + u, format, out.bytes + v * stride + u * size),
               "a pixel of a rectangle is wrong");
    free(out.bytes);
  }
}

/* Rows one by one from the top, with just the memory that is asked for. */
static void check_rows(vqid_decoder *d, Buffer whole) {
  const vqid_format format = own_format(d);
  const size_t row_bytes = d->width * pixel_bytes(d, format);
  const Buffer row = make(row_bytes);
  for (uint32_t y = 0; y < d->height; ++y) {
    expect(vqid_read(d, 0, y, d->width, 1, format, row.bytes, 0) == VQID_OK, "a row is not read");
    for (uint32_t x = 0; x < d->width; x += 1 + d->width / 64)
      expect(is_pixel(d, whole, (size_t)y * d->width + x, format, row.bytes + x * pixel_bytes(d, format)),
             "a pixel of a row is wrong");
  }
  expect(vqid_read(d, 1, 0, d->width, 1, format, row.bytes, 0) == VQID_ARGUMENT, "reads what lies right of it");
  expect(vqid_read(d, 0, d->height, 1, 1, format, row.bytes, 0) == VQID_ARGUMENT, "reads what lies below it");
  free(row.bytes);
}

/* Every smaller memory gives the same pixels or is refused as too small, and what was used is enough. */
static void check_memory(Buffer file, Buffer whole, size_t enough) {
  vqid_decoder d;
  Buffer memory;
  expect(begin(&d, file, &memory, enough) == VQID_OK, "what was used is not enough to begin");
  const Buffer again = whole_of(&d);
  expect(memcmp(again.bytes, whole.bytes, whole.size) == 0, "has other pixels in the memory that was used");
  free(again.bytes);
  free(memory.bytes);
  size_t refused = 0;
  for (size_t bytes = 1; bytes < enough; bytes += 1 + enough / 40) {
    vqid_status status = begin(&d, file, &memory, bytes);
    if (status == VQID_OK) status = vqid_check(&d);
    expect(status == VQID_OK || status == VQID_MEMORY, "small memory is not called so");
    refused += status == VQID_MEMORY;
    free(memory.bytes);
  }
  expect(enough == 1 || refused > 0, "no memory is too small");
}

static int is_whole(const uint8_t *bytes, size_t size) {
  vqid_decoder d;
  Buffer memory;
  const Buffer file = make(size); /* of its own, for a sanitizer */
  memcpy(file.bytes, bytes, size);
  vqid_status status = begin(&d, file, &memory, 0);
  if (status == VQID_OK) status = vqid_check(&d);
  free(memory.bytes);
  free(file.bytes);
  return status == VQID_OK;
}

/* A file cut at any byte, longer by one, or with any bit flipped is none. */
static void check_damage(Buffer file) {
  const Buffer damaged = make(file.size + 1);
  memcpy(damaged.bytes, file.bytes, file.size);
  damaged.bytes[file.size] = 0;
  expect(!is_whole(damaged.bytes, file.size + 1), "is taken with a byte after its end");
  for (size_t size = 0; size < file.size; ++size) expect(!is_whole(file.bytes, size), "is taken though cut off");
  for (size_t bit = 0; bit < 8 * file.size; ++bit) {
    damaged.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    expect(!is_whole(damaged.bytes, file.size), "is taken with a flipped bit");
    damaged.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
  free(damaged.bytes);
}

static void put(uint8_t *to, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) to[i] = (uint8_t)(number >> 8 * i);
}

/* Writes lengths and checksums that fit the bytes of a file, whose codebook has become `longer` and whose one strip has
   other bytes. */
static void repair(Buffer file, int longer) {
  uint8_t *at = file.bytes + 64, *table = NULL;
  put(file.bytes + 60, vqid_crc(file.bytes, 60), 4);
  while (at < file.bytes + file.size) {
    const uint8_t *const type = at;
    const size_t bytes = (size_t)vqid_number(at + 6, 6) + (size_t)(memcmp(type, "CBOK", 4) == 0 ? longer : 0);
    put(at + 6, bytes, 6);
    if (memcmp(type, "STRP", 4) == 0) table = at;
    if (memcmp(type, "INDX", 4) == 0) { /* the table stands before it */
      put(table + 16, vqid_crc(at + 12, bytes), 4);
      put(table + 20, vqid_crc(table, 20), 4);
    }
    if (memcmp(type, "END ", 4) == 0) put(at + 12, file.size, 8);
    put(at + 12 + bytes, vqid_crc(at, 12 + bytes), 4);
    at += 16 + bytes;
  }
}

/* The status of a file of the model fast whose bytes were changed, and then its checksums repaired: its codebook has a
   byte more or less at its end, where `add` is added to the last one; a byte of the header and of the strip are set. */
static vqid_status changed(Buffer file, int longer, int add, int codebook_coding, int strip_begin) {
  vqid_decoder d;
  Buffer memory;
  expect(vqid_open(&d, file.bytes, file.size) == VQID_OK, "cannot be changed");
  const size_t end = (size_t)(d.payloads[0] - file.bytes) + d.payload_bytes[0];
  const size_t strip = (size_t)(d.payloads[2] - file.bytes) + (size_t)longer;
  const Buffer other = make(file.size + (size_t)longer);
  memcpy(other.bytes, file.bytes, end);
  other.bytes[end] = 0; /* the byte more */
  memcpy(other.bytes + end + longer, file.bytes + end, file.size - end);
  other.bytes[end - 1 + (size_t)longer] = (uint8_t)(other.bytes[end - 1 + (size_t)longer] + add);
  if (codebook_coding >= 0) other.bytes[30] = (uint8_t)codebook_coding;
  if (strip_begin >= 0) other.bytes[strip] = (uint8_t)strip_begin;
  repair(other, longer);
  vqid_status status = begin(&d, other, &memory, 0);
  if (status == VQID_OK) status = vqid_check(&d);
  free(memory.bytes);
  free(other.bytes);
  return status;
}

/* Files with right checksums that no encoder writes. */
static void check_hostile(const char *folder) {
  checked_name = "fast_rgb8.vqi, changed"; /* it has a coded codebook */
  const Buffer coded = read_file(folder, "fast_rgb8.vqi");
  expect(changed(coded, 0, 0, -1, -1) == VQID_OK, "is not as it was");
  expect(changed(coded, 1, 0, -1, -1) == VQID_CORRUPT_CODEBOOK, "is taken with a byte more in its codebook");
  expect(changed(coded, -1, 0, -1, -1) == VQID_CORRUPT_CODEBOOK, "is taken with a byte less in its codebook");
  expect(changed(coded, 0, 1, -1, -1) == VQID_CORRUPT_CODEBOOK, "is taken with another last byte of its codebook");
  expect(changed(coded, 0, 0, 0, -1) == VQID_CORRUPT_SECTION, "is taken with a plain codebook that is too short");
  expect(changed(coded, 0, 0, 2, -1) == VQID_UNSUPPORTED_VERSION, "is taken with an unknown coding of its codebook");
  expect(changed(coded, 0, 0, -1, 2) == VQID_CORRUPT_INDICES, "is taken with an unknown kind of contexts");
  free(coded.bytes);
  checked_name = "fast_rgb8_k2.vqi, changed";
  const Buffer plain = read_file(folder, "fast_rgb8_k2.vqi");
  expect(changed(plain, 0, 0, 1, -1) == VQID_CORRUPT_SECTION, "is taken with a coded codebook that is not shorter");
  free(plain.bytes);
}

/* Whether a file of the manifest is covered; what is not is refused by name. */
static int check_file(const char *folder, const char *line, int is_quick) {
  char name[128];
  unsigned width, height, channels, depth, crc;
  vqid_decoder d;
  Buffer memory;
  expect(sscanf(line, "%127s %u %u %u %u %x", name, &width, &height, &channels, &depth, &crc) == 6, "is not a list");
  checked_name = name;
  const Buffer file = read_file(folder, name);
  const vqid_status status = begin(&d, file, &memory, 0);
  if (status == VQID_MODEL_BALANCED || status == VQID_MODEL_MAX) {
    expect(strncmp(name, status == VQID_MODEL_MAX ? "max_" : "balanced_", 4) == 0, "is refused as another model");
    expect(strstr(vqid_message(status), "--model fast") != NULL, "is refused without a way out");
    free(file.bytes);
    return 0;
  }
  if (status == VQID_DECODE_FILTER) {
    expect(strncmp(name, "restore_", 8) == 0, "is refused for a filter");
    expect(strstr(vqid_message(status), "--no-restore") != NULL, "is refused without a way out");
    free(file.bytes);
    return 0;
  }
  expect(status == VQID_OK, vqid_message(status));
  expect(d.width == width && d.height == height && d.channels == channels && d.bit_depth == depth, "has another shape");
  expect(vqid_check(&d) == VQID_OK, "is not whole");
  const size_t used = vqid_memory_used(&d);
  const Buffer whole = whole_of(&d);
  expect(vqid_crc(whole.bytes, whole.size) == crc, "has other pixels than the manifest");
  check_rows(&d, whole);
  check_parts(&d, whole);
  free(memory.bytes);
  if (!is_quick && file.size < 5000) check_memory(file, whole, used);
  if (!is_quick && file.size < 450) check_damage(file);
  free(whole.bytes);
  free(file.bytes);
  return 1;
}

/* A file of rejected.txt is refused with its code at its offset, unless its model is not read. */
static int check_rejected(const char *folder, const char *line) {
  static const char *const codes[] = {"",
                                      "bad_magic",
                                      "truncated",
                                      "reserved_set",
                                      "corrupt_header",
                                      "corrupt_section",
                                      "checksum_mismatch",
                                      "trailing_bytes",
                                      "corrupt_codebook",
                                      "corrupt_indices",
                                      "unsupported_version"};
  char name[128], code[64];
  unsigned long offset;
  vqid_decoder d;
  Buffer memory;
  expect(sscanf(line, "%127s %63s %lu", name, code, &offset) == 3, "is not a list");
  checked_name = name;
  const Buffer file = read_file(folder, name);
  vqid_status status = begin(&d, file, &memory, 0);
  if (status == VQID_OK) status = vqid_check(&d);
  free(memory.bytes);
  free(file.bytes);
  if (status == VQID_MODEL_BALANCED || status == VQID_MODEL_MAX || status == VQID_DECODE_FILTER) return 0;
  if (status == VQID_UNKNOWN_SECTION) {
    expect(strlen(d.error_section) == 4, "the section that is not read is not named");
    status = VQID_CORRUPT_SECTION;
  }
  expect(status > VQID_OK && status <= VQID_UNSUPPORTED_VERSION, vqid_message(status));
  expect(strcmp(codes[status], code) == 0, "is refused for another reason");
  expect(d.error_offset == offset, "is refused at another byte");
  return 1;
}

static void check_list(const char *folder, const char *list, int is_quick) {
  char line[512];
  int counts[2] = {0, 0};
  const int is_manifest = strcmp(list, "manifest.txt") == 0;
  snprintf(line, sizeof line, "%s/%s", folder, list);
  FILE *file = fopen(line, "r");
  checked_name = list;
  expect(file != NULL, "cannot be opened");
  while (fgets(line, sizeof line, file) != NULL)
    if (line[0] != '#') ++counts[is_manifest ? check_file(folder, line, is_quick) : check_rejected(folder, line)];
  fclose(file);
  checked_name = list;
  expect(counts[1] > 50, "lists few files that are covered");
  printf("%s: %d files as they must be, %d of models or filters that are refused by name\n", list, counts[1],
         counts[0]);
}

int main(int argument_count, char **arguments) {
  if (argument_count < 2) return 2;
  const int is_quick = argument_count > 2;
  check_list(arguments[1], "manifest.txt", is_quick);
  check_list(arguments[1], "rejected.txt", is_quick);
  check_hostile(arguments[1]);
  return 0;
}
