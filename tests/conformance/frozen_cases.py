"""Holds what releases froze: files of the format, and the lines of their lists, never change.

  frozen_cases.py                 checks the files that frozen.txt lists, and proves that a change is noticed
  frozen_cases.py --open          lists what frozen.txt has not yet, and exits 1 if there is any: no release then
  frozen_cases.py --freeze NAME   enters what is missing as frozen by the release NAME

Before the first release of a major version the format may still change, and frozen.txt is empty. From then on a test
that fails here is a fault of what changed the file: a decoder is put right, and a new feature gets files of its own.
"""
import hashlib
import pathlib
import sys
import tempfile
import unittest

FOLDER = pathlib.Path(__file__).parent
LISTS = ("manifest.txt", "rejected.txt", "index_model_vectors.txt")
FROZEN = "frozen.txt"


def lines_of(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def guarded(folder):
    """All that a release freezes, by name: each file of the format, and each line of the lists."""
    found = {}
    for path in sorted((folder / "files").iterdir()):
        found[f"files/{path.name}"] = path.read_bytes()
    for path in sorted(folder.glob("statistics/*.vq?")):
        found[f"statistics/{path.name}"] = path.read_bytes()
    for name in LISTS:
        for line in lines_of(folder / name):
            found[f"{name}:{hashlib.sha256(line.encode()).hexdigest()[:16]}"] = line.encode()
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def frozen(folder):
    """The lines of frozen.txt: name, SHA-256 and release."""
    return [line.split() for line in lines_of(folder / FROZEN)]


def faults(folder):
    """A line for each frozen thing that is gone or has changed."""
    now = guarded(folder)
    for name, digest, release in frozen(folder):
        if now.get(name) != digest:
            what = "is gone or" if name not in now else "has"
            yield (f"{name} {what} changed, which release {release} froze: put the file back, and let the decoder "
                   "read it as it was")


def open_names(folder):
    known = {name for name, _, _ in frozen(folder)}
    return [name for name in guarded(folder) if name not in known]


def freeze(folder, release):
    now = guarded(folder)
    with (folder / FROZEN).open("a", encoding="ascii") as file:
        for name in open_names(folder):
            file.write(f"{name} {now[name]} {release}\n")


class Frozen(unittest.TestCase):
    def test_what_releases_froze_is_as_it_was(self):
        self.assertEqual([*faults(FOLDER)], [])

    def test_a_changed_file_or_line_is_noticed_and_a_new_one_is_not(self):
        def change(path, text):
            path.write_text(text, encoding="ascii")

        changes = {"files/a.vqi": lambda tree: change(tree / "files/a.vqi", "other"),
                   "files/b.vqi": lambda tree: (tree / "files/b.vqi").unlink(),
                   "statistics/c.vqs": lambda tree: change(tree / "statistics/c.vqs", "other"),
                   "manifest.txt:": lambda tree: change(tree / "manifest.txt", "# of\nb 2\n")}
        for name, make in [("", lambda tree: None), *changes.items()]:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                tree = pathlib.Path(folder)
                for part in ("files", "statistics"):
                    (tree / part).mkdir()
                for file in ("files/a.vqi", "files/b.vqi", "statistics/c.vqs", *LISTS[1:], FROZEN):
                    change(tree / file, "")
                change(tree / "manifest.txt", "# of\na 1\nb 2\n")
                self.assertEqual(len(open_names(tree)), 5)
                freeze(tree, "9.0.0")
                self.assertEqual(open_names(tree), [])
                change(tree / "files/new.vqi", "new")
                self.assertEqual(open_names(tree), ["files/new.vqi"])
                make(tree)
                found = [*faults(tree)]
                self.assertEqual(len(found), bool(name))
                self.assertTrue(all(line.startswith(name) and "release 9.0.0 froze" in line for line in found), found)


def main():
    if sys.argv[1:] == ["--open"]:
        names = open_names(FOLDER)
        print(*names, sep="\n")
        return bool(names)
    if sys.argv[1:2] == ["--freeze"] and len(sys.argv) == 3:
        freeze(FOLDER, sys.argv[2])
        return 0
    unittest.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
