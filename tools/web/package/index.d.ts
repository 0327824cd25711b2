// Types of "vqi".
import type { Bytes, DecodeOptions, DecoderCalls, InitOptions, NativeImage, RgbaImage, StreamInfo } from "./decoder.js";

export { VqiError } from "./decoder.js";
export type { Bytes, DecodeOptions, InitOptions, NativeImage, RgbaImage, StreamInfo } from "./decoder.js";

/** ImageData, or any image of 1 to 4 channels with 8 or 16 bits; alpha is straight. Without `channels` their number is
 * that of samples per pixel, and RGBA without a transparent pixel counts as RGB. */
export interface InputImage {
  data: Uint8Array | Uint8ClampedArray | Uint16Array;
  width: number;
  height: number;
  channels?: 1 | 2 | 3 | 4;
}

export interface Progress {
  stage: string;
  /** Of this stage, 0 to 1. */
  fraction: number;
}

/** Options by the names of the command line, "maxBytes" or "max-bytes", with values as numbers or text. */
export interface Options {
  k?: number | string;
  psnr?: number;
  maxBytes?: number | string;
  ratio?: number;
  bpp?: number;
  lossless?: boolean;
  block?: string | [number, number];
  method?: "kmeans" | "em" | "anneal" | "ecvq" | (string & {});
  effort?: number | string;
  coding?: "packed" | "entropy" | "auto" | (string & {});
  model?: "fast" | "balanced" | "max";
  /** Whether decoders may restore what quantization took. */
  restore?: boolean;
  lambda?: number | string;
  seed?: number;
  dither?: "none" | "auto" | "diffusion" | "blue" | "bayer";
  ditherStrength?: number;
  space?: "rgb" | "oklab";
  palette?: string[] | string;
  fix?: string[] | string;
  /** The bytes of a .vqb file. */
  codebook?: Bytes;
  /** A grey image of the same size: how much each pixel counts. */
  weights?: InputImage;
  /** Some ten times a second; false stops the call with the code "cancelled". */
  onProgress?: (progress: Progress) => boolean | void;
  [name: string]: unknown;
}

/** The object that the command line prints with --json. */
export type Report = Record<string, any>;

export interface Made {
  bytes: Uint8Array;
  report: Report;
}

export interface Calls extends DecoderCalls {
  encode(image: InputImage, options?: Options): Made;
  quantize(image: InputImage, options?: Options): Made;
  sweep(image: InputImage, options?: Options): Report;
  train(images: InputImage[], options?: Options): Made;
  compare(reference: InputImage, other: InputImage, options?: Options): Report;
}

export function init(options?: InitOptions): Promise<Calls>;
export function decode(bytes: Bytes, options: DecodeOptions & { native: true }): Promise<NativeImage>;
export function decode(bytes: Bytes, options?: DecodeOptions): Promise<RgbaImage>;
export function inspect(bytes: Bytes): Promise<StreamInfo>;
/** A .vqi stream of the image, as `vqi compress` makes it. */
export function encode(image: InputImage, options?: Options): Promise<Made>;
/** A palette PNG of the image, as `vqi quantize` makes it. */
export function quantize(image: InputImage, options?: Options): Promise<Made>;
export function sweep(image: InputImage, options?: Options): Promise<Report>;
export function train(images: InputImage[], options?: Options): Promise<Made>;
export function compare(reference: InputImage, other: InputImage, options?: Options): Promise<Report>;

export interface WorkerOptions extends Options {
  /** Aborting ends the worker and all its calls; the next call gets a new one. */
  signal?: AbortSignal;
}

export interface WorkerCalls {
  decode(bytes: Bytes, options: DecodeOptions & { native: true }): Promise<NativeImage>;
  decode(bytes: Bytes, options?: DecodeOptions): Promise<RgbaImage>;
  inspect(bytes: Bytes): Promise<StreamInfo>;
  encode(image: InputImage, options?: WorkerOptions): Promise<Made>;
  quantize(image: InputImage, options?: WorkerOptions): Promise<Made>;
  sweep(image: InputImage, options?: WorkerOptions): Promise<Report>;
  train(images: InputImage[], options?: WorkerOptions): Promise<Made>;
  compare(reference: InputImage, other: InputImage, options?: WorkerOptions): Promise<Report>;
  close(): void;
}

/** The same calls in a worker of their own, so that a page answers while they work. */
export function startWorker(): Promise<WorkerCalls>;
