"""decompress --salvage: the image, the report and the exit code for each kind of damage."""
import json
import unittest

from cli_case import FAILURE_LINE, CliCase, png


class Salvage(CliCase):
    def setUp(self):
        super().setUp()
        # 1024 rows of 256 pixels are four strips of 256 rows.
        self.compressed("a.vqi", png(256, 1024, lambda x, y: (x ^ y & 0xF0,), 1), "-k", "16", "--coding", "packed")
        self.whole = self.read("a.vqi")
        self.succeed("decompress", "-q", "a.vqi", "-o", "whole.pgm")
        self.sections = {s["type"]: s for s in json.loads(self.succeed("info", "--json", "a.vqi"))["sections"]}

    def damage(self, section, at=0):
        """Writes b.vqi: the stream with one bit flipped, `at` bytes after the start of the section's payload."""
        data = bytearray(self.whole)
        data[self.sections[section]["offset"] + 12 + at] ^= 1
        self.write("b.vqi", data)

    def rows(self, name):
        data = self.read(name)
        pixels = data[len(data) - 256 * 1024:]
        return [pixels[y * 256:(y + 1) * 256] for y in range(1024)]

    def salvage(self, *arguments):
        result = self.vqi("decompress", "-f", "--salvage", "b.vqi", "-o", "b.pgm", *arguments)
        self.assertEqual(result.returncode, 3)
        return result

    def check_lost(self, first, last, damaged=()):
        whole, salvaged = self.rows("whole.pgm"), self.rows("b.pgm")
        for y in range(1024):
            if first <= y <= last:
                self.assertEqual(len(set(salvaged[y])), 1)
            else:
                self.assertEqual(salvaged[y] == whole[y], y not in damaged)

    def test_a_damaged_strip_is_named_and_the_rest_is_written(self):
        self.damage("INDX", 32768 + 5)
        self.fail_with(3, "decompress", "b.vqi", says=("strip 1 (pixel rows 256 to 511)",))
        result = self.salvage()
        self.assertRegex(result.stderr, FAILURE_LINE)
        self.assertIn(b"unverified are the pixel rows 256 to 511 of 1024", result.stderr)
        self.assertNotIn(b"lost are", result.stderr)
        self.assertIn(b"b.vqi -> b.pgm", result.stdout)
        self.check_lost(0, -1, damaged=[256])  # a wrong bit is a wrong index

    def test_json_names_the_unverified_and_the_lost_rows_and_the_error(self):
        self.damage("INDX", 5)
        result = self.salvage("--json")
        report = json.loads(result.stdout)
        self.assertEqual(report["salvaged"]["unverified_rows"], [{"first": 0, "last": 255}])
        self.assertEqual(report["salvaged"]["lost_rows"], [])
        error = report["salvaged"]["error"]
        self.assertEqual((error["code"], error["offset"]), ("checksum_mismatch", self.sections["INDX"]["offset"] + 12))
        self.assertEqual(error["input"], "b.vqi")
        self.assertIn(error["message"].encode(), result.stderr)
        info = self.vqi("info", "--json", "b.vqi")
        for damaged in (report, json.loads(info.stdout)):
            self.assertEqual((damaged["mse"], damaged["psnr_db"]), (None, None))
        self.write("b.vqi", self.whole[:self.sections["INDX"]["offset"] + 12 + 3 * 32768 + 128])
        report = json.loads(self.salvage("--json").stdout)
        self.assertEqual(report["salvaged"]["unverified_rows"], [{"first": 768, "last": 768}])
        self.assertEqual(report["salvaged"]["lost_rows"], [{"first": 769, "last": 1023}])
        self.write("b.vqi", self.whole)
        self.assertIsNone(json.loads(self.succeed("decompress", "-f", "--json", "--salvage", "b.vqi"))["salvaged"])

    def test_a_cut_off_file_keeps_its_rows_before_the_cut(self):
        self.write("b.vqi", self.whole[:self.sections["INDX"]["offset"] + 12 + 3 * 32768 + 1300])
        error = self.salvage("-q").stderr
        self.assertIn(b"unverified are the pixel rows 768 to 777 of 1024", error)
        self.assertIn(b"lost are the pixel rows 778 to 1023 of 1024", error)
        self.check_lost(778, 1023)

    def test_a_picture_of_one_strip_keeps_its_rows_before_the_cut_with_every_model(self):
        self.write("one.png", png(256, 200, lambda x, y: ((x * x ^ y * 7) & 0xFF,), 1))
        for model in ("fast", "balanced", "max"):
            coding = ("--coding", "entropy", "--model", model)
            self.succeed("compress", "-qf", "-k", "16", *coding, "one.png", "-o", "a.vqi")
            self.succeed("decompress", "-qf", "a.vqi", "-o", "whole.pgm")
            whole = self.read("a.vqi")
            self.write("b.vqi", whole[:len(whole) * 2 // 3])
            report = json.loads(self.salvage("--json").stdout)["salvaged"]
            (known,), (lost,) = report["unverified_rows"], report["lost_rows"]
            self.assertEqual((known["first"], lost["first"], lost["last"]), (0, known["last"] + 1, 199))
            self.assertGreater(known["last"], 80)
            pixels = [self.read(name)[-256 * 200:][:256 * lost["first"]] for name in ("whole.pgm", "b.pgm")]
            self.assertEqual(*pixels)

    def test_where_no_row_is_left_nothing_is_written(self):
        self.write("b.vqi", self.whole[:self.sections["INDX"]["offset"] + 12])
        self.fail_with(3, "decompress", "--salvage", "b.vqi", says=("nothing can be salvaged", "no pixel row"))

    def test_damage_beside_the_indices_costs_no_row(self):
        for section in ("STRP", "END "):
            self.damage(section)
            self.assertIn(b"all pixel rows were salvaged", self.salvage("-q").stderr)
            self.assertEqual(self.read("b.pgm"), self.read("whole.pgm"))

    def test_a_whole_file_is_written_as_without_the_option(self):
        self.succeed("decompress", "-q", "--salvage", "a.vqi", "-o", "b.pgm")
        self.assertEqual(self.read("b.pgm"), self.read("whole.pgm"))

    def test_without_header_or_codebook_nothing_is_written(self):
        self.damage("CBOK")
        self.fail_with(3, "decompress", "--salvage", "b.vqi", says=("nothing can be salvaged", "codebook"))
        self.write("b.vqi", self.whole[:20] + b"\7" + self.whole[21:])
        self.fail_with(3, "decompress", "--salvage", "b.vqi", says=("nothing can be salvaged", "header"))

    def test_a_reference_is_compared_with_what_was_salvaged(self):
        self.damage("INDX")
        report = json.loads(self.salvage("--json", "--reference", "whole.pgm").stdout)
        self.assertGreater(report["reference"]["max_error"], 0)

    def test_limits_hold_and_indexed_is_refused(self):
        self.damage("INDX")
        self.fail_with(4, "decompress", "--salvage", "--max-pixels", "1000", "b.vqi", says=("--max-pixels",))
        self.fail_with(4, "decompress", "--salvage", "--max-memory", "400k", "b.vqi", says=("--max-memory",))
        self.fail_with(2, "decompress", "--salvage", "--indexed", "b.vqi", says=("--salvage", "--indexed"))

    def test_info_names_the_damaged_section_and_strip(self):
        self.damage("INDX", 2 * 32768)
        result = self.vqi("info", "b.vqi")
        self.assertEqual(result.returncode, 3)
        self.assertIn(b"strip 2 (pixel rows 512 to 767)", result.stderr)
        self.assertRegex(result.stdout, rb"INDX .* BAD\n")
        for section in ("CBOK", "STRP", "END "):
            self.damage(section)
            result = self.vqi("info", "b.vqi")
            self.assertEqual(result.returncode, 3)
            self.assertIn(section.encode(), result.stderr)
            self.assertEqual(result.stdout.count(b"BAD"), 1)

    def test_a_damaged_stream_is_compressed_as_far_as_it_goes_and_its_error_names_the_option(self):
        self.write("d.png", png(256, 200, lambda x, y: ((x * x ^ y * 7) & 0xFF,), 1))
        self.succeed("compress", "-q", "-k", "16", "d.png")
        whole = self.read("d.vqi")
        self.write("cut.vqi", whole[:len(whole) * 2 // 3])
        self.fail_with(3, "decompress", "cut.vqi", says=("write what is left of it with --salvage",))
        self.fail_with(3, "decompress", "cut.vqi", "--reference", "d.png", says=("with --salvage",))
        self.fail_with(3, "decompress", "cut.vqi", "--indexed", says=("--salvage in place of --indexed",))
        self.fail_with(3, "compress", "cut.vqi", "-o", "b.vqi",
                       says=("cut.vqi", "fresh copy", "compress what is left of it with --salvage"))
        # Where --salvage is no option, is no use or is excluded it is not named.
        for arguments in (("sweep", "cut.vqi"), ("compare", "d.png", "cut.vqi"),
                          ("compress", "--strict", "cut.vqi", "-o", "b.vqi"),
                          ("decompress", "d.vqi", "--reference", "cut.vqi")):
            self.assertNotIn(b"--salvage", self.fail_with(3, *arguments, says=("fresh copy",)))
        result = self.vqi("compress", "-q", "--salvage", "cut.vqi", "-o", "b.vqi")
        self.assertEqual(result.returncode, 3)
        self.assertIn(b"may be lost", result.stderr)
        self.succeed("info", "-q", "b.vqi")

    def test_the_error_of_a_damaged_image_says_what_to_do(self):
        whole = png(64, 64, lambda x, y: (x * y & 0xFF, x, y))
        self.write("whole.png", whole)
        self.write("cut.png", whole[:len(whole) // 2])
        changed = bytearray(whole)
        changed[len(whole) // 2] ^= 1
        self.write("changed.png", changed)
        self.write("start.png", whole[:20])
        for name in ("cut.png", "changed.png"):
            self.fail_with(3, "compress", name, says=("fresh copy", "compress what is left of it with --salvage"))
            for arguments in (("sweep", name), ("compare", "whole.png", name), ("compress", "--strict", name)):
                self.assertNotIn(b"--salvage", self.fail_with(3, *arguments, says=("fresh copy",)))
        self.assertNotIn(b"--salvage", self.fail_with(3, "compress", "start.png", says=("fresh copy",)))
        self.assertEqual(self.vqi("compress", "-q", "--salvage", "cut.png", "-o", "b.vqi").returncode, 3)


if __name__ == "__main__":
    unittest.main()
