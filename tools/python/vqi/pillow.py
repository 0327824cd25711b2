"""Pillow opens and saves .vqi files once this module is imported.

>>> from PIL import Image
>>> import io, vqi.pillow
>>> file = io.BytesIO()
>>> Image.linear_gradient("L").save(file, "VQI", k=64)
>>> picture = Image.open(file)
>>> picture.format, picture.mode, picture.size
('VQI', 'L', (256, 256))
>>> len(picture.getcolors())
64

Options of save are those of vqi.encode. What info says of colours and density (icc_profile, dpi, aspect, gamma,
chromaticity, srgb) is saved as well, unless save is told something else, and read when a file is opened; a profile for
another kind of colours than the image has is left out. Modes are L, LA, RGB, RGBA and I;16; 1, P and PA are saved as
what they show. A file of 16 bits with more than one channel opens with 8, for which Pillow has modes. The header is
read when a file is opened, the pixels when they are first needed; damage is then an OSError. Pillow keeps no list of
plug-ins that are installed, so that programs import this module themselves.
"""
from __future__ import annotations

import io
import os
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from PIL import Image, ImageFile

from . import _core
from ._codec import MAGIC, decode, encode
from ._error import Error
from ._metadata import CHUNKS, metadata_dict

if TYPE_CHECKING:
    from ._types import Samples

HEADER_BYTES = 64
METADATA_BYTES = 1 << 24  # no section of more is taken for metadata, so that opening a file takes little memory
MODES = {(1, 8): "L", (2, 8): "LA", (3, 8): "RGB", (4, 8): "RGBA", (1, 16): "I;16", (2, 16): "LA", (3, 16): "RGB",
         (4, 16): "RGBA"}
# Keywords that programs pass to any format, of metadata for which a .vqi file has no place.
NOT_KEPT = ("exif", "comment", "xmp", "pnginfo")


class VqiImageFile(ImageFile.ImageFile):
    """A .vqi file that Pillow opened."""

    format = "VQI"
    format_description = "Vector-quantized image"

    def _open(self) -> None:
        assert self.fp is not None
        try:
            height, width, channels, bit_depth = _core.stream_image((), self.fp.read(HEADER_BYTES))
            self.info.update(_metadata_of(self.fp))
        except Error as error:
            if error.code == "limit_exceeded":
                raise
            raise SyntaxError(str(error)) from error  # by which Pillow knows that a file is not what it seemed
        self._size = (width, height)
        self._set_mode(MODES[channels, bit_depth])
        self.tile = []
        self._decoded = False

    def _set_mode(self, mode: str) -> None:
        if isinstance(getattr(Image.Image, "mode", None), property):  # from Pillow 10.1 on
            self._mode = mode
        else:
            setattr(self, "mode", mode)  # which later versions of Pillow have as a property

    def load(self) -> Any:
        """Decodes the file unless that is done. Raises OSError if it is damaged."""
        if not self._decoded:
            assert self.fp is not None
            self.fp.seek(0)
            try:
                samples = _pillow_samples(decode(self.fp.read()))
            except Error as error:
                raise OSError(f"cannot load this image: {error}") from error
            if self._exclusive_fp:
                self.fp.close()
            self.fp = io.BytesIO(samples.tobytes())  # from which Pillow's own decoder takes them
            tile: Any = ("raw", (0, 0, *self.size), 0, (self.mode,))
            self.tile = [tile]
            self._decoded = True
        return super().load()


@cache
def _smallest_stream() -> bytes:
    return encode(memoryview(bytes(1)).cast("B", (1, 1))).bytes


def _with_sections(sections: bytes) -> bytes:
    """The smallest stream with these sections: behind the header, and counted in the end."""
    stream = _smallest_stream()
    total = len(stream) + len(sections)
    end = stream[-24:-12] + total.to_bytes(8, "little")
    crc = 0xFFFFFFFF  # CRC-32C
    for byte in end:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x82F63B78 * (crc & 1)
    return stream[:HEADER_BYTES] + sections + stream[HEADER_BYTES:-24] + end + (crc ^ 0xFFFFFFFF).to_bytes(4, "little")


def _metadata_of(file: IO[bytes]) -> Any:
    """The metadata of a stream whose header was read from a file, {} where it is damaged: load will say so. Other
    sections are passed over: those of metadata are put into the smallest stream there is, for the library to read."""
    found = b""
    while len(head := file.read(12)) == 12 and head[:4] != b"END ":
        length = int.from_bytes(head[6:], "little")
        if head[4] & 1 and length + len(found) <= METADATA_BYTES:  # a section that may be skipped
            found += head + file.read(length + 4)
        else:
            file.seek(length + 4, os.SEEK_CUR)
    if not found:
        return {}
    try:
        return metadata_dict(_core.stream_metadata((), _with_sections(found)))
    except Error:
        return {}


def _pillow_samples(samples: Samples) -> Samples:
    """Samples of a type for which Pillow has modes: of 16 bits only grey."""
    import numpy

    if samples.dtype == numpy.uint16 and samples.ndim == 3:
        return ((samples.astype(numpy.uint32) * 255 + 32895) >> 16).astype(numpy.uint8)  # round(v / 257)
    return samples.astype("<u2") if samples.dtype == numpy.uint16 else samples


def samples_of(image: Image.Image) -> Samples:
    """What an image of Pillow shows, as an array that encode takes. Raises OSError for a mode that does not map."""
    import numpy

    mode = image.mode
    if mode.startswith("I"):
        array = numpy.asarray(image)
        if array.size and (array.min() < 0 or array.max() > 65535):
            raise OSError(f"cannot write mode {mode} as VQI: its values are not all 0 to 65535")
        return array.astype(numpy.uint16)
    has_alpha = mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info
    if mode in ("1", "L", "LA", "La"):
        wanted = "LA" if has_alpha else "L"
    elif mode in ("P", "PA", "RGB", "RGBA", "RGBa", "RGBX"):
        wanted = "RGBA" if has_alpha else "RGB"
    else:
        raise OSError(f"cannot write mode {mode} as VQI")
    if mode == "1" and has_alpha:
        image = image.convert("L")
    samples: Samples = numpy.asarray(image if mode == wanted else image.convert(wanted))
    return samples


def _can_be_kept(name: str, value: Any, samples: Samples) -> bool:
    """Whether metadata that came along with an image means something for its samples."""
    if name == "icc_profile":
        colours = samples.ndim == 3 and samples.shape[2] > 2
        return bool(value) and bytes(value[16:20]) == (b"RGB " if colours else b"GRAY")
    return name != "dpi" or all(float(each) > 0 for each in value)


def _save(image: Image.Image, file: IO[bytes], filename: str | bytes) -> None:
    options = {name: value for name, value in getattr(image, "encoderinfo", {}).items() if name not in NOT_KEPT}
    told = {name: options.pop(name) for name in CHUNKS if name in options}
    samples = samples_of(image)
    known = {name: image.info[name] for name in CHUNKS if name in image.info}
    if "dpi" in told or "aspect" in told:  # of which a file has one
        known = {name: value for name, value in known.items() if name not in ("dpi", "aspect")}
    metadata: Any = {name: value for name, value in {**known, **told}.items()
                     if value is not None and _can_be_kept(name, value, samples)}
    file.write(encode(samples, metadata=metadata, **options).bytes)


def _accept(prefix: bytes) -> bool:
    return prefix[:len(MAGIC)] == MAGIC


Image.register_open(VqiImageFile.format, VqiImageFile, _accept)
Image.register_save(VqiImageFile.format, _save)
Image.register_extension(VqiImageFile.format, ".vqi")
Image.register_mime(VqiImageFile.format, "image/x-vqi")
