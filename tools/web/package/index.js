// Everything: decode, encode, quantize, inspect, sweep, train and compare in the thread that calls.
import { decodeWith, inspectWith } from "./decoding.js";
import { compareWith, decodeReportedWith, encodeWith, optionsOf, trainWith } from "./encoding.js";
import { loadingOnce } from "./wasm_module.js";

export { VqiError } from "./vqi_error.js";
export { startWorker } from "./worker_client.js";

function callsOf(wasm) {
  return {
    decode: (bytes, options) => decodeWith(wasm, bytes, options),
    inspect: (bytes) => inspectWith(wasm, bytes),
    encode: (image, options) => encodeWith(wasm, "compress", "vqi_encode", image, options),
    quantize: (image, options) => encodeWith(wasm, "quantize", "vqi_quantize", image, options),
    sweep: (image, options) => encodeWith(wasm, "sweep", "vqi_sweep", image, options).report,
    train: (images, options) => trainWith(wasm, images, options),
    compare: (reference, other, options) => compareWith(wasm, reference, other, options),
    // Of the command line.
    decodeReported: (bytes, options) => decodeReportedWith(wasm, bytes, options),
    optionsOf: (command) => optionsOf(wasm, command),
  };
}

/** Loads the module, once. `module` may be a compiled one; without it, a file beside this one is loaded. */
export const init = loadingOnce(
  new URL("./vqi_codec.wasm", import.meta.url),
  new URL("./vqi_codec_plain.wasm", import.meta.url),
  callsOf,
);

export const decode = async (bytes, options) => (await init()).decode(bytes, options);
export const inspect = async (bytes) => (await init()).inspect(bytes);
export const encode = async (image, options) => (await init()).encode(image, options);
export const quantize = async (image, options) => (await init()).quantize(image, options);
export const sweep = async (image, options) => (await init()).sweep(image, options);
export const train = async (images, options) => (await init()).train(images, options);
export const compare = async (reference, other, options) => (await init()).compare(reference, other, options);
