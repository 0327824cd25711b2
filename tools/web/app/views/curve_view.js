// The curve of size and closeness: a point for each number of colours, which chooses it.

const height = 230;
const margin = { left: 44, right: 14, top: 12, bottom: 34 };

const element = (name, attributes, text) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
};

/** "12.3 kB" of a number of bytes. */
export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, value] = bytes < 1e6 ? ["kB", bytes / 1e3] : ["MB", bytes / 1e6];
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

// 1, 2 and 5 times powers of ten between two sizes; only powers of ten where there is no room for those.
function sizeTicks(least, most, width) {
  const decades = Math.log10(most / least);
  const ticks = [];
  for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10)
    for (const step of width / decades < 190 ? [1] : [1, 2, 5])
      if (power * step >= least && power * step <= most) ticks.push(power * step);
  return ticks;
}

function closenessTicks(least, most) {
  const step = most - least > 24 ? 10 : most - least > 8 ? 5 : 2;
  const ticks = [];
  for (let tick = Math.ceil(least / step) * step; tick <= most; tick += step) ticks.push(tick);
  return ticks;
}

export class CurveView {
  #root = document.getElementById("chart");
  #rows = [];
  #here = null;

  /** `onChoose(k)` is called when a point is chosen. */
  constructor({ onChoose }) {
    this.#root.addEventListener("click", (event) => {
      const point = event.target.closest("[data-k]");
      if (point !== null) onChoose(Number(point.dataset.k));
    });
    this.#root.addEventListener("keydown", (event) => {
      const point = event.target.closest("[data-k]");
      if (point === null || ![" ", "Enter"].includes(event.key)) return;
      event.preventDefault();
      onChoose(Number(point.dataset.k));
    });
    new ResizeObserver(() => this.#draw()).observe(this.#root);
  }

  /** Shows [{k, bytes, psnr}]; `here` is the result as it is, in the same form, or null. psnr is null where exact. */
  show(rows, here) {
    this.#rows = rows;
    this.#here = here;
    this.#draw();
    document.getElementById("trade-rows").replaceChildren(...rows.map(({ k, bytes, psnr }) => {
      const row = document.createElement("tr");
      row.append(...[k, bytes.toLocaleString("en"), psnr?.toFixed(2) ?? "exact"].map((text) => {
        const cell = document.createElement("td");
        cell.textContent = text;
        return cell;
      }));
      return row;
    }));
  }

  #draw() {
    const width = this.#root.clientWidth;
    const focused = document.activeElement?.closest?.("#chart [data-k]")?.dataset.k;
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "group",
      "aria-label": "PSNR over the size of the file, a point for each number of colours" });
    const points = this.#rows.filter(({ psnr }) => psnr !== null);
    if (points.length > 0) this.#fill(svg, points, width);
    this.#root.replaceChildren(svg);
    if (focused !== undefined) svg.querySelector(`[data-k="${focused}"]`)?.focus();
  }

  #fill(svg, points, width) {
    const all = this.#here?.psnr ? [...points, this.#here] : points;
    const range = (values) => [Math.min(...values), Math.max(...values)];
    const [smallest, largest] = range(all.map(({ bytes }) => bytes));
    const [least, most] = range(all.map(({ psnr }) => psnr));
    const [x0, x1] = [Math.log(smallest * 0.85), Math.log(largest * 1.2)];
    const [y0, y1] = [least - 1.5, most + 1.5];
    const inner = [width - margin.left - margin.right, height - margin.top - margin.bottom];
    const x = (bytes) => margin.left + ((Math.log(bytes) - x0) / (x1 - x0)) * inner[0];
    const y = (psnr) => margin.top + (1 - (psnr - y0) / (y1 - y0)) * inner[1];
    this.#axes(svg, width, { x, y,
      sizes: sizeTicks(Math.exp(x0), Math.exp(x1), width), levels: closenessTicks(y0, y1) });
    svg.append(element("polyline", { class: "line",
      points: points.map(({ bytes, psnr }) => `${x(bytes)},${y(psnr)}`).join(" ") }));
    for (const point of points) {
      const at = { x: x(point.bytes), y: y(point.psnr) };
      svg.append(this.#point(point, at.x, at.y),
        element("text", { x: at.x + 8, y: at.y + 16, "aria-hidden": "true" }, `${point.k}`));
    }
    if (this.#here?.psnr)
      svg.append(element("circle", { class: "here", r: 8, cx: x(this.#here.bytes), cy: y(this.#here.psnr) }));
  }

  #axes(svg, width, { x, y, sizes, levels }) {
    const bottom = height - margin.bottom;
    const right = width - margin.right;
    const write = (text, at) => svg.append(element("text", at, text));
    for (const level of levels) {
      svg.append(element("line", { class: "grid", x1: margin.left, x2: right, y1: y(level), y2: y(level) }));
      write(`${level}`, { x: margin.left - 8, y: y(level) + 4, "text-anchor": "end" });
    }
    for (const size of sizes)
      write(sizeText(size).replace(".0", ""), { x: x(size), y: bottom + 16, "text-anchor": "middle" });
    write("size of the file", { x: right, y: height - 3, "text-anchor": "end" });
    write("PSNR in dB", { x: margin.left + 6, y: margin.top + 8 });
  }

  #point({ k, bytes, psnr }, cx, cy) {
    const label = `${k} colours: ${sizeText(bytes)}, ${psnr.toFixed(1)} dB`;
    const group = element("g", { role: "button", tabindex: 0, "data-k": k,
      "aria-pressed": k === this.#here?.k });
    group.append(element("title", {}, label), element("circle", { class: "hit", r: 13, cx, cy }),
      element("circle", { class: "dot", r: 4.5, cx, cy }));
    return group;
  }
}
