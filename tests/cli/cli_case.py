"""Helpers that all cases of the command-line tests share: running the tool, small images, checks of failures."""
import os
import pathlib
import random
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

TOOL = os.environ.get("VQI_TOOL", "vqi")

# The form of every line about a failure: a single line, whatever names it holds.
FAILURE_LINE = rb"\Avqi: [^\n]+\n\Z"


def png(width, height, pixel, channels=3, depth=8):
    """The bytes of a PNG of 8 or 16 bits; pixel(x, y) gives the samples of one pixel."""
    def samples(values):
        return b"".join(value.to_bytes(depth // 8, "big") for value in values)

    colour_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + b"".join(samples(pixel(x, y)) for x in range(width)) for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def gradient_png(width=48, height=32):
    """An image with more than 256 colours, so that a codebook has to be learned."""
    return png(width, height, lambda x, y: (x * 5 % 256, y * 7 % 256, (x * y) % 256))


def noise_png(side, seed=1):
    """An image with about as many colours as pixels, which takes long."""
    source = random.Random(seed)
    return png(side, side, lambda x, y: source.randbytes(3))


class CliCase(unittest.TestCase):
    """Each case runs in an empty folder of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vqi cli "))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, data):
        path = self.folder / os.fsdecode(name)
        path.write_bytes(data)
        return path

    def read(self, name):
        return (self.folder / name).read_bytes()

    def files(self):
        """Every file below the folder with its bytes, which a failure must not change."""
        return {
            os.path.relpath(path, self.folder): os.readlink(path) if path.is_symlink() else path.read_bytes()
            for folder, _, names in os.walk(self.folder)
            for path in (pathlib.Path(folder, name) for name in names)
        }

    def vqi(self, *arguments, stdin=b"", redirect=None, output=subprocess.PIPE, tool=TOOL, **options):
        """Runs the tool; standard input is the bytes `stdin` or the open file `redirect`."""
        source = {"input": stdin} if redirect is None else {"stdin": redirect}
        return subprocess.run([tool, *arguments], stdout=output, stderr=subprocess.PIPE, cwd=self.folder, timeout=120,
                              check=False, **source, **options)

    def succeed(self, *arguments, **options):
        result = self.vqi(*arguments, **options)
        self.assertEqual((result.returncode, result.stderr), (0, b""), arguments)
        return result.stdout

    def fail_with(self, code, *arguments, says=(), **options):
        """Checks that the tool fails with the code and one line that holds all of `says`, and changes no file."""
        before = self.files()
        result = self.vqi(*arguments, **options)
        self.assertEqual(result.returncode, code, (arguments, result.stderr))
        self.assertRegex(result.stderr, FAILURE_LINE, arguments)
        self.assertEqual(result.stdout, b"", arguments)
        for words in says:
            self.assertIn(words.encode(), result.stderr, arguments)
        self.assertEqual(self.files(), before, arguments)
        return result.stderr

    def compressed(self, name="a.vqi", image=None, *options):
        """Makes a .vqi file in the folder."""
        self.write("source of a stream.png", image if image is not None else gradient_png())
        self.succeed("compress", "-q", *options, "source of a stream.png", "-o", name)
        (self.folder / "source of a stream.png").unlink()
        return self.folder / name


