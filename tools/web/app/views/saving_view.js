// Saving results, and the command that makes the same file.
import { archiveOf, fileOf, save } from "../files/saved_files.js";
import { commandText, freshPalette } from "../settings.js";
import { distinctNames } from "../files/zip_archive.js";
import { say } from "./figures.js";

const find = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("[data-save]")];

export class SavingView {
  #page;
  #isPacking = false;

  /** `page` has current(), the list of pictures, the settings view and results(), the Work. */
  constructor(page) {
    this.#page = page;
    for (const button of buttons) button.addEventListener("click", () => this.#saveOne(button.dataset.save));
    find("save-all").addEventListener("click", () => this.#saveAll());
    find("copy").addEventListener("click", () => this.#copy());
  }

  update() {
    const picture = this.#page.current();
    const isDone = picture !== null && picture.result !== null && !picture.result.isRough;
    for (const button of buttons) button.disabled = !isDone;
    find("save-all").disabled = !isDone || this.#isPacking;
    const { values } = this.#page.settings;
    const { palette, name, stem } = picture ?? { palette: freshPalette(), name: "picture.png", stem: "picture" };
    find("command").textContent = commandText(values, palette, name, stem);
    find("command-hint").textContent = hintOf(picture);
  }

  async #saveOne(kind) {
    const { result, stem, palette } = this.#page.current();
    save(await fileOf(kind, orderedAs(palette, result), stem));
    say(`Saved ${stem}.${kind}`);
  }

  async #saveAll() {
    const { pictures, settings, results } = this.#page;
    this.#isPacking = true;
    this.update();
    try {
      const made = await results().all(pictures, { ...settings.values },
        (number) => say(pictures.length > 1 ? `Packing ${number} of ${pictures.length}` : "Packing"));
      const stems = distinctNames(pictures.map(({ stem }) => stem));
      const archive = await archiveOf(made.map((result, i) =>
        ({ stem: stems[i], result: orderedAs(pictures[i].palette, result) })));
      save(archive);
      say(`Saved ${archive.name}`);
    } catch (error) {
      say(error.message, { isBad: true });
    } finally {
      this.#isPacking = false;
      this.update();
    }
  }

  async #copy() {
    const text = find("command").textContent;
    try {
      await navigator.clipboard.writeText(text);
      say("Copied the command");
    } catch {
      getSelection().selectAllChildren(find("command"));
      say("Press Ctrl+C to copy the command");
    }
  }
}

function hintOf(picture) {
  if (picture?.palette.given) return `${picture.stem}.hex is the palette that you can save above`;
  if (picture === null || picture.isExact) return "Makes the same file, byte for byte";
  return "The same settings; programs may read this kind of file a little differently";
}

// A palette that a person made is saved whole and in its own order: the command reads it.
function orderedAs({ given }, result) {
  if (given === null) return result;
  const counts = new Map(result.colours.map(({ hex, count }) => [hex, count]));
  return { ...result, colours: given.map((hex) => ({ hex, count: counts.get(hex) ?? 0 })) };
}
