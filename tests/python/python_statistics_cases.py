"""vqi.Statistics: parts that add up to the tool's bytes, in any order and from any thread."""
import pickle
import random
import threading

import numpy as np
import vqi
from python_case import PythonCase, main, picture


class Gathering(PythonCase):
    def setUp(self):
        super().setUp()
        self.images = [picture(30 + n, 41 - n, channels=3, seed=n) for n in range(7)]

    def parts(self, count, **options):
        return [vqi.Statistics(self.images[n::count], shard=(n + 1, count), **options) for n in range(count)]

    def test_the_bytes_are_those_of_the_tool(self):
        names = [f"i{n}.png" for n in range(len(self.images))]
        for name, image in zip(names, self.images):
            (self.folder / name).write_bytes(vqi.write_image(image, ".png"))
        for options, words in (({}, ()), ({"block": (4, 3), "sample": 50}, ("--block", "4x3", "--sample", "50"))):
            self.tool("stats", *names, *words, "--shard", "2/3", "-f", "-o", "part.vqs")
            part = self.parts(3, **options)[1]
            self.assertEqual(part.bytes, (self.folder / "part.vqs").read_bytes())
            self.assertEqual(vqi.Statistics.load(self.folder / "part.vqs").bytes, part.bytes)
            self.tool("train", "part.vqs", "-k", "12", "-f", "-o", "book.vqb")
            self.assertEqual(part.train(k=12), vqi.Codebook.load(self.folder / "book.vqb"))

    def test_any_split_and_order_gives_the_codebook_of_one_call(self):
        source = random.Random(3)
        for options in ({}, {"block": "4x3", "sample": 60}):
            wanted = vqi.train(self.images, k=12, **options)
            for count in (1, 2, 7):
                parts = self.parts(count, **options)
                parts += source.sample(parts, 1)
                source.shuffle(parts)
                merged = pickle.loads(pickle.dumps(parts[0]))
                for part in parts[1:]:
                    merged.merge(source.choice([part, part.bytes]))
                self.assertEqual((merged.images, merged.shards), (7, count))
                self.assertEqual(merged.train(k=12), wanted)
                self.assertEqual(vqi.train(merged, k=12), wanted)

    def test_figures_are_of_all_images(self):
        statistics = vqi.Statistics(self.images, block="2x2", sample="100")
        self.assertEqual((statistics.block, statistics.sample, statistics.images, statistics.shards),
                         ((2, 2), 100, 7, 1))
        self.assertEqual(statistics.pixels, sum(image.shape[0] * image.shape[1] for image in self.images))
        self.assertEqual(statistics.vectors, sum(-(-image.shape[0] // 2) * -(-image.shape[1] // 2)
                                                 for image in self.images))
        self.assertTrue(statistics.sampled)
        self.assertEqual(statistics.distinct_vectors, 100)
        colours = vqi.Statistics([self.images[0]])
        self.assertFalse(colours.sampled)
        self.assertAlmostEqual(colours.variance, self.images[0].astype(float).var(axis=(0, 1)).mean())
        self.assertIsNone(vqi.Statistics([self.images[0], self.images[0][..., 0]]).variance)

    def test_threads_share_statistics_and_no_image_is_lost(self):
        statistics = vqi.Statistics(block="2x2", sample=500)
        threads = [threading.Thread(target=lambda n=n: [statistics.add(image) for image in self.images[n::3]])
                   for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(statistics.bytes, vqi.Statistics(self.images, block="2x2", sample=500).bytes)

    def test_what_is_wrong_is_an_error_and_changes_nothing(self):
        one, two, three = self.parts(3)
        left, right = vqi.Statistics.from_bytes(one.bytes), vqi.Statistics.from_bytes(two.bytes)
        left.merge(two)
        right.merge(three)
        before = left.bytes
        for wrong, code in ((right, "invalid_option"), (vqi.Statistics(self.images, block="2x2"), "invalid_option"),
                            (one.bytes[:-5], "truncated"), (b"\x89PNG\r\n\x1a\n" + bytes(50), "bad_magic")):
            with self.assertRaises(vqi.Error) as caught:
                left.merge(wrong)
            self.assertEqual(caught.exception.code, code)
        with self.assertRaises(vqi.Error):
            left.add(np.zeros((3, 3, 5), np.uint8))
        for options in ({"block": "2x2"}, {"sample": 5}, {"k": 0}):
            with self.assertRaises(vqi.Error):
                left.train(**options)
        self.assertEqual(left.bytes, before)
        for make in (lambda: vqi.Statistics(block="20x2"), lambda: vqi.Statistics().bytes,
                     lambda: vqi.Statistics().train(k=2),
                     lambda: vqi.Statistics([picture(200, 200)], max_memory="100k")):
            with self.assertRaises(vqi.Error):
                make()
        for shard in ((0, 2), (3, 2), (1, 2**32)):
            with self.assertRaises(ValueError):
                vqi.Statistics(shard=shard)
        with self.assertRaises(TypeError):
            pickle.dumps(vqi.Statistics())


if __name__ == "__main__":
    main()
