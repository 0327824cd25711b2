"""The index model "balanced", written from codec/FORMAT.md ("Index models" and "Model 2: balanced")."""
from balanced_parts import LOGIT_LIMIT, SQUASH, Counter, Groups, flat_places, join, mix, pattern_of
from codeword_tree import Map, Tree, step
from rows_side_by_side import SIDE_BY_SIDE_PROBABILITY, RowsSideBySide

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
        if self.bits.get(SIDE_BY_SIDE_PROBABILITY):
            RowsSideBySide(self).decode()
            return [self.tree.index_at[position] for row in self.map.positions for position in row]
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
        q, t, places = flat_places(at)
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
            pattern = pattern_of(self.tree, (w, n, nw, ne, ww, nn), node, depth)
            s = step(self.tree.distance(node, predicted), level)
            counters = [group[j] for group in groups]
            counters.append(self._counter(("step", node if node < 1024 else 1024 + depth, level, s)))
            counters.append(self._counter(("pattern", depth, pattern)))
            bit = self._bit(counters, self._row(("level", depth, level, after_flat), 10000),
                            self._row(("pattern", pattern), 10000), self.rate)
            node, j, depth = 2 * node + bit, 2 * j + bit, depth + 1
        return (node << (depth_max - depth)) - (1 << depth_max)
