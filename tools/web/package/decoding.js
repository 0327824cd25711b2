// decode and inspect, on either module.
import { asBytes, asRgba } from "./images.js";
import { readFacts } from "./facts.js";

function rectangleOf({ region }, { space }, wasm) {
  if (region === undefined) return 0;
  const at = space(16);
  new Uint32Array(wasm.memory, at, 4).set([region.x, region.y, region.width, region.height]);
  return at;
}

/** The image in a stream: RGBA of 8 bits as ImageData has it, or with `native` its own channels and depth. */
export function decodeWith(wasm, input, options = {}) {
  const stream = asBytes(input);
  return wasm.withMemory((memory) => {
    const codebook = options.codebook === undefined ? null : asBytes(options.codebook);
    const bytes = memory.bytes(stream);
    const book = codebook === null ? 0 : memory.bytes(codebook);
    const rectangle = rectangleOf(options, memory, wasm);
    wasm.check(
      wasm.call.vqi_web_decode(bytes, stream.length, book, codebook?.length ?? 0, rectangle, options.maxPixels ?? 0),
    );
    try {
      const [address, width, height, channels, bitDepth] = shapeOf(wasm);
      const samples = wasm.copy(address, width * height * channels * (bitDepth / 8));
      const data = bitDepth === 16 ? new Uint16Array(samples.buffer) : samples;
      const image = { data, width, height, channels, bitDepth };
      return options.native ? image : asRgba(image);
    } finally {
      wasm.call.vqi_web_free_image();
    }
  });
}

function shapeOf(wasm) {
  const at = wasm.call.vqi_web_image() >>> 0;
  return [0, 1, 2, 3, 4].map((i) => wasm.word(at + 4 * i));
}

/** What `vqi info --json` prints; damage behind the header is in it as `error`. */
export function inspectWith(wasm, input) {
  const stream = asBytes(input);
  return wasm.withMemory((memory) => {
    wasm.check(wasm.call.vqi_web_inspect(memory.bytes(stream), stream.length));
    return readFacts(wasm);
  });
}
