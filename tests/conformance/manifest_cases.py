"""Checks that the second decoder decodes every file of the manifest and refuses every file of rejected.txt."""
import hashlib
import pathlib
import unittest
from unittest import mock

import decode_filter
import second_decoder

FOLDER = pathlib.Path(__file__).parent


def listed(name):
    """The words of each line of a list."""
    lines = (FOLDER / name).read_text(encoding="ascii").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


class Manifest(unittest.TestCase):
    def test_every_file_decodes_to_the_samples_that_were_put_into_it(self):
        for name, width, height, channels, depth, _, sha256 in listed("manifest.txt"):
            with self.subTest(name):
                header, rows = second_decoder.decode((FOLDER / "files" / name).read_bytes())
                shape = (header.width, header.height, header.channels, header.depth)
                self.assertEqual(shape, tuple(map(int, (width, height, channels, depth))))
                self.assertEqual(hashlib.sha256(b"".join(rows)).hexdigest(), sha256)

    def test_the_files_at_the_filters_limits_decode_to_other_samples_where_results_are_not_cut(self):
        names = [words[0] for words in listed("manifest.txt") if words[0].startswith(("restore_most", "restore_least"))]
        self.assertEqual(len(names), 6)
        for name in names:
            data = (FOLDER / "files" / name).read_bytes()
            cut = b"".join(second_decoder.decode(data)[1])
            with self.subTest(name), mock.patch.object(decode_filter, "RESULT_MOST", 9999):
                self.assertNotEqual(b"".join(second_decoder.decode(data)[1]), cut)

    def test_every_file_that_breaks_a_rule_is_refused(self):
        for name, _, _ in listed("rejected.txt"):
            with self.subTest(name), self.assertRaises(second_decoder.Refused):
                second_decoder.decode((FOLDER / "files" / name).read_bytes())

    def test_the_lists_name_every_file_once(self):
        names = [words[0] for words in listed("manifest.txt") + listed("rejected.txt")]
        self.assertEqual(sorted(names), sorted(path.name for path in (FOLDER / "files").iterdir()))

    def test_the_second_decoder_stays_readable(self):
        lines = (FOLDER / "second_decoder.py").read_text(encoding="utf-8").splitlines()
        self.assertLess(len(lines), 300)


if __name__ == "__main__":
    unittest.main()
