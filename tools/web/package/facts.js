// What a stream says of itself, from the numbers that the module gives: the object that `vqi info --json` prints.

const codings = ["packed", "entropy"];
const models = ["fast", "balanced", "max"];
const orNull = (number) => (Number.isFinite(number) ? number : null); // as JSON has it
const hex = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** `wasm` has just inspected a stream. */
export function readFacts(wasm) {
  const base = wasm.call.vqi_web_facts() >>> 0;
  const view = new DataView(wasm.memory);
  let at = 0;
  const next = () => view.getFloat64(base + 8 * at++, true);
  const some = (count) => Array.from({ length: count }, next);
  const facts = { schema: 1, command: "info" };
  for (const key of [
    "width",
    "height",
    "channels",
    "bit_depth",
    "raw_bytes",
    "file_bytes",
    "header_bytes",
    "codebook_bytes",
    "index_bytes",
    "metadata_bytes",
    "ratio",
    "bpp",
    "index_bpp",
    "k",
  ])
    facts[key] = next();
  facts.block = some(2);
  facts.coding = codings[next()];
  facts.model = models[next()] ?? null;
  facts.mse = next();
  facts.psnr_db = orNull(next());
  const [strength, gain_db] = some(2);
  if (strength !== 0) facts.restore = { strength, gain_db };
  const version = some(2).join(".");
  const sections = Array.from({ length: next() }, () => ({
    type: String.fromCharCode(...some(4)),
    offset: next(),
    bytes: next(),
    crc_ok: next() === 1,
  }));
  if (next() === 1) facts.codebook_hash = hex(some(16));
  facts.format_version = version;
  facts.sections = sections;
  const damage = next();
  const offset = orNull(next());
  if (damage !== 0)
    facts.error = {
      code: wasm.text(wasm.call.vqi_status_name(damage)),
      message: wasm.text(wasm.call.vqi_web_damage()),
      offset,
    };
  return facts;
}
