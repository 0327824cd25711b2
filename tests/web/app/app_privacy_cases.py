"""Nothing leaves the page, and it works without a network."""
import shutil
import sys
import unittest

from cli_case import gradient_png
from app_case import SKIPPED, PageCase, Server, what_is_missing

# Each way out, in the page and in a worker that is made as the page makes its own.
WAYS_OUT = """
  const [far, own] = arguments;
  const source = `onmessage = ({data}) => Promise.allSettled(data.map((address) =>
    fetch(address + '?worker', {method: 'POST', mode: 'no-cors', body: 'x'}))).then((all) =>
      postMessage(all.map(({status}) => status)));`;
  const inWorker = new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})), {type: 'module'});
    worker.onmessage = ({data}) => resolve(data);
    worker.onerror = reject;
    worker.postMessage([far, own]);
  });
  const inPage = [far, own].flatMap((address) => {
    const image = new Image();
    image.src = address + 'icon.svg?image';
    navigator.sendBeacon(address + '?beacon', 'x');
    try { new WebSocket(address.replace('http', 'ws') + '?socket').onerror = () => {}; } catch {}
    return [fetch(address + '?fetch', {method: 'POST', mode: 'no-cors', body: 'x'}),
            new Promise((resolve, reject) => Object.assign(image, {onload: resolve, onerror: reject}))];
  });
  return Promise.all([inWorker, Promise.allSettled(inPage).then((all) => all.map(({status}) => status))])
    .then((all) => all.flat());"""


class Privacy(PageCase):
    def tearDown(self):
        self.browser.console()  # the browser says there what it refuses

    def check_that_nothing_goes_out(self, server):
        far = Server(self.site, policy=False)
        self.addCleanup(far.stop)
        before = len(server.requests)
        answers = self.browser.run(WAYS_OUT, far.address, server.address)
        self.assertEqual(answers, ["rejected"] * 6)
        self.assertEqual(far.requests, [])
        self.assertEqual(server.requests[before:], [])

    def test_every_way_out_is_refused_once_the_page_is_loaded(self):
        self.open_picture(gradient_png())
        self.wait_for("return document.querySelectorAll('#trade-rows tr').length === 8")
        self.check_that_nothing_goes_out(self.server)

    def test_the_same_holds_on_a_host_that_sends_no_headers(self):
        plain = Server(self.site, policy=False)
        self.addCleanup(plain.stop)
        self.open_page(address=plain.address)
        self.open_picture(gradient_png())
        self.wait_for("return document.querySelectorAll('#trade-rows tr').length === 8")
        self.check_that_nothing_goes_out(plain)

    def test_the_server_hears_nothing_of_pictures_settings_and_files(self):
        before = len(self.server.requests)
        self.open_picture(gradient_png())
        self.set("#k-number", 9)
        self.wait_for_result()
        self.wait_for("return document.querySelectorAll('#trade-rows tr').length === 8")
        self.save("zip", "picture.zip")
        # Workers fetch their own program; nothing else is asked for.
        asked = {request.split("?")[0] for request in self.server.requests[before:]}
        self.assertEqual([request for request in asked if not request.endswith(".js")], [])
        self.assertEqual([request for request in asked if not request.startswith("GET ")], [])

    def test_the_page_works_when_the_server_is_gone(self):
        mortal = Server(self.site)
        self.open_page(address=mortal.address)
        self.wait_for("return !document.getElementById('offline').classList.contains('later')")
        mortal.stop()
        shown = self.browser.run("return performance.timeOrigin")
        self.open_page(address=mortal.address)
        self.assertNotEqual(self.browser.run("return performance.timeOrigin"), shown)
        self.open_picture(gradient_png())
        self.assertEqual(len(self.swatches()), 16)

    def test_a_new_version_replaces_the_kept_one(self):
        site = self.folder / "site"
        shutil.copytree(self.site, site)
        changing = Server(site)
        self.addCleanup(changing.stop)
        self.open_page(address=changing.address)
        for file, before, after in (("index.html", "Drop pictures here", "Drop them here"),
                                    ("offline_worker.js", 'version = "', 'version = "vqi-page-')):
            text = (site / file).read_text(encoding="utf-8")
            self.assertIn(before, text)
            (site / file).write_text(text.replace(before, after, 1), encoding="utf-8")
        self.browser.run("return navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 1)")
        self.wait_for("return caches.keys().then((names) => names.length === 1 "
                      "&& names[0].startsWith('vqi-page-vqi-page-'))")
        self.open_page(address=changing.address)
        self.assertEqual(self.text(".lead"), "Drop them here")


if __name__ == "__main__":
    missing = what_is_missing()
    if missing:
        print(f"skipped: {missing}")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
