"""Images of a corpus into .vqi files or tar files of them, where what is there already is kept."""
from __future__ import annotations

import io
import posixpath
import tarfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .._codec import encode, inspect
from .._error import Error
from ._folders import Folder
from ._inputs import Bad, load, tar_bytes

if TYPE_CHECKING:
    import os

    from .._codebook import Codebook

FIGURES = ("width", "height", "channels", "bit_depth", "raw_bytes", "file_bytes", "ratio", "bpp", "k", "mse", "psnr_db")
COLUMNS = ("name", "output", "status", *FIGURES, "message")


def output_name(name: str) -> str:
    """a/b.png -> a/b.vqi"""
    folder, file = posixpath.split(name)
    parts = [part for part in folder.split("/") if part not in ("", ".", "..")]
    return "/".join([*parts, posixpath.splitext(file)[0] + ".vqi"])


def _row(name: str, report: Any) -> dict[str, Any]:
    return {"name": name, "output": output_name(name), "status": "ok", **{figure: report[figure] for figure in FIGURES},
            "message": ""}


def _bad_row(bad: Bad) -> dict[str, Any]:
    return {"name": bad.name, "output": "", "status": "bad", **dict.fromkeys(FIGURES), "message": bad.message}


def _row_of_stream(name: str, data: bytes | None) -> dict[str, Any] | None:
    """The row of what was written before; None where it is missing or damaged."""
    if data is None:
        return None
    try:
        report = inspect(data)
    except Error:
        return None
    if "error" in report or not all(section["crc_ok"] for section in report["sections"]):
        return None
    return _row(name, report)


class _Tar:
    """The members of a tar file in a folder, which is written when all are there."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder, self._name = folder, name
        self._members: dict[str, bytes] = {}
        content = folder.read(name)
        if content is not None:
            try:
                with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
                    self._members = {member.name: archive.extractfile(member).read()  # type: ignore[union-attr]
                                     for member in archive if member.isfile()}
            except tarfile.TarError:
                pass  # written anew

    def read(self, name: str) -> bytes | None:
        return self._members.get(name)

    def write(self, name: str, data: bytes) -> None:
        self._members[name] = data

    def save(self) -> None:
        self._folder.write(self._name, tar_bytes(sorted(self._members.items())))


def _compress(inputs: Iterable[Any], target: Folder | _Tar, codebook: Codebook | bytes | None,
              options: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    rows: list[dict[str, Any]] = []
    written = 0
    made_of: dict[str, str] = {}

    def is_missing(name: str) -> bool:
        output = output_name(name)
        other = made_of.setdefault(output, name)
        if other != name:
            rows.append(_bad_row(Bad(name, f"{other} is written to {output} already")))
            return False
        kept = _row_of_stream(name, target.read(output))
        if kept is not None:
            rows.append(kept)
        return kept is None

    for item in inputs:
        for name, found in load(item, is_missing):
            if not isinstance(found, Bad):
                try:
                    encoded = encode(found.samples, codebook=codebook, **{"metadata": found.metadata, **options})
                except (Error, TypeError) as error:
                    found = Bad(name, str(error))
                else:
                    target.write(output_name(name), encoded.bytes)
                    rows.append(_row(name, encoded.report))
                    written += 1
                    continue
            rows.append(_bad_row(found))
    return rows, written


def compress_images(inputs: Iterable[Any], output: str | os.PathLike[str], *, codebook: Codebook | bytes | None = None,
                    **options: Any) -> tuple[list[dict[str, Any]], int]:
    """Compresses inputs into .vqi files in a folder, a path or URL, under their names; what is there already is kept.
    Returns the rows of the report, a dict for each image, and how many files were written.

    inputs -- paths, URLs, or pairs (name, array, bytes or function), as find returns them
    options -- those of vqi.encode

    >>> import numpy, tempfile
    >>> from vqi import corpus
    >>> frame, folder = ("a/grey.png", numpy.zeros((8, 8), numpy.uint8)), tempfile.TemporaryDirectory()
    >>> rows, written = corpus.compress_images([frame], folder.name, k=1)
    >>> rows[0]["output"], rows[0]["k"], written, corpus.compress_images([frame], folder.name, k=1)[1]
    ('a/grey.vqi', 1, 1, 0)
    >>> folder.cleanup()
    """
    return _compress(inputs, Folder(output), codebook, options)


def compress_to_tar(inputs: Iterable[Any], output: str | os.PathLike[str], tar_name: str, *,
                    codebook: Codebook | bytes | None = None, **options: Any) -> tuple[list[dict[str, Any]], int]:
    """As compress_images, into the one tar file `tar_name` in the folder."""
    target = _Tar(Folder(output), tar_name)
    rows, written = _compress(inputs, target, codebook, options)
    if written:
        target.save()
    for row in rows:
        if row["output"]:
            row["output"] = f"{tar_name}/{row['output']}"
    return rows, written
