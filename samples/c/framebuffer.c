/* Draws a .vqi picture that lies in flash to a display, line by line, as firmware does, with vqi_decode.h alone.

   picture.h holds the file as `static const unsigned char picture[]`; samples/GUIDE.md shows how it is made. Beside the
   tables of the decoder this takes under 4 kB of RAM: the decoder, a line of pixels, and the stack. Standard output
   stands for the display: it takes two bytes a pixel, the upper one first. */
#include <stdio.h>

#define VQI_DECODE_IMPLEMENTATION
#include "picture.h"
#include "vqi_decode.h"

enum { line_pixels_most = 480, table_bytes = 128 * 1024, stack_bytes = 1200 };

static uint32_t tables[table_bytes / 4]; /* as many as vqid_memory_used told of this picture, or more */
static vqid_decoder decoder;
static uint16_t line[line_pixels_most];

/* Does not compile where RAM beside the tables is over 4 kB. */
typedef char fits_into_4_kb[sizeof(decoder) + sizeof(line) + stack_bytes <= 4096 ? 1 : -1];

static void send_line(uint32_t width) {
  uint32_t x;
  for (x = 0; x < width; ++x) {
    putchar(line[x] >> 8);
    putchar(line[x] & 255);
  }
}

static int failed(vqid_status status) {
  fprintf(stderr, "%s\n", vqid_message(status));
  return 1;
}

int main(void) {
  uint32_t y;
  vqid_status status = vqid_open(&decoder, picture, sizeof picture);
  if (status == VQID_OK) status = vqid_begin(&decoder, tables, sizeof tables);
  if (status != VQID_OK || decoder.width > line_pixels_most) return failed(status);
  for (y = 0; y < decoder.height; ++y) {
    status = vqid_read(&decoder, 0, y, decoder.width, 1, VQID_RGB565, line, 0);
    if (status != VQID_OK) return failed(status);
    send_line(decoder.width);
  }
  fprintf(stderr, "%lu bytes of flash, %lu bytes of tables, %lu bytes of other variables\n",
          (unsigned long)sizeof picture, (unsigned long)vqid_memory_used(&decoder),
          (unsigned long)(sizeof decoder + sizeof line));
  return 0;
}
