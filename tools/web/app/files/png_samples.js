// The exact samples of a PNG: a canvas would turn grey into colour, cut 16 bits to 8, and round what is translucent.

const signature = [137, 80, 78, 71, 13, 10, 26, 10];
// What says how samples look; the codec carries it through.
const metadataTypes = ["gAMA", "cHRM", "sRGB", "cICP", "pHYs"];
const samplesByType = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

// x and y of the first pixel and the steps from one to the next, for each pass of an interlaced picture.
const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

function chunksOf(bytes) {
  if (bytes.length < 33 || signature.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = new Map();
  const data = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + size > bytes.length) return null;
    const content = bytes.subarray(at + 8, at + 8 + size);
    if (type === "IDAT") data.push(content);
    else chunks.set(type, content);
    at += 12 + size;
  }
  return { chunks, data };
}

async function inflated(data) {
  const stream = new Blob(data).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function paeth(left, up, corner) {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

// Takes a row's filter back, in its place. `step` is the bytes of a pixel, at least 1; `above` is zeros in row 0.
function unfilter(filter, row, above, step) {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : row[i - step];
    if (filter === 1) row[i] += left;
    else if (filter === 2) row[i] += above[i];
    else if (filter === 3) row[i] += (left + above[i]) >> 1;
    else if (filter === 4) row[i] += paeth(left, above[i], i < step ? 0 : above[i - step]);
  }
}

// Calls put(x, y, row, pixel) for every pixel of the picture, where row holds the unfiltered bytes.
function eachPixel(bytes, { width, height, bits, count, interlaced }, put) {
  const step = Math.max(1, (bits * count) >> 3);
  let at = 0;
  for (const [x0, y0, dx, dy] of interlaced ? passes : [[0, 0, 1, 1]]) {
    const across = Math.ceil((width - x0) / dx);
    const down = Math.ceil((height - y0) / dy);
    if (across <= 0 || down <= 0) continue;
    const size = Math.ceil((across * bits * count) / 8);
    let above = new Uint8Array(size);
    for (let y = 0; y < down; y++) {
      const row = bytes.subarray(at + 1, at + 1 + size);
      if (row.length < size) throw new Error("the picture is cut short");
      if (bytes[at] !== 0) unfilter(bytes[at], row, above, step);
      for (let x = 0; x < across; x++) put(x0 + x * dx, y0 + y * dy, row, x);
      above = row;
      at += 1 + size;
    }
  }
}

function headerOf(chunks) {
  const data = chunks.get("IHDR");
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const type = data[9];
  return {
    width: view.getUint32(0), height: view.getUint32(4), bits: data[8], type,
    count: samplesByType[type], interlaced: data[12] === 1,
  };
}

// How sample number i of a row is read.
function reader(bits) {
  if (bits === 8) return (row, i) => row[i];
  if (bits === 16) return (row, i) => (row[2 * i] << 8) | row[2 * i + 1];
  const mask = (1 << bits) - 1;
  return (row, i) => (row[(i * bits) >> 3] >> (8 - bits - ((i * bits) & 7))) & mask;
}

// Palette pictures become RGB, or RGBA where entries are translucent.
function indexedPixels(bytes, header, palette, alphas, target, channels) {
  const sample = reader(header.bits);
  eachPixel(bytes, header, (x, y, row, pixel) => {
    const index = sample(row, pixel);
    const to = (y * header.width + x) * channels;
    if (3 * index >= palette.length) throw new Error("an index is outside of the palette");
    for (let i = 0; i < 3; i++) target[to + i] = palette[3 * index + i];
    if (channels === 4) target[to + 3] = alphas[index] ?? 255;
  });
}

// Calls take(y, row) for every unfiltered row of a picture without passes.
function eachRow(bytes, { width, height, bits, count }, take) {
  const size = (width * bits * count) >> 3;
  let above = new Uint8Array(size);
  for (let y = 0, at = 0; y < height; y++, at += 1 + size) {
    const row = bytes.subarray(at + 1, at + 1 + size);
    if (row.length < size) throw new Error("the picture is cut short");
    if (bytes[at] !== 0) unfilter(bytes[at], row, above, count);
    take(y, row);
    above = row;
  }
}

// Others keep their samples; one colour may be declared transparent.
function directPixels(bytes, header, clear, target, channels) {
  const sample = reader(header.bits);
  const scale = header.bits < 8 ? 255 / ((1 << header.bits) - 1) : 1;
  const { count, width } = header;
  const opaque = header.bits === 16 ? 65535 : 255;
  eachPixel(bytes, header, (x, y, row, pixel) => {
    const to = (y * width + x) * channels;
    let isClear = clear !== null;
    for (let i = 0; i < count; i++) {
      const value = sample(row, pixel * count + i);
      isClear &&= value === clear[i];
      target[to + i] = value * scale;
    }
    if (clear !== null) target[to + count] = isClear ? 0 : opaque;
  });
}

// Whether it is a whole ICC profile for this kind of picture (ICC.1, 7.2).
function profileFits(profile, isColour) {
  const text = (at) => String.fromCharCode(...profile.subarray(at, at + 4));
  if (profile.length < 132 || text(36) !== "acsp" || text(16) !== (isColour ? "RGB " : "GRAY")) return false;
  return new DataView(profile.buffer).getUint32(0) === profile.length;
}

// [[name, bytes]...] as the codec takes it. A colour profile stands behind its name and a byte for its compression.
async function metadataOf(chunks, isColour) {
  const metadata = metadataTypes.filter((type) => chunks.has(type)).map((type) => [type, chunks.get(type)]);
  const chunk = chunks.get("iCCP");
  if (chunk === undefined) return metadata;
  const profile = await inflated([chunk.subarray(chunk.indexOf(0) + 2)]).catch(() => new Uint8Array());
  return profileFits(profile, isColour) ? [...metadata, ["iCCP", profile]] : metadata;
}

/** {data, width, height, channels, metadata} as the command line reads it; null for what is no PNG, turned by
 * its EXIF data, or damaged: those are left to the browser. */
export async function readPng(file, mostPixels) {
  const found = chunksOf(file);
  if (found === null || !found.chunks.has("IHDR") || found.chunks.has("eXIf")) return null;
  const header = headerOf(found.chunks);
  const { width, height, bits, type, count } = header;
  if (count === undefined || width * height > mostPixels) return null;
  const transparency = found.chunks.get("tRNS") ?? null;
  const isIndexed = type === 3;
  const channels = (isIndexed ? 3 : count) + (transparency !== null ? 1 : 0);
  const data = new (bits === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  try {
    const bytes = await inflated(found.data);
    if (isIndexed) {
      indexedPixels(bytes, header, found.chunks.get("PLTE"), transparency ?? [], data, channels);
    } else if (bits === 8 && transparency === null && !header.interlaced) {
      eachRow(bytes, header, (y, row) => data.set(row, y * row.length)); // most pictures: without a look at each pixel
    } else {
      const words = transparency && new DataView(transparency.buffer, transparency.byteOffset, transparency.length);
      const clear = words && Array.from({ length: count }, (_, i) => words.getUint16(2 * i));
      directPixels(bytes, header, clear, data, channels);
    }
  } catch {
    return null;
  }
  return { data, width, height, channels, metadata: await metadataOf(found.chunks, channels > 2) };
}
