"""Runs tools/train on a tiny picture: pictures are made, a few steps learn, and the integers are a source and a table.

Exits 77 where PyTorch, NumPy or Pillow is missing.
"""
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

TRAIN = pathlib.Path(__file__).parents[2] / "tools" / "train"
TOOL = os.environ.get("VQI_TOOL", "vqi")
sys.path.insert(0, str(TRAIN))
try:
    import numpy
    import torch
    from PIL import Image
except ImportError as missing:
    print(f"{missing}: the training of the decode filter is not tested")
    sys.exit(77)
import restore_network
import restore_pictures
import train_restore

KERNELS = 51  # outputs of all layers


def soft_picture(name, side=96):
    """Waves of colour with some noise."""
    source = random.Random(name)
    phase = source.uniform(0, 6)
    picture = Image.new("RGB", (side, side))
    def light(x, y, c):
        return int(128 + 90 * math.sin(x / (9 + c) + phase) * math.cos(y / (12 - c)) + source.uniform(-6, 6))
    picture.putdata([tuple(light(x, y, c) for c in range(3)) for y in range(side) for x in range(side)])
    return picture


class Training(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        for part in ("learn", "held_out"):
            file = cls.folder / f"{part}.png"
            soft_picture(part).save(file)
            restore_pictures.make(TOOL, [file], cls.folder / part, 1, (80, 72), ((8, 1), (8, 3)), ((8, 1),))
        cls.learn = restore_pictures.load(cls.folder / "learn")
        cls.network = train_restore.train(cls.learn, 60, 1)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_encodings_are_crops_beside_what_the_tool_decodes_with_radii_of_the_deviation(self):
        self.assertEqual(len(self.learn), 3)
        for one in self.learn:
            self.assertEqual(one.original.shape, (72, 80, 3))
            self.assertEqual(one.decoded.shape, one.original.shape)
            mse = ((one.original * 1.0 - one.decoded) ** 2).mean()
            self.assertAlmostEqual(one.deviation, restore_pictures.WIDEN * mse ** 0.5, delta=1)
            self.assertAlmostEqual(((one.radius * 1.0) ** 2).mean() ** 0.5, 1, delta=0.01)

    def test_sixty_steps_make_a_held_out_picture_better(self):
        held_out = restore_pictures.load(self.folder / "held_out")
        with torch.no_grad():
            for one in held_out:
                left = ((one.original - train_restore.filtered(self.network.integers(), one)) ** 2).mean()
                self.assertLess(left, ((one.original * 1.0 - one.decoded) ** 2).mean())

    def test_the_same_seed_learns_the_same_integers(self):
        first, again = (train_restore.train(self.learn, 5, 3).integers() for _ in range(2))
        for (weights, biases), (same_weights, same_biases) in zip(first, again):
            self.assertTrue((weights == same_weights).all() and (biases == same_biases).all())

    def test_weights_become_integers_in_stages_and_stay_where_the_others_learn_on(self):
        network = restore_network.Network()
        order = network.random_order(1)
        network.fix(order, 0.5)
        first = [fixed.clone() for fixed in network.fixed]
        self.assertTrue(first[0].isnan().all())
        self.assertAlmostEqual(first[1].isnan().float().mean().item(), 0.5, delta=0.1)
        train_restore.run(network, self.learn, numpy.random.default_rng(1), 3, train_restore.FIXING_RATES)
        network.fix(order, 1)
        for layer, before, after in list(zip(network.layers, first, network.fixed))[1:]:
            self.assertTrue((before.isnan() | (before == after)).all())
            self.assertTrue(torch.equal(layer.weight, after))
            self.assertTrue(torch.equal(after * 32, (after * 32).round()))

    def test_grey_has_its_part_of_the_squares(self):
        source = numpy.random.default_rng(1)
        grey = sum(train_restore.pick(self.learn, source).is_grey for _ in range(1000)) / 1000
        self.assertAlmostEqual(grey, train_restore.GREY, delta=0.05)
        colour = [one for one in self.learn if not one.is_grey]
        self.assertFalse(any(train_restore.pick(colour, source).is_grey for _ in range(10)))

    def test_a_network_begins_with_the_integers_of_a_table_or_of_the_source(self):
        table, file = self.network.integers(), self.folder / "start.txt"
        train_restore.write(table, file)
        command = [sys.executable, "-B", str(TRAIN / "train_restore.py"), "source", str(file)]
        source = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        for text in (file.read_text(), source):
            network = restore_network.Network()
            network.take(train_restore.outputs_of(text))
            for (weights, biases), (same_weights, same_biases) in zip(table, network.integers()):
                self.assertTrue((weights == same_weights).all() and (biases == same_biases).all())
        with self.assertRaises(ValueError):
            train_restore.outputs_of(source + "7")

    def test_first_layer_planes_sum_to_zero_and_the_source_has_every_integer(self):
        table = self.network.integers()
        for kernel in table[0][0]:
            for plane in kernel[:3]:
                self.assertEqual(plane.sum(), 0)
        file = self.folder / "weights.txt"
        train_restore.write(table, file)
        lines = file.read_text().splitlines()
        self.assertEqual(len(lines), KERNELS)
        command = [sys.executable, "-B", str(TRAIN / "train_restore.py"), "source", str(file)]
        source = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        self.assertEqual(source.count("{"), source.count("}"))
        numbers = re.findall(r"-?\d+", source.split("restore_first_layer", 1)[1].replace("restore_channels>, 2>", ""))
        self.assertEqual(numbers, " ".join(lines).split())

    def test_every_fourth_photograph_is_held_out(self):
        data = self.folder / "data"
        for name in ("kodak/a.png", "kodak/b.png", "photo/a.png", "photo/c.png", "photo/d.png", "large/e.jpg"):
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(b"")
        learn, held_out = restore_pictures.photographs(data)
        self.assertEqual([file.stem for file in held_out], ["c"])
        self.assertEqual([file.stem for file in learn], ["a", "b", "a", "d", "e"])

    def test_large_photographs_are_shrunk_before_several_crops_are_cut(self):
        file = self.folder / "large.jpg"
        soft_picture("large", 240).save(file)
        crops = dict(restore_pictures.crops_of(file, random.Random(1), (48, 32)))
        self.assertEqual(list(crops), ["large", "large1", "large2"])
        self.assertEqual({crop.size for crop in crops.values()}, {(48, 32)})
        self.assertEqual(dict(restore_pictures.crops_of(file, random.Random(1), (99, 99)))["large1"].size, (80, 80))

    def test_turns_are_the_eight_of_a_square(self):
        square = numpy.arange(9).reshape(3, 3, 1)
        turns = {tuple(train_restore.turned(square, turn).ravel()) for turn in range(8)}
        self.assertEqual(len(turns), 8)
        self.assertEqual(restore_network.MARGIN, 4)


if __name__ == "__main__":
    unittest.main()
