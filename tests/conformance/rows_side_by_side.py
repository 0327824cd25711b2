"""Rows side by side of the model "balanced", written from codec/FORMAT.md ("Four rows side by side")."""
import math

from balanced_parts import LOGIT_LIMIT, SQUASH, Counter, Groups, flat_places, join, mix, pattern_of
from codeword_tree import step

SIDE_BY_SIDE_PROBABILITY = 256
TRUST = [0, 40, 49, 58, 67, 75, 84] + [89] * 9


def rough_log2(v):
    """floor-free log2 in 2^-23: the bits of a float, but for its bias."""
    power = int(math.log2(v))
    return power * 2**23 + (v * 2**23 >> power) - 2**23


def say(counter):
    octaves = (rough_log2(2 * counter.p + 1) - rough_log2(8191 - 2 * counter.p)) // 2**14
    return octaves * TRUST[counter.seen] // 256


def taught(counter, bit):
    """A counter that has learned the bit; the one given stays."""
    result = Counter(counter.p)
    result.seen = counter.seen
    result.update(bit)
    return result


class Walk:
    """One vector on its way down the tree: `cells` holds, for each counter of its next bit, a container and a key."""

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.node, self.depth = 1, 0


class RowsSideBySide:
    def __init__(self, strip):
        self.tree, self.map, self.bits = strip.tree, strip.map, strip.bits
        self.width, self.height = strip.width, strip.height
        self.tables = [Groups(13, 15) for _ in range(6)]
        self.counters, self.weights = {}, {}

    def decode(self):
        for top in range(0, self.height, 4):
            rate = 300 + 3600000 // (2000 + top * self.width)
            bottom = min(top + 4, self.height)
            for turn in range(self.width + 5 * (bottom - top - 1)):
                columns = [(turn - 5 * (y - top), y) for y in range(top, bottom)]
                self._turn([Walk(x, y) for x, y in columns if 0 <= x < self.width], rate)

    def _at(self, walk):
        return lambda dx, dy: self.map.position(walk.x + dx, walk.y + dy)

    def _cell(self, key, p=2048, seen=0):
        if key not in self.counters:
            self.counters[key] = Counter(p)
            self.counters[key].seen = seen
        return self.counters, key

    def _row(self, key, weight):
        return self.weights.setdefault(key, [weight] * 8)

    def _code(self, walks, rate):
        """Reads the next bit of each vector into its `bit`."""
        for walk in walks:
            walk.heard = [table[key] for table, key in walk.cells]
            walk.inputs = [say(counter) for counter in walk.heard]
            a, b = walk.rows
            total = sum(value * (a[i] + b[i]) for i, value in enumerate(walk.inputs)) // 2**14
            walk.p = SQUASH[min(max(total, -LOGIT_LIMIT), LOGIT_LIMIT)]
        for walk in walks:
            walk.bit = self.bits.get(walk.p)
        for walk in walks:
            move = min(max((65536 * walk.bit - walk.p) * rate // 2**11, -32767), 32767)
            for row in walk.rows:
                for i, value in enumerate(walk.inputs):
                    row[i] = min(max(row[i] + (value * move + 2**14) // 2**15, -32768), 32767)
            for (table, key), counter in zip(walk.cells, walk.heard):
                table[key] = taught(counter, walk.bit)

    def _turn(self, walks, rate):
        flat = []
        for walk in walks:
            at = self._at(walk)
            walk.flat = at(-1, 0) == at(0, -1) == at(-1, -1) == at(1, -1)
            if walk.flat:
                q, t, places = flat_places(at)
                walk.cells = [self._cell(("flat", table, place), 4000) for table, place in enumerate(places)]
                walk.rows = self._row(("alike", t), 2000), self._row(("flat", q), 2000)
                flat.append(walk)
        self._code(flat, rate >> 2)
        going = []
        for walk in walks:
            if walk.flat and walk.bit:
                self.map.set_flat(walk.x, walk.y, self._at(walk)(0, -1))
            else:
                self._begin(walk)
                going.append(walk)
        going = [walk for walk in going if not self._ends(walk)]
        while going:
            for walk in going:
                self._choose(walk)
            self._code(going, rate)
            for walk in going:
                walk.node, walk.depth, walk.place = 2 * walk.node + walk.bit, walk.depth + 1, 2 * walk.place + walk.bit
            going = [walk for walk in going if not self._ends(walk)]

    def _begin(self, walk):
        at = self._at(walk)
        w, n, nw, ne, ww, nn = (at(*d) for d in ((-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2)))
        four = mix(1, join(w, n, nw, ne))
        ten = mix(mix(four, join(ww, nn)), join(at(-2, -1), at(2, -1), at(-1, -2), at(1, -2)))
        walk.numbers = [mix(2, join(w, n)), mix(3, join(n, ne)), mix(4, join(w, ww)), mix(5, join(n, nn)), four, ten]
        walk.kind = 1 if walk.flat else 0
        if w not in (n, nw) and n not in (ne, nw):
            walk.kind = 2
            del walk.numbers[4:]
        walk.around = w, n, nw, ne, ww, nn
        walk.excluded = n
        walk.predicted = self.map.predict(walk.x, walk.y)
        walk.level = self.map.level(walk.x, walk.y)

    def _ends(self, walk):
        left = self.tree.depth - walk.depth
        if left > 0 and walk.node in self.tree.planes:
            first = (walk.node << left) - (1 << self.tree.depth)
            if not walk.flat or left > 1 or walk.excluded // 2 * 2 != first:
                return False
            position = walk.excluded ^ 1
        else:
            position = (walk.node << left) - (1 << self.tree.depth)
        self.map.set_predicted(walk.x, walk.y, walk.predicted, position)
        return True

    def _choose(self, walk):
        node, depth, level = walk.node, walk.depth, walk.level
        if depth % 4 == 0:
            walk.place = 1
            walk.groups = [table.find(mix(number, node)) for table, number in zip(self.tables, walk.numbers)]
        s = step(self.tree.distance(node, walk.predicted), level)
        told = SQUASH[min(max((2 * s - 23) * 60, -2000), 2000)] // 16
        pattern = pattern_of(self.tree, walk.around, node, depth)
        cells = [(group, walk.place) for group in walk.groups]
        walk.cells = [*cells[:4], self._cell(("step", node if node < 1024 else 1024 + depth, level, s), told, 3),
                      self._cell(("pattern", depth, pattern)), *cells[4:]]
        walk.rows = self._row(("level", depth, level, walk.kind), 2500), self._row(("pattern", pattern), 2500)
