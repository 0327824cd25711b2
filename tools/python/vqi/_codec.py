"""The calls on images and streams."""
from __future__ import annotations

import os

from . import _core
from ._codebook import Codebook, codebook_bytes
from ._images import as_array, as_buffer
from ._metadata import metadata_dict, metadata_pairs
from ._options import bytes_of, pairs, split
from ._results import Encoded, Quantized, Report, report_of
from ._sources import decode_region
from ._statistics import Statistics

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray
    from typing_extensions import Unpack

    from ._types import (Bytes, DecodeOptions, EncodeOptions, ImageLike, InspectOptions, Metadata, Path, Progress,
                         QuantizeOptions, Samples, SweepOptions, TrainOptions)


MAGIC = b"\x89VQI\r\n\x1a\n"


def _from_image(command: str, image: Any, progress: Progress | None, options: Any,
                metadata: Metadata | None = None) -> tuple[bytes | None, Report]:
    rest, (codebook, weights) = split(options, ("codebook", "weights"))
    data, report = _core.from_image(command, pairs(rest), codebook_bytes(codebook),
                                    None if weights is None else as_buffer(weights), progress, as_buffer(image),
                                    metadata_pairs(metadata))
    return data, report_of(report)


def encode(image: ImageLike, *, metadata: Metadata | None = None, progress: Progress | None = None,
           **options: Unpack[EncodeOptions]) -> Encoded:
    """Encodes an image as `vqi compress` does; the bytes are the same.

    image -- (h, w) or (h, w, channels) of uint8 or uint16; channels are 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA, with
        straight alpha. It is borrowed without a copy where the samples of each row lie side by side, and may have any
        other strides. Anything with the buffer protocol or __array_interface__ will do, and Pillow's images.
    metadata -- what the file carries of how samples look, a dict with some of gamma, chromaticity (8 numbers), srgb (a
        rendering intent), cicp (4 numbers), icc_profile (bytes), and dpi or aspect (x, y), as in Pillow's info; it
        changes no sample, and read_metadata reads it
    progress -- called as progress(stage, fraction), with a fraction of 0..1 of the stage, at most every 20 ms, from any
        thread; False from it stops the call with Error "cancelled", and what it raises leaves the call
    options -- those of the command line, with _ for -: k (1..65536, default 256) or one of psnr, max_bytes, ratio, bpp,
        lossless, auto_k; block ("2x2" or (2, 2)), method, lambda_, effort (1..9), seed, coding, model, restore, dither,
        space, fix and palette (colours), codebook (Codebook, .vqb bytes or path), weights ((h, w), how much a pixel
        counts), threads, max_memory, verify ...; None is the default. CLI.md has all.

    >>> import numpy, vqi
    >>> image = numpy.zeros((48, 64, 3), numpy.uint8)
    >>> image[:, 32:] = (255, 128, 0)
    >>> encoded = vqi.encode(image, k=2)
    >>> encoded.report.k, encoded.report.mse
    (2, 0.0)
    >>> bool((vqi.decode(encoded.bytes) == image).all())
    True
    >>> vqi.encode(image, k=0)
    Traceback (most recent call last):
    ...
    vqi.Error: -k "0" is out of range, give a whole number from 1 to 65536
    """
    data, report = _from_image("compress", image, progress, options, metadata)
    assert data is not None
    return Encoded(data, report)


def decode(data: Bytes | Encoded | Path, *, out: Any = None, region: tuple[int, int, int, int] | None = None,
           codebook: Codebook | Bytes | Path | None = None, progress: Progress | None = None,
           **options: Unpack[DecodeOptions]) -> Any:
    """The image in a .vqi stream: (h, w) or (h, w, 2..4) of uint8 or uint16.

    data -- the bytes of a stream, what encode returned, or the path of a file
    out -- an array of the image's shape and type to decode into, which is then returned; of any strides
    region -- (x, y, width, height): only this rectangle, for which only the strips that it touches are read
    codebook -- that of a detached stream
    progress -- as in encode
    options -- threads, max_memory, max_pixels; no_restore for plain codewords, without the file's decode filter

    Raises Error for what is no whole, undamaged stream; `out` may then have been written in part.

    >>> import numpy, vqi
    >>> data = vqi.encode(numpy.eye(100, dtype=numpy.uint8)).bytes
    >>> vqi.decode(data).shape
    (100, 100)
    >>> out = numpy.empty((100, 100), numpy.uint8)
    >>> vqi.decode(data, out=out) is out
    True
    >>> vqi.decode(data, region=(10, 10, 3, 2))
    array([[1, 0, 0],
           [0, 1, 0]], dtype=uint8)
    """
    if region is not None and out is None and isinstance(data, (str, os.PathLike)):
        return decode_region(data, region, codebook=codebook, progress=progress, **options).image
    stream = bytes_of(data)
    book = codebook_bytes(codebook)
    texts = pairs(options)
    if region is not None and not all(0 <= side < 2**32 for side in region):
        raise ValueError(f"region {region} is not inside the image")
    if out is None or region is not None:
        array = as_array(_core.decode(texts, book, progress, stream, region))
        if out is None:
            return array
        if out.shape != array.shape or out.dtype != array.dtype:
            raise ValueError(f"out must have shape {array.shape} and type {array.dtype}")
        out[...] = array
    elif not _core.decode_into(texts, book, progress, stream, out):
        out[...] = as_array(_core.decode(texts, book, progress, stream, None))
    return out


def decode_indices(data: Bytes | Encoded | Path, *,
                   progress: Progress | None = None) -> tuple[NDArray[np.uint16], Codebook]:
    """The index map of a stream, (rows, columns) of uint16 with one index for each vector, and its codebook.

    >>> import numpy, vqi
    >>> image = numpy.array([[9, 9, 200], [200, 9, 9]], numpy.uint8)
    >>> indices, book = vqi.decode_indices(vqi.encode(image).bytes)
    >>> indices.shape, book.k
    ((2, 3), 2)
    >>> bool((book.codewords[indices, 0, 0, 0] == image).all())
    True
    """
    import numpy

    indices, (width, height, codewords) = _core.decode_indices(progress, bytes_of(data))
    book = Codebook.from_bytes(_core.make_codebook(width, height, codewords))
    return numpy.asarray(indices), book


def inspect(data: Bytes | Encoded | Path, **options: Unpack[InspectOptions]) -> Report:
    """What a stream says of itself, as `vqi info` reports it; indices are not decoded. Damage behind the header is in
    report["error"].

    >>> import numpy, vqi
    >>> report = vqi.inspect(vqi.encode(numpy.zeros((10, 20), numpy.uint8)))
    >>> report.width, report.height, report.k, [section["type"] for section in report.sections]
    (20, 10, 1, ['HEAD', 'CBOK', 'STRP', 'INDX', 'END '])
    """
    return report_of(_core.inspect(pairs(options), bytes_of(data)))


def compare(reference: ImageLike, other: ImageLike, *, progress: Progress | None = None,
            threads: int | None = None) -> Report:
    """MSE, PSNR, SSIM, largest error and CIEDE2000 of two images of one size, as `vqi compare` reports them.

    >>> import numpy, vqi
    >>> black = numpy.zeros((16, 16, 3), numpy.uint8)
    >>> report = vqi.compare(black, black + numpy.uint8(2))
    >>> report.mse, report.max_error, report.identical
    (4.0, 2, False)
    """
    options = pairs({"threads": threads})
    return report_of(_core.compare(options, progress, as_buffer(reference), as_buffer(other)))


def sweep(image: ImageLike, *, progress: Progress | None = None, **options: Unpack[SweepOptions]) -> list[Report]:
    """Encodes with every combination of the lists; one report for each, as encode gives it. pandas.DataFrame takes the
    list as it is.

    options -- k, block, method, lambda_, covariance, effort, seeding and coding take lists; k also "2..256". The
        default is k="2..256".

    >>> import numpy, vqi
    >>> ramp = numpy.tile(numpy.arange(256, dtype=numpy.uint8), (64, 1))
    >>> [(row.k, row.block, row.mse) for row in vqi.sweep(ramp, k=[2, 4], block=["1x1", (2, 2)])]
    [(2, [1, 1], 1365.5), (4, [1, 1], 341.5), (2, [2, 2], 1365.0), (4, [2, 2], 341.0)]
    """
    report = _from_image("sweep", image, progress, options)[1]
    return [Report(row) for row in report["rows"]]


def quantize(image: ImageLike, *, metadata: Metadata | None = None, progress: Progress | None = None,
             **options: Unpack[QuantizeOptions]) -> Quantized:
    """A palette PNG of at most 256 colours, as `vqi quantize` makes it.

    metadata -- as in encode
    options -- k (1..256), or psnr, max_bytes or quality ("60-80"); dither (default "auto"), method, effort, palette,
        fix, weights ...

    >>> import numpy, vqi
    >>> ramp = numpy.tile(numpy.arange(256, dtype=numpy.uint8), (64, 1))
    >>> png = vqi.quantize(ramp, k=8, dither="none")
    >>> png.bytes[:4], png.report.k
    (b'\\x89PNG', 8)
    """
    data, report = _from_image("quantize", image, progress, options, metadata)
    assert data is not None
    return Quantized(data, report)


def train(images: Iterable[ImageLike] | Statistics, *, progress: Progress | None = None,
          **options: Unpack[TrainOptions]) -> Codebook:
    """Learns one codebook for many images, as `vqi train` does; their order does not matter.

    images -- an iterable of images as encode takes them, all of which are held until the call is done; or Statistics
    options -- k (1..65536, default 256), block, effort, seeding, seed, fix, space ...

    >>> import numpy, vqi
    >>> frames = [numpy.full((8, 8, 3), value, numpy.uint8) for value in (10, 20, 200)]
    >>> book = vqi.train(frames, k=2)
    >>> book.codewords[:, 0, 0].tolist(), book.report.vectors
    ([[15, 15, 15], [200, 200, 200]], 192)
    >>> vqi.encode(frames[0], codebook=book).report.mse
    25.0
    """
    if isinstance(images, Statistics):
        return images.train(progress=progress, **options)  # type: ignore[misc]  # which refuses block and sample
    data, report = _core.train(pairs(options), progress, [as_buffer(image) for image in images])
    return Codebook.from_bytes(data, report_of(report))


def read_image(data: Bytes | Path) -> Samples:
    """The samples of an image file, by the readers of the command line: PNG (16 bits too), JPEG, TIFF, WebP ...

    >>> import numpy, vqi
    >>> vqi.read_image(vqi.write_image(numpy.full((2, 3), 40000, numpy.uint16), ".png"))
    array([[40000, 40000, 40000],
           [40000, 40000, 40000]], dtype=uint16)
    """
    return as_array(_core.read_image(bytes_of(data))[0])


def read_metadata(data: Bytes | Encoded | Path) -> Metadata:
    """What a .vqi stream or an image file says of how its samples look: a dict as encode takes it, {} for nothing. Of
    a stream no index is decoded.

    >>> import numpy, vqi
    >>> encoded = vqi.encode(numpy.zeros((8, 8), numpy.uint8), metadata={"gamma": 0.45455, "aspect": (2, 1)})
    >>> vqi.read_metadata(encoded)
    {'gamma': 0.45455, 'aspect': (2, 1)}
    """
    content = bytes_of(data)
    if bytes(memoryview(content)[:len(MAGIC)]) == MAGIC:
        return metadata_dict(_core.stream_metadata((), content))
    return metadata_dict(_core.read_image(content)[1])


def write_image(image: ImageLike, extension: str, *, metadata: Metadata | None = None) -> bytes:
    """The bytes of an image file in the format that an extension names: ".png", ".tif", ".ppm" ... What of `metadata`
    (as in encode) the format or the image has no place for is left out."""
    return _core.write_image(as_buffer(image), extension, metadata_pairs(metadata))
