"""Coding 3 and the coded codebook, written from codec/FORMAT.md ("CBOK, the codebook" and "3: context model")."""
from balanced_model import Balanced
from binary_range_decoder import BinaryRangeDecoder
from codeword_tree import Codebook
from fast_model import Fast
from max_model import Max


class AdaptiveBits:
    def __init__(self, data):
        self.bits = BinaryRangeDecoder(data)
        self.known = {}

    def get(self, *key):
        p, n = self.known.get(key, (32768, 0))
        bit = self.bits.get(p)
        step = (65536 if bit else 0) - p
        p += abs(step) // (n + 2) * (1 if step > 0 else -1)
        self.known[key] = min(65504, max(32, p)), min(n + 1, 30)
        return bit


def coded_difference(bits, context):
    """A difference, and the number of bits in its magnitude."""
    m = 0
    while m < 16 and bits.get("class", context, m):
        m += 1
    if m == 0:
        return 0, 0
    negative = bits.get("sign", min(context, 1))
    magnitude = 1
    for i in range(m - 1):
        magnitude = magnitude * 2 + (bits.get("second", m) if i == 0 else bits.bits.get(32768))
    return (-magnitude if negative else magnitude), m


def decode_codewords(payload, k, dimension, depth):
    """The codewords, or None if the payload breaks a rule."""
    top = 2**depth - 1
    bits = AdaptiveBits(payload)
    previous = [(top + 1) // 2] * dimension
    codewords = []
    for _ in range(k):
        word, change, context = [], 0, 0
        for before in previous:
            half = abs(change) // 2 * (1 if change > 0 else -1)
            difference, m = coded_difference(bits, context)
            sample = min(top, max(0, before + half)) + difference
            if not 0 <= sample <= top:
                return None
            word.append(sample)
            change, context = sample - before, 1 + min(m, 7)
        codewords.append(word)
        previous = word
    return codewords if bits.bits.finished() else None


def decode_strip(header, codewords, strip, count):
    """The indices of a strip, or None if it breaks a rule."""
    rows = count // header.map_width
    if header.k == 1:
        return [0] * count if not strip else None
    if header.model == 1:
        if len(strip) < 5 or len(strip) % 2 == 0 or strip[0] > 1:
            return None
        model = Fast(codewords, header.block_w * header.block_h, header.channels, header.map_width, rows, strip)
        indices = model.decode()
        return indices if model.finished() else None
    bits = BinaryRangeDecoder(strip)
    codebook = Codebook(codewords, header.block_w, header.block_h, header.channels, header.depth)
    indices = (Balanced if header.model == 2 else Max)(codebook, header.map_width, rows, bits).decode()
    return indices if bits.finished() else None
