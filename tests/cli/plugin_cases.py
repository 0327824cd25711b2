"""OpenCV is a plug-in: PNG, BMP, PAM and .vqi do not need it, it is found wherever program and plug-in are moved to,
and without it other formats fail with a clear message."""
import os
import pathlib
import shutil
import struct
import unittest

from cli_case import TOOL, CliCase, gradient_png

PLUGIN = pathlib.Path(TOOL).parent.parent / "lib" / "vqi" / "vqi_opencv.so"


def sun_raster(width, height):
    """The bytes of a Sun raster of 24 bits, a format that OpenCV reads."""
    rows = b"".join(bytes((x * 5 % 256, y * 7 % 256, 90)) for y in range(height) for x in range(width))
    assert width % 2 == 0, "rows need no padding"
    return struct.pack(">8I", 0x59A66A95, width, height, 24, len(rows), 1, 0, 0) + rows


class Plugin(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png())
        self.write("b.ras", sun_raster(16, 8))
        (self.folder / "moved" / "bin").mkdir(parents=True)
        self.tool = self.folder / "moved" / "bin" / "vqi"
        shutil.copy2(TOOL, self.tool)

    def moved_vqi(self, *arguments):
        return self.vqi(*arguments, tool=self.tool)

    def test_png_and_streams_need_no_plugin(self):
        for arguments in (("compress", "-q", "a.png"), ("info", "-q", "a.vqi"), ("decompress", "-q", "a.vqi"),
                          ("compare", "-q", "a.decoded.png", "a.decoded.png"),
                          ("decompress", "-q", "a.vqi", "-o", "a.bmp"), ("compress", "-q", "-f", "a.bmp"),
                          ("decompress", "-q", "a.vqi", "-o", "a.pam"), ("compress", "-q", "-f", "a.pam")):
            result = self.moved_vqi(*arguments)
            self.assertEqual((result.returncode, result.stderr), (0, b""), arguments)

    def test_another_format_without_the_plugin_is_a_failure_in_words(self):
        result = self.moved_vqi("compress", "b.ras")
        self.assertEqual((result.returncode, result.stdout), (5, b""))
        self.assertRegex(result.stderr, rb"\Avqi: b.ras: [^\n]*needs OpenCV[^\n]*vqi_opencv.so[^\n]*\n\Z")
        self.assertFalse((self.folder / "b.vqi").exists())

    def test_the_plugin_is_found_where_both_were_moved_to_also_through_a_link(self):
        if not PLUGIN.exists():
            self.skipTest("the plug-in is not built where a plain prefix has it")
        (self.folder / "moved" / "lib" / "vqi").mkdir(parents=True)
        shutil.copy2(PLUGIN, self.folder / "moved" / "lib" / "vqi")
        os.symlink(self.tool, self.folder / "link")
        for tool in (self.tool, self.folder / "link"):
            result = self.vqi("compress", "-q", "-f", "b.ras", tool=tool)
            self.assertEqual((result.returncode, result.stderr), (0, b""))


if __name__ == "__main__":
    unittest.main()
