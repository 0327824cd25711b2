"""vqi.corpus on a Dask scheduler with four worker processes: what happens to workers changes no byte."""
import functools
import json
import logging
import os
import pathlib
import signal
import time

import numpy as np
import vqi
from distributed import Client, LocalCluster
from python_case import PythonCase, main, picture
from vqi import corpus

IMAGES = 40
WORKERS = 4


def loaded(folder, number):
    """An image that is made where it is needed. That it was is noted in a file, which all processes share."""
    with open(pathlib.Path(folder) / "log.txt", "ab", 0) as file:
        file.write(f"{number}\n".encode())
    y, x = np.mgrid[0:16, 0:24]
    noise = np.random.default_rng(number).integers(0, 20, (16, 24, 3))
    return (np.stack([x * 5, y * 9, x + y + number], -1) + noise).astype(np.uint8)


def is_first(folder):
    """True once, for whichever process asks first."""
    try:
        os.close(os.open(pathlib.Path(folder) / "first", os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False


def loaded_by_a_worker_that_dies(folder, number):
    if is_first(folder):
        os.kill(os.getpid(), signal.SIGKILL)
    return loaded(folder, number)


def loaded_by_a_slow_worker(folder, number):
    if is_first(folder):
        log = pathlib.Path(folder) / "log.txt"
        while not log.exists() or len(log.read_text().splitlines()) < IMAGES // 2:  # the others go on meanwhile
            time.sleep(0.01)
    return loaded(folder, number)


def local_cluster():
    return LocalCluster(n_workers=WORKERS, threads_per_worker=1, processes=True, host="127.0.0.1",
                        dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL)


class OnScheduler(PythonCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = local_cluster()
        cls.client = Client(cls.cluster)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.cluster.close()

    def source(self, function=loaded):
        return {f"{n:03}.png": functools.partial(function, str(self.folder), n) for n in range(IMAGES)} | {
            "torn.png": b"no image"}

    def loads(self):
        log = self.folder / "log.txt"
        found = sorted(map(int, log.read_text().split())) if log.exists() else []
        log.unlink(missing_ok=True)
        return found

    def files(self, name):
        return {path.relative_to(self.folder / name).as_posix(): path.read_bytes()
                for path in (self.folder / name).rglob("*") if path.is_file()}

    def check_jobs(self, source):
        """Learning and compressing give on the workers what they give here, from what `loaded` makes."""
        found = corpus.learn(source, client=self.client, k=16, block="2x2", sample=500, chunk=3)
        compressed = corpus.compress(source, self.folder / "found", codebook=found.codebook, client=self.client,
                                     chunk=3)
        wanted = corpus.learn(self.source(), k=16, block="2x2", sample=500)
        whole = corpus.compress(self.source(), self.folder / "wanted", codebook=wanted.codebook)
        self.assertEqual(found.codebook, wanted.codebook)
        self.assertEqual(found.part.images, IMAGES)
        self.assertEqual([bad.name for bad in found.bad], ["torn.png"])
        self.assertEqual(compressed, whole)
        self.assertEqual([row["name"] for row in compressed.bad], ["torn.png"])
        self.assertEqual(self.files("found"), self.files("wanted"))

    def test_four_workers_give_the_bytes_of_one_process(self):
        self.assertEqual(len(set(self.client.run(os.getpid).values()) | {os.getpid()}), WORKERS + 1)
        self.check_jobs(self.source())
        start = vqi.train([loaded(self.folder, 0)], k=16, block=(2, 2))
        there = corpus.refine(self.source(), start, client=self.client, rounds=3, chunk=3, report=None)
        here = corpus.refine(self.source(), start, rounds=3, report=None)
        self.assertEqual((there.codebook, there.mse, there.bad), (here.codebook, here.mse, here.bad))
        self.assertLess(there.mse[-1], there.mse[0])

    def test_a_killed_worker_changes_no_byte(self):
        self.check_jobs(self.source(loaded_by_a_worker_that_dies))
        self.assertTrue((self.folder / "first").exists())
        (self.folder / "first").unlink()
        packed = functools.partial(corpus.compress, k=4, tar=True, chunk=3)
        packed(self.source(loaded_by_a_worker_that_dies), self.folder / "packed", client=self.client)
        packed(self.source(), self.folder / "packed here")
        self.assertEqual(self.files("packed"), self.files("packed here"))

    def test_a_slow_worker_changes_no_byte(self):
        self.check_jobs(self.source(loaded_by_a_slow_worker))
        self.assertTrue((self.folder / "first").exists())

    def test_a_run_after_an_abort_redoes_only_what_is_missing(self):
        def stop(done, total):
            if done >= 12:
                raise KeyboardInterrupt

        def learn(**options):
            return corpus.learn(self.source(), store=self.folder / "parts", k=16, chunk=3, **options)

        def compress(**options):
            return corpus.compress(self.source(), self.folder / "found", k=4, chunk=3, **options)

        with local_cluster() as cluster, Client(cluster) as client:
            for job in (learn, compress):
                with self.assertRaises(KeyboardInterrupt):
                    job(client=client, progress=stop)
        # Its workers are gone with what was under way.
        self.loads()
        stored = [json.loads(path.read_text())["images"] for path in (self.folder / "parts").glob("*.json")]
        written = len(list((self.folder / "found").glob("*.vqi")))
        for job, done in ((learn, sum(stored)), (compress, written)):
            self.assertGreater(done, 0)
            self.assertEqual(len(job(client=self.client).bad), 1)
            self.assertEqual(len(self.loads()), IMAGES - done)
        self.assertEqual(learn().codebook, corpus.learn(self.source(), k=16).codebook)
        corpus.compress(self.source(), self.folder / "wanted", k=4)
        self.assertEqual(self.files("found"), self.files("wanted"))

    def test_a_scheduler_is_found_by_its_address(self):
        found = corpus.learn({"a": picture(16, 16)}, client=self.cluster.scheduler_address, k=2)
        self.assertEqual(found.codebook, vqi.train([picture(16, 16)], k=2))


if __name__ == "__main__":
    main()
