// Pictures that a person chose: from a file to samples for the codec and pixels for the screen.
import { freshPalette } from "../settings.js";
import { readPng } from "./png_samples.js";

const mostPixels = 2 ** 25;

const canvasOf = (width, height) => new OffscreenCanvas(width, height);

/** A canvas with RGBA pixels {data, width, height}. */
export function painted({ data, width, height }) {
  const canvas = canvasOf(width, height);
  canvas.getContext("2d").putImageData(new ImageData(data, width, height), 0, 0);
  return canvas;
}

// The browser's reader: JPEG, WebP, GIF, AVIF, BMP and the PNGs that png_samples.js leaves to it.
async function readByBrowser(file) {
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const canvas = canvasOf(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

// Opaque pixels as the codec takes them from a file without alpha.
function withoutAlpha({ data, width, height }) {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return { data, width, height, channels: 4 };
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }
  return { data: rgb, width, height, channels: 3 };
}

// Samples of any kind of pixel as a canvas has them.
function asRgba({ data, width, height, channels }) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const wide = data instanceof Uint16Array;
  const at = channels > 2 ? [0, 1, 2] : [0, 0, 0];
  for (let from = 0, to = 0; to < pixels.length; from += channels, to += 4) {
    for (let i = 0; i < 3; i++) pixels[to + i] = wide ? Math.round(data[from + at[i]] / 257) : data[from + at[i]];
    const alpha = channels % 2 === 0 ? data[from + channels - 1] : wide ? 65535 : 255;
    pixels[to + 3] = wide ? Math.round(alpha / 257) : alpha;
  }
  return { data: pixels, width, height };
}

const isVqi = (bytes) => bytes.length > 8 && String.fromCharCode(...bytes.subarray(1, 4)) === "VQI";

async function samplesOf(file, openVqi) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isVqi(bytes)) return { ...await openVqi(bytes), isExact: true, isStream: true };
  const exact = await readPng(bytes, mostPixels);
  if (exact !== null) return { image: exact, pixels: asRgba(exact), isExact: true };
  const pixels = await readByBrowser(file);
  return { image: withoutAlpha(pixels), pixels, isExact: false };
}

/** The picture in a file; `openVqi(bytes)` decodes. Throws an Error that names the file where it holds none. */
export async function readPicture(file, openVqi) {
  let read;
  try {
    read = await samplesOf(file, openVqi);
  } catch (error) {
    const reason = error.code !== undefined ? error.message : "this browser does not read it as a picture";
    throw new Error(`${file.name}: ${reason}`);
  }
  if (read.pixels.width * read.pixels.height > mostPixels)
    throw new Error(`${file.name}: the page takes at most 33 megapixels; the command line takes more`);
  return {
    name: file.name,
    stem: (file.name.replace(/\.[^.]+$/, "") || "picture") + (read.isStream ? "-new" : ""),
    fileBytes: file.size,
    ...read,
    canvas: painted(read.pixels),
    palette: freshPalette(),
    result: null,
    curve: null,
  };
}
