"""The index model "fast", written from codec/FORMAT.md ("Geometry" and "Model 1: fast")."""
import math

M32 = (1 << 32) - 1
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
        self.least = [min(column) for column in zip(*means)]
        extent = max(max(column) - min(column) for column in zip(*means))
        self.shift = max(0, extent.bit_length() - 8)
        self.small = [[(v - low) >> self.shift for v, low in zip(mean, self.least)] for mean in means]
        self.points = [point_of(mean) for mean in means]
        self.coarse = [(p[0] // 4, p[1] // 2, p[2] // 4, p[3]) for p in map(point_of, self.small)]
        self.cells = {}
        self.known = {}

    def near(self, k):
        """The codewords near k, and the inverse of its spacing."""
        if k not in self.known:
            others = range(self.k) if self.k <= 4096 else range(max(0, k - 256), min(self.k, k + 257))
            ranked = sorted((distance_sq(self.points[k], self.points[o]), o) for o in others)[:32]
            fourth = ranked[min(len(ranked) - 1, 3)][0] >> (2 * self.shift)
            self.known[k] = [o for _, o in ranked], (1 << 20) // max(8, math.isqrt(256 * fourth // 6))
        return self.known[k]

    def difference(self, a, b):
        return 2 * sum(abs(p - q) for p, q in zip(self.coarse[a], self.coarse[b]))

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
            centre = point_of([(((part << (8 - bits)) + half) << self.shift) + low
                               for part, low in zip(cell, self.least)])
            self.cells[cell] = min(range(self.k), key=lambda k: distance_sq(centre, self.points[k]))
        return self.cells[cell]


class Symbols:
    """The asymmetric numeral system."""

    def __init__(self, data):
        self.data, self.at, self.missing = data, 4, False
        self.x = int.from_bytes(data[:4], "little")

    def slot(self):
        return self.x & 0x7FFF

    def take(self, start, frequency):
        self.x = frequency * (self.x >> 15) + self.slot() - start
        if self.x < 1 << 16:
            self.missing |= self.at + 2 > len(self.data)
            self.x = self.x << 16 | int.from_bytes(self.data[self.at:self.at + 2], "little")
            self.at += 2

    def finished(self):
        return not self.missing and self.at == len(self.data) and self.x == 1 << 16


class Distribution:
    def __init__(self):
        self.c = [2048 * (i + 1) for i in range(15)]
        self.n = 0

    def learn(self, symbol, rate_least, rate_most):
        rate = min(rate_most, max(rate_least, (self.n + 1).bit_length()))
        self.c = [c + (((32767 if i >= symbol else 0) - c) >> rate) for i, c in enumerate(self.c)]
        self.n = min(self.n + 1, 255)


def product(a, b):
    return (a * b + (1 << 14)) >> 15


def part_of(c, symbol):
    start = c[symbol - 1] if symbol > 0 else 0
    return start, (c[symbol] if symbol < 15 else 32768) - start


def clamp_weight(g):
    return min(127 << 16, max(1 << 16, g))


class Weights:
    def __init__(self):
        self.g = {}

    @staticmethod
    def class_of(n):
        return n if n < 4 else 3 + n // 4 if n < 16 else min(15, 7 + n // 16)

    def _at(self, kind, n):
        group = self.class_of(n)
        if (kind, group) not in self.g:
            least = next(v for v in range(256) if self.class_of(v) == group)
            self.g[kind, group] = clamp_weight((24576 * least // (least + (0, 8, 2, 1)[kind])) << 8)
        return kind, group

    def get(self, kind, n):
        return self.g[self._at(kind, n)] >> 8

    def learn(self, kind, n, ours, before):
        key = self._at(kind, n)
        w = self.g[key] >> 8
        posterior = (w * ours << 15) // (w * ours + (32768 - w) * before)
        self.g[key] = clamp_weight(self.g[key] + (((posterior << 8) - self.g[key]) >> 6))


class Fast:
    def __init__(self, codewords, pixels, channels, width, rows, data):
        self.geometry = Geometry(codewords, pixels, channels)
        self.k, self.width, self.rows = len(codewords), width, rows
        self.wide = data[0] == 1
        self.symbols = Symbols(data[1:])
        self.tables = {}
        self.weights = [Weights() for _ in range(3)]
        self.flags = {}

    def finished(self):
        return self.symbols.finished()

    def _distributions(self, numbers):
        return [self.tables.setdefault((table, number), Distribution()) for table, number in numbers]

    def _symbol(self, step, numbers):
        distributions = self._distributions(numbers if self.wide else numbers[:3])
        weights = self.weights[step]
        m = list(distributions[0].c)
        mixtures = [m]
        for kind, d in enumerate(distributions[1:], 1):
            if d.n == 0:
                d.c = list(m)
            else:
                w = weights.get(kind, d.n)
                m = [v + product(c - v, w) for v, c in zip(m, d.c)]
            mixtures.append(m)
        frequencies = [product(v, 32704) + 4 * (i + 1) for i, v in enumerate(m)]
        symbol = sum(f <= self.symbols.slot() for f in frequencies)
        self.symbols.take(*part_of(frequencies, symbol))
        for kind, d in enumerate(distributions):
            if kind > 0 and d.n > 0:
                weights.learn(kind, d.n, part_of(d.c, symbol)[1] + 4, part_of(mixtures[kind - 1], symbol)[1] + 4)
            d.learn(symbol, *((2, 6) if kind == 0 else (1, 5)))
        return symbol

    def _flag(self, w, pattern, wide):
        keys = ("a", pattern), ("b", (32 * w + pattern) & 0xFFFF), ("c", wide >> 16)
        before = self.flags.get(keys[0], 60000)
        for key in keys:
            if self.flags.get(key, 0) == 0:
                self.flags[key] = before
            before = self.flags[key]
        a, b, c = (self.flags[key] for key in keys)
        f = min(32767, max(1, (a + b + 2 * c) // 8))
        flag = self.symbols.slot() < f
        self.symbols.take(*((0, f) if flag else (f, 32768 - f)))
        for key, rate in zip(keys, (6, 5, 4)):
            p = self.flags[key]
            self.flags[key] = p + ((65535 - p) >> rate) if flag else max(1, p - (p >> rate))
        return flag

    def _number(self, rank, expected, four):
        return [k for k in self.geometry.near(expected)[0] if k not in four][rank]

    def _index(self, four, ww, nn, near, wide):
        w, n, nw, ne = four
        g = self.geometry
        expected = g.expected(*four)
        total = g.difference(w, nw) + g.difference(n, nw) + g.difference(n, ne)
        rough = ROUGH[min(15, (total * g.near(expected)[1]) >> 16)]
        pattern = sum(2 ** i for i, same in enumerate((w == n, n == ne, w == nw, n == nw, w == ww, n == nn)) if same)
        symbol = self._symbol(0, ((0, 8 * pattern + rough),
                                  (1, (4 * expected + 2 * (w == n) + (rough > 3)) & 4095),
                                  (2, near >> 19), (3, wide >> 17)))
        if symbol < 4:
            return (w, n, ne, nw)[symbol]
        if symbol < 15:
            return self._number(symbol - 4, expected, four)

        def contexts(key):
            h = key * 0x9E3779B1 & M32
            return ((4, h >> 20), (5, (h + expected * 0x85EBCA6B & M32) >> 19), (6, (h + near & M32) >> 19),
                    (7, (h + wide & M32) >> 17))

        symbol = self._symbol(1, contexts(rough))
        if symbol < 15:
            return self._number(11 + symbol, expected, four)
        prefix = 1
        digits = -(-(self.k - 1).bit_length() // 4)
        for _ in range(digits):
            prefix = prefix * 16 + self._symbol(2, contexts(prefix + 7))
        return prefix - 16 ** digits

    def decode(self):
        indices = []
        above = above2 = [0] * self.width

        def at(row, x):
            return row[min(self.width - 1, max(0, x))]

        for _ in range(self.rows):
            row = []
            for x in range(self.width):
                w = row[x - 1] if x > 0 else above[0]
                ww = row[x - 2] if x > 1 else above[0]
                n, nw, ne, nee, nww = (at(above, x + dx) for dx in (0, -1, 1, 2, -2))
                nn, nne = at(above2, x), at(above2, x + 1)
                near = (w * 0x9E3779B1 + n * 0x85EBCA6B + nw * 0xC2B2AE35 + ne * 0x27D4EB2F) & M32
                wide = (near + ww * 0x165667B1 + nn * 0xD3A2646D + nne * 0xFD7046C5 + nee * 0xB55A4F09
                        + nww * 0x8CB92BA7) & M32
                index = None
                if w == n == nw == ne:
                    pattern = sum(2 ** i for i, v in enumerate((ww, nn, nne, nee, nww)) if v == w)
                    if self._flag(w, pattern, wide):
                        index = w
                if index is None:
                    index = self._index((w, n, nw, ne), ww, nn, near, wide)
                row.append(index)
            indices += row
            above2, above = above, row
        return indices
