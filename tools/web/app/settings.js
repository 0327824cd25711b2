// What a person chooses, and the options of the codec and of the command line that follow from it. Both are made of one
// list, so that the command makes the same file.

export const fewestColours = 2;
export const mostColours = 256;

export const defaults = { k: 16, dither: "none", method: "kmeans", effort: 5 };

/** Of a picture's palette: `locked` colours stay, and `given`, where it is not null, is the whole palette. */
export const freshPalette = () => ({ locked: new Set(), given: null });

/** [[name, value]...] by the names of the command line. What is the default is left out. */
export function optionList({ k, dither, method, effort }, { locked, given }) {
  const list = [];
  if (given !== null) list.push(["palette", given]);
  else list.push(["k", k]);
  if (given === null) for (const colour of locked) list.push(["fix", colour]);
  const learnsFreely = given === null && locked.size === 0;
  if (learnsFreely && method !== "kmeans") list.push(["method", method]);
  if (dither !== "none" && !(learnsFreely && method === "ecvq")) list.push(["dither", dither]);
  if (effort !== defaults.effort) list.push(["effort", effort]);
  return list;
}

/** The same as the codec's calls take it. */
export function callOptions(settings, palette) {
  const options = {};
  for (const [name, value] of optionList(settings, palette)) {
    if (name === "fix") (options.fix ??= []).push(value);
    else options[name] = value;
  }
  return options;
}

// Pictures of more pixels than these are shown without their dithering at first: it would take too long.
const quicklyDithered = { none: Infinity, auto: 4e5, diffusion: 4e5, blue: 1e5, bayer: 1e5 };

/** Options whose answer comes at once: as many colours, learned with the least effort and not packed. */
export function quickOptions(settings, palette, pixels) {
  const dither = pixels <= quicklyDithered[settings.dither] ? settings.dither : "none";
  return { ...callOptions({ ...settings, method: "kmeans", effort: 1, dither }, palette), coding: "packed" };
}

// In single quotes a shell changes nothing; a quote itself stands outside of them.
const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

// A name that begins with a dash would be read as an option.
const asFile = (name) => quoted(name.startsWith("-") ? `./${name}` : name);

/** The command that makes the same file from `name`; `stem` is that of the files that the page saves. */
export function commandText(settings, palette, name, stem) {
  const parts = ["vqi compress"];
  for (const [option, value] of optionList(settings, palette)) {
    const dashes = option.length === 1 ? "-" : "--";
    parts.push(`${dashes}${option} ${option === "palette" ? asFile(`${stem}.hex`) : quoted(String(value))}`);
  }
  return `${parts.join(" ")} ${asFile(name)} -o ${asFile(`${stem}.vqi`)}`;
}

// The slider is even in octaves: from 2 to 4 colours is as far as from 128 to 256.
const octaves = Math.log2(mostColours / fewestColours);
const rungs = 140;
const ladder = [...new Set(Array.from({ length: rungs + 1 }, (_, i) =>
  Math.round(fewestColours * 2 ** ((i / rungs) * octaves))))];
export const lastStep = ladder.length - 1;
export const coloursAt = (step) => ladder[step];
export const stepOf = (k) => ladder.findLastIndex((rung) => rung <= k);
