// PNG files for the command line: read in every form of the standard, written as 8 or 16 bits. Node's zlib does the
// compression.
import { crc32 as nodeCrc32, deflateSync, inflateSync } from "node:zlib";
import { VqiError } from "./vqi_error.js";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** The chunks that say how samples look, as vqi_metadata_set takes them. */
const metadataTypes = ["gAMA", "cHRM", "sRGB", "cICP", "pHYs"];
const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function tableCrc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const crc32 = nodeCrc32 ?? tableCrc32; // Node has its own from 22.2 on

const corrupt = (message, offset) => {
  throw new VqiError("corrupt_image", `PNG is damaged: ${message}`, offset);
};

export const isPng = (bytes) => signature.every((byte, i) => bytes[i] === byte);

function* chunksOf(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  for (let at = 8; ;) {
    if (at + 12 > file.length) corrupt("it ends before its end chunk", file.length);
    const size = view.getUint32(at);
    if (at + 12 + size > file.length) corrupt("it ends within a chunk", file.length);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const isCritical = type[0] === type[0].toUpperCase();
    if (crc32(file.subarray(at + 4, at + 8 + size)) === view.getUint32(at + 8 + size))
      yield { type, data: file.subarray(at + 8, at + 8 + size) };
    else if (isCritical) corrupt(`chunk ${type} does not fit its checksum`, at);
    if (type === "IEND") return;
    at += 12 + size;
  }
}

function readHeader(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const [depth, type, , , interlaced] = data.subarray(8);
  const header = { width: view.getUint32(0), height: view.getUint32(4), depth, type, interlaced: interlaced === 1 };
  if (samplesOf[type] === undefined || header.width === 0 || header.height === 0) corrupt("its header", 8);
  return header;
}

function paeth(left, above, corner) {
  const [toLeft, toAbove, toCorner] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Undoes the filters of rows of `size` bytes in `rows`, each after its filter's number. */
function unfilter(rows, begin, size, height, step) {
  let above = new Uint8Array(size);
  const result = [];
  for (let y = 0; y < height; ++y, begin += size + 1) {
    const row = rows.subarray(begin + 1, begin + 1 + size);
    const filter = rows[begin];
    for (let x = 0; x < size; ++x) {
      const left = x >= step ? row[x - step] : 0;
      const corner = x >= step ? above[x - step] : 0;
      row[x] += [0, left, above[x], (left + above[x]) >> 1, filter === 4 ? paeth(left, above[x], corner) : 0][filter];
    }
    result.push(row);
    above = row;
  }
  return result;
}

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** Samples of all pixels, as the file has them: numbers of `depth` bits. */
function samplesOfRows(header, rows) {
  const { width, height, depth, interlaced } = header;
  const samples = samplesOf[header.type];
  const step = Math.max(1, (samples * depth) >> 3);
  const result = new Uint16Array(width * height * samples);
  let begin = 0;
  for (const [x0, y0, dx, dy] of interlaced ? passes : [[0, 0, 1, 1]]) {
    const columns = Math.ceil((width - x0) / dx);
    const lines = Math.ceil((height - y0) / dy);
    if (columns <= 0 || lines <= 0) continue;
    const size = (columns * samples * depth + 7) >> 3;
    if (begin + lines * (size + 1) > rows.length) corrupt("rows are missing", null);
    unfilter(rows, begin, size, lines, step).forEach((row, line) => {
      for (let i = 0; i < columns * samples; ++i) {
        const pixel = (y0 + line * dy) * width + x0 + Math.floor(i / samples) * dx;
        const bit = i * depth;
        result[pixel * samples + (i % samples)] =
          depth === 16
            ? (row[2 * i] << 8) | row[2 * i + 1]
            : (row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
      }
    });
    begin += lines * (size + 1);
  }
  return result;
}

function withPalette({ width, height }, indices, palette, alpha) {
  const channels = alpha === null ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  indices.forEach((index, i) => {
    if (3 * index >= palette.length) corrupt("an index is not in its palette", null);
    data.set(palette.subarray(3 * index, 3 * index + 3), i * channels);
    if (alpha !== null) data[i * channels + 3] = alpha[index] ?? 255;
  });
  return { data, width, height, channels };
}

/** Samples widened to 8 bits, or 16 as they are, with the alpha that a transparent colour makes. */
function widened({ width, height, depth, type }, samples, transparent) {
  const count = samplesOf[type];
  const colour =
    transparent === null
      ? null
      : Array.from({ length: count }, (_, i) => (transparent[2 * i] << 8) | transparent[2 * i + 1]);
  const channels = count + (colour === null ? 0 : 1);
  const most = (1 << depth) - 1;
  const data = depth === 16 ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels);
  const opaque = depth === 16 ? 65535 : 255;
  for (let i = 0; i < width * height; ++i) {
    for (let c = 0; c < count; ++c)
      data[i * channels + c] = depth >= 8 ? samples[i * count + c] : (samples[i * count + c] * 255) / most;
    if (colour !== null)
      data[i * channels + count] = colour.every((value, c) => value === samples[i * count + c]) ? 0 : opaque;
  }
  return { data, width, height, channels };
}

function profileOf(data) {
  const end = data.indexOf(0);
  try {
    return inflateSync(data.subarray(end + 2));
  } catch {
    return null;
  }
}

/** {data, width, height, channels, metadata}: `metadata` as pairs of a name and bytes. */
export function readPng(file) {
  let header = null;
  let palette = null;
  let transparent = null;
  const parts = [];
  const metadata = [];
  for (const { type, data } of chunksOf(file)) {
    if (type === "IHDR") header = readHeader(data);
    else if (type === "PLTE") palette = data;
    else if (type === "tRNS") transparent = data;
    else if (type === "IDAT") parts.push(data);
    else if (metadataTypes.includes(type)) metadata.push([type, data]);
    else if (type === "iCCP") metadata.push(["iCCP", profileOf(data)]);
  }
  if (header === null || (header.type === 3 && palette === null)) corrupt("a chunk is missing", null);
  let rows;
  try {
    rows = new Uint8Array(inflateSync(Buffer.concat(parts)));
  } catch {
    corrupt("its rows do not decompress", null);
  }
  const samples = samplesOfRows(header, rows);
  const image =
    header.type === 3
      ? withPalette(header, samples, palette, transparent)
      : widened(header, samples, header.type < 3 ? transparent : null);
  return { ...image, metadata: metadata.filter(([, data]) => data !== null) };
}

function chunk(type, data) {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A PNG of an image in its own channels and depth. */
export function writePng({ data, width, height, channels, bitDepth, metadata = [] }) {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([bitDepth, { 1: 0, 2: 4, 3: 2, 4: 6 }[channels]], 8);
  const size = width * channels * (bitDepth / 8);
  const rows = new Uint8Array(height * (size + 1));
  const samples =
    bitDepth === 8
      ? data
      : Uint8Array.from({ length: 2 * data.length }, (_, i) => (i % 2 === 0 ? data[i >> 1] >> 8 : data[i >> 1] & 255));
  for (let y = 0; y < height; ++y) rows.set(samples.subarray(y * size, (y + 1) * size), y * (size + 1) + 1);
  const profile = ([name, bytes]) =>
    name === "iCCP"
      ? ["iCCP", Buffer.concat([Buffer.from("ICC profile\0\0", "latin1"), deflateSync(bytes)])]
      : [name, bytes];
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    ...metadata.map(profile).map(([name, bytes]) => chunk(name, bytes)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}
