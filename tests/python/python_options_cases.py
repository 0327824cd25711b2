"""Options by keyword: the command line's names, values and errors, and what text cannot hold."""
import ast
from decimal import Decimal
from fractions import Fraction

import numpy as np
import vqi
from python_case import SOURCE, PythonCase, main, picture
from vqi import _core

# The classes of _types.pyi, by the command whose options they are.
CLASSES = {"compress": "EncodeOptions", "decompress": "DecodeOptions", "quantize": "QuantizeOptions",
           "train": "TrainOptions", "sweep": "SweepOptions", "info": "InspectOptions"}
BEYOND_TEXT = {"compress": {"codebook", "weights"}, "quantize": {"codebook", "weights"}}


def typed_options():
    """The keys of each TypedDict of _types.pyi, those of its bases among them."""
    tree = ast.parse((SOURCE / "tools/python/vqi/_types.pyi").read_text(encoding="utf-8"))
    keys = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            own = {line.target.id for line in node.body if isinstance(line, ast.AnnAssign)}
            keys[node.name] = own.union(*(keys.get(base.id, set()) for base in node.bases))
    return keys


class Options(PythonCase):
    def setUp(self):
        super().setUp()
        self.image = picture()
        (self.folder / "a.png").write_bytes(vqi.write_image(self.image, ".png"))

    def compressed(self, *arguments):
        self.tool("compress", "-q", "-f", "a.png", "-o", "a.vqi", *arguments)
        return (self.folder / "a.vqi").read_bytes()

    def test_types_name_the_options_that_there_are(self):
        keys = typed_options()
        for command, name in CLASSES.items():
            known = {option.lstrip("-").replace("-", "_") for option, _ in _core.option_names(command)}
            wanted = {"lambda_" if option == "lambda" else option for option in known} | BEYOND_TEXT.get(command, set())
            self.assertEqual(keys[name], wanted, command)

    def test_keywords_do_what_the_command_line_does(self):
        cases = [({"k": 9}, ["-k", "9"]), ({"k": np.int64(9), "method": "ecvq", "lambda_": 12.5},
                                           ["-k", "9", "--method", "ecvq", "--lambda", "12.5"]),
                 ({"psnr": 30}, ["--psnr", "30"]), ({"max_bytes": "3k"}, ["--max-bytes", "3k"]),
                 ({"bpp": np.float32(1.5)}, ["--bpp", "1.5"]), ({"ratio": Fraction(33, 2)}, ["--ratio", "16.5"]),
                 ({"k": 8, "block": (2, 2), "effort": 2}, ["-k", "8", "--block", "2x2", "--effort", "2"]),
                 ({"k": 8, "fix": ["#fff", "black"]}, ["-k", "8", "--fix", "#fff", "--fix", "black"]),
                 ({"k": 8, "fix": (255, 0, 0)}, ["-k", "8", "--fix", "#ff0000"]),
                 ({"k": 8, "dither": "diffusion", "dither_strength": Decimal("0.5")},
                  ["-k", "8", "--dither", "diffusion", "--dither-strength", "0.5"]),
                 ({"k": 8, "lambda_": 1e-7, "method": "ecvq"}, 
                  ["-k", "8", "--method", "ecvq", "--lambda", "0.0000001"]),
                 ({"k": 8, "verify": True, "keep_small": False, "seed": None}, ["-k", "8", "--verify"])]
        for options, arguments in cases:
            with self.subTest(options):
                self.assertEqual(vqi.encode(self.image, **options).bytes, self.compressed(*arguments))

    def test_errors_are_those_of_the_command_line(self):
        for options, arguments in [({"k": 0}, ["-k", "0"]), ({"k": 70000}, ["-k", "70000"]),
                                   ({"method": "kmean"}, ["--method", "kmean"]),
                                   ({"block": "17x1"}, ["--block", "17x1"]),
                                   ({"k": 4, "psnr": 30}, ["-k", "4", "--psnr", "30"]),
                                   ({"lambda_": 3, "method": "kmeans"}, ["--method", "kmeans", "--lambda", "3"])]:
            with self.subTest(options):
                with self.assertRaises(vqi.Error) as caught:
                    vqi.encode(self.image, **options)
                self.assertEqual(caught.exception.code, "invalid_option")
                said = self.tool("compress", "a.png", "-o", "b.vqi", *arguments, code=2)
                self.assertIn(str(caught.exception).rstrip("."), said)

    def test_an_unknown_option_says_what_was_meant(self):
        with self.assertRaises(vqi.Error) as caught:
            vqi.encode(self.image, efort=3)
        self.assertIn('did you mean "effort"', str(caught.exception))
        with self.assertRaises(vqi.Error):
            vqi.decode(b"", k=3)
        with self.assertRaises(TypeError):
            vqi.encode(self.image, k=object())

    def test_a_target_that_cannot_be_met_is_an_error_of_its_own(self):
        with self.assertRaises(vqi.Error) as caught:
            vqi.encode(self.image, max_bytes=20)
        self.assertEqual(caught.exception.code, "target_unreachable")

    def test_weights_are_those_of_the_command_line(self):
        weights = np.full(self.image.shape[:2], 1, np.uint8)
        weights[:60] = 255
        (self.folder / "mask.png").write_bytes(vqi.write_image(weights, ".png"))
        wanted = self.compressed("-k", "6", "--weights", "mask.png")
        self.assertEqual(vqi.encode(self.image, k=6, weights=weights).bytes, wanted)
        self.assertEqual(vqi.encode(self.image, k=6, weights=weights[::-1].copy()[::-1]).bytes, wanted)
        self.assertNotEqual(vqi.encode(self.image, k=6).bytes, wanted)

    def test_a_palette_is_names_numbers_or_an_array(self):
        colours = [(255, 255, 255), (0, 0, 0), (255, 128, 0)]
        (self.folder / "palette.txt").write_text("#ffffff\n#000000\n#ff8000\n")
        wanted = self.compressed("--palette", "palette.txt")
        for palette in (colours, ["white", "black", "#ff8000"], "white,black,#ff8000", np.array(colours, np.uint8),
                        np.array(colours)):
            self.assertEqual(vqi.encode(self.image, palette=palette).bytes, wanted)
        with self.assertRaises(ValueError):
            vqi.encode(self.image, palette=[(256, 0, 0)])

    def test_a_codebook_is_an_object_bytes_a_file_or_an_array(self):
        book = vqi.train([self.image], k=12)
        self.tool("train", "-q", "a.png", "-k", 12, "-o", "book.vqb")
        self.assertEqual(book.bytes, (self.folder / "book.vqb").read_bytes())
        wanted = self.compressed("--codebook", "book.vqb")
        for codebook in (book, book.bytes, bytearray(book.bytes), self.folder / "book.vqb",
                         str(self.folder / "book.vqb"), book.codewords, book.codewords[:, 0, 0]):
            self.assertEqual(vqi.encode(self.image, codebook=codebook).bytes, wanted)
        self.assertEqual(vqi.Codebook.load(self.folder / "book.vqb"), book)

    def test_a_detached_stream_needs_its_codebook(self):
        book = vqi.train([self.image], k=12, block="2x2")
        detached = vqi.encode(self.image, codebook=book, detach=True).bytes
        with self.assertRaises(vqi.Error) as caught:
            vqi.decode(detached)
        self.assertEqual(caught.exception.code, "codebook_needed")
        whole = vqi.decode(vqi.encode(self.image, codebook=book).bytes)
        self.assertTrue(np.array_equal(vqi.decode(detached, codebook=book), whole))

    def test_blocks_of_a_codebook_lie_as_in_the_picture(self):
        blocks = np.arange(2 * 3 * 4 * 3, dtype=np.uint8).reshape(2, 3, 4, 3)  # (k, height, width, channels)
        book = vqi.Codebook(blocks)
        self.assertEqual((book.k, book.block, book.channels, book.bit_depth), (2, (4, 3), 3, 8))
        self.assertTrue(np.array_equal(book.codewords, blocks))
        image = np.concatenate([blocks[1], blocks[0]], axis=1)
        self.assertTrue(np.array_equal(vqi.decode(vqi.encode(image, codebook=book).bytes), image))


if __name__ == "__main__":
    main()
