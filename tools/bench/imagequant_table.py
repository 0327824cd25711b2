#!/usr/bin/env python3
"""Runs pngquant on libimagequant and on vqi in its place, and prints tables of colours, errors and times as Markdown.

  imagequant_table.py speeds|qualities --tool VQI --library FOLDER [--every N] IMAGE...

FOLDER has libimagequant.so.0 by vqi. Runs of the two libraries alternate. --every N takes each N-th image.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import tempfile

SPEEDS = [(f"speed {speed}, K = {k}", ["--nofs", "--speed", str(speed), str(k)])
          for speed, k in ((4, 16), (4, 256), (1, 256), (10, 256))]
QUALITIES = [(f"quality 0-{quality}", ["--nofs", "--quality", f"0-{quality}"]) for quality in (20, 40, 60, 70, 80, 90)]


def report(tool, *arguments):
    return json.loads(subprocess.run([tool, *arguments, "--json"], check=True, capture_output=True, text=True).stdout)


def measure(options, library, arguments, image, output):
    """The colours, MSE, PSNR and CPU seconds of one run of pngquant."""
    environment = dict(os.environ)
    if library:
        environment["LD_LIBRARY_PATH"] = library
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(["pngquant", *arguments, "-f", "-o", output, image], check=True, env=environment)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    compared = compare(options.tool, image, output)
    return {"seconds": seconds, "mse": compared["mse"], "psnr": compared["psnr_db"],
            "k": report(options.tool, "palette", output)["k"]}


def compare(tool, image, output):
    """Exit code 1 only says that the images differ."""
    done = subprocess.run([tool, "compare", "--json", image, output], capture_output=True, text=True)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table", choices=("speeds", "qualities"))
    parser.add_argument("--tool", required=True)
    parser.add_argument("--library", required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("images", nargs="+")
    options = parser.parse_args()
    print("| pngquant --nofs | images | K | median PSNR, dB | MSE ratio: median, most | CPU s | CPU ratio: most |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "out.png")
        for name, arguments in SPEEDS if options.table == "speeds" else QUALITIES:
            runs = [tuple(measure(options, library, arguments, image, output) for library in (options.library, None))
                    for image in options.images[::options.every]]
            lossy = [(ours["mse"] / theirs["mse"]) for ours, theirs in runs if theirs["mse"] > 0]
            medians = [[statistics.median(run[i][field] or 99 for run in runs) for i in (0, 1)]
                       for field in ("k", "psnr")]
            sums = [sum(run[i]["seconds"] for run in runs) for i in (0, 1)]
            slowest = max(ours["seconds"] / theirs["seconds"] for ours, theirs in runs)
            print(f"| {name} | {len(runs)} | {medians[0][0]:.0f}, {medians[0][1]:.0f} | {medians[1][0]:.2f}, "
                  f"{medians[1][1]:.2f} | {statistics.median(lossy):.3f}, {max(lossy):.3f} | {sums[0]:.2f}, "
                  f"{sums[1]:.2f} | {slowest:.2f} |", flush=True)


if __name__ == "__main__":
    main()
