"""Points, tree and prediction of the index models, written from codec/FORMAT.md ("Points" to "Prediction")."""
import math


class Codebook:
    """K codewords, each a list of samples in the order of FORMAT.md, with their points."""

    def __init__(self, codewords, block_width, block_height, channels, bit_depth):
        self.codewords = codewords
        self.width, self.height, self.channels, self.bit_depth = block_width, block_height, channels, bit_depth
        self.is_block = block_width * block_height > 1
        triples = [self._points(codeword) for codeword in codewords]
        self.whole, self.right, self.lower = ([triple[i] for triple in triples] for i in range(3))

    def _mean(self, codeword, channel, columns, rows):
        samples = [codeword[(y * self.width + x) * self.channels + channel] for y in rows for x in columns]
        if self.bit_depth == 8:
            return 16 * sum(samples) // len(samples)
        return sum(samples) // (16 * len(samples))

    def _points(self, codeword):
        w, h = self.width, self.height
        left, right = range(0, (w + 1) // 2), range(w // 2, w)
        upper, lower = range(0, (h + 1) // 2), range(h // 2, h)
        if self.is_block and self.channels <= 2:
            a, b, c, d = (self._mean(codeword, 0, columns, rows)
                          for rows in (upper, lower) for columns in (left, right))
            return (a, b, c, d), (b, b, d, d), (c, d, c, d)
        parts = ((range(w), range(h)), (right, range(h)), (range(w), lower))
        return tuple(tuple([self._mean(codeword, c, *part) for c in range(self.channels)] + [0] * (4 - self.channels))
                     for part in parts)


def quotient(a, b):
    """a / b rounded towards 0; b > 0."""
    return a // b if a >= 0 else -(-a // b)


def product(a, b):
    return sum(x * y for x, y in zip(a, b))


def principal_axis(points):
    mean = [quotient(sum(p[a] for p in points), len(points)) for a in range(4)]
    s = [[sum((p[a] - mean[a]) * (p[b] - mean[b]) for p in points) for b in range(4)] for a in range(4)]
    shift = 0
    while max(s[a][a] for a in range(4)) >> shift >= 1 << 30:
        shift += 1
    s = [[value >> shift for value in row] for row in s]
    axis = [8192, 12288, 6144, 4096]
    for _ in range(24):
        f = [product(row, axis) for row in s]
        divisor = (max(abs(value) for value in f) >> 14) + 1
        axis = [quotient(value, divisor) for value in f]
    if sum(axis) < 0:
        axis = [-value for value in axis]
    length = math.isqrt(product(axis, axis)) + 1
    return [quotient(value * 16384, length) for value in axis]


class Tree:
    def __init__(self, codebook):
        self.whole = codebook.whole
        self.depth = max(1, (len(self.whole) - 1).bit_length())
        self.index_at = {}
        self.planes = {}  # node: (axis, offset), for each node with two children
        self._place(list(range(len(self.whole))), 1, 0, 1 << self.depth)

    def _place(self, members, node, position, room):
        if len(members) == 1:
            self.index_at[position] = members[0]
            return
        axis = principal_axis([self.whole[i] for i in members])
        members = sorted(members, key=lambda i: product(axis, self.whole[i]))
        first = min(room // 2, (len(members) + 1) // 2)
        offset = (product(axis, self.whole[members[first - 1]]) + product(axis, self.whole[members[first]])) >> 1
        self.planes[node] = (axis, offset)
        self._place(members[:first], 2 * node, position, room // 2)
        self._place(members[first:], 2 * node + 1, position + room // 2, room // 2)

    def distance(self, node, point):
        axis, offset = self.planes[node]
        return (product(axis, point) - offset) >> 14


class Map:
    """Positions and prediction errors of a strip, and the values that stand for positions outside it."""

    def __init__(self, codebook, tree, width, height):
        self.codebook, self.tree, self.width = codebook, tree, width
        self.positions = [[0] * width for _ in range(height)]
        self.errors = [[128] * width for _ in range(height)]

    def position(self, x, y):
        if y < 0:
            return 0
        if x < 0:
            return self.position(0, y - 1)
        return self.positions[y][min(x, self.width - 1)]

    def _error(self, x, y):
        if y < 0 or x < 0:
            return 128
        return self.errors[y][min(x, self.width - 1)]

    def predict(self, x, y):
        def point(points, dx, dy):
            # FORMAT.md gives a position without a codeword the point 0. None is asked for here: positions of a map have
            # codewords, and so has 0, the position outside it.
            return points[self.tree.index_at[self.position(x + dx, y + dy)]]
        if self.codebook.is_block:
            left, up = point(self.codebook.right, -1, 0), point(self.codebook.lower, 0, -1)
            return [(a + b + 1) >> 1 for a, b in zip(left, up)]
        around = [point(self.codebook.whole, dx, dy)
                  for dx, dy in ((-1, 0), (0, -1), (1, -1), (-1, -1), (2, -1), (1, -2))]
        return [min(max((8 * w + 8 * n + 3 * ne - 3 * nw + nee - nne + 8) >> 4, 0), 4095)
                for w, n, ne, nw, nee, nne in zip(*around)]

    def level(self, x, y):
        total = (2 * self._error(x - 1, y) + 2 * self._error(x, y - 1) + self._error(x - 1, y - 1) +
                 self._error(x + 1, y - 1))
        return sum(total >= threshold for threshold in (160, 480, 960, 1600, 2560, 4160, 7200))

    def set_predicted(self, x, y, predicted, position):
        self.positions[y][x] = position
        point = self.codebook.whole[self.tree.index_at[position]]
        differences = [abs(a - b) for a, b in zip(predicted, point)]
        self.errors[y][x] = (sum(differences) + max(differences)) >> 1

    def set_flat(self, x, y, position):
        self.positions[y][x] = position
        self.errors[y][x] = self._error(x, y - 1) >> 1


def step(distance, level):
    scale = (5851, 3151, 2048, 1321, 853, 546, 341, 195)[level]
    return min(max(((distance * scale) >> 16) + 12, 0), 23)
