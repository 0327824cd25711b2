// What the package promises beside its pixels: sizes, imports, errors, options, progress, the worker, the command line.
// Usage: package_cases.mjs PACKAGE-FOLDER
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { madeImage } from "./made_images.mjs";

const packageFolder = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(join(packageFolder, name)));
const vqi = await load("index.js");
const { readPng, writePng } = await load("png.js");
const folder = mkdtempSync(join(tmpdir(), "vqi-web-"));
after(() => rmSync(folder, { recursive: true }));
const colour = madeImage(64, 48, 3, 8);

/** Bytes of files of the package as a server sends them. */
const gzipped = (...names) =>
  names.map((name) => gzipSync(readFileSync(join(packageFolder, name)), { level: 9 }).length).reduce((a, b) => a + b);
const decoderScripts = ["decoder.js", "decoding.js", "facts.js", "images.js", "vqi_error.js", "wasm_module.js"];
const modules = readdirSync(packageFolder).filter((name) => name.endsWith(".wasm"));

// Of each the decode filter may take 20 kB.
test("the decoder takes at most 140 kB, and everything at most 620 kB, gzipped", (context) => {
  const scripts = readdirSync(packageFolder).filter((name) => name.endsWith(".js"));
  for (const suffix of modules.includes("vqi_codec_plain.wasm") ? ["", "_plain"] : [""]) {
    const decoder = gzipped(`vqi_decoder${suffix}.wasm`, ...decoderScripts);
    const everything = gzipped(`vqi_codec${suffix}.wasm`, ...scripts);
    context.diagnostic(`decoder${suffix} ${decoder}, everything${suffix} ${everything} bytes`);
    assert.ok(decoder <= 140_000, `decoder${suffix}: ${decoder}`);
    assert.ok(everything <= 620_000, `everything${suffix}: ${everything}`);
  }
});

test("modules import nothing but what wasm_module.js gives them", () => {
  const given = new Set([
    "env.emscripten_notify_memory_growth",
    "vqi.progress",
    "wasi_snapshot_preview1.fd_close",
    "wasi_snapshot_preview1.fd_seek",
    "wasi_snapshot_preview1.fd_write",
    "wasi_snapshot_preview1.clock_time_get",
    "wasi_snapshot_preview1.proc_exit",
  ]);
  for (const name of modules)
    for (const { module, name: what } of WebAssembly.Module.imports(
      new WebAssembly.Module(readFileSync(join(packageFolder, name))),
    ))
      assert.ok(given.has(`${module}.${what}`), `${name} imports ${module}.${what}`);
});

test("ImageData without transparency is encoded as RGB, and decodes to the same pixels", async () => {
  const rgba = { data: new Uint8ClampedArray(64 * 48 * 4).fill(255), width: 64, height: 48 };
  for (let i = 0; i < 64 * 48; ++i) rgba.data.set(colour.data.subarray(3 * i, 3 * i + 3), 4 * i);
  const { bytes, report } = await vqi.encode(rgba, { lossless: true });
  assert.equal(report.channels, 3);
  assert.deepEqual(bytes, (await vqi.encode(colour, { lossless: true })).bytes);
  const decoded = await vqi.decode(bytes);
  assert.ok(decoded.data instanceof Uint8ClampedArray);
  assert.deepEqual(decoded.data, rgba.data);
});

test("a region has the pixels of the whole image there", async () => {
  const { bytes } = await vqi.encode(colour, { k: 9 });
  const whole = await vqi.decode(bytes, { native: true });
  const part = await vqi.decode(bytes, { native: true, region: { x: 5, y: 7, width: 20, height: 11 } });
  for (let y = 0; y < 11; ++y)
    assert.deepEqual(
      part.data.subarray(y * 60, y * 60 + 60),
      whole.data.subarray(((y + 7) * 64 + 5) * 3, ((y + 7) * 64 + 25) * 3),
    );
});

test("wrong images and options are errors with codes, as on the command line", async () => {
  const refused = async (work, code) =>
    assert.rejects(work, (error) => error instanceof vqi.VqiError && error.code === code && error.exitCode === 2);
  await refused(vqi.encode({ data: new Uint8Array(5), width: 2, height: 1 }), "invalid_image");
  await refused(vqi.encode(colour, { k: 0 }), "invalid_option");
  await refused(vqi.encode(colour, { nothing: 1 }), "invalid_option");
  await refused(vqi.encode(colour, { psnr: 30, maxBytes: 100 }), "invalid_option");
  await refused(vqi.decode("text"), "invalid_argument");
});

test("a codebook that was trained encodes other images, and weights count", async () => {
  const { bytes: codebook } = await vqi.train([colour, madeImage(30, 30, 3, 8)], { k: 6 });
  assert.equal((await vqi.encode(madeImage(20, 20, 3, 8), { codebook })).report.training, "given");
  const weights = { data: new Uint8Array(64 * 48).fill(1, 0, 64 * 24), width: 64, height: 48 };
  assert.notDeepEqual((await vqi.encode(colour, { k: 4, weights })).bytes, (await vqi.encode(colour, { k: 4 })).bytes);
});

test("progress is told, and false from it cancels", async () => {
  const stages = new Set();
  await vqi.encode(madeImage(200, 200, 3, 8), {
    k: 64,
    onProgress: ({ stage, fraction }) => {
      stages.add(stage);
      assert.ok(fraction >= 0 && fraction <= 1);
    },
  });
  assert.ok(stages.has("training"), [...stages].join());
  await assert.rejects(vqi.encode(colour, { onProgress: () => false }), { code: "cancelled" });
  await assert.rejects(
    vqi.encode(colour, {
      onProgress: () => {
        throw new RangeError("mine");
      },
    }),
    RangeError,
  );
});

test("a worker gives what the calling thread gives, tells progress, and ends when it is aborted", async () => {
  const worker = await vqi.startWorker();
  try {
    let told = 0;
    const { bytes } = await worker.encode(colour, { k: 11, onProgress: () => void ++told });
    assert.ok(told > 0);
    assert.deepEqual(bytes, (await vqi.encode(colour, { k: 11 })).bytes);
    await assert.rejects(worker.decode(bytes.subarray(0, 50)), { name: "VqiError", code: "truncated" });
    const stop = new AbortController();
    const stopped = worker.encode(madeImage(400, 400, 3, 8), {
      k: 256,
      effort: 9,
      method: "ecvq",
      signal: stop.signal,
    });
    stop.abort();
    await assert.rejects(stopped, { code: "cancelled" });
    assert.equal((await worker.inspect(bytes)).k, 11);
  } finally {
    worker.close();
  }
});

test("the command line compresses and decompresses a PNG with the program's exit codes", () => {
  const cli = (...args) =>
    spawnSync(process.execPath, [join(packageFolder, "cli.js"), ...args], { cwd: folder, encoding: "utf8" });
  writeFileSync(
    join(folder, "a.png"),
    writePng({ ...colour, bitDepth: 8, metadata: [["gAMA", Uint8Array.of(0, 0, 0xb1, 0x8f)]] }),
  );
  const made = cli("compress", "a.png", "-k", "20", "--json");
  assert.equal(made.status, 0, made.stderr);
  const report = JSON.parse(made.stdout);
  assert.deepEqual([report.input, report.output, report.k], ["a.png", "a.vqi", 20]);
  assert.equal(readFileSync(join(folder, "a.vqi")).length, report.file_bytes);
  assert.equal(cli("compress", "a.png").status, 2, "the output exists");
  assert.equal(cli("decompress", "a.vqi", "-q").status, 0);
  const decoded = readPng(new Uint8Array(readFileSync(join(folder, "a.decoded.png"))));
  assert.deepEqual([decoded.width, decoded.height, decoded.channels], [64, 48, 3]);
  assert.deepEqual(decoded.metadata, [["gAMA", Uint8Array.of(0, 0, 0xb1, 0x8f)]]);
  assert.equal(cli("compare", "a.decoded.png", "a.vqi").status, 0);
  assert.equal(cli("compare", "a.png", "a.vqi").status, 1);
  assert.equal(cli("info", "a.png").status, 3);
  assert.equal(cli("compress", "a.png", "--max-bytes", "10", "-o", "b.vqi").status, 6);
  assert.equal(cli("compress", "none.png").status, 5);
  assert.equal(cli("compress", "a.png", "--depth", "3").status, 2);
  assert.match(cli("info", "none.vqi").stderr, /^vqi: none\.vqi: [^\n]+\n$/);
});
