"""Part: what some images of a corpus bring for a codebook, and the plain functions that make and add parts."""
from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .._error import Error
from .._statistics import Statistics
from ._folders import Folder
from ._inputs import Bad, as_input, load, version_of

if TYPE_CHECKING:
    import os

    from typing_extensions import Unpack

    from .._codebook import Codebook
    from .._types import Block, Count, LearnOptions, Size

SHARDS = 2**32 - 1


class Part:
    """Statistics of images, and the images that were bad; it can be pickled, and be added to.

    >>> import numpy, pickle
    >>> from vqi import corpus
    >>> part = corpus.Part(block=(2, 2))
    >>> part.add(("grey", numpy.zeros((8, 8), numpy.uint8)))
    >>> part.add(("torn", b"no image"))
    >>> copy = pickle.loads(pickle.dumps(part))
    >>> copy.images, [bad.name for bad in copy.bad], copy.bytes == part.bytes
    (1, ['torn'], True)

    bad -- a list of Bad(name, message, permanent)
    """

    def __init__(self, *, block: Block | None = None, sample: Size | None = None, threads: Count | None = None,
                 max_memory: Size | None = None) -> None:
        self._settings: dict[str, Any] = {"block": block, "sample": sample, "threads": threads,
                                          "max_memory": max_memory}
        self._data = b""
        self._merged: Statistics | None = None  # where there is one, `_data` is its bytes or b""
        self._added: Statistics | None = None
        self.bad: list[Bad] = []

    @classmethod
    def from_bytes(cls, data: bytes, bad: Iterable[Bad] = ()) -> Part:
        """A part of the bytes of a .vqs file."""
        found = Statistics.from_bytes(data)
        return _restored({"block": found.block, "sample": found.sample}, bytes(data), list(bad))

    @property
    def statistics(self) -> Statistics | None:
        """None if there is no image."""
        if self._merged is None and self._data:
            limits = {name: self._settings[name] for name in ("threads", "max_memory")}
            self._merged = Statistics.from_bytes(self._data, **limits)
        if self._added is not None:
            added, self._added, self._data = self._added, None, b""
            if self._merged is None:
                self._merged = added
            else:
                self._merged.merge(added)
        return self._merged

    @property
    def images(self) -> int:
        return 0 if self.statistics is None else self.statistics.images

    @property
    def bytes(self) -> bytes:
        """The .vqs file, b"" if there is no image."""
        if self._added is not None or not self._data:
            self._data = b"" if self.statistics is None else self.statistics.bytes
        return self._data

    def add(self, item: Any) -> None:
        """Adds the images of an input: a path, a URL, or a pair (name, array, bytes or function)."""
        for name, found in load(item):
            if isinstance(found, Bad):
                self.bad.append(found)
                continue
            added = self._added
            if added is None:  # the first image's name tells apart what is equal: names differ in a corpus
                number = 1 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % SHARDS
                added = Statistics(shard=(number, SHARDS), **self._settings)
            try:
                added.add(found.samples)
            except (Error, TypeError) as error:
                if isinstance(error, Error) and error.code == "limit_exceeded":
                    raise  # of what is gathered, and so of all that follow
                self.bad.append(Bad(name, str(error)))
                continue
            self._added = added

    def merge(self, other: Part) -> None:
        """Adds another part; a part that was added already changes nothing."""
        self.bad = sorted({*self.bad, *other.bad})
        data, own = other.bytes, self.statistics
        if data and own is not None:
            own.merge(data)
            self._data = b""
        elif data:
            self._data = data

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._settings, self.bytes, self.bad)

    def __sizeof__(self) -> int:  # by which schedulers know what a result takes
        return object.__sizeof__(self) + len(self.bytes)

    def __repr__(self) -> str:
        return f"<vqi.corpus.Part: {self.images} images, {len(self.bad)} bad>"


def _restored(settings: dict[str, Any], data: bytes, bad: list[Bad]) -> Part:
    part = Part(**settings)
    part._data = data
    part.bad = bad
    return part


def add(part: Part, item: Any) -> Part:
    """`part` with the images of an input; the first function of an aggregate."""
    part.add(item)
    return part


def combine(part: Part, other: Part) -> Part:
    """`part` with those of another one; the second function of an aggregate."""
    part.merge(other)
    return part


def gather(inputs: Iterable[Any], *, block: Block | None = None, sample: Size | None = None,
           threads: Count | None = None, max_memory: Size | None = None) -> Part:
    """The part of some inputs; the map of a map and reduce.

    inputs -- paths, URLs, or pairs (name, array, bytes or function), as find returns them; names must differ in a
        corpus
    """
    part = Part(block=block, sample=sample, threads=threads, max_memory=max_memory)
    for item in inputs:
        part.add(item)
    return part


def merge(parts: Iterable[Part]) -> Part:
    """The part of all parts together, whatever their order; the reduce."""
    parts = iter(parts)
    first = next(parts, None)
    if first is None:
        raise ValueError("there is no part to merge")
    return functools.reduce(combine, parts, _restored(first._settings, first.bytes, list(first.bad)))


def train(part: Part, **options: Unpack[LearnOptions]) -> Codebook:
    """The codebook of a part; k, effort, seed ... are the options.

    >>> import numpy, vqi
    >>> from vqi import corpus
    >>> frames = {str(value): numpy.full((8, 8, 3), value, numpy.uint8) for value in (10, 20, 200)}
    >>> parts = [corpus.gather([frame]) for frame in frames.items()]
    >>> corpus.train(corpus.merge(parts), k=2) == vqi.train(frames.values(), k=2)
    True
    """
    if part.statistics is None:
        shown = "".join(f"; {bad.name}: {bad.message}" for bad in part.bad[:1])
        raise ValueError(f"there is no image to learn from, {len(part.bad)} were bad{shown}")
    return part.statistics.train(**options)


def gather_stored(inputs: list[Any], store: str | os.PathLike[str] | None,
                  settings: dict[str, Any]) -> tuple[Part, bool]:
    """gather, and whether the part was found in the folder `store`, into which it is put otherwise. A part is not put
    there if an image could not be read, because another try may succeed."""
    if store is None:
        return gather(inputs, **settings), False
    folder = Folder(store)
    items = [as_input(item) for item in inputs]
    try:
        versions = [[item.name, version_of(item)] for item in items]
    except OSError:
        return gather(items, **settings), False
    told = json.dumps([1, str(settings.get("block")), str(settings.get("sample")), versions])
    key = hashlib.sha256(told.encode()).hexdigest()[:32]
    record = folder.read(f"{key}.json")
    if record is not None:
        found = json.loads(record)
        data = folder.read(f"{key}.vqs") if found["images"] else b""
        part = _stored_part(settings, data, [Bad(*bad) for bad in found["bad"]])
        if part is not None and part.images == found["images"]:
            return part, True
    part = gather(items, **settings)
    if all(bad.permanent for bad in part.bad):
        if part.bytes:
            folder.write(f"{key}.vqs", part.bytes)
        folder.write(f"{key}.json", json.dumps({"images": part.images, "bad": part.bad}).encode())
    return part, False


def _stored_part(settings: dict[str, Any], data: bytes | None, bad: list[Bad]) -> Part | None:
    """The part in a stored file, or None where that is gone or damaged."""
    if data is None:
        return None
    part = _restored(settings, data, bad)
    try:
        part.statistics  # which reads all of it
    except Error:
        return None
    return part
