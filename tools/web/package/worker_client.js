// startWorker: the same calls in a worker, so that a page answers while they work. A call that is aborted ends its
// worker, which costs a new one for the next call.
import { VqiError } from "./vqi_error.js";

// In a variable, so that bundlers for browsers do not look for it.
const nodeWorkers = "node:worker_threads";

async function openWorker() {
  if (globalThis.Worker !== undefined) return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const { Worker: NodeWorker } = await import(/* @vite-ignore */ nodeWorkers);
  const worker = new NodeWorker(new URL("./worker.js", import.meta.url));
  worker.addEventListener = (kind, listener) =>
    worker.on(kind, (value) => listener(kind === "message" ? { data: value } : value));
  return worker;
}

class WorkerClient {
  #worker = null;
  #waiting = new Map();
  #next = 0;

  async #open() {
    if (this.#worker !== null) return this.#worker;
    const worker = await openWorker();
    worker.addEventListener("message", ({ data }) => this.#receive(data));
    worker.addEventListener("error", (event) =>
      this.#fail(new VqiError("internal_error", event.message ?? "the worker failed")),
    );
    this.#worker ??= worker;
    return this.#worker;
  }

  #receive({ number, result, error, progress }) {
    const call = this.#waiting.get(number);
    if (call === undefined) return;
    if (progress !== undefined) {
      call.onProgress?.(progress);
      return;
    }
    this.#waiting.delete(number);
    if (error === undefined) call.resolve(result);
    else if (error.kind === "VqiError") call.reject(new VqiError(error.code, error.message, error.offset));
    else call.reject(new Error(error.message));
  }

  #fail(error) {
    this.#worker?.terminate();
    this.#worker = null;
    for (const call of this.#waiting.values()) call.reject(error);
    this.#waiting.clear();
  }

  async call(name, parameters, { signal, onProgress, ...options } = {}) {
    const cancelled = new VqiError("cancelled", "the signal was aborted");
    const worker = await this.#open();
    if (signal?.aborted) throw cancelled;
    const number = this.#next++;
    const done = new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject, onProgress }));
    const stop = () => this.#fail(cancelled);
    signal?.addEventListener("abort", stop, { once: true });
    worker.postMessage({
      number,
      name,
      parameters,
      options: { ...options, reportsProgress: onProgress !== undefined },
    });
    try {
      return await done;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  close() {
    this.#fail(new VqiError("cancelled", "the worker was closed"));
  }
}

/** The calls of this package in a worker of their own; `close()` ends it. */
export async function startWorker() {
  const client = new WorkerClient();
  return {
    decode: (bytes, options) => client.call("decode", [bytes], options),
    inspect: (bytes) => client.call("inspect", [bytes]),
    encode: (image, options) => client.call("encode", [image], options),
    quantize: (image, options) => client.call("quantize", [image], options),
    sweep: (image, options) => client.call("sweep", [image], options),
    train: (images, options) => client.call("train", [images], options),
    compare: (reference, other, options) => client.call("compare", [reference, other], options),
    close: () => client.close(),
  };
}
