// What is asked of the workers after a change: at once a rough answer, then the thorough one, then the curve.
import { Stale } from "./engine.js";
import { callOptions, freshPalette, quickOptions } from "./settings.js";
import { say } from "./views/figures.js";

// Nobody stops moving a slider for so long; each thorough job that is begun in vain costs a worker.
const restMilliseconds = 180;
const curveColours = [2, 4, 8, 16, 32, 64, 128, 256];
// A curve takes eight encodings: of large pictures it is made with little effort.
const curvePixels = 3e6;

const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Work {
  #engine;
  #turn = 0;

  /** `onResult(picture, result, {isRough})`, and `onCurve(picture)` for each new point of picture.curve. */
  constructor(engine, { onResult, onCurve }) {
    this.#engine = engine;
    this.onResult = onResult;
    this.onCurve = onCurve;
  }

  /** Begins anew; what was asked before and is not done will not come. */
  ask(picture, settings) {
    const turn = ++this.#turn;
    const isCurrent = () => turn === this.#turn;
    this.#engine.thorough.stop();
    this.#engine.curve.stop();
    const asked = performance.now();
    this.#run(async () => {
      const quick = this.#quickly(picture, settings, asked, isCurrent);
      await rest(restMilliseconds);
      await quick;
      if (!isCurrent()) return;
      say("Refining");
      const result = await this.#engine.thorough.run("encode", picture.image, callOptions(settings, picture.palette));
      if (!isCurrent()) return;
      this.onResult(picture, { ...result, options: keyOf(settings, picture) }, { isRough: false });
      await this.#trace(picture, settings, isCurrent);
    });
  }

  async #quickly(picture, settings, asked, isCurrent) {
    try {
      const options = quickOptions(settings, picture.palette, picture.pixels.width * picture.pixels.height);
      const result = await this.#engine.quick.run("encode", picture.image, options);
      if (!isCurrent()) return;
      this.onResult(picture, result, { isRough: true });
      performance.measure("answer", { start: asked });
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
    }
  }

  // The curve is that of learned colours, with the method, dithering and effort that are set.
  async #trace(picture, settings, isCurrent) {
    const pixels = picture.pixels.width * picture.pixels.height;
    const effort = pixels > curvePixels ? 1 : Math.min(settings.effort, 5);
    const key = JSON.stringify({ ...settings, k: 0, effort });
    if (picture.curveKey !== key) Object.assign(picture, { curve: [], curveKey: key });
    for (const k of curveColours) {
      if (picture.curve.some((row) => row.k === k)) continue;
      if (picture.curve.at(-1)?.isLast) break;
      const options = callOptions({ ...settings, k, effort }, freshPalette());
      const { report } = await this.#engine.curve.run("measure", picture.image, options);
      if (!isCurrent()) return;
      const isLast = report.psnr_db === null;
      picture.curve.push({ k: report.k, bytes: report.file_bytes, psnr: report.psnr_db, isLast });
      this.onCurve(picture);
    }
  }

  async #run(job) {
    try {
      await job();
    } catch (error) {
      if (!(error instanceof Stale)) say(error.message, { isBad: true });
    }
  }

  /** The results of pictures with these settings, for an archive; `onStep(number)` is called before each. */
  async all(pictures, settings, onStep) {
    const results = [];
    for (const [i, picture] of pictures.entries()) {
      onStep(i + 1);
      const { result } = picture;
      const isDone = result !== null && !result.isRough && result.options === keyOf(settings, picture);
      results.push(isDone ? result
        : await this.#engine.batch.run("encode", picture.image, callOptions(settings, picture.palette)));
    }
    this.#engine.batch.stop();
    return results;
  }
}

const keyOf = (settings, { palette }) => JSON.stringify(callOptions(settings, palette));
