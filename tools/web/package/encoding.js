// encode, sweep, train, compare: calls of the C API with options by the names of the command line.
import { asBytes, asImage } from "./images.js";
import { VqiError } from "./vqi_error.js";

// Of calls, not of the command line.
const ownOptions = new Set(["onProgress", "codebook", "weights", "signal"]);

const optionName = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Values of one option as text, one for each time that it is set. */
function optionTexts(name, value) {
  if (!Array.isArray(value)) return [value === true ? "" : String(value)];
  if (name === "fix") return value.map(String);
  return [value.join(name === "block" && value.every(Number.isInteger) ? "x" : ",")];
}

/** A handle of what says how samples look: pairs of a PNG chunk's name and its data. */
function putMetadata(memory, wasm, metadata) {
  const place = memory.space(4);
  wasm.check(wasm.call.vqi_metadata_new(place));
  const handle = wasm.word(place);
  memory.later(() => wasm.call.vqi_metadata_free(handle));
  for (const [name, data] of metadata)
    wasm.check(wasm.call.vqi_metadata_set(handle, memory.text(name), memory.bytes(data), data.length));
  return handle;
}

/** Puts the image into memory as vqi_image has it. */
function putImage(memory, wasm, image) {
  const { data, width, height, channels, bitDepth } = asImage(image);
  const samples = memory.bytes(data);
  const metadata = image.metadata === undefined ? 0 : putMetadata(memory, wasm, image.metadata);
  const at = memory.space(28);
  new Uint32Array(wasm.memory, at, 7).set([samples, metadata, 0, width, height, channels, bitDepth]);
  return at;
}

/** Calls use(handle) with the options of a command. */
function withOptions(wasm, command, options, use) {
  return wasm.withMemory((memory) => {
    const place = memory.space(4);
    wasm.check(wasm.call.vqi_options_new(memory.text(command), place));
    const handle = wasm.word(place);
    try {
      for (const [name, value] of Object.entries(options)) {
        if (ownOptions.has(name) || value === undefined || value === null) continue;
        for (const text of optionTexts(name, value))
          wasm.check(wasm.call.vqi_options_set(handle, memory.text(optionName(name)), memory.text(text)));
      }
      if (options.codebook !== undefined) {
        const codebook = asBytes(options.codebook);
        wasm.check(wasm.call.vqi_options_set_codebook(handle, memory.bytes(codebook), codebook.length));
      }
      if (options.weights !== undefined)
        wasm.check(wasm.call.vqi_options_set_weights(handle, putImage(memory, wasm, options.weights)));
      if (options.onProgress !== undefined) wasm.check(wasm.call.vqi_web_report_progress(handle));
      return wasm.withProgress(options.onProgress, () => use(handle, memory));
    } finally {
      wasm.call.vqi_options_free(handle);
    }
  });
}

/** Calls make(place) and returns {bytes, report, ...more(handle)} of the result that it puts there. */
function takeResult(wasm, memory, make, more = () => ({})) {
  const place = memory.space(8);
  wasm.check(make(place));
  const handle = wasm.word(place);
  try {
    const start = wasm.call.vqi_result_bytes(handle, place + 4) >>> 0;
    const report = JSON.parse(wasm.text(wasm.call.vqi_result_json(handle)));
    return { bytes: start === 0 ? null : wasm.copy(start, wasm.word(place + 4)), report, ...more(handle) };
  } finally {
    wasm.call.vqi_result_free(handle);
  }
}

const metadataNames = ["gAMA", "cHRM", "sRGB", "cICP", "pHYs", "iCCP"];

function takeMetadata(wasm, memory, handle) {
  if (handle === 0) return [];
  const size = memory.space(4);
  const sizeOf = (name) => {
    new Uint32Array(wasm.memory, size, 1)[0] = 0;
    wasm.call.vqi_metadata_get(handle, memory.text(name), 0, 0, size);
    return wasm.word(size);
  };
  return metadataNames.filter(sizeOf).map((name) => {
    const bytes = sizeOf(name);
    const at = memory.space(bytes);
    wasm.check(wasm.call.vqi_metadata_get(handle, memory.text(name), at, bytes, size));
    return [name, wasm.copy(at, bytes)];
  });
}

/** The image of a stream in its own channels and depth, with its metadata and the report, by options of decompress. */
export function decodeReportedWith(wasm, input, options = {}) {
  const stream = asBytes(input);
  return withOptions(wasm, "decompress", options, (handle, memory) => {
    const bytes = memory.bytes(stream);
    const at = memory.space(28);
    const made = takeResult(
      wasm,
      memory,
      (place) => wasm.call.vqi_decode(handle, bytes, stream.length, place),
      (result) => {
        wasm.check(wasm.call.vqi_result_image(result, at));
        const [samples, metadata, stride, width, height, channels, bitDepth] = [0, 1, 2, 3, 4, 5, 6].map((i) =>
          wasm.word(at + 4 * i),
        );
        const copied = wasm.copy(samples, stride * height);
        const data = bitDepth === 16 ? new Uint16Array(copied.buffer) : copied;
        return { image: { data, width, height, channels, bitDepth, metadata: takeMetadata(wasm, memory, metadata) } };
      },
    );
    return { image: made.image, report: made.report };
  });
}

/** The options of a command of the command line: {name, isFlag}. */
export function optionsOf(wasm, command) {
  return wasm.withMemory((memory) => {
    const at = memory.text(command);
    const names = [];
    for (let i = 0, name; (name = wasm.call.vqi_option_name(at, i)) !== 0; ++i) names.push(wasm.text(name));
    return names.map((name) => ({ name, isFlag: wasm.call.vqi_option_is_flag(at, memory.text(name)) === 1 }));
  });
}

/** Calls one of the functions that take options, an image and the place for a result. */
export function encodeWith(wasm, command, name, image, options = {}) {
  return withOptions(wasm, command, options, (handle, memory) => {
    const at = putImage(memory, wasm, image);
    return takeResult(wasm, memory, (place) => wasm.call[name](handle, at, place));
  });
}

export function compareWith(wasm, reference, other, options = {}) {
  return withOptions(wasm, "compare", options, (handle, memory) => {
    const first = putImage(memory, wasm, reference);
    const second = putImage(memory, wasm, other);
    return takeResult(wasm, memory, (place) => wasm.call.vqi_compare(handle, first, second, place)).report;
  });
}

export function trainWith(wasm, images, options = {}) {
  if (images.length === 0) throw new VqiError("invalid_argument", "there is no image to learn from");
  return withOptions(wasm, "train", options, (handle, memory) => {
    const all = memory.space(28 * images.length);
    images.forEach((image, i) => {
      const at = putImage(memory, wasm, image);
      wasm.bytes.copyWithin(all + 28 * i, at, at + 28);
    });
    return takeResult(wasm, memory, (place) => wasm.call.vqi_train(handle, all, images.length, place));
  });
}
