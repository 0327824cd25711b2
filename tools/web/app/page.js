// The page: brings pictures, settings, jobs and views together.
import { openEngine } from "./engine.js";
import { keepOffline, shutOff } from "./offline.js";
import { readPicture } from "./files/pictures.js";
import { SavingView } from "./views/saving_view.js";
import { SettingsView } from "./views/settings_view.js";
import { PaletteView } from "./views/palette_view.js";
import { CurveView } from "./views/curve_view.js";
import { PictureList } from "./views/picture_list.js";
import { Viewer } from "./views/viewer.js";
import { Work } from "./work.js";
import { showFigures, say } from "./views/figures.js";
import { sortedByLuma } from "./files/colours.js";

const find = (id) => document.getElementById(id);

async function loadModule() {
  const simd = await import("./package/wasm_module.js").then(({ hasSimd }) => hasSimd());
  const answer = await fetch(`./package/vqi_codec${simd ? "" : "_plain"}.wasm`);
  if (!answer.ok) throw new Error("the codec is not there for this browser; a newer one will do");
  return WebAssembly.compile(await answer.arrayBuffer());
}

// All that the page will ever load, then the door is shut.
const loaded = Promise.all([
  loadModule(),
  fetch("./landscape.png").then((answer) => answer.blob()),
  keepOffline(),
]).then(([module, sample, isKept]) => {
  shutOff();
  if (isKept) find("offline").classList.remove("later");
  return { engine: openEngine(module), sample };
});

const pictures = [];
let current = null;
let work = null;

const settings = new SettingsView({ onChange: () => refresh() });
const viewer = new Viewer({ onPoint: showPoint });
const palette = new PaletteView({
  onLock: (hex) => changePalette((own) => {
    if (!own.locked.delete(hex)) own.locked.add(hex);
  }),
  onChange: (before, after) => changePalette((own) => {
    own.given = coloursOf(current).map((hex) => (hex === before ? after : hex));
    own.locked.delete(before);
    own.locked.add(after);
  }),
  onRemove: (hex) => changePalette((own) => {
    own.given = coloursOf(current).filter((other) => other !== hex);
    own.locked.delete(hex);
  }),
});
const curve = new CurveView({ onChoose: (k) => changePalette((own) => {
  own.given = null;
  settings.k = Math.max(k, own.locked.size);
}) });
const list = new PictureList({ onChoose: choose });
const saving = new SavingView({ current: () => current, pictures, settings, results: () => work });

const coloursOf = ({ palette: { given }, result }) => given ?? result.colours.map(({ hex }) => hex);

function changePalette(change) {
  if (current?.result == null) return;
  change(current.palette);
  refresh();
}

// Colours that no pixel has are listed as well, where they are locked or given.
function withUnused({ locked, given }, colours) {
  const wanted = given ?? [...locked];
  const there = new Map(colours.map((colour) => [colour.hex, colour]));
  if (given !== null) return given.map((hex) => there.get(hex) ?? { hex, count: 0 });
  return sortedByLuma([...colours, ...wanted.filter((hex) => !there.has(hex)).map((hex) => ({ hex, count: 0 }))]);
}

function showPalette({ palette: own, result }) {
  const colours = result === null ? [] : withUnused(own, result.colours);
  palette.show(colours, own.locked);
  find("palette-count").textContent = result === null ? "comes with a picture"
    : `${colours.length} colours${own.given === null ? "" : ", chosen by you"}`;
  find("relearn").hidden = own.given === null;
}

/** A result of `picture`: rough while better ones are on their way. */
function showResult(picture, result, { isRough }) {
  picture.result = { ...result, isRough };
  if (picture !== current) return;
  viewer.showResult(result.pixels);
  showPalette(picture);
  showFigures(picture, { isRough });
  saving.update();
  if (!isRough) showCurve(picture);
}

function showCurve({ curve: rows, result }) {
  const { report } = result ?? {};
  find("trade-state").textContent =
    rows === null ? "comes with a picture" : "numbers are colours";
  const here = report && !result.isRough && { k: report.k, bytes: report.file_bytes, psnr: report.psnr_db };
  curve.show(rows ?? [], here ?? null);
}

// After each change: the new answer is asked for, and what is shown is dimmed until it comes.
function refresh() {
  settings.show(current?.palette ?? null);
  saving.update();
  if (current === null || work === null) return;
  if (current.result !== null) current.result.isRough = true;
  showFigures(current, { isRough: true });
  showPalette(current);
  saving.update();
  work.ask(current, settings.values);
}

function choose(picture) {
  current = picture;
  viewer.show(picture);
  list.show(pictures, current);
  if (picture.result !== null) viewer.showResult(picture.result.pixels);
  showCurve(picture);
  refresh();
}

function showPoint(at) {
  const colourAt = (pixels) => {
    const from = (at[1] * pixels.width + at[0]) * 4;
    return `#${[...pixels.data.subarray(from, from + 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  const result = current?.result ?? null;
  find("readout").textContent = at === null || result === null ? "\u00a0"
    : `${at.join(", ")}: ${colourAt(current.pixels)} becomes ${colourAt(result.pixels)}`;
}

async function open(files) {
  if (files.length === 0) return;
  say(files.length === 1 ? `Opening ${files[0].name}` : `Opening ${files.length} pictures`);
  const { engine } = await loaded;
  const openVqi = (bytes) => engine.quick.run("open", null, bytes);
  const failures = [];
  for (const file of files) {
    try {
      pictures.push(await readPicture(file, openVqi));
      if (pictures.at(-1) !== current && (current === null || file === files[0])) choose(pictures.at(-1));
    } catch (error) {
      failures.push(error.message);
    }
  }
  list.show(pictures, current);
  saving.update();
  if (failures.length > 0) say(failures.join(". "), { isBad: true });
}

function listen() {
  find("files").addEventListener("change", (event) => {
    open([...event.target.files]);
    event.target.value = "";
  });
  find("sample").addEventListener("click", async () =>
    open([new File([(await loaded).sample], "landscape.png", { type: "image/png" })]));
  find("relearn").addEventListener("click", () => {
    changePalette((own) => (own.given = null));
    find("palette-title").scrollIntoView({ block: "nearest" });
  });
  let inside = 0;
  const dragged = (event, change) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    inside = Math.max(0, change(inside));
    find("drop-hint").hidden = inside === 0;
  };
  addEventListener("dragenter", (event) => dragged(event, (count) => count + 1));
  addEventListener("dragleave", (event) => dragged(event, (count) => count - 1));
  addEventListener("dragover", (event) => dragged(event, (count) => count));
  addEventListener("drop", (event) => {
    dragged(event, () => 0);
    open([...event.dataTransfer.files]);
  });
  addEventListener("paste", (event) => open([...(event.clipboardData?.files ?? [])]));
}

find("viewer").classList.add("empty");
listen();
settings.show(null);
saving.update();
curve.show([], null);
loaded.then(({ engine }) => {
  engine.quick.prepare();
  work = new Work(engine, { onResult: showResult, onCurve: (picture) => picture === current && showCurve(picture) });
  document.documentElement.dataset.ready = "";
}, (error) => say(`The page could not be loaded: ${error.message}`, { isBad: true }));
