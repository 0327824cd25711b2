"""vqi quantize: palette PNGs that are right for every reader, as small as asked for, and where they are wanted."""
import json
import os
import struct
import unittest
import zlib

from cli_case import CliCase, gradient_png, noise_png, png


def chunks_of(data):
    """The chunks of a PNG in order, as (type, data); checks signature and checksums."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = [], 8
    while at < len(data):
        length, = struct.unpack(">I", data[at:at + 4])
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + body)
        chunks.append((kind, body))
        at += 12 + length
    return chunks


def paeth(a, b, c):
    nearest = min((abs(b - c), 0), (abs(a - c), 1), (abs(a + b - 2 * c), 2))
    return (a, b, c)[nearest[1]]


def pixels_of(data):
    """Width, depth, and the RGBA pixels of a palette PNG, decoded here after the specification."""
    parts = dict(chunks_of(data))
    width, height, depth, colour_type, _, _, interlace = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert (colour_type, interlace) == (3, 0)
    palette = parts[b"PLTE"]
    alpha = parts.get(b"tRNS", b"").ljust(len(palette) // 3, b"\xff")
    raw = zlib.decompress(b"".join(body for kind, body in chunks_of(data) if kind == b"IDAT"))
    stride = (width * depth + 7) // 8
    above, rows = bytearray(stride), []
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = line[x - 1] if x else 0
            corner = above[x - 1] if x else 0
            line[x] = (line[x] + (0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[kind]) & 255
        above = line
        bits = [line[x * depth // 8] >> (8 - depth - x * depth % 8) & (1 << depth) - 1 for x in range(width)]
        rows.append([tuple(palette[3 * i:3 * i + 3]) + (alpha[i],) for i in bits])
    return width, depth, [pixel for row in rows for pixel in row]


class Quantize(CliCase):
    def quantized(self, image, *options):
        self.write("a.png", image)
        report = json.loads(self.succeed("quantize", "--json", "-q", "-f", "a.png", *options))
        return self.read("a.quantized.png"), report

    def test_an_image_of_few_colours_keeps_every_pixel_in_the_fewest_bits(self):
        for count, depth in ((1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (16, 4), (17, 8), (256, 8)):
            def pixel(x, y, count=count):
                i = (x + 37 * y) % count
                return i, 255 - i, i // 2

            data, report = self.quantized(png(37, 29, pixel))
            width, found, pixels = pixels_of(data)
            self.assertEqual((width, found), (37, depth), count)
            self.assertEqual(pixels, [pixel(i % 37, i // 37) + (255,) for i in range(37 * 29)])
            self.assertEqual((report["k"], report["mse"], report["max_error"]), (count, 0, 0))
            self.assertNotIn(b"tRNS", dict(chunks_of(data)))

    def test_the_report_is_of_the_file_that_is_written(self):
        data, report = self.quantized(gradient_png(), "-k", "16", "--dither", "none")
        original = [((i % 48) * 5 % 256, (i // 48) * 7 % 256, (i % 48) * (i // 48) % 256) for i in range(48 * 32)]
        _, depth, pixels = pixels_of(data)
        errors = [(a - b) ** 2 for p, q in zip(original, pixels) for a, b in zip(p, q)]
        self.assertAlmostEqual(report["mse"], sum(errors) / (3 * len(original)), places=9)
        parts = dict(chunks_of(data))
        self.assertEqual((depth, report["file_bytes"], report["k"]), (4, len(data), 16))
        self.assertEqual(report["palette_bytes"], 12 + len(parts[b"PLTE"]))
        self.assertEqual(report["index_bytes"], 12 + len(parts[b"IDAT"]))
        keys = ("input_bytes output width height channels bit_depth raw_bytes ratio bpp k_requested distinct_vectors "
                "method space seeding seed effort training iterations converged mse_straight psnr_db ssim threads "
                "seconds skipped dropped warnings").split()
        for key in keys:
            self.assertIn(key, report)
        for key in ("coding", "model", "block", "codebook_bytes"):
            self.assertNotIn(key, report)

    def test_entries_that_are_not_opaque_come_first_and_trns_is_no_longer_than_they_are(self):
        def pixel(x, y):
            return x * 4 % 256, y * 8, 99, (255, 255, 255, 0, 128)[(x + y) % 5]

        data, _ = self.quantized(png(40, 30, pixel, channels=4), "-k", "32")
        parts = dict(chunks_of(data))
        self.assertTrue(parts[b"tRNS"])
        self.assertNotIn(255, parts[b"tRNS"])
        self.assertLess(len(parts[b"tRNS"]), len(parts[b"PLTE"]) // 3)

    def test_soft_edges_have_no_fringe_on_black_or_white(self):
        # A red disc with a soft edge, whose transparent pixels hide a bright green.
        def pixel(x, y):
            distance = ((x - 31.5) ** 2 + (y - 31.5) ** 2) ** 0.5
            alpha = max(0, min(255, round((28 - distance) * 32)))
            return (220, 30 + x % 8, 20, alpha) if alpha else (0, 255, 0, 0)

        data, _ = self.quantized(png(64, 64, pixel, channels=4), "-k", "24")
        _, _, pixels = pixels_of(data)
        for background in (0, 255):
            for i, (r, g, b, a) in enumerate(pixels):
                want = pixel(i % 64, i // 64)
                for got, wanted in zip((r, g, b), want):
                    mine = (got * a + background * (255 - a)) / 255
                    asked = (wanted * want[3] + background * (255 - want[3])) / 255
                    self.assertLess(abs(mine - asked), 20, (i % 64, i // 64))
        for i, found in enumerate(pixels):
            alpha = pixel(i % 64, i // 64)[3]
            if alpha in (0, 255):
                self.assertEqual(found[3], alpha, (i % 64, i // 64))

    def test_colour_chunks_are_kept_and_strip_drops_them(self):
        image = gradient_png()
        gamma = struct.pack(">I", 4) + b"gAMA" + struct.pack(">I", 45455)
        gamma += struct.pack(">I", zlib.crc32(gamma[4:]))
        density = struct.pack(">I", 9) + b"pHYs" + struct.pack(">IIB", 2835, 2835, 1)
        density += struct.pack(">I", zlib.crc32(density[4:]))
        image = image[:33] + gamma + density + image[33:]
        kept, _ = self.quantized(image)
        self.assertEqual(dict(chunks_of(kept))[b"gAMA"], struct.pack(">I", 45455))
        self.assertIn(b"pHYs", dict(chunks_of(kept)))
        bare, _ = self.quantized(image, "--strip")
        self.assertEqual({kind for kind, _ in chunks_of(bare)}, {b"IHDR", b"PLTE", b"IDAT", b"IEND"})

    def test_a_psnr_is_reached_and_one_out_of_reach_writes_nothing(self):
        image = noise_png(64)
        _, report = self.quantized(image, "--psnr", "22")
        self.assertGreaterEqual(report["psnr_db"], 22)
        (self.folder / "a.quantized.png").unlink()
        self.fail_with(6, "quantize", "a.png", "--psnr", "60", says=("256 colours", "dB"))

    def test_a_size_is_kept_and_one_out_of_reach_writes_nothing(self):
        data, report = self.quantized(noise_png(64), "--max-bytes", "2k")
        self.assertLessEqual(len(data), 2000)
        self.assertGreater(report["k"], 1)
        (self.folder / "a.quantized.png").unlink()
        self.fail_with(6, "quantize", "a.png", "--max-bytes", "60", says=("60 bytes",))

    def test_qualities_are_reached_or_refused(self):
        self.write("a.png", noise_png(64))
        high = json.loads(self.succeed("quantize", "--json", "-q", "--quality", "0-30", "a.png", "-o", "b.png"))
        low = json.loads(self.succeed("quantize", "--json", "-q", "--quality", "0-0", "a.png", "-o", "c.png"))
        self.assertGreater(high["psnr_db"], low["psnr_db"] - 1e-9)
        for method in ("kmeans", "ecvq"):
            self.fail_with(6, "quantize", "a.png", "--quality", "90-95", "--method", method,
                           says=("a quality of 90 (41.70 dB) cannot be reached; 256 colours reach ",))
        for text in ("80-60", "101", "a-b", "-5", "60-"):
            self.fail_with(2, "quantize", "a.png", "--quality=" + text)

    def test_ecvq_takes_fewer_bytes_at_the_psnr_that_kmeans_needs_more_for(self):
        image = png(96, 96, lambda x, y: ((x * 2 + y * y // 40) % 256, (x * y // 24) % 256, (y * 2 + x // 3) % 256))
        _, kmeans = self.quantized(image, "--psnr", "36", "--method", "kmeans")
        data, ecvq = self.quantized(image, "--psnr", "36")
        self.assertEqual((kmeans["method"], ecvq["method"]), ("kmeans", "ecvq"))
        self.assertGreaterEqual(ecvq["psnr_db"], 36)
        self.assertLess(len(data), kmeans["file_bytes"])
        pixels_of(data)
        _, more = self.quantized(image, "--lambda", "8")
        _, less = self.quantized(image, "--lambda", "80")
        self.assertLess(less["file_bytes"], more["file_bytes"])
        self.assertLess(more["mse"], less["mse"])

    def test_gradients_are_dithered_unless_a_psnr_or_ecvq_is_asked_for(self):
        image = png(120, 90, lambda x, y: (x * 2, y * 2, 60))
        _, usual = self.quantized(image, "-k", "8")
        _, none = self.quantized(image, "-k", "8", "--dither", "none")
        self.assertEqual((usual["dither"], none["dither"]), ("auto", "none"))
        self.assertLess(none["mse"], usual["mse"])
        for options in (("--psnr", "28"), ("--psnr", "28", "--method", "kmeans"), ("--lambda", "10"),
                        ("--max-bytes", "3k")):
            self.assertEqual(self.quantized(image, *options)[1]["dither"], "none", options)
        _, both = self.quantized(image, "--max-bytes", "4k", "--dither", "blue")
        self.assertEqual((both["method"], both["dither"]), ("kmeans", "blue"))
        self.fail_with(2, "quantize", "-f", "a.png", "--method", "ecvq", "--dither", "bayer", says=("bayer", "kmeans"))

    def test_ecvq_dithers_with_patterns_that_take_few_bytes(self):
        image = png(160, 120, lambda x, y: (x * 3 // 2, y * 2, 60))
        _, noisy = self.quantized(image, "-k", "8", "--dither", "diffusion", "--dither-strength", "0.5")
        _, plain = self.quantized(image, "-k", "8", "--lambda", "30")
        for dither in ("diffusion", "auto"):
            data, report = self.quantized(image, "-k", "8", "--lambda", "30", "--dither", dither)
            pixels_of(data)
            self.assertEqual((report["method"], report["dither"], report["dither_strength"]), ("ecvq", dither, 0.5))
            self.assertLess(report["file_bytes"], 0.8 * noisy["file_bytes"])
            self.assertLess(report["mse_blurred"], plain["mse"])
        _, small = self.quantized(image, "--max-bytes", "1500", "--dither", "diffusion")
        self.assertEqual((small["method"], small["dither"]), ("ecvq", "diffusion"))
        self.assertLessEqual(small["file_bytes"], 1500)

    def test_sixteen_bits_are_rounded_and_told_of(self):
        self.write("a.png", png(20, 20, lambda x, y: (x * 3000, y * 3000, 128), depth=16))
        result = self.vqi("quantize", "a.png", "-k", "8")
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"16 bits", result.stderr)

    def test_grey_and_grey_with_alpha_become_palettes(self):
        for channels in (1, 2):
            data, report = self.quantized(png(30, 30, lambda x, y, c=channels: (x * 8, y * 8)[:c], channels=channels))
            _, _, pixels = pixels_of(data)
            want = [(i % 30 * 8, i // 30 * 8 if channels == 2 else 255) for i in range(900)]
            if report["mse_straight"] in (0, None):
                self.assertEqual([(p[0], p[3]) for p in pixels], want)
            self.assertTrue(all(p[0] == p[1] == p[2] for p in pixels))

    def test_a_file_is_replaced_in_its_place_only_with_force(self):
        image = gradient_png()
        self.write("a.png", image)
        self.fail_with(2, "quantize", "--ext", ".png", "a.png")
        self.succeed("quantize", "-q", "--ext", ".png", "--force", "a.png")
        self.assertEqual(os.listdir(self.folder), ["a.png"])
        self.assertLess(len(self.read("a.png")), len(image))
        pixels_of(self.read("a.png"))

    def test_one_input_is_never_the_output_of_another(self):
        self.write("a.png", gradient_png())
        self.write("a.small.png", gradient_png(20, 20))
        self.fail_with(2, "quantize", "--ext", ".small.png", "--force", "a.png", "a.small.png")

    def test_images_of_one_name_are_told_apart_by_their_extensions(self):
        self.write("a.png", gradient_png(9, 9))
        self.write("a.jpg", gradient_png(8, 8))
        self.fail_with(2, "quantize", "a.png", "a.jpg", says=("use --keep-extension (a.png.quantized.png)",))
        self.succeed("quantize", "-q", "--keep-extension", "a.png", "a.jpg")
        self.succeed("quantize", "-q", "--keep-extension", "--ext", "-s.png", "a.png", "a.jpg")
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.jpg", "a.jpg-s.png", "a.jpg.quantized.png", "a.png",
                                                           "a.png-s.png", "a.png.quantized.png"])

    def test_a_second_run_over_a_folder_does_not_take_the_outputs_of_the_first_for_images(self):
        for end in (".quantized.png", "-small.png"):
            folder = "of" + end
            (self.folder / folder).mkdir()
            self.write(f"{folder}/a.png", gradient_png())
            self.succeed("quantize", "-q", "-r", folder, "--ext", end)
            self.write(f"{folder}/b.png", gradient_png(20, 20))
            self.succeed("quantize", "-q", "-r", folder, "--ext", end, "--skip-existing")
            self.succeed("quantize", "-q", "-r", folder, "--ext", end, "--force")
            self.assertEqual(sorted(os.listdir(self.folder / folder)), sorted(["a.png", f"a{end}", "b.png", f"b{end}"]))
            self.succeed("quantize", "-q", f"{folder}/a{end}", "-o", f"{folder}/named.png")

    def test_names_that_do_not_tell_outputs_from_images_leave_none_out(self):
        (self.folder / "d").mkdir()
        self.write("d/box.png", gradient_png())
        self.succeed("quantize", "-q", "-r", "d", "--ext", "x.png")
        self.succeed("quantize", "-q", "-r", "d", "--ext", ".png", "--force")
        self.assertEqual(sorted(os.listdir(self.folder / "d")), ["box.png", "boxx.png"])

    def test_larger_results_are_left_out_on_request(self):
        self.write("a.png", png(1, 1, lambda x, y: (1, 2, 3)))
        report = json.loads(self.succeed("quantize", "--json", "--skip-larger", "a.png"))
        self.assertTrue(report["skipped"])
        self.assertEqual(os.listdir(self.folder), ["a.png"])

    def test_pipes_and_folders_work_as_in_compress(self):
        self.assertEqual(self.succeed("quantize", "-", stdin=gradient_png())[:4], b"\x89PNG")
        (self.folder / "d/e").mkdir(parents=True)
        self.write("d/e/a.png", gradient_png())
        self.succeed("quantize", "-q", "-r", "d", "--output-dir", "out")
        self.assertTrue((self.folder / "out/e/a.quantized.png").exists())

    def test_what_cannot_be_is_refused(self):
        self.write("a.png", gradient_png())
        for options in (("-k", "0"), ("-k", "257"), ("--psnr", "0"), ("--psnr", "30", "--max-bytes", "1k"),
                        ("--quality", "10-20", "--max-bytes", "1k"), ("-o", "b.jpg"), ("--ext", "a/b"),
                        ("--ext", "x.png", "-o", "b.png"), ("--method", "em"), ("--lambda", "65537"),
                        ("--lambda", "3", "--psnr", "30"), ("--lambda", "3", "--method", "kmeans")):
            self.fail_with(2, "quantize", "a.png", *options)
        self.write("b.png", b"no image")
        self.fail_with(3, "quantize", "b.png")

    def test_threads_change_no_byte(self):
        self.write("a.png", noise_png(100))
        files = set()
        for threads in ("1", "2", "4"):
            self.succeed("quantize", "-q", "-f", "--threads", threads, "a.png")
            files.add(self.read("a.quantized.png"))
        self.assertEqual(len(files), 1)


if __name__ == "__main__":
    unittest.main()
