// WasmModule: a loaded WebAssembly module, with its memory as bytes and text.
import { VqiError } from "./vqi_error.js";

// (func (result v128) i32.const 0 i8x16.splat): valid where SIMD is.
const simdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

/** Whether this engine has the SIMD instructions of WebAssembly. */
export const hasSimd = () => WebAssembly.validate(simdProbe);

// In a variable, so that bundlers for browsers do not look for it.
const nodeFiles = "node:fs/promises";

/** Compiles what lies at `url`, a file where the program is Node's. */
export async function compile(url) {
  if (url.protocol === "file:") {
    const { readFile } = await import(/* @vite-ignore */ nodeFiles);
    return WebAssembly.compile(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new VqiError("io_failed", `${url} cannot be loaded: ${response.status}`);
  // Servers that do not know .wasm send it as something else, which compileStreaming refuses.
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

const badFile = 8; // WASI's errno for no such open file

export class WasmModule {
  #exports;
  #views = null;
  #onProgress = null;
  #stopped = null;

  /** Makes an instance of a compiled module. */
  static async of(compiled) {
    const made = new WasmModule();
    const { exports } = await WebAssembly.instantiate(compiled, made.#imports());
    made.#exports = exports;
    exports._initialize();
    return made;
  }

  #imports() {
    return {
      env: {
        emscripten_notify_memory_growth: () => {
          this.#views = null;
        },
      },
      vqi: { progress: (stage, fraction) => this.#progress(stage, fraction) },
      wasi_snapshot_preview1: {
        clock_time_get: (clock, precision, at) => {
          new DataView(this.memory).setBigUint64(at >>> 0, BigInt(Math.round(performance.now() * 1e6)), true);
          return 0;
        },
        // What libraries print to, there are no files.
        fd_close: () => badFile,
        fd_seek: () => badFile,
        fd_write: () => badFile,
        proc_exit: () => {
          throw new WebAssembly.RuntimeError("vqi ended unexpectedly");
        },
      },
    };
  }

  // Exceptions of the callback must not pass through C++: they are kept until the call has ended.
  #progress(stage, fraction) {
    try {
      return this.#onProgress?.({ stage: this.text(stage), fraction }) === false ? 1 : 0;
    } catch (error) {
      this.#stopped = error;
      return 1;
    }
  }

  /** Calls `work` while `onProgress` is told of progress; what that throws stops the work and is thrown. */
  withProgress(onProgress, work) {
    this.#onProgress = onProgress ?? null;
    this.#stopped = null;
    try {
      return work();
    } catch (error) {
      throw this.#stopped ?? error;
    } finally {
      this.#onProgress = null;
    }
  }

  /** The exported functions of C. */
  get call() {
    return this.#exports;
  }

  get memory() {
    return this.#exports.memory.buffer;
  }

  // Views end to be valid where the memory grows.
  get #memoryViews() {
    if (this.#views?.bytes.buffer !== this.memory)
      this.#views = { bytes: new Uint8Array(this.memory), words: new Uint32Array(this.memory) };
    return this.#views;
  }

  get bytes() {
    return this.#memoryViews.bytes;
  }

  /** The 32-bit number at an address. */
  word(address) {
    return this.#memoryViews.words[address >>> 2];
  }

  /** A copy of bytes at an address. */
  copy(address, size) {
    return this.bytes.slice(address >>> 0, (address >>> 0) + size);
  }

  text(address) {
    const begin = address >>> 0;
    return new TextDecoder().decode(this.bytes.slice(begin, this.bytes.indexOf(0, begin)));
  }

  /** Calls work({bytes, text, space, later}), whose functions put things into memory until `work` returns; later(undo)
   * calls undo() then. */
  withMemory(work) {
    const taken = [];
    const undone = [];
    const later = (undo) => undone.push(undo);
    const space = (size) => {
      const address = this.call.malloc(Math.max(size, 1)) >>> 0;
      if (address === 0) throw new VqiError("out_of_memory", "memory is used up, take a smaller image");
      taken.push(address);
      return address;
    };
    const bytes = (view) => {
      const address = space(view.byteLength);
      this.bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), address);
      return address;
    };
    const text = (string) => bytes(new TextEncoder().encode(`${string}\0`));
    try {
      return work({ space, bytes, text, later });
    } finally {
      for (const undo of undone) undo();
      for (const address of taken) this.call.free(address);
    }
  }

  /** Throws what a call has failed with. */
  check(status) {
    if (status === 0) return;
    const code = this.text(this.call.vqi_status_name(status));
    const message = this.text(this.call.vqi_error_message());
    const offset = this.withMemory(({ space }) => {
      const at = space(8);
      if (this.call.vqi_error_offset(at) === 0) return null;
      return Number(new DataView(this.memory).getBigUint64(at, true));
    });
    throw new VqiError(code, message, offset);
  }
}

/** An init(): loads a module once, from the URL with SIMD or without, and gives makeCalls(WasmModule). */
export function loadingOnce(simdUrl, plainUrl, makeCalls) {
  let loading = null;
  return ({ module, simd = hasSimd() } = {}) => {
    loading ??= (async () => makeCalls(await WasmModule.of(module ?? (await compile(simd ? simdUrl : plainUrl)))))();
    // A failure to load is not kept: the next call tries again.
    loading.catch(() => {
      loading = null;
    });
    return loading;
  };
}
