"""What both orders of rows of the model "balanced" share, written from codec/FORMAT.md ("Model 2: balanced")."""

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

    def __init__(self, bits=14, counters=7):
        self.groups, self.bits, self.counters = {}, bits, counters

    def _new(self, check):
        return [check] + [Counter() for _ in range(self.counters)]

    def find(self, context):
        first = place(context, self.bits)
        check = (((context * FACTOR) & MASK) >> 32) % 65536
        candidates = [self.groups.setdefault(at, self._new(0)) for at in (first, first ^ 1)]
        for group in candidates:
            if group[0] == check:
                return group
        given_up = candidates[1 if candidates[1][1].seen < candidates[0][1].seen else 0]
        given_up[:] = self._new(check)
        return given_up


def flat_places(at):
    """The pattern and the count of further neighbours that are N, and the places of a flat flag's six counters."""
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
    return q, t, [q] + [place(c, 15) for c in (join(n, q), near, far, sparse, join(n, t))]


def pattern_of(tree, positions, node, depth):
    pattern = 0
    below = tree.depth - depth
    for i, position in enumerate(positions):
        leaf = (1 << tree.depth) + position
        if leaf >> below == node:
            pattern += 1 << i
            pattern += (leaf >> (below - 1) & 1) << (6 + i)
    return pattern
