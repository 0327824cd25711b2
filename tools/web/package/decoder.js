// The decoder alone: a small module for pages that only show .vqi images.
import { decodeWith, inspectWith } from "./decoding.js";
import { loadingOnce } from "./wasm_module.js";

export { VqiError } from "./vqi_error.js";

/** Loads the module, once. `module` may be a compiled one; without it, a file beside this one is loaded. */
export const init = loadingOnce(
  new URL("./vqi_decoder.wasm", import.meta.url),
  new URL("./vqi_decoder_plain.wasm", import.meta.url),
  (wasm) => ({
    decode: (bytes, options) => decodeWith(wasm, bytes, options),
    inspect: (bytes) => inspectWith(wasm, bytes),
  }),
);

export const decode = async (bytes, options) => (await init()).decode(bytes, options);
export const inspect = async (bytes) => (await init()).inspect(bytes);
