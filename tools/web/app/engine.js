// Jobs in workers. In each lane one job runs at a time, and a newer one takes the place of an older one.

/** What a job is rejected with when a newer one took its place. */
export class Stale extends Error {}

// A worker made of a blob has the content-security policy of this page; one made of a file would have that of the
// server's answer, which not every server sends.
function openWorker() {
  const source = `import ${JSON.stringify(new URL("./codec_worker.js", import.meta.url).href)};`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return new Worker(url, { type: "module" });
}

class Lane {
  #module;
  #interrupts;
  #worker = null;
  #picture = null;
  #running = null;
  #waiting = null;
  #number = 0;

  constructor(module, { interrupts }) {
    this.#module = module;
    this.#interrupts = interrupts;
  }

  /** Runs a job on an image that pictures.js made. Rejected with Stale if another call comes before it has ended. */
  run(job, image, input) {
    return new Promise((resolve, reject) => {
      const entry = { job, image, input, resolve, reject };
      if (this.#running !== null && this.#interrupts) this.stop();
      if (this.#running === null) {
        this.#start(entry);
      } else {
        this.#waiting?.reject(new Stale());
        this.#waiting = entry;
      }
    });
  }

  /** Ends what runs and waits. The next job gets a new worker; the compiled module is kept. */
  stop() {
    if (this.#running === null) return;
    this.#close(new Stale());
  }

  /** Has a worker ready, with its picture, before the first job comes. */
  prepare(image) {
    if (this.#worker === null) {
      this.#worker = openWorker();
      this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
      this.#worker.addEventListener("error", (event) => this.#close(new Error(event.message ?? "a worker failed")));
      this.#worker.postMessage({ module: this.#module });
    }
    if (image !== undefined && image !== this.#picture) {
      this.#worker.postMessage({ picture: image });
      this.#picture = image;
    }
  }

  #start(entry) {
    this.#running = entry;
    this.prepare(entry.image);
    this.#worker.postMessage({ number: ++this.#number, job: entry.job, input: entry.input });
  }

  #receive({ number, result, error }) {
    if (number !== this.#number || this.#running === null) return;
    const { resolve, reject } = this.#running;
    const next = this.#waiting;
    this.#running = null;
    this.#waiting = null;
    if (next !== null) this.#start(next);
    if (error === undefined) resolve(result);
    else reject(Object.assign(new Error(error.message), { code: error.code }));
  }

  #close(reason) {
    this.#worker?.terminate();
    const entries = [this.#running, this.#waiting];
    this.#worker = this.#picture = this.#running = this.#waiting = null;
    for (const entry of entries) entry?.reject(reason);
  }
}

/** The lanes of the page. `module` is the compiled WebAssembly module. */
export function openEngine(module) {
  return {
    quick: new Lane(module, { interrupts: false }), // the answer to a slider: too short to be worth ending
    thorough: new Lane(module, { interrupts: true }),
    curve: new Lane(module, { interrupts: true }),
    batch: new Lane(module, { interrupts: true }),
  };
}
