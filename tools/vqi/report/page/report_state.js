// What the page knows: the data in it, the row that is chosen, and who wants to hear when that changes.
"use strict";

const report = JSON.parse(document.getElementById("data").textContent);

const byId = (id) => document.getElementById(id);

/** An element with attributes (text under "text") and children. */
function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** As element, for the parts of an SVG. */
function shape(name, attributes = {}, children = []) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const groupDigits = (value) => value.toLocaleString("en-US");
const psnrText = (row) => (row.psnr_db === null ? "lossless" : row.psnr_db.toFixed(2) + " dB");
const ssimText = (row) => (row.ssim === null ? "none" : row.ssim.toFixed(4));
const blockText = (row) => row.block.join("x");

/** What a row is called where its curve is not seen. */
function rowName(row) {
  return "K " + groupDigits(row.k) + (report.curves.length > 1 ? " \u00b7 " + report.curves[row.curve] : "");
}

/** The chosen row; listeners are called with it, at once as well. */
const choice = {
  index: 0,
  listeners: [],
  listen(listener) {
    this.listeners.push(listener);
    listener(report.rows[this.index]);
  },
  choose(index) {
    if (index === this.index || index < 0 || index >= report.rows.length) return;
    this.index = index;
    for (const listener of this.listeners) listener(report.rows[index]);
  },
};

/** A decoded picture, asked for once and kept as long as it is among the last few. */
const pictures = {
  kept: new Map(),
  most: 6,
  get(base64) {
    let picture = this.kept.get(base64);
    this.kept.delete(base64);
    if (picture === undefined) {
      picture = new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve(image);
        image.onerror = () => reject(new Error("a picture in this page cannot be read"));
        image.src = "data:image/png;base64," + base64;
      });
    }
    this.kept.set(base64, picture);
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value);
    return picture;
  },
};

/** The pixels of an image as RGBA bytes. */
function pixelsOf(image) {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function announce(words) {
  byId("status").textContent = words;
}

/** Copies text; where the page may not use the clipboard, by way of a selection. */
async function copyText(text, button) {
  let copied = false;
  try {
    await navigator.clipboard.writeText(text);
    copied = true;
  } catch {
    const area = element("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    copied = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = copied ? "Copied" : "Select it";
  announce(copied ? "Command copied" : "The command could not be copied");
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
}

/** Sizes a canvas's pixels to its place on the page; returns its context in units of the page. */
function fitCanvas(canvas, width, height) {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * density));
  canvas.height = Math.max(1, Math.round(height * density));
  const context = canvas.getContext("2d");
  context.setTransform(density, 0, 0, density, 0, 0);
  return context;
}

const themeColour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
