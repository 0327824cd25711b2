"""Codebook: codewords apart from an image."""
from __future__ import annotations


from . import _core
from ._images import as_array
from ._options import bytes_of
from ._results import Report, write_file

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from typing import Any

    from ._types import Bytes, Path, Samples


class Codebook:
    """K codewords in an order: colours, or blocks of pixels.

    >>> import vqi
    >>> book = vqi.Codebook([[0, 0, 0], [255, 128, 0], [255, 255, 255]])
    >>> book
    <vqi.Codebook: k 3, block 1x1, 3 channels, 8 bits>
    >>> book.codewords.shape  # (k, block height, block width, channels)
    (3, 1, 1, 3)
    >>> vqi.Codebook.from_bytes(book.bytes) == book
    True

    bytes -- the .vqb file, as `vqi train` writes it
    report -- what learning it cost, or None
    k, block, channels, bit_depth -- codewords, their (width, height), and what a sample is
    """

    def __init__(self, codewords: Any, report: Report | None = None) -> None:
        """A codebook of an array of uint8 or uint16: (k, channels) for colours, (k, height, width, channels) for
        blocks. Plain lists of numbers of 0 to 255 are uint8."""
        import numpy

        array = numpy.asarray(codewords)
        if array.dtype.kind == "i" and array.size and array.min() >= 0 and array.max() <= 255:
            array = array.astype(numpy.uint8)
        if array.ndim == 2:
            array = array[:, None, None, :]
        if array.ndim != 4:
            raise ValueError(f"codewords have {array.ndim} dimensions, give (k, channels) or "
                             "(k, height, width, channels)")
        count, height, width, channels = array.shape
        side_by_side = numpy.ascontiguousarray(array.transpose(1, 0, 2, 3)).reshape(height, count * width, channels)
        self._take(_core.make_codebook(width, height, side_by_side), report)

    def _take(self, data: bytes, report: Report | None) -> None:
        self.bytes = data
        self.report = report
        width, height, array = _core.read_codebook(data)
        self.block = (width, height)
        blocks = as_array(array)
        self.channels = blocks.shape[2] if blocks.ndim == 3 else 1
        self.bit_depth = 8 * blocks.dtype.itemsize
        self.k = int(blocks.shape[1]) // width
        self._blocks = blocks

    @classmethod
    def from_bytes(cls, data: Bytes, report: Report | None = None) -> Codebook:
        """The codebook in the bytes of a .vqb file. Raises vqi.Error for what is no whole, undamaged file."""
        book = cls.__new__(cls)
        book._take(bytes(data), report)
        return book

    @classmethod
    def load(cls, path: Path) -> Codebook:
        """The codebook in a .vqb file."""
        return cls.from_bytes(bytes_of(path))

    def save(self, path: Path) -> None:
        """Writes a .vqb file."""
        write_file(path, self.bytes)

    @property
    def codewords(self) -> Samples:
        """A copy of the codewords: (k, block height, block width, channels), uint8 or uint16."""
        width, height = self.block
        blocks = self._blocks.reshape(height, self.k, width, self.channels)
        copy: Samples = blocks.transpose(1, 0, 2, 3).copy()
        return copy

    def __len__(self) -> int:
        return self.k

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Codebook) and self.bytes == other.bytes

    def __hash__(self) -> int:
        return hash(self.bytes)

    def __repr__(self) -> str:
        return (f"<vqi.Codebook: k {self.k}, block {self.block[0]}x{self.block[1]}, {self.channels} "
                f"channel{'s' if self.channels > 1 else ''}, {self.bit_depth} bits>")


def codebook_bytes(codebook: Any) -> bytes | None:
    """The bytes of a .vqb file: of a Codebook, of bytes, of a file that a path names, or of an array of codewords."""
    if codebook is None:
        return None
    if hasattr(codebook, "__array_interface__") or isinstance(codebook, list):
        return Codebook(codebook).bytes
    return bytes(bytes_of(codebook))
