"""vqi.corpus on fsspec's URLs: images, parts and outputs in memory, images from a server on this machine."""
import http.server
import threading

import fsspec
from corpus_case import CorpusCase, tar_of
from python_case import main
from vqi import corpus


class Urls(CorpusCase):
    def test_urls_of_memory(self):
        memory = fsspec.filesystem("memory")
        for name, data in self.files.items():
            memory.pipe_file(f"/corpus/tiles/{name}", data)
        memory.pipe_file("/corpus/all.tar", tar_of(self.files))
        self.addCleanup(memory.rm, "/corpus", recursive=True)
        self.check("memory://corpus/tiles")
        self.check("memory://corpus/tiles/*/*.png")
        self.check([f"memory://corpus/tiles/{name}" for name in self.files])
        self.check("memory://corpus/all.tar", ["all.tar"])
        wanted = corpus.compress(self.files, self.folder / "out", k=4)
        found = corpus.compress("memory://corpus/tiles", "memory://corpus/out", k=4)
        self.assertEqual(found.rows, wanted.rows)
        self.assertEqual({name: memory.cat_file(f"/corpus/out/{name}") for name in self.outputs(self.folder / "out")},
                         self.outputs(self.folder / "out"))
        self.assertEqual(corpus.compress("memory://corpus/tiles", "memory://corpus/out", k=4).written, 0)
        store = {"store": "memory://corpus/parts", "k": 8, "chunk": 2}
        self.assertEqual(corpus.learn("memory://corpus/tiles", **store).kept, 0)
        again = corpus.learn("memory://corpus/tiles", **store)
        self.assertEqual((again.kept, again.codebook), (5, self.wanted))

    def test_urls_of_a_server_on_this_machine(self):
        root = self.write(self.files | {"all.tar": tar_of(self.files)})

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=root)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        base = f"http://127.0.0.1:{server.server_port}"
        self.check([f"{base}/{name}" for name in self.files])
        self.check(f"{base}/all.tar", ["all.tar"])
        self.check([f"{base}/a/", f"{base}/b/"])
        missing = corpus.learn([f"{base}/{name}" for name in [*self.files, "a/99.png"]], k=8)
        self.assertEqual([(bad.name, bad.permanent) for bad in missing.bad], [("a/99.png", False)])


if __name__ == "__main__":
    main()
