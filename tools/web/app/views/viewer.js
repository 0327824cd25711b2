// The viewer: original and result under a wipe or side by side, moved and zoomed together.

const mostZoom = 64;
const keyStep = 60;

export class Viewer {
  #root = document.getElementById("viewer");
  #panes = ["original", "result"].map((name) => ({
    pane: document.getElementById(`${name}-pane`),
    canvas: document.getElementById(`${name}-canvas`),
  }));
  #handle = document.getElementById("wipe");
  #zoom = document.getElementById("zoom");
  #scale = 1;
  #x = 0;
  #y = 0;
  #fits = true;
  #pointers = new Map();

  constructor({ onPoint }) {
    this.onPoint = onPoint;
    this.#listen();
    new ResizeObserver(() => (this.#fits ? this.fit() : this.#place())).observe(this.#root);
    this.wipe = 50;
  }

  #listen() {
    const root = this.#root;
    root.addEventListener("pointerdown", (event) => this.#press(event));
    root.addEventListener("pointermove", (event) => this.#move(event));
    for (const kind of ["pointerup", "pointercancel"]) root.addEventListener(kind, (event) => this.#release(event));
    root.addEventListener("pointerleave", () => this.onPoint(null));
    root.addEventListener("wheel", (event) => {
      if (this.isEmpty) return;
      event.preventDefault();
      this.zoomBy(2 ** (-event.deltaY / 300), ...this.#inPane(event));
    }, { passive: false });
    root.addEventListener("keydown", (event) => this.#key(event));
    const click = (id, act) => document.getElementById(id).addEventListener("click", act);
    click("zoom-in", () => this.zoomBy(2));
    click("zoom-out", () => this.zoomBy(0.5));
    click("zoom-fit", () => this.fit());
    click("zoom-pixels", () => this.zoomTo(8 / devicePixelRatio));
    for (const choice of document.querySelectorAll("[name=view]"))
      choice.addEventListener("change", () => this.#arrange(choice.value));
  }

  get isEmpty() {
    return this.#root.classList.contains("empty");
  }

  #arrange(view) {
    this.#root.classList.toggle("side", view === "side");
    if (this.#fits) this.fit();
    else this.#place();
  }

  /** Shows another original; the result is the same until there is one. */
  show(picture) {
    this.#root.classList.remove("empty");
    for (const { canvas } of this.#panes) {
      canvas.width = picture.canvas.width;
      canvas.height = picture.canvas.height;
      canvas.getContext("2d").drawImage(picture.canvas, 0, 0);
    }
    for (const button of document.querySelectorAll(".zoom button")) button.disabled = false;
    this.fit();
  }

  /** Shows RGBA pixels as the result. */
  showResult({ data, width, height }) {
    this.#panes[1].canvas.getContext("2d").putImageData(new ImageData(data, width, height), 0, 0);
  }

  // The size of one pane in CSS pixels.
  get #pane() {
    const { clientWidth, clientHeight } = this.#panes[1].pane;
    return [clientWidth, clientHeight];
  }

  get #picture() {
    return [this.#panes[0].canvas.width, this.#panes[0].canvas.height];
  }

  fit() {
    if (this.isEmpty) return;
    const [width, height] = this.#picture;
    const [across, down] = this.#pane;
    const fitting = Math.min(across / width, down / height);
    // Small pictures grow by whole pixels.
    this.#scale = fitting >= 2 ? Math.min(Math.floor(fitting), 8) : fitting;
    this.#x = (across - width * this.#scale) / 2;
    this.#y = (down - height * this.#scale) / 2;
    this.#fits = true;
    this.#place();
  }

  zoomTo(scale) {
    this.zoomBy(scale / this.#scale);
  }

  /** Zooms about a point of the pane, by default its middle. */
  zoomBy(factor, atX = this.#pane[0] / 2, atY = this.#pane[1] / 2) {
    if (this.isEmpty) return;
    const scale = Math.min(mostZoom, Math.max(0.02, this.#scale * factor));
    this.#x = atX - ((atX - this.#x) * scale) / this.#scale;
    this.#y = atY - ((atY - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#fits = false;
    this.#place();
  }

  #moveBy(x, y) {
    this.#x += x;
    this.#y += y;
    this.#fits = false;
    this.#place();
  }

  // A part of the picture always stays in sight.
  #place() {
    if (this.isEmpty) return;
    const [width, height] = this.#picture;
    const [across, down] = this.#pane;
    const kept = 40;
    this.#x = Math.min(across - kept, Math.max(kept - width * this.#scale, this.#x));
    this.#y = Math.min(down - kept, Math.max(kept - height * this.#scale, this.#y));
    for (const { canvas } of this.#panes) {
      canvas.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
      canvas.classList.toggle("pixels", this.#scale * devicePixelRatio >= 2);
    }
    this.#zoom.textContent = `${Math.round(this.#scale * devicePixelRatio * 100)} %`;
  }

  /** Where the border stands, in percent. */
  get wipe() {
    return this.#wipe;
  }
  #wipe = 50;

  set wipe(percent) {
    this.#wipe = Math.min(100, Math.max(0, percent));
    this.#root.style.setProperty("--wipe", `${this.#wipe}%`);
    this.#handle.setAttribute("aria-valuenow", Math.round(this.#wipe));
    this.#handle.setAttribute("aria-valuetext", `${Math.round(this.#wipe)} percent original`);
  }

  // A point in the pane that it lies in, which both panes share.
  #inPane({ clientX, clientY }) {
    const { left, top } = this.#root.getBoundingClientRect();
    const [across] = this.#pane;
    const x = clientX - left;
    return [this.#root.classList.contains("side") && x >= across ? x - across : x, clientY - top];
  }

  #press(event) {
    if (this.isEmpty || event.button !== 0) return;
    this.#root.setPointerCapture(event.pointerId);
    const wipes = this.#handle.contains(event.target);
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, wipes });
    if (!wipes) this.#root.classList.add("dragging");
  }

  #move(event) {
    const held = this.#pointers.get(event.pointerId);
    if (held === undefined) {
      if (!this.isEmpty) this.onPoint(this.#pixelAt(event));
      return;
    }
    if (held.wipes) {
      const { left, width } = this.#root.getBoundingClientRect();
      this.wipe = ((event.clientX - left) / width) * 100;
    } else if (this.#pointers.size === 2) {
      this.#pinch(event, held);
    } else {
      this.#moveBy(event.clientX - held.x, event.clientY - held.y);
    }
    Object.assign(held, { x: event.clientX, y: event.clientY });
  }

  // Two fingers: the zoom follows the distance of the one that moves from the other.
  #pinch(event, held) {
    const other = [...this.#pointers.values()].find((pointer) => pointer !== held);
    const before = Math.hypot(held.x - other.x, held.y - other.y);
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    if (before > 0) this.zoomBy(after / before, ...this.#inPane({ clientX: other.x, clientY: other.y }));
  }

  #release(event) {
    this.#pointers.delete(event.pointerId);
    if (this.#pointers.size === 0) this.#root.classList.remove("dragging");
  }

  #pixelAt(event) {
    const [x, y] = this.#inPane(event);
    const at = [Math.floor((x - this.#x) / this.#scale), Math.floor((y - this.#y) / this.#scale)];
    const [width, height] = this.#picture;
    return at[0] >= 0 && at[1] >= 0 && at[0] < width && at[1] < height ? at : null;
  }

  #key(event) {
    if (this.isEmpty || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 2;
    const onHandle = {
      ArrowLeft: () => (this.wipe -= step), ArrowRight: () => (this.wipe += step),
      ArrowDown: () => (this.wipe -= step), ArrowUp: () => (this.wipe += step),
      Home: () => (this.wipe = 0), End: () => (this.wipe = 100),
    };
    const onPicture = {
      ArrowLeft: () => this.#moveBy(keyStep, 0), ArrowRight: () => this.#moveBy(-keyStep, 0),
      ArrowUp: () => this.#moveBy(0, keyStep), ArrowDown: () => this.#moveBy(0, -keyStep),
      "+": () => this.zoomBy(2), "=": () => this.zoomBy(2), "-": () => this.zoomBy(0.5), 0: () => this.fit(),
    };
    const act = { ...onPicture, ...(event.target === this.#handle ? onHandle : {}) }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }
}
