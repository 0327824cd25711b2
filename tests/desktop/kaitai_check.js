// node kaitai_check.js KSY FOLDER INFO: compiles a Kaitai Struct description, reads every file with it that INFO has a
// line about (the JSON of vqi info), and compares header and sections. Exits with 77 where the compiler is not there.
"use strict";
const assert = require("assert");
const fs = require("fs");
const path = require("path");

let compiler, KaitaiStream, yaml;
try {
  compiler = require("kaitai-struct-compiler");
  KaitaiStream = require("kaitai-struct/KaitaiStream");
  yaml = require("js-yaml");
} catch (error) {
  console.log("kaitai-struct-compiler, kaitai-struct or js-yaml is not installed: " + error.message.split("\n")[0]);
  process.exit(77);
}

function check(file, info, Vqi) {
  const bytes = fs.readFileSync(file);
  const parsed = new Vqi(new KaitaiStream(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
  const { header, sections } = parsed;
  assert.ok(parsed._io.isEof(), "bytes are left");
  assert.deepStrictEqual([header.width, header.height, header.channels, header.bitDepth, header.numCodewords],
    [info.width, info.height, info.channels, info.bit_depth, info.k]);
  assert.deepStrictEqual([header.blockWidth, header.blockHeight], info.block);
  assert.strictEqual(header.mse, info.mse);
  assert.strictEqual(header.versionMajor + "." + header.versionMinor, info.format_version);
  const frame = 16; // type, flags, length and checksum
  assert.deepStrictEqual(sections.map((each) => [each.type, each.length + frame]),
    info.sections.slice(1).map((each) => [each.type, each.bytes]));
  const of_type = (type) => sections.find((each) => each.type === type);
  const strips = of_type("STRP").payload.strips.reduce((sum, each) => sum + each.numBytes, 0);
  assert.strictEqual(strips, of_type("INDX").length);
  assert.strictEqual(of_type("END ").payload.fileBytesLow, bytes.length);
}

async function main() {
  const [ksy, folder, infos] = process.argv.slice(2);
  const description = yaml.load(fs.readFileSync(ksy, "utf8"));
  const compile = compiler.compile || new compiler().compile;
  const sources = await compile("javascript", description, null, false);
  const module_ = { exports: {} };
  const load = (name) => (name.includes("KaitaiStream") ? KaitaiStream : require(name));
  new Function("require", "module", "exports", sources["Vqi.js"])(load, module_, module_.exports);
  const Vqi = module_.exports.Vqi || module_.exports;
  let files = 0;
  for (const line of fs.readFileSync(infos, "utf8").split("\n").filter(Boolean)) {
    const info = JSON.parse(line);
    const file = path.join(folder, info.input);
    if (info.error || !info.sections || !file.endsWith(".vqi")) continue;
    try {
      check(file, info, Vqi);
    } catch (error) {
      error.message = info.input + ": " + error.message;
      throw error;
    }
    files += 1;
  }
  assert.ok(files > 20, "only " + files + " files");
  console.log(files + " files are as described");
}

main().catch((error) => {
  console.error(error.stack || error);
  process.exit(1);
});
