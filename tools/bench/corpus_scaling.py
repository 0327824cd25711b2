#!/usr/bin/env python3
"""Learns a codebook for generated images on a Dask cluster of this machine, and says what that takes.

  corpus_scaling.py [--images N,N...] [--workers N,N...] [--chunk N] [--sample N]   a row for each of all combinations

Images of 256x256 are made by number in the workers, so that no disk is read. Scheduler and workers are processes of
their own, with a thread each; peak memory is VmHWM. Bytes are those of the loopback interface: under
`unshare -n sh -c 'ip link set lo up; python3 tools/bench/corpus_scaling.py'` they are those of the cluster alone.
Needs dask.distributed and the package vqi.
"""
import argparse
import functools
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from distributed import Client
from vqi import corpus

HERE = pathlib.Path(__file__).resolve().parent
SIDE = 256


@functools.lru_cache(maxsize=1)
def texture():
    """Waves and noise, larger than an image."""
    y, x = np.mgrid[0:4 * SIDE, 0:4 * SIDE]
    waves = [120 + 50 * np.sin(x / (9 + c)) * np.cos(y / (31 - c)) + 40 * np.sin((x + y) / 211) for c in range(3)]
    noise = np.random.default_rng(1).normal(0, 4, (4 * SIDE, 4 * SIDE, 3))
    return np.clip(np.stack(waves, -1) + noise, 0, 215).astype(np.uint8)


def generated(number):
    """The image of a number: a window of the texture, shifted in colour."""
    source = np.random.default_rng(number)
    x, y = source.integers(0, 3 * SIDE, 2)
    return texture()[y:y + SIDE, x:x + SIDE] + source.integers(0, 40, 3, np.uint8)


def warm_up():
    """Makes the texture and loads what a process loads once."""
    corpus.gather([("warm", functools.partial(generated, 0))], block=(4, 4))


def loopback_bytes():
    for line in pathlib.Path("/proc/net/dev").read_text().splitlines():
        name, _, figures = line.partition(":")
        if name.strip() == "lo":
            return int(figures.split()[0])
    return 0


def used_of_process():
    """(peak of memory in MB, seconds of the processor) of the process that calls."""
    status = pathlib.Path("/proc/self/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return peak / 1000, time.process_time()


class Cluster:
    """A scheduler and workers as processes, and a client of them."""

    def __init__(self, workers):
        self._folder = tempfile.TemporaryDirectory()
        address = f"{self._folder.name}/scheduler.json"
        # They import this file, so that each makes the texture once.
        paths = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
        start = functools.partial(subprocess.Popen, cwd=self._folder.name, stderr=subprocess.DEVNULL,
                                  env={**os.environ, "PYTHONPATH": paths})
        cli = [sys.executable, "-m"]
        self._processes = [start([*cli, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                                  "--dashboard-address", "127.0.0.1:0", "--scheduler-file", address])]
        self._processes += [start([*cli, "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny",
                                   "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", address])
                            for _ in range(workers)]
        self.client = Client(scheduler_file=address, timeout=120)
        self.client.wait_for_workers(workers, timeout=120)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()
        for process in self._processes:
            process.terminate()
            process.wait()
        self._folder.cleanup()


def measure(images, workers, options):
    with Cluster(workers) as cluster:
        client = cluster.client
        from corpus_scaling import generated, warm_up

        client.run(warm_up)
        before = client.run(used_of_process)
        bytes_before, begun = loopback_bytes(), time.monotonic()
        source = [(f"{number:09}", functools.partial(generated, number)) for number in range(images)]
        learned = corpus.learn(source, client=client, chunk=options.chunk, block=(4, 4), sample=options.sample, k=256,
                               progress=False)
        seconds, moved = time.monotonic() - begun, loopback_bytes() - bytes_before
        used = client.run(used_of_process)
        scheduler_peak, _ = client.run_on_scheduler(used_of_process)
        cpu = [used[key][1] - before[key][1] for key in used]
        trained = learned.codebook.report.seconds["total"]
        peak = max(each[0] for each in used.values())
    assert learned.part.images == images
    print(f"| {images:,} | {workers} | {seconds:.1f} | {trained:.1f} | {sum(cpu):.1f} | {max(cpu):.1f} | "
          f"{moved / 1e6:.1f} | {scheduler_peak:.0f} | {peak:.0f} |", flush=True)
    return learned.codebook


def main():
    def numbers(text):
        return [int(each) for each in text.split(",")]

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=numbers, default=[1000, 10000, 100000])
    parser.add_argument("--workers", type=numbers, default=[1, 2, 4])
    parser.add_argument("--chunk", type=int, default=250)
    parser.add_argument("--sample", type=int, default=65536)
    options = parser.parse_args()
    print("| images | workers | s | of it training, s | CPU of the workers, s | of the busiest one, s | "
          "MB over the network | peak of the scheduler, MB | of a worker, MB |\n" + 9 * "|--:" + "|", flush=True)
    for images in options.images:
        books = {measure(images, workers, options) for workers in options.workers}
        assert len(books) == 1, "the codebook depends on the number of workers"


if __name__ == "__main__":
    main()
