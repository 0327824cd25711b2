"""Arrays in and out: types, shapes, strides, borrowed memory, and the tool's bytes."""
import array
import mmap

import numpy as np
import vqi
from python_case import LANDSCAPE, PythonCase, main, picture

TYPES = [(channels, dtype) for channels in (1, 2, 3, 4) for dtype in (np.uint8, np.uint16)]


class Interface:
    """An array that has __array_interface__ alone."""

    def __init__(self, samples):
        self.samples = samples
        self.__array_interface__ = samples.__array_interface__


class Arrays(PythonCase):
    def test_bytes_and_pixels_are_those_of_the_tool(self):
        for channels, dtype in TYPES:
            with self.subTest(channels=channels, dtype=dtype):
                image = picture(channels=channels, dtype=dtype)
                (self.folder / "a.png").write_bytes(vqi.write_image(image, ".png"))
                self.tool("compress", "-q", "-f", "-k", 37, "--block", "2x1", "--effort", 3, "a.png")
                encoded = vqi.encode(image, k=37, block=(2, 1), effort=3)
                self.assertEqual(encoded.bytes, (self.folder / "a.vqi").read_bytes())
                self.tool("decompress", "-q", "-f", "a.vqi", "-o", "b.png")
                decoded = vqi.decode(encoded.bytes)
                self.assertTrue(np.array_equal(decoded, vqi.read_image(self.folder / "b.png")))
                self.assertEqual((decoded.shape, decoded.dtype), (image.shape, image.dtype))

    def test_any_strides_give_the_bytes_of_the_contiguous_array(self):
        base = picture(60, 90)
        wanted = vqi.encode(base, k=16).bytes
        padded = np.zeros((60, 100, 3), np.uint8)
        padded[:, :90] = base
        wide = np.zeros((60, 90, 5), np.uint8)
        wide[..., 1:4] = base
        every = np.zeros((120, 180, 3), np.uint8)
        every[::2, ::2] = base
        views = {"rows with a gap": padded[:, :90], "channels of more": wide[..., 1:4], "every other": every[::2, ::2],
                 "columns first": np.asfortranarray(base), "upside down": base[::-1].copy()[::-1],
                 "mirrored": base[:, ::-1].copy()[:, ::-1], "BGR": base[..., ::-1].copy()[..., ::-1],
                 "planes": np.ascontiguousarray(base.transpose(2, 0, 1)).transpose(1, 2, 0)}
        for name, view in views.items():
            with self.subTest(name):
                self.assertTrue(np.array_equal(view, base))
                self.assertEqual(vqi.encode(view, k=16).bytes, wanted)
                self.assertTrue(vqi.compare(base, view).identical)

    def test_samples_of_16_bits_may_be_unaligned_or_of_the_other_byte_order(self):
        base = picture(40, 50, 3, np.uint16)
        wanted = vqi.encode(base, k=16).bytes
        unaligned = np.frombuffer(b"x" + base.tobytes(), np.uint8)[1:].view(np.uint16).reshape(base.shape)
        self.assertEqual(vqi.encode(unaligned, k=16).bytes, wanted)
        self.assertEqual(vqi.encode(base.astype(">u2"), k=16).bytes, wanted)
        self.assertEqual(vqi.encode(base.astype("<u2"), k=16).bytes, wanted)

    def test_memory_of_any_kind_is_taken(self):
        image = picture(30, 40, 1)
        wanted = vqi.encode(image, k=8).bytes
        mapped = mmap.mmap(-1, image.size)
        mapped[:] = image.tobytes()
        kinds = [memoryview(image.tobytes()).cast("B", (30, 40)), memoryview(mapped).cast("B", (30, 40)),
                 memoryview(array.array("B", image.tobytes())).cast("B", (30, 40)), Interface(image)]
        for kind in kinds:
            with self.subTest(kind=type(kind)):
                self.assertEqual(vqi.encode(kind, k=8).bytes, wanted)

    def test_contiguous_arrays_are_borrowed_and_rows_with_gaps_too(self):
        """What the encoder reads is the caller's memory: a change during the call is seen. A copy would not show it."""
        for image in (picture(200, 200, 1), np.zeros((200, 300), np.uint8)[:, :200]):
            with self.subTest(strides=image.strides):
                image[:] = picture(200, 200, 1)
                told = []

                def change(stage, fraction, image=image, told=told):
                    if not told:
                        image[:] = 7
                    told.append(stage)

                self.assertEqual(vqi.encode(image, k=200, progress=change).report.distinct_vectors, 1)

    def test_decoding_into_an_array_of_any_strides_fills_it_and_nothing_beside(self):
        for channels, dtype in TYPES:
            image = picture(channels=channels, dtype=dtype)
            data = vqi.encode(image, k=50).bytes
            wanted = vqi.decode(data)
            extra = (240, 320, *image.shape[2:])
            for step in (slice(0, 120), slice(0, 240, 2), slice(119, None, -1)):
                with self.subTest(channels=channels, dtype=dtype, step=step):
                    frame = np.full(extra, 99, dtype)
                    out = frame[step, 10:170]
                    self.assertIs(vqi.decode(data, out=out), out)
                    self.assertTrue(np.array_equal(out, wanted))
                    out[...] = 99
                    self.assertTrue((frame == 99).all())

    def test_an_array_of_another_shape_or_type_is_not_decoded_into(self):
        data = vqi.encode(picture(), k=4).bytes
        for shape, dtype in (((120, 160), np.uint8), ((120, 160, 4), np.uint8), ((119, 160, 3), np.uint8),
                             ((120, 160, 3), np.uint16), ((120, 160, 3), np.float32)):
            out = np.zeros(shape, dtype)
            with self.assertRaises(vqi.Error) as caught:
                vqi.decode(data, out=out)
            self.assertEqual(caught.exception.code, "invalid_image")
            self.assertTrue((out == 0).all())
        locked = np.zeros((120, 160, 3), np.uint8)
        locked.flags.writeable = False
        with self.assertRaises((ValueError, BufferError)):
            vqi.decode(data, out=locked)

    def test_a_region_is_the_part_of_the_whole(self):
        data = vqi.encode(picture(), k=64).bytes
        whole = vqi.decode(data)
        self.assertTrue(np.array_equal(vqi.decode(data, region=(20, 30, 50, 40)), whole[30:70, 20:70]))
        out = np.zeros((40, 50, 3), np.uint8)
        self.assertIs(vqi.decode(data, region=(20, 30, 50, 40), out=out), out)
        self.assertTrue(np.array_equal(out, whole[30:70, 20:70]))
        with self.assertRaises(vqi.Error):
            vqi.decode(data, region=(150, 0, 20, 10))

    def test_what_is_no_image_is_refused_with_what_would_be_one(self):
        for wrong, code in [(np.zeros((4, 4), np.float64), "invalid_image"), (np.zeros((4, 4), bool), "invalid_image"),
                            (np.zeros((4, 4), np.int16), "invalid_image"), (np.zeros(16, np.uint8), "invalid_image"),
                            (np.zeros((4, 4, 5), np.uint8), "invalid_image"),
                            (np.zeros((0, 4), np.uint8), "invalid_image"), (b"bytes", "invalid_image")]:
            with self.assertRaises(vqi.Error) as caught:
                vqi.encode(wrong)
            self.assertEqual(caught.exception.code, code)
            self.assertIn("give ", str(caught.exception))
        for wrong in (None, 5, "text", object(), [[1, 2], [3, 4]]):
            with self.assertRaises(TypeError):
                vqi.encode(wrong)

    def test_the_decoded_array_owns_its_memory_and_may_be_written(self):
        decoded = vqi.decode(vqi.encode(picture(), k=4).bytes)
        copy = decoded.copy()
        decoded[...] = 0
        del decoded
        self.assertTrue(copy.any())

    def test_image_files_are_read_as_the_tool_reads_them(self):
        image = vqi.read_image(LANDSCAPE)
        self.tool("compress", "-q", LANDSCAPE, "-k", 16, "-o", "a.vqi")
        self.assertEqual(image.shape, (320, 480, 3))
        ours = vqi.decode(vqi.encode(image, k=16).bytes)
        self.assertTrue(np.array_equal(ours, vqi.decode(self.folder / "a.vqi")))


if __name__ == "__main__":
    main()
