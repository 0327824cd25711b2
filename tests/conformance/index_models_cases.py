"""Checks that the second decoder reads the pinned strips of index_model_vectors.txt to their indices.

  index_models_cases.py MODEL   the cases of one model
"""
import pathlib
import sys

from balanced_model import Balanced
from binary_range_decoder import BinaryRangeDecoder
from codeword_tree import Codebook
from fast_model import Fast
from max_model import Max

MODELS = {"balanced": Balanced, "max": Max}


def four_digits(text):
    return [int(text[i:i + 4], 16) for i in range(0, len(text), 4)]


def decode(line):
    """The decoded and the true indices of a case, and whether its bytes ended with the last index."""
    model, *numbers, samples, indices, coded = line.split()
    k, block_width, block_height, channels, bit_depth, width = map(int, numbers)
    samples, indices = four_digits(samples), four_digits(indices)
    dimension = len(samples) // k
    codewords = [samples[i * dimension:(i + 1) * dimension] for i in range(k)]
    if model == "fast":
        strip = Fast(codewords, block_width * block_height, channels, width, len(indices) // width,
                     bytes.fromhex(coded))
        return strip.decode(), indices, strip.finished()
    bits = BinaryRangeDecoder(bytes.fromhex(coded))
    codebook = Codebook(codewords, block_width, block_height, channels, bit_depth)
    decoded = MODELS[model](codebook, width, len(indices) // width, bits).decode()
    return decoded, indices, bits.finished()


def main():
    failures = cases = 0
    vectors = pathlib.Path(__file__).with_name("index_model_vectors.txt").read_text(encoding="ascii")
    for line in vectors.splitlines():
        if not line.startswith(sys.argv[1] + " "):
            continue
        cases += 1
        decoded, indices, finished = decode(line)
        if decoded != indices or not finished:
            failures += 1
            print("differs:", line[:40])
    print(f"{cases - failures} of {cases} strips decoded alike")
    return failures != 0 or cases == 0


if __name__ == "__main__":
    sys.exit(main())
