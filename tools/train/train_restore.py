#!/usr/bin/env python3
"""Trains the network of the decode filter, and writes its integers as codec/restore has them. See README.md.

  train_restore.py pictures DATA FOLDER [--tool vqi]     makes FOLDER/learn and FOLDER/held_out
  train_restore.py train FOLDER OUTPUT.txt [--steps N]   learns from FOLDER/learn, reports on FOLDER/held_out
  train_restore.py source OUTPUT.txt                     prints the integers as codec/restore/restore_weights.cpp
"""
import argparse
import pathlib
import random

import numpy
import torch

import restore_network
import restore_pictures

PATCH_PX = 48
BATCH = 12
RATE = 3e-3
WARM_STEPS = 100


def turned(array, turn):
    """One of the eight ways to lay a square down."""
    array = array[::-1] if turn & 1 else array
    array = array[:, ::-1] if turn & 2 else array
    return array.swapaxes(0, 1) if turn & 4 else array


def inputs_of(decoded, radius, deviation):
    """The network's four planes, (h, w, 4)."""
    relative = (radius - deviation) / (radius + deviation)
    colours = decoded * (restore_pictures.WIDEN / deviation)
    return numpy.concatenate([colours, relative[..., None]], 2).astype(numpy.float32)


def draw(encodings):
    """A random patch: inputs (h, w, 4), radius and error (both less the margin) in units of the deviation."""
    one, margin = random.choice(encodings), restore_network.MARGIN
    side = PATCH_PX + 2 * margin
    y, x = (random.randint(0, size - side) for size in one.radius.shape)
    turn, window = random.randint(0, 7), (slice(y, y + side), slice(x, x + side))
    decoded, radius, original = (turned(array[window], turn) for array in (one.decoded, one.radius, one.original))
    inner = slice(margin, -margin)
    error = (original - decoded)[inner, inner] * (restore_pictures.WIDEN / one.deviation)
    return inputs_of(decoded, radius, one.deviation), radius[inner, inner] / one.deviation, error


def train(encodings, steps, seed):
    torch.manual_seed(seed)
    random.seed(seed)
    torch.set_num_threads(1)
    network = restore_network.Network()
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    sums = numpy.zeros(2)
    for step in range(steps):
        fall = 0.5 * (1 + numpy.cos(numpy.pi * step / steps)) + 0.005
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_STEPS) * fall
        inputs, radius, error = (numpy.stack(part) for part in zip(*(draw(encodings) for _ in range(BATCH))))
        result = network(torch.from_numpy(inputs).permute(0, 3, 1, 2)) * torch.from_numpy(radius)[:, None]
        wanted = torch.from_numpy(error).permute(0, 3, 1, 2)
        loss = ((result - wanted) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        sums += loss.item(), (wanted ** 2).mean().item()
        if (step + 1) % 500 == 0:
            print(f"step {step + 1}: {10 * numpy.log10(sums[1] / sums[0]):.3f} dB", flush=True)
            sums[:] = 0
    return network


def filtered(table, one):
    """An encoding filtered by the integers of `table`, but for the rounding of inputs and of the radius."""
    margin = restore_network.MARGIN
    planes = inputs_of(one.decoded, one.radius, one.deviation)
    planes = numpy.pad(planes, ((margin, margin), (margin, margin), (0, 0)), "edge")
    values = torch.from_numpy(planes).permute(2, 0, 1)[None].double()
    for number, (weight, bias) in enumerate(table):
        values = torch.nn.functional.conv2d(values, torch.from_numpy(weight / 2**restore_network.WEIGHT_BITS),
                                            torch.from_numpy(bias / 2**restore_network.BIAS_BITS))
        if number < len(table) - 1:
            values = (values.clamp(0, restore_network.CUT) * 64).round() / 64
    correction = values[0].permute(1, 2, 0).numpy() * one.radius[..., None] / restore_pictures.WIDEN
    return numpy.clip(numpy.round(one.decoded + correction), 0, 255)


def report(table, encodings):
    """Prints the mean gain in dB, and the least."""
    with torch.no_grad():
        gains = [10 * numpy.log10(((one.original - one.decoded) ** 2).mean()
                                  / ((one.original - filtered(table, one)) ** 2).mean()) for one in encodings]
    if gains:
        print(f"held out: {numpy.mean(gains):.3f} dB, from {min(gains):.3f} to {max(gains):.3f}, {len(gains)} files")


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
        parts = []
        for bias, *weights in outputs[first:first + count]:
            planes = ",\n".join(f"{{{{{', '.join(map(str, weights[i:i + 9]))}}}}}" for i in range(0, len(weights), 9))
            parts.append(f"{{{bias}, {{{{\n{planes}}}}}}}")
        return "{{" + ",\n".join(parts) + "}}"

    weights = "RestoreOutput<restore_channels>"
    print("// What tools/train/train_restore.py learned from photographs; the command is in tools/train/README.md.\n"
          '#include "restore_weights.hpp"\n\nnamespace vqi::detail {\n\n'
          "const std::array<RestoreOutput<restore_inputs>, restore_channels> restore_first_layer"
          f"{layer(0, channels)};\n\n"
          f"const std::array<std::array<{weights}, restore_channels>, 2> restore_middle_layers{{{{\n"
          f"{layer(channels, channels)},\n{layer(2 * channels, channels)}}}}};\n\n"
          f"const std::array<{weights}, restore_results> restore_last_layer{layer(3 * channels, 3)};\n\n"
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
    learn.add_argument("--steps", type=int, default=8000)
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
    network = train(restore_pictures.load(options.folder / "learn"), options.steps, options.seed)
    table = network.integers()
    report(table, restore_pictures.load(options.folder / "held_out"))
    write(table, options.output)


if __name__ == "__main__":
    main()
