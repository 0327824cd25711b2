// The curves: two panels with values on hover, a legend that shows and hides, points that choose a row.

const chartSize = { height: 345, left: 58, right: 16, top: 14, bottom: 44, band: 30 };
const markerOutlines = ["disc", "square", "triangle", "diamond", "triangle-down", "pentagon", "star"];
const hiddenCurves = new Set();

/** Multiples of 1, 2 or 5 times a power of ten that enclose low..high. */
function axisTicks(low, high, intervals) {
  if (!(low < high)) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1;
    low -= room;
    high += room;
  }
  const wanted = (high - low) / intervals;
  const power = Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * 10 ** power >= wanted * (1 - 1e-9));
  const step = factor * 10 ** power;
  const decimals = Math.max(0, factor === 10 ? -power - 1 : -power);
  const first = Math.floor(low / step + 1e-6);
  const last = Math.max(Math.ceil(high / step - 1e-6), first + 1);
  const values = [];
  for (let n = first; n <= last; ++n) values.push(Number((n * step).toFixed(decimals)));
  return { values, text: (value) => value.toFixed(decimals) };
}

/** Corner points of a marker other than the disc. */
function markerCorners(kind, x, y, radius) {
  const regular = (count, start, reach, other = reach) =>
    Array.from({ length: count }, (_, n) => {
      const angle = start + (2 * Math.PI * n) / count;
      const r = n % 2 ? other : reach;
      return (x + r * Math.cos(angle)).toFixed(2) + "," + (y + r * Math.sin(angle)).toFixed(2);
    }).join(" ");
  const up = -Math.PI / 2;
  switch (kind) {
    case "square": return regular(4, up / 2, radius * 1.25);
    case "triangle": return regular(3, up, radius * 1.45);
    case "diamond": return regular(4, up, radius * 1.35);
    case "triangle-down": return regular(3, -up, radius * 1.45);
    case "pentagon": return regular(5, up, radius * 1.2);
    default: return regular(10, up, radius * 1.6, radius * 0.75);
  }
}

function curveClasses(curve) {
  const round = Math.floor(curve / 7);
  return { colour: "c" + (curve % 7), dash: "dash" + (round % 4), marker: markerOutlines[(curve + round) % 7] };
}

function markerShape(curve, x, y, hollow, attributes = {}) {
  const style = curveClasses(curve);
  const classes = "marker filled " + style.colour + (hollow ? " hollow" : "");
  if (style.marker === "disc") return shape("circle", { cx: x, cy: y, r: 4.2, class: classes, ...attributes });
  return shape("polygon", { points: markerCorners(style.marker, x, y, 4.2), class: classes, ...attributes });
}

/** What the tooltip and a reader of the screen are told of a row. */
function rowLines(row) {
  return [
    "K " + groupDigits(row.k) + (row.knee ? " (knee)" : ""),
    report.curves[row.curve],
    row.bpp.toFixed(3) + " bits per pixel",
    "PSNR " + psnrText(row),
    "SSIM " + ssimText(row),
    groupDigits(row.file_bytes) + " bytes, ratio " + row.ratio.toFixed(2),
  ];
}

function showTooltip(row, x, y) {
  const tooltip = byId("tooltip");
  const [title, ...lines] = rowLines(row);
  tooltip.replaceChildren(element("strong", { text: title }), ...lines.map((text) => element("span", { text })));
  tooltip.hidden = false;
  const box = tooltip.getBoundingClientRect();
  const left = x + 16 + box.width < window.innerWidth ? x + 16 : x - 16 - box.width;
  tooltip.style.left = Math.max(8, left) + "px";
  tooltip.style.top = Math.max(8, Math.min(y - box.height / 2, window.innerHeight - box.height - 8)) + "px";
}

function hideTooltip() {
  byId("tooltip").hidden = true;
}

class Panel {
  constructor(title, measure) {
    this.measure = measure;
    this.title = title;
    this.svg = shape("svg", { class: "panel", role: "group", "aria-label": title + " against bits per pixel" });
    this.svg.addEventListener("pointermove", (event) => this.hover(event));
    this.svg.addEventListener("pointerleave", () => { hideTooltip(); });
    this.svg.addEventListener("click", (event) => {
      const place = this.nearest(event);
      if (place) choice.choose(place.index);
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  rows() {
    return report.rows.map((row, index) => ({ row, index })).filter(({ row }) => !hiddenCurves.has(row.curve));
  }

  draw(width) {
    this.width = Math.max(300, width);
    this.height = this.width < 460 ? 260 : chartSize.height;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    const shown = this.rows().filter(({ row }) => this.measure === "psnr_db" || row.ssim !== null);
    const lossless = shown.some(({ row }) => row[this.measure] === null);
    const values = shown.map(({ row }) => row[this.measure]).filter((value) => value !== null);
    const rates = shown.map(({ row }) => row.bpp);
    const top = chartSize.top + (lossless ? chartSize.band : 0);
    const bottom = this.height - chartSize.bottom;
    const right = this.width - chartSize.right;
    const least = Math.min(...rates);
    const most = Math.max(...rates);
    const spacing = (right - chartSize.left) / 70;
    this.xTicks = axisTicks(rates.length ? (least < most / 3 ? 0 : least) : 0, rates.length ? most : 1, Math.floor(spacing));
    this.yTicks = axisTicks(values.length ? Math.min(...values) : 0, values.length ? Math.max(...values) : 1, Math.max(2, Math.floor((bottom - top) / 42)));
    const scale = (ticks, from, to) => (value) =>
      from + ((value - ticks[0]) / (ticks[ticks.length - 1] - ticks[0])) * (to - from);
    this.x = scale(this.xTicks.values, chartSize.left, right);
    this.y = scale(this.yTicks.values, bottom, top);
    this.places = shown.map(({ row, index }) => ({
      row, index, x: this.x(row.bpp), y: row[this.measure] === null ? chartSize.top + chartSize.band / 2 : this.y(row[this.measure]),
    }));
    this.svg.replaceChildren(...this.axes(lossless, top, bottom, right), ...this.curves(), ...this.points());
    this.mark();
  }

  axes(lossless, top, bottom, right) {
    const parts = [];
    const left = chartSize.left;
    for (const value of this.xTicks.values) {
      const x = this.x(value);
      parts.push(shape("line", { class: "grid-line", x1: x, x2: x, y1: chartSize.top, y2: bottom }));
      parts.push(shape("text", { x, y: bottom + 17, "text-anchor": "middle", text: this.xTicks.text(value) }));
    }
    for (const value of this.places.some(({ row }) => row[this.measure] !== null) ? this.yTicks.values : []) {
      const y = this.y(value);
      parts.push(shape("line", { class: "grid-line", x1: left, x2: right, y1: y, y2: y }));
      parts.push(shape("text", { x: left - 8, y: y + 4, "text-anchor": "end", text: this.yTicks.text(value) }));
    }
    if (lossless) {
      const y = chartSize.top + chartSize.band / 2;
      parts.push(shape("line", { class: "lossless-line", x1: left, x2: right, y1: y, y2: y }));
      parts.push(shape("text", { x: left + 8, y: y - 6, text: "lossless" }));
    }
    parts.push(shape("polyline", { class: "frame", points: `${left},${chartSize.top} ${left},${bottom} ${right},${bottom}` }));
    parts.push(shape("text", { class: "axis-title", x: (left + right) / 2, y: this.height - 8, "text-anchor": "middle", text: "Rate (bits per pixel)" }));
    const middle = (chartSize.top + bottom) / 2;
    parts.push(shape("text", { class: "axis-title", x: 14, y: middle, "text-anchor": "middle", transform: `rotate(-90 14 ${middle})`, text: this.title }));
    return parts;
  }

  curves() {
    const parts = [];
    report.curves.forEach((_, curve) => {
      const style = curveClasses(curve);
      const places = this.places.filter(({ row }) => row.curve === curve).sort((a, b) => a.row.bpp - b.row.bpp);
      const known = places.filter(({ row }) => row[this.measure] !== null);
      const line = (list) => list.map(({ x, y }) => x.toFixed(2) + "," + y.toFixed(2)).join(" ");
      if (known.length > 1) parts.push(shape("polyline", { class: `curve ${style.colour} ${style.dash}`, points: line(known) }));
      places.forEach((place, n) => {
        if (n > 0 && (place.row[this.measure] === null || places[n - 1].row[this.measure] === null))
          parts.push(shape("polyline", { class: `bridge ${style.colour}`, points: line([places[n - 1], place]) }));
      });
    });
    return parts;
  }

  points() {
    this.halo = shape("circle", { class: "chosen-halo", r: 11 });
    const parts = [this.halo];
    for (const { row, x, y } of this.places) if (row.knee) parts.push(shape("circle", { class: "ring", cx: x, cy: y, r: 8 }));
    for (const place of this.places) {
      const { row, index, x, y } = place;
      place.marker = markerShape(row.curve, x, y, !row.on_hull, {
        role: "button", tabindex: -1, "data-row": index, "aria-label": rowLines(row).join(", "),
      });
      place.marker.addEventListener("focus", () => {
        const box = place.marker.getBoundingClientRect();
        showTooltip(row, box.right, box.top);
      });
      place.marker.addEventListener("blur", hideTooltip);
      parts.push(place.marker);
    }
    return [...parts, ...this.labels()];
  }

  /** K beside its point, where it covers no other label and no marker. */
  labels() {
    const taken = this.places.map(({ row, x, y }) => {
      const half = row.knee ? 9 : 6;
      return { left: x - half, right: x + half, top: y - half, bottom: y + half };
    });
    const parts = [];
    const order = [...this.places].sort((a, b) => Number(b.row.knee) - Number(a.row.knee));
    for (const { row, x, y } of order) {
      const text = String(row.k);
      const half = text.length * 3.4 + 1;
      const out = row.knee ? 4 : 0;
      for (const [dx, dy] of [[0, -14 - out], [-half - 7 - out, -8], [half + 7 + out, 9], [0, 15 + out], [-half - 10 - out, 0], [half + 10 + out, 0]]) {
        const box = { left: x + dx - half, right: x + dx + half, top: y + dy - 6, bottom: y + dy + 6 };
        const inside = box.left > chartSize.left && box.right < this.width && box.top > 0 && box.bottom < this.height - chartSize.bottom;
        if (!inside || taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
        taken.push(box);
        parts.push(shape("text", { class: "point-label", x: x + dx, y: y + dy + 4, "text-anchor": "middle", "aria-hidden": "true", text }));
        break;
      }
    }
    return parts;
  }

  /** Shows which point is chosen; that one alone is a stop of the Tab key. */
  mark() {
    if (!this.places) return;
    const chosen = this.places.find(({ index }) => index === choice.index);
    this.halo.setAttribute("visibility", chosen ? "visible" : "hidden");
    if (chosen) {
      this.halo.setAttribute("cx", chosen.x);
      this.halo.setAttribute("cy", chosen.y);
    }
    this.places.forEach((place, n) => {
      place.marker.setAttribute("tabindex", place === chosen || (!chosen && n === 0) ? 0 : -1);
      place.marker.setAttribute("aria-pressed", place === chosen);
    });
  }

  nearest(event) {
    const box = this.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) * this.width) / box.width;
    const y = ((event.clientY - box.top) * this.height) / box.height;
    let best = null;
    let reach = 28 ** 2;
    for (const place of this.places) {
      const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
      if (distance < reach) [best, reach] = [place, distance];
    }
    return best;
  }

  hover(event) {
    const place = this.nearest(event);
    if (place) showTooltip(place.row, event.clientX, event.clientY);
    else hideTooltip();
  }

  key(event) {
    const at = this.places.findIndex(({ marker }) => marker === event.target);
    if (at < 0) return;
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
    if (event.key in steps) {
      const next = this.places[at + steps[event.key]];
      if (next) {
        choice.choose(next.index);
        next.marker.focus();
      }
    } else if (event.key === "Enter" || event.key === " ") {
      choice.choose(this.places[at].index);
    } else if (event.key === "Escape") {
      hideTooltip();
    } else {
      return;
    }
    event.preventDefault();
  }
}

function startChart() {
  const panels = [new Panel("PSNR (dB)", "psnr_db")];
  if (report.rows.some((row) => row.ssim !== null)) panels.push(new Panel("SSIM", "ssim"));
  byId("panels").append(...panels.map((panel) => panel.svg));
  const redraw = () => panels.forEach((panel) => panel.draw(byId("panels").clientWidth));
  report.curves.forEach((label, curve) => {
    const style = curveClasses(curve);
    const key = shape("svg", { width: 28, height: 14, "aria-hidden": "true" }, [
      shape("line", { class: `${style.colour} ${style.dash}`, "stroke-width": 2, x1: 1, x2: 27, y1: 7, y2: 7 }),
      markerShape(curve, 14, 7, false),
    ]);
    const button = element("button", { type: "button", "aria-pressed": "true" }, [key, element("span", { text: label })]);
    button.addEventListener("click", () => {
      if (!hiddenCurves.delete(curve)) hiddenCurves.add(curve);
      button.setAttribute("aria-pressed", !hiddenCurves.has(curve));
      redraw();
    });
    byId("legend").append(button);
  });
  new ResizeObserver(redraw).observe(byId("panels"));
  redraw();
  choice.listen(() => panels.forEach((panel) => panel.mark()));
  window.addEventListener("scroll", hideTooltip, { passive: true });
}
