"""decompress --to npy, pgm, csv, sheet and tmx: other readers rebuild the picture, and outputs are all or none."""
import ast
import json
import os
import pathlib
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time
import unittest
import xml.etree.ElementTree

from cli_case import TOOL, gradient_png, noise_png, png
from index_case import COUNTS, HEIGHT, IndexCase, WIDTH, picture

NAMES = ("two words", "it's", 'say "x"', "a&b <c>", "b\u00e4r \u6587", "-dash", "100%", "#1", ":colon", "a.b")


def npy(data):
    """Shape, type and numbers of a .npy file, read by its definition."""
    magic, version, size = data[:6], data[6:8], struct.unpack("<H", data[8:10])[0]
    assert (magic, version, (10 + size) % 64, data[9 + size:10 + size]) == (b"\x93NUMPY", b"\1\0", 0, b"\n")
    head = ast.literal_eval(data[10:10 + size].decode("latin-1"))
    assert head["fortran_order"] is False
    wide = head["descr"] == "<u2"
    assert wide or head["descr"] == "|u1"
    body = data[10 + size:]
    return head["shape"], [item[0] for item in struct.iter_unpack("<H" if wide else "B", body)]


def rows_of(numbers, width):
    return [numbers[at:at + width] for at in range(0, len(numbers), width)]


class Maps(IndexCase):
    def check_map(self, stream, rows, count):
        """Rows of indices give the picture with the colours of the file, and stay below its count."""
        palette = self.palette(stream)
        self.assertEqual(len(palette), count)
        self.assertEqual([[palette[i] for i in row] for row in rows], self.pixels(stream))

    def test_a_npy_file_gives_the_picture_for_every_number_of_colours(self):
        for count in COUNTS:
            self.compressed("a.vqi", picture(count), "-f", "-k", str(count))
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.npy")
            shape, numbers = npy(self.read("a.npy"))
            self.assertEqual(shape, (HEIGHT, WIDTH))
            self.assertEqual(len(self.read("a.npy")) % 64, WIDTH * HEIGHT * (2 if count > 256 else 1) % 64)
            self.check_map("a.vqi", rows_of(numbers, WIDTH), count)

    def test_numpy_reads_the_same(self):
        code = "import numpy; a = numpy.load('a.npy'); print(a.dtype, a.shape, a.sum(), a[1, 2])"
        def has_numpy(python):
            return not subprocess.run([python, "-c", "import numpy"], stderr=subprocess.DEVNULL, check=False).returncode
        pythons = [each for each in (sys.executable, "/usr/bin/python3") if has_numpy(each)]
        if not pythons:
            self.skipTest("NumPy is not installed")
        for count, kind in ((16, "uint8"), (257, "uint16")):
            self.compressed("a.vqi", picture(count), "-f", "-k", str(count))
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.npy")
            numbers = npy(self.read("a.npy"))[1]
            shown = subprocess.run([pythons[0], "-c", code], cwd=self.folder, stdout=subprocess.PIPE, check=True).stdout
            self.assertEqual(shown.decode().split(), [kind, f"({HEIGHT},", f"{WIDTH})", str(sum(numbers)),
                                                      str(numbers[WIDTH + 2])])

    def test_a_pgm_file_gives_the_picture_for_every_number_of_colours(self):
        for count in COUNTS:
            self.compressed("a.vqi", picture(count), "-f", "-k", str(count))
            data = self.succeed("decompress", "a.vqi", "--to", "pgm", "-o", "-")
            head = f"P5\n{WIDTH} {HEIGHT}\n{max(count, 2) - 1}\n".encode()
            self.assertEqual(data[:len(head)], head)
            wide = count > 256
            numbers = [item[0] for item in struct.iter_unpack(">H" if wide else "B", data[len(head):])]
            self.check_map("a.vqi", rows_of(numbers, WIDTH), count)
            if shutil.which("pnmtopnm") and count > 2:  # it would make a bitmap of two values
                plain = subprocess.run(["pnmtopnm", "-plain"], input=data, stdout=subprocess.PIPE, check=True).stdout
                self.assertEqual([int(word) for word in plain.split()[4:]], numbers)

    def test_csv_gives_the_picture_and_a_sheet_its_colours(self):
        for count in COUNTS:
            self.compressed("a.vqi", picture(count), "-f", "-k", str(count))
            self.succeed("decompress", "-q", "-f", "a.vqi", "-o", "a.csv")
            rows = [[int(number) for number in line.split(",")] for line in self.read("a.csv").decode().splitlines()]
            self.check_map("a.vqi", rows, count)
            self.succeed("decompress", "-q", "-f", "a.vqi", "--to", "sheet", "-o", "s.png")
            sheet = self.pixels("s.png")
            self.assertEqual(len(sheet[0]), 1 << ((count - 1).bit_length() + 1) // 2)
            self.assertEqual([each for row in sheet for each in row][:count], self.palette("a.vqi"))

    def test_a_sheet_keeps_16_bits_alpha_and_colour_metadata(self):
        self.compressed("a.vqi", png(5, 3, lambda x, y: (x * 9999, y * 9999, 7, 65535 - x), 4, 16))
        self.succeed("decompress", "-q", "a.vqi", "--to", "sheet", "-o", "s.png")
        self.succeed("compress", "-q", "--lossless", "s.png", "-o", "s.vqi")
        result = json.loads(self.succeed("info", "--json", "s.vqi"))
        self.assertEqual((result["bit_depth"], result["channels"]), (16, 4))
        self.succeed("decompress", "-q", "s.vqi", "-o", "s.pam")
        samples = self.read("s.pam").partition(b"ENDHDR\n")[2]
        colours = [samples[at:at + 8].hex() for at in range(0, 15 * 8, 8)]
        printed = self.succeed("palette", "a.vqi").decode().split()
        self.assertEqual(colours, [line[1:].ljust(16, "f") for line in printed])


class Tiles(IndexCase):
    def rebuilt(self, name, folder="."):
        """The pixels of a map of Tiled, cut to the size of its image: every tile from the sheet that it names."""
        path = self.folder / folder / name
        root = xml.etree.ElementTree.parse(path).getroot()
        size = {each.get("name"): int(each.get("value")) for each in root.find("properties")}
        tileset, layer = root.find("tileset"), root.find("layer")
        self.assertEqual(tileset.get("firstgid"), "1")
        tile = int(root.get("tilewidth")), int(root.get("tileheight"))
        self.assertEqual((int(tileset.get("tilewidth")), int(tileset.get("tileheight"))), tile)
        source = tileset.find("image")
        sheet_path = path.parent / source.get("source")
        self.write("sheet of tiles.png", sheet_path.read_bytes())
        sheet = self.pixels("sheet of tiles.png")
        self.assertEqual((len(sheet[0]), len(sheet)), (int(source.get("width")), int(source.get("height"))))
        self.assertEqual(layer.find("data").get("encoding"), "csv")
        lines = layer.find("data").text.strip().split("\n")
        self.assertTrue(all(line.endswith(",") for line in lines[:-1]) and not lines[-1].endswith(","))
        rows = [[int(number) - 1 for number in line.rstrip(",").split(",")] for line in lines]
        self.assertEqual((len(rows[0]), len(rows)), (int(layer.get("width")), int(layer.get("height"))))
        self.assertEqual((len(rows[0]), len(rows)), (int(root.get("width")), int(root.get("height"))))
        self.assertLess(max(map(max, rows)), int(tileset.get("tilecount")))
        columns = int(tileset.get("columns"))

        def pixel(x, y):
            number = rows[y // tile[1]][x // tile[0]]
            return sheet[number // columns * tile[1] + y % tile[1]][number % columns * tile[0] + x % tile[0]]
        return [[pixel(x, y) for x in range(size["image_width"])] for y in range(size["image_height"])]

    def test_map_and_sheet_rebuild_the_picture_pixel_by_pixel(self):
        for block, channels, size in (("8x8", 3, (64, 48)), ("8x8", 4, (61, 45)), ("16x3", 1, (33, 9)),
                                      ("1x1", 2, (20, 10)), ("8x8", 3, (1, 1))):
            self.compressed("a.vqi", picture(200, *size, channels), "-f", "-k", "11", "--block", block)
            result = self.vqi("decompress", "-q", "-f", "a.vqi", "-o", "a.tmx")
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            self.assertEqual(self.rebuilt("a.tmx"), self.pixels("a.vqi"), (block, size))

    def test_a_map_that_reaches_beyond_its_image_is_warned_of(self):
        self.compressed("a.vqi", picture(200, 61, 45), "-k", "11", "--block", "8x8")
        for form in ("tmx", "csv", "npy", "pgm", "raw"):
            result = self.vqi("decompress", "a.vqi", "--to", form)
            self.assertEqual(result.returncode, 0)
            self.assertIn(b"64x48 pixels, the image has 61x45", result.stderr, form)
        self.compressed("b.vqi", picture(200, 64, 48), "-k", "11", "--block", "8x8")
        self.succeed("decompress", "b.vqi", "--to", "tmx")

    def test_any_name_that_xml_holds_is_found_from_the_map(self):
        self.compressed("a.vqi", picture(50, 40, 24), "-k", "7", "--block", "8x8")
        expected = self.pixels("a.vqi")
        (self.folder / "deep").mkdir()
        for name in NAMES:
            self.succeed("decompress", "-q", "a.vqi", "-o", f"deep/{name}.tmx")
            self.assertEqual(self.rebuilt(f"{name}.tmx", "deep"), expected, name)
        for name in (b"bad\xff.tmx", b"line\n.tmx", b"\x01.tmx"):
            self.fail_with(2, "decompress", "a.vqi", "-o", name, says=("Tiled",))

    @unittest.skipUnless(shutil.which("tmxrasterizer"), "Tiled is not installed")
    def test_tiled_draws_the_picture(self):
        self.compressed("a.vqi", picture(200, 64, 48), "-k", "23", "--block", "8x8")
        for name in NAMES:
            self.succeed("decompress", "-q", "a.vqi", "-o", f"./{name}.tmx")
            subprocess.run(["tmxrasterizer", f"./{name}.tmx", "drawn.png"], cwd=self.folder, check=True,
                           env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.DEVNULL)
            self.assertEqual(self.vqi("compare", "a.vqi", "drawn.png").returncode, 0, name)

    def test_the_report_names_both_files(self):
        self.compressed("a.vqi", picture(50, 40, 24), "-k", "7", "--block", "8x8")
        self.assertIn(b"5x3 tiles; in a.tiles.png 7 tiles of 8x8, 4 in a row",
                      self.succeed("decompress", "a.vqi", "--to", "tmx"))
        result = json.loads(self.succeed("decompress", "--json", "-f", "a.vqi", "--to", "tmx"))
        self.assertEqual((result["output"], result["form"], result["tile_sheet"]), ("a.tmx", "tmx", "a.tiles.png"))

    def test_several_files_go_to_a_folder_each_with_its_sheet(self):
        for name in ("a.vqi", "b.vqi"):
            self.compressed(name, picture(50, 40, 24), "-k", "7", "--block", "8x8")
        self.succeed("decompress", "-q", "a.vqi", "b.vqi", "--to", "tmx", "--output-dir", "out/maps")
        self.assertEqual(sorted(os.listdir(self.folder / "out/maps")),
                         ["a.tiles.png", "a.tmx", "b.tiles.png", "b.tmx"])
        self.assertEqual(self.rebuilt("b.tmx", "out/maps"), self.pixels("b.vqi"))


class Outputs(IndexCase):
    def setUp(self):
        super().setUp()
        self.compressed("a.vqi", picture(50, 40, 24), "-k", "7", "--block", "8x8")

    def test_an_existing_map_or_sheet_is_kept_without_force_and_nothing_is_written_beside_it(self):
        for there in ("a.tmx", "a.tiles.png"):
            self.write(there, b"keep")
            self.fail_with(2, "decompress", "a.vqi", "-o", "a.tmx", says=(there, "--force"))
            (self.folder / there).unlink()
        for form, name in (("c", "a.h"), ("raw", "a.bin"), ("npy", "a.npy"), ("pgm", "a.indices.pgm"),
                           ("csv", "a.csv"), ("sheet", "a.tiles.png")):
            self.write(name, b"keep")
            self.fail_with(2, "decompress", "a.vqi", "--to", form, says=(name, "--force"))
            self.succeed("decompress", "-q", "-f", "a.vqi", "--to", form)
            self.assertNotEqual(self.read(name), b"keep")
            (self.folder / name).unlink()

    def test_skip_existing_skips_maps_and_not_a_sheet_whose_map_is_missing(self):
        self.succeed("decompress", "-q", "a.vqi", "--to", "tmx")
        before = self.files()
        self.assertIn(b"skipped", self.succeed("decompress", "a.vqi", "--to", "tmx", "--skip-existing"))
        self.assertEqual(self.files(), before)
        (self.folder / "a.tmx").unlink()
        self.fail_with(2, "decompress", "a.vqi", "--to", "tmx", "--skip-existing", says=("a.tiles.png", "its map"))

    def test_no_file_that_is_read_is_replaced_by_a_sheet(self):
        self.write("a.tiles.png", picture(50, 40, 24))
        self.fail_with(2, "decompress", "a.vqi", "-f", "--to", "tmx", "--reference", "a.tiles.png",
                       says=("a.tiles.png", "input"))
        os.link(self.folder / "a.vqi", self.folder / "b.tiles.png")
        self.fail_with(2, "decompress", "a.vqi", "-f", "-o", "b.tmx", says=("b.tiles.png", "input"))

    def test_when_the_map_cannot_be_written_the_sheet_is_as_it_was(self):
        self.compressed("large.vqi", picture(3, 200, 100), "-k", "3")

        def limit():  # on the size of files: the sheet is below it, the map is not
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        self.fail_with(5, "decompress", "large.vqi", "-o", "a.tmx", says=("a.tmx", "ulimit"), preexec_fn=limit)
        self.fail_with(5, "decompress", "large.vqi", "--to", "tmx", "--output-dir", "new", says=("ulimit",),
                       preexec_fn=limit)
        self.assertFalse((self.folder / "new").exists())
        self.write("a.tiles.png", b"keep")
        os.utime(self.folder / "a.tiles.png", (10, 20))
        self.fail_with(5, "decompress", "large.vqi", "-f", "-o", "a.tmx", says=("a.tmx", "ulimit"), preexec_fn=limit)
        self.assertEqual((self.folder / "a.tiles.png").stat().st_mtime, 20)
        self.succeed("decompress", "-q", "large.vqi", "-f", "-o", "a.tmx")

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write everywhere")
    def test_a_folder_that_may_not_be_written_to_stays_as_it_is(self):
        folder = self.folder / "locked"
        folder.mkdir(mode=0o555)
        self.folder.chmod(0o755)
        prefix = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        result = subprocess.run([*prefix, TOOL, "decompress", "a.vqi", "-o", "locked/a.tmx"], cwd=self.folder,
                                stderr=subprocess.PIPE, stdout=subprocess.PIPE, check=False)
        self.assertEqual((result.returncode, result.stdout, os.listdir(folder)), (5, b"", []), result.stderr)

    def test_standard_output_takes_every_form_but_a_map_of_tiled(self):
        for form in ("c", "raw", "npy", "pgm", "csv", "sheet"):
            data = self.succeed("decompress", "a.vqi", "--to", form, "-o", "-")
            self.assertEqual(self.succeed("decompress", "-", "--to", form, stdin=self.read("a.vqi")).replace(
                b"image_", b"a_").replace(b"_image", b"_a"), data.replace(b"image_", b"a_").replace(b"_image", b"_a"))
        self.fail_with(2, "decompress", "a.vqi", "--to", "tmx", "-o", "-", says=("second file", "-o FILE"))
        self.fail_with(2, "decompress", "-", "--to", "tmx", stdin=self.read("a.vqi"), says=("second file",))
        self.fail_with(2, "decompress", "a.vqi", "--to", "tmx", "-o", "/dev/null", says=("second file",))

    def test_a_map_is_not_written_through_a_link_away_from_its_tiles(self):
        (self.folder / "deep").mkdir()
        self.write("deep/real.tmx", b"old")
        os.symlink("deep/real.tmx", self.folder / "link.tmx")
        self.fail_with(2, "decompress", "a.vqi", "-f", "-o", "link.tmx", says=("link.tmx", "is a link"))

    def test_options_that_cannot_apply_are_refused(self):
        for arguments, says in (
                (("--to", "gif"), "npy"), (("--to", "c", "--indexed"), "--indexed"),
                (("--to", "npy", "--palette-format", "rgb565"), "--palette-format"),
                (("--bit-order", "lsb"), "--bit-order"), (("-o", "x.png", "--index-bits", "8"), "--index-bits"),
                (("--to", "c", "--index-bits", "3"), "3"), (("--to", "c", "--bit-order", "big"), "big"),
                (("--to", "c", "--palette-format", "rgb555"), "rgb565be"), (("--to", "c", "-o", "x.png"), ".h"),
                (("--to", "npy", "-o", "x.csv"), ".npy"), (("--to", "csv", "-o", "x.vqi"), ".csv"),
                (("-o", "x.tmx", "--salvage"), "--salvage"), (("-o", "x.h", "--indexed"), "")):
            self.fail_with(2, "decompress", "a.vqi", *arguments, says=(says,))

    def test_a_damaged_file_is_refused_and_a_reference_is_measured(self):
        data = self.read("a.vqi")
        self.write("cut.vqi", data[:-30])
        for form in ("c", "tmx", "npy"):
            self.fail_with(3, "decompress", "cut.vqi", "--to", form, says=("cut.vqi", "--salvage, as an image"))
        self.write("a.png", picture(50, 40, 24))
        result = json.loads(self.succeed("decompress", "--json", "a.vqi", "--to", "tmx", "--reference", "a.png"))
        self.assertAlmostEqual(result["reference"]["mse"], result["mse"])

    def test_memory_is_bounded(self):
        self.compressed("big.vqi", gradient_png(400, 300), "-k", "256")
        self.fail_with(4, "decompress", "big.vqi", "--to", "csv", "--max-memory", "600k", says=("big.vqi",))

    def test_an_interrupted_run_leaves_nothing(self):
        self.compressed("big.vqi", noise_png(700), "-k", "2000", "--effort", "1", "--model", "max")
        before = self.files()
        for delay in (0.02, 0.1, 0.3):
            with subprocess.Popen([TOOL, "decompress", "big.vqi", "--to", "tmx"], cwd=self.folder,
                                  stderr=subprocess.PIPE, stdout=subprocess.PIPE) as run:
                time.sleep(delay)
                run.send_signal(signal.SIGINT)
                run.communicate()
            if run.returncode == 0:  # it was done before
                self.assertEqual(set(self.files()) - set(before), {"big.tmx", "big.tiles.png"})
                for name in ("big.tmx", "big.tiles.png"):
                    pathlib.Path(self.folder, name).unlink()
            else:
                self.assertIn(run.returncode, (130, -signal.SIGINT))
                self.assertEqual(self.files(), before)


if __name__ == "__main__":
    unittest.main()
