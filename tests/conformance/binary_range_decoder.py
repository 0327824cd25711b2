"""The binary range decoder, written from codec/FORMAT.md ("The binary range coder")."""


class BinaryRangeDecoder:
    def __init__(self, data):
        self.data = data
        self.taken = 0
        self.offset = 0
        self.range = 0xFFFFFFFF
        for _ in range(4):
            self._take()

    def _take(self):
        byte = self.data[self.taken] if self.taken < len(self.data) else 0
        self.offset = (self.offset << 8 | byte) & 0xFFFFFFFF
        self.taken += 1

    def get(self, p16):
        """The next bit, whose probability to be 1 is p16 / 65536."""
        one = self.range * p16 >> 16
        bit = self.offset < one
        if bit:
            self.range = one
        else:
            self.offset -= one
            self.range -= one
        while self.range < 1 << 24:
            self.range <<= 8
            self._take()
        return int(bit)

    def finished(self):
        """Whether all bytes and the three zeros that encoders leave out were used, no more zeros were needed, and no
        smaller number with as many zeros would have given the same bits."""
        return self.taken == len(self.data) + 3 and self.offset < 1 << 24
