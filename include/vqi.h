/* The C API of vqi: images to .vqi streams and back, for C99 (and C89) programs and for every language that calls C.

   Options and results are handles, made and freed by this library. Options are set by the names and values of the
   command line (tools/vqi/CLI.md). Every call that can fail returns a vqi_status; vqi_error_message() then says what is
   wrong, for the calling thread. Pointers that a call is given are borrowed until it returns, unless it says otherwise.
   No C++ exception leaves a call.

   Threads: any calls may run at the same time in different threads, with the same handles too as long as no call
   changes or frees one (vqi_options_set..., vqi_..._free). Calls use several threads of their own: the option
   "threads" says how many, and never changes a result.

   The library is libvqi (pkg-config vqi); calls on image files, at the end, are in libvqi_image_io (pkg-config
   vqi-image-io). */
#ifndef VQI_H
#define VQI_H

#include <stddef.h>
#include <stdint.h>

#include "vqi/version.h"

#if defined(VQI_STATIC) || !defined(__GNUC__)
#define VQI_C_API
#else
#define VQI_C_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version and errors ---- */

/* "MAJOR.MINOR.PATCH" of the library that is linked; VQI_VERSION is that of this header. The two agree if their major
   versions do, and their minor versions while the major one is 0. */
VQI_C_API const char* vqi_version(void);
/* The same as VQI_VERSION_NUMBER has it: MAJOR * 10000 + MINOR * 100 + PATCH. */
VQI_C_API int vqi_version_number(void);

/* What a call returns. Later versions may add values. */
typedef enum vqi_status {
  VQI_OK = 0,
  VQI_INVALID_IMAGE = 1,        /* an image that cannot be encoded: sides of 0, a stride shorter than a row ... */
  VQI_INVALID_OPTION = 2,       /* an option or value that does not exist, or one that cannot apply */
  VQI_OUTPUT_EXISTS = 3,        /* of the tool alone */
  VQI_NOT_AN_IMAGE = 4,         /* bytes that no image reader understands */
  VQI_CORRUPT_IMAGE = 5,        /* an image file that is damaged */
  VQI_TRUNCATED = 6,            /* a stream that ends too early */
  VQI_BAD_MAGIC = 7,            /* not a .vqi stream */
  VQI_UNSUPPORTED_VERSION = 8,  /* a format version or coding that this release does not know */
  VQI_RESERVED_SET = 9,         /* reserved bits or bytes that are not zero */
  VQI_CORRUPT_HEADER = 10,      /* a header field out of its range */
  VQI_CORRUPT_SECTION = 11,     /* a section missing, repeated, unknown or of a wrong size */
  VQI_CORRUPT_CODEBOOK = 12,    /* a codebook that breaks its rules */
  VQI_CORRUPT_INDICES = 13,     /* an index strip that breaks its rules */
  VQI_CHECKSUM_MISMATCH = 14,   /* a CRC-32C that does not fit its bytes */
  VQI_TRAILING_BYTES = 15,      /* bytes after the end of the stream */
  VQI_LIMIT_EXCEEDED = 16,      /* more pixels or memory than "max-pixels" or "max-memory" allow */
  VQI_IO_FAILED = 17,           /* the system refused to read, write or load */
  VQI_TARGET_UNREACHABLE = 18,  /* no result meets "psnr", "max-bytes" ... */
  VQI_CANCELLED = 19,           /* a callback said stop */
  VQI_VERIFICATION_FAILED = 20, /* "verify": what was encoded does not decode to what it should */
  VQI_CORRUPT_PALETTE = 21,     /* a palette file that breaks the rules of its form */
  VQI_CODEBOOK_NEEDED = 22,     /* a detached stream without its codebook */
  VQI_INVALID_ARGUMENT = 101,   /* a null pointer, options of another command ... */
  VQI_BUFFER_TOO_SMALL = 102,   /* the caller's buffer does not hold the result; the needed size is told */
  VQI_OUT_OF_MEMORY = 103,      /* the system has no more memory */
  VQI_INTERNAL_ERROR = 104      /* a fault of the library */
} vqi_status;

/* The name of a status as the tool's JSON has it, "checksum_mismatch"; "ok", and "unknown" for no status. */
VQI_C_API const char* vqi_status_name(vqi_status status);
/* The exit code that the tool has for a status: 0 done, 2 wrong use, 3 bad data, 4 a limit, 5 the system, 6 a target,
   130 cancelled. */
VQI_C_API int vqi_status_exit_code(vqi_status status);
/* What is wrong with the last call of this thread that failed, and what to do: one line of UTF-8, at most 1023 bytes.
   "" if none failed. Valid until the thread's next call. */
VQI_C_API const char* vqi_error_message(void);
/* Returns 1 and sets *offset if that error was noticed at a byte of the input, else returns 0. */
VQI_C_API int vqi_error_offset(uint64_t* offset);
/* Sets what the calls above return; for libraries that are built on this one. `offset` may be null. Returns `status`.
 */
VQI_C_API vqi_status vqi_set_error(vqi_status status, const char* message, const uint64_t* offset);

/* ---- Images ---- */

/* What says how samples look: gamma, chromaticities, ICC profile, density. */
typedef struct vqi_metadata vqi_metadata;

VQI_C_API vqi_status vqi_metadata_new(vqi_metadata** metadata); /* makes metadata of no kind */
VQI_C_API void vqi_metadata_free(vqi_metadata* metadata);       /* null is allowed */
/* Sets one kind, as the data of the PNG chunk of that name: "gAMA", "cHRM", "sRGB", "cICP" or "pHYs", numbers with the
   high byte first; "iCCP" takes an ICC profile itself. */
VQI_C_API vqi_status vqi_metadata_set(vqi_metadata* metadata, const char* name, const void* bytes, size_t size);
/* The same back: *size is told in any case. VQI_INVALID_ARGUMENT if there is none of that name, VQI_BUFFER_TOO_SMALL if
   it has more than `capacity` bytes. */
VQI_C_API vqi_status vqi_metadata_get(const vqi_metadata* metadata, const char* name, void* buffer, size_t capacity,
                                      size_t* size);

/* An image that is borrowed: `height` rows of `width` pixels, each of `channels` samples side by side: 1 grey, 2 grey
   and alpha, 3 red, green and blue, 4 these and alpha; alpha is straight, not premultiplied. A sample is a byte for
   bit_depth 8 and a uint16_t of the machine for 16, which must be aligned. Row y begins at samples + y * stride_bytes;
   a stride of 0 means that rows follow one another. `metadata` may be null; those of a result live as long as it does.
   They are carried through streams and image files, and change no sample. */
typedef struct vqi_image {
  const void* samples;          /* row 0 */
  const vqi_metadata* metadata; /* may be null */
  size_t stride_bytes;          /* from one row to the next; 0: a row's own bytes */
  uint32_t width;               /* pixels in a row */
  uint32_t height;              /* rows */
  uint32_t channels;            /* samples of a pixel, 1..4 */
  uint32_t bit_depth;           /* 8 or 16 */
} vqi_image;

/* ---- Options ---- */

/* The options of one command. */
typedef struct vqi_options vqi_options;

/* Makes options with their defaults. `command` is "compress" for vqi_encode, "decompress" for vqi_decode, "quantize",
   "train", "sweep", "info" for vqi_inspect, or "compare". To be freed by vqi_options_free. Where a call takes options
   it takes null as well, for the defaults. */
VQI_C_API vqi_status vqi_options_new(const char* command, vqi_options** options);
/* Options of their own with the same values, to be freed as well. */
VQI_C_API vqi_status vqi_options_copy(const vqi_options* options, vqi_options** copy);
VQI_C_API void vqi_options_free(vqi_options* options); /* null is allowed */

/* Sets an option: ("k", "64"), ("block", "2x2"), ("method", "ecvq"), ("lambda", "8"), ("psnr", "40"), ("max-bytes",
   "50k"), ("dither", "auto"), ("lossless", ""). Names are those of the command line, with or without their dashes, with
   - or _ inside; values are text as there. A flag takes "", "true" or "1", and "false" or "0" to take it back. The
   option "palette" is a list of colours ("#fff,black,#ff8000"), and "fix" may be set again for a further colour; any
   other option has the value that it was given last. Fails with VQI_INVALID_OPTION, in the words of the command line;
   whether options exclude each other is found out by the call that uses them. */
VQI_C_API vqi_status vqi_options_set(vqi_options* options, const char* name, const char* value);
/* The name of option number `i` of a command, such as "-k" or "--psnr"; null past the last one or for no command. */
VQI_C_API const char* vqi_option_name(const char* command, size_t i);
/* 1 if that option is a flag, else 0. */
VQI_C_API int vqi_option_is_flag(const char* command, const char* name);

/* The codewords to use, as the bytes of a .vqb file, which are copied: of compress and quantize (--codebook), and of
   decompress for detached streams. */
VQI_C_API vqi_status vqi_options_set_codebook(vqi_options* options, const void* bytes, size_t size);
/* How much each pixel counts in learning: a grey image of the size of the one to be encoded, which is copied
   (--weights). Of compress and quantize. */
VQI_C_API vqi_status vqi_options_set_weights(vqi_options* options, const vqi_image* mask);

/* Told how far a call is, some ten times a second: what it does ("training") and how much of that is done, 0..1. It is
   called from any thread, but never from two at once. Returns 0 to go on; any other value stops the call soon after,
   with VQI_CANCELLED. It must not throw or jump out. */
typedef int (*vqi_progress_callback)(void* user, const char* stage, double fraction);
/* `user` is passed to `callback`, and both must live as long as calls use the options. A null callback: none. */
VQI_C_API vqi_status vqi_options_set_progress(vqi_options* options, vqi_progress_callback callback, void* user);

/* ---- Results ---- */

/* What a call made: bytes, an image, a report, as the call says. */
typedef struct vqi_result vqi_result;

VQI_C_API void vqi_result_free(vqi_result* result); /* null is allowed */
/* The bytes of a file, which live as long as the result; null and size 0 if it has none. `size` may be null. */
VQI_C_API const void* vqi_result_bytes(const vqi_result* result, size_t* size);
/* Copies the bytes to `buffer`, and tells their number in *size in any case. VQI_BUFFER_TOO_SMALL, and nothing is
   copied, if there are more than `capacity`. */
VQI_C_API vqi_status vqi_result_copy_bytes(const vqi_result* result, void* buffer, size_t capacity, size_t* size);
/* The image, which lives as long as the result. VQI_INVALID_ARGUMENT if it has none. */
VQI_C_API vqi_status vqi_result_image(const vqi_result* result, vqi_image* image);
/* The report: a JSON object on one line, UTF-8, with the keys of the tool's --json; it lives as long as the result. */
VQI_C_API const char* vqi_result_json(const vqi_result* result);
/* A number at the top of the report, such as "psnr_db" or "file_bytes". VQI_INVALID_ARGUMENT where it has none of that
   name, or null, as the PSNR of a lossless result is. */
VQI_C_API vqi_status vqi_result_number(const vqi_result* result, const char* name, double* value);

/* ---- Encoding ---- */

/* Encodes an image as `vqi compress` does. The result has the bytes of the stream and the report. The bytes depend on
   image and options alone, not on threads, machine or call. Null `options`: 256 codewords. */
VQI_C_API vqi_status vqi_encode(const vqi_options* options, const vqi_image* image, vqi_result** result);
/* The same into a buffer of the caller's; *size is told in any case. VQI_BUFFER_TOO_SMALL if the stream has more than
   `capacity` bytes; to be encoded only once, take vqi_encode and vqi_result_copy_bytes. `result` may be null; else it
   gets the report, and no bytes. */
VQI_C_API vqi_status vqi_encode_into(const vqi_options* options, const vqi_image* image, void* buffer, size_t capacity,
                                     size_t* size, vqi_result** result);
/* Encodes with every combination of the lists of a sweep ("k" "2,4,8", "method" "kmeans,ecvq"); the result's report has
   the rows, each as vqi_encode reports it. */
VQI_C_API vqi_status vqi_sweep(const vqi_options* options, const vqi_image* image, vqi_result** result);
/* Learns one codebook for `count` images, in any order; the result has the bytes of a .vqb file and the report. */
VQI_C_API vqi_status vqi_train(const vqi_options* options, const vqi_image* images, size_t count, vqi_result** result);
/* Compares two images of one size: mse, psnr_db, ssim, max_error, ciede2000 are in the report. */
VQI_C_API vqi_status vqi_compare(const vqi_options* options, const vqi_image* reference, const vqi_image* other,
                                 vqi_result** result);

/* ---- Decoding: bytes may be anything; what is no whole, undamaged stream is an error with its offset ---- */

/* Size and type of the image in a stream, from its header: samples is null and stride_bytes that of rows without gaps,
   so that stride_bytes * height bytes hold the image. */
VQI_C_API vqi_status vqi_stream_image(const vqi_options* options, const void* bytes, size_t size, vqi_image* image);
/* The metadata of a stream, without decoding it; those of a result's image come with it. To be freed by
   vqi_metadata_free. A stream that has none gives metadata of no kind. */
VQI_C_API vqi_status vqi_stream_metadata(const vqi_options* options, const void* bytes, size_t size,
                                         vqi_metadata** metadata);
/* What a stream says of itself, by options of info: the report. Damage behind the header is in it as "error". */
VQI_C_API vqi_status vqi_inspect(const vqi_options* options, const void* bytes, size_t size, vqi_result** result);
/* Decodes a stream; the result has the image and the report. */
VQI_C_API vqi_status vqi_decode(const vqi_options* options, const void* bytes, size_t size, vqi_result** result);
/* Decodes into the caller's memory: row y to samples + y * stride_bytes. A stride of 0: rows without gaps. `needed`,
   which may be null, is told the bytes of such rows up to the last pixel; VQI_BUFFER_TOO_SMALL if `capacity` is less.
   On an error some rows may have been written. */
VQI_C_API vqi_status vqi_decode_into(const vqi_options* options, const void* bytes, size_t size, void* samples,
                                     size_t capacity, size_t stride_bytes, size_t* needed);
/* Gets some rows of an image, the first of which is row `first_row`; `rows` is valid during the call. From the first
   row to the last, without gaps, by the thread that called. Returns 0 to go on; any other value ends the decoding with
   VQI_CANCELLED. */
typedef int (*vqi_rows_callback)(void* user, uint32_t first_row, const vqi_image* rows);
/* Gives rows as they are decoded. Beside codebook and context model it holds, where strips are short, about a megapixel
   with its indices: a strip has some 65,536 vectors with "coding" "packed". Where they are long, four to six million
   vectors with a context model, it holds the indices of one strip, two bytes each, and the pixels of 65,536 vectors or
   one row of blocks. A strip's checksum is checked before its first row is given, and what is wrong behind it, in a
   later strip too, is noticed after rows were given. */
VQI_C_API vqi_status vqi_decode_rows(const vqi_options* options, const void* bytes, size_t size,
                                     vqi_rows_callback callback, void* user);
/* Decodes a rectangle, of which only the strips are read that it touches; the result has its image. */
VQI_C_API vqi_status vqi_decode_region(const vqi_options* options, const void* bytes, size_t size, uint32_t x,
                                       uint32_t y, uint32_t width, uint32_t height, vqi_result** result);

/* ---- Decoding streams that lie elsewhere, in a file or on a server, and are read in pieces ---- */

/* Reads the `size` bytes of a stream from byte `offset` on to `buffer`; all of them lie in the stream. Called by the
   thread that called, one read after the other. Returns 0; any other value ends the call with VQI_IO_FAILED. */
typedef int (*vqi_read_callback)(void* user, uint64_t offset, void* buffer, size_t size);
/* Decodes a rectangle of a stream of `size` bytes, reading little more than the strips that it touches: the start by 32
   KiB, strip table and end of the stream. The result has the image, and in the report of vqi_decode also "bytes_read"
   and "reads", the calls of `read`. */
VQI_C_API vqi_status vqi_read_region(const vqi_options* options, vqi_read_callback read, void* user, uint64_t size,
                                     uint32_t x, uint32_t y, uint32_t width, uint32_t height, vqi_result** result);
/* Gives all rows of a stream of `size` bytes, of which only the strips under way are in memory, in parallel where
   memory and threads allow. `result` may be null; else it gets the report. */
VQI_C_API vqi_status vqi_read_rows(const vqi_options* options, vqi_read_callback read, void* user, uint64_t size,
                                   vqi_rows_callback callback, void* rows_user, vqi_result** result);

/* ---- Image files, in libvqi_image_io ---- */

/* Makes a palette PNG of at most 256 colours as `vqi quantize` does: the result has its bytes and the report. */
VQI_C_API vqi_status vqi_quantize(const vqi_options* options, const vqi_image* image, vqi_result** result);
/* Reads an image file (PNG, JPEG, TIFF, WebP ...) that lies in memory: the result has the image. The limits are those
   of `options`, of decompress. */
VQI_C_API vqi_status vqi_read_image(const vqi_options* options, const void* bytes, size_t size, vqi_result** result);
/* Makes an image file in the format that an extension (".png", ".tif") names: the result has its bytes. */
VQI_C_API vqi_status vqi_write_image(const vqi_image* image, const char* extension, vqi_result** result);

#ifdef __cplusplus
}
#endif

#endif
