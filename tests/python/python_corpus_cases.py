"""vqi.corpus in one process: where images come from, what is kept, and functions that engines take as they are."""
import csv
import functools
import gzip
import pickle
import random
import signal
import subprocess
import sys
import unittest
import unittest.mock

import numpy as np
import vqi
from corpus_case import CorpusCase, png, tar_of
from python_case import main, picture
from vqi import corpus

try:
    import pyarrow
except ImportError:
    pyarrow = None


class Sources(CorpusCase):
    def test_folders_patterns_lists_and_files(self):
        root = self.write(self.files)
        self.write({"a/notes.txt": b"", "a/.hidden.png": b""})
        self.check(root)
        self.check(self.folder / "tiles")
        self.check(f"{root}/**/*.png")
        self.check([f"{root}/{name}" for name in self.files])
        self.check([f"{root}/a", f"{root}/b"])
        self.assertEqual([found.name for found in corpus.find(f"{root}/a/00.png")], ["00.png"])

    def test_arrays_bytes_and_functions(self):
        self.check(self.files)
        self.check({name: vqi.read_image(data) for name, data in self.files.items()})
        self.check([(name, functools.partial(vqi.read_image, data)) for name, data in self.files.items()])
        self.check([(name, vqi.encode(vqi.read_image(data), lossless=True).bytes) for name, data in self.files.items()])
        self.check([vqi.read_image(data) for data in self.files.values()], [f"{n:09}" for n in range(9)])

    def test_tar_files_beside_images(self):
        names = list(self.files)
        packed = {"s/one.tar": tar_of({name: self.files[name] for name in names[:4]} | {"notes.txt": b"-"}),
                  "s/two.tar.gz": gzip.compress(tar_of({f"./{name}": self.files[name] for name in names[4:8]}))}
        root = self.write(packed | {names[8]: self.files[names[8]]})
        self.check(root, [*packed, names[8]])
        compressed = corpus.compress(root, self.folder / "out", k=4)
        self.assertEqual(corpus.compress(root, self.folder / "out", k=5, force=True).written, 9)
        with self.assertRaises(vqi.Error):
            corpus.compress(root, self.folder / "out", k=6)
        self.assertEqual([row["name"] for row in compressed.rows],
                         sorted([f"s/one/{name}" for name in names[:4]] + [f"s/two/{name}" for name in names[4:8]] +
                                names[8:]))

    def test_what_cannot_be_told_apart_and_what_is_not_there_is_refused(self):
        for source in ([("a", b""), ("a", b"")], {}, [], str(self.folder)):
            with self.assertRaises((ValueError, FileNotFoundError)):
                corpus.find(source)
        with self.assertRaises(ValueError):
            corpus.compress({"a.png": self.files["a/00.png"], "a.jpg": self.files["b/01.png"]}, self.folder / "out")
        self.assertFalse((self.folder / "out").exists())
        for item in (5, ("a", b"", 1)):
            with self.assertRaises(TypeError):
                corpus.gather([item])
        with self.assertRaises(vqi.Error) as caught:  # of all that is gathered, and not of one image
            corpus.learn(self.files, k=2, max_memory="20k")
        self.assertEqual(caught.exception.code, "limit_exceeded")
        with self.assertRaises(ValueError):
            corpus.learn({"a": b"no image"}, k=2)
        with self.assertRaises(ValueError):
            corpus.learn(self.files, chunk=0)

    def test_what_is_not_installed_is_named(self):
        for module, job in (("distributed", lambda: corpus.learn(self.files, client="tcp://127.0.0.1:1")),
                            ("fsspec", lambda: corpus.learn("memory://corpus/none")),
                            ("fsspec", lambda: corpus.compress(["memory://corpus/none.png"], self.folder / "out"))):
            with unittest.mock.patch.dict(sys.modules, {module: None}), self.assertRaises(ImportError) as caught:
                job()
            self.assertIn(f"install python3-{module}", str(caught.exception))

    def test_bad_images_are_told_and_change_nothing(self):
        cut = tar_of(self.files)[:5000]
        bad = {"a/bad.png": png(3)[:100], "b/none.png": b"", "c/five.png": np.zeros((3, 3, 5), np.uint8),
               "d/raises.png": functools.partial(int, "x"), "e/text.png": "no such file"}
        learned = corpus.learn(self.files | bad, k=8, chunk=3)
        self.assertEqual(learned.codebook, self.wanted)
        self.assertEqual([each.name for each in learned.bad], sorted(bad))
        self.assertEqual([each.permanent for each in learned.bad], [True, True, True, False, False])
        compressed = corpus.compress(self.files | bad, self.folder / "out", k=4)
        self.assertEqual([row["name"] for row in compressed.bad], sorted(bad))
        self.assertTrue(all(row["message"] for row in compressed.bad))
        root = self.write({"cut.tar": cut}, "packed")
        self.assertIn("cut.tar", [each.name for each in corpus.learn(root, k=8).bad])


class PlainFunctions(CorpusCase):
    def test_any_tree_of_merges_gives_the_codebook_of_one_process(self):
        source = random.Random(4)
        for options in ({}, {"block": (4, 3), "sample": 70}):
            wanted = vqi.train(map(vqi.read_image, self.files.values()), k=8, **options)
            parts = [corpus.gather(chunk, **options) for chunk in corpus.chunks_of(corpus.find(self.files), 2)]
            source.shuffle(parts)
            parts[:2] = [corpus.merge([parts[0], parts[1], parts[0]])]  # as after a retry
            while len(parts) > 1:
                source.shuffle(parts)
                parts.append(corpus.merge(pickle.loads(pickle.dumps([parts.pop(), parts.pop()]))))
            self.assertEqual((parts[0].images, corpus.train(parts[0], k=8)), (9, wanted))

    def test_accumulators_add_and_combine_in_any_order(self):
        left, right = corpus.Part(block="2x2"), pickle.loads(pickle.dumps(corpus.Part(block="2x2")))
        for n, item in enumerate(self.files.items()):
            if n % 3:
                left = corpus.add(left, item)
            else:
                right = corpus.add(right, item)
            if n == 4:
                left = pickle.loads(pickle.dumps(left))
        both = corpus.combine(corpus.combine(corpus.Part(block="2x2"), right), left)
        self.assertEqual(both.images, 9)
        self.assertEqual(corpus.train(both, k=8),
                         vqi.train(map(vqi.read_image, self.files.values()), k=8, block="2x2"))

    def test_equal_images_of_different_names_all_count(self):
        parts = [corpus.gather([(name, self.files["a/00.png"])]) for name in "abc"]
        self.assertEqual(corpus.merge(parts + parts).images, 3)
        late = corpus.merge(parts[:1])
        late.add(("d", self.files["a/00.png"]))
        late.merge(parts[1])
        self.assertEqual(late.images, 3)

    def test_parts_are_files_of_the_tool(self):
        part = corpus.gather(self.files.items())
        (self.folder / "part.vqs").write_bytes(part.bytes)
        self.tool("train", "part.vqs", "-k", "8", "-o", "book.vqb")
        self.assertEqual(vqi.Codebook.load(self.folder / "book.vqb"), self.wanted)
        self.assertEqual(corpus.train(corpus.Part.from_bytes(part.bytes), k=8), self.wanted)


# The calls of functions are counted in a file, which is the same for all processes.
def counted(path, data, name):
    with open(path, "ab", 0) as file:
        file.write(f"{name}\n".encode())
    return data


class Resuming(CorpusCase):
    def counted_files(self):
        self.log = self.folder / "log.txt"
        return {name: functools.partial(counted, str(self.log), data, name) for name, data in self.files.items()}

    def calls(self):
        found = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return found

    def stop_after(self, count):
        def progress(done, total):
            if done >= count:
                raise KeyboardInterrupt
        return progress

    def test_an_aborted_run_gathers_only_what_is_missing(self):
        source, options = self.counted_files(), {"store": self.folder / "parts", "k": 8, "chunk": 2}
        with self.assertRaises(KeyboardInterrupt):
            corpus.learn(source, progress=self.stop_after(4), **options)
        done = self.calls()
        learned = corpus.learn(source, **options)
        self.assertEqual(sorted(done + self.calls()), sorted(source))
        self.assertEqual((learned.codebook, learned.kept, learned.chunks), (self.wanted, len(done) // 2, 5))
        self.assertEqual(corpus.learn(source, **options | {"k": 5}).kept, 5)
        self.assertEqual(self.calls(), [])
        next((self.folder / "parts").glob("*.vqs")).write_bytes(b"damaged")
        self.assertEqual(corpus.learn(source, **options).kept, 4)
        self.assertEqual(corpus.learn(source, block="2x2", **options).kept, 0)

    def test_changed_files_and_those_that_could_not_be_read_are_gathered_again(self):
        root = self.write(self.files)
        options = {"store": self.folder / "parts", "k": 8, "chunk": 1}
        corpus.learn(root, **options)
        (self.folder / "tiles/a/00.png").write_bytes(png(99))
        learned = corpus.learn(root, **options)
        self.assertEqual(learned.kept, 8)
        self.assertNotEqual(learned.codebook, self.wanted)
        bad = self.files | {"a/torn.png": b"no image", "a/away.png": functools.partial(int, "x")}
        for kept in (0, 10):
            learned = corpus.learn(bad, **options)
            self.assertEqual((learned.kept, learned.codebook, len(learned.bad)), (kept, self.wanted, 2))

    def test_an_aborted_run_compresses_only_what_is_missing(self):
        source, book = self.counted_files() | {"bad.png": b"no image"}, self.wanted
        for options, count in (({"detach": True}, 9), ({"tar": True}, 5)):
            wanted = self.folder / f"wanted{count}"
            whole = corpus.compress(source, wanted, codebook=book, chunk=2, **options)
            self.assertEqual((whole.written, len(whole.bad)), (9, 1))
            self.calls()
            out = self.folder / f"out{count}"
            with self.assertRaises(KeyboardInterrupt):
                corpus.compress(source, out, codebook=book, chunk=2, progress=self.stop_after(4), **options)
            done = self.calls()
            self.assertNotIn("report.csv", self.outputs(out))
            resumed = corpus.compress(source, out, codebook=book, chunk=2, **options)
            self.assertEqual(sorted(done + self.calls()), sorted(self.files))
            self.assertEqual(resumed.written, 9 - len(done))
            self.assertEqual(resumed.rows, whole.rows)
            self.assertEqual(self.outputs(out), self.outputs(wanted))

    def test_a_killed_process_leaves_whole_files_and_the_next_goes_on(self):
        root = self.write(self.files)
        program = ("import os, signal, sys\nfrom vqi import corpus\n"
                   "def stop(done, total):\n    if done == 4: os.kill(os.getpid(), signal.SIGKILL)\n"
                   "corpus.compress(sys.argv[1], sys.argv[2], k=4, chunk=1, progress=stop)\n")
        killed = subprocess.run([sys.executable, "-B", "-c", program, root, str(self.folder / "out")])
        self.assertEqual(killed.returncode, -signal.SIGKILL)
        left = self.outputs(self.folder / "out")
        self.assertEqual(len([name for name in left if name.endswith(".vqi")]), 4)
        self.assertEqual(corpus.compress(root, self.folder / "out", k=4).written, 5)
        corpus.compress(root, self.folder / "wanted", k=4)
        self.assertEqual(self.outputs(self.folder / "out"), self.outputs(self.folder / "wanted"))

    def test_other_settings_are_refused_unless_forced(self):
        out = self.folder / "out"
        corpus.compress(self.files, out, k=4)
        with self.assertRaises(vqi.Error):
            corpus.compress(self.files, out, k=5)
        forced = corpus.compress(self.files, out, k=5, force=True)
        self.assertEqual((forced.written, {row["k"] for row in forced.rows}), (9, {5}))
        with self.assertRaises(vqi.Error):
            corpus.compress(self.files, out, codebook=self.wanted)
        (self.folder / "own/a").mkdir(parents=True)
        (self.folder / "own/a/00.vqi").write_bytes(b"of somebody else")
        with self.assertRaises(vqi.Error):
            corpus.compress(self.files, self.folder / "own", k=4)
        self.assertEqual(self.outputs(self.folder / "own"), {"a/00.vqi": b"of somebody else"})
        damaged = out / forced.rows[0]["output"]
        damaged.write_bytes(damaged.read_bytes()[:-30])
        self.assertEqual(corpus.compress(self.files, out, k=5).written, 1)
        corpus.compress(self.files, self.folder / "packed", k=5, tar=True)
        with self.assertRaises(vqi.Error):
            corpus.compress(dict(list(self.files.items())[1:]), self.folder / "packed", k=5, tar=True)


class Outputs(CorpusCase):
    def test_files_are_those_of_the_tool_and_the_table_has_their_figures(self):
        root = self.write(self.files)
        compressed = corpus.compress(root, self.folder / "out", k=4)
        for name in self.files:
            self.tool("compress", f"tiles/{name}", "-k", "4", "-f", "-o", "one.vqi")
            self.assertEqual((self.folder / "out" / name).with_suffix(".vqi").read_bytes(),
                             (self.folder / "one.vqi").read_bytes())
        with open(self.folder / "out/report.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["name"] for row in rows], sorted(self.files))
        for row, mine in zip(rows, compressed.rows):
            report = vqi.inspect(self.folder / "out" / row["output"])
            self.assertEqual((int(row["file_bytes"]), float(row["mse"]), int(row["k"])),
                             (report.file_bytes, report.mse, report.k))
            self.assertEqual(mine["psnr_db"], report.psnr_db)

    def test_metadata_is_carried_as_the_tool_carries_it(self):
        given = {"gamma": 0.45455, "dpi": (300, 300)}
        image = vqi.write_image(picture(20, 30), ".png", metadata=given)
        root = self.write({"a.png": image, "b.vqi": vqi.encode(picture(20, 30), k=9, metadata=given).bytes})
        corpus.compress(root, self.folder / "out", k=4)
        for name in ("a.png", "b.vqi"):
            self.tool("compress", f"tiles/{name}", "-k", "4", "-f", "-o", "one.vqi")
            made = (self.folder / "out" / name).with_suffix(".vqi").read_bytes()
            self.assertEqual(made, (self.folder / "one.vqi").read_bytes())
            self.assertEqual(vqi.read_metadata(made)["gamma"], given["gamma"])

    def test_two_members_of_one_output_are_told_apart(self):
        root = self.write({"t.tar": tar_of({"a.png": png(1), "a.bmp": vqi.write_image(picture(9, 9), ".bmp")})})
        rows = corpus.compress(root, self.folder / "out", k=4).rows
        self.assertEqual([(row["name"], row["status"]) for row in rows], [("t/a.bmp", "bad"), ("t/a.png", "ok")])

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_parquet_has_the_rows(self):
        import pyarrow.parquet

        made = corpus.compress(self.files | {"bad.png": b"-"}, self.folder / "out", k=4, table="report.parquet")
        self.assertEqual(pyarrow.parquet.read_table(self.folder / "out/report.parquet").to_pylist(), made.rows)

    def test_a_table_that_cannot_be_written_is_refused_before_any_work(self):
        refused = [("report.txt", ValueError)] + ([] if pyarrow else [("report.parquet", ImportError)])
        for table, error in refused:
            with self.assertRaises(error):
                corpus.compress(self.files, self.folder / "out", k=4, table=table)
        self.assertFalse((self.folder / "out").exists())

    def test_progress_reaches_the_end_and_shows_nothing_in_a_pipe(self):
        told = []
        corpus.learn(self.files, k=2, chunk=2, progress=lambda *at: told.append(at))
        self.assertEqual(told, [(2, 9), (4, 9), (6, 9), (8, 9), (9, 9)])
        program = ("import sys\nfrom vqi import corpus\nfrom vqi.corpus import _engine\n_engine.BAR_SECONDS = -1\n"
                   "sys.stderr.isatty = lambda: sys.argv[1] == 'shown'\n"
                   "corpus.learn({'a': bytes.fromhex(sys.argv[2])}, k=1)\n")
        for shown in ("shown", "piped"):
            ran = subprocess.run([sys.executable, "-B", "-c", program, shown, png(1).hex()], capture_output=True,
                                 text=True, check=True)
            self.assertEqual("1/1" in ran.stderr, shown == "shown", ran.stderr)


if __name__ == "__main__":
    main()
