// The figures of a result, and the line that says what is going on.
import { sizeText } from "./curve_view.js";

const find = (id) => document.getElementById(id);

/** Says it on the page and to screen readers. */
export function say(text, { isBad = false } = {}) {
  const status = find("status");
  status.textContent = text;
  status.classList.toggle("bad", isBad);
}

function closenessNote(psnr) {
  if (psnr === null) return "every pixel as it was";
  if (psnr >= 40) return "PSNR: hard to tell apart";
  if (psnr >= 32) return "PSNR: close to the original";
  return "PSNR: differences show";
}

const percentText = (part) => (part < 0.0995 ? (part * 100).toFixed(1) : String(Math.round(part * 100)));

/** The figures of a picture's result. Of a rough one the size is not known yet: the last one stays, dimmed. */
export function showFigures({ result, fileBytes, pixels }, { isRough }) {
  find("size").classList.toggle("rough", isRough);
  find("psnr").classList.toggle("rough", isRough);
  if (result === null) return;
  const { report } = result;
  find("psnr").textContent = report.psnr_db === null ? "exact" : `${report.psnr_db.toFixed(1)} dB`;
  find("psnr-note").textContent = closenessNote(report.psnr_db);
  if (isRough) return;
  find("size").textContent = sizeText(report.file_bytes);
  find("size-note").textContent =
    `${percentText(report.file_bytes / fileBytes)} % of the opened file, ${report.bpp.toFixed(2)} bits per pixel`;
  say(`${pixels.width} \u00d7 ${pixels.height} pixels, ${report.k} colours`);
  // The figures stand beside it: only who listens needs them again.
  const spoken = document.createElement("span");
  spoken.className = "unseen";
  spoken.textContent = `, ${find("size").textContent}, ${find("psnr").textContent}`;
  find("status").append(spoken);
}
