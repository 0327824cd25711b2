"""MIME types, magic, thumbnails, the gdk-pixbuf loader and ImageMagick's delegate, by the programs that use them."""
import configparser
import os
import pathlib
import random
import shlex
import shutil
import struct
import subprocess
import unittest

from cli_case import TOOL, CliCase, gradient_png, png

DESKTOP = pathlib.Path(os.environ["SOURCE_DIR"]) / "tools" / "desktop"
LOADER = os.environ.get("PIXBUF_LOADER")
QT_FOLDERS = os.environ.get("QT_FOLDERS", "").split(":")[1:]  # for each Qt, a plug-in and a program that reads by it


def needs(*programs):
    """Skips a case or class where a program is not installed."""
    missing = [program for program in programs if not shutil.which(program)]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")


def png_size(data):
    return struct.unpack(">II", data[16:24])


class DesktopCase(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png(48, 32))
        self.succeed("compress", "-q", "--lossless", "a.png")

    def run_program(self, *command, **environment):
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder, timeout=60,
                                env={**os.environ, "LC_ALL": "C.UTF-8", **environment}, check=False)
        self.assertEqual(result.returncode, 0, (command, result.stderr))
        return result.stdout.decode()


    def every_type(self):
        """Makes b.png and b.vqi of each type of pixels in turn, opaque, as some programs scale colours by alpha."""
        for channels in (1, 2, 3, 4):
            for depth in (8, 16):
                step = 1 if depth == 8 else 257
                opaque = [255 * step] if channels % 2 == 0 else []
                self.write("b.png", png(24, 16, lambda x, y, c=channels - len(opaque), s=step, alpha=tuple(opaque): (
                    *((x * 10 + y) * s, y * 15 * s, (x * y % 256) * s)[:c], *alpha), channels, depth))
                self.succeed("compress", "-q", "-f", "--lossless", "b.png")
                yield "b.vqi", (channels, depth)

    def broken_files(self):
        """Makes a file with a flipped bit, or cut short, in turn."""
        whole = self.read("a.vqi")
        source = random.Random(7)
        for trial in range(40):
            data = bytearray(whole)
            at = source.randrange(8, len(data))
            if trial % 2:
                del data[at:]
            else:
                data[at] ^= 1 << source.randrange(8)
            self.write("broken.vqi", bytes(data))
            yield "broken.vqi"

    def make_mime_database(self):
        """Makes one in the folder that has vqi's types alone."""
        packages = self.folder / "mime" / "packages"
        packages.mkdir(parents=True)
        shutil.copy(DESKTOP / "vqi.xml", packages)
        self.run_program("update-mime-database", str(packages.parent), PKGSYSTEM_ENABLE_FSYNC="0")


class Types(DesktopCase):
    @needs("file")
    def test_file_tells_version_size_and_type_of_a_stream_and_of_a_codebook(self):
        magic = str(DESKTOP / "vqi.magic")
        self.assertEqual(self.run_program("file", "-b", "-m", magic, "a.vqi"),
                         "vqi image data, version 1.1, 48 x 32, RGB, 8 bits, 1536 codewords of 1x1\n")
        self.assertEqual(self.run_program("file", "-b", "--mime-type", "-m", magic, "a.vqi"), "image/x-vqi\n")
        self.succeed("train", "-q", "-k", "16", "--block", "2x1", "a.png", "-o", "b.vqb")
        self.assertEqual(self.run_program("file", "-b", "-m", magic, "b.vqb"),
                         "vqi codebook, version 1.0, 16 codewords of 2x1\n")
        self.write("damaged", b"\x89VQI\n\x1a\n" + self.read("a.vqi")[8:])
        self.assertNotIn("vqi", self.run_program("file", "-b", "-m", magic, "damaged"))

    @needs("update-mime-database", "gio")
    def test_the_mime_database_knows_files_by_their_bytes_and_by_their_names(self):
        self.make_mime_database()
        self.write("unnamed", self.read("a.vqi"))
        self.write("bytes.vqb", b"\0\1")
        for name, kind in (("a.vqi", "image/x-vqi"), ("unnamed", "image/x-vqi"),
                           ("bytes.vqb", "application/x-vqi-codebook")):
            text = self.run_program("gio", "info", "-a", "standard::content-type,standard::fast-content-type", name,
                                    XDG_DATA_HOME=str(self.folder / "none"), XDG_DATA_DIRS=str(self.folder))
            self.assertIn(kind, text)


class Thumbnails(DesktopCase):
    def test_the_thumbnailer_s_command_writes_a_png_of_the_size_that_is_asked_for(self):
        entry = configparser.ConfigParser(interpolation=None)
        entry.read(DESKTOP / "vqi.thumbnailer")
        section = entry["Thumbnailer Entry"]
        self.assertEqual(section["MimeType"], "image/x-vqi;")
        self.write("thumb-XYZ", b"")  # programs make the file first, under a name without an extension
        words = {"%s": "16", "%i": "a.vqi", "%o": "thumb-XYZ"}
        command = [words.get(word, word) for word in shlex.split(section["Exec"])]
        self.assertEqual(command[0], section["TryExec"])
        self.run_program(TOOL, *command[1:])
        self.assertEqual(png_size(self.read("thumb-XYZ")), (16, 11))


@needs("convert")
class ImageMagick(DesktopCase):
    def test_the_delegates_read_and_write_vqi_files(self):
        folder = self.folder / "bin"
        folder.mkdir()
        (folder / "vqi").symlink_to(TOOL)
        shutil.copy(DESKTOP / "delegates.xml", self.folder)
        environment = {"MAGICK_CONFIGURE_PATH": str(self.folder), "PATH": f"{folder}:{os.environ['PATH']}"}
        self.run_program("convert", "a.vqi", "read.png", **environment)
        self.assertEqual(self.vqi("compare", "-q", "a.png", "read.png").returncode, 0)
        self.run_program("convert", "a.png", "written.vqi", **environment)
        self.succeed("info", "-q", "written.vqi")


@needs("gdk-pixbuf-thumbnailer", "update-mime-database")
@unittest.skipUnless(LOADER, "the gdk-pixbuf loader is not built")
class PixbufLoader(DesktopCase):
    def setUp(self):
        super().setUp()
        self.make_mime_database()  # by which gdk-pixbuf chooses the loader
        query = shutil.which("gdk-pixbuf-query-loaders") or next(
            map(str, pathlib.Path("/usr/lib").glob("*/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders")))
        self.cache = self.write("loaders.cache", self.run_program(query, LOADER).encode())

    def thumbnail(self, name, output, side=256):
        return subprocess.run(["gdk-pixbuf-thumbnailer", "-s", str(side), name, output], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, cwd=self.folder, timeout=60, check=False,
                              env={**os.environ, "GDK_PIXBUF_MODULE_FILE": str(self.cache),
                                   "XDG_DATA_DIRS": f"{self.folder}:/usr/share"})

    def test_the_loader_names_itself(self):
        text = self.cache.read_text()
        self.assertIn('"image/x-vqi"', text)
        self.assertIn('"vqi" ""', text)

    def test_every_type_of_pixels_is_loaded_as_it_is_decoded(self):
        for name, kind in self.every_type():
            result = self.thumbnail(name, "out.png", 24)  # the image's own size
            self.assertEqual(result.returncode, 0, (kind, result.stderr))
            self.assertEqual(self.vqi("compare", "b.png", "out.png").returncode, 0, kind)

    def test_thumbnails_are_made_smaller(self):
        self.assertEqual(self.thumbnail("a.vqi", "out.png", 24).returncode, 0)
        self.assertEqual(png_size(self.read("out.png")), (24, 16))

    def test_damaged_files_are_refused_and_never_end_the_program(self):
        for name in self.broken_files():
            result = self.thumbnail(name, "out.png")
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertNotIn(b"recognize", result.stderr)  # the loader was asked

    def test_sizes_beyond_the_limits_are_refused_before_memory_is_taken(self):
        data = bytearray(self.read("a.vqi"))
        data[12:20] = struct.pack("<II", 1 << 20, 1 << 20)
        data[60:64] = struct.pack("<I", crc32c(bytes(data[:60])))
        self.write("huge.vqi", bytes(data))
        result = self.thumbnail("huge.vqi", "out.png")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"pixels", result.stderr)


@unittest.skipUnless(QT_FOLDERS, "the plug-ins for Qt are not built")
class QtPlugins(DesktopCase):
    def read_by_each_qt(self, *names):
        for folder in QT_FOLDERS:
            yield folder, subprocess.run([f"{folder}/vqi_qt_reader", *names], stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE, cwd=self.folder, timeout=60, check=False,
                                         env={**os.environ, "QT_PLUGIN_PATH": folder})

    def test_every_type_of_pixels_is_read_as_it_is_decoded(self):
        for name, kind in self.every_type():
            for folder, result in self.read_by_each_qt(name, "out.png"):
                self.assertEqual((result.returncode, result.stdout), (0, b"vqi 24x16\n"), (folder, kind, result.stderr))
                self.assertEqual(self.vqi("compare", "b.png", "out.png").returncode, 0, (folder, kind))

    def test_damaged_files_are_refused_and_never_end_the_program(self):
        for name in self.broken_files():
            for folder, result in self.read_by_each_qt(name):
                self.assertEqual(result.returncode, 1, (folder, result.stderr))
                self.assertIn(b"vqi: ", result.stderr)  # the plug-in was asked


class GimpPlugin(DesktopCase):
    """Cases of the plug-in for each GIMP, in whose Script-Fu names differ."""

    def run_gimp(self, program, plugins, steps, *options):
        profile = self.folder / "gimp"
        profile.mkdir(exist_ok=True)
        (profile / "gimprc").write_text(f'(plug-in-path "{plugins}:${{gimp_plug_in_dir}}/plug-ins")')
        words = [word for step in [*steps, "(gimp-quit 0)"] for word in ("-b", step)]
        return subprocess.run([program, "-ids", *options, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              cwd=self.folder, timeout=200, check=False,
                              env={**os.environ, "GIMP2_DIRECTORY": str(profile), "GIMP3_DIRECTORY": str(profile),
                                   "HOME": str(self.folder)}).stdout

    def check_types_and_damage(self):
        names = []
        for name, (channels, depth) in self.every_type():
            names.append(f"{channels}x{depth}.vqi")
            (self.folder / name).rename(self.folder / names[-1])
            (self.folder / "b.png").rename(self.folder / f"{names[-1]}.original.png")
        broken = f"broken{len(list(self.broken_files()))}.vqi"
        (self.folder / "broken.vqi").rename(self.folder / broken)
        words = self.save_by_gimp(*names, broken)
        self.assertIn(b"the file is damaged", words)
        for name in names:
            result = self.vqi("compare", f"{name}.original.png", f"{name}.png")
            self.assertEqual(result.returncode, 0, (name, words, result.stderr))
        self.assertFalse((self.folder / f"{broken}.png").exists())

    def check_limit(self):
        with open(self.folder / "large.vqi", "wb") as file:
            file.write(b"\x89VQI\r\n\x1a\n")
            file.truncate(2**30 + 1)  # a hole
        self.assertIn(b"the file has more than 2^30 bytes", self.save_by_gimp("large.vqi"))


@needs("gimp-console-2.10")
@unittest.skipUnless("GIMP2_PLUGINS" in os.environ, "the plug-in for GIMP 2.10 is not built")
class GimpTwo(GimpPlugin):
    def save_by_gimp(self, *names):
        """Loads each file and saves it as PNG; returns what GIMP says."""
        return self.run_gimp("gimp-console-2.10", os.environ["GIMP2_PLUGINS"], [
            f"""(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{name}" "{name}")))
                       (layer (car (gimp-image-get-active-layer image))))
                  (file-png-save RUN-NONINTERACTIVE image layer "{name}.png" "" 0 9 0 0 0 0 0))""" for name in names])

    def test_gimp_2_loads_every_type_of_pixels_as_it_is_decoded_and_refuses_damaged_files(self):
        self.check_types_and_damage()

    def test_gimp_2_refuses_a_file_above_the_limit_before_it_is_read(self):
        self.check_limit()


@needs("gimp-console-3.0")
@unittest.skipUnless("GIMP3_PLUGINS" in os.environ, "the plug-in for GIMP 3 is not built")
class GimpThree(GimpPlugin):
    def save_by_gimp(self, *names):
        """Loads each file and saves it as PNG; returns what GIMP says."""
        return self.run_gimp("gimp-console-3.0", os.environ["GIMP3_PLUGINS"], [
            f"""(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{self.folder / name}"))))
                  (file-png-export #:run-mode RUN-NONINTERACTIVE #:image image #:file "{self.folder / name}.png"))"""
            for name in names], "--batch-interpreter=plug-in-script-fu-eval", "--quit")

    def test_gimp_3_loads_every_type_of_pixels_as_it_is_decoded_and_refuses_damaged_files(self):
        self.check_types_and_damage()

    def test_gimp_3_refuses_a_file_above_the_limit_before_it_is_read(self):
        self.check_limit()


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


if __name__ == "__main__":
    unittest.main()
