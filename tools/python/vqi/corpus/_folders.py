"""Folders of results, local or at fsspec's URLs: files appear in them as a whole or not at all."""
from __future__ import annotations

import os
import posixpath
import uuid
from typing import Any

from .._results import write_file

# A file of these is there once all of it is.
WHOLE_FILE_PROTOCOLS = {"memory", "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss"}


def is_url(place: str) -> bool:
    return "://" in place


def filesystem_of(place: str) -> tuple[Any, str]:
    """fsspec's file system of a URL, and the path in it."""
    try:
        import fsspec
    except ImportError as error:
        raise ImportError(f"{place} needs fsspec: install python3-fsspec, or vqi[dask] by pip") from error
    found: tuple[Any, str] = fsspec.core.url_to_fs(place)
    return found


class Folder:
    """A folder by its path or URL, which need not exist yet."""

    def __init__(self, place: str | os.PathLike[str]) -> None:
        self.place = os.fspath(place)

    def _at(self, name: str) -> tuple[Any, str]:
        return filesystem_of(f"{self.place.rstrip('/')}/{name}")

    def read(self, name: str) -> bytes | None:
        """A file's content, or None if there is none."""
        try:
            if not is_url(self.place):
                with open(os.path.join(self.place, name), "rb") as file:
                    return file.read()
            filesystem, path = self._at(name)
            content: bytes = filesystem.cat_file(path)
            return content
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Makes or replaces a file, at once."""
        if not is_url(self.place):
            path = os.path.join(self.place, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            write_file(path, data)
            return
        filesystem, path = self._at(name)
        protocol = filesystem.protocol if isinstance(filesystem.protocol, str) else filesystem.protocol[0]
        filesystem.makedirs(posixpath.dirname(path), exist_ok=True)
        if protocol in WHOLE_FILE_PROTOCOLS:
            filesystem.pipe_file(path, data)
            return
        unfinished = posixpath.join(posixpath.dirname(path), f".vqi-{uuid.uuid4().hex}")
        filesystem.pipe_file(unfinished, data)
        filesystem.mv(unfinished, path)

    def names(self) -> set[str]:
        """The files below, by their paths from here."""
        if not is_url(self.place):
            return {os.path.relpath(os.path.join(folder, name), self.place).replace(os.sep, "/")
                    for folder, _, names in os.walk(self.place) for name in names}
        filesystem, path = self._at("")
        path = path.rstrip("/")
        try:
            return {name[len(path):].lstrip("/") for name in filesystem.find(path)}
        except FileNotFoundError:
            return set()

    def remove(self, name: str) -> None:
        if is_url(self.place):
            filesystem, path = self._at(name)
            filesystem.rm_file(path)
        else:
            os.unlink(os.path.join(self.place, name))
