"""--max-memory: what the tool takes for one file and for several at once stays within it."""
import os
import subprocess
import unittest

from cli_case import TOOL, CliCase

SIDE = 4096
RAW = SIDE * SIDE  # bytes of a grey image


class Memory(CliCase):
    def setUp(self):
        super().setUp()
        self.write("flat.pgm", b"P5 %d %d 255\n" % (SIDE, SIDE) + bytes([77]) * RAW)
        self.succeed("compress", "-q", "-k", "1", "--effort", "1", "flat.pgm", "-o", "0.vqi")
        self.names = ["0.vqi"]
        for index in range(1, 6):
            self.names.append(f"{index}.vqi")
            self.write(self.names[-1], self.read("0.vqi"))

    def peak(self, *arguments):
        """The most memory that the tool had, in bytes."""
        child = subprocess.Popen([TOOL, *arguments], cwd=self.folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, 0)
        return usage.ru_maxrss * 1024

    @unittest.skipIf(os.environ.get("VQI_SANITIZED"), "a sanitizer keeps freed memory, and a shadow of all")
    def test_several_files_together_keep_the_memory_allowed(self):
        limit = 4 * RAW + 1_000_000  # one file may take four times its pixels, and the others wait
        arguments = ("decompress", "-qf", "--threads", "6", "--max-memory", str(limit))
        self.assertLess(self.peak(*arguments, *self.names), limit)

    def test_a_file_that_takes_more_than_is_allowed_is_refused_before_it_takes_it(self):
        self.fail_with(4, "decompress", "--max-memory", str(RAW - 1000), "0.vqi", says=("--max-memory",))
        self.succeed("decompress", "-qf", "--max-memory", str(3 * RAW), "0.vqi")

    def test_compress_counts_the_file_and_the_image_beside_the_indices(self):
        side, raw = SIDE // 2, RAW // 4
        self.write("plain.pgm", b"P2 %d %d 255\n" % (side, side) + b"7 " * raw)  # whose rows cannot be streamed
        file = len(self.read("plain.pgm"))
        # The image, and indices of two bytes each, would be too much.
        for limit, held in ((3 * raw - 1000, file), (4 * raw, file + raw)):
            self.fail_with(4, "compress", "--max-memory", str(limit), "plain.pgm", "-o", "x.vqi",
                           says=("--max-memory BYTES", f"holds {held} of the {limit} that are allowed"))
        self.succeed("compress", "-q", "--effort", "1", "--max-memory", str(5 * raw + 1000), "plain.pgm", "-o", "x.vqi")


if __name__ == "__main__":
    unittest.main()
