// Keeps the page for use without a network, and shuts it off from any network once all has been loaded.

/** Has the browser keep the page; resolves to whether it does. */
export async function keepOffline() {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register("offline_worker.js");
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false; // a private window, or a server without https
  }
}

/** From here on the page cannot send anything, not even to the server that it came from. Policies only add up: what
 * one forbids, no later one allows. */
export function shutOff() {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "connect-src 'none'; img-src blob: data:; form-action 'none'";
  document.head.append(policy);
}
