"""JSON reports: the keys of the schema in order, and values that agree with the files."""
import json
import math
import unittest
import zlib

from cli_case import CliCase, gradient_png, png

COMPRESS_KEYS = (
    "schema command input input_bytes output width height channels bit_depth raw_bytes file_bytes header_bytes "
    "codebook_bytes index_bytes metadata_bytes ratio bpp index_bpp k k_requested distinct_vectors trained_vectors "
    "block coding model method space dither seeding seed effort training iterations converged mse mse_straight psnr_db "
    "ssim "
    "max_error threads seconds skipped verified dropped warnings").split()
DECOMPRESS_KEYS = (
    "schema command input output width height channels bit_depth raw_bytes file_bytes ratio bpp k block coding mse "
    "psnr_db reference threads seconds warnings").split()
INFO_KEYS = (
    "schema command input width height channels bit_depth raw_bytes file_bytes header_bytes codebook_bytes index_bytes "
    "metadata_bytes ratio bpp index_bpp k block coding model mse psnr_db format_version sections warnings").split()
COMPARE_KEYS = (
    "schema command mse mse_straight psnr_db ssim max_error ciede2000 identical hidden_colours_differ "
    "warnings").split()
DISTORTION_KEYS = "mse mse_straight psnr_db ssim max_error".split()
ERROR_KEYS = "code message input offset".split()


class Json(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())

    def report(self, *arguments, code=0):
        """The object that the tool prints, which must be one line."""
        result = self.vqi(*arguments, "--json")
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout.count(b"\n"), 1)
        self.assertTrue(result.stdout.endswith(b"}\n"))
        return json.loads(result.stdout)

    def test_compress(self):
        report = self.report("compress", "-k", "16", "--block", "2x1", "--seed", "18446744073709551615",
                             "--coding", "packed", "a.png")
        self.assertEqual(list(report), COMPRESS_KEYS)
        self.assertEqual(list(report["seconds"]), "read train assign encode measure write total".split())
        size = len(self.read("a.vqi"))
        expected = {
            "schema": 1, "command": "compress", "input": "a.png",
            "input_bytes": len(self.read("a.png")), "output": "a.vqi", "width": 48, "height": 32,
            "channels": 3, "bit_depth": 8, "raw_bytes": 48 * 32 * 3, "file_bytes": size, "k": 16, "k_requested": 16,
            "block": [2, 1], "coding": "packed", "model": None, "method": "kmeans", "space": "rgb", "dither": "none",
            "seeding": "split", "seed": 18446744073709551615, "effort": 5, "index_bytes": 24 * 32 * 4 // 8,
            "codebook_bytes": 16 * 6,
        }
        self.assertEqual({key: report[key] for key in expected}, expected)
        parts = ("header_bytes", "codebook_bytes", "index_bytes", "metadata_bytes")
        self.assertEqual(sum(report[part] for part in parts), size)
        self.assertEqual(report["ratio"], report["raw_bytes"] / size)
        self.assertEqual(report["bpp"], 8 * size / (48 * 32))
        self.assertEqual(report["index_bpp"], 8 * report["index_bytes"] / (48 * 32))
        self.assertAlmostEqual(report["psnr_db"], 10 * math.log10(255 ** 2 / report["mse"]), places=9)
        self.assertGreaterEqual(report["seconds"]["total"], sum(report["seconds"].values()) / 2 - 1e-3)

    def test_the_defaults_are_the_contract_s(self):
        report = self.report("compress", "a.png")
        expected = {"k_requested": 256, "block": [1, 1], "seed": 1, "coding": "entropy", "model": "balanced"}
        self.assertEqual({key: report[key] for key in expected}, expected)

    def test_a_lossless_image_has_no_psnr(self):
        self.write("flat.png", png(20, 20, lambda x, y: (x // 10 * 200, 0, 0)))
        report = self.report("compress", "flat.png")
        self.assertEqual((report["mse"], report["psnr_db"], report["max_error"], report["ssim"]), (0, None, 0, 1))
        self.assertEqual((report["k"], report["k_requested"], report["distinct_vectors"]), (2, 256, 2))
        self.assertIsNone(self.report("decompress", "flat.vqi")["psnr_db"])
        self.assertIsNone(self.report("info", "flat.vqi")["psnr_db"])
        self.assertIn(b"lossless", self.succeed("info", "flat.vqi"))

    def test_hidden_colours_that_are_lost_are_lossless_as_seen(self):
        def pixel(x, y):
            return (x * 11, y * 11, x * y % 256, 0) if x < 16 else (x // 8, 0, y // 8, 255)
        self.write("sprite.png", png(24, 24, pixel, channels=4))
        report = self.report("compress", "-k", "16", "sprite.png")
        self.assertEqual((report["mse"], report["psnr_db"], report["ssim"]), (0, None, 1))
        self.assertGreater(report["mse_straight"], 100)
        self.assertGreater(report["max_error"], 10)
        self.assertEqual(self.report("info", "sprite.vqi")["mse"], 0)
        again = self.report("decompress", "sprite.vqi", "--reference", "sprite.png")["reference"]
        self.assertEqual({key: report[key] for key in DISTORTION_KEYS}, again)
        text = self.succeed("compress", "-f", "-k", "16", "sprite.png").decode()
        self.assertIn("lossless as seen, MSE 0, straight MSE ", text)
        self.assertIn(b"lossless as seen", self.succeed("info", "sprite.vqi"))
        self.assertIn(b"lossless, MSE 0\n", self.succeed("compress", "-f", "-k", "600", "sprite.png"))
        self.assertIn(b"as seen", self.succeed("sweep", "-k", "16", "sprite.png"))
        self.assertIn(b",lossless as seen,", self.succeed("sweep", "-k", "16", "--csv", "-", "sprite.png"))

    def test_verify_is_reported_and_changes_no_byte(self):
        self.assertFalse(self.report("compress", "-k", "16", "a.png")["verified"])
        self.assertTrue(self.report("compress", "-k", "16", "--verify", "a.png", "-o", "b.vqi")["verified"])
        self.assertEqual(self.read("a.vqi"), self.read("b.vqi"))

    def test_a_side_under_11_pixels_has_no_ssim(self):
        self.write("small.png", png(10, 40, lambda x, y: (x * 20, y * 6, 0)))
        self.assertIsNone(self.report("compress", "-k", "4", "small.png")["ssim"])

    def test_decompress(self):
        compressed = self.report("compress", "-k", "16", "a.png")
        report = self.report("decompress", "a.vqi")
        self.assertEqual(list(report), DECOMPRESS_KEYS)
        self.assertEqual(list(report["seconds"]), "read decode write total".split())
        self.assertIsNone(report["reference"])
        for key in "width height channels bit_depth raw_bytes file_bytes ratio bpp k block coding mse psnr_db".split():
            self.assertEqual(report[key], compressed[key], key)
        again = self.report("decompress", "-f", "a.vqi", "--reference", "a.png")
        self.assertEqual(list(again["reference"]), DISTORTION_KEYS)
        for key in DISTORTION_KEYS:
            self.assertEqual(again["reference"][key], compressed[key], key)

    def test_info(self):
        compressed = self.report("compress", "-k", "16", "a.png")
        report = self.report("info", "a.vqi")
        self.assertEqual(list(report), INFO_KEYS)
        for key in INFO_KEYS:
            if key in compressed and key not in ("command", "input"):
                self.assertEqual(report[key], compressed[key], key)
        end = 0
        for section in report["sections"]:
            self.assertEqual(list(section), "type offset bytes crc_ok".split())
            self.assertEqual((section["offset"], section["crc_ok"]), (end, True))
            end += section["bytes"]
        self.assertEqual(end, report["file_bytes"])

    def test_info_of_a_damaged_stream_has_the_facts_and_the_error(self):
        self.succeed("compress", "-q", "a.png")
        stream = bytearray(self.read("a.vqi"))
        stream[len(stream) // 2] ^= 1
        self.write("a.vqi", stream)
        report = self.report("info", "a.vqi", code=3)
        self.assertEqual(list(report), INFO_KEYS + ["error"])
        self.assertEqual(list(report["error"]), ERROR_KEYS)
        self.assertEqual([section["crc_ok"] for section in report["sections"]].count(False), 1)

    def test_compare(self):
        compressed = self.report("compress", "-k", "16", "a.png")
        self.succeed("decompress", "-q", "a.vqi")
        report = self.report("compare", "a.png", "a.decoded.png", code=1)
        self.assertEqual(list(report), COMPARE_KEYS)
        self.assertEqual(list(report["ciede2000"]), ["mean", "p95"])
        self.assertEqual({key: report[key] for key in DISTORTION_KEYS},
                         {key: compressed[key] for key in DISTORTION_KEYS})
        self.assertFalse(report["identical"])
        same = self.report("compare", "a.png", "a.png")
        self.assertEqual((same["identical"], same["psnr_db"], same["mse"]), (True, None, 0))

    def test_compare_of_grey_images_has_no_colour_difference(self):
        self.write("grey.png", png(20, 20, lambda x, y: (x * 9,), channels=1))
        self.assertIsNone(self.report("compare", "grey.png", "grey.png")["ciede2000"])

    def test_standard_input_has_no_size_of_its_own(self):
        report = json.loads(self.succeed("compress", "-", "-o", "a.vqi", "--json", stdin=self.read("a.png")))
        self.assertIsNone(report["input_bytes"])

    def test_an_output_that_exists_has_a_code_of_its_own(self):
        self.succeed("compress", "-q", "a.png")
        self.assertEqual(self.report("compress", "a.png", code=2)["error"]["code"], "output_exists")
        self.succeed("decompress", "-q", "a.vqi")
        self.assertEqual(self.report("decompress", "a.vqi", code=2)["error"]["code"], "output_exists")
        self.assertEqual(self.report("sweep", "a.png", "-k", "2", "--csv", "a.vqi", code=2)["error"]["code"],
                         "output_exists")

    def test_warnings_are_told_in_every_report_even_with_quiet(self):
        two = png(20, 20, lambda x, y: (x * 9, y * 9, 0))
        frames = b"acTL" + (2).to_bytes(4, "big") + bytes(4)
        wrong = (8).to_bytes(4, "big") + frames + zlib.crc32(frames).to_bytes(4, "big")
        self.write("wrong.png", two[:33] + wrong + two[33:])
        result = self.vqi("compress", "wrong.png", "-k", "2", "--json", "-q")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        warnings = json.loads(result.stdout)["warnings"]
        loud = self.vqi("compress", "-f", "wrong.png", "-k", "2", "--json").stderr.decode().splitlines()
        self.assertEqual(loud, [f"vqi: wrong.png: warning: {text}" for text in warnings if "larger" not in text])
        self.assertGreaterEqual(len(loud), 1)
        for command in (["sweep", "wrong.png", "-k", "2"], ["compare", "wrong.png", "wrong.png"]):
            result = self.vqi(*command, "--json", "-q")
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            report = json.loads(result.stdout)
            told = report["rows"][0]["warnings"] if command[0] == "sweep" else report["warnings"][:len(loud)]
            self.assertEqual([f"vqi: wrong.png: warning: {text}" for text in told], loud)

    def test_errors_are_objects_in_their_place(self):
        report = self.report("compress", "missing.png", code=5)
        self.assertEqual(list(report), ["schema", "error"])
        self.assertEqual(list(report["error"]), ERROR_KEYS)
        self.assertEqual((report["error"]["code"], report["error"]["input"]), ("io_failed", "missing.png"))
        self.assertEqual(self.report("compress", "-k", "0", "a.png", code=2)["error"]["code"], "invalid_option")
        self.assertEqual(self.report("compress", "-k", "0", "a.png", code=2)["error"]["input"], None)
        self.succeed("compress", "-q", "a.png")
        stream = self.read("a.vqi")
        self.write("cut.vqi", stream[: len(stream) - 10])
        error = self.report("decompress", "cut.vqi", code=3)["error"]
        self.assertEqual(error["code"], "truncated")
        self.assertLessEqual(error["offset"], len(stream))


if __name__ == "__main__":
    unittest.main()
