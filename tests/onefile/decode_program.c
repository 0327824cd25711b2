/* Decodes a file with vqi_decode.h, as a program for tests and measurements.

     decode_program FILE.vqi [-o OUT.pam] [-m BYTES] [-n TIMES] [-r]

   -m gives the decoder less memory than it asks for, -n decodes several times and prints megapixels a second, -r reads
   RGB565 in place of the samples. Prints the memory that is enough and the memory that was used; exits 3 with the
   message of a file that is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VQI_DECODE_IMPLEMENTATION
#include "vqi_decode.h"

static void *make(size_t bytes) {
  void *memory = malloc(bytes > 0 ? bytes : 1);
  if (memory == NULL) exit(5);
  return memory;
}

static uint8_t *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) exit(5);
  *size = (size_t)ftell(file);
  uint8_t *bytes = (uint8_t *)make(*size);
  rewind(file);
  if (fread(bytes, 1, *size, file) != *size) exit(5);
  fclose(file);
  return bytes;
}

static void write_pam(const vqid_decoder *d, const char *path, uint8_t *samples, size_t size) {
  static const char *const types[] = {"", "GRAYSCALE", "GRAYSCALE_ALPHA", "RGB", "RGB_ALPHA"};
  FILE *file = fopen(path, "wb");
  if (file == NULL) exit(5);
  for (size_t i = 0; d->bit_depth == 16 && i < size; i += 2) { /* the upper byte first */
    uint16_t sample;
    memcpy(&sample, samples + i, 2);
    samples[i] = (uint8_t)(sample >> 8);
    samples[i + 1] = (uint8_t)sample;
  }
  fprintf(file, "P7\nWIDTH %lu\nHEIGHT %lu\nDEPTH %lu\nMAXVAL %u\nTUPLTYPE %s\nENDHDR\n", (unsigned long)d->width,
          (unsigned long)d->height, (unsigned long)d->channels, d->bit_depth == 8 ? 255u : 65535u, types[d->channels]);
  if (fwrite(samples, 1, size, file) != size || fclose(file) != 0) exit(5);
}

int main(int argument_count, char **arguments) {
  const char *output = NULL;
  size_t size, bytes = 0;
  int times = 1;
  vqid_format format = VQID_8;
  for (int i = 2; i < argument_count; ++i) {
    if (strcmp(arguments[i], "-r") == 0) format = VQID_RGB565;
    if (strcmp(arguments[i], "-o") == 0)
      output = arguments[++i];
    else if (strcmp(arguments[i], "-m") == 0)
      bytes = strtoul(arguments[++i], NULL, 10);
    else if (strcmp(arguments[i], "-n") == 0)
      times = atoi(arguments[++i]);
  }
  if (argument_count < 2) return 2;
  uint8_t *file = read_file(arguments[1], &size);
  vqid_decoder d;
  uint8_t *memory = NULL, *out = NULL;
  const clock_t begin = clock();
  size_t enough = 0, out_bytes = 0;
  for (int i = 0; i < times; ++i) {
    vqid_status status = vqid_open(&d, file, size);
    if (status == VQID_OK && i == 0) {
      if (format == VQID_8 && d.bit_depth == 16) format = VQID_16;
      enough = vqid_memory_bytes(&d);
      memory = (uint8_t *)make(bytes = bytes > 0 ? bytes : enough);
      out_bytes = (size_t)d.width * d.height * (format == VQID_RGB565 ? 2 : d.channels * (d.bit_depth / 8));
      out = (uint8_t *)make(out_bytes);
    }
    if (status == VQID_OK) status = vqid_begin(&d, memory, bytes);
    if (status == VQID_OK) status = vqid_read(&d, 0, 0, d.width, d.height, format, out, 0);
    if (status != VQID_OK) {
      printf("%s (at byte %lu)\n", vqid_message(status), (unsigned long)d.error_offset);
      free(out);
      free(memory);
      free(file);
      return 3;
    }
  }
  const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  printf("memory %lu, used %lu", (unsigned long)enough, (unsigned long)vqid_memory_used(&d));
  if (times > 1) printf(", %.2f megapixels/s", (double)d.width * d.height * times / seconds / 1e6);
  printf("\n");
  if (output != NULL) write_pam(&d, output, out, out_bytes);
  free(out);
  free(memory);
  free(file);
  return 0;
}
