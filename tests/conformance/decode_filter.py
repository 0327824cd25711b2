"""The decode filter of FORMAT.md: what each layer makes of a neighbourhood is kept, as neighbourhoods come again."""
import functools
import math
import pathlib
import re

FORMAT = pathlib.Path(__file__).parents[2] / "codec" / "FORMAT.md"
PLANES = (4, 16, 16, 16, 3)  # of the inputs, and of each layer's outputs
SHIFTS = (9, 5, 5, 2)
EDGE = 4
ACTIVATION_MOST = 127
RESULT_MOST = 1023


@functools.lru_cache(maxsize=None)
def layers():
    """For each layer its outputs, each a bias and a list of ((plane, dy, dx), weight)."""
    table = re.search(r'for number in """\n([-\d\s]+)\n"""', FORMAT.read_text(encoding="utf-8")).group(1)
    numbers = iter(map(int, table.split()))
    result = []
    for read, written in zip(PLANES, PLANES[1:]):
        outputs = []
        for _ in range(written):
            bias = next(numbers)
            places = [(plane, dy, dx) for plane in range(read) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
            outputs.append((bias, [(place, next(numbers)) for place in places]))
        result.append(outputs)
    assert next(numbers, None) is None
    return result


def colours_of(header, word):
    wide = 257 if header.depth == 8 else 1
    return [wide * word[c if header.channels > 2 else 0] for c in range(3)]


def radius_of(own, others, scale):
    nearest = sorted(math.isqrt(sum((a - b) ** 2 for a, b in zip(own, other))) for other in others)[:4]
    mean = sum(nearest) * 4 // len(nearest)
    return min(max(math.isqrt(math.isqrt(mean * mean * mean)) * scale // 256, 1), 65535)


def codeword_inputs(header, codewords):
    """(inputs, radius) of each codeword."""
    wide = [colours_of(header, word) for word in codewords]
    unit = max(header.restore_deviation, 129)
    result = []
    for k, own in enumerate(wide):
        radius = radius_of(own, wide[:k] + wide[k + 1:], header.restore_scale)
        larger = abs(radius - header.restore_deviation) * 64 // (radius + header.restore_deviation)
        result.append(([(64 * sample + unit // 2) // unit for sample in own]
                       + [larger if radius >= header.restore_deviation else -larger], radius))
    return result


def filter_strip(header, codewords, indices):
    """The rows of a strip: lists of samples."""
    width, height = header.width, len(indices) // header.width
    known = codeword_inputs(header, codewords)
    # Each place holds a number, of the list of planes that it stands for; at first these are of codewords.
    places = [[indices[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)]
               for x in range(-EDGE, width + EDGE)] for y in range(-EDGE, height + EDGE)]
    planes = [inputs for inputs, _ in known]
    for depth in range(len(PLANES) - 1):
        places, planes = layer_outputs(places, planes, depth)
    rows = []
    for y, results in enumerate(places):
        row = []
        for x, number in enumerate(results):
            index = indices[y * width + x]
            row += moved_pixel(header, codewords[index], planes[number], known[index][1] * header.restore_strength)
        rows.append(row)
    return rows


def layer_outputs(places, planes, depth):
    """The places of the next layer, one fewer at each edge, and its lists of planes."""
    numbers, outputs, rows = {}, [], []
    for above, here, below in zip(places, places[1:], places[2:]):
        row = []
        for x in range(len(here) - 2):
            around = (*above[x:x + 3], *here[x:x + 3], *below[x:x + 3])
            if around not in numbers:
                numbers[around] = len(outputs)
                outputs.append(outputs_of([planes[number] for number in around], depth))
            row.append(numbers[around])
        rows.append(row)
    return rows, outputs


def outputs_of(around, depth):
    """The planes of a layer, from the planes of the nine places around."""
    shift, (least, most) = SHIFTS[depth], (-RESULT_MOST, RESULT_MOST) if depth == 3 else (0, ACTIVATION_MOST)
    return [min(max((bias + sum(weight * around[3 * dy + dx + 4][plane] for (plane, dy, dx), weight in weights)
                     + (1 << shift >> 1)) >> shift, least), most) for bias, weights in layers()[depth]]


def moved_pixel(header, word, corrections, gain):
    """A codeword with its corrections; alpha stays."""
    shift = 19 if header.depth == 8 else 11
    pixel = list(word)
    for c in range(3) if header.channels > 2 else [0]:
        step = (corrections[c if header.channels > 2 else 1] * gain + (1 << shift >> 1)) >> shift
        pixel[c] = min(max(pixel[c] + step, 0), 2 ** header.depth - 1)
    return pixel
