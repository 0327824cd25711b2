// Answers for the page without a network: all its files are kept when it is first opened, and a new version of them
// replaces all at once. assemble.py writes the list and the version.
const version = "VERSION";
const files = ["FILES"];

// For the documents of hosts that send no headers of their own.
const policy = "POLICY";

addEventListener("install", (event) => {
  const fresh = files.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(fresh)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names
    .filter((name) => name.startsWith("vqi-page-") && name !== version).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => clients.claim()));
});

async function answer(request) {
  const cache = await caches.open(version);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept === undefined) return Response.error();
  const headers = new Headers(kept.headers);
  headers.set("content-security-policy", policy);
  return new Response(kept.body, { status: kept.status, headers });
}

addEventListener("fetch", (event) => event.respondWith(answer(event.request)));
