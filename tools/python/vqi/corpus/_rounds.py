"""Rounds of k-means over a corpus, in whole numbers: sums of parts add up to those of one process."""
from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from .._codebook import Codebook
from ._inputs import Bad, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORST_KEPT = 64  # of a round: at most so many codewords without vectors are replaced
VECTORS_AT_ONCE = 1 << 14


class Sums:
    """What vectors say to a codebook: of each cell how many there are and their sum, and the squared error of all.

    counts, sums -- (k) and (k, dimension) of int64
    error -- the sum of squared differences, a whole number
    images, bad -- how many images there were, and which could not be used
    worst -- (squared error, vector as a tuple) of the worst vectors, no two of them equal
    """

    def __init__(self, counts: NDArray[np.int64], sums: NDArray[np.int64]) -> None:
        self.counts = counts
        self.sums = sums
        self.error = 0
        self.images = 0
        self.bad: list[Bad] = []
        self.worst: list[tuple[int, tuple[int, ...]]] = []

    @property
    def mse(self) -> float:
        """The mean squared error of a sample: the objective."""
        return float(self.error / max(1, int(self.counts.sum()) * self.sums.shape[1]))

    def keep_worst(self, found: Iterable[tuple[int, tuple[int, ...]]]) -> None:
        """Adds vectors with their errors, and keeps those with the largest, from which empty cells are filled."""
        self.worst = sorted({*self.worst, *found}, key=lambda each: (-each[0], each[1]))[:WORST_KEPT]


def _vectors(samples: Any, book: Codebook) -> NDArray[np.float64]:
    """(n, dimension): the blocks of an image, where those at an edge repeat the last row and column."""
    image: NDArray[Any] = np.asarray(samples)
    if image.ndim == 2:
        image = image[..., None]
    if image.shape[2] != book.channels or 8 * image.dtype.itemsize != book.bit_depth:
        raise ValueError(f"an image of {image.shape[2]} channels of {8 * image.dtype.itemsize} bits has no vectors for "
                         f"a codebook of {book.channels} channels of {book.bit_depth} bits")
    width, height = book.block
    image = np.pad(image, ((0, -image.shape[0] % height), (0, -image.shape[1] % width), (0, 0)), "edge")
    rows, columns = image.shape[0] // height, image.shape[1] // width
    blocks = image.reshape(rows, height, columns, width, -1).transpose(0, 2, 1, 3, 4)
    return blocks.reshape(rows * columns, -1).astype(np.float64)


def _add_vectors(total: Sums, vectors: NDArray[np.float64], codewords: NDArray[np.float64]) -> None:
    # Every product and sum is a whole number below 2^53, so that doubles hold it exactly in any order of summing; of
    # codewords that are equally near the first is taken.
    scores = (codewords**2).sum(axis=1) - 2 * (vectors @ codewords.T)
    cells = scores.argmin(axis=1)
    errors = (scores[np.arange(len(cells)), cells] + (vectors**2).sum(axis=1)).astype(np.int64)
    total.counts += np.bincount(cells, minlength=len(codewords))
    for dimension in range(vectors.shape[1]):
        column = np.bincount(cells, weights=vectors[:, dimension], minlength=len(codewords))
        total.sums[:, dimension] += column.astype(np.int64)
    total.error += int(errors.sum())
    # One vector may be there many times: all that are as bad as the least of the worst ones.
    least = np.partition(errors, -min(len(errors), WORST_KEPT))[-min(len(errors), WORST_KEPT)]
    worst, their_errors = vectors[errors >= least], errors[errors >= least]
    distinct, first = np.unique(worst, axis=0, return_index=True)
    total.keep_worst((int(their_errors[n]), tuple(int(sample) for sample in vector))
                     for vector, n in zip(distinct, first))


def sum_vectors(inputs: Iterable[Any], codebook: Codebook | bytes) -> Sums:
    """The sums of the vectors of some inputs for a codebook of colours or blocks without alpha; the map of a round.

    >>> import numpy, vqi
    >>> from vqi import corpus
    >>> book = vqi.Codebook([[0, 0, 0], [200, 200, 200]])
    >>> sums = corpus.sum_vectors([("frame", numpy.full((2, 2, 3), 210, numpy.uint8))], book)
    >>> sums.counts.tolist(), sums.sums.tolist(), sums.error
    ([0, 4], [[0, 0, 0], [840, 840, 840]], 1200)
    """
    book = codebook if isinstance(codebook, Codebook) else Codebook.from_bytes(codebook)
    if book.channels in (2, 4):
        raise ValueError("rounds of k-means take codebooks without alpha")
    codewords = book.codewords.reshape(book.k, -1).astype(np.float64)
    total = Sums(np.zeros(book.k, np.int64), np.zeros(codewords.shape, np.int64))
    for item in inputs:
        for name, found in load(item):
            if isinstance(found, Bad):
                total.bad.append(found)
                continue
            try:
                vectors = _vectors(found.samples, book)
            except ValueError as error:
                total.bad.append(Bad(name, str(error)))
                continue
            for start in range(0, len(vectors), VECTORS_AT_ONCE):
                _add_vectors(total, vectors[start:start + VECTORS_AT_ONCE], codewords)
            total.images += 1
    return total


def _add_two(one: Sums, other: Sums) -> Sums:
    added = Sums(one.counts + other.counts, one.sums + other.sums)
    added.error = one.error + other.error
    added.images = one.images + other.images
    added.bad = sorted([*one.bad, *other.bad])
    added.keep_worst([*one.worst, *other.worst])
    return added


def add_sums(parts: Iterable[Sums]) -> Sums:
    """The sums of all parts together; the reduce of a round."""
    return functools.reduce(_add_two, parts)


def move(codebook: Codebook, sums: Sums) -> Codebook:
    """The codebook with each codeword at the mean of its vectors, rounded: no other codeword of whole numbers is nearer
    to them, and so the squared error never rises. A codeword without vectors, or one that would equal another, moves to
    one of the worst vectors, or stays.

    >>> import numpy, vqi
    >>> from vqi import corpus
    >>> book = vqi.Codebook([[0, 0, 0], [200, 200, 200]])
    >>> sums = corpus.sum_vectors([("frame", numpy.full((2, 2, 3), 210, numpy.uint8))], book)
    >>> corpus.move(book, sums).codewords[:, 0, 0].tolist()
    [[0, 0, 0], [210, 210, 210]]
    """
    old = codebook.codewords
    # Those that keep a place come first; who is left over takes another.
    moved: list[tuple[int, ...] | None] = [None] * codebook.k
    taken: set[tuple[int, ...]] = set()
    for cell in np.flatnonzero(sums.counts).tolist():
        count = int(sums.counts[cell])
        mean = tuple((2 * int(total) + count) // (2 * count) for total in sums.sums[cell])
        if mean not in taken:
            moved[cell] = mean
            taken.add(mean)
    spare = [vector for error, vector in sums.worst if error > 0]
    for cell in range(codebook.k):
        if moved[cell] is None:
            moved[cell] = _free_place(tuple(int(sample) for sample in old[cell].ravel()), spare, taken,
                                      2**codebook.bit_depth - 1)
            taken.add(moved[cell])  # type: ignore[arg-type]
    return Codebook(np.array(moved, old.dtype).reshape(old.shape))


def _free_place(own: tuple[int, ...], spare: list[tuple[int, ...]], taken: set[tuple[int, ...]],
                largest: int) -> tuple[int, ...]:
    """One of `spare` that is not taken, or `own`, or what follows on it."""
    while spare:
        place = spare.pop(0)
        if place not in taken:
            return place
    while own in taken:  # counts on, as in a number with a digit for each sample
        digits = list(own)
        for n in range(len(digits) - 1, -1, -1):
            digits[n] = (digits[n] + 1) % (largest + 1)
            if digits[n]:
                break
        own = tuple(digits)
    return own
