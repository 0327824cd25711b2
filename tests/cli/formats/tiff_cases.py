"""TIFF files of every kind, made byte by byte: what they show, and which are refused."""
import itertools
import unittest

from tiff_files import (BYTE, CIELAB, CMYK, COMPRESS, GREY, HEIGHT, ICCLAB, LONG, PALETTE, RGB, SHORT, WHITE_IS_ZERO,
                        WIDTH, YCBCR, Tiff, Tiffs, flat, picture, png, samples_of, stretched)


class Kinds(Tiffs):
    def test_grey_of_every_depth_is_stretched_to_the_full_range_in_all_layouts(self):
        layouts = ({}, {"rows_per_strip": 4}, {"tile": (16, 16)}, {"big": True, "tile": (32, 16)},
                   {"compression": 8, "rows_per_strip": 5}, {"compression": 32773, "big": True})
        for number, (bits, order, photometric) in enumerate(
                itertools.product((1, 2, 3, 4, 6, 8, 10, 12, 13, 14, 16), "<>", (GREY, WHITE_IS_ZERO))):
            rows = picture(1, bits)
            layout = layouts[number % len(layouts)]
            values = [stretched(value, bits) for value in flat(rows)]
            if photometric == WHITE_IS_ZERO:
                values = [(65535 if bits > 8 else 255) - value for value in values]
            self.shows(Tiff(rows, photometric, bits=bits, order=order, **layout).build(), values, 1,
                       16 if bits > 8 else 8, what=(bits, order, photometric, layout))

    def test_rgb_of_many_depths_in_planes_and_pixels(self):
        for bits, order, planes, tile in itertools.product((2, 4, 8, 10, 12, 16), "<>", (False, True),
                                                           (None, (16, 32))):
            rows = picture(3, bits)
            self.shows(Tiff(rows, RGB, 3, bits, order, planes=planes, tile=tile, rows_per_strip=6).build(),
                       [stretched(value, bits) for value in flat(rows)], 3, 16 if bits > 8 else 8,
                       what=(bits, order, planes, tile))

    def test_palettes_of_every_depth_with_maps_of_words_and_of_bytes(self):
        for bits, order, is_bytes in itertools.product((1, 2, 4, 8), "<>", (False, True)):
            rows = picture(1, bits)
            size = 2**bits
            colours = samples_of(3 * size, 255, seed=bits)
            colour_map = [value if is_bytes else value * 257 for value in colours]
            expected = [colours[channel * size + index] for index in flat(rows) for channel in range(3)]
            self.shows(Tiff(rows, PALETTE, 1, bits, order, fields={320: (SHORT, colour_map)}).build(), expected, 3,
                       what=(bits, order, is_bytes))

    def test_cmyk_is_converted_plainly_with_and_without_alpha_and_planes(self):
        for bits, extra, planes in itertools.product((8, 16), (0, 1), (False, True)):
            count = 4 + extra
            rows, full = picture(count, bits), 2**bits - 1
            expected = []
            values = flat(rows)
            for i in range(0, len(values), count):
                ink = values[i:i + 4]
                expected += [(2 * (full - ink[k]) * (full - ink[3]) + full) // (2 * full) for k in range(3)]
                expected += values[i + 4:i + count]
            fields = {338: (SHORT, [2])} if extra else {}
            self.shows(Tiff(rows, CMYK, count, bits, planes=planes, fields=fields).build(), expected, 3 + extra, bits,
                       what=(bits, extra, planes))

    def test_neutral_lab_colours_are_neutral(self):
        neutral = [255, 0, 0, 128, 0, 0, 0, 0, 0]
        self.shows(Tiff([neutral], CIELAB, 3).build(), [255] * 3 + [119] * 3 + [0] * 3, 3, width=3, height=1)
        shifted = [255, 128, 128, 128, 128, 128, 0, 128, 128]
        self.shows(Tiff([shifted], ICCLAB, 3).build(), [255] * 3 + [119] * 3 + [0] * 3, 3, width=3, height=1)
        self.shows(Tiff([[65535, 0, 0, 0, 0, 0]], CIELAB, 3, 16).build(), [65535] * 3 + [0] * 3, 3, 16, 2, 1)
        self.shows(Tiff([[65280, 32768, 32768, 0, 32768, 32768]], ICCLAB, 3, 16).build(), [65535] * 3 + [0] * 3, 3, 16,
                   2, 1)

    def test_chroma_may_be_shared_and_black_and_white_moved(self):
        # A unit of 2x2 pixels: four luma samples, then Cb and Cr, 128 of which is no colour.
        unit = [10, 20, 30, 40, 128, 128]
        sides = {256: (LONG, [2]), 257: (LONG, [2]), 278: (LONG, [2])}
        tiff = Tiff([unit], YCBCR, 3, fields={**sides, 530: (SHORT, [2, 2])})
        self.shows(tiff.build(), [v for v in (10, 20, 30, 40) for _ in range(3)], 3, width=2, height=2)
        whole = Tiff([[76, 85, 255, 255, 128, 128]], YCBCR, 3, fields={530: (SHORT, [1, 1])})
        self.shows(whole.build(), [254, 0, 0, 255, 255, 255], 3, width=2, height=1)

    def test_orientation_of_every_type_is_applied_once(self):
        turned = {1: [1, 2, 3, 4, 5, 6], 2: [3, 2, 1, 6, 5, 4], 3: [6, 5, 4, 3, 2, 1], 4: [4, 5, 6, 1, 2, 3],
                  5: [1, 4, 2, 5, 3, 6], 6: [4, 1, 5, 2, 6, 3], 7: [6, 3, 5, 2, 4, 1], 8: [3, 6, 2, 5, 1, 4]}
        for (orientation, values), kind, order, bits in itertools.product(turned.items(), (BYTE, SHORT, LONG), "<>",
                                                                          (8, 16)):
            size = (3, 2) if orientation < 5 else (2, 3)
            self.shows(Tiff([[1, 2, 3], [4, 5, 6]], GREY, bits=bits, order=order,
                            fields={274: (kind, [orientation])}).build(), values, 1, bits, *size,
                       what=(orientation, kind, order, bits))

    def test_alpha_of_every_kind_and_type(self):
        for samples, bits, kind, order, planes in itertools.product((1, 3), (8, 16), (BYTE, SHORT, LONG), "<>",
                                                                    (False, True)):
            rows, full = picture(samples + 1, bits), 2**bits - 1
            what = (samples, bits, kind, order, planes)
            photometric = GREY if samples == 1 else RGB

            def tiff(of, alpha):
                return Tiff(of, photometric, samples + 1, bits, order, planes=planes,
                            fields={338: (kind, [alpha])}).build()
            self.shows(tiff(rows, 2), flat(rows), samples + 1, bits, what=what)
            pixels = [([full // 2] * samples, full), ([full // 5] * samples, full // 5 * 2), ([3] * samples, 0)]
            straight = [([full // 2] * samples, full), ([(full + 1) // 2] * samples, full // 5 * 2), ([3] * samples, 0)]
            self.shows(tiff([[v for colour, alpha in pixels for v in colour + [alpha]]], 1),
                       [v for colour, alpha in straight for v in colour + [alpha]], samples + 1, bits, 3, 1, what)
            # Unspecified samples are no alpha.
            path = self.write("a.tif", tiff(rows, 0))
            step = samples + 1
            colours = [v for row in rows for x in range(WIDTH) for v in row[x * step:x * step + samples]]
            self.write("expected.png", png(WIDTH, HEIGHT, colours, samples, bits))
            result = self.vqi("compare", "expected.png", path.name)
            self.assertEqual(result.returncode, 0, what)
            self.assertIn(b"left out", result.stderr, what)

    def test_a_palette_with_alpha_and_more_samples_than_needed(self):
        rows = picture(3, 8)
        colours = samples_of(768, 255)
        values = flat(rows)
        expected = []
        for i in range(0, len(values), 3):
            expected += [colours[channel * 256 + values[i]] for channel in range(3)] + [values[i + 2]]
        path = self.write("a.tif", Tiff(rows, PALETTE, 3, fields={320: (SHORT, [v * 257 for v in colours]),
                                                                  338: (SHORT, [0, 2])}).build())
        self.write("expected.png", png(WIDTH, HEIGHT, expected, 4))
        result = self.vqi("compare", "expected.png", path.name)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(b"1 sample of each pixel of the TIFF is left out", result.stderr)

    def test_any_number_of_rows_per_strip(self):
        rows = picture(1, 8)
        for count in (HEIGHT, HEIGHT + 1, 65535, 2**31 - 1, 2**31, 2**32 - 22, 2**32 - 2, 2**32 - 1):
            for order in "<>":
                self.shows(Tiff(rows, GREY, order=order, fields={278: (LONG, [count])}).build(), flat(rows), 1,
                           what=(count, order))

    def test_bits_of_bytes_may_be_reversed(self):
        rows = picture(1, 1)
        tiff = Tiff(rows, GREY, bits=1, fields={266: (SHORT, [2])})
        tiff.segments = [bytes(int(format(byte, "08b")[::-1], 2) for byte in segment) for segment in tiff.segments]
        self.shows(tiff.build(), [255 * value for value in flat(rows)], 1)


class Refusals(Tiffs):
    def test_kinds_that_are_not_read_are_named(self):
        rgb = picture(3, 8)
        for fields, words in (({258: (SHORT, [32, 32, 32])}, "32 bits per sample"),
                              ({339: (SHORT, [2, 2, 2])}, "signed samples"),
                              ({258: (SHORT, [32] * 3), 339: (SHORT, [3, 3, 3])}, "floating-point samples"),
                              ({339: (SHORT, [6, 6, 6])}, "complex samples"),
                              ({258: (SHORT, [8, 8, 4])}, "different depths"),
                              ({262: (SHORT, [32845])}, "LogLuv"), ({262: (SHORT, [32803])}, "CFA"),
                              ({262: (SHORT, [10])}, "ITULab"), ({262: (SHORT, [4])}, "mask"),
                              ({262: (SHORT, [777])}, "unknown kind 777"), ({262: (SHORT, [5])}, "4")):
            self.refuses(Tiff(rgb, RGB, 3, fields=fields).build(), words, what=fields)
        for compression in (33003, 33005, 34712, 34892, 34933, 50000 + 13, 64999, 4711):
            tiff = Tiff(rgb, RGB, 3, fields={259: (SHORT, [compression])})
            self.refuses(tiff.build(), "compression %d" % compression, what=compression)
        for compression, name in ((33003, "JPEG 2000"), (34712, "JPEG 2000"), (50002, "JPEG XL"), (34934, "JPEG XR")):
            tiff = Tiff(rgb, RGB, 3, fields={259: (SHORT, [compression])})
            self.refuses(tiff.build(), "compression %d (%s" % (compression, name), what=compression)

    def test_a_file_cut_anywhere_is_damaged(self):
        for order, big, planes in itertools.product("<>", (False, True), (False, True)):
            file = Tiff(picture(3, 8, 5, 4), RGB, 3, order=order, big=big, planes=planes, rows_per_strip=2).build()
            next_bytes = 8 if big else 4
            for length in range(8, len(file) - next_bytes, 7):
                self.refuses(file[:length], what=(order, big, planes, length))
            # Without its last field the directory does not say whether there is another; the pixels are all there.
            self.write("a.tif", file[:-1])
            result = self.vqi("compress", "-f", "a.tif", "-o", "whole.vqi")
            self.assertEqual(result.returncode, 0)
            self.assertIn(b"damaged after page 1", result.stderr)

    def test_strips_that_are_too_short_missing_or_outside_the_file(self):
        rows = picture(1, 8)
        for compression, tile in itertools.product(COMPRESS, (None, (16, 16))):
            tiff = Tiff(rows, GREY, compression=compression, rows_per_strip=7, tile=tile)
            whole = tiff.segments[1]
            for segment in (whole[:len(whole) // 2], whole[:2], b""):
                tiff.segments[1] = segment
                self.refuses(tiff.build(), "damaged", what=(compression, tile, len(segment)))
            tiff.segments = [whole]
            self.refuses(tiff.build(), "damaged", what=(compression, tile, "fewer than there should be"))

    def test_hostile_sizes_are_refused_before_memory_is_taken(self):
        tiff = Tiff(picture(1, 8), GREY, fields={256: (LONG, [2**20]), 257: (LONG, [2**20])})
        path = self.write("a.tif", tiff.build())
        self.fail_with(4, "compress", path.name)
        tiff = Tiff(picture(1, 8), GREY, tile=(16, 16))
        for side in (4096, 65520, 2**31, 2**32 - 16):
            tiff.fields.update({322: (LONG, [side]), 323: (LONG, [side])})
            self.refuses(tiff.build(), what=side)


if __name__ == "__main__":
    unittest.main()
