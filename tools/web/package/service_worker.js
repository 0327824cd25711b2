// Lets `<img src="picture.vqi">` work: a service worker that answers requests for .vqi images with PNG. A site serves
// this file, or one of its own with `import "vqi/service-worker"`, and registers it as a module:
//   navigator.serviceWorker.register("/service_worker.js", { type: "module" })
import { decode } from "./decoder.js";

async function pngOf(request) {
  const response = await fetch(request);
  if (!response.ok) return response;
  const bytes = await response.clone().arrayBuffer();
  try {
    const { data, width, height } = await decode(bytes);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").putImageData(new ImageData(data, width, height), 0, 0);
    return new Response(await canvas.convertToBlob({ type: "image/png" }), {
      headers: { "content-type": "image/png" },
    });
  } catch (error) {
    return new Response(`${error.code}: ${error.message}`, { status: 422, statusText: "not a vqi image" });
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  // Scripts that ask for a stream itself get it as it is.
  if (request.destination === "image" && new URL(request.url).pathname.endsWith(".vqi"))
    event.respondWith(pngOf(request));
});
