"""The index model "max", written from codec/FORMAT.md ("Model 3: max")."""
from balanced_model import LOGIT_LIMIT, SQUASH, join, mix
from codeword_tree import Map, Tree, step


def make_fine():
    table = []
    x = -LOGIT_LIMIT
    for p in range(65536):
        while x < LOGIT_LIMIT and SQUASH[x] < p:
            x += 1
        table.append(x)
    return table


FINE = make_fine()


def clamp(value, low, high):
    return min(max(value, low), high)


def clamp_logit(x):
    return clamp(x, -LOGIT_LIMIT, LOGIT_LIMIT)


def target(bit):
    return 65535 if bit else 0


def logit(p):
    return FINE[p] if p < 1024 or p >= 64512 else FINE[16 * (p >> 4) + 8]


def hashed(number, node):
    return (number % 2**32 + node * 0x9E3779B1) * 0xC2B2AE35 % 2**32


def to_zero(a, b):
    """a / b rounded towards 0; b > 0."""
    return a // b if a >= 0 else -(-a // b)


class Histories:
    """One context's histories, lists of [probability, bits seen, check], and its outcomes."""

    def __init__(self, first, place_bits):
        self.first, self.place_bits = first, place_bits
        self.histories, self.outcomes = {}, {}
        self.chosen = self.outcome = None

    def select(self, number, r):
        check = (number >> 5) % 256
        self.chosen = self.histories.setdefault(number >> (32 - self.place_bits) ^ r, [self.first, 0, 0])
        if self.chosen[2] != check:
            self.chosen[:] = [self.first, 0, check]
        p, n, _ = self.chosen
        if n < 8:
            seen_class = n
        elif n < 16:
            seen_class = 8 + (n - 8) // 2
        elif n < 32:
            seen_class = 12 + (n - 16) // 4
        else:
            seen_class = 16 + min(3, (n - 32) // 24)
        k = clamp((logit(p) >> 7) + 17, 0, 32)
        self.outcome = (seen_class, k)
        self.outcomes.setdefault(self.outcome, SQUASH[clamp_logit((2 * k - 33) * 64)])

    def input(self):
        return logit(self.outcomes[self.outcome]) if self.chosen[1] > 0 else 0

    def update(self, bit):
        p, n, check = self.chosen
        self.chosen[:] = [p + (((target(bit) - p) * (327680 // (10 * n + 16))) >> 15), min(n + 1, 127), check]
        self.outcomes[self.outcome] += (target(bit) - self.outcomes[self.outcome]) >> 6


class Mixer:
    def __init__(self, weight, count):
        self.weight, self.count, self.rows = weight, count, {}

    def mix(self, key, inputs):
        self.row = self.rows.setdefault(key, [self.weight] * self.count)
        self.inputs = inputs
        self.result = clamp_logit(sum(value * (weight >> 8) for value, weight in zip(inputs, self.row)) >> 8)
        return self.result

    def update(self, bit, rate):
        error = ((65536 * bit - SQUASH[self.result]) * rate) >> 10
        for i, value in enumerate(self.inputs):
            self.row[i] = clamp(self.row[i] + ((value * error + 8192) >> 14), -262143, 262143)


class Correction:
    def __init__(self):
        self.rows = {}

    def refine(self, key, x):
        self.row = self.rows.setdefault(key, [SQUASH[(j - 16) * 128] for j in range(33)])
        a = clamp(x, -2047, 2047) + 2048
        self.j, self.b = a >> 7, a % 128
        return (self.row[self.j] * (128 - self.b) + self.row[self.j + 1] * self.b) >> 7

    def update(self, bit):
        for j, part in ((self.j, 128 - self.b), (self.j + 1, self.b)):
            self.row[j] += ((target(bit) - self.row[j]) * part) >> 12


class Sums:
    RATES = (2, 8, 8, 8, 8, 6, 6, 4, 12, 12, 6, 6, 4, 4, 8, 8)

    def __init__(self):
        self.weights = {}

    def predict(self, numbers, node, base):
        self.keys = [(i, hashed(number, node) >> 17) for i, number in enumerate(numbers)]
        self.v = clamp_logit(base + sum(self.weights.get(key, 0) >> 8 for key in self.keys))
        return self.v

    def update(self, bit):
        error = 65536 * bit - SQUASH[self.v]
        for key, rate in zip(self.keys, self.RATES):
            self.weights[key] = clamp(self.weights.get(key, 0) + ((error * rate) >> 6), -720640, 720640)


class AdaptivePrediction:
    def __init__(self, codebook):
        used = 4 if codebook.is_block and codebook.channels <= 2 else codebook.channels
        self.weights = [[0] * 48 for _ in range(used)]

    def predict(self, base, neighbours):
        self.d = [value - b for point in neighbours for value, b in zip(point, base)]
        self.predicted = [clamp(b + (sum(d * (w >> 8) for d, w in zip(self.d, weights)) >> 12), 0, 4095)
                          for b, weights in zip(base, self.weights)]
        return self.predicted + [0] * (4 - len(self.weights))

    def learn(self, point):
        norm = 147456 + sum(d * d for d in self.d)
        for actual, predicted, weights in zip(point, self.predicted, self.weights):
            g = to_zero((actual - predicted) * 50331648, norm)
            weights[:] = [clamp(w + ((d * g) >> 12), -2097152, 2097152) for d, w in zip(self.d, weights)]


class Density:
    def __init__(self, codebook, tree):
        self.quarters = codebook.is_block and codebook.channels <= 2
        self.colour = codebook.channels >= 3
        self.tree = tree
        self.leaves = {(1 << tree.depth) + position: self._axes(codebook.whole[index])
                       for position, index in tree.index_at.items()}
        self.used = len(codebook.whole) <= 4096
        self.scales = [[2560 * (level + 1) ** 2] * 4 for level in range(8)]

    def _axes(self, point):
        a, b, c, d = point
        if self.quarters:
            return (a + b + c + d) >> 2, (b + d - a - c) >> 1, (c + d - a - b) >> 1, (a + d - b - c) >> 1
        if self.colour:
            return (a + 2 * b + c) >> 2, a - b, c - ((a + b) >> 1), d
        return point

    def expect(self, point, level):
        self.predicted, self.level = self._axes(point), level
        self.sums = {}
        for leaf, coordinates in self.leaves.items():
            z = [(abs(actual - predicted) * (16777216 // scale)) >> 14
                 for actual, predicted, scale in zip(coordinates, self.predicted, self.scales[level])]
            distance = min((sum(z) + max(z)) >> 1, 511)
            weight = max(1, 2**52 // (2048 + distance * distance) ** 3)
            while leaf:
                self.sums[leaf] = self.sums.get(leaf, 0) + weight
                leaf >>= 1

    def at(self, node):
        if not self.used:
            return 0
        s0, s1 = self.sums[2 * node], self.sums[2 * node + 1]
        return logit(s1 * 65536 // (s0 + s1 + 1))

    def learn(self, point):
        scales = self.scales[self.level]
        scales[:] = [scale + ((64 * abs(actual - predicted) + 128 - scale) >> 7)
                     for actual, predicted, scale in zip(self._axes(point), self.predicted, scales)]


class Max:
    """Decodes one strip; `bits.get(p)` gives the next bit, whose probability to be 1 is p / 65536."""

    def __init__(self, codebook, width, height, bits):
        self.codebook, self.tree = codebook, Tree(codebook)
        self.maps = [Map(codebook, self.tree, width, height) for _ in range(3)]
        self.width, self.height, self.bits = width, height, bits
        self.adaptive = AdaptivePrediction(codebook)
        self.density = Density(codebook, self.tree)
        self.flat_histories = [Histories(62000, 16) for _ in range(8)]
        self.histories = [Histories(32768, 17) for _ in range(16)]
        self.flat_mixer = Mixer(16384, 9)
        self.mixers = [Mixer(4681, 26) for _ in range(6)]
        self.last_mixers = [Mixer(10922, 6) for _ in range(3)]
        self.corrections = [Correction() for _ in range(3)]
        self.sums = Sums()
        self.by_step = {}

    def decode(self):
        """The indices, row by row."""
        for y in range(self.height):
            self.rate = 229 + 4122000 // (3000 + y * self.width)
            self.last_rate = 60 + 1000000 // (3000 + y * self.width)
            for x in range(self.width):
                self._vector(x, y)
        return [self.tree.index_at[position] for row in self.maps[0].positions for position in row]

    def _vector(self, x, y):
        def at(dx, dy):
            return self.maps[0].position(x + dx, y + dy)

        flat = at(-1, 0) == at(0, -1) == at(-1, -1) == at(1, -1)
        if flat and self._flat_flag(at):
            for one in self.maps:
                one.set_flat(x, y, at(0, -1))
            return
        fixed = self.maps[0].predict(x, y)
        neighbours = [self.codebook.whole[self.tree.index_at[at(*place)]] for place in (
            (-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2), (-3, 0), (-2, -1), (2, -1), (-1, -2), (1, -2),
            (2, -2))]
        points = [self.adaptive.predict(fixed, neighbours), self._median(at), fixed]
        levels = [one.level(x, y) for one in self.maps]
        self.density.expect(points[0], levels[0])
        position = self._path(at, points, levels, flat)
        for one, point in zip(self.maps, points):
            one.set_predicted(x, y, point, position)
        actual = self.codebook.whole[self.tree.index_at[position]]
        self.adaptive.learn(actual)
        self.density.learn(actual)

    def _median(self, at):
        def point(points, dx, dy):
            return points[self.tree.index_at[at(dx, dy)]]
        book = self.codebook
        left, up = (book.right, book.lower) if book.is_block else (book.whole, book.whole)
        return [clamp(w + n - nw, min(w, n), max(w, n))
                for w, n, nw in zip(point(left, -1, 0), point(up, 0, -1), point(book.whole, -1, -1))]

    @staticmethod
    def _areas(at):
        def chain(context, places):
            for dx, dy in places:
                context = mix(context, join(*(at(dx + i, dy) for i in range(4))))
            return context
        area = chain(1, ((-4, 0), (-4, -1), (0, -1), (-4, -2), (0, -2), (-4, -3), (0, -3)))
        return area, chain(area, [(-8, 0), (4, -1)] + [(dx, y) for y in range(-2, -7, -1) for dx in (-5, -1, 3)])

    def _flat_flag(self, at):
        n = at(0, -1)
        around = [at(dx, dy) for dx, dy in ((-2, 0), (0, -2), (2, -1), (1, -2), (-2, -1), (-3, 0), (-1, -2), (3, -1),
                                            (2, -2))]
        q = sum((value == n) << i for i, value in enumerate(around))
        t = sum(value == n for value in around)
        area, wide = self._areas(at)

        def run(places):
            return next((i for i, place in enumerate(places) if at(*place) != n), 8)
        i, j = run([(-dx, 0) for dx in range(1, 9)]), run([(dx, -1) for dx in range(8)])
        inputs = []
        for histories, number in zip(self.flat_histories, (
                mix(1, q), mix(1, join(n, q)), mix(1, join(n, t)), area, wide, mix(mix(1, n), join(*around[:4])),
                mix(1, join(n, i, j)),
                mix(mix(1, join(*(at(dx, 0) for dx in range(-4, 0)))), join(*(at(dx, -1) for dx in range(-3, 1)))))):
            histories.select(hashed(number, 0), 0)
            inputs.append(histories.input())
        bit = self.bits.get(SQUASH[self.flat_mixer.mix(t, inputs + [100])])
        self.flat_mixer.update(bit, 2 * self.rate)
        for histories in self.flat_histories:
            histories.update(bit)
        return bit

    def _guess(self, point):
        node, depth = 1, 0
        while depth < self.tree.depth and node in self.tree.planes:
            node = 2 * node + (self.tree.distance(node, point) >= 0)
            depth += 1
        return (node << (self.tree.depth - depth)) - (1 << self.tree.depth)

    def _contexts(self, at, guesses, levels):
        w, n, nw, ne, ww, nn, nee, nne, www, nnn = (
            at(*d) for d in ((-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2), (2, -1), (1, -2), (-3, 0), (0, -3)))
        (g0, g1, g2), (l0, l1, l2) = guesses, levels
        area, wide = self._areas(at)
        four = mix(1, join(w, n, nw, ne))
        six = mix(four, join(ww, nn))
        ten = mix(six, join(at(-2, -1), nee, nne, at(-1, -2)))
        top = [value >> max(self.tree.depth - 3, 0) for value in (w, n, nw, ne, ww, nn, nee, nne)]
        contexts = (
            mix(1, w), mix(1, n), mix(1, join(w, ww)), mix(1, join(n, nn)), mix(1, join(w, ww, www)),
            mix(1, join(n, nn, nnn)), mix(1, join(g0, nw, ne)), four, six, ten,
            mix(mix(ten, join(at(-2, -2), at(2, -2), www, nnn)), join(at(3, -1), at(4, -1), at(-3, -1))), area, wide,
            mix(mix(1, join(*top[:4])), join(*top[4:])))
        features = (0, mix(1, w), mix(1, n), mix(1, nw), mix(1, ne), mix(1, ww), mix(1, nn), mix(1, join(g0, l0)),
                    mix(1, join(w, n)), four, mix(1, nee), mix(1, nne), mix(1, join(g1, l1)), mix(1, join(g2, l2)),
                    mix(1, join(w, nw)), mix(1, join(n, ne)))
        return contexts, features, (w, n, nw, ne, ww, nn), (g0, g1, g2, nee, nne, at(-2, -1))

    def _pattern(self, positions, node, depth):
        below = self.tree.depth - depth
        leaves = [(1 << self.tree.depth) + position for position in positions]
        return sum((1 + ((leaf >> (below - 1) & 1) << 6)) << i
                   for i, leaf in enumerate(leaves) if leaf >> below == node)

    def _path(self, at, points, levels, after_flat):
        guesses = [self._guess(point) for point in points]
        contexts, features, near, far = self._contexts(at, guesses, levels)
        (l0, l1, l2), g0 = levels, guesses[0]
        node, depth = 1, 0
        while depth < self.tree.depth and node in self.tree.planes:
            pattern, pattern2 = self._pattern(near, node, depth), self._pattern(far, node, depth)
            s0, s1, s2 = (step(self.tree.distance(node, point), level) for point, level in zip(points, levels))
            r = (1 << depth % 4) + node % (1 << depth % 4)
            hashes = [hashed(context, node >> depth % 4) for context in contexts]
            hashes += [hashed(mix(1, join(pattern, pattern2, depth, int(after_flat))), 0),
                       hashed(mix(mix(1, node), join(s0, l0)), 0)]
            inputs = []
            for histories, number in zip(self.histories, hashes):
                histories.select(number, r)
                inputs.append(histories.input())
            keys = [(i, node % 1024, level, s) for i, level, s in ((0, l1, s1), (1, l2, s2))]
            inputs += [logit(self.by_step.setdefault(key, 32768)) for key in keys]
            q = self.density.at(node)
            v = self.sums.predict(features, node, q)
            inputs += [q, v, clamp(v >> 1, -128, 128), 80]
            inputs += [0 if not pattern >> i & 1 else 256 if pattern >> (6 + i) & 1 else -256 for i in range(4)]
            h = 2 if not pattern2 & 1 else pattern2 >> 6 & 1
            rows = ((depth, l0, h), node % 1024, pattern, (l1, l0, min(depth, 3)), g0 % 1024, pattern2)
            results = [mixer.mix(key, inputs) for mixer, key in zip(self.mixers, rows)]
            last_rows = ((depth, l0), node % 1024, pattern)
            x = (sum(mixer.mix(key, results) for mixer, key in zip(self.last_mixers, last_rows)) * 21845) >> 16
            total = 2 * SQUASH[x] + sum(correction.refine(key, x) for correction, key in
                                        zip(self.corrections, (node % 1024, pattern, (g0 % 1024, l0))))
            bit = self.bits.get(clamp(total // 5, 2, 65534))
            for mixer in self.mixers:
                mixer.update(bit, self.rate)
            for mixer in self.last_mixers:
                mixer.update(bit, self.last_rate)
            for part in self.corrections + self.histories + [self.sums]:
                part.update(bit)
            for key in keys:
                self.by_step[key] += (target(bit) - self.by_step[key]) >> 6
            node, depth = 2 * node + bit, depth + 1
        return (node << (self.tree.depth - depth)) - (1 << self.tree.depth)
