// Puts the page together: its head, the chosen row's figures and command, and the parts in their order.

function startHead() {
  const images = report.images.map((image) =>
    `${image.name}, ${image.width}\u00d7${image.height} ${image.kind}, ${image.bit_depth} bits`);
  byId("summary").textContent = [...images.slice(0, 3), images.length > 3 ? `and ${images.length - 3} more images` : "",
    `${report.rows.length} rows`, report.program].filter(Boolean).join(" \u00b7 ");
  if (report.images.length === 1) document.title = report.images[0].name + ": rate against distortion";
}

function startChoice() {
  const select = byId("row-choice");
  select.append(...report.rows.map((row, index) => element("option", { value: index, text: rowName(row) })));
  select.addEventListener("change", () => choice.choose(Number(select.value)));
  byId("previous").addEventListener("click", () => choice.choose(choice.index - 1));
  byId("next").addEventListener("click", () => choice.choose(choice.index + 1));
  byId("copy-command").addEventListener("click", (event) => copyText(byId("command").textContent, event.target));
  choice.listen((row) => {
    select.value = choice.index;
    byId("previous").disabled = choice.index === 0;
    byId("next").disabled = choice.index === report.rows.length - 1;
    byId("command").textContent = row.command;
    const facts = [["Bytes", groupDigits(row.file_bytes)], ["Ratio", row.ratio.toFixed(2)], ["Bits per pixel", row.bpp.toFixed(3)],
      ["PSNR", psnrText(row)], ["SSIM", ssimText(row)], ["Largest error", groupDigits(row.max_error)]];
    byId("facts").replaceChildren(...facts.map(([name, value]) =>
      element("div", {}, [element("dt", { text: name }), element("dd", { text: value })])));
  });
}

startHead();
// The knee is where the question "how small, how good?" is best answered at first sight.
choice.index = Math.max(0, report.rows.findIndex((row) => row.knee));
startChoice();
startChart();
startViewer();
startTable();
startCodebook();
// Canvases are painted with the theme's colours: a change of theme paints them again.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  viewer.draw();
  codebook.draw();
});
