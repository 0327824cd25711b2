"""Helpers for the tests of index maps: pictures with a number of colours, and decoded pixels."""
from cli_case import CliCase, png

# K at the edges of 1, 2, 4, 8 and 16 bits.
COUNTS = (1, 2, 3, 16, 17, 256, 257)
WIDTH, HEIGHT = 33, 9  # rows that end within a byte, and pixels for 257 colours


def colour(k):
    """Different colours for every k, far from grey."""
    return (k % 251, (k * 83 + 40) % 256, k // 251 * 100)


def picture(count, width=WIDTH, height=HEIGHT, channels=3):
    """A picture with `count` colours, in which neighbours differ."""
    def pixel(x, y):
        k = (x + width * y) % count
        alpha = 255 - k % 8 * 30
        return {1: (k % 256,), 2: (k % 256, alpha), 3: colour(k), 4: colour(k) + (alpha,)}[channels]
    return png(width, height, pixel, channels)


class IndexCase(CliCase):
    def pam(self, name):
        """Width, height, channels and samples of a picture or .vqi file, as decompress gives them."""
        stream = name
        if not name.endswith(".vqi"):
            stream = "whole.vqi"
            self.succeed("compress", "-q", "-f", "--lossless", name, "-o", stream)
        self.succeed("decompress", "-q", "-f", stream, "-o", "whole.pam")
        head, _, samples = self.read("whole.pam").partition(b"ENDHDR\n")
        fields = dict(line.split() for line in head.decode().splitlines()[1:])
        return int(fields["WIDTH"]), int(fields["HEIGHT"]), int(fields["DEPTH"]), samples

    def pixels(self, name):
        """Rows of pixels of 8 bits, as tuples of red, green, blue and alpha."""
        width, height, channels, samples = self.pam(name)

        def rgba(at):
            values = tuple(samples[at:at + channels])
            grey = values[:1] * 3 if channels < 3 else values[:3]
            return grey + (values[-1:] if channels % 2 == 0 else (255,))
        return [[rgba((y * width + x) * channels) for x in range(width)] for y in range(height)]

    def palette(self, name):
        """The colours of a .vqi file as `vqi palette` prints them."""
        digits = [line.lstrip("#").ljust(8, "f") for line in self.succeed("palette", name).decode().split()]
        return [tuple(bytes.fromhex(each)) for each in digits]
