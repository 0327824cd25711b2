// The files that a person takes from the page.
import { luma, partsOf } from "./colours.js";
import { palettePng } from "./palette_png.js";
import { zipOf } from "./zip_archive.js";

const encoded = (text) => new TextEncoder().encode(text);

/** Lines of hex colours, which the tool, Lospec, Aseprite and many others read. */
export const hexFile = (colours) => encoded(colours.map((colour) => `${colour.hex}\n`).join(""));

/** A palette of GIMP, Inkscape and Krita; it has no alpha. */
export function gplFile(colours, name) {
  const lines = colours.map(({ hex }) => {
    const [red, green, blue] = partsOf(hex).map((part) => String(part).padStart(3));
    return `${red} ${green} ${blue}\t${hex}\n`;
  });
  return encoded(`GIMP Palette\nName: ${name.replace(/[\r\n]/g, " ")}\nColumns: 16\n#\n${lines.join("")}`);
}

const makers = {
  vqi: ({ bytes }) => bytes,
  png: ({ pixels, colours }) => palettePng(pixels, colours.filter(({ count }) => count > 0)),
  gpl: ({ colours }, stem) => gplFile(colours, stem),
  hex: ({ colours }) => hexFile(colours),
};

/** {name, bytes} of a result as a file of that kind. */
export const fileOf = async (kind, result, stem) =>
  ({ name: `${stem}.${kind}`, bytes: await makers[kind](result, stem) });

/** One archive with all kinds of each of [{stem, result}]. */
export async function archiveOf(results) {
  const files = [];
  for (const { stem, result } of results)
    for (const kind of Object.keys(makers)) files.push(await fileOf(kind, result, stem));
  return { name: results.length === 1 ? `${results[0].stem}.zip` : "pictures.zip", bytes: zipOf(files) };
}

/** Has the browser save bytes as a file. */
export function save({ name, bytes }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Black or white, whichever is read better on a colour. */
export const inkOn = (hex) => (luma(hex) > 140 || partsOf(hex)[3] < 128 ? "#000000" : "#ffffff");
