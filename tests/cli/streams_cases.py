"""Standard input and output: pipelines, closed pipes, full devices."""
import os
import subprocess
import unittest

from cli_case import FAILURE_LINE, TOOL, CliCase, gradient_png


class Streams(CliCase):
    def setUp(self):
        super().setUp()
        self.image = gradient_png()
        self.write("a.png", self.image)

    def test_a_pipeline_makes_the_same_bytes_as_files_do(self):
        self.succeed("compress", "-q", "a.png")
        self.succeed("decompress", "-q", "a.vqi")
        stream = self.succeed("compress", "-", stdin=self.image)
        self.assertEqual(stream, self.read("a.vqi"))
        decoded = self.succeed("decompress", "-", stdin=stream)
        self.assertEqual(decoded, self.read("a.decoded.png"))
        self.assertEqual(self.succeed("info", "-q", "-", stdin=stream), b"")
        self.succeed("compare", "-q", "a.decoded.png", "-", stdin=decoded)

    def test_standard_input_goes_to_a_file_and_a_file_to_standard_output(self):
        self.succeed("compress", "-q", "-", "-o", "b.vqi", stdin=self.image)
        self.assertEqual(self.succeed("compress", "a.png", "-o", "-"), self.read("b.vqi"))

    def test_a_report_never_mixes_with_the_output(self):
        plain = self.vqi("compress", "a.png", "-o", "-")
        verbose = self.vqi("compress", "-v", "a.png", "-o", "-")
        self.assertEqual(plain.stdout, verbose.stdout)
        self.assertEqual(plain.stderr, b"")
        self.assertIn(b"a.png -> standard output", verbose.stderr)

    def test_json_and_the_output_cannot_share_standard_output(self):
        for arguments in (("compress", "a.png", "-o", "-"), ("compress", "-"),
                          ("compress", "a.png", "-o", "/dev/stdout")):
            result = self.vqi(*arguments, "--json", stdin=self.image)
            self.assertEqual(result.returncode, 2)
            self.assertRegex(result.stderr, FAILURE_LINE)
            self.assertEqual(result.stdout.count(b"\n"), 1)
            self.assertTrue(result.stdout.startswith(b'{"schema":1,"error":'))

    def test_quiet_prints_nothing(self):
        self.assertEqual(self.succeed("compress", "-q", "a.png"), b"")
        self.assertEqual(self.succeed("decompress", "-q", "a.vqi"), b"")
        self.assertEqual(self.succeed("info", "-q", "a.vqi"), b"")
        self.assertEqual(self.succeed("compare", "-q", "a.png", "a.png"), b"")

    def run_with_output(self, output, *arguments):
        return subprocess.run([TOOL, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE,
                              cwd=self.folder, timeout=120, check=False)

    def test_a_full_standard_output_is_an_error(self):
        self.succeed("compress", "-q", "a.png")
        for arguments in (("compress", "a.png", "-o", "-"), ("info", "a.vqi"), ("info", "--json", "a.vqi"), ("--help",),
                          ("compress", "--help"), ("compare", "a.png", "a.png")):
            with open("/dev/full", "wb") as full:
                result = self.run_with_output(full, *arguments)
            self.assertEqual(result.returncode, 5, arguments)
            self.assertRegex(result.stderr, FAILURE_LINE)
            self.assertIn(b"No space left on device", result.stderr)

    def test_a_closed_pipe_is_an_error_and_no_crash(self):
        self.succeed("compress", "-q", "a.png")
        for arguments in (("compress", "a.png", "-o", "-"), ("info", "a.vqi"), ("info", "--json", "a.vqi"), ("--help",),
                          ("info", "a.vqi", "a.vqi", "a.vqi")):
            reader, writer = os.pipe()
            os.close(reader)
            result = self.run_with_output(writer, *arguments)
            os.close(writer)
            self.assertEqual(result.returncode, 5, arguments)
            self.assertRegex(result.stderr, FAILURE_LINE)
            self.assertIn(b"Broken pipe", result.stderr)

    def test_closed_standard_descriptors_do_not_become_files_of_ours(self):
        for closed in (0, 1, 2):
            result = subprocess.run([TOOL, "compress", "-q", "-f", "a.png"], cwd=self.folder, timeout=120, check=False,
                                    preexec_fn=lambda closed=closed: os.close(closed))
            self.assertEqual(result.returncode, 0, closed)
            self.succeed("info", "-q", "a.vqi")
        result = subprocess.run([TOOL, "compress", "-f", "a.png"], cwd=self.folder, timeout=120, check=False,
                                stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
        self.assertEqual(result.returncode, 5)

    def test_an_image_is_not_sent_to_a_terminal(self):
        terminal, shell_side = os.openpty()
        try:
            result = self.run_with_output(shell_side, "compress", "a.png", "-o", "-")
        finally:
            os.close(terminal)
            os.close(shell_side)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"terminal", result.stderr)


if __name__ == "__main__":
    unittest.main()
