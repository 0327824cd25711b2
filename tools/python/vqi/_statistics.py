"""Statistics: what a codebook is learned from, gathered in parts that add up."""
from __future__ import annotations

from . import _core
from ._codebook import Codebook
from ._error import Error
from ._images import as_buffer
from ._options import bytes_of, pairs
from ._results import report_of, write_file

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from typing_extensions import Unpack

    from ._types import Block, Bytes, Count, ImageLike, LearnOptions, Path, Progress, Size


class Statistics:
    """The vectors of any number of images with their counts: of single pixels of 8 bits all colours, of blocks and of
    16 bits a sample. However images are split into statistics that are merged, the codebook is the same.

    >>> import numpy, vqi
    >>> frames = [numpy.full((8, 8, 3), value, numpy.uint8) for value in (10, 20, 200)]
    >>> part, other = vqi.Statistics(frames[:1], shard=(1, 2)), vqi.Statistics(frames[1:], shard=(2, 2))
    >>> part.merge(other.bytes), part.merge(other)  # a part counts once
    (True, False)
    >>> part
    <vqi.Statistics: 3 images, block 1x1, 192 vectors>
    >>> part.train(k=2) == vqi.train(frames, k=2)
    True

    block (width, height), sample -- as they were given; the sample is the most vectors that are kept
    images, pixels, vectors, shards -- how many were added and merged
    distinct_vectors -- of all images together, or in the sample; counting takes as long as a merge
    sampled -- True if the sample has left out vectors
    variance -- the mean squared error of a single colour for all images, or None for images of several types
    """

    def __init__(self, images: Iterable[ImageLike] = (), *, block: Block | None = None, sample: Size | None = None,
                 shard: tuple[int, int] = (1, 1), threads: Count | None = None, max_memory: Size | None = None) -> None:
        """Statistics of some images, as encode takes them; more can be added.

        shard -- (number, count): which part of a collection these images are. It tells parts of equal images apart:
            equal images in two shards count twice, and a shard that is merged twice counts once
        threads, max_memory -- as in encode; they hold for calls of this object
        """
        self._limits = {"threads": threads, "max_memory": max_memory}
        number, count = shard
        if not 1 <= number <= count < 2**32:
            raise ValueError(f"shard {number} of {count} is not from 1 to the number of shards, below 2^32")
        self._held = _core.new_statistics(pairs({"block": block, "sample": sample, **self._limits}), number, count)
        for image in images:
            self.add(image)

    @classmethod
    def from_bytes(cls, data: Bytes | Path, *, threads: Count | None = None,
                   max_memory: Size | None = None) -> Statistics:
        """The statistics in the bytes of a .vqs file, or in the file that a path names. Raises vqi.Error for what is
        no whole, undamaged file. Images that are added are a shard of their own."""
        made = cls.__new__(cls)
        made._limits = {"threads": threads, "max_memory": max_memory}
        made._held = _core.read_statistics(pairs(made._limits), bytes_of(data))
        return made

    load = from_bytes

    def add(self, image: ImageLike, *, progress: Progress | None = None) -> None:
        """Adds the vectors of an image, as encode takes it."""
        _core.add_image(pairs(self._limits), progress, self._held, as_buffer(image))

    def merge(self, part: Statistics | Bytes | Path) -> bool:
        """Adds the images of other statistics, which are Statistics, the bytes of a .vqs file, or its path. Returns
        False if all of its shards are here already, and raises vqi.Error if only some are, or if settings differ."""
        return _core.merge_statistics(pairs(self._limits), self._held, bytes_of(part))

    @property
    def bytes(self) -> bytes:
        """The bytes of a .vqs file, as `vqi stats` writes it. Raises vqi.Error if there is no image."""
        return _core.statistics_bytes(self._held)

    def save(self, path: Path) -> None:
        """Writes a .vqs file."""
        write_file(path, self.bytes)

    def train(self, *, progress: Progress | None = None, **options: Unpack[LearnOptions]) -> Codebook:
        """Learns a codebook for all images together, as `vqi train` does.

        options -- k (1..65536, default 256), effort, seeding, seed, fix, space ...
        """
        given: dict[str, Any] = {**self._limits, **options}
        for name in ("block", "sample"):
            if given.get(name) is not None:
                raise Error("invalid_option", f"--{name} is that of the statistics, leave it out")
        data, report = _core.train_from_statistics(pairs(given), progress, self._held)
        return Codebook.from_bytes(data, report_of(report))

    @property
    def block(self) -> tuple[int, int]:
        return _core.statistics_figures(self._held)[:2]

    @property
    def sample(self) -> int:
        return _core.statistics_figures(self._held)[2]

    @property
    def images(self) -> int:
        return _core.statistics_figures(self._held)[3]

    @property
    def pixels(self) -> int:
        return _core.statistics_figures(self._held)[4]

    @property
    def vectors(self) -> int:
        return _core.statistics_figures(self._held)[5]

    @property
    def sampled(self) -> bool:
        return _core.statistics_figures(self._held)[6]

    @property
    def variance(self) -> float | None:
        return _core.statistics_figures(self._held)[7]

    @property
    def shards(self) -> int:
        return _core.statistics_figures(self._held)[8]

    @property
    def distinct_vectors(self) -> int:
        return _core.count_distinct_vectors(self._held)

    def __reduce__(self) -> tuple[Any, ...]:
        if self.images == 0:
            raise TypeError("statistics without images have no bytes, and so cannot be pickled")
        return _restored, (self.bytes, self._limits)

    def __repr__(self) -> str:
        (width, height), images = self.block, self.images
        return (f"<vqi.Statistics: {images} image{'' if images == 1 else 's'}, block {width}x{height}, "
                f"{self.vectors} vectors{', sampled' if self.sampled else ''}>")


def _restored(data: bytes, limits: dict[str, Any]) -> Statistics:
    return Statistics.from_bytes(data, **limits)
