// Colours as text and numbers: #rrggbb and #rrggbbaa, and which of them a picture has.

const slots = 4096;

/** The colours of RGBA pixels and how many pixels have each: [{hex, count}], dark ones first. At most 2,048 are told
 * apart, which is more than a result of the page has. */
export function countColours(data) {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const keys = new Uint32Array(slots);
  const counts = new Uint32Array(slots);
  let found = 0;
  for (const pixel of pixels) {
    let slot = (Math.imul(pixel, 0x9e3779b1) >>> 20) & (slots - 1);
    while (counts[slot] !== 0 && keys[slot] !== pixel) slot = (slot + 1) & (slots - 1);
    if (counts[slot]++ > 0) continue;
    keys[slot] = pixel;
    if (++found === slots / 2) break;
  }
  const colours = [];
  for (let slot = 0; slot < slots; slot++)
    if (counts[slot] > 0) colours.push({ hex: hexOf(keys[slot]), count: counts[slot] });
  return sortedByLuma(colours);
}

export const sortedByLuma = (colours) =>
  colours.sort((a, b) => luma(a.hex) - luma(b.hex) || (a.hex < b.hex ? -1 : 1));

// A pixel of a canvas as a number: red is its lowest byte.
function hexOf(pixel) {
  const parts = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255, pixel >>> 24];
  if (parts[3] === 255) parts.pop();
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** [red, green, blue, alpha] of #rrggbb or #rrggbbaa. */
export function partsOf(hex) {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return [...parts, hex.length > 7 ? parseInt(hex.slice(7), 16) : 255];
}

export function luma(hex) {
  const [red, green, blue, alpha] = partsOf(hex);
  return (0.299 * red + 0.587 * green + 0.114 * blue) * (alpha / 255);
}

/** #rrggbb or #rrggbbaa of what was typed ("f80", "#FF8800"), or null. */
export function parseHex(text) {
  const digits = text.trim().replace(/^#/, "").toLowerCase();
  if (!/^[0-9a-f]+$/.test(digits)) return null;
  if (digits.length === 3) return `#${[...digits].map((digit) => digit + digit).join("")}`;
  if (digits.length === 6) return `#${digits}`;
  if (digits.length === 8) return digits.endsWith("ff") ? `#${digits.slice(0, 6)}` : `#${digits}`;
  return null;
}
