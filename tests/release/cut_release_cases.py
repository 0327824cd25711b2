"""A release is cut where all of it can be: version, dated section, the README's line and frozen files, or nothing."""
import importlib.util
import pathlib
import shutil
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def module_of(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RELEASE = module_of(ROOT / "tools/release/cut_release.py")
FROZEN = module_of(ROOT / "tests/conformance/frozen_cases.py")
TEXTS = (RELEASE.HEADER, RELEASE.CHANGES, RELEASE.README)


class CutRelease(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)
        for name in TEXTS:
            (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.tree / name)
        shutil.copytree(ROOT / "tests/conformance", self.tree / "tests/conformance")
        # The tree of today, as it is before a release, whatever has been released.
        self.write(RELEASE.CHANGES, "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- News.\n")
        self.write("tests/conformance/frozen.txt", "# name sha256 release\n")
        self.write("tests/conformance/files/new_feature.vqi", "new")

    def write(self, name, text):
        (self.tree / name).write_text(text, encoding="utf-8")

    def texts(self):
        return [(self.tree / name).read_text(encoding="utf-8") for name in (*TEXTS, "tests/conformance/frozen.txt")]

    def test_a_major_release_has_its_version_dates_and_frozen_files(self):
        RELEASE.cut(self.tree, "99.2.3", "2099-12-01")
        header, changes, readme, frozen = self.texts()
        for part, number in zip(RELEASE.PARTS, (99, 2, 3)):
            self.assertIn(f"#define VQI_VERSION_{part} {number}\n", header)
        self.assertIn("## [Unreleased]\n\n## [99.2.3] - 2099-12-01\n\n### Added\n\n- News.\n", changes)
        self.assertIn("\nVersion 99.2.3, released 2099-12-01 · ", readme)
        self.assertRegex(frozen, r"(?m)^files/new_feature\.vqi [0-9a-f]{64} 99\.2\.3$")
        folder = self.tree / "tests/conformance"
        self.assertEqual([FROZEN.open_names(folder), [*FROZEN.faults(folder)]], [[], []])

    def test_a_later_release_keeps_the_section_and_the_frozen_lines_of_the_one_before(self):
        RELEASE.cut(self.tree, "99.0.0", "2099-12-01")
        before = self.texts()
        self.write(RELEASE.CHANGES, before[1].replace("## [Unreleased]\n", "## [Unreleased]\n\n- More.\n"))
        self.write("tests/conformance/files/newer.vqi", "newer")
        RELEASE.cut(self.tree, "99.1.0", "2099-12-24")
        _, changes, readme, frozen = self.texts()
        self.assertIn("## [Unreleased]\n\n## [99.1.0] - 2099-12-24\n\n- More.\n\n## [99.0.0] - 2099-12-01\n", changes)
        self.assertIn("\nVersion 99.1.0, released 2099-12-24 · ", readme)
        self.assertTrue(frozen.startswith(before[3]))
        self.assertRegex(frozen[len(before[3]):], r"^files/newer\.vqi [0-9a-f]{64} 99\.1\.0\n$")

    def test_before_1_0_nothing_is_frozen_and_the_readme_says_that_the_api_may_change(self):
        self.write(RELEASE.HEADER, "".join(f"#define VQI_VERSION_{part} 0\n" for part in RELEASE.PARTS))
        RELEASE.cut(self.tree, "0.1.0", "2099-12-01")
        _, _, readme, frozen = self.texts()
        self.assertIn("\nVersion 0.1.0, released 2099-12-01: options and API may still change · ", readme)
        self.assertEqual(frozen, "# name sha256 release\n")

    def test_what_is_no_release_is_refused_and_changes_no_file(self):
        older = "## [99.0.0] - 2099-12-01\n\n- News.\n"
        trees = {"'1.0' is no version": ("1.0", {}), "'1.0.0-rc1' is no version": ("1.0.0-rc1", {}),
                 "'01.0.0' is no version": ("01.0.0", {}), "0.0.0 is before": ("0.0.0", {}),
                 "nothing under Unreleased": ("99.1.0", {RELEASE.CHANGES: f"## [Unreleased]\n\n{older}"}),
                 "has a section of 99.0.0": ("99.0.0", {RELEASE.CHANGES: f"## [Unreleased]\n\n- News.\n\n{older}"}),
                 "has no line of the version": ("99.1.0", {RELEASE.README: "# vqi\n"})}
        for words, (version, changed) in trees.items():
            with self.subTest(words):
                kept = dict(zip(TEXTS, self.texts()))
                for name, text in changed.items():
                    self.write(name, text)
                before = self.texts()
                with self.assertRaisesRegex(RELEASE.Refusal, words):
                    RELEASE.cut(self.tree, version, "2099-12-01")
                self.assertEqual(self.texts(), before)
                for name, text in kept.items():
                    self.write(name, text)


if __name__ == "__main__":
    unittest.main()
