// The package decodes and inspects the frozen files of tests/conformance as they are listed there: pixels, facts, error
// codes and offsets. Usage: stream_cases.mjs PACKAGE-FOLDER CONFORMANCE-FOLDER [simd|plain]
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const [packageFolder, conformance, variant = "simd"] = process.argv.slice(2);
const linesOf = (name) =>
  readFileSync(join(conformance, name), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
const fileOf = (name) => readFileSync(join(conformance, "files", name));

for (const entry of ["decoder.js", "index.js"]) {
  const vqi = await import(pathToFileURL(resolve(packageFolder, entry)));
  await vqi.init({ simd: variant === "simd" });

  test(`${entry} (${variant}) decodes every frozen file to its pixels`, async () => {
    const lines = linesOf("manifest.txt");
    assert.ok(lines.length > 90);
    for (const line of lines) {
      const [name, width, height, channels, depth, , sha256] = line.split(" ");
      const image = await vqi.decode(fileOf(name), { native: true });
      const shape = [image.width, image.height, image.channels, image.bitDepth].join(" ");
      assert.equal(shape, [width, height, channels, depth].join(" "), name);
      const bytes = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.byteLength);
      assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, name);
    }
  });

  test(`${entry} (${variant}) refuses every damaged frozen file with its code and offset`, async () => {
    const lines = linesOf("rejected.txt");
    assert.ok(lines.length > 80);
    for (const line of lines) {
      const [name, code, offset] = line.split(" ");
      await assert.rejects(vqi.decode(fileOf(name)), (error) => {
        assert.equal(error.name, "VqiError", name);
        assert.deepEqual([error.code, String(error.offset)], [code, offset], name);
        assert.equal(error.exitCode, code === "limit_exceeded" ? 4 : code === "codebook_needed" ? 2 : 3, name);
        return true;
      });
    }
  });

  test(`${entry} (${variant}) says of every frozen file what the tool's info does`, async () => {
    const lines = linesOf("info.jsonl");
    assert.ok(lines.length > 90);
    for (const line of lines) {
      const { input, warnings, ...facts } = JSON.parse(line); // warnings are the tool's own
      const info = await vqi.inspect(fileOf(input.split("/").at(-1)));
      for (const key of Object.keys(info))
        assert.ok(key === "schema" || key in facts || facts.error, `${input} ${key}`);
      for (const [key, value] of Object.entries(facts)) assert.deepEqual(info[key], value, `${input} ${key}`);
    }
  });
}
