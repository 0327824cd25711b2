"""Streams that are read in pieces: files, file objects and URLs."""
from __future__ import annotations

import os

from . import _core
from ._codebook import codebook_bytes
from ._images import as_array
from ._options import pairs
from ._results import Report, report_of

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import Any

    from typing_extensions import Unpack

    from ._codebook import Codebook
    from ._types import Bytes, DecodeOptions, Path, Progress, Samples


class Region:
    """A part of an image: `image` has its samples, `report` the stream's figures, `bytes_read` and `reads`.

    >>> import numpy, vqi
    >>> vqi.decode_region(vqi.encode(numpy.eye(100, dtype=numpy.uint8)).bytes, (10, 10, 2, 2)).image
    array([[1, 0],
           [0, 1]], dtype=uint8)
    """

    def __init__(self, image: Samples, report: Report) -> None:
        self.image = image
        self.report = report

    def __repr__(self) -> str:
        height, width = self.image.shape[:2]
        report = self.report
        return (f"<vqi.Region: {width}x{height} of {report['width']}x{report['height']}, "
                f"{report['bytes_read']} of {report['file_bytes']} bytes read>")


class _File:
    """An open file that can be read anywhere."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.size: int = file.seek(0, os.SEEK_END)

    def read(self, offset: int, size: int) -> Any:
        self.file.seek(offset)
        return self.file.read(size)


class _Url:
    """A file on a server that serves ranges of it. The first request brings its size and its beginning."""

    START = 1 << 15

    def __init__(self, url: str) -> None:
        self.url = url
        self.tag: str | None = None
        self.start, self.size = self.request(0, self.START)

    def read(self, offset: int, size: int) -> bytes:
        if offset + size <= len(self.start):
            return self.start[offset:offset + size]
        data, whole = self.request(offset, size)
        if whole != self.size:
            raise OSError(f"{self.url} changed while it was read")
        return data

    def request(self, offset: int, size: int) -> tuple[bytes, int]:
        """The bytes of a range, fewer at the end of the file, and the size of the file."""
        import re
        import urllib.request

        request = urllib.request.Request(self.url)
        request.add_header("Range", f"bytes={offset}-{offset + size - 1}")
        request.add_header("Accept-Encoding", "identity")
        if self.tag is not None:
            request.add_header("If-Range", self.tag)
        with urllib.request.urlopen(request) as answer:
            range_of = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", answer.headers.get("Content-Range") or "")
            if answer.status != 206 or range_of is None or int(range_of[1]) != offset:
                why = "changed while it was read" if self.tag is not None else "cannot be read in ranges"
                raise OSError(f"{self.url} {why}: its server answers a request for a range by {answer.status}")
            tag = answer.headers.get("ETag")
            if tag is not None and not tag.startswith("W/"):
                self.tag = tag
            return answer.read(size), int(range_of[3])


def _opened(source: Any) -> AbstractContextManager[Any]:
    """What has size and read(offset, size) for a source, as a context that closes what it opened."""
    from contextlib import contextmanager, nullcontext

    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        return nullcontext(_Url(source))
    if hasattr(source, "seek") and hasattr(source, "read"):
        return nullcontext(_File(source))

    @contextmanager
    def opened() -> Any:
        if isinstance(source, (str, os.PathLike)):
            with open(source, "rb", buffering=0) as file:
                yield _File(file)
        else:
            import io

            yield _File(io.BytesIO(bytes(source)))

    return opened()


def decode_region(source: Any, region: tuple[int, int, int, int], *,
                  codebook: Codebook | Bytes | Path | None = None, progress: Progress | None = None,
                  **options: Unpack[DecodeOptions]) -> Region:
    """A rectangle of an image, of whose file little more is read than the strips that the rectangle touches.

    source -- the path of a .vqi file, a file object with seek and read, an http or https URL of a server that serves
        ranges, or bytes
    region -- (x, y, width, height)
    codebook, progress, options -- as in decode; max_pixels is of the whole image

    `report.bytes_read` and `report.reads` tell what was read: three reads as a rule, of the first 32 KiB, of the strips
    and of the end, which are checked as decode checks them. What a file object or a server raises is passed on.

    >>> import io, numpy, vqi
    >>> noise = numpy.random.default_rng(1).integers(0, 256, (1000, 1000), numpy.uint8)
    >>> file = io.BytesIO(vqi.encode(noise, k=16, coding="packed").bytes)
    >>> region = vqi.decode_region(file, (20, 500, 64, 48))
    >>> region
    <vqi.Region: 64x48 of 1000x1000, 98796 of 500272 bytes read>
    >>> bool((region.image == vqi.decode(file.getvalue())[500:548, 20:84]).all())
    True
    """
    if not all(0 <= side < 2**32 for side in region):
        raise ValueError(f"region {region} is not inside the image")
    x, y, width, height = region
    with _opened(source) as opened:
        read: Callable[[int, int], Any] = opened.read
        array, report = _core.read_region(pairs(options), codebook_bytes(codebook), progress, read, opened.size,
                                          (x, y, width, height))
    return Region(as_array(array), report_of(report))
