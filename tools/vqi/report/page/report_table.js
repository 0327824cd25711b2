// The rows as a table: sorted by any column, a row's picture chosen, its command copied.

const lossless = Number.POSITIVE_INFINITY;  // better than any PSNR
const marksOf = (row) => (row.knee ? 2 : 0) + (row.on_hull ? 1 : 0);

/** Columns: heading, what is sorted by, what is written; words are on the left. */
const columns = [
  { title: "K", value: (row) => row.k, text: (row) => groupDigits(row.k) },
  { title: "Image", words: true, value: imageName, text: imageName, hidden: report.images.length < 2 },
  { title: "Method", words: true, value: (row) => row.method, text: (row) => row.method },
  { title: "Block", value: (row) => row.block[0] * row.block[1] * 100 + row.block[0], text: blockText },
  { title: "Coding", words: true, value: (row) => row.coding, text: (row) => row.coding },
  { title: "Bytes", value: (row) => row.file_bytes, text: (row) => groupDigits(row.file_bytes) },
  { title: "Ratio", value: (row) => row.ratio, text: (row) => row.ratio.toFixed(2) },
  { title: "Bits per pixel", value: (row) => row.bpp, text: (row) => row.bpp.toFixed(3) },
  { title: "PSNR", value: (row) => row.psnr_db ?? lossless, text: psnrText },
  { title: "SSIM", value: (row) => row.ssim ?? -1, text: ssimText },
  { title: "Largest error", value: (row) => row.max_error, text: (row) => groupDigits(row.max_error) },
  { title: "Marks", words: true, value: marksOf, cell: markCell },
  { title: "Command", words: true, cell: commandCell },
].filter((column) => !column.hidden);

function imageName(row) {
  return report.images[row.image].name;
}

function markCell(row) {
  const marks = [];
  if (row.knee) marks.push(element("span", { class: "mark knee", text: "knee" }), " ");
  if (row.on_hull) marks.push(element("span", { class: "mark", text: "hull" }));
  return marks;
}

function commandCell(row) {
  const button = element("button", { type: "button", text: "Copy", title: row.command, "aria-label": `Copy the command of K ${row.k}: ${row.command}` });
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    copyText(row.command, button);
  });
  return [element("div", { class: "cell-command" }, [button, element("code", { text: row.command })])];
}

function tableRow(row, index) {
  const cells = columns.map((column, n) => {
    const cell = element("td", column.words ? { class: column.title === "Image" ? "words name" : "words" } : {});
    if (column.cell) {
      cell.append(...column.cell(row));
    } else if (n === 0) {
      cell.append(element("button", { type: "button", class: "choose", text: column.text(row), "aria-label": "Show K " + rowName(row) }));
    } else {
      cell.textContent = column.text(row);
      if (column.title === "Image") cell.title = column.text(row);
    }
    return cell;
  });
  const made = element("tr", { "data-row": index }, cells);
  made.addEventListener("click", () => choice.choose(index));
  return made;
}

/** Shades the edges behind which the table goes on, and says how. */
function showWhereItScrolls() {
  const shades = document.querySelector(".table-shades");
  const frame = shades.querySelector(".table-frame");
  const hint = byId("table-hint");
  const update = () => {
    const wider = frame.scrollWidth > frame.clientWidth + 1;
    const longer = frame.scrollHeight > frame.clientHeight + 1;
    shades.classList.toggle("more-right", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1);
    shades.classList.toggle("more-below", frame.scrollTop + frame.clientHeight < frame.scrollHeight - 1);
    hint.hidden = !wider && !longer;
    hint.textContent = `Scroll the table for more ${[longer && "rows", wider && "columns"].filter(Boolean).join(" and ")}.`;
  };
  frame.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(frame);
  update();
}

function startTable() {
  const body = document.querySelector("#table tbody");
  const lines = report.rows.map(tableRow);
  let order = { column: null, down: false };
  const headings = columns.map((column) => {
    const heading = element("th", { scope: "col", class: column.words ? "words" : "" });
    if (!column.value) {
      heading.append(element("button", { type: "button", disabled: "", text: column.title }));
      return heading;
    }
    const button = element("button", { type: "button", text: column.title });
    button.addEventListener("click", () => {
      order = { column, down: order.column === column && !order.down };
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      const sign = order.down ? -1 : 1;
      const compare = (a, b) => (a < b ? -sign : a > b ? sign : 0);
      const sorted = report.rows.map((row, index) => ({ index, key: column.value(row) })).sort((a, b) => compare(a.key, b.key) || a.index - b.index);
      body.append(...sorted.map(({ index }) => lines[index]));
      announce(`Sorted by ${column.title}, ${order.down ? "descending" : "ascending"}`);
    });
    heading.append(button);
    return heading;
  });
  document.querySelector("#table thead").append(element("tr", {}, headings));
  body.append(...lines);
  showWhereItScrolls();
  choice.listen(() => lines.forEach((line, index) => {
    line.classList.toggle("chosen", index === choice.index);
    if (index === choice.index) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }));
}
