"""Reports, streams from strangers, and the calls beside encode and decode."""
import io
import json
import pickle
import subprocess
import sys

import numpy as np
import vqi
from python_case import LANDSCAPE, PythonCase, main, picture


def without_seconds(report):
    return {key: value for key, value in report.items() if key not in ("seconds", "threads")}


class Results(PythonCase):
    def setUp(self):
        super().setUp()
        self.image = picture()
        (self.folder / "a.png").write_bytes(vqi.write_image(self.image, ".png"))

    def test_reports_have_the_fields_and_figures_of_the_tool(self):
        encoded = vqi.encode(self.image, k=20)
        wanted = self.tool_report("compress", "a.png", "-k", 20, "-f", "-o", "a.vqi")
        for beside in ("input", "input_bytes", "output", "skipped", "verified", "dropped"):  # of the files alone
            wanted.pop(beside, None)
        self.assertEqual(without_seconds(encoded.report), without_seconds(wanted))
        self.assertEqual(set(encoded.report.seconds), set(wanted["seconds"]) & set(encoded.report.seconds))
        self.assertEqual(encoded.report.psnr_db, encoded.report["psnr_db"])
        with self.assertRaises(AttributeError):
            encoded.report.nothing

    def test_info_and_compare_report_as_the_tool_does(self):
        encoded = vqi.encode(self.image, k=20)
        encoded.save(self.folder / "a.vqi")
        wanted = self.tool_report("info", "a.vqi")
        report = vqi.inspect(encoded)
        self.assertEqual({key: wanted[key] for key in report if key in wanted}, without_seconds(report))
        self.assertEqual(vqi.inspect(self.folder / "a.vqi"), report)
        other = vqi.decode(encoded)
        (self.folder / "b.png").write_bytes(vqi.write_image(other, ".png"))
        wanted = json.loads(subprocess.run([*self.command("compare", "a.png", "b.png", "--json")], cwd=self.folder,
                                           stdout=subprocess.PIPE).stdout)
        report = vqi.compare(self.image, encoded)  # a stream counts as its image
        self.assertEqual({key: wanted[key] for key in report if key in wanted}, without_seconds(report))
        self.assertIn("psnr_db", report)

    @staticmethod
    def command(*arguments):
        from python_case import TOOL

        return [TOOL, *arguments]

    def test_rows_of_a_sweep_are_what_encode_gives(self):
        rows = vqi.sweep(self.image, k=[4, 8], method=["kmeans", "ecvq"], effort=3)
        self.assertEqual([(row.k_requested, row.method) for row in rows],
                         [(4, "kmeans"), (8, "kmeans"), (4, "ecvq"), (8, "ecvq")])
        for row in rows:
            alone = vqi.encode(self.image, k=row.k_requested, method=row.method, effort=3).report
            self.assertEqual((row.file_bytes, row.mse), (alone.file_bytes, alone.mse))
        try:
            import pandas
        except ImportError:
            return
        table = pandas.DataFrame(rows)
        self.assertEqual(list(table.k_requested), [4, 8, 4, 8])

    def test_quantize_gives_the_png_of_the_tool(self):
        self.tool("quantize", "-q", "a.png", "-k", 16, "-o", "q.png", "--effort", 3)
        png = vqi.quantize(self.image, k=16, effort=3)
        self.assertEqual(png.bytes, (self.folder / "q.png").read_bytes())
        self.assertEqual(png._repr_png_(), png.bytes)
        self.assertEqual(png.decode().shape, self.image.shape)

    def test_a_stream_shows_its_picture_and_is_saved_whole(self):
        encoded = vqi.encode(self.image, k=16)
        self.assertTrue(np.array_equal(vqi.read_image(encoded._repr_png_()), encoded.decode()))
        encoded.save(self.folder / "saved.vqi")
        self.assertEqual((self.folder / "saved.vqi").read_bytes(), bytes(encoded))
        self.assertEqual(len(encoded), len(encoded.bytes))
        with self.assertRaises(OSError):
            encoded.save(self.folder / "none" / "saved.vqi")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["a.png", "saved.vqi"])

    def test_indices_and_codebook_make_the_image(self):
        for block in ((1, 1), (2, 2), (4, 1)):
            encoded = vqi.encode(self.image, k=300, block=block)
            indices, book = vqi.decode_indices(encoded)
            blocks = book.codewords[indices]  # (rows, columns, height, width, channels)
            pixels = blocks.transpose(0, 2, 1, 3, 4).reshape(120, 160, 3)
            self.assertTrue(np.array_equal(pixels, encoded.decode()))
            self.assertEqual(book.block, block)

    def test_every_cut_and_many_changes_of_a_stream_are_errors(self):
        data = vqi.encode(picture(20, 20), k=8).bytes
        for size in range(len(data)):
            with self.assertRaises(vqi.Error):
                vqi.decode(data[:size])
        for place in range(0, len(data), 7):
            changed = bytearray(data)
            changed[place] ^= 0x10
            with self.assertRaises(vqi.Error):
                vqi.decode(changed)

    def test_errors_have_code_and_offset_and_survive_pickling(self):
        data = vqi.encode(self.image, k=8).bytes
        with self.assertRaises(vqi.Error) as caught:
            vqi.decode(data[:-3])
        error = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual(error.code, "truncated")
        self.assertGreater(error.offset, 0)
        self.assertEqual(str(error), str(caught.exception))
        (self.folder / "cut.vqi").write_bytes(data[:-3])
        said = json.loads(subprocess.run(self.command("decompress", "cut.vqi", "--json"), cwd=self.folder,
                                         stdout=subprocess.PIPE).stdout)["error"]
        self.assertEqual((said["code"], said["offset"]), (error.code, error.offset))

    def test_limits_bound_what_a_stream_may_take(self):
        data = vqi.encode(self.image, k=8).bytes
        for options in ({"max_pixels": 1000}, {"max_memory": "10k"}):
            with self.assertRaises(vqi.Error) as caught:
                vqi.decode(data, **options)
            self.assertEqual(caught.exception.code, "limit_exceeded")

    def test_a_file_that_is_not_there_is_an_os_error(self):
        with self.assertRaises(FileNotFoundError):
            vqi.decode(self.folder / "none.vqi")

    def test_importing_loads_neither_numpy_nor_what_reports_and_plug_ins_need(self):
        """What an import costs is what it loads; the rest is loaded by who uses it."""
        code = "import sys; before = set(sys.modules); import vqi; print(sorted(set(sys.modules) - before))"
        loaded = subprocess.run([sys.executable, "-S", "-c", code], stdout=subprocess.PIPE, check=True,
                                text=True).stdout
        for heavy in ("numpy", "json", "PIL", "threading", "typing", "tempfile", "sklearn"):
            self.assertNotIn(f"'{heavy}'", loaded)

    def test_pillow_images_are_taken_by_what_they_show(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("Pillow is not installed")
        with Image.open(LANDSCAPE) as opened:
            picture_rgb = opened.convert("RGB")
        wanted = vqi.encode(np.asarray(picture_rgb), k=8).bytes
        self.assertEqual(vqi.encode(picture_rgb, k=8).bytes, wanted)
        palette = picture_rgb.quantize(16)
        self.assertEqual(vqi.encode(palette).bytes, vqi.encode(np.asarray(palette.convert("RGB"))).bytes)
        bits = picture_rgb.convert("1")
        self.assertEqual(vqi.encode(bits).bytes, vqi.encode(np.asarray(bits.convert("L"))).bytes)
        buffer = io.BytesIO()
        picture_rgb.save(buffer, "PNG")
        self.assertTrue(np.array_equal(vqi.read_image(buffer.getvalue()), np.asarray(picture_rgb)))


if __name__ == "__main__":
    main()
