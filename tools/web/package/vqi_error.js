// VqiError: what every call of the package throws.

/** A failure: `code` is the name that the command line's JSON has ("checksum_mismatch"), `offset` the byte of the
 * input at which it was noticed, where there is one. */
export class VqiError extends Error {
  constructor(code, message, offset = null) {
    super(message);
    this.name = "VqiError";
    this.code = code;
    this.offset = offset;
  }

  /** The exit code that the command line has for it. */
  get exitCode() {
    return exitCodes.get(this.code) ?? 5;
  }
}

const exitCodes = new Map([
  ...["invalid_image", "invalid_option", "output_exists", "codebook_needed", "invalid_argument"].map((code) => [
    code,
    2,
  ]),
  ...[
    "not_an_image",
    "corrupt_image",
    "truncated",
    "bad_magic",
    "unsupported_version",
    "reserved_set",
    "corrupt_header",
    "corrupt_section",
    "corrupt_codebook",
    "corrupt_indices",
    "checksum_mismatch",
    "trailing_bytes",
    "corrupt_palette",
  ].map((code) => [code, 3]),
  ["limit_exceeded", 4],
  ["target_unreachable", 6],
  ["cancelled", 130],
]);
