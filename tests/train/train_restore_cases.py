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
        cls.patches = train_restore.cut_patches(cls.learn, 1)
        cls.network = train_restore.train(cls.patches, 60, 1)

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
        first, again = (train_restore.train(self.patches, 5, 3).integers() for _ in range(2))
        for (weights, biases), (same_weights, same_biases) in zip(first, again):
            self.assertTrue((weights == same_weights).all() and (biases == same_biases).all())

    def test_a_network_that_takes_over_fewer_channels_begins_with_their_results(self):
        source = random.Random(1)
        numbers = [source.randint(-40, 40) for _ in range(2 * 37 + 2 * 2 * 19 + 3 * 19)]
        start = train_restore.outputs_of(numbers)
        self.assertEqual([len(output) for output in start], [37] * 2 + [19] * 7)
        network = restore_network.Network()
        network.widen(start)
        for number, (first, count) in enumerate(((0, 2), (2, 2), (4, 2), (6, 3))):
            weight = network.layers[number].weight.detach()[:count]
            kept = torch.tensor([output[1:] for output in start[first:first + count]]).view(count, -1, 3, 3) / 256
            self.assertTrue((weight[:, :kept.shape[1]] == kept).all() and (weight[:, kept.shape[1]:] == 0).all())

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
        for name in ("kodak/a", "kodak/b", "photo/a", "photo/c", "photo/d"):
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / f"{name}.png").write_bytes(b"")
        learn, held_out = restore_pictures.photographs(data)
        self.assertEqual([file.stem for file in held_out], ["c"])
        self.assertEqual(len(learn), 4)

    def test_turns_are_the_eight_of_a_square(self):
        square = torch.arange(9).view(1, 1, 3, 3)
        turns = {tuple(train_restore.turned(square, turn).flatten().tolist()) for turn in range(8)}
        self.assertEqual(len(turns), 8)
        self.assertEqual(restore_network.MARGIN, 4)


if __name__ == "__main__":
    unittest.main()
