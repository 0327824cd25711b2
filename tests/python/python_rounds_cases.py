"""Rounds of k-means over a corpus: the objective never rises, and no split of the images changes a byte."""
import pickle
import random
import subprocess
import sys

import numpy as np
import vqi
from python_case import PythonCase, main, picture
from vqi import corpus


class Rounds(PythonCase):
    def setUp(self):
        super().setUp()
        self.images = {f"{n:02}": picture(32, 48, seed=n) for n in range(6)}
        self.start = vqi.train(self.images.values(), k=12, block=(4, 4), effort=1, sample=40)

    def codec_mse(self, book):
        return np.mean([vqi.encode(image, codebook=book).report.mse for image in self.images.values()])

    def test_the_objective_is_the_codecs_and_never_rises(self):
        told = []
        moved = corpus.refine(self.images, self.start, report=lambda number, mse: told.append(mse))
        self.assertEqual(moved.mse, told)
        self.assertGreater(len(told), 3)
        self.assertEqual(told, sorted(told, reverse=True))
        self.assertAlmostEqual(told[0], self.codec_mse(self.start))
        self.assertAlmostEqual(told[-1], self.codec_mse(moved.codebook))
        self.assertLess(told[-1], told[0])

    def test_any_split_gives_the_same_sums_and_codebook(self):
        wanted = corpus.refine(self.images, self.start, rounds=3, report=None)
        for chunk in (1, 4):
            found = corpus.refine(self.images, self.start, rounds=3, chunk=chunk, report=None)
            self.assertEqual((found.codebook, found.mse), (wanted.codebook, wanted.mse))
        sums = [corpus.sum_vectors([item], self.start.bytes) for item in self.images.items()]
        random.Random(1).shuffle(sums)
        added = corpus.add_sums(pickle.loads(pickle.dumps(sums)))
        whole = corpus.sum_vectors(self.images.items(), self.start)
        self.assertEqual((added.error, added.worst), (whole.error, whole.worst))
        self.assertTrue((added.sums == whole.sums).all() and (added.counts == whole.counts).all())

    def test_random_codebooks_of_any_type_never_get_worse_and_stay_distinct(self):
        random_source = np.random.default_rng(5)
        for channels, dtype, block in ((1, np.uint8, (5, 3)), (3, np.uint16, (2, 2)), (3, np.uint8, (1, 1))):
            images = {str(n): picture(23, 31, channels, dtype, seed=n) for n in range(3)}
            shape = (30, block[1], block[0], channels)
            codewords = random_source.integers(0, np.iinfo(dtype).max, shape).astype(dtype)
            codewords[1:20] = codewords[0]  # near each other: most are left without vectors
            codewords[1:20, 0, 0, 0] = np.arange(1, 20)
            codewords = np.unique(codewords, axis=0)
            book = vqi.Codebook(codewords)
            errors = []
            for _ in range(8):  # refine itself would stop where the error does not fall
                sums = corpus.sum_vectors(images.items(), book)
                errors.append(sums.error)
                book = corpus.move(book, sums)
                self.assertEqual(len(np.unique(book.codewords, axis=0)), len(codewords))
            self.assertEqual(errors, sorted(errors, reverse=True))
            self.assertLess(errors[-1], errors[0])
            self.assertGreater((sums.counts > 0).sum(), 20)

    def test_codewords_move_to_the_best_whole_numbers(self):
        sums = corpus.sum_vectors(self.images.items(), self.start)
        moved = corpus.move(self.start, sums).codewords.reshape(len(sums.counts), -1).astype(np.int64)
        used = sums.counts > 0
        self.assertGreater(used.sum(), 8)
        counts = sums.counts[used][:, None]
        for step in (1, -1):  # n c^2 - 2 c sum is what a sample c of a codeword costs its cell, but for a constant
            def cost(c):
                return counts * c * c - 2 * c * sums.sums[used]
            self.assertTrue((cost(moved[used] + step) >= cost(moved[used])).all())

    def test_few_distinct_vectors_end_without_error(self):
        flat = {"a": np.full((8, 8, 3), 20, np.uint8), "b": np.full((8, 8, 3), 90, np.uint8)}
        moved = corpus.refine(flat, vqi.Codebook([[0, 0, 0], [0, 0, 1], [0, 0, 2], [255, 0, 0]]), report=None)
        self.assertEqual(moved.mse[-1], 0)
        self.assertEqual(len({tuple(each) for each in moved.codebook.codewords[:, 0, 0].tolist()}), 4)

    def test_each_round_is_told_and_bad_images_are_left_out(self):
        program = ("import numpy, vqi\nfrom vqi import corpus\n"
                   "moved = corpus.refine({'a': numpy.full((4, 4), 9, numpy.uint8), 'b': b'-', "
                   "'c': numpy.zeros((4, 4, 3), numpy.uint8)}, vqi.Codebook([[7]]))\n"
                   "print([bad.name for bad in moved.bad])\n")
        ran = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True)
        self.assertEqual(ran.stderr, "round 0: mse 4.000000\nround 1: mse 0.000000\n")
        self.assertEqual(ran.stdout, "['b', 'c']\n")
        with self.assertRaises(ValueError):
            corpus.refine(self.images, vqi.Codebook([[1, 2, 3, 255]]))


if __name__ == "__main__":
    main()
