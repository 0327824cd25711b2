"""The Pillow plug-in: modes, laziness, damage, and programs that read images through Pillow."""
import io
import subprocess
import sys

import numpy as np
import vqi
from python_case import PythonCase, main, picture

try:
    from PIL import Image, UnidentifiedImageError
except ImportError:
    print("skipped: Pillow is not installed")
    sys.exit(77)
import vqi.pillow  # noqa: E402


def images():
    """An image of each mode that maps, with the mode that it opens in."""
    rgb = Image.fromarray(picture())
    rgba = Image.fromarray(picture(channels=4))
    grey16 = Image.fromarray(picture(channels=1, dtype=np.uint16))
    palette = rgb.quantize(20)
    transparent = palette.copy()
    transparent.info["transparency"] = 3
    return {"L": (rgb.convert("L"), "L"), "LA": (rgba.convert("LA"), "LA"), "RGB": (rgb, "RGB"), "RGBA": (rgba, "RGBA"),
            "I;16": (grey16, "I;16"), "1": (rgb.convert("1"), "L"), "P": (palette, "RGB"),
            "P with transparency": (transparent, "RGBA"), "RGBX": (rgb.convert("RGBX"), "RGB")}


class Pillow(PythonCase):
    def test_every_mode_that_maps_is_kept_or_saved_as_what_it_shows(self):
        for name, (image, mode) in images().items():
            with self.subTest(name):
                image.save(self.folder / "a.vqi", lossless=True)
                with Image.open(self.folder / "a.vqi") as opened:
                    self.assertEqual((opened.format, opened.mode, opened.size), ("VQI", mode, image.size))
                    wanted = image if mode == "I;16" else image.convert(mode)
                    ours, theirs = np.asarray(opened), np.asarray(wanted)
                    if mode in ("LA", "RGBA"):  # the colour of what is transparent costs nothing, and is not kept
                        ours, theirs = (np.where(each[..., -1:] > 0, each, 0) for each in (ours, theirs))
                    self.assertTrue(np.array_equal(ours, theirs))

    def test_options_are_those_of_encode(self):
        image = picture()
        Image.fromarray(image).save(self.folder / "a.vqi", k=9, method="ecvq", lambda_=20)
        self.assertEqual((self.folder / "a.vqi").read_bytes(), vqi.encode(image, k=9, method="ecvq", lambda_=20).bytes)
        file = io.BytesIO()
        Image.fromarray(image).save(file, "VQI", k=64, dpi=(72, 72), exif=b"")
        self.assertEqual(file.getvalue(), vqi.encode(image, k=64, metadata={"dpi": (72, 72)}).bytes)
        with self.assertRaises(vqi.Error):
            Image.fromarray(image).save(io.BytesIO(), "VQI", quality=80)

    def test_a_file_that_could_not_be_saved_is_not_left_behind(self):
        for wrong, options in ((Image.new("CMYK", (8, 8)), {}), (Image.new("F", (8, 8)), {}),
                               (Image.new("RGB", (8, 8)), {"k": 0})):
            with self.assertRaises((OSError, vqi.Error)):
                wrong.save(self.folder / "wrong.vqi", **options)
            self.assertFalse((self.folder / "wrong.vqi").exists())

    def test_samples_of_16_bits_and_several_channels_open_with_8(self):
        samples = picture(channels=3, dtype=np.uint16)
        (self.folder / "a.vqi").write_bytes(vqi.encode(samples, lossless=True).bytes)
        with Image.open(self.folder / "a.vqi") as opened:
            self.assertEqual(opened.mode, "RGB")
            self.assertTrue(np.array_equal(np.asarray(opened), np.rint(samples / 257).astype(np.uint8)))

    def test_values_above_16_bits_are_refused(self):
        with self.assertRaises(OSError):
            Image.fromarray(np.full((8, 8), 70000, np.int32)).save(io.BytesIO(), "VQI")
        small = Image.fromarray(np.arange(64, dtype=np.int32).reshape(8, 8) * 1000)
        file = io.BytesIO()
        small.save(file, "VQI")
        self.assertTrue(np.array_equal(vqi.decode(file.getvalue()), np.asarray(small)))

    def test_opening_reads_the_header_alone(self):
        class Counted(io.BytesIO):
            taken = 0

            def read(self, size=-1):
                data = super().read(size)
                self.taken += len(data)
                return data

        data = vqi.encode(picture(300, 300), k=256).bytes
        file = Counted(data)
        with Image.open(file) as opened:
            self.assertEqual(opened.size, (300, 300))
            self.assertLess(file.taken, len(data) / 4)
            opened.load()
            self.assertGreaterEqual(file.taken, len(data))

    def test_damage_raises_when_pixels_are_needed_and_in_the_header_at_once(self):
        data = vqi.encode(picture(), k=64).bytes
        for size in range(len(data) // 2, len(data), 97):
            with Image.open(io.BytesIO(data[:size])) as opened, self.assertRaises(OSError):
                opened.load()
        for wrong in (data[:8], data[:20], b"x" + data[1:]):
            with self.assertRaises(UnidentifiedImageError):
                Image.open(io.BytesIO(wrong))

    def test_an_open_file_can_be_copied_resized_and_saved_in_place(self):
        path = self.folder / "a.vqi"
        Image.fromarray(picture()).save(path, k=16)
        with Image.open(path) as opened:
            half = opened.resize((80, 60))
            opened.load()
        half.save(path, k=16)
        with Image.open(path) as opened:
            self.assertEqual(opened.size, (80, 60))
            opened.verify()

    def test_importing_vqi_alone_loads_no_pillow_and_encode_takes_its_images_all_the_same(self):
        code = ("import sys, vqi; assert 'PIL' not in sys.modules; from PIL import Image; "
                "print(vqi.encode(Image.new('P', (4, 4))).report.channels)")
        result = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
        self.assertEqual(result.stdout, "3\n")

    def test_matplotlib_reads_through_it(self):
        try:
            from matplotlib import image as matplotlib_image
        except ImportError:
            self.skipTest("matplotlib is not installed")
        Image.fromarray(picture()).save(self.folder / "a.vqi", k=16)
        self.assertTrue(np.array_equal(matplotlib_image.imread(self.folder / "a.vqi"),
                                       vqi.decode(self.folder / "a.vqi")))

    def test_imageio_reads_through_it(self):
        try:
            import imageio.v3 as imageio
        except ImportError:
            self.skipTest("imageio is not installed")
        Image.fromarray(picture()).save(self.folder / "a.vqi", k=16)
        self.assertTrue(np.array_equal(imageio.imread(self.folder / "a.vqi", plugin="pillow"),
                                       vqi.decode(self.folder / "a.vqi")))


if __name__ == "__main__":
    main()
