// The chosen row's codebook: its codewords as tiles, the most used first, and how often each is used.

const codebook = {
  canvas: byId("tiles"),
  sheet: null,
  chosen: 0,
  request: 0,

  async show(row) {
    const request = ++this.request;
    const book = row.codebook;
    byId("codebook").hidden = book === null;
    if (book === null) return;
    const sheet = await pictures.get(book.sheet);
    if (request !== this.request) return;
    this.sheet = sheet;
    this.book = book;
    this.unit = row.block[0] * row.block[1] > 1 ? "blocks" : "pixels";
    this.chosen = 0;
    const fewer = book.counts.length < book.codewords ? `the ${groupDigits(book.counts.length)} most used of ` : "";
    byId("codebook-note").textContent = `K ${groupDigits(row.k)}: ${fewer}${groupDigits(book.codewords)} codewords, the most used first`;
    this.canvas.setAttribute("aria-label", byId("codebook-note").textContent + ". The arrow keys move between them.");
    this.canvas.dataset.row = choice.index;
    this.draw();
    this.describe();
  },

  /** Columns, and the size of a tile, so that all tiles have about the same place whatever their number. */
  layout() {
    const count = this.book.counts.length;
    const width = this.canvas.parentElement.clientWidth - 32;
    const ratio = this.book.tile[1] / this.book.tile[0];
    const wished = Math.min(64, Math.max(14, Math.sqrt((width * 260) / (count * ratio))));
    const columns = Math.max(1, Math.min(count, Math.floor(width / wished)));
    const cell = Math.min(96, width / columns);
    return { columns, width: cell, height: cell * ratio, rows: Math.ceil(count / columns), all: width };
  },

  draw() {
    if (!this.sheet) return;
    const place = this.layout();
    this.canvas.style.height = place.rows * place.height + "px";
    const context = fitCanvas(this.canvas, place.all, place.rows * place.height);
    context.imageSmoothingEnabled = false;
    const [tileWidth, tileHeight] = this.book.tile;
    const gap = place.width > 20 ? 2 : 1;
    this.book.counts.forEach((_, n) => {
      const x = (n % place.columns) * place.width;
      const y = Math.floor(n / place.columns) * place.height;
      context.fillStyle = checkPattern(context);
      context.fillRect(x, y, place.width - gap, place.height - gap);
      context.drawImage(this.sheet, (n % this.book.columns) * tileWidth, Math.floor(n / this.book.columns) * tileHeight,
        tileWidth, tileHeight, x, y, place.width - gap, place.height - gap);
      context.strokeStyle = "rgb(128 128 128 / 0.35)";
      if (place.width > 20) context.strokeRect(x + 0.5, y + 0.5, place.width - gap - 1, place.height - gap - 1);
    });
    const x = (this.chosen % place.columns) * place.width;
    const y = Math.floor(this.chosen / place.columns) * place.height;
    context.lineWidth = 2;
    context.strokeStyle = themeColour("card");
    context.strokeRect(x + 2, y + 2, place.width - gap - 4, place.height - gap - 4);
    context.strokeStyle = themeColour("accent");
    context.strokeRect(x + 1, y + 1, place.width - gap - 2, place.height - gap - 2);
    this.drawUse();
  },

  barWidth() {
    return Math.min(40, byId("use").clientWidth / this.book.counts.length);
  },

  /** A bar for each tile, on a scale on which the most used one is full. */
  drawUse() {
    const canvas = byId("use");
    const context = fitCanvas(canvas, canvas.clientWidth, canvas.clientHeight);
    const { counts } = this.book;
    const step = this.barWidth();
    counts.forEach((count, n) => {
      const height = Math.max(1, (count / counts[0]) * (canvas.clientHeight - 2));
      context.fillStyle = themeColour(n === this.chosen ? "accent" : "faint");
      context.fillRect(n * step, canvas.clientHeight - height, Math.max(1, step - (step > 4 ? 1 : 0)), height);
    });
  },

  describe() {
    const { counts, vectors, tile, columns } = this.book;
    const count = counts[this.chosen];
    let colour = "";
    if (tile[0] * tile[1] === 1) {
      this.colours ??= new Map();
      if (!this.colours.has(this.sheet)) this.colours = new Map([[this.sheet, pixelsOf(this.sheet)]]);
      const { data } = this.colours.get(this.sheet);
      const at = (Math.floor(this.chosen / columns) * columns + (this.chosen % columns)) * 4;
      const samples = [...data.slice(at, at + (data[at + 3] === 255 ? 3 : 4))];
      colour = "#" + samples.map((value) => value.toString(16).padStart(2, "0")).join("") + ", ";
    }
    byId("tile-readout").textContent =
      `${this.chosen + 1} of ${groupDigits(counts.length)}: ${colour}${groupDigits(count)} ${this.unit}, ${((count / vectors) * 100).toFixed(2)} %`;
  },

  choose(n) {
    if (!this.book || n < 0 || n >= this.book.counts.length || n === this.chosen) return;
    this.chosen = n;
    this.draw();
    this.describe();
  },
};

function startCodebook() {
  const { canvas } = codebook;
  const use = byId("use");
  canvas.addEventListener("pointermove", (event) => {
    const place = codebook.layout();
    const box = canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / place.width);
    if (column < place.columns) codebook.choose(Math.floor((event.clientY - box.top) / place.height) * place.columns + column);
  });
  use.addEventListener("pointermove", (event) => {
    const box = use.getBoundingClientRect();
    codebook.choose(Math.floor((event.clientX - box.left) / codebook.barWidth()));
  });
  canvas.addEventListener("keydown", (event) => {
    const { columns } = codebook.layout();
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    if (!(event.key in steps)) return;
    event.preventDefault();
    codebook.choose(codebook.chosen + steps[event.key]);
  });
  new ResizeObserver(() => codebook.draw()).observe(canvas.parentElement);
  choice.listen((row) => codebook.show(row));
}
