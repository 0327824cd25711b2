// The palette as swatches, and the row of controls for the one that is chosen.
import { parseHex } from "../files/colours.js";
import { inkOn } from "../files/saved_files.js";

const lockMark =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9z"/></svg>';
const find = (id) => document.getElementById(id);

export class PaletteView {
  #swatches = find("swatches");
  #colours = [];
  #locked = new Set();
  #chosen = null; // the hex of a colour
  #total = 1;
  #shownSide = 0;

  /** `onLock(hex)` turns a lock, `onChange(hex, other)` puts another colour in its place, `onRemove(hex)`. */
  constructor({ onLock, onChange, onRemove }) {
    this.#swatches.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button !== null) this.#choose(button.dataset.hex);
    });
    this.#swatches.addEventListener("keydown", (event) => this.#key(event, onRemove));
    find("lock").addEventListener("click", () => onLock(this.#chosen));
    find("remove").addEventListener("click", () => this.#leave(onRemove));
    find("edit-colour").addEventListener("change", (event) => this.#change(event.target.value, onChange));
    find("edit-hex").addEventListener("change", (event) => this.#change(event.target.value, onChange));
    new ResizeObserver(() => this.#draw()).observe(this.#swatches);
    find("editor").addEventListener("submit", (event) => event.preventDefault());
  }

  /** Shows [{hex, count}]; `locked` is the set of the colours that stay. */
  show(colours, locked) {
    this.#colours = colours;
    this.#locked = locked;
    this.#total = Math.max(1, colours.reduce((sum, { count }) => sum + count, 0));
    if (!colours.some(({ hex }) => hex === this.#chosen)) this.#chosen = null;
    this.#draw();
  }

  #draw() {
    const buttons = this.#swatches.children;
    const side = this.#side(this.#colours.length);
    const focused = [...buttons].indexOf(document.activeElement);
    // In another size new swatches come, so that none is seen to move.
    if (side !== this.#shownSide) this.#swatches.replaceChildren();
    this.#shownSide = side;
    this.#swatches.style.setProperty("--swatch", `${side}px`);
    while (buttons.length > this.#colours.length) this.#swatches.lastChild.remove();
    while (buttons.length < this.#colours.length) {
      const button = document.createElement("button");
      button.type = "button";
      this.#swatches.append(button);
    }
    const reachable = Math.max(0, this.#colours.findIndex(({ hex }) => hex === this.#chosen));
    this.#colours.forEach((colour, i) => this.#drawOne(buttons[i], colour, i === reachable));
    if (focused >= 0 && document.activeElement === document.body)
      buttons[Math.min(focused, buttons.length - 1)]?.focus({ preventScroll: true });
    this.#drawEditor();
  }

  // The largest side in pixels at which all swatches are in sight, but not too small to be hit.
  #side(count) {
    const { clientWidth, clientHeight } = this.#swatches;
    const gap = 4;
    const fits = (side) =>
      Math.ceil(count / Math.floor((clientWidth - gap) / (side + gap))) * (side + gap) <= clientHeight - gap;
    return [80, 56, 48, 40, 34].find(fits) ?? 30;
  }

  #drawOne(button, { hex, count }, isReachable) {
    const isLocked = this.#locked.has(hex);
    button.tabIndex = isReachable ? 0 : -1;
    button.setAttribute("aria-pressed", hex === this.#chosen);
    const key = `${hex} ${isLocked} ${count}`;
    if (button.dataset.key === key) return;
    Object.assign(button.dataset, { key, hex });
    button.style.background = hex;
    button.style.color = inkOn(hex);
    button.innerHTML = isLocked ? lockMark : "";
    button.title = `${hex}, ${this.#share(count)}`;
    button.setAttribute("aria-label", `${hex}, ${this.#share(count)}${isLocked ? ", locked" : ""}`);
  }

  #share(count) {
    if (count === 0) return "not used";
    const percent = (100 * count) / this.#total;
    return percent < 0.1 ? "under 0.1 % of the picture" : `${percent.toFixed(1)} % of the picture`;
  }

  #drawEditor() {
    const chosen = this.#colours.find(({ hex }) => hex === this.#chosen);
    for (const id of ["edit-colour", "edit-hex", "lock"]) find(id).disabled = chosen === undefined;
    find("remove").disabled = chosen === undefined || this.#colours.length < 2;
    const isLocked = this.#locked.has(this.#chosen);
    find("lock").setAttribute("aria-pressed", isLocked);
    find("lock").textContent = isLocked ? "Locked" : "Lock";
    find("edit-hex").value = chosen?.hex ?? "";
    find("edit-colour").value = chosen?.hex.slice(0, 7) ?? "#808080";
    find("editor-hint").textContent = chosen === undefined
      ? "Choose a colour to lock, change or remove it"
      : `${this.#share(chosen.count)[0].toUpperCase()}${this.#share(chosen.count).slice(1)}`;
  }

  #choose(hex) {
    this.#chosen = hex === this.#chosen ? null : hex;
    this.#draw();
  }

  #change(text, onChange) {
    const other = parseHex(text);
    const before = this.#chosen;
    if (other === null || other === before || this.#colours.some(({ hex }) => hex === other)) {
      this.#drawEditor();
      const reason = other === null ? "A colour is written as #rrggbb" : "This colour is there already";
      if (other !== before) find("editor-hint").textContent = reason;
      return;
    }
    this.#chosen = other;
    onChange(before, other);
  }

  // The next colour is chosen in place of the one that goes.
  #leave(onRemove) {
    const gone = this.#chosen;
    const at = this.#colours.findIndex(({ hex }) => hex === gone);
    this.#chosen = (this.#colours[at + 1] ?? this.#colours[at - 1])?.hex ?? null;
    onRemove(gone);
  }

  #key(event, onRemove) {
    const buttons = [...this.#swatches.children];
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    const across = buttons.filter((button) => button.offsetTop === buttons[0].offsetTop).length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across, Home: -at, End: buttons.length };
    if (event.key === "Delete" && buttons.length > 1) {
      this.#chosen = buttons[at].dataset.hex;
      this.#leave(onRemove);
    } else if (event.key in steps) {
      const next = buttons[Math.min(buttons.length - 1, Math.max(0, at + steps[event.key]))];
      buttons[at].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else {
      return;
    }
    event.preventDefault();
  }
}
