"""Inputs that cannot be worked on: the exit code, one line about the failure, and no file left over."""
import gzip
import json
import os
import unittest

from cli_case import FAILURE_LINE, CliCase, gradient_png, png


class Inputs(CliCase):
    def test_no_such_file(self):
        for command in (("compress",), ("decompress",), ("info",)):
            self.fail_with(5, *command, "missing.png", says=("vqi: missing.png: ", "No such file"))
        self.write("a.png", gradient_png())
        self.fail_with(5, "compare", "missing.png", "a.png", says=("vqi: missing.png: ", "No such file"))
        self.fail_with(5, "compare", "a.png", "missing.png", says=("vqi: missing.png: ", "No such file"))

    def test_a_directory(self):
        (self.folder / "d.png").mkdir()
        for command in ("compress", "decompress", "info"):
            self.fail_with(2, command, "d.png", says=("vqi: d.png: is a directory, use --recursive",))
        self.fail_with(2, "compare", "d.png", "d.png", says=("vqi: d.png: is a directory, name a file",))

    def test_a_file_below_a_file(self):
        self.write("a.png", gradient_png())
        self.fail_with(5, "compress", "a.png/b.png", says=("Not a directory",))

    def test_an_empty_file(self):
        self.write("empty.png", b"")
        self.write("nothing.vqi", b"")
        self.fail_with(3, "compress", "empty.png", says=("vqi: empty.png: ",))
        self.fail_with(3, "decompress", "nothing.vqi", says=("vqi: nothing.vqi: ",))
        self.fail_with(3, "info", "nothing.vqi", says=("vqi: nothing.vqi: ",))

    def test_a_text_file(self):
        self.write("text.txt", b"This is no image, and no stream either.\n" * 100)
        for command in ("compress", "decompress", "info"):
            self.fail_with(3, command, "text.txt", says=("vqi: text.txt: ",))

    def test_what_is_neither_image_nor_stream_is_named_with_what_to_do(self):
        self.compressed()
        whole = self.read("a.vqi")
        for what, data, advice in (("a codebook", b"\x89VQB\r\n\x1a\n" + bytes(60), "--codebook"),
                                   ("a gzip archive", gzip.compress(whole), "unpack it first"),
                                   ("a ZIP archive", b"PK\x03\x04" + bytes(60), "unpack it first"),
                                   ("a web page", b"<!DOCTYPE html>\n<title>404</title>", "the file itself")):
            self.write("other", data)
            self.fail_with(3, "compress", "other", says=(f"is {what}, not an image, ", advice))
            for command in ("decompress", "info"):
                self.fail_with(3, command, "other", says=(f"is {what}, not a .vqi file, ", advice))
        for changed in (whole.replace(b"\r\n", b"\n", 1), whole.decode("latin-1").encode()):
            self.write("sent.vqi", changed)
            for command in ("decompress", "info"):
                self.fail_with(3, command, "sent.vqi", says=("was changed on its way, as text is", "as binary data"))

    def test_an_image_where_a_stream_should_be(self):
        self.write("a.png", gradient_png())
        self.fail_with(3, "decompress", "a.png", says=("vqi: a.png: ",))

    def test_a_truncated_png(self):
        image = gradient_png()
        for size in (4, 20, 40, len(image) // 2):
            self.write("cut.png", image[:size])
            self.fail_with(3, "compress", "cut.png", says=("vqi: cut.png: ",))

    def test_a_truncated_stream(self):
        stream = self.compressed("whole.vqi").read_bytes()
        for size in (1, 8, 40, len(stream) // 2, len(stream) - 1):
            self.write("cut.vqi", stream[:size])
            self.fail_with(3, "decompress", "cut.vqi", says=("vqi: cut.vqi: ",))

    def test_info_of_a_truncated_stream_exits_3_with_one_line(self):
        stream = self.compressed("whole.vqi").read_bytes()
        for size in (1, 8, 40, len(stream) // 2, len(stream) - 1):
            self.write("cut.vqi", stream[:size])
            result = self.vqi("info", "cut.vqi")
            self.assertEqual(result.returncode, 3)
            self.assertRegex(result.stderr, rb"\Avqi: cut.vqi: [^\n]+\n\Z")

    def test_a_flipped_bit_is_found_and_info_tells_in_which_section(self):
        stream = bytearray(self.compressed("whole.vqi").read_bytes())
        stream[len(stream) // 2] ^= 1
        self.write("flipped.vqi", stream)
        self.fail_with(3, "decompress", "flipped.vqi", says=("vqi: flipped.vqi: ",))
        result = self.vqi("info", "flipped.vqi")
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stdout.count(b"BAD"), 1)
        self.assertIn(b"DAMAGED", result.stdout)

    def test_bytes_after_the_end_are_refused(self):
        stream = self.compressed("whole.vqi").read_bytes()
        self.write("more.vqi", stream + b"\0")
        self.fail_with(3, "decompress", "more.vqi", says=("vqi: more.vqi: ",))

    def test_a_huge_file_of_another_kind_is_refused_by_its_start(self):
        for name in ("huge.png", "other.vqi"):
            with open(self.folder / name, "wb") as file:
                file.truncate(2**40)
        huge = ("--max-memory", "2000G")
        for arguments in (("compress", "huge.png"), ("decompress", "other.vqi"), ("info", "other.vqi")):
            result = self.vqi(*arguments, *huge)
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertRegex(result.stderr, FAILURE_LINE)

    def test_limits_are_kept_and_named(self):
        self.write("a.png", png(20, 10, lambda x, y: (x, y, 0)))
        self.compressed("b.vqi", png(20, 10, lambda x, y: (x, y, 0)))
        for command, name in (("compress", "a.png"), ("decompress", "b.vqi")):
            self.fail_with(4, command, "--max-pixels", "199", name, says=("--max-pixels",))
            self.fail_with(4, command, "--max-memory", "20", name, says=("--max-memory",))
        self.succeed("compress", "-q", "--max-pixels", "200", "a.png")

    def test_a_pipe_that_is_longer_than_the_memory_allowed_is_refused(self):
        self.fail_with(4, "compress", "--max-memory", "10k", "-", "-o", "x.vqi", stdin=bytes(100_000),
                       says=("--max-memory",))

    def test_a_named_pipe_is_read(self):
        image = self.write("a.png", gradient_png())
        os.mkfifo(self.folder / "pipe")
        writer = os.fork()
        if writer == 0:
            with open(self.folder / "pipe", "wb") as pipe:
                pipe.write(image.read_bytes())
            os._exit(0)
        self.succeed("compress", "-q", "pipe", "-o", "b.vqi")
        os.waitpid(writer, 0)
        self.succeed("compress", "-q", "a.png")
        self.assertEqual(self.read("a.vqi"), self.read("b.vqi"))

    def test_a_vqi_file_is_an_image_for_compress_and_sweep(self):
        self.write("a.png", gradient_png())
        self.succeed("compress", "-k", "64", "a.png", "-o", "a.vqi")
        self.succeed("decompress", "a.vqi", "-o", "b.png")
        self.succeed("compress", "-k", "16", "b.png", "-o", "b.vqi")
        self.succeed("compress", "-k", "16", "a.vqi", "-o", "c.vqi")
        self.succeed("compress", "-k", "16", "-", "-o", "d.vqi", stdin=self.read("a.vqi"))
        self.assertEqual(self.read("b.vqi"), self.read("c.vqi"))
        self.assertEqual(self.read("b.vqi"), self.read("d.vqi"))
        rows = [json.loads(self.succeed("sweep", "-k", "8", "--json", name))["rows"][0] for name in ("a.vqi", "b.png")]
        self.assertEqual(rows[0]["mse"], rows[1]["mse"])
        self.fail_with(2, "compress", "a.vqi", says=("a.vqi",))  # its own name is that of the output
        self.fail_with(4, "compress", "a.vqi", "-o", "e.vqi", "--max-pixels", "100", says=("--max-pixels",))
        damaged = bytearray(self.read("a.vqi"))
        damaged[200] ^= 1
        self.write("damaged.vqi", damaged)
        self.fail_with(3, "compress", "damaged.vqi", "-o", "e.vqi", says=("damaged.vqi",))


if __name__ == "__main__":
    unittest.main()
