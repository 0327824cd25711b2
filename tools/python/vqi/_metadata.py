"""Metadata of images as a dict, under the names that Pillow's `info` has, and as the data of PNG's chunks.

gamma -- of the file, as in gAMA: 0.45455 for most screens
chromaticity -- white, red, green, blue, x and y of each: 8 numbers
srgb -- the samples are sRGB: a rendering intent, 0..3
cicp -- ITU-T H.273: primaries, transfer, matrix, and 1 for the full range: 4 numbers of 0..255
icc_profile -- bytes
dpi -- (x, y) pixels per inch, stored as whole numbers per metre
aspect -- (x, y) pixels per equal length, in place of dpi where no unit is known
"""
from __future__ import annotations

import struct

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from ._types import Metadata

UNIT = 100000  # of gAMA and cHRM
INCH = 0.0254  # metres


def _numbers(values: Any, scale: float) -> bytes:
    return b"".join(struct.pack(">I", int(float(value) * scale + 0.5)) for value in values)


def _counted(values: Any, count: int) -> list[Any]:
    numbers = list(values)
    if len(numbers) != count:
        raise ValueError(f"{count} numbers are needed")
    return numbers


# The chunk of each key, and what makes its data.
CHUNKS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "gamma": ("gAMA", lambda value: _numbers([value], UNIT)),
    "chromaticity": ("cHRM", lambda value: _numbers(_counted(value, 8), UNIT)),
    "srgb": ("sRGB", lambda value: bytes([value])),
    "cicp": ("cICP", lambda value: bytes(_counted(value, 4))),
    "dpi": ("pHYs", lambda value: _numbers(_counted(value, 2), 1 / INCH) + b"\1"),
    "aspect": ("pHYs", lambda value: _numbers(_counted(value, 2), 1) + b"\0"),
    "icc_profile": ("iCCP", bytes),
}


def metadata_pairs(metadata: Mapping[str, Any] | None) -> list[tuple[str, bytes]] | None:
    """(chunk, data) of each kind; None is nothing, for the whole and for a kind. Raises ValueError for what is no
    metadata."""
    pairs = []
    for name, value in (metadata or {}).items():
        if name not in CHUNKS:
            raise ValueError(f"metadata has no {name!r}, give some of {', '.join(CHUNKS)}")
        if value is None:
            continue
        chunk, data = CHUNKS[name]
        try:
            pairs.append((chunk, data(value)))
        except (TypeError, ValueError, OverflowError, struct.error) as error:
            raise ValueError(f"metadata[{name!r}] == {value!r} cannot be stored: {error}") from None
    if len(dict(pairs)) < len(pairs):
        raise ValueError("metadata has dpi and aspect, give one of them")
    return pairs or None


def metadata_dict(pairs: Iterable[tuple[str, bytes]]) -> Metadata:
    """The dict of chunks, in the order of CHUNKS."""
    chunks = dict(pairs)
    found: Any = {}
    if "gAMA" in chunks:
        found["gamma"] = struct.unpack(">I", chunks["gAMA"])[0] / UNIT
    if "cHRM" in chunks:
        found["chromaticity"] = tuple(value / UNIT for value in struct.unpack(">8I", chunks["cHRM"]))
    if "sRGB" in chunks:
        found["srgb"] = chunks["sRGB"][0]
    if "cICP" in chunks:
        found["cicp"] = tuple(chunks["cICP"])
    if "pHYs" in chunks:
        x, y, unit = struct.unpack(">IIB", chunks["pHYs"])
        found["dpi" if unit else "aspect"] = (x * INCH, y * INCH) if unit else (x, y)
    if "iCCP" in chunks:
        found["icc_profile"] = chunks["iCCP"]
    metadata: Metadata = found
    return metadata
