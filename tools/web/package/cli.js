#!/usr/bin/env node
// `npx vqi`: the command line on PNG files. Options, JSON and exit codes are those of the program vqi.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { init, VqiError } from "./index.js";
import { isPng, readPng, writePng } from "./png.js";

const usage = `vqi compress   INPUT.png... [-k N | --psnr DB | --max-bytes N ...] [-o FILE | --output-dir DIR]
vqi decompress INPUT.vqi... [-o FILE.png | --output-dir DIR]
vqi quantize   INPUT.png... [-k N] [-o FILE | --output-dir DIR]      palette PNG, at most 256 colours
vqi info       INPUT.vqi...
vqi compare    REFERENCE OTHER
vqi sweep      INPUT.png... [-k LIST]
Everywhere: --json, -q/--quiet, -f/--force, --version, --help; "-" is standard input or output. Images are PNG; the
options of each command are those of the program vqi (tools/vqi/CLI.md).
`;

const fail = (message) => {
  throw new VqiError("invalid_option", message);
};

const ownFlags = new Map([
  ["-q", "quiet"],
  ["--quiet", "quiet"],
  ["-f", "force"],
  ["--force", "force"],
  ["--json", "json"],
  ["--no-progress", "noProgress"],
  ["--help", "help"],
  ["-h", "help"],
  ["--version", "version"],
]);
const ownValues = new Map([
  ["-o", "output"],
  ["--output", "output"],
  ["--output-dir", "outputDir"],
  ["--palette", "palette"],
  ["--codebook", "codebook"],
  ["--weights", "weights"],
]);

/** {inputs, own, options} of the arguments after the command. */
function parse(command, args, known) {
  const parsed = { inputs: [], own: {}, options: {} };
  const rest = args.flatMap((arg) =>
    /^--[^=]+=/.test(arg)
      ? [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)]
      : /^-[a-z]./.test(arg) && !arg.startsWith("--")
        ? [arg.slice(0, 2), arg.slice(2)]
        : [arg],
  );
  const valueOf = (name) => (rest.length > 0 ? rest.shift() : fail(`${name} needs a value`));
  while (rest.length > 0) {
    const arg = rest.shift();
    const option = known.find(({ name }) => name === arg);
    if (arg === "-" || !arg.startsWith("-")) parsed.inputs.push(arg);
    else if (ownFlags.has(arg)) parsed.own[ownFlags.get(arg)] = true;
    else if (ownValues.has(arg)) parsed.own[ownValues.get(arg)] = valueOf(arg);
    else if (option === undefined) fail(`${arg} is not an option of ${command}, see vqi --help`);
    else {
      const key = arg.replace(/^-+/, "");
      const value = option.isFlag ? true : valueOf(arg);
      if (key === "fix") (parsed.options.fix ??= []).push(value);
      else parsed.options[key] = value;
    }
  }
  return parsed;
}

const read = (path) => {
  try {
    return new Uint8Array(readFileSync(path === "-" ? 0 : path));
  } catch (error) {
    throw new VqiError("io_failed", `cannot be read (${error.code}), check the name and the permissions`);
  }
};

const readImage = (path) => {
  const bytes = read(path);
  if (!isPng(bytes))
    throw new VqiError("not_an_image", "is not a PNG, which is what this package reads; convert it first", 0);
  return { ...readPng(bytes), input_bytes: path === "-" ? null : bytes.length };
};

const endings = { compress: ".vqi", decompress: ".decoded.png", quantize: ".quantized.png" };

function outputOf(command, input, { output, outputDir }) {
  if (output !== undefined) return output;
  if (input === "-") return "-";
  const name = basename(input, extname(input)) + endings[command];
  return join(outputDir ?? dirname(input), name);
}

function write(path, bytes, force) {
  if (path === "-") return void process.stdout.write(bytes);
  if (!force && existsSync(path)) throw new VqiError("output_exists", `${path} exists, give --force to overwrite it`);
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new VqiError("io_failed", `${path} cannot be written (${error.code}), check that its folder exists`);
  }
}

/** The given colours and weights, whose files calls take as bytes. */
function givenFiles({ palette, codebook, weights }) {
  const files = {};
  if (palette !== undefined) files.palette = new TextDecoder().decode(read(palette)).split(/\s+/).filter(Boolean);
  if (codebook !== undefined) files.codebook = read(codebook);
  if (weights !== undefined) files.weights = readImage(weights);
  return files;
}

const count = (number) => number.toLocaleString("en-US");
const quality = ({ psnr_db }) => (psnr_db === null ? "lossless" : `${psnr_db.toFixed(2)} dB`);

/** Runs a command on one input; returns its report, and a line for people. */
function runOne(calls, command, input, { own, options }) {
  const output = outputOf(command, input, own);
  if (own.json && output === "-" && endings[command]) fail("--json and a result on standard output exclude each other");
  if (!own.force && output !== "-" && endings[command] && existsSync(output))
    throw new VqiError("output_exists", `${output} exists, give --force to overwrite it`);
  const all = { ...options, ...givenFiles(own) };
  if (command === "info") {
    const report = calls.inspect(read(input));
    return [
      report,
      `${report.width}x${report.height}, ${report.k} codewords, ${count(report.file_bytes)} bytes, ${quality(report)}`,
    ];
  }
  if (command === "sweep") {
    const report = calls.sweep(readImage(input), all);
    const line = ({ k, file_bytes, bpp, psnr_db }) =>
      `${k}\t${file_bytes}\t${bpp.toFixed(3)}\t${psnr_db?.toFixed(2) ?? "lossless"}`;
    return [report, ["K\tbytes\tbpp\tPSNR", ...report.rows.map(line)].join("\n")];
  }
  if (command === "decompress") {
    const stream = read(input);
    const { image, report } = calls.decodeReported(stream, all);
    write(output, writePng(image), own.force);
    return [{ ...report, input, output }, `${output}  ${image.width}x${image.height}, ${quality(report)}`];
  }
  const image = readImage(input);
  const { bytes, report } = calls[command === "compress" ? "encode" : "quantize"](image, all);
  write(output, bytes, own.force);
  const before = image.input_bytes === null ? "" : `${count(image.input_bytes)} -> `;
  return [
    { ...report, input, input_bytes: image.input_bytes, output },
    `${output}  ${before}${count(bytes.length)} bytes, ${quality(report)}, ${report.k} colours`,
  ];
}

function compareTwo(calls, { inputs, options, own }) {
  if (inputs.length !== 2) fail("compare takes two images");
  const [first, second] = inputs.map((path) => {
    const bytes = read(path);
    return isPng(bytes) ? readPng(bytes) : calls.decodeReported(bytes).image;
  });
  const report = calls.compare(first, second, options);
  if (own.json) console.log(JSON.stringify(report));
  else if (!own.quiet)
    console.log(report.identical ? "identical" : `${quality(report)}, largest difference ${report.max_error}`);
  return report.identical ? 0 : 1;
}

function reportError(error, input, { json }) {
  if (!(error instanceof VqiError)) throw error;
  const { code, message, offset } = error;
  if (json)
    console.log(JSON.stringify({ schema: 1, error: { code, message, input, ...(offset === null ? {} : { offset }) } }));
  console.error(`vqi: ${input ? `${input}: ` : ""}${message.replaceAll("\n", " ")}`);
  return error.exitCode;
}

async function main([command, ...args]) {
  if (command === undefined || command === "--help" || command === "-h") {
    process.stdout.write(usage);
    return command === undefined ? 2 : 0;
  }
  const calls = await init();
  if (command === "--version") {
    console.log(`vqi ${JSON.parse(readFileSync(new URL("./package.json", import.meta.url))).version}`);
    return 0;
  }
  let parsed = { own: { json: args.includes("--json") } };
  try {
    if (!["compress", "decompress", "quantize", "info", "compare", "sweep"].includes(command))
      fail(`there is no command ${command}, see vqi --help`);
    parsed = parse(command, args, calls.optionsOf(command));
    if (parsed.own.help) {
      process.stdout.write(
        `${usage}Options of ${command}: ${calls
          .optionsOf(command)
          .map(({ name }) => name)
          .join(" ")}\n`,
      );
      return 0;
    }
    if (parsed.inputs.length === 0) fail("there is no input");
    if (command === "compare") return compareTwo(calls, parsed);
    if (parsed.own.output !== undefined && parsed.inputs.length > 1)
      fail("-o takes one input, give --output-dir for several");
  } catch (error) {
    return reportError(error, "", parsed.own);
  }
  let worst = 0;
  for (const input of parsed.inputs) {
    try {
      const [report, line] = runOne(calls, command, input, parsed);
      if (parsed.own.json) console.log(JSON.stringify({ ...report, input }));
      else if (!parsed.own.quiet) (parsed.own.output === "-" ? console.error : console.log)(line);
    } catch (error) {
      worst = Math.max(worst, reportError(error, input, parsed.own));
    }
  }
  return worst;
}

process.exitCode = await main(process.argv.slice(2));
