#!/usr/bin/env python3
"""Runs the code in codec/FORMAT.md on the test files: it must decode every strip and every coded codebook, and restore
every image with a decode filter.

  format_code.py ROOT              fails if the code gives other indices or samples than the pinned ones
  format_code.py --self-test ROOT  changes numbers of the code one by one, and fails unless each change is noticed

All blocks of code run in one namespace. tests/conformance/second_decoder.py reads the container.
"""
import copy
import functools
import hashlib
import math
import pathlib
import re
import sys

MODELS = {1: "Fast", 2: "Balanced", 3: "Max", "fast": "Fast", "balanced": "Balanced", "max": "Max"}


def load(text):
    """The names that the document's code defines."""
    names = {"deepcopy": copy.deepcopy, "cache": functools.cache, "ceil": math.ceil, "isqrt": math.isqrt}
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL), 1):
        exec(compile(block, f"FORMAT.md, block {number}", "exec"), names)
    return names


def describe(names, codewords, block_width, block_height, channels, bit_depth, map_width):
    """Sets the names that the code expects to know about a file."""
    names.update(K=len(codewords), codewords=codewords, block_width=block_width, block_height=block_height,
                 channels=channels, bit_depth=bit_depth, map_width=map_width)


def decoded(names, model, payload, count):
    """The indices of a strip, or None if the code rejects it."""
    try:
        decoder = names[MODELS[model]](payload, count // names["map_width"])
        indices = decoder.decode()
        return indices if decoder.finished() else None
    except (LookupError, ValueError, ZeroDivisionError):
        return None


def pinned_strips(root):
    """The cases of index_model_vectors.txt: model, arguments of describe(), indices, bytes."""
    def four_digits(text):
        return [int(text[i:i + 4], 16) for i in range(0, len(text), 4)]
    for line in (root / "tests/conformance/index_model_vectors.txt").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            model, *numbers, samples, indices, coded = line.split()
            k, *shape = map(int, numbers)
            samples = four_digits(samples)
            dimension = len(samples) // k
            codewords = [samples[i * dimension:(i + 1) * dimension] for i in range(k)]
            yield model, (codewords, *shape), four_digits(indices), bytes.fromhex(coded)


def strip_faults(names, root):
    """The pinned strips that the code does not decode."""
    for model, shape, indices, coded in pinned_strips(root):
        describe(names, *shape)
        if decoded(names, model, coded, len(indices)) != indices:
            yield f"strip of {model}, K = {len(shape[0])}, map width {shape[-1]}"


def file_faults(names, root):
    """The files of the manifest with coding 3 that the code does not decode as the second decoder does."""
    sys.path.insert(0, str(root / "tests/conformance"))
    import second_decoder
    for line in (root / "tests/conformance/manifest.txt").read_text(encoding="ascii").splitlines():
        name = line.split()[0]
        data = b"" if name == "#" else (root / "tests/conformance/files" / name).read_bytes()
        header = second_decoder.Header(data) if data else None
        if header is None or header.coding != 3:
            continue
        payload, table, strips, _ = second_decoder.read_sections(data)
        plain = second_decoder.plain_codebook(header, payload)
        true_words = second_decoder.samples_of(header, plain)
        describe(names, true_words, header.block_w, header.block_h, header.channels, header.depth, header.map_width)
        if header.codebook_coding == 1 and names["read_codebook"](payload, header.dimension) != (true_words, True):
            yield f"{name}: codebook"
        indices = second_decoder.decode_indices(header, plain, table, strips)
        if decoded(names, header.model, strips, len(indices)) != indices:  # files with a model have one strip
            yield f"{name}: indices"


def filter_faults(names, root):
    """The files of the manifest with a decode filter and one strip that the code does not restore to the pinned
    samples."""
    sys.path.insert(0, str(root / "tests/conformance"))
    import second_decoder
    for line in (root / "tests/conformance/manifest.txt").read_text(encoding="ascii").splitlines():
        name, *_, sha256 = line.split()
        if not name.startswith("restore_"):
            continue
        data = (root / "tests/conformance/files" / name).read_bytes()
        header = second_decoder.Header(data)
        payload, table, strips, _ = second_decoder.read_sections(data)
        if header.strips > 1:
            continue
        describe(names, second_decoder.samples_of(header, payload), header.block_w, header.block_h, header.channels,
                 header.depth, header.map_width)
        names.update(restore_strength=header.restore_strength, restore_deviation=header.restore_deviation,
                     restore_scale=header.restore_scale)
        pixels = names["restored"](second_decoder.decode_indices(header, payload, table, strips))
        samples = b"".join(sample.to_bytes(header.sample_bytes, "little") for pixel in pixels for sample in pixel)
        if hashlib.sha256(samples).hexdigest() != sha256:
            yield f"{name}: restored samples"


def self_test(root):
    """Exits 0 if changed numbers in the code of each model and of the codebook are noticed."""
    text = (root / "codec/FORMAT.md").read_text(encoding="utf-8")
    filter_changes = [("129)\n", "130)\n"), ("[:4]\n", "[:5]\n"), ("shift, 0, 127)", "shift, 0, 126)"),
                      ("2**(shift - 1) >> shift, least", "(2**(shift - 1) - 1) >> shift, least")]
    changes = [("confidence = (0, 115", "confidence = (0, 116"), ("// (5 * self.n + 6)", "// (5 * self.n + 7)"),
               ("* 50331648,", "* 25165824,"), ("n + 2), 32, 65504)", "n + 3), 32, 65504)")]
    failures = 0
    for old, new in [*changes, *filter_changes]:
        if text.count(old) != 1:
            sys.exit(f"{old!r} is no longer in FORMAT.md: choose another change")
        names = load(text.replace(old, new))
        faults = (filter_faults,) if (old, new) in filter_changes else (strip_faults, file_faults)
        if not any(any(faults_of(names, root)) for faults_of in faults):
            print(f"{old!r} -> {new!r} goes unnoticed")
            failures += 1
    count = len(changes) + len(filter_changes)
    print(f"{count - failures} of {count} changes noticed")
    return failures != 0


def main():
    if sys.argv[1:2] == ["--self-test"]:
        return self_test(pathlib.Path(sys.argv[2]))
    root = pathlib.Path(sys.argv[1])
    names = load((root / "codec/FORMAT.md").read_text(encoding="utf-8"))
    found = [*strip_faults(names, root), *file_faults(names, root), *filter_faults(names, root)]
    print("\n".join(found) if found else "the code in FORMAT.md decodes all strips and codebooks, and restores images")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
