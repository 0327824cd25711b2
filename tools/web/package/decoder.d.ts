// Types of "vqi/decoder", which "vqi" has as well.

export type Bytes = Uint8Array | Uint8ClampedArray | ArrayBuffer | ArrayBufferView;

/** RGBA of 8 bits, as ImageData has it. */
export interface RgbaImage {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** The channels and the depth of the file: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA; 16 bits in a Uint16Array. */
export interface NativeImage {
  data: Uint8Array | Uint16Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  bitDepth: 8 | 16;
}

export interface DecodeOptions {
  /** True: the image in its own channels and depth; else RGBA of 8 bits. */
  native?: boolean;
  /** Only this rectangle. */
  region?: { x: number; y: number; width: number; height: number };
  /** The .vqb file that a detached stream needs. */
  codebook?: Bytes;
  /** The most pixels that are accepted; 2^28 without it. */
  maxPixels?: number;
}

/** What `vqi info --json` prints. */
export interface StreamInfo {
  schema: 1;
  command: "info";
  width: number;
  height: number;
  channels: number;
  bit_depth: number;
  raw_bytes: number;
  file_bytes: number;
  header_bytes: number;
  codebook_bytes: number;
  index_bytes: number;
  metadata_bytes: number;
  ratio: number;
  bpp: number;
  index_bpp: number;
  k: number;
  block: [number, number];
  coding: "packed" | "entropy";
  model: "fast" | "balanced" | "max" | null;
  mse: number;
  psnr_db: number | null;
  /** Of a file with a decode filter, which decoding applies. */
  restore?: { strength: number; gain_db: number };
  codebook_hash?: string;
  format_version: string;
  sections: { type: string; offset: number; bytes: number; crc_ok: boolean }[];
  /** The first fault of a stream that is damaged behind its header. */
  error?: { code: string; message: string; offset: number | null };
}

/** What every call throws, or rejects with. */
export class VqiError extends Error {
  /** A name as in the JSON of the command line: "checksum_mismatch", "invalid_option", "cancelled" ... */
  readonly code: string;
  /** The byte of the input at which it was noticed. */
  readonly offset: number | null;
  /** The exit code that the command line has for it. */
  readonly exitCode: number;
}

export interface InitOptions {
  /** A compiled module, where it is not to be loaded from beside the script. */
  module?: WebAssembly.Module;
  /** Whether to load the module with SIMD; by default where the engine has it. */
  simd?: boolean;
}

export interface DecoderCalls {
  decode(bytes: Bytes, options: DecodeOptions & { native: true }): NativeImage;
  decode(bytes: Bytes, options?: DecodeOptions): RgbaImage;
  inspect(bytes: Bytes): StreamInfo;
}

export function init(options?: InitOptions): Promise<DecoderCalls>;
export function decode(bytes: Bytes, options: DecodeOptions & { native: true }): Promise<NativeImage>;
export function decode(bytes: Bytes, options?: DecodeOptions): Promise<RgbaImage>;
export function inspect(bytes: Bytes): Promise<StreamInfo>;
