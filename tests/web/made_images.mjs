// Images that tests encode by the package and, as PAM files, by the tool.

/** Numbers 0..1, the same each time. */
function* numbers(seed) {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** A picture with gradients, edges and some noise, of any type; alpha is 0, full or between. */
export function madeImage(width, height, channels, bitDepth) {
  const most = bitDepth === 16 ? 65535 : 255;
  const data = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  const random = numbers(width * 31 + channels);
  for (let y = 0, at = 0; y < height; ++y)
    for (let x = 0; x < width; ++x)
      for (let c = 0; c < channels; ++c, ++at) {
        const wave = ((x * (c + 1)) / width + (y * (3 - c)) / height) / 4;
        const isDisc = (x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2;
        const colour = Math.min(1, Math.max(0, wave + (isDisc ? 0.35 : 0) + random.next().value / 16));
        const isAlpha = channels % 2 === 0 && c === channels - 1;
        data[at] = Math.floor(most * (isAlpha ? (isDisc ? 1 : Math.max(0, (2 * x) / width - 0.5)) : colour));
        if (isAlpha) data[at] = Math.min(most, data[at]);
      }
  return { data, width, height, channels };
}

/** The bytes of a PAM file. */
export function pamOf({ data, width, height, channels }) {
  const types = ["", "GRAYSCALE", "GRAYSCALE_ALPHA", "RGB", "RGB_ALPHA"];
  const isWide = data instanceof Uint16Array;
  const samples = isWide ? Buffer.from(data.buffer.slice(0)).swap16() : Buffer.from(data.buffer);
  const header =
    `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH ${channels}\nMAXVAL ${isWide ? 65535 : 255}\n` +
    `TUPLTYPE ${types[channels]}\nENDHDR\n`;
  return Buffer.concat([Buffer.from(header), samples]);
}
