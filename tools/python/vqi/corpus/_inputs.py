"""Where images come from: files, folders, fsspec's URLs, tar files, bytes, arrays and functions."""
from __future__ import annotations

import functools
import glob
import hashlib
import io
import os
import posixpath
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import _core
from .._codec import MAGIC, decode, read_metadata
from .._error import Error
from .._images import as_array, as_buffer
from .._metadata import metadata_dict
from ._folders import filesystem_of, is_url

if TYPE_CHECKING:
    from .._types import Metadata

IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".pnm", ".pbm", ".pgm", ".ppm",
                 ".pam", ".jp2", ".vqi")
TAR_ENDINGS = (".tar", ".tar.gz", ".tgz")


class Input(NamedTuple):
    """One input of a corpus: an image, or a tar file of images.

    name -- tells it from all others of the corpus, with / between folders, and gives the output its name
    place -- a path or URL, or None where `image` is given
    image -- an array, the bytes of an image file, or a function without arguments that returns either
    """

    name: str
    place: str | None = None
    image: Any = None

    @property
    def is_tar(self) -> bool:
        return self.place is not None and self.place.lower().endswith(TAR_ENDINGS)


class Bad(NamedTuple):
    """An image that could not be used. `permanent` is False where another try may succeed: it could not be read."""

    name: str
    message: str
    permanent: bool = True


def as_input(item: Any) -> Input:
    """An Input of a path or URL, or of a pair (name, array, bytes or function)."""
    if isinstance(item, Input):
        return item
    if isinstance(item, (str, os.PathLike)):
        place = os.fspath(item)
        return Input(place, place)
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str):
        return Input(item[0], None, item[1])
    raise TypeError(f"a {type(item).__name__} is no input: give a path, a URL, or a pair of a name and an array, bytes "
                    "or a function")


def find(source: Any) -> list[Input]:
    """The images of a corpus, in order of their names.

    source -- a path or URL of a folder, with all below it, of an image, of a tar file, or with * in it; a dict from
        names to arrays, bytes of image files or functions without arguments; or a list of any of these, of pairs
        (name, array, bytes or function), and of arrays, whose names are their numbers

    >>> import numpy
    >>> from vqi import corpus
    >>> [found.name for found in corpus.find({"b": numpy.zeros((8, 8), numpy.uint8), "a": b"..."})]
    ['a', 'b']
    """
    if isinstance(source, (str, os.PathLike)):
        found = _found_at(os.fspath(source))
    elif isinstance(source, Mapping):
        found = [Input(str(name), None, image) for name, image in source.items()]
    else:
        found = _found_in(source)
    found.sort(key=lambda each: each.name)
    for one, other in zip(found, found[1:]):
        if one.name == other.name:
            raise ValueError(f"two inputs have the name {one.name!r}; names tell images apart")
    if not found:
        raise FileNotFoundError(f"{source!r} has no images")
    return found


def _found_in(items: Iterable[Any]) -> list[Input]:
    found: list[Input] = []
    places = []
    for number, item in enumerate(items):
        if isinstance(item, (str, os.PathLike)):
            places.append(os.fspath(item))
        elif isinstance(item, (Input, tuple)):
            found.append(as_input(item))
        else:
            found.append(Input(f"{number:09}", None, item))
    files = [place for place in places if place.lower().endswith(IMAGE_ENDINGS + TAR_ENDINGS) and "*" not in place]
    found += _named(files)
    for place in places:
        if place.lower().endswith(IMAGE_ENDINGS + TAR_ENDINGS) and "*" not in place:
            continue
        below = posixpath.basename(place.rstrip("/"))
        found += [Input(f"{below}/{each.name}", each.place) for each in _found_at(place)]
    return found


def _named(places: list[str], root: str | None = None) -> list[Input]:
    """Files by their paths below `root`, or below the folder that all of them share."""
    if root is None:
        folders = [posixpath.dirname(place) for place in places]
        can_share = len({place.startswith("/") for place in folders}) == 1
        root = posixpath.commonpath(folders) if can_share else ""
    # commonpath makes one slash of the two in a URL.
    cut = len(root) + (1 if "://" in (places or [""])[0] and "://" not in root else 0)
    return [Input(place[cut:].lstrip("/"), place) for place in places]


def _found_at(place: str) -> list[Input]:
    """All images at one place."""
    wanted = IMAGE_ENDINGS + TAR_ENDINGS
    if is_url(place):
        files, root = _urls_at(place)
    elif os.path.isdir(place):
        files = [os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names]
        root = place.rstrip("/")
    elif "*" in place:
        files, root = glob.glob(place, recursive=True), posixpath.dirname(place.split("*", 1)[0])
    else:
        files, root = [place], posixpath.dirname(place)
    hidden = [name for name in files if posixpath.basename(name).startswith(".")]
    return _named([name for name in files if name.lower().endswith(wanted) and name not in set(hidden)], root)


def _urls_at(place: str) -> tuple[list[str], str]:
    """The files at a URL, which may be a folder or have * in it, and the URL below which they lie."""
    filesystem, path = filesystem_of(place)

    def url_of(name: str) -> str:
        return name if is_url(name) else str(filesystem.unstrip_protocol(name))

    if "*" in path:
        return [url_of(name) for name in filesystem.glob(path)], url_of(path.split("*", 1)[0]).rpartition("/")[0]
    if path.lower().endswith(IMAGE_ENDINGS + TAR_ENDINGS):
        return [url_of(path)], url_of(path).rpartition("/")[0]
    return [url_of(name) for name in filesystem.find(path)], url_of(path).rstrip("/")


def chunks_of(inputs: Iterable[Any], size: int) -> list[list[Input]]:
    """The inputs in lists of `size`; a tar file, which has many images, is alone."""
    if size < 1:
        raise ValueError(f"a chunk of {size} images is none, give 1 or more")
    chunks: list[list[Input]] = []
    room = 0
    for item in map(as_input, inputs):
        if room == 0 or item.is_tar:
            chunks.append([])
            room = 1 if item.is_tar else size
        chunks[-1].append(item)
        room -= 1
    return chunks


def open_place(place: str) -> Any:
    """A file, local or at a URL, opened to be read."""
    if not is_url(place):
        return open(place, "rb")
    filesystem, path = filesystem_of(place)
    return filesystem.open(path, "rb")


def version_of(item: Input) -> str:
    """Text that changes when an input does: with size and time of a file, with the bytes of an array. What a function
    returns is taken to be always the same."""
    if item.place is None:
        if callable(item.image):
            return ""
        return hashlib.sha256(memoryview(as_buffer(item.image)).tobytes()).hexdigest()
    if is_url(item.place):
        filesystem, path = filesystem_of(item.place)
        return str(filesystem.ukey(path))
    status = os.stat(item.place)
    return f"{status.st_size} {status.st_mtime_ns}"


class Loaded(NamedTuple):
    """Samples as encode takes them, with their metadata."""

    samples: Any
    metadata: Metadata | None = None


def _loaded(image: Any) -> Loaded:
    """What an input has."""
    if callable(image) and not hasattr(image, "__array_interface__"):
        image = image()
    if not isinstance(image, (bytes, bytearray)):
        return Loaded(as_buffer(image))
    if image[:len(MAGIC)] == MAGIC:
        return Loaded(decode(image), read_metadata(image))
    samples, found = _core.read_image(image)
    return Loaded(as_array(samples), metadata_dict(found))


def stem_of(name: str) -> str:
    """The name of a tar file without its ending."""
    return name[:-len(next(ending for ending in TAR_ENDINGS if name.lower().endswith(ending)))]


def _members(item: Input) -> Iterator[tuple[str, Any]]:
    """(name, bytes) of the images in a tar file, which is read once from its beginning to its end."""
    assert item.place is not None
    with open_place(item.place) as file, tarfile.open(fileobj=file, mode="r|*") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None and member.name.lower().endswith(IMAGE_ENDINGS):
                yield f"{stem_of(item.name)}/{member.name.removeprefix('./')}", content.read()


def _bad(name: str, error: Exception) -> Bad:
    if isinstance(error, ImportError) or (isinstance(error, Error) and error.code == "cancelled"):
        raise error
    if isinstance(error, Error):
        return Bad(name, str(error))
    if isinstance(error, (tarfile.TarError, EOFError)):
        return Bad(name, f"damaged tar file: {error}")
    return Bad(name, f"{type(error).__name__}: {error}", permanent=False)


def load(item: Any, is_wanted: Callable[[str], bool] = lambda name: True) -> Iterator[tuple[str, Loaded | Bad]]:
    """(name, Loaded) of each image of an input that is wanted, or (name, Bad) of one that cannot be used."""
    item = as_input(item)

    def read(name: str, image: Any) -> tuple[str, Loaded | Bad]:
        try:
            return name, _loaded(image)
        except Exception as error:  # whatever a function of the caller's raises: one bad image stops no corpus
            return name, _bad(name, error)

    if not item.is_tar:
        if is_wanted(item.name):
            if item.place is None:
                yield read(item.name, item.image)
            else:
                yield read(item.name, functools.partial(_content_of, item))
        return
    members = _members(item)
    while True:
        try:
            name, content = next(members)
        except StopIteration:
            return
        except Exception as error:
            yield item.name, _bad(item.name, error)
            return
        if is_wanted(name):
            yield read(name, content)


def _content_of(item: Input) -> Any:
    assert item.place is not None
    with open_place(item.place) as file:
        content: bytes = file.read()
    return content


def tar_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A tar file of (name, bytes), which depends on them alone: without times and owners."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()
