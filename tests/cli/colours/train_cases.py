"""vqi train: one codebook for many images, in any order, and streams that leave it out."""
import json
import shutil
import unittest

from cli_case import CliCase, gradient_png, noise_png, png


def icon(seed, side=24):
    """A disc on a transparent ground, in a shade of its own."""
    def pixel(x, y):
        distance = (x - side // 2)**2 + (y - side // 2)**2
        alpha = max(0, min(255, (side * side // 5 - distance) * 8))
        return ((seed * 37 + 4 * x) % 256, (seed * 11 + 4 * y) % 256, 90, alpha)
    return png(side, side, pixel, channels=4)


class Train(CliCase):
    def setUp(self):
        super().setUp()
        self.names = [f"i{n}.png" for n in range(12)]
        for n, name in enumerate(self.names):
            self.write(name, icon(n))

    def train(self, *arguments):
        return json.loads(self.succeed("train", "--json", "-f", *arguments))

    def test_the_order_of_images_and_the_number_of_threads_do_not_matter(self):
        self.train(*self.names, "-o", "a.vqb", "-k", "32")
        self.train(*reversed(self.names), "-o", "b.vqb", "-k", "32", "--threads", "1")
        self.assertEqual(self.read("a.vqb"), self.read("b.vqb"))

    def test_one_image_gives_the_codewords_that_compress_learns(self):
        self.write("a.png", gradient_png())
        result = self.train("a.png", "-o", "a.vqb", "-k", "20")
        compressed = json.loads(self.succeed("compress", "--json", "a.png", "-k", "20"))
        self.assertAlmostEqual(result["mse"], compressed["mse"])
        self.assertEqual(sorted(self.succeed("palette", "a.vqb").split()),
                         sorted(self.succeed("palette", "a.vqi").split()))

    def test_json_has_what_the_contract_names(self):
        result = self.train(*self.names, "-o", "a.vqb", "-k", "16", "-v")
        self.assertEqual((result["command"], result["k"], result["k_requested"]), ("train", 16, 16))
        self.assertEqual(result["inputs"], self.names)
        self.assertEqual((result["block"], result["bit_depth"], result["channels"]), ([1, 1], 8, 4))
        self.assertEqual(result["vectors"], 12 * 24 * 24)
        self.assertEqual(len(result["images"]), 12)
        mean = sum(image["mse"] for image in result["images"]) / 12
        self.assertAlmostEqual(mean, result["mse"])

    def test_images_of_several_types_get_the_least_type_that_holds_all(self):
        self.write("grey.png", png(8, 8, lambda x, y: (x * 30,), channels=1))
        self.write("deep.png", png(8, 8, lambda x, y: (x * 8000, 1, 2), depth=16))
        result = self.train("grey.png", "i0.png", "deep.png", "-o", "a.vqb", "-k", "2000")
        self.assertEqual((result["channels"], result["bit_depth"]), (4, 16))
        result = json.loads(self.succeed("compress", "--json", "grey.png", "--codebook", "a.vqb"))
        self.assertEqual((result["channels"], result["mse"]), (4, 0))

    def test_a_detached_stream_needs_its_codebook_and_says_so(self):
        self.train(*self.names, "-o", "a.vqb", "-k", "32")
        self.train(*self.names, "-o", "other.vqb", "-k", "31")
        whole = json.loads(self.succeed("compress", "--json", "i3.png", "--codebook", "a.vqb", "-o", "whole.vqi"))
        apart = json.loads(self.succeed("compress", "--json", "i3.png", "--codebook", "a.vqb", "--detach",
                                        "-o", "apart.vqi", "--verify"))
        self.assertEqual(apart["codebook_bytes"], 16)
        self.assertEqual(apart["file_bytes"], len(self.read("apart.vqi")))
        self.assertEqual(apart["mse"], whole["mse"])
        self.succeed("decompress", "-q", "whole.vqi", "-o", "whole.png")
        self.succeed("decompress", "-q", "apart.vqi", "-o", "apart.png", "--codebook", "a.vqb")
        self.assertEqual(self.read("whole.png"), self.read("apart.png"))
        info = json.loads(self.succeed("info", "--json", "apart.vqi", "--codebook", "a.vqb"))
        self.assertEqual((info["file_bytes"], info["format_version"]), (apart["file_bytes"], "1.2"))
        self.assertEqual(len(info["codebook_hash"]), 32)
        for command in (("decompress", "-f"), ("info",)):
            self.fail_with(2, *command, "apart.vqi", says=("apart.vqi", info["codebook_hash"], "--codebook"))
            self.fail_with(2, *command, "apart.vqi", "--codebook", "other.vqb", says=(info["codebook_hash"],))
            self.fail_with(2, *command, "whole.vqi", "--codebook", "a.vqb", says=("own", "--codebook"))
        self.fail_with(2, "compare", "apart.vqi", "i3.png", says=("apart.vqi", "--codebook"))

    def test_the_palette_of_a_detached_stream_comes_with_its_codebook(self):
        self.train(*self.names, "-o", "a.vqb", "-k", "32")
        self.train(*self.names, "-o", "other.vqb", "-k", "31")
        self.succeed("compress", "-q", "i3.png", "--codebook", "a.vqb", "-o", "whole.vqi")
        self.succeed("compress", "-q", "i3.png", "--codebook", "a.vqb", "--detach", "-o", "apart.vqi")
        self.assertEqual(self.succeed("palette", "apart.vqi", "--codebook", "a.vqb", "--sort", "use"),
                         self.succeed("palette", "whole.vqi", "--sort", "use"))
        self.fail_with(2, "palette", "apart.vqi", says=("apart.vqi", "--codebook"))
        self.fail_with(2, "palette", "apart.vqi", "--codebook", "other.vqb", says=("--codebook",))
        self.fail_with(2, "palette", "whole.vqi", "--codebook", "a.vqb", says=("own", "--codebook"))
        self.fail_with(2, "palette", "i3.png", "--codebook", "a.vqb", says=("i3.png", "--codebook"))

    def test_in_oklab_the_distance_in_it_is_told(self):
        self.assertNotIn("mse_oklab", self.train("i0.png", "-o", "a.vqb", "-k", "8"))
        report = self.train("i0.png", "-o", "b.vqb", "-k", "8", "--space", "oklab")
        one = json.loads(self.succeed("compress", "--json", "i0.png", "-k", "8", "--space", "oklab"))
        self.assertAlmostEqual(report["mse_oklab"], one["mse_oklab"], places=9)

    def test_blocks_of_a_codebook_are_those_of_the_stream(self):
        self.train(*self.names, "-o", "a.vqb", "-k", "40", "--block", "4x2")
        result = json.loads(self.succeed("compress", "--json", "i1.png", "--codebook", "a.vqb", "--detach"))
        self.assertEqual((result["block"], result["k"]), ([4, 2], 40))
        self.succeed("decompress", "-q", "i1.vqi", "--codebook", "a.vqb")
        self.fail_with(2, "compress", "i2.png", "--codebook", "a.vqb", "--block", "2x2", says=("4x2",))
        self.fail_with(2, "compress", "i2.png", "--palette", "a.vqb", says=("a.vqb", "--codebook"))

    def test_64_icons_take_fewer_bytes_with_one_codebook(self):
        names = [f"many{n}.png" for n in range(64)]
        for n, name in enumerate(names):
            self.write(name, icon(n))
        self.train(*names, "-o", "all.vqb", "-k", "64")

        def total(*options):
            out = self.succeed("compress", "--json", "-f", *names, "--output-dir", "out", *options)
            lines = [json.loads(line) for line in out.splitlines()]
            shutil.rmtree(self.folder / "out")
            return sum(line["file_bytes"] for line in lines)

        each = total("-k", "64")
        together = total("--codebook", "all.vqb", "--detach") + len(self.read("all.vqb"))
        self.assertLess(together, 0.75 * each)

    def test_a_damaged_codebook_is_refused_wherever_it_is_read(self):
        self.train(*self.names, "-o", "a.vqb", "-k", "8")
        data = self.read("a.vqb")
        self.write("cut.vqb", data[:-5])
        self.write("flipped.vqb", data[:40] + bytes([data[40] ^ 1]) + data[41:])
        for name in ("cut.vqb", "flipped.vqb"):
            self.fail_with(3, "compress", "i0.png", "--codebook", name, says=(name, "at byte"))
            self.fail_with(3, "palette", name, says=(name,))
        self.write("no.vqb", b"#fff")
        self.fail_with(3, "compress", "i0.png", "--codebook", "no.vqb", says=("no.vqb", "not a .vqb file"))

    def test_what_is_wrong_is_refused_and_leaves_nothing(self):
        self.fail_with(2, "train", "i0.png", says=("-o",))
        self.fail_with(2, "train", "i0.png", "-o", "a.vqi", says=(".vqb",))
        self.fail_with(2, "train", "i0.png", "-o", "a.vqb", "--block", "2x2", "--fix", "red", says=("--fix",))
        self.write("bad.png", b"no image")
        self.fail_with(3, "train", "i0.png", "bad.png", "-o", "a.vqb", says=("bad.png",))
        self.write("a.png", noise_png(20))
        self.train("a.png", "-o", "rgb.vqb", "-k", "4")
        self.fail_with(2, "compress", "i0.png", "--codebook", "rgb.vqb", says=("i0.png", "channels"))
        self.fail_with(2, "train", "i0.png", "-o", "rgb.vqb", says=("rgb.vqb", "--force"))


if __name__ == "__main__":
    unittest.main()
