/* Encodes an image from memory, asks the stream about itself, and decodes it into memory of its own: the C API in one
   program, in C89. */
#include <stdio.h>
#include <stdlib.h>

#include "vqi.h"

enum { width = 96, height = 64, channels = 3 };

static int failed(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vqi_error_message());
  return EXIT_FAILURE;
}

/* A gradient with a disc in it. */
static void draw(unsigned char *samples) {
  int x, y;
  for (y = 0; y < height; ++y)
    for (x = 0; x < width; ++x, samples += channels) {
      const int inside = (x - 48) * (x - 48) + (y - 32) * (y - 32) < 400;
      samples[0] = (unsigned char)(inside ? 230 : 2 * x);
      samples[1] = (unsigned char)(inside ? 120 : 3 * y);
      samples[2] = (unsigned char)(inside ? 40 : 128);
    }
}

static int encode_and_decode(const vqi_image *image, unsigned char *decoded) {
  vqi_options *options = NULL;
  vqi_result *encoded = NULL;
  size_t size = 0;
  double psnr_db = 0;
  int done = 0;

  if (vqi_options_new("compress", &options) == VQI_OK && vqi_options_set(options, "k", "64") == VQI_OK &&
      vqi_options_set(options, "method", "ecvq") == VQI_OK && vqi_encode(options, image, &encoded) == VQI_OK &&
      vqi_result_number(encoded, "psnr_db", &psnr_db) == VQI_OK) {
    const void *bytes = vqi_result_bytes(encoded, &size);
    printf("%lu bytes of %d, %.1f dB\n", (unsigned long)size, width * height * channels, psnr_db);
    done = vqi_decode_into(NULL, bytes, size, decoded, (size_t)width * height * channels, 0, NULL) == VQI_OK;
  }
  vqi_result_free(encoded);
  vqi_options_free(options);
  return done;
}

int main(void) {
  static unsigned char samples[height * width * channels];
  static unsigned char decoded[height * width * channels];
  vqi_image image;

  if (vqi_version_number() / 100 != VQI_VERSION_NUMBER / 100) {
    fprintf(stderr, "compiled for vqi %s and linked with %s\n", VQI_VERSION, vqi_version());
    return EXIT_FAILURE;
  }
  draw(samples);
  image.samples = samples;
  image.metadata = NULL;
  image.stride_bytes = 0; /* rows without gaps */
  image.width = width;
  image.height = height;
  image.channels = channels;
  image.bit_depth = 8;
  if (!encode_and_decode(&image, decoded)) return failed("vqi");
  printf("the disc is %d, %d, %d\n", decoded[(32 * width + 48) * channels], decoded[(32 * width + 48) * channels + 1],
         decoded[(32 * width + 48) * channels + 2]);
  return EXIT_SUCCESS;
}
