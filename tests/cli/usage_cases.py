"""Wrong command lines: exit code 2, one line, and no work done; --help and --version."""
import os
import re
import unittest

from cli_case import CliCase, gradient_png

COMMANDS = ("compress", "decompress", "sweep", "info", "compare", "train", "palette")


class Usage(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())

    def test_without_arguments_the_help_goes_to_standard_error(self):
        result = self.vqi()
        self.assertEqual((result.returncode, result.stdout), (2, b""))
        self.assertEqual(result.stderr, self.succeed("--help"))

    def test_help_names_every_command_and_every_command_has_help_with_examples(self):
        general = self.succeed("--help").decode()
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ", general)
            text = self.succeed(command, "--help").decode()
            self.assertTrue(text.startswith(f"Usage: vqi {command} "), text)
            self.assertIn(f"Examples:\n  vqi {command} ", text)
            self.assertLessEqual(max(map(len, text.splitlines())), 85)
            for common in ("--json", "--quiet", "--verbose", "--force", "--threads", "--max-pixels",
                           "--max-memory", "--no-progress", "--help", "--version"):
                self.assertIn(common, text)
            self.assertEqual(self.succeed("help", command).decode(), text)
        self.assertEqual(self.succeed("help").decode(), general)
        self.assertEqual(self.succeed("-h").decode(), general)

    def test_short_help_fits_a_screen_and_names_options_of_the_long_one(self):
        for command in COMMANDS:
            text = self.succeed(command, "-h").decode()
            whole = self.succeed(command, "--help").decode()
            self.assertTrue(text.startswith(f"Usage: vqi {command} "), text)
            self.assertLessEqual(len(text.splitlines()), 32)
            self.assertLessEqual(max(map(len, text.splitlines())), 85)
            self.assertIn(f"\n  vqi {command} ", text)
            self.assertIn(f"vqi {command} --help", text)
            options = re.findall(r"^  (-[\w-]+)", text, re.MULTILINE)
            self.assertGreaterEqual(len(options), 4)
            for option in options:
                self.assertRegex(whole, rf"(?m)^  (-\w, )?{option}[ ,]")

    def test_every_option_stands_in_a_group_of_its_kind(self):
        groups = re.findall(r"^(\S.*):$", self.succeed("compress", "--help").decode(), re.MULTILINE)
        self.assertEqual(groups[-1], "Examples")
        for group in ("Finding colours", "Writing indices", "Files", "Options of all commands"):
            self.assertIn(group, groups)
        self.assertNotIn("Options", groups)

    def test_version_is_the_project_s_everywhere(self):
        expected = f"vqi {os.environ['VQI_VERSION']}\n".encode()
        self.assertEqual(self.succeed("--version"), expected)
        self.assertEqual(self.succeed("-V"), expected)
        for command in COMMANDS:
            self.assertEqual(self.succeed(command, "--version"), expected)
            self.assertEqual(self.succeed(command, "-V"), expected)

    def test_unknown_commands_and_options_are_refused(self):
        self.fail_with(2, "shrink", "a.png", says=("shrink",))
        self.fail_with(2, "--json-lines", "compress", says=("--json-lines",))
        for option in ("--frobnicate", "-z", "-5", "--k=3", "--json=yes"):
            self.fail_with(2, "compress", option, "a.png", says=(option.split("=")[0],))

    def test_typing_errors_are_told_what_was_meant(self):
        for typed, meant in (("compres", "compress"), ("decompres", "decompress"), ("swep", "sweep"),
                             ("comapre", "compare"), ("hlep", "help")):
            self.fail_with(2, typed, "a.png", says=(f'did you mean "{meant}"?',))
        for typed, meant in (("--bloc=2x2", "--block"), ("--metod", "--method"), ("--losless", "--lossless"),
                             ("--output-dri", "--output-dir"), ("--quite", "--quiet")):
            self.fail_with(2, "compress", "a.png", typed, says=(f'did you mean "{meant}"?',))
        self.fail_with(2, "help", "sweeep", says=('did you mean "sweep"?',))
        self.fail_with(2, "a.png", says=("vqi compress a.png",))
        self.fail_with(2, "a.vqi", says=("vqi decompress a.vqi",))
        self.assertNotIn(b"did you mean", self.fail_with(2, "compress", "--frobnicate", "a.png", says=("--help",)))

    def test_sizes_take_the_usual_units(self):
        for size, pixels in (("1535", 1535), ("1k", 1000), ("1K", 1000), ("1kB", 1000), ("1KB", 1000), ("1KiB", 1024),
                             ("1kb", 1000), ("1kib", 1024)):
            self.fail_with(4, "compress", "a.png", "--max-pixels", size, says=(str(pixels),))
        for size in ("2k", "2K", "2KB", "2KiB", "1M", "1MB", "1MiB", "1G", "1GB", "1GiB", "1m", "1mb", "1gb"):
            self.succeed("compress", "-q", "-f", "a.png", "--max-pixels", size)
        for size in ("1ki", "1 k", "1.5M", "1T", "1B", "KiB"):
            self.fail_with(2, "compress", "a.png", "--max-pixels", size, says=("--max-pixels", "KiB"))

    def test_errors_name_options_and_nothing_of_the_library(self):
        for arguments in (("--max-pixels", "5"), ("--max-memory", "1000")):
            line = self.fail_with(4, "compress", "a.png", *arguments, says=(arguments[0],))
            self.assertNotIn(b"::", line)

    def test_an_image_in_place_of_a_stream_is_told_what_it_is(self):
        for command in ("decompress", "info"):
            self.fail_with(3, command, "a.png", says=("is a PNG image", "vqi compress"))

    def test_a_size_that_is_too_small_is_told_to_grow(self):
        self.write("dot.png", gradient_png(1, 1))
        for option, value in (("--max-bytes", "20"), ("--bpp", "1")):
            self.fail_with(6, "compress", "dot.png", option, value, says=("or for more",))
        self.fail_with(6, "compress", "dot.png", "--ratio", "9", says=("or for less",))

    def test_the_report_says_what_ended_training(self):
        text = self.succeed("compress", "-f", "a.png", "-k", "30", "--effort", "2")
        self.assertIn(b"as many as effort 2 takes", text)
        text = self.succeed("compress", "-f", "a.png", "-k", "30", "--max-iterations", "1")
        self.assertIn(b"1 iteration, as many as --max-iterations allows", text)
        self.assertNotIn(b"effort", text)

    def test_limits_of_decompress_name_their_options(self):
        self.compressed()
        self.fail_with(4, "decompress", "a.vqi", "--max-pixels", "100", says=("--max-pixels N",))
        self.fail_with(4, "decompress", "a.vqi", "--max-memory", "6k", says=("--max-memory BYTES",))

    def test_options_of_other_commands_are_refused(self):
        self.fail_with(2, "decompress", "-k", "3", "a.vqi", says=("-k",))
        self.fail_with(2, "compress", "--indexed", "a.png", says=("--indexed",))
        self.fail_with(2, "info", "-o", "x", "a.vqi", says=("-o",))

    def test_numbers_out_of_range_or_misspelt_are_refused_with_the_range(self):
        for text in ("0", "70000", "65537", "12x", "-1", "1e3", "0x10", "", "+4", "4.0", "18446744073709551617"):
            self.fail_with(2, "compress", "-k", text, "a.png", says=("-k", "from 1 to 65536"))
        for text in ("0x4", "4", "17x1", "1x17", "4X4", "4x4x4", "x", "-1x4"):
            self.fail_with(2, "compress", "--block", text, "a.png", says=("--block", "1x1", "16x16"))
        for option in ("--max-pixels", "--max-memory"):
            for text in ("0", "1T", "k", "-1", "99999999999999999999G"):
                self.fail_with(2, "compress", option, text, "a.png", says=(option, "from 1 to"))
        self.fail_with(2, "compress", "--threads", "1025", "a.png", says=("--threads", "from 0 to 1024"))
        self.fail_with(2, "compress", "--seed", "-1", "a.png", says=("--seed", "from 0 to 18446744073709551615"))
        self.fail_with(2, "compress", "--max-iterations", "many", "a.png", says=("--max-iterations", "from 0 to"))
        self.fail_with(2, "compress", "--coding", "huffman", "a.png", says=("--coding", "packed"))
        self.fail_with(2, "compress", "--method", "magic", "a.png", says=("--method", "kmeans"))
        self.fail_with(2, "compress", "--model", "slow", "a.png", says=("--model", "fast"))
        self.fail_with(2, "compress", "--model", "fast", "--coding", "packed", "a.png", says=("model", "packed"))

    def test_values_that_are_missing_or_given_twice_are_refused(self):
        self.fail_with(2, "compress", "a.png", "-k", says=("-k needs a value",))
        self.fail_with(2, "compress", "a.png", "-k", "3", "-k", "4", says=("-k", "more than once"))

    def test_contradictions_are_refused(self):
        self.fail_with(2, "compress", "-q", "-v", "a.png", says=("-q and -v",))
        self.fail_with(2, "compress", "a.png", "-o", "x.vqi", "--output-dir", ".", says=("-o and --output-dir",))
        self.fail_with(2, "decompress", "a.vqi", "--reference", "-", says=("--reference",))

    def test_inputs_that_are_missing_or_too_many_are_refused(self):
        for command in COMMANDS:
            self.fail_with(2, command, says=("no input",))
            self.fail_with(2, command, "", says=("empty name",))
        self.fail_with(2, "compare", "a.png", says=("two images",))
        self.fail_with(2, "compare", "a.png", "a.png", "a.png", says=("two images",))
        self.fail_with(2, "compare", "-", "-", says=("twice",))
        self.fail_with(2, "info", "-", "-", "-q", "--max-memory", "x", says=("--max-memory",))


if __name__ == "__main__":
    unittest.main()
