// A PNG of a result: a palette PNG with as few bits for each pixel as its colours need.
import { crc32 } from "./checksum.js";
import { partsOf } from "./colours.js";

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type, data) {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header(width, height, bits) {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([bits, 3], 8);
  return chunk("IHDR", data);
}

// Rows of packed indices, the first pixel in the highest bits; each begins with the byte for "no filter".
function packedRows({ data, width, height }, indices, bits) {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const stride = 1 + Math.ceil((width * bits) / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      rows[y * stride + 1 + (bit >> 3)] |= indices.get(pixels[y * width + x]) << (8 - bits - (bit & 7));
    }
  return rows;
}

/** The bytes of a PNG with the pixels {data, width, height}, RGBA of 8 bits, of at most 256 `colours`. */
export async function palettePng(pixels, colours) {
  // Transparent colours come first, so that tRNS is short.
  const parts = colours.map(({ hex }) => partsOf(hex)).sort((a, b) => (a[3] === 255) - (b[3] === 255));
  const bits = [1, 2, 4, 8].find((depth) => parts.length <= 2 ** depth);
  const number = ([red, green, blue, alpha]) => new Uint32Array(Uint8Array.of(red, green, blue, alpha).buffer)[0];
  const indices = new Map(parts.map((part, i) => [number(part), i]));
  const alphas = parts.map((part) => part[3]).filter((alpha) => alpha < 255);
  const chunks = [
    header(pixels.width, pixels.height, bits),
    chunk("PLTE", parts.flatMap((part) => part.slice(0, 3))),
    ...(alphas.length > 0 ? [chunk("tRNS", alphas)] : []),
    chunk("IDAT", await deflated(packedRows(pixels, indices, bits))),
    chunk("IEND", []),
  ];
  return new Uint8Array(await new Blob([Uint8Array.from(signature), ...chunks]).arrayBuffer());
}
