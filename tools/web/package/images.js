// Images as JavaScript has them: {data, width, height}, with `channels` where they are not those of ImageData.
import { VqiError } from "./vqi_error.js";

const refuse = (message) => {
  throw new VqiError("invalid_image", message);
};

/** A view of bytes or of any typed array. */
export function asBytes(input) {
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (typeof SharedArrayBuffer !== "undefined" && input instanceof SharedArrayBuffer) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw new VqiError("invalid_argument", "bytes are needed: a Uint8Array or an ArrayBuffer");
}

// A canvas has four channels always: without a transparent pixel it is the picture that the command line reads from an
// image file without alpha.
function withoutAlpha({ data, width, height }) {
  const opaque = data instanceof Uint16Array ? 65535 : 255;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== opaque) return null;
  const rgb = new data.constructor(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }
  return { data: rgb, width, height, channels: 3 };
}

/** {data, width, height, channels, bitDepth} of an image; without `channels`, opaque RGBA becomes RGB. */
export function asImage(image) {
  const { data, width, height } = image ?? {};
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray || data instanceof Uint16Array))
    refuse("an image is needed: {data, width, height}, with data a Uint8Array, Uint8ClampedArray or Uint16Array");
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    refuse(`image sides are ${width} and ${height}; they must be whole numbers above 0`);
  const channels = image.channels ?? data.length / (width * height);
  if (![1, 2, 3, 4].includes(channels) || data.length !== width * height * channels)
    refuse(`image data has ${data.length} samples, which is not 1, 2, 3 or 4 for each of ${width}x${height} pixels`);
  const shorter = channels === 4 && image.channels === undefined ? withoutAlpha(image) : null;
  const taken = shorter ?? { data, width, height, channels };
  return { ...taken, bitDepth: data instanceof Uint16Array ? 16 : 8 };
}

const eightBits = (sample) => Math.round(sample / 257);

/** The same image as ImageData has it: RGBA of 8 bits. */
export function asRgba({ data, width, height, channels, bitDepth }) {
  const narrow = bitDepth === 16 ? Uint8ClampedArray.from(data, eightBits) : data;
  const pixels = new Uint8ClampedArray(width * height * 4);
  const colours = channels > 2 ? 3 : 1;
  const alpha = channels % 2 === 0;
  for (let from = 0, to = 0; to < pixels.length; from += channels, to += 4) {
    pixels[to] = narrow[from];
    pixels[to + 1] = narrow[from + (colours === 3 ? 1 : 0)];
    pixels[to + 2] = narrow[from + (colours === 3 ? 2 : 0)];
    pixels[to + 3] = alpha ? narrow[from + colours] : 255;
  }
  return { data: pixels, width, height };
}
