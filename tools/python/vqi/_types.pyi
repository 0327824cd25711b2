# Types for type checkers alone: what options take. The names are those of the command line, and a test compares them.
from collections.abc import Callable, Sequence
from os import PathLike
from typing import Any, Protocol, SupportsFloat, SupportsIndex, TypedDict

import numpy as np
from numpy.typing import NDArray

from ._codebook import Codebook

Progress = Callable[[str, float], object]
Samples = NDArray[np.uint8] | NDArray[np.uint16]
Path = str | PathLike[str]

class HasArray(Protocol):
    @property
    def __array_interface__(self) -> dict[str, Any]: ...

# Anything with the buffer protocol: bytes, bytearray, memoryview, arrays.
Bytes = Any
# An array, anything with the buffer protocol or with __array_interface__, or what encode returned.
ImageLike = Any

Count = SupportsIndex
Number = SupportsFloat
Size = SupportsIndex | str
Block = str | tuple[int, int]
Colour = str | tuple[int, int, int] | tuple[int, int, int, int]
Colours = Sequence[Colour] | NDArray[np.uint8] | str
CountList = Count | str | Sequence[Count | str]
NumberList = Number | str | Sequence[Number | str]
NameList = str | Sequence[str]
BlockList = str | tuple[int, int] | Sequence[str | tuple[int, int]]

class _ColourOptions(TypedDict, total=False):
    fix: Colours | Colour | None
    keep_small: bool
    space: str | None
    max_iterations: Count | None
    seed: Count | None
    threads: Count | None
    max_memory: Size | None

class _GivenColours(TypedDict, total=False):
    palette: Colours | None
    codebook: Codebook | Bytes | Path | None
    weights: ImageLike | None

class EncodeOptions(_ColourOptions, _GivenColours, total=False):
    k: Count | None
    psnr: Number | None
    max_bytes: Size | None
    ratio: Number | None
    bpp: Number | None
    lossless: bool
    auto_k: str | None
    gap_max_k: Count | None
    gap_references: Count | None
    gap_box: str | None
    gap_rule: str | None
    block: Block | None
    method: str | None
    lambda_: Number | None
    covariance: str | None
    effort: Count | None
    seeding: str | None
    dither: str | None
    dither_strength: Number | None
    detach: bool
    coding: str | None
    model: str | None
    restore: bool | None
    no_restore: bool
    verify: bool

class QuantizeOptions(_ColourOptions, _GivenColours, total=False):
    k: Count | None
    psnr: Number | None
    max_bytes: Size | None
    quality: str | Count | None
    method: str | None
    lambda_: Number | None
    dither: str | None
    dither_strength: Number | None
    effort: Count | None
    strip: bool

class LearnOptions(_ColourOptions, total=False):
    k: Count | None
    effort: Count | None
    seeding: str | None

class TrainOptions(LearnOptions, total=False):
    block: Block | None
    sample: Size | None

class SweepOptions(_ColourOptions, total=False):
    k: CountList | None
    block: BlockList | None
    method: NameList | None
    lambda_: NumberList | None
    covariance: NameList | None
    effort: CountList | None
    seeding: NameList | None
    coding: NameList | None
    dither: str | None
    dither_strength: Number | None
    model: str | None
    restore: bool

class Metadata(TypedDict, total=False):
    gamma: SupportsFloat | None
    chromaticity: Sequence[float] | None
    srgb: int | None
    cicp: Sequence[int] | None
    icc_profile: bytes | None
    dpi: tuple[float, float] | None
    aspect: tuple[int, int] | None

class DecodeOptions(TypedDict, total=False):
    threads: Count | None
    max_memory: Size | None
    max_pixels: Size | None
    no_restore: bool

class InspectOptions(TypedDict, total=False):
    max_pixels: Size | None
