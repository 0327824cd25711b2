"""The index model "fast", written from codec/FORMAT.md ("Geometry" and "Model 1: fast")."""
import math

M64 = (1 << 64) - 1
F, G, H, I = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63
ROUGH = (0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7)


def point_of(channels):
    if len(channels) <= 2:
        return 4 * channels[0], 0, 0, channels[1] if len(channels) == 2 else 0
    red, green, blue = channels[:3]
    return red + 2 * green + blue, red - blue, 2 * green - red - blue, channels[3] if len(channels) == 4 else 0


def distance_sq(a, b):
    luma, orange, green, alpha = (p - q for p, q in zip(a, b))
    return luma ** 2 + 12 * orange ** 2 + 4 * green ** 2 + 16 * alpha ** 2


class Geometry:
    def __init__(self, codewords, pixels, channels):
        self.k, self.channels = len(codewords), channels
        means = [[sum(word[c::channels]) // pixels for c in range(channels)] for word in codewords]
        least = [min(column) for column in zip(*means)]
        extent = max(max(column) - min(column) for column in zip(*means))
        self.shift = max(0, extent.bit_length() - 8)
        self.small = [[(v - low) >> self.shift for v, low in zip(mean, least)] for mean in means]
        self.points = [point_of(mean) for mean in means]
        self.small_points = [point_of(small) for small in self.small]
        self.cells = {}
        self.known = {}

    def near(self, k):
        """The codewords near codeword k, and the inverse of its spacing."""
        if k not in self.known:
            others = range(self.k) if self.k <= 4096 else range(max(0, k - 256), min(self.k, k + 257))
            ranked = sorted((distance_sq(self.points[k], self.points[o]), o) for o in others)[:32]
            fourth = ranked[min(len(ranked) - 1, 3)][0] >> (2 * self.shift)
            self.known[k] = [o for _, o in ranked], (1 << 20) // max(8, math.isqrt(256 * fourth // 6))
        return self.known[k]

    def expected(self, w, n, nw, ne):
        if self.k > 4096:
            return w
        bits = (8, 8, 5, 4)[self.channels - 1]
        cell = []
        for c in range(self.channels):
            sw, sn, snw, sne = (self.small[i][c] for i in (w, n, nw, ne))
            cell.append(min(255, max(0, (2 * sw + 2 * sn + sne - snw + 2) // 4)) >> (8 - bits))
        cell = tuple(cell)
        if cell not in self.cells:
            half = (1 << (8 - bits)) // 2
            centre = point_of([(part << (8 - bits)) + half for part in cell])
            self.cells[cell] = min(range(self.k), key=lambda k: distance_sq(centre, self.small_points[k]))
        return self.cells[cell]


class Symbols:
    """The asymmetric numeral system: four states and one stream of words."""

    def __init__(self, data):
        self.data, self.at, self.missing = data, 16, False
        self.x = [int.from_bytes(data[i:i + 4], "little") for i in range(0, 16, 4)]

    def symbol(self, state, sums):
        """The symbol whose interval of the falling sums holds the state's number."""
        slot = self.x[state] & 0x7FFF
        symbol = sum(s > slot for s in sums)
        start, end = (sums + [0])[symbol], ([32768] + sums)[symbol]
        x = (end - start) * (self.x[state] >> 15) + slot - start
        if x < 1 << 16:
            self.missing |= self.at + 2 > len(self.data)
            x = x << 16 | int.from_bytes(self.data[self.at:self.at + 2], "little")
            self.at += 2
        self.x[state] = x
        return symbol

    def finished(self):
        return not self.missing and self.at == len(self.data) and self.x == [1 << 16] * 4


class Distribution:
    def __init__(self):
        self.c = [2048 * (15 - i) for i in range(15)]
        self.n = 0

    def learn(self, symbol, is_first):
        rate = max(131072 // (2 * self.n + 3), 1024) if is_first else max(327680 // (5 * self.n + 6), 2730)
        rate = min(rate, 32767)
        self.c = [c + (((32767 if i < symbol else 0) - c) * rate >> 16) for i, c in enumerate(self.c)]
        self.n = min(self.n + 1, 63)


def product(a, b):
    return (a * b + (1 << 14)) >> 15


def upper(number, bits):
    return (number & M64) >> (64 - bits)


class Fast:
    def __init__(self, codewords, pixels, channels, width, rows, data):
        self.geometry = Geometry(codewords, pixels, channels)
        self.k, self.width, self.rows = len(codewords), width, rows
        self.bits = (self.k - 1).bit_length()
        self.wide = data[0] == 1
        self.symbols = Symbols(data[1:])
        self.tables = {}

    def finished(self):
        return self.symbols.finished()

    def _distributions(self, numbers):
        distributions = [self.tables.setdefault((table, number), Distribution()) for table, number in numbers]
        return distributions if self.wide else distributions[:2]

    def _symbol(self, state, distributions):
        """Reads a symbol and learns nothing from it."""
        n = [d.n for d in distributions]
        weights = [58982 * n[1] // (2 * n[1] + 1), 31129 * n[2] // (n[2] + 1)] if self.wide else \
            [22938 * n[1] // (n[1] + 10)]
        m = list(distributions[0].c)
        for d, weight in zip(distributions[1:], weights):
            m = [v + product(c - v, weight) for v, c in zip(m, d.c)]
        return self.symbols.symbol(state, [product(v, 32736) + 2 * (15 - i) for i, v in enumerate(m)])

    @staticmethod
    def _learn(distributions, symbol):
        for i, d in enumerate(distributions):
            d.learn(symbol, i == 0)

    def _further(self, state, place, key):
        h = key * I
        second = place["near"] if self.wide else place["expected"] * F
        distributions = self._distributions(((3, key % 4096), (4, upper(h + second, min(13, 5 + self.bits))),
                                             (5, upper(h + place["wide"], 15))))
        symbol = self._symbol(state, distributions)
        self._learn(distributions, symbol)
        return symbol

    def _number(self, rank, place):
        return [k for k in self.geometry.near(place["expected"])[0] if k not in place["four"]][rank]

    def _place(self, lines, y, x):
        """The neighbours of index x in a line, and its distributions."""
        def at(dx, dy):
            if x + dx >= 0:
                return lines[y + dy][min(self.width - 1, x + dx)]
            return lines[y + dy - 1][0] if y + dy > 0 else 0

        w, ww, n, nw, ne = at(-1, 0), at(-2, 0), at(0, -1), at(-1, -1), at(1, -1)
        nww, nee, nn, nne = at(-2, -1), at(2, -1), at(0, -2), at(1, -2)
        joined = n << 32 if self.k > 128 else nw << 16 | n << 32 | ne << 48
        near = joined * F + w * G
        wide = (nww | nw << 16 | n << 32 | ne << 48) * F + (ww | w << 16 | nn << 32 | nne << 48) * G + nee * H
        flat = w == n == nw == ne
        lumas = [self.geometry.small_points[k][0] for k in (w, n, nw, ne)]
        rough = ROUGH[min(15, (max(lumas) - min(lumas)) * self.geometry.near(n)[1] >> 16)]
        pattern = sum(2 ** i for i, same in enumerate((w == n, n == ne, w == nw, n == nw, w == ww, n == nn)) if same)
        last = sum(2 ** i for i, v in enumerate((nne, nee, nww)) if v == w) if flat else rough
        second = wide if flat and not self.wide else near
        return {"four": (w, n, ne, nw), "near": near, "wide": wide, "key": 8 if flat else rough,
                "expected": self.geometry.expected(w, n, nw, ne),
                "distributions": self._distributions(((0, 8 * pattern + last), (1, upper(second, 14)),
                                                     (2, upper(wide, 15))))}

    def _index(self, state, place, symbol):
        if symbol < 4:
            return place["four"][symbol]
        if symbol < 15:
            return self._number(symbol - 4, place)
        further = self._further(state, place, place["key"])
        if further < 15:
            return self._number(11 + further, place)
        prefix = 1
        digits = -(-self.bits // 4)
        for _ in range(digits):
            prefix = prefix * 16 + self._further(state, place, prefix + 16)
        return prefix - 16 ** digits

    def decode(self):
        lines = [[0] * self.width, [0] * self.width]
        for first in range(0, self.rows, 4):
            count = min(4, self.rows - first)
            lines += [[] for _ in range(count)]
            for turn in range(self.width + 3 * (count - 1)):
                read = []
                for i in range(count):
                    x = turn - 3 * i
                    if 0 <= x < self.width:
                        place = self._place(lines, first + i + 2, x)
                        read.append((i, place, self._symbol(i, place["distributions"])))
                for i, place, symbol in read:
                    lines[first + i + 2].append(self._index(i, place, symbol))
                    self._learn(place["distributions"], symbol)
        return [index for line in lines[2:] for index in line]
