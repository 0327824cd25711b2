// The package encodes, byte for byte, what the tool does. Usage: encode_cases.mjs PACKAGE-FOLDER TOOL [simd|plain]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { madeImage, pamOf } from "./made_images.mjs";

const [packageFolder, tool, variant = "simd"] = process.argv.slice(2);
const vqi = await import(pathToFileURL(resolve(packageFolder, "index.js")));
await vqi.init({ simd: variant === "simd" });
const { compile } = await import(pathToFileURL(resolve(packageFolder, "wasm_module.js")));
const codec = await compile(
  pathToFileURL(resolve(packageFolder, variant === "simd" ? "vqi_codec.wasm" : "vqi_codec_plain.wasm")),
);
const canQuantize = WebAssembly.Module.exports(codec).some(({ name }) => name === "vqi_quantize");
const folder = mkdtempSync(join(tmpdir(), "vqi-web-"));
after(() => rmSync(folder, { recursive: true }));

const colour = madeImage(96, 64, 3, 8);
const alpha = madeImage(80, 60, 4, 8);
const grey = madeImage(70, 50, 1, 8);
const wide = madeImage(48, 40, 3, 16);
const wideAlpha = madeImage(40, 32, 2, 16);

const encodings = [
  [colour, {}],
  [colour, { k: 8, effort: 1 }],
  [colour, { k: 64, model: "fast" }],
  [colour, { k: 64, model: "max", effort: 9 }],
  [colour, { k: 37, coding: "packed" }],
  [colour, { k: 16, block: "2x2" }],
  [colour, { k: 12, method: "em" }],
  [colour, { k: 12, method: "anneal" }],
  [colour, { k: 32, method: "ecvq", effort: 3 }],
  [colour, { psnr: 33, method: "kmeans" }],
  [colour, { k: 16, dither: "diffusion" }],
  [colour, { k: 16, space: "oklab", fix: ["#ff0000", "black"] }],
  [colour, { palette: ["#000", "#fff", "#808080", "orange"], dither: "bayer" }],
  [alpha, { k: 24 }],
  [alpha, { k: 16, block: "3x2", seed: 7 }],
  [grey, { k: 20 }],
  [grey, { lossless: true }],
  [wide, { k: 40 }],
  [wide, { k: 8, block: "4x4", method: "ecvq" }],
  [wideAlpha, { k: 10 }],
];

/** The arguments that say to the tool what `options` say to the package. */
function argumentsOf(options) {
  return Object.entries(options).flatMap(([name, value]) => {
    const option = (name.length === 1 ? "-" : "--") + name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (name === "fix") return value.flatMap((each) => [option, each]);
    if (name !== "palette") return value === true ? [option] : [option, String(value)];
    writeFileSync(join(folder, "palette.txt"), `${value.join("\n").replace("orange", "#ffa500")}\n`);
    return [option, join(folder, "palette.txt")];
  });
}

function runTool(command, image, options) {
  const input = join(folder, "input.pam");
  const output = join(folder, "output");
  writeFileSync(input, pamOf(image));
  execFileSync(tool, [command, "-q", "-f", input, "-o", output, ...argumentsOf(options)]);
  return readFileSync(output);
}

for (const [image, options] of encodings) {
  const words = `${image.width}x${image.height}x${image.channels} ${JSON.stringify(options)}`;
  test(`encode (${variant}) gives the tool's bytes: ${words}`, async () => {
    const { bytes, report } = await vqi.encode({ ...image }, options);
    assert.ok(Buffer.from(bytes).equals(runTool("compress", image, options)));
    assert.equal(report.file_bytes, bytes.length);
    const decoded = await vqi.decode(bytes, { native: true });
    const compared = await vqi.compare(image, decoded);
    assert.equal(compared.mse, report.mse);
  });
}

for (const [image, options] of [
  [colour, {}],
  [colour, { k: 16, dither: "none" }],
  [alpha, { k: 12, effort: 9 }],
  [alpha, { method: "ecvq", k: 32 }],
  [grey, { psnr: 35 }],
])
  test(
    `quantize (${variant}) gives the tool's bytes: ${image.channels} channels, ${JSON.stringify(options)}`,
    { skip: !canQuantize && "built without VQI_WEB_SOURCES" },
    async () => {
      const { bytes } = await vqi.quantize({ ...image }, options);
      assert.ok(Buffer.from(bytes).equals(runTool("quantize", image, options)));
    },
  );
