"""Metadata: in and out of streams and image files, as the tool carries it, and through Pillow."""
import io
import struct
import unittest

import numpy as np
import vqi
from python_case import PythonCase, main, picture

try:
    from PIL import Image, ImageCms
    import vqi.pillow  # noqa: F401
except ImportError:
    Image = None

CHROMATICITY = (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)


def profile(space=b"RGB ", size=3000):
    """What looks like an ICC profile for monitors."""
    head = struct.pack(">I4sI4s4s4s", size, b"vqi ", 0x04200000, b"mntr", space, b"XYZ ")
    return (head + bytes(12) + b"acsp" + bytes(88) + bytes(4)).ljust(size, b"\x5a")


def kinds():
    """Each kind of metadata, and all of them."""
    every = {"gamma": 0.45455, "chromaticity": CHROMATICITY, "srgb": 1, "cicp": (9, 16, 0, 1), "dpi": (300, 150),
             "icc_profile": profile()}
    return [*({name: value} for name, value in every.items()), {"aspect": (3, 2)}, every]


class Metadata(PythonCase):
    def assert_same(self, found, wanted):
        self.assertEqual(sorted(found), sorted(wanted))
        for name, value in wanted.items():
            if name == "dpi":  # a file has whole pixels per metre
                self.assertTrue(np.allclose(found[name], value, atol=0.02), found[name])
            else:
                self.assertEqual(found[name], value)

    def test_each_kind_comes_back_from_a_stream_and_changes_no_sample(self):
        image = picture()
        plain = vqi.encode(image, k=8)
        self.assertEqual(plain.metadata, {})
        for metadata in kinds():
            with self.subTest(metadata.keys()):
                encoded = vqi.encode(image, k=8, metadata=metadata)
                self.assert_same(encoded.metadata, metadata)
                self.assertGreater(encoded.report.metadata_bytes, 0)
                self.assertTrue(np.array_equal(encoded.decode(), plain.decode()))
        self.assertEqual(vqi.encode(image, k=8, metadata={"dpi": None}).bytes, plain.bytes)

    def test_pngs_carry_it_too_and_so_do_pictures_in_notebooks(self):
        metadata = {"gamma": 0.45455, "chromaticity": CHROMATICITY, "dpi": (300, 150), "icc_profile": profile()}
        for png in (vqi.write_image(picture(), ".png", metadata=metadata),
                    vqi.quantize(picture(), k=8, metadata=metadata).bytes,
                    vqi.encode(picture(), k=8, metadata=metadata)._repr_png_()):
            self.assert_same(vqi.read_metadata(png), metadata)
        self.assertEqual(vqi.read_metadata(vqi.quantize(picture(), k=8, metadata=metadata, strip=True).bytes), {})

    def test_the_tool_carries_the_same(self):
        metadata = {"gamma": 0.5, "dpi": (72, 72), "icc_profile": profile(size=70000)}
        (self.folder / "a.png").write_bytes(vqi.write_image(picture(), ".png", metadata=metadata))
        self.tool("compress", "-q", "-k", 8, "a.png")
        self.assert_same(vqi.read_metadata(self.folder / "a.vqi"), metadata)

    def test_what_is_no_metadata_is_refused_in_words(self):
        for wrong in ({"colour": 1}, {"gamma": "x"}, {"gamma": -1}, {"chromaticity": (1, 2)}, {"cicp": (1, 2, 3, 256)},
                      {"srgb": 300}, {"dpi": 72}, {"dpi": (72, 72), "aspect": (1, 1)}, {"icc_profile": "text"}):
            with self.subTest(wrong), self.assertRaisesRegex(ValueError, "metadata"):
                vqi.encode(picture(), metadata=wrong)
        with self.assertRaises(vqi.Error):
            vqi.encode(picture(), metadata={"srgb": 4})
        with self.assertRaises(vqi.Error):
            vqi.read_metadata(vqi.encode(picture(), metadata={"gamma": 1}).bytes[:-1])


@unittest.skipUnless(Image, "Pillow is not installed")
class ThroughPillow(PythonCase):
    def opened(self, **arguments):
        file = io.BytesIO()
        Image.fromarray(picture()).save(file, "VQI", k=8, **arguments)
        return Image.open(file)

    def test_info_has_profile_and_density_when_a_file_is_opened_and_saves_them_again(self):
        icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        with self.opened(icc_profile=icc, dpi=(300, 300)) as first:
            self.assertEqual(first.info["icc_profile"], icc)
            self.assertTrue(np.allclose(first.info["dpi"], 300, atol=0.02))
            again = io.BytesIO()
            first.save(again, "VQI", k=8)
            with Image.open(again) as second:
                self.assertEqual(second.info, first.info)
            png = io.BytesIO()
            first.save(png, "PNG")
            with Image.open(png) as other:
                self.assertEqual(other.info["icc_profile"], icc)
            for told in ({"icc_profile": None}, {"dpi": None}, {"dpi": (72, 72)}):
                first.save(again := io.BytesIO(), "VQI", k=8, **told)
                with Image.open(again) as second:
                    for name, value in told.items():
                        self.assertEqual(name in second.info, value is not None)

    def test_what_a_png_says_goes_into_the_file(self):
        metadata = {"gamma": 0.5, "chromaticity": CHROMATICITY, "dpi": (100, 100), "icc_profile": profile()}
        with Image.open(io.BytesIO(vqi.write_image(picture(), ".png", metadata=metadata))) as png:
            png.save(self.folder / "a.vqi", k=8)
        self.assertEqual(sorted(vqi.read_metadata(self.folder / "a.vqi")), sorted(metadata))

    def test_a_profile_for_other_colours_is_left_out(self):
        with self.opened(icc_profile=profile(b"CMYK")) as opened:
            self.assertNotIn("icc_profile", opened.info)
        with self.opened(icc_profile=profile()) as opened:
            opened.convert("L").save(self.folder / "grey.vqi", k=8)
        self.assertEqual(vqi.read_metadata(self.folder / "grey.vqi"), {})

    def test_damaged_metadata_is_an_error_when_pixels_are_needed(self):
        data = bytearray(vqi.encode(picture(), k=8, metadata={"icc_profile": profile()}).bytes)
        data[data.index(b"\x5a" * 100)] ^= 1
        with Image.open(io.BytesIO(bytes(data))) as opened:
            self.assertEqual(opened.info, {})
            with self.assertRaises(OSError):
                opened.load()


if __name__ == "__main__":
    main()
