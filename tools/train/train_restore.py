#!/usr/bin/env python3
"""Trains the network of the decode filter, and writes its integers as codec/restore has them. See README.md.

  train_restore.py pictures DATA FOLDER [--tool vqi]     makes FOLDER/learn and FOLDER/held_out
  train_restore.py train FOLDER OUTPUT.txt [--steps N]   learns from FOLDER/learn, reports on FOLDER/held_out
  train_restore.py source OUTPUT.txt                     prints the integers as codec/restore/restore_weights.cpp
"""
import argparse
import pathlib
import re

import numpy
import torch

import restore_network
import restore_pictures

PATCH_PX = 56
BATCH = 6
GREY = 0.35               # the part of the squares that are cut out of grey encodings, if there are any
RATES = (1.2e-3, 3e-5)    # of the steps in floating point, the first and the last,
FIXING_RATES = (3e-4, 5e-5)  # and of those in which weights are fixed
WARM_STEPS = 100
FIXING = 0.2              # the part of the steps in which weights are fixed, more and more of them:
STAGES = (0.5, 0.75, 0.875, 0.94, 0.97, 0.99, 1, 1)


def inputs_of(decoded, radius, deviation):
    """The network's four planes (n, 4, h, w), of codewords (n, 3, h, w) and radii (n, 1, h, w) in deviations."""
    return torch.cat([decoded * (restore_pictures.WIDEN / deviation), (radius - 1) / (radius + 1)], 1)


def pick(encodings, source):
    """A random encoding, of a grey crop or of one in colour."""
    wants_grey = source.random() < GREY
    wanted = [one for one in encodings if one.is_grey == wants_grey] or encodings
    return wanted[source.integers(len(wanted))]


def cut_squares(encodings, source):
    """BATCH random squares, a tensor for each part: of the original, without the margin, of codewords and of radii,
    and the deviation."""
    margin = restore_network.MARGIN
    side = PATCH_PX + 2 * margin
    squares = []
    for one in [pick(encodings, source) for _ in range(BATCH)]:
        y, x = (source.integers(0, size - side + 1) for size in one.radius.shape)
        turn = source.integers(8)
        parts = (one.original[y + margin:y + side - margin, x + margin:x + side - margin],
                 one.decoded[y:y + side, x:x + side], one.radius[y:y + side, x:x + side, None])
        squares.append([turned(part, turn) for part in parts] + [one.deviation])
    *planes, deviations = zip(*squares)
    parts = [torch.from_numpy(numpy.stack(part)).permute(0, 3, 1, 2).float() for part in planes]
    return [*parts, torch.tensor(deviations, dtype=torch.float32).view(-1, 1, 1, 1)]


def turned(square, turn):
    """One of the eight ways to lay a square down."""
    square = square[::-1] if turn & 1 else square
    square = square[:, ::-1] if turn & 2 else square
    return square.transpose(1, 0, 2) if turn & 4 else square


def error_of(network, original, decoded, radius, deviation):
    """Mean squares, in deviations: of what the network leaves, and of what it was given."""
    margin = restore_network.MARGIN
    inner = (..., slice(margin, -margin), slice(margin, -margin))
    planes = inputs_of(decoded, radius, deviation).contiguous(memory_format=torch.channels_last)
    wanted = (original - decoded[inner]) * (restore_pictures.WIDEN / deviation)
    return ((network(planes) * radius[inner] - wanted) ** 2).mean(), (wanted ** 2).mean()


def train(encodings, steps, seed, start=None):
    torch.manual_seed(seed)
    network = restore_network.Network().to(memory_format=torch.channels_last)
    if start:
        network.take(start)
    source, fixing = numpy.random.default_rng(seed), round(FIXING * steps)
    run(network, encodings, source, steps - fixing, RATES)
    order = network.random_order(seed)
    run(network, encodings, source, fixing, FIXING_RATES,
        lambda step: network.fix(order, STAGES[step * len(STAGES) // fixing]))
    return network


def run(network, encodings, source, steps, rates, before_step=lambda step: None):
    """Steps of Adam with rates that fall by a cosine."""
    optimizer, sums = torch.optim.Adam(network.parameters(), lr=rates[0]), numpy.zeros(2)
    for step in range(steps):
        rate = rates[1] + (rates[0] - rates[1]) * 0.5 * (1 + numpy.cos(numpy.pi * (step / steps)))
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / WARM_STEPS)
        before_step(step)
        loss, before = error_of(network, *cut_squares(encodings, source))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        network.limit()
        sums += loss.item(), before.item()
        if (step + 1) % 500 == 0 or step + 1 == steps:
            print(f"step {step + 1}: {10 * numpy.log10(sums[1] / sums[0]):.3f} dB", flush=True)
            sums[:] = 0


def filtered(table, one):
    """An encoding filtered by the integers of `table`, but for the rounding of inputs and of the radius."""
    planes = inputs_of(torch.tensor(one.decoded.transpose(2, 0, 1)[None]).double(),
                       torch.from_numpy(one.radius[None, None]).double(), one.deviation)
    values = torch.nn.functional.pad(planes, [restore_network.MARGIN] * 4, "replicate")
    for number, (weight, bias) in enumerate(table):
        later = number > 0
        values = torch.nn.functional.conv2d(
            values, torch.from_numpy(weight / 2**restore_network.WEIGHT_BITS[later]),
            torch.from_numpy(bias / 2**restore_network.BIAS_BITS[later]))
        if number < len(table) - 1:
            unit = 2**restore_network.ACTIVATION_BITS
            values = (values.clamp(0, restore_network.CUT) * unit).round() / unit
    unit = one.deviation / restore_pictures.WIDEN
    correction = values[0].permute(1, 2, 0).numpy() * one.radius[..., None] * unit
    return numpy.clip(numpy.round(one.decoded + correction), 0, 255)


def report(table, encodings):
    """Prints the mean gain in dB, and the least."""
    def error(one, pixels):
        return ((one.original - pixels.astype(numpy.float64)) ** 2).mean()

    with torch.no_grad():
        gains = [10 * numpy.log10(error(one, one.decoded) / error(one, filtered(table, one))) for one in encodings]
    if gains:
        print(f"held out: {numpy.mean(gains):.3f} dB, from {min(gains):.3f} to {max(gains):.3f}, {len(gains)} files")


def outputs_of(text):
    """The outputs of a network, each its bias and its weights, of a table that `write` wrote or of its source."""
    numbers = iter(re.findall(r"-?\d+", re.sub(r"(//|#).*|const std::array<.*?restore_\w+_layers?", "", text)))
    channels = restore_network.CHANNELS
    sizes = [1 + 4 * 9] * channels + [1 + channels * 9] * (2 * channels + 3)
    outputs = [[int(next(numbers)) for _ in range(size)] for size in sizes]
    if next(numbers, None) is not None:
        raise ValueError("not the numbers of a network")
    return outputs


def write(table, file):
    """One line of integers per output of a layer: its bias, then the weights by input, row and column."""
    lines = []
    for weight, bias in table:
        lines += [" ".join(map(str, [b, *kernel.ravel()])) for kernel, b in zip(weight, bias)]
    pathlib.Path(file).write_text("\n".join(lines) + "\n", encoding="ascii")


def source(file):
    """The C++ of a table that `write` wrote."""
    outputs = [[int(number) for number in line.split()] for line in pathlib.Path(file).read_text().splitlines()]
    channels = restore_network.CHANNELS

    def layer(first, count):
        parts = (f"{{{bias}, {{{{{', '.join(map(str, weights))}}}}}}}" for bias, *weights in
                 outputs[first:first + count])
        return "{{" + ",\n".join(parts) + "}}"

    print("// What tools/train/train_restore.py learned from photographs; the command is in tools/train/README.md.\n"
          '#include "restore_weights.hpp"\n\nnamespace vqi::detail {\n\n'
          f"const std::array<RestoreFirst, restore_channels> restore_first_layer{layer(0, channels)};\n\n"
          "const std::array<std::array<RestoreOther, restore_channels>, 2> restore_middle_layers{{"
          f"{layer(channels, channels)},\n{layer(2 * channels, channels)}}}}};\n\n"
          f"const std::array<RestoreOther, restore_results> restore_last_layer{layer(3 * channels, 3)};\n\n"
          "}  // namespace vqi::detail")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    pictures = commands.add_parser("pictures")
    pictures.add_argument("data", type=pathlib.Path)
    pictures.add_argument("folder", type=pathlib.Path)
    pictures.add_argument("--tool", default="vqi")
    learn = commands.add_parser("train")
    learn.add_argument("folder", type=pathlib.Path)
    learn.add_argument("output")
    learn.add_argument("--steps", type=int, default=2500)
    learn.add_argument("--start", type=pathlib.Path, help="weights to begin with, as a table or a source")
    table_file = commands.add_parser("source")
    table_file.add_argument("table")
    for command in (pictures, learn):
        command.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.command == "pictures":
        for files, name in zip(restore_pictures.photographs(options.data), ("learn", "held_out")):
            restore_pictures.make(options.tool, files, options.folder / name, options.seed)
        return
    if options.command == "source":
        source(options.table)
        return
    torch.set_num_threads(1)
    start = outputs_of(options.start.read_text()) if options.start else None
    network = train(restore_pictures.load(options.folder / "learn"), options.steps, options.seed, start)
    table = network.integers()
    report(table, restore_pictures.load(options.folder / "held_out"))
    write(table, options.output)


if __name__ == "__main__":
    main()
