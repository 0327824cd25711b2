"""The second writer of statistics gives the frozen files, and the tool, where there is one, gives the same bytes."""
import os
import pathlib
import subprocess
import tempfile
import unittest
import zlib

from second_writer import CORPORA, statistics_file

HERE = pathlib.Path(__file__).resolve().parent
TOOL = os.environ.get("VQI_TOOL")


def png(image):
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    kind = {1: 0, 2: 4, 3: 2, 4: 6}[image.channels]
    header = image.width.to_bytes(4, "big") + image.height.to_bytes(4, "big") + bytes([image.depth, kind, 0, 0, 0])
    rows = b"".join(b"\0" + b"".join(sample.to_bytes(image.depth // 8, "big") for sample in row) for row in image.rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Statistics(unittest.TestCase):
    def test_the_second_writer_gives_the_frozen_files(self):
        for name, corpus in CORPORA.items():
            self.assertEqual(statistics_file(*corpus), (HERE / name).read_bytes(), name)

    @unittest.skipUnless(TOOL, "there is no tool")
    def test_the_tool_gives_the_frozen_files(self):
        for name, (shards, width, height, size) in CORPORA.items():
            with tempfile.TemporaryDirectory() as folder:
                parts = []
                for (number, count), images in shards.items():
                    # Every count-th input, from that of this number on, is of this shard.
                    names = []
                    for n, image in enumerate(images):
                        names += [f"none{i}.png" for i in range(1, number)] + [f"{number}_{n}.png"]
                        names += [f"none{i}.png" for i in range(number, count)]
                        pathlib.Path(folder, f"{number}_{n}.png").write_bytes(png(image))
                    parts.append(f"{number}.vqs")
                    subprocess.run([TOOL, "stats", "-q", *names, "--shard", f"{number}/{count}", "--sample", str(size),
                                    "--block", f"{width}x{height}", "-o", parts[-1]], cwd=folder, check=True)
                subprocess.run([TOOL, "merge", "-q", *parts, "-o", "all.vqs"], cwd=folder, check=True)
                self.assertEqual(pathlib.Path(folder, "all.vqs").read_bytes(), (HERE / name).read_bytes(), name)


if __name__ == "__main__":
    unittest.main()
