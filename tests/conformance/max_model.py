"""The index model "max", written from codec/FORMAT.md ("Model 3: max")."""
from balanced_model import FACTOR, LOGIT_LIMIT, MASK, SQUASH, join, mix, place
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


class Histories:
    """One context's histories, as lists of probability, bits seen and check, and its outcomes."""

    def __init__(self, first):
        self.first = first
        self.histories, self.outcomes = {}, {}
        self.chosen = self.outcome = None

    def select(self, number):
        check = (((number * FACTOR) & MASK) >> 32) % 256
        self.chosen = self.histories.setdefault(place(number, 17), [self.first, 0, 0])
        if self.chosen[2] != check:
            self.chosen[:] = [self.first, 0, check]
        p, n, _ = self.chosen
        if n < 16:
            seen_class = n
        elif n < 24:
            seen_class = 16 + (n - 16) // 2
        elif n < 64:
            seen_class = 20 + (n - 24) // 8
        else:
            seen_class = 25 + (n - 64) // 16
        k = clamp((FINE[p] >> 7) + 17, 0, 32)
        self.outcome = (seen_class, k)
        self.outcomes.setdefault(self.outcome, SQUASH[clamp_logit((2 * k - 33) * 64)])

    def inputs(self):
        p, n, _ = self.chosen
        if n == 0:
            return [0, 0]
        return [FINE[self.outcomes[self.outcome]], ((p - 32768) * 25 * min(20, 4 + n)) >> 16]

    def update(self, bit):
        p, n, check = self.chosen
        self.chosen[:] = [p + (((target(bit) - p) * (655360 // (10 * n + 16))) >> 16), min(n + 1, 127), check]
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
            self.row[j] += ((target(bit) - self.row[j]) * part) >> 13


class Sums:
    RATES = (2, 8, 8, 8, 8, 6, 6, 4, 12, 12)

    def __init__(self):
        self.weights = {}

    def predict(self, numbers, base):
        self.keys = [(i, place(number, 16)) for i, number in enumerate(numbers)]
        self.v = clamp_logit(base + sum(self.weights.get(key, 0) >> 8 for key in self.keys))
        return self.v

    def update(self, bit):
        error = 65536 * bit - SQUASH[self.v]
        for key, rate in zip(self.keys, self.RATES):
            self.weights[key] = clamp(self.weights.get(key, 0) + ((error * rate) >> 6), -720640, 720640)


class Max:
    """Decodes one strip; `bits.get(p)` gives the next bit, whose probability to be 1 is p / 65536."""

    def __init__(self, codebook, width, height, bits):
        self.codebook, self.tree = codebook, Tree(codebook)
        self.maps = [Map(codebook, self.tree, width, height) for _ in range(2)]
        self.width, self.height, self.bits = width, height, bits
        self.flat_histories = [Histories(62000) for _ in range(6)]
        self.histories = [Histories(32768) for _ in range(26)]
        self.flat_mixer = Mixer(16384, 13)
        self.mixers = [Mixer(4681, 64) for _ in range(5)]
        self.last_mixer = Mixer(13107, 8)
        self.corrections = [Correction() for _ in range(3)]
        self.sums = Sums()
        self.by_step = {}

    def decode(self):
        """The indices, row by row."""
        for y in range(self.height):
            self.rate = 229 + 4122000 // (3000 + y * self.width)
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
        points = [self.maps[0].predict(x, y), self._median(at)]
        levels = [one.level(x, y) for one in self.maps]
        position = self._path(at, points, levels, flat)
        for one, point in zip(self.maps, points):
            one.set_predicted(x, y, point, position)

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
        area = chain(18, ((-4, 0), (-4, -1), (0, -1), (-4, -2), (0, -2), (-4, -3), (0, -3)))
        return area, chain(area, [(-8, 0), (4, -1)] + [(dx, y) for y in range(-2, -7, -1) for dx in (-5, -1, 3)])

    def _flat_flag(self, at):
        n = at(0, -1)
        around = [at(dx, dy) for dx, dy in ((-2, 0), (0, -2), (2, -1), (1, -2), (-2, -1), (-3, 0), (-1, -2), (3, -1),
                                            (2, -2))]
        q = sum((value == n) << i for i, value in enumerate(around))
        t = sum(value == n for value in around)
        area, wide = self._areas(at)
        inputs = []
        for histories, number in zip(self.flat_histories, (mix(1, q), mix(2, join(n, q)), mix(3, join(n, t)), area, wide,
                                                           mix(mix(4, n), join(*around[:4])))):
            histories.select(number)
            inputs += histories.inputs()
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
        (g0, g1), (l0, l1) = guesses, levels
        area, wide = self._areas(at)
        four = mix(1, join(w, n, nw, ne))
        six = mix(four, join(ww, nn))
        ten = mix(six, join(at(-2, -1), nee, nne, at(-1, -2)))
        top = [value >> max(self.tree.depth - 3, 0) for value in (w, n, nw, ne, ww, nn, nee, nne)]
        contexts = (
            0, mix(2, w), mix(3, n), mix(4, join(w, n)), area, wide, mix(5, join(w, n, nw)), mix(6, join(w, n, ne)), four,
            mix(7, join(w, ww)), mix(8, join(n, nn)), mix(9, join(g0, l0)), mix(10, join(g1, l1)), mix(11, join(g0, w)),
            mix(12, join(g0, n)), mix(13, join(g0, g1)), six, ten,
            mix(mix(ten, join(at(-2, -2), at(2, -2), www, nnn)), join(at(3, -1), at(4, -1), at(-3, -1))),
            mix(14, join(w, ww, www)), mix(15, join(n, nn, nnn)), mix(16, join(g1, w, n)),
            mix(mix(17, join(*top[:4])), join(*top[4:])))
        features = (0, mix(1, w), mix(1, n), mix(1, nw), mix(1, ne), mix(1, ww), mix(1, nn), mix(1, join(g0, l0)),
                    mix(1, join(w, n)), mix(1, join(w, n, nw, ne)))
        return contexts, features, (w, n, nw, ne, ww, nn), (g0, nee, nne, g1, nw, nn)

    def _pattern(self, positions, node, depth):
        below = self.tree.depth - depth
        leaves = [(1 << self.tree.depth) + position for position in positions]
        return sum((1 + ((leaf >> (below - 1) & 1) << 6)) << i
                   for i, leaf in enumerate(leaves) if leaf >> below == node)

    def _path(self, at, points, levels, after_flat):
        guesses = [self._guess(point) for point in points]
        contexts, features, near, far = self._contexts(at, guesses, levels)
        (l0, l1), g0 = levels, guesses[0]
        node, depth = 1, 0
        while depth < self.tree.depth and node in self.tree.planes:
            pattern, pattern2 = self._pattern(near, node, depth), self._pattern(far, node, depth)
            s0, s1 = (step(self.tree.distance(node, point), level) for point, level in zip(points, levels))
            numbers = [mix(context, node) for context in contexts]
            numbers += [mix(27, join(pattern, pattern2, depth, int(after_flat))), mix(mix(28, node), join(s0, l0)),
                        mix(mix(29, node), mix(join(s0, s1, l0), pattern & 0x3CF))]
            inputs = []
            for histories, number in zip(self.histories, numbers):
                histories.select(number)
                inputs += histories.inputs()
            keys = [(i, node % 1024, level, s) for i, level, s in ((0, l0, s0), (1, l1, s1))]
            inputs += [FINE[self.by_step.setdefault(key, 32768)] for key in keys]
            v = self.sums.predict([mix(feature, node) for feature in features], inputs[-2])
            inputs += [v, clamp(v >> 1, -128, 128), 80]
            inputs += [0 if not pattern >> i & 1 else 256 if pattern >> (6 + i) & 1 else -256 for i in range(4)] + [0]
            h = 2 if not pattern2 & 1 else pattern2 >> 6 & 1
            rows = ((depth, l0, h), node % 1024, pattern, (l1, l0, min(depth, 3)), g0 % 1024)
            results = [mixer.mix(key, inputs) for mixer, key in zip(self.mixers, rows)]
            x = self.last_mixer.mix((depth, l0), results + [0, 0, 0])
            total = 2 * SQUASH[x] + sum(correction.refine(key, x) for correction, key in
                                        zip(self.corrections, (node % 1024, pattern, (g0 % 1024, l0))))
            bit = self.bits.get(clamp(total // 5, 2, 65534))
            for mixer in self.mixers:
                mixer.update(bit, self.rate)
            self.last_mixer.update(bit, 130)
            for part in self.corrections + self.histories + [self.sums]:
                part.update(bit)
            for key in keys:
                self.by_step[key] += (target(bit) - self.by_step[key]) >> 6
            node, depth = 2 * node + bit, depth + 1
        return (node << (self.tree.depth - depth)) - (1 << self.tree.depth)
