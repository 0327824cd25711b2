// The controls of the settings, and the hints that go with what is chosen.
import { coloursAt, defaults, fewestColours, lastStep, mostColours, stepOf } from "../settings.js";

const find = (id) => document.getElementById(id);

const ditherHints = {
  none: "Each pixel takes the nearest colour",
  auto: "Only in gradients that would show bands",
  diffusion: "Fine grain that follows the picture",
  blue: "Even grain, like that of film",
  bayer: "A regular grid, as in old games",
};
const methodHints = {
  kmeans: "The least error (k-means)",
  ecvq: "Colours that pack well (ecvq)",
  anneal: "Slow, sometimes closer (annealing)",
  em: "Slow, a mixture of clusters (EM)",
};

export class SettingsView {
  values = { ...defaults };

  /** `onChange()` is called when a person changed one of `values`. */
  constructor({ onChange }) {
    const set = (name, value) => {
      if (this.values[name] === value) return;
      this.values[name] = value;
      onChange();
    };
    find("k").max = lastStep;
    find("k").addEventListener("input", (event) => set("k", coloursAt(Number(event.target.value))));
    find("k-number").addEventListener("change", (event) => {
      const k = Math.round(Number(event.target.value)) || this.values.k;
      event.target.value = Math.min(mostColours, Math.max(fewestColours, k));
      set("k", Number(event.target.value));
    });
    find("effort").addEventListener("input", (event) => set("effort", Number(event.target.value)));
    for (const name of ["dither", "method"])
      find(name).addEventListener("change", (event) => set(name, event.target.value));
  }

  set k(k) {
    this.values.k = k;
  }

  /** Shows the values, and what does not apply: the palette of a picture may be given or have locked colours. */
  show(palette) {
    const isGiven = palette !== null && palette.given !== null;
    const isLocked = !isGiven && palette !== null && palette.locked.size > 0;
    if (isLocked) this.values.k = Math.max(this.values.k, palette.locked.size);
    const { k, dither, method, effort } = this.values;
    if (stepOf(k) !== Number(find("k").value)) find("k").value = stepOf(k);
    find("k").setAttribute("aria-valuetext", `${k} colours`);
    find("k-number").value = k;
    find("dither").value = dither;
    find("method").value = method;
    find("effort").value = effort;
    find("effort-value").textContent = effort;
    for (const id of ["k", "k-number"]) find(id).disabled = isGiven;
    find("method").disabled = isGiven || isLocked;
    find("dither").disabled = !isGiven && !isLocked && method === "ecvq";
    find("k-hint").textContent = isGiven ? "Your palette: nothing is learned" : "Fewer colours make a smaller file";
    find("dither-hint").textContent = find("dither").disabled
      ? "This method chooses each pixel itself" : ditherHints[dither];
    find("method-hint").textContent = isGiven ? "Not used with your own palette"
      : isLocked ? "Locked colours need k-means" : methodHints[method];
  }
}
