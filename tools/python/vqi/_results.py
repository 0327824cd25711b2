"""What calls return: reports, .vqi streams and palette PNGs."""
from __future__ import annotations

import os
from _thread import allocate_lock

from . import _core
from ._images import as_array

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Unpack

    from ._types import DecodeOptions, Metadata, Path, Samples


class Report(dict[str, "Any"]):
    """The fields of the command line's --json, as items and as attributes: report["psnr_db"] is report.psnr_db."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the report of {self.get('command')} has no field {name!r}") from None


def report_of(text: str) -> Report:
    """The report in a line of JSON."""
    import json

    return Report(json.loads(text))


def write_file(path: Path, data: bytes) -> None:
    """Writes a file as a whole or not at all: into a new file beside it, which is then renamed."""
    import tempfile

    path = os.fspath(path)
    mode = 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=".vqi-", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


# The mask is read by setting it: of two threads that did so at once one would see and leave the other's 0.
_umask_lock = allocate_lock()


def _umask() -> int:
    with _umask_lock:
        mask = os.umask(0)
        os.umask(mask)
    return mask


class _File:
    """Bytes of a file with the report on making it."""

    def __init__(self, data: bytes, report: Report) -> None:
        self.bytes = data
        self.report = report

    def __bytes__(self) -> bytes:
        return self.bytes

    def __len__(self) -> int:
        return len(self.bytes)

    def save(self, path: Path) -> None:
        """Writes the bytes to a file."""
        write_file(path, self.bytes)


class Encoded(_File):
    """A .vqi stream: `encoded.bytes` is the file, `encoded.report` what making it cost. Notebooks show the picture.

    >>> import numpy, vqi
    >>> ramp = numpy.arange(4096, dtype=numpy.uint16).reshape(64, 64)
    >>> encoded = vqi.encode(ramp, k=16)
    >>> encoded
    <vqi.Encoded: 64x64, k 16, 206 bytes, PSNR 58.96 dB>
    >>> encoded.report.k, encoded.report["max_error"]
    (16, 128)
    """

    def decode(self, **options: Unpack[DecodeOptions]) -> Samples:
        """The image of the stream, as vqi.decode returns it."""
        from ._codec import decode

        samples: Samples = decode(self.bytes, **options)
        return samples

    @property
    def metadata(self) -> Metadata:
        """The metadata of the stream, as vqi.read_metadata returns it."""
        from ._codec import read_metadata

        return read_metadata(self.bytes)

    def _repr_png_(self) -> bytes:
        from ._codec import write_image

        return write_image(self.decode(), ".png", metadata=self.metadata)

    def __repr__(self) -> str:
        report = self.report
        quality = "lossless" if report["psnr_db"] is None else f"PSNR {report['psnr_db']:.2f} dB"
        return (f"<vqi.Encoded: {report['width']}x{report['height']}, k {report['k']}, {len(self.bytes)} bytes, "
                f"{quality}>")


class Quantized(_File):
    """A palette PNG: `quantized.bytes` is the file, `quantized.report` what making it cost. Notebooks show it."""

    def decode(self) -> Samples:
        """The image of the PNG: (h, w, 3) or (h, w, 4) uint8, (h, w) if all colours are grey."""
        return as_array(_core.read_image(self.bytes)[0])

    def _repr_png_(self) -> bytes:
        return self.bytes

    def __repr__(self) -> str:
        report = self.report
        return f"<vqi.Quantized: {report['width']}x{report['height']}, k {report['k']}, {len(self.bytes)} bytes>"
