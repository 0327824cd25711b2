// The codec in a worker: it keeps one picture and answers each job with bytes, report, pixels and colours.
import { init } from "./package/index.js";
import { countColours } from "./files/colours.js";

let codec = null;
let image = null;
let last = Promise.resolve();

const rgbaOf = ({ data, width, height }) => ({ data, width, height });

// What the page draws, saves and lists of a stream.
function shown({ bytes, report }) {
  const pixels = rgbaOf(codec.decode(bytes));
  return { bytes, report, pixels, colours: countColours(pixels.data) };
}

const jobs = {
  encode: (options) => shown(codec.encode(image, options)),
  // A point of the curve: no pixels are needed.
  measure: (options) => ({ report: codec.encode(image, options).report }),
  // A .vqi that was dropped: the samples as they are, and as a canvas has them.
  open: (bytes) => ({ image: codec.decode(bytes, { native: true }), pixels: rgbaOf(codec.decode(bytes)) }),
};

const buffersOf = (result) =>
  [result.bytes, result.pixels?.data, result.image?.data].filter(Boolean).map((view) => view.buffer);

async function answer({ module, picture, number, job, input }) {
  if (module !== undefined) {
    codec = await init({ module });
  } else if (picture !== undefined) {
    image = picture;
  } else {
    try {
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
