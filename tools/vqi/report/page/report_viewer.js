// The pictures: the original against the chosen row's decoded image, wiped, side by side or as an error map, zoomed.

const zoomSteps = [1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
const gridFromZoom = 12;  // from here on lines between pixels help more than they hide

const viewer = {
  canvas: byId("picture"),
  mode: "wipe",
  wipe: 0.5,   // of the frame's width
  zoom: null,  // units of the page for a pixel; null: as large as the frame has room for
  centre: { x: 0, y: 0 },  // the pixel in the middle of the frame
  original: null,
  decoded: null,
  shownImage: undefined,
  request: 0,

  async show(row) {
    const request = ++this.request;
    const image = report.images[row.image];
    const missing = row.picture === null || image.picture === null
      ? "This row has no picture here, as the page would become too large. The command below makes it." : "";
    byId("no-picture").hidden = missing === "";
    byId("no-picture").textContent = missing;
    byId("picture-note").textContent = pictureNote(image);
    const [original, decoded] = missing ? [null, null] : await Promise.all([pictures.get(image.picture), pictures.get(row.picture)]);
    if (request !== this.request) return;  // another row was chosen meanwhile
    this.original = original;
    this.decoded = decoded;
    this.pixels = null;
    this.map = null;
    if (row.image !== this.shownImage && original) {
      this.zoom = null;
      this.centre = { x: original.naturalWidth / 2, y: original.naturalHeight / 2 };
    }
    this.shownImage = row.image;
    // On a narrow page the frame has the picture's shape, as far as that leaves a frame.
    byId("stage").style.aspectRatio = String(Math.max(0.7, image.window.width / image.window.height));
    this.canvas.setAttribute("aria-label", missing || `The original and its decoded image, ${rowLines(row).join(", ")}`);
    this.canvas.dataset.row = choice.index;
    this.readout(null);
    this.draw();
  },

  /** The frame's parts that show a picture: one, or two side by side. */
  frames() {
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (this.mode !== "side") return [{ left: 0, width, height }];
    const half = Math.floor(width / 2) - 1;
    return [{ left: 0, width: half, height }, { left: width - half, width: half, height }];
  },

  /** The largest zoom that fits. One that enlarges is a whole number of the screen's pixels, so that all pixels of a
   * small picture look alike. */
  fitZoom() {
    const frame = this.frames()[0];
    const zoom = Math.min(frame.width / this.original.naturalWidth, frame.height / this.original.naturalHeight);
    const ratio = window.devicePixelRatio || 1;
    return zoom * ratio > 1 ? Math.floor(zoom * ratio) / ratio : zoom;
  },

  scale() {
    return this.zoom === null ? this.fitZoom() : this.zoom;
  },

  /** Where a frame shows the picture's upper left corner; no more than half a frame is ever left empty. */
  origin(frame) {
    const scale = this.scale();
    const along = (centre, size, room) => {
      if (size * scale <= room) return (room - size * scale) / 2;
      return Math.min(0, Math.max(room - size * scale, room / 2 - centre * scale));
    };
    return {
      x: frame.left + along(this.centre.x, this.original.naturalWidth, frame.width),
      y: along(this.centre.y, this.original.naturalHeight, frame.height),
    };
  },

  draw() {
    const { canvas } = this;
    const context = fitCanvas(canvas, canvas.clientWidth, canvas.clientHeight);
    byId("badge-left").hidden = byId("badge-right").hidden = !this.original || this.mode === "error";
    if (!this.original) return;
    const frames = this.frames();
    if (this.mode === "wipe") {
      const split = this.wipe * canvas.clientWidth;
      this.drawPicture(context, this.original, frames[0], 0, split);
      this.drawPicture(context, this.decoded, frames[0], split, canvas.clientWidth);
      this.drawLine(context, split);
    } else if (this.mode === "side") {
      frames.forEach((frame, n) =>
        this.drawPicture(context, n ? this.decoded : this.original, frame, frame.left, frame.left + frame.width));
    } else {
      this.drawPicture(context, this.errorMap(), frames[0], 0, canvas.clientWidth);
    }
    this.showZoom();
  },

  /** The picture in a frame, of which only left..right is seen. */
  drawPicture(context, picture, frame, left, right) {
    const scale = this.scale();
    const { x, y } = this.origin(frame);
    const width = this.original.naturalWidth * scale;
    const height = this.original.naturalHeight * scale;
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, frame.height);
    context.clip();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.fillStyle = checkPattern(context);
    context.fillRect(x, y, width, height);
    context.imageSmoothingEnabled = scale < 1;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, x, y, width, height);
    if (scale >= gridFromZoom) drawGrid(context, { x, y, scale, left, right, height: frame.height });
    context.restore();
  },

  drawLine(context, split) {
    const middle = this.canvas.clientHeight / 2;
    context.fillStyle = "rgb(0 0 0 / 0.5)";
    context.fillRect(split - 2, 0, 4, this.canvas.clientHeight);
    context.fillStyle = "#fff";
    context.fillRect(split - 1, 0, 2, this.canvas.clientHeight);
    context.beginPath();
    context.arc(split, middle, 15, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = "rgb(0 0 0 / 0.5)";
    context.stroke();
    context.fillStyle = "#1b1f24";
    for (const side of [-1, 1]) {
      context.beginPath();
      context.moveTo(split + side * 10, middle);
      context.lineTo(split + side * 4, middle - 5);
      context.lineTo(split + side * 4, middle + 5);
      context.fill();
    }
  },

  bothPixels() {
    this.pixels ??= { original: pixelsOf(this.original), decoded: pixelsOf(this.decoded) };
    return this.pixels;
  },

  errorMap() {
    const gain = 2 ** Number(byId("gain").value);
    if (this.map?.gain !== gain) {
      const { original, decoded } = this.bothPixels();
      const found = this.map?.found ?? errorsBetween(original, decoded);
      this.map = { gain, found, canvas: errorCanvas(found.errors, original.width, original.height, gain) };
    }
    byId("gain-level").textContent = String(gain);
    byId("error-scale-end").textContent = "0 to " + Math.ceil(255 / gain) + (gain > 1 ? " and more" : "");
    return this.map.canvas;
  },

  showZoom() {
    const scale = this.scale();
    byId("zoom-level").textContent = (scale < 0.1 ? (scale * 100).toFixed(1) : Math.round(scale * 100)) + " %";
    byId("zoom-out").disabled = scale <= Math.min(zoomSteps[0], this.fitZoom());
    byId("zoom-in").disabled = scale >= zoomSteps[zoomSteps.length - 1];
  },

  /** Zooms so that the pixel under (x, y) of the canvas stays where it is. */
  zoomTo(zoom, x = null, y = null) {
    if (!this.original) return;
    const frame = this.frames().find(({ left, width }) => x !== null && x >= left && x <= left + width) ?? this.frames()[0];
    const at = { x: x ?? frame.left + frame.width / 2, y: y ?? frame.height / 2 };
    const before = this.origin(frame);
    const pixel = { x: (at.x - before.x) / this.scale(), y: (at.y - before.y) / this.scale() };
    this.zoom = zoom;
    const scale = this.scale();
    this.centre = { x: pixel.x - (at.x - frame.left - frame.width / 2) / scale, y: pixel.y - (at.y - frame.height / 2) / scale };
    this.keepCentreInside();
    this.draw();
  },

  /** The next step up or down from the zoom that is seen. */
  step(direction, x, y) {
    if (!this.original) return;
    const scale = this.scale();
    const next = direction > 0 ? zoomSteps.find((step) => step > scale * 1.001) : zoomSteps.findLast((step) => step < scale * 0.999);
    if (next !== undefined) this.zoomTo(next, x, y);
  },

  pan(dx, dy) {
    if (!this.original) return;
    this.centre.x += dx / this.scale();
    this.centre.y += dy / this.scale();
    this.keepCentreInside();
    this.draw();
  },

  keepCentreInside() {
    const frame = this.frames()[0];
    const inside = (centre, size, room) => {
      const half = Math.min(size, room / this.scale()) / 2;
      return Math.min(size - half, Math.max(half, centre));
    };
    this.centre.x = inside(this.centre.x, this.original.naturalWidth, frame.width);
    this.centre.y = inside(this.centre.y, this.original.naturalHeight, frame.height);
  },

  setWipe(share) {
    this.wipe = Math.min(1, Math.max(0, share));
    byId("wipe").value = Math.round(this.wipe * 1000);
    this.draw();
  },

  setMode(mode) {
    this.mode = mode;
    byId("wipe-control").hidden = mode !== "wipe";
    byId("gain-control").hidden = mode !== "error";
    if (mode === "error" && this.original) {
      this.errorMap();
      const { mean, differing } = this.map.found;
      announce(`Mean error ${mean.toFixed(2)}, ${(differing * 100).toFixed(1)} % of the pixels differ`);
    }
    this.readout(null);
    this.draw();
  },

  /** Says what is under the pointer, or, of an error map, what there is to say of all of it. */
  readout(at) {
    const line = byId("readout");
    line.textContent = "";
    if (!this.original) return;
    if (at === null) {
      if (this.mode !== "error") return;
      this.errorMap();
      const { mean, differing } = this.map.found;
      line.textContent = `mean of the largest error of a pixel ${mean.toFixed(2)}, ${(differing * 100).toFixed(1)} % of the pixels differ`;
      return;
    }
    const frame = this.frames().find(({ left, width }) => at.x >= left && at.x < left + width);
    if (!frame) return;
    const origin = this.origin(frame);
    const x = Math.floor((at.x - origin.x) / this.scale());
    const y = Math.floor((at.y - origin.y) / this.scale());
    const { original, decoded } = this.bothPixels();
    if (x < 0 || y < 0 || x >= original.width || y >= original.height) return;
    const samples = ({ data }) => [...data.slice((y * original.width + x) * 4, (y * original.width + x) * 4 + 4)];
    const [a, b] = [samples(original), samples(decoded)];
    const image = report.images[report.rows[choice.index].image];
    const shown = image.channels % 2 ? 3 : 4;
    const hex = (list) => "#" + list.slice(0, shown).map((value) => value.toString(16).padStart(2, "0")).join("");
    const difference = a.slice(0, shown).map((value, n) => b[n] - value).join(" ");
    line.textContent = `x ${x + image.window.x}, y ${y + image.window.y}: original ${hex(a)}, decoded ${hex(b)}, difference ${difference}`;
  },
};

/** What the reader has to know of a picture that is not the file itself. */
function pictureNote(image) {
  const notes = [];
  const { window: part } = image;
  if (part.width !== image.width || part.height !== image.height)
    notes.push(`Shown is the middle, ${part.width}\u00d7${part.height} of ${image.width}\u00d7${image.height} pixels, not scaled, to keep this page small. Figures are of the whole image.`);
  if (image.bit_depth > 8) notes.push("Shown with 8 of 16 bits.");
  return notes.join(" ");
}

let checks = null;
/** What transparent pixels lie on. */
function checkPattern(context) {
  const colours = [themeColour("stage"), themeColour("check")];
  if (checks?.key !== colours.join()) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 16;
    const paint = tile.getContext("2d");
    paint.fillStyle = colours[0];
    paint.fillRect(0, 0, 16, 16);
    paint.fillStyle = colours[1];
    paint.fillRect(0, 0, 8, 8);
    paint.fillRect(8, 8, 8, 8);
    checks = { key: colours.join(), tile };
  }
  return context.createPattern(checks.tile, "repeat");
}

/** Lines between the pixels that are seen. */
function drawGrid(context, { x, y, scale, left, right, height }) {
  context.fillStyle = "rgb(128 128 128 / 0.35)";
  for (let at = x + Math.ceil((left - x) / scale) * scale; at < right; at += scale) context.fillRect(at, 0, 1, height);
  for (let at = y + Math.ceil(-y / scale) * scale; at < height; at += scale) context.fillRect(left, at, right - left, 1);
}

function pointerPlace(event) {
  const box = viewer.canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function startPointer() {
  const { canvas } = viewer;
  let drag = null;
  const nearLine = (at) => viewer.mode === "wipe" && Math.abs(at.x - viewer.wipe * canvas.clientWidth) < 22;
  const movable = () => viewer.original && viewer.scale() > viewer.fitZoom() * 1.001;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const at = pointerPlace(event);
    drag = { ...at, wipes: viewer.mode === "wipe" && (nearLine(at) || !movable()) };
    canvas.setPointerCapture(event.pointerId);
    if (drag.wipes) viewer.setWipe(at.x / canvas.clientWidth);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = pointerPlace(event);
    canvas.classList.toggle("over-line", nearLine(at) || (viewer.mode === "wipe" && !movable()));
    if (drag?.wipes) viewer.setWipe(at.x / canvas.clientWidth);
    else if (drag) viewer.pan(drag.x - at.x, drag.y - at.y);
    if (drag) Object.assign(drag, at);
    viewer.readout(at);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { drag = null; });
  canvas.addEventListener("pointerleave", () => viewer.readout(null));
  canvas.addEventListener("dblclick", (event) => {
    const at = pointerPlace(event);
    viewer.step(event.shiftKey ? -1 : 1, at.x, at.y);
  });
  // A wheel scrolls the page; with Ctrl, which is also what a pinch on a touchpad sends, it zooms.
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const at = pointerPlace(event);
    viewer.step(-event.deltaY, at.x, at.y);
  }, { passive: false });
}

function startViewer() {
  byId("wipe").addEventListener("input", (event) => viewer.setWipe(Number(event.target.value) / 1000));
  byId("gain").addEventListener("input", () => viewer.draw());
  for (const input of document.querySelectorAll("input[name=mode]")) input.addEventListener("change", () => viewer.setMode(input.value));
  byId("zoom-in").addEventListener("click", () => viewer.step(1));
  byId("zoom-out").addEventListener("click", () => viewer.step(-1));
  byId("zoom-fit").addEventListener("click", () => viewer.zoomTo(null));
  byId("zoom-pixels").addEventListener("click", () => viewer.zoomTo(8));
  viewer.canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const moves = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, -40], ArrowDown: [0, 40] };
    if (event.key in moves) viewer.pan(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") viewer.step(1);
    else if (event.key === "-") viewer.step(-1);
    else if (event.key === "0") viewer.zoomTo(null);
    else return;
    event.preventDefault();
  });
  startPointer();
  drawErrorScale();
  new ResizeObserver(() => viewer.draw()).observe(viewer.canvas);
  choice.listen((row) => viewer.show(row));
}
