"""The index model "balanced", written from codec/FORMAT.md ("Index models" and "Model 2: balanced")."""
from codeword_tree import Map, Tree, step

FACTOR = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
LOGIT_LIMIT = 2815


def make_squash():
    table = {}
    power = 1 << 60
    for x in range(LOGIT_LIMIT + 1):
        table[x] = (1 << 60) // (((1 << 60) + power) >> 16)
        table[-x] = 65536 - table[x]
        power = power - (power >> 8) + (power >> 17) - (power >> 24) // 6
    return table


SQUASH = make_squash()


def make_stretch():
    table = []
    x = -LOGIT_LIMIT
    for i in range(4096):
        while x < LOGIT_LIMIT and SQUASH[x] < 16 * i + 8:
            x += 1
        table.append(x)
    table[0], table[4095] = table[1], table[4094]
    return table


STRETCH = make_stretch()


def mix(context, value):
    q = ((context ^ value) * FACTOR) & MASK
    return q ^ (q >> 32)


def join(*numbers):
    return sum(number << (16 * i) for i, number in enumerate(numbers))


def place(context, bits):
    return ((context * FACTOR) & MASK) >> (64 - bits)


class Counter:
    RATES = (38550, 25700, 19275, 15420, 12850, 9637, 7710, 6425, 5507, 4535, 3855, 3212, 2753, 2267, 1835, 1542)
    CONFIDENCE = (0, 115, 140, 166, 192, 217, 243) + (256,) * 9

    def __init__(self, p=2048):
        self.p, self.seen = p, 0

    def logit(self):
        return (STRETCH[self.p] * self.CONFIDENCE[self.seen]) >> 8

    def update(self, bit):
        rate = self.RATES[self.seen]
        self.p += ((4095 - self.p) * rate + 65535) >> 16 if bit else (-self.p * rate) >> 16
        self.seen = min(self.seen + 1, 15)


class Groups:
    """One table of counter groups; a group is made at its first use."""

    def __init__(self):
        self.groups = {}

    def find(self, context):
        first = place(context, 14)
        check = (((context * FACTOR) & MASK) >> 32) % 65536
        candidates = [self.groups.setdefault(at, [0] + [Counter() for _ in range(7)]) for at in (first, first ^ 1)]
        for group in candidates:
            if group[0] == check:
                return group
        given_up = candidates[1 if candidates[1][1].seen < candidates[0][1].seen else 0]
        given_up[:] = [check] + [Counter() for _ in range(7)]
        return given_up


class Balanced:
    """Decodes one strip; `bits.get(p)` gives the next bit, whose probability to be 1 is p / 65536."""

    def __init__(self, codebook, width, height, bits):
        self.tree = Tree(codebook)
        self.map = Map(codebook, self.tree, width, height)
        self.width, self.height, self.bits = width, height, bits
        self.groups = [Groups() for _ in range(6)]
        self.counters = {}
        self.weights = {}
        self.rate = 0

    def decode(self):
        """The indices, row by row."""
        for y in range(self.height):
            self.rate = 300 + 3600000 // (2000 + y * self.width)
            for x in range(self.width):
                self._vector(x, y)
        return [self.tree.index_at[position] for row in self.map.positions for position in row]

    def _vector(self, x, y):
        def at(dx, dy):
            return self.map.position(x + dx, y + dy)

        flat = at(-1, 0) == at(0, -1) == at(-1, -1) == at(1, -1)
        if flat and self._flat_flag(at):
            self.map.set_flat(x, y, at(0, -1))
            return
        predicted = self.map.predict(x, y)
        self.map.set_predicted(x, y, predicted, self._path(at, predicted, self.map.level(x, y), flat))

    def _counter(self, key, p=2048):
        return self.counters.setdefault(key, Counter(p))

    def _row(self, key, weight):
        return self.weights.setdefault(key, [weight] * 8)

    def _bit(self, counters, a, b, rate):
        inputs = [counter.logit() for counter in counters]
        total = sum(value * ((a[i] + b[i]) >> 8) for i, value in enumerate(inputs)) >> 8
        p = SQUASH[min(max(total, -LOGIT_LIMIT), LOGIT_LIMIT)]
        bit = self.bits.get(p)
        error = ((65536 * bit - p) * rate) >> 10
        for weights in (a, b):
            for i, value in enumerate(inputs):
                weights[i] = min(max(weights[i] + ((value * error + 8192) >> 14), -262143), 262143)
        for counter in counters:
            counter.update(bit)
        return bit

    def _flat_flag(self, at):
        def join4(dx, dy):
            return join(*(at(dx + i, dy) for i in range(4)))

        n = at(0, -1)
        around = [at(dx, dy) for dx, dy in ((-2, 0), (0, -2), (2, -1), (1, -2), (-2, -1), (-3, 0), (-1, -2), (3, -1),
                                            (2, -2))]
        q = sum((value == n) << i for i, value in enumerate(around))
        t = sum(value == n for value in around)
        u = mix(mix(1, join4(-3, -1)), join4(1, -1))
        near = mix(mix(u, join4(-4, 0)), join4(-1, -2))
        far = u
        for dx, dy in ((-3, -2), (1, -2), (-3, -3), (1, -3), (-3, -4), (1, -4), (-8, 0), (-4, 0)):
            far = mix(far, join4(dx, dy))
        sparse = mix(mix(2, n), join(*around[:4]))
        places = [q] + [place(c, 15) for c in (join(n, q), near, far, sparse, join(n, t))]
        counters = [self._counter(("flat", table, at_place), 4000) for table, at_place in enumerate(places)]
        return self._bit(counters, self._row(("alike", t), 8000), self._row(("flat", q), 8000), self.rate >> 1)

    def _path(self, at, predicted, level, after_flat):
        w, n, nw, ne, ww, nn = (at(*d) for d in ((-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2)))
        four = mix(1, join(w, n, nw, ne))
        six = mix(four, join(ww, nn))
        ten = mix(six, join(at(-2, -1), at(2, -1), at(-1, -2), at(1, -2)))
        contexts = (mix(2, join(w, n)), four, six, ten, mix(3, join(n, ne)), mix(4, join(w, ww)))
        depth_max = self.tree.depth
        node, depth = 1, 0
        while depth < depth_max and node in self.tree.planes:
            if depth % 3 == 0:
                groups = [table.find(mix(context, node)) for table, context in zip(self.groups, contexts)]
                j = 1
            pattern = self._pattern((w, n, nw, ne, ww, nn), node, depth)
            s = step(self.tree.distance(node, predicted), level)
            counters = [group[j] for group in groups]
            counters.append(self._counter(("step", node if node < 1024 else 1024 + depth, level, s)))
            counters.append(self._counter(("pattern", depth, pattern)))
            bit = self._bit(counters, self._row(("level", depth, level, after_flat), 10000),
                            self._row(("pattern", pattern), 10000), self.rate)
            node, j, depth = 2 * node + bit, 2 * j + bit, depth + 1
        return (node << (depth_max - depth)) - (1 << depth_max)

    def _pattern(self, positions, node, depth):
        pattern = 0
        below = self.tree.depth - depth
        for i, position in enumerate(positions):
            leaf = (1 << self.tree.depth) + position
            if leaf >> below == node:
                pattern += 1 << i
                pattern += (leaf >> (below - 1) & 1) << (6 + i)
        return pattern
