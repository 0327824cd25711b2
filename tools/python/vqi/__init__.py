"""Images to .vqi streams and back: the codec vqi, on NumPy arrays.

>>> import numpy, vqi
>>> image = numpy.random.default_rng(1).integers(0, 256, (64, 64, 3), numpy.uint8)
>>> encoded = vqi.encode(image, k=16)             # encoded.bytes is the file
>>> pixels = vqi.decode(encoded.bytes)            # (64, 64, 3), uint8
>>> encoded.report.psnr_db == vqi.compare(image, pixels).psnr_db
True

Options are those of the command line, by keyword; every failure is a vqi.Error. vqi.pillow teaches Pillow to open and
save .vqi files, vqi.cluster has k-means and mixtures of Gaussians with scikit-learn's conventions, and vqi.corpus
learns from and compresses more images than one machine takes.
"""
from __future__ import annotations

from ._codebook import Codebook
from ._codec import (compare, decode, decode_indices, encode, inspect, quantize, read_image, read_metadata, sweep,
                     train, write_image)
from ._core import version as __version__
from ._error import Error
from ._results import Encoded, Quantized, Report
from ._sources import Region, decode_region
from ._statistics import Statistics

__all__ = ["Codebook", "Encoded", "Error", "Quantized", "Region", "Report", "Statistics", "__version__", "compare",
           "decode", "decode_indices", "decode_region", "encode", "inspect", "quantize", "read_image", "read_metadata",
           "sweep", "train", "write_image"]
