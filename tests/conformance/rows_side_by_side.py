"""Rows side by side of the model "balanced", written from codec/FORMAT.md ("Four rows side by side")."""
import math

from balanced_parts import FACTOR, LOGIT_LIMIT, MASK, SQUASH, flat_places, join, mix, place

SIDE_BY_SIDE_PROBABILITY = 256
TRUST = [0, 31, 39, 46, 53, 59, 66] + [70] * 9
SPEEDS = [151, 100, 75, 60, 50, 38, 30, 25, 22, 18, 15, 13, 11, 9, 7, 6]
SCALES = [5851, 3151, 2048, 1321, 853, 546, 341, 195]
NEW = 2048, 0
NEW_WEIGHTS = [2300] * 8 + [3800]


def rough_log2(v):
    """floor-free log2 in 2^-23: the bits of a float, but for its bias."""
    power = int(math.log2(v))
    return power * 2**23 + (v * 2**23 >> power) - 2**23


def say(counter):
    """What a counter, a probability and the number of bits seen, says."""
    p, seen = counter
    octaves = (rough_log2(2 * p + 1) - rough_log2(8191 - 2 * p)) // 2**13
    return octaves * TRUST[seen] // 256


def mirrored(counter):
    """The counter of the opposite bit."""
    return 4095 - counter[0], counter[1]


def taught(counter, bit):
    """What a counter becomes that learns the bit."""
    if bit:
        return mirrored(taught(mirrored(counter), 0))
    p, seen = counter
    sixteenths = 16 * p - (16 * p * SPEEDS[seen]) // 256 - 1
    return max(sixteenths, 0) // 16, min(seen + 1, 15)


def product(a, b):
    return (a * b + 2**14) // 2**15


def within(v):
    return min(max(v, -32768), 32767)


class GroupTable:
    """2^13 places for the groups of one context: a check, and counters by node 1 .. 15 where they are not new."""

    def __init__(self):
        self.groups = {}

    def find(self, context):
        """The place of a group, its check and its counters."""
        product_of_context = context * FACTOR & MASK
        check, at = product_of_context >> 32 & 0xFFFF, place(context, 13)
        both = [(at ^ i, *self.groups.get(at ^ i, (0, {}))) for i in (0, 1)]
        for found in both:
            if found[1] == check:
                return found
        seen = [counters.get(1, NEW)[1] for _, _, counters in both]
        return both[1 if seen[1] < seen[0] else 0][0], check, {}


class Walk:
    """One vector on its way down the tree."""

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.node, self.depth = 1, 0


class RowsSideBySide:
    def __init__(self, strip):
        self.tree, self.map, self.bits = strip.tree, strip.map, strip.bits
        self.width, self.height = strip.width, strip.height
        self.tables = [GroupTable() for _ in range(6)]
        self.flags, self.near, self.patterns, self.weights = {}, {}, {}, {}

    def decode(self):
        for top in range(0, self.height, 4):
            rate = 230 + 10**7 // (14000 + top * self.width)
            bottom = min(top + 4, self.height)
            for turn in range(self.width + 5 * (bottom - top - 1)):
                columns = [(turn - 5 * (y - top), y) for y in range(top, bottom)]
                self._turn([Walk(x, y) for x, y in columns if 0 <= x < self.width], rate)

    def _at(self, walk):
        return lambda dx, dy: self.map.position(walk.x + dx, walk.y + dy)

    def _row(self, key, first):
        return self.weights.setdefault(key, first)

    @staticmethod
    def _move(rows, inputs, step):
        for row in rows:
            for i, value in enumerate(inputs):
                row[i] = within(row[i] + product(value, step))

    def _turn(self, walks, rate):
        for walk in walks:
            at = self._at(walk)
            walk.flat = at(-1, 0) == at(0, -1) == at(-1, -1) == at(1, -1)
        self._code_flags([walk for walk in walks if walk.flat], rate >> 2)
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
            ended = [self._code_levels(walk) for walk in going]
            for walk in going:
                self._learn(walk, rate)
            going = [walk for walk, at_end in zip(going, ended) if not at_end]

    def _code_flags(self, walks, rate):
        for walk in walks:
            q, t, places = flat_places(self._at(walk))
            walk.keys = list(enumerate(places))
            walk.heard = [self.flags.get(key, (4000, 0)) for key in walk.keys]
            walk.inputs = [say(counter) for counter in walk.heard]
            walk.rows = self._row(("alike", t), [2000] * 8), self._row(("flat", q), [2000] * 8)
            total = sum(value * (walk.rows[0][i] + walk.rows[1][i]) for i, value in enumerate(walk.inputs)) // 2**15
            walk.p = SQUASH[min(max(total, -LOGIT_LIMIT), LOGIT_LIMIT)]
        for walk in walks:
            walk.bit = self.bits.get(walk.p)
        for walk in walks:
            step = (65536 * walk.bit - walk.p) * rate // 2**12
            self._move(walk.rows, walk.inputs, min(max(step, -32767), 32767))
            self.flags.update({key: taught(counter, walk.bit) for key, counter in zip(walk.keys, walk.heard)})

    def _begin(self, walk):
        at = self._at(walk)
        w, n, nw, ne, ww, nn = (at(*d) for d in ((-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2)))
        four = mix(1, join(w, n, nw, ne))
        ten = mix(mix(four, join(ww, nn)), join(at(-2, -1), at(2, -1), at(-1, -2), at(1, -2)))
        walk.numbers = [mix(2, join(w, n)), mix(3, join(n, ne)), mix(4, join(w, ww)), mix(5, join(n, nn)), four, ten]
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

    def _distances(self, walk):
        """Of the predicted point from the planes of the nodes 1 .. 15 below the walk's, 0 where there is none."""
        nodes = [walk.node]
        for i in range(7):
            nodes += 2 * nodes[i], 2 * nodes[i] + 1
        return [0] + [self.tree.distance(node, walk.predicted) if node in self.tree.planes else 0 for node in nodes]

    def _leaf(self, walk, position):
        """The next four bits of the path to a position, or None if it does not lie below the node."""
        path = format((1 << self.tree.depth) + position, "b")
        if int(path[:walk.depth + 1], 2) != walk.node:
            return None
        return int(path[walk.depth + 1:walk.depth + 5].ljust(4, "0"), 2)

    def _choose(self, walk):
        walk.distances = self._distances(walk)
        expected = 1
        for _ in range(4):
            expected = 2 * expected + (1 if walk.distances[expected] >= 0 else 0)
        w, n, nw, ne, ww, nn = (self._leaf(walk, position) for position in walk.around)
        agreeing = [leaf for leaf in (n, w, ne, nw) if leaf is not None]
        walk.first = agreeing[0] if agreeing else expected - 16
        pattern = [(leaf is not None) * (5 - (walk.first ^ (leaf or 0)).bit_length()) for leaf in (w, n, nw, ne)]
        pattern += ww == walk.first, nn == walk.first, walk.level >= 4
        share = walk.node % min(1 << walk.depth, 64)
        walk.groups = [table.find(number ^ walk.node) for table, number in zip(self.tables, walk.numbers)]
        near, key = (walk.depth, share, expected, walk.level), (walk.depth, *pattern)
        walk.groups += (near, 0, self.near.get(near, {})), (key, 0, self.patterns.get(key, {}))
        having_first = tuple(leaf == walk.first for leaf in (w, n, nw, ne))
        walk.weights = {("alike", walk.depth, walk.level, walk.flat, having_first): NEW_WEIGHTS,
                        ("node", walk.depth, share): NEW_WEIGHTS,
                        ("first", walk.depth, walk.flat, walk.first, bool(agreeing)): [0] * 9}
        walk.coded = []

    def _code_levels(self, walk):
        """Reads up to four bits of the path; whether it ends."""
        node = 1
        while node < 16:
            heard = [group[2].get(node, NEW) for group in walk.groups[:7]]
            other, is_mirrored = self._turned(walk, node)
            turned = walk.groups[7][2].get(other, NEW)
            heard.append(mirrored(turned) if is_mirrored else turned)
            steps = walk.distances[node] * SCALES[walk.level] // 2**13
            inputs = [say(counter) for counter in heard] + [23 * min(max(steps, -133), 133)]
            rows = [self._row((*key, node), list(new)) for key, new in walk.weights.items()]
            total = sum(product(value, within(within(a + b) + c)) for value, a, b, c in zip(inputs, *rows))
            p = SQUASH[min(max(total, -LOGIT_LIMIT), LOGIT_LIMIT)]
            bit = self.bits.get(p)
            walk.coded.append((node, bit, p, inputs, rows))
            node = 2 * node + bit
            walk.node, walk.depth = 2 * walk.node + bit, walk.depth + 1
            if self._ends(walk):
                return True
        return False

    @staticmethod
    def _turned(walk, node):
        """The node that stands for `node` where the first leaf is the leaf 0, and whether its bits are exchanged."""
        depth = node.bit_length() - 1
        return node ^ walk.first >> (4 - depth), walk.first >> (3 - depth) & 1

    @staticmethod
    def _taught(counters, walk):
        return counters | {node: taught(counters.get(node, NEW), bit) for node, bit, *_ in walk.coded}

    def _learn(self, walk, rate):
        for node, bit, p, inputs, rows in walk.coded:
            self._move(rows, inputs, product(32767 * bit - p // 2, min(16 * rate, 32767)))
        tables = [table.groups for table in self.tables]
        for table, (key, check, counters) in zip(tables, walk.groups):
            table[key] = check, self._taught(counters, walk)
        key, _, counters = walk.groups[6]
        self.near[key] = self._taught(counters, walk)
        key, _, counters = walk.groups[7]
        self.patterns[key] = dict(counters)
        for node, bit, *_ in walk.coded:
            other, is_mirrored = self._turned(walk, node)
            self.patterns[key][other] = taught(counters.get(other, NEW), bit ^ is_mirrored)
