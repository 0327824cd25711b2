// The worker's side of worker_client.js: calls by name, answers by number, progress in between.
import { init } from "./index.js";

const nodeWorkers = "node:worker_threads"; // in a variable, so that bundlers for browsers do not look for it
// In Node the other side is `parentPort`, in a browser the global object.
const port = globalThis.postMessage ? globalThis : (await import(/* @vite-ignore */ nodeWorkers)).parentPort;
const send = (message, transfer) => port.postMessage(message, transfer);

const buffersOf = (result) =>
  [result?.data?.buffer, result?.bytes?.buffer].filter((buffer) => buffer instanceof ArrayBuffer);

async function answer({ number, name, parameters, options }) {
  const onProgress = options?.reportsProgress ? (progress) => send({ number, progress }) : undefined;
  const { reportsProgress, ...rest } = options ?? {};
  try {
    const calls = await init();
    const result = calls[name](...parameters, onProgress ? { ...rest, onProgress } : rest);
    send({ number, result }, buffersOf(result));
  } catch ({ name: kind, code, message, offset }) {
    send({ number, error: { kind, code, message, offset } });
  }
}

if (port.on) port.on("message", answer);
else port.addEventListener("message", ({ data }) => answer(data));
