// The codec in a worker: it keeps one picture and answers each job with bytes, report, pixels and colours.
import { init } from "./package/index.js";
import { countColours } from "./files/colours.js";

let codec = null;
let failure = null; // what loading the codec ended with
let image = null;
let last = Promise.resolve();

const rgbaOf = ({ data, width, height }) => ({ data, width, height });

// What the page draws, saves and lists of a stream.
function shown({ bytes, report }) {
  const pixels = rgbaOf(codec.decode(bytes));
  return { bytes, report, pixels, colours: countColours(pixels.data) };
}

// What the file says of its colours may be damaged: then it is left out, as the command line does.
function encode(options) {
  try {
    return codec.encode(image, options);
  } catch (error) {
    if (!image.metadata?.length) throw error;
    image = { ...image, metadata: [] };
    return codec.encode(image, options);
  }
}

const jobs = {
  encode: (options) => shown(encode(options)),
  // A point of the curve: no pixels are needed.
  measure: (options) => ({ report: encode(options).report }),
  // A .vqi that was dropped: the samples as they are, and as a canvas has them.
  open: (bytes) => ({ image: codec.decode(bytes, { native: true }), pixels: rgbaOf(codec.decode(bytes)) }),
};

const buffersOf = (result) =>
  [result.bytes, result.pixels?.data, result.image?.data].filter(Boolean).map((view) => view.buffer);

async function answer({ module, picture, number, job, input }) {
  if (module !== undefined) {
    codec = await init({ module }).catch((error) => {
      failure = error;
      return null;
    });
  } else if (picture !== undefined) {
    image = picture;
  } else {
    try {
      if (failure !== null) throw failure;
      const result = jobs[job](input);
      postMessage({ number, result }, buffersOf(result));
    } catch ({ message, code }) {
      postMessage({ number, error: { message, code } });
    }
  }
}

addEventListener("message", ({ data }) => {
  last = last.then(() => answer(data));
});
