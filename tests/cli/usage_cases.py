"""Wrong command lines: exit code 2, one line, and no work done; --help and --version."""
import os
import unittest

from cli_case import CliCase, gradient_png

COMMANDS = ("compress", "decompress", "info", "compare")


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
            for option in ("--help", "-h"):
                text = self.succeed(command, option).decode()
                self.assertTrue(text.startswith(f"Usage: vqi {command} "), text)
                self.assertIn(f"Examples:\n  vqi {command} ", text)
                self.assertLessEqual(max(map(len, text.splitlines())), 85)
                for common in ("--json", "--quiet", "--verbose", "--force", "--threads", "--max-pixels",
                               "--max-memory", "--no-progress", "--help", "--version"):
                    self.assertIn(common, text)

    def test_version_is_the_project_s_everywhere(self):
        expected = f"vqi {os.environ['VQI_VERSION']}\n".encode()
        self.assertEqual(self.succeed("--version"), expected)
        for command in COMMANDS:
            self.assertEqual(self.succeed(command, "--version"), expected)

    def test_unknown_commands_and_options_are_refused(self):
        self.fail_with(2, "shrink", "a.png", says=("shrink",))
        self.fail_with(2, "--json-lines", "compress", says=("--json-lines",))
        for option in ("--frobnicate", "-z", "-5", "--k=3", "--json=yes"):
            self.fail_with(2, "compress", option, "a.png", says=(option.split("=")[0],))

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
