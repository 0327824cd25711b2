"""The bill of materials names each dependency and each file of a release, the same from the same release."""
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tools/release/bill_of_materials.py"
LISTED = [line.split(maxsplit=4) for line in (ROOT / "tools/release/dependencies.txt").read_text().splitlines()
          if line and not line.startswith("#")]


def bill(folder=PROGRAM.parent, epoch="1700000000"):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    return subprocess.run([sys.executable, "-B", PROGRAM, ROOT, folder], env=environment, check=True,
                          capture_output=True, text=True).stdout


def prepared(work, given):
    """The folder debian that make_packages.sh prepares for version 9.8.7, with nothing built."""
    (work / "vqi-9.8.7/tools/release").mkdir(parents=True)
    shutil.copy(ROOT / "tools/release/dependencies.txt", work / "vqi-9.8.7/tools/release")
    subprocess.run(["tar", "-czf", "a.tar.gz", "vqi-9.8.7"], cwd=work, check=True)
    (work / "bin").mkdir()
    builder = work / "bin/dpkg-buildpackage"
    builder.write_text("#!/bin/sh\n")
    builder.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEB")}
    environment |= {"PATH": f"{work}/bin:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": "1700000000", **given}
    program = ROOT / "tools/debian/make_packages.sh"
    subprocess.run([program, "a.tar.gz", "9.8.7", "work", "out"], cwd=work, env=environment, check=True)
    return work / "work/vqi-9.8.7/debian"


class BillOfMaterials(unittest.TestCase):
    def test_it_names_every_dependency_and_its_licence(self):
        found = json.loads(bill())
        named = {each["bom-ref"]: each for each in found["components"]}
        self.assertEqual([*named], [line[0] for line in LISTED])
        for package, name, part, _, licence in LISTED:
            self.assertEqual(named[package]["name"], name)
            self.assertIn(licence, json.dumps(named[package]["licenses"]))
            self.assertEqual(named[package]["scope"] == "excluded", part == "build")

    def test_it_has_the_hashes_of_the_files_and_the_version_of_the_headers(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "debian/a.deb"
            file.parent.mkdir()
            file.write_bytes(b"archive")
            product = json.loads(bill(folder))["metadata"]["component"]
        self.assertEqual([(each["name"], each["hashes"][0]["content"]) for each in product["components"]],
                         [("debian/a.deb", hashlib.sha256(b"archive").hexdigest())])
        numbers = re.findall(r"VERSION_(?:MAJOR|MINOR|PATCH) (\d+)\n", (ROOT / "include/vqi/version.h").read_text())
        self.assertEqual(product["version"], ".".join(numbers))

    def test_packages_and_bill_name_the_authors_of_the_licence_and_no_other_address_than_a_reserved_one(self):
        authors = re.search(r"^Copyright \(c\) \d+ (.*)$", (ROOT / "LICENSE").read_text(), re.MULTILINE)[1]
        self.assertEqual(json.loads(bill())["metadata"]["component"]["supplier"]["name"], authors)
        self.assertEqual(json.loads((ROOT / "tools/web/package/package.json").read_text())["author"], authors)
        self.assertIn(f'\nauthors = [{{ name = "{authors}" }}]\n', (ROOT / "pyproject.toml").read_text())
        self.assertRegex((ROOT / "tools/debian/control.in").read_text(),
                         rf"\nMaintainer: {authors} <\w+@vqi\.invalid>\n")

    def test_the_same_release_gives_the_same_bytes_and_another_time_gives_others(self):
        self.assertEqual(bill(), bill())
        self.assertNotEqual(bill(), bill(epoch="1700000001"))

    @unittest.skipUnless(importlib.util.find_spec("cyclonedx"), "cyclonedx-python-lib is not installed")
    def test_it_is_valid_by_the_schema_of_cyclonedx(self):
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
        validator = JsonStrictValidator(SchemaVersion.V1_5)
        self.assertIsNone(validator.validate_str(bill()))
        self.assertIsNotNone(validator.validate_str(bill().replace('"name": "oneTBB"', '"title": "oneTBB"')))


class Version(unittest.TestCase):
    def test_the_first_lines_of_the_readme_say_the_version_of_the_headers(self):
        numbers = re.findall(r"VERSION_(?:MAJOR|MINOR|PATCH) (\d+)\n", (ROOT / "include/vqi/version.h").read_text())
        self.assertIn(f"Version {'.'.join(numbers)},", (ROOT / "README.md").read_text()[:1000])


class PackagesOfDebian(unittest.TestCase):
    """tools/debian takes names and the soname's number from elsewhere."""

    def test_each_package_has_a_list_of_files_and_each_list_a_package(self):
        folder = ROOT / "tools/debian"
        packages = re.findall(r"^Package: (\S+)$", (folder / "control.in").read_text(), re.MULTILINE)
        lists = [path.name.removesuffix(".install") for path in folder.glob("*.install")]
        self.assertEqual(sorted(name.replace("@SOVERSION@", "") for name in packages), sorted(lists))

    def test_who_publishes_packages_is_their_maintainer_and_a_reserved_address_is_without(self):
        reserved = "The vqi developers <maintainers@vqi.invalid>"
        for given, maintainer in [({}, reserved), ({"DEBEMAIL": "a@example.org"}, "The vqi developers <a@example.org>"),
                                  ({"DEBEMAIL": "a@example.org", "DEBFULLNAME": "A. & B."}, "A. & B. <a@example.org>")]:
            with self.subTest(maintainer), tempfile.TemporaryDirectory() as folder:
                debian = prepared(pathlib.Path(folder), given)
                self.assertIn(f"\nMaintainer: {maintainer}\n", (debian / "control").read_text())
                changes = (debian / "changelog").read_text()
                self.assertIn(f"\n -- {maintainer}  Tue, 14 Nov 2023 22:13:20 +0000\n", changes)


if __name__ == "__main__":
    unittest.main()
