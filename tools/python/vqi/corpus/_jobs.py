"""The jobs on a corpus: learn a codebook, move it by rounds of k-means, compress all images."""
from __future__ import annotations

import hashlib
import json
import posixpath
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from .._codebook import Codebook, codebook_bytes
from .._error import Error
from .._options import pairs
from ._compression import compress_images, compress_to_tar, output_name
from ._engine import Here, OnDask, ProgressBar, engine_of
from ._folders import Folder
from ._inputs import Bad, Input, chunks_of, find, stem_of
from ._parts import Part, gather_stored, merge, train
from ._rounds import Sums, add_sums, move, sum_vectors
from ._table import check_table, write_table

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from typing_extensions import Unpack

    from .._types import Block, LearnOptions, Size

CHUNK = 64
SETTINGS_NAME = ".vqi-corpus.json"


class Learned(NamedTuple):
    """A codebook of a corpus, and what it was learned from.

    bad -- images that could not be used; kept -- how many chunks were in the store already
    """

    codebook: Codebook
    part: Part
    bad: list[Bad]
    chunks: int
    kept: int


class Moved(NamedTuple):
    """A codebook after rounds of k-means; mse -- of the codebook that each round began with, and of the last one."""

    codebook: Codebook
    mse: list[float]
    bad: list[Bad]


class Compressed(NamedTuple):
    """What was compressed: a row for each image, in order of their names, how many were written in this run, and the
    bad ones."""

    rows: list[dict[str, Any]]
    written: int
    bad: list[dict[str, Any]]


def _close(engine: Here | OnDask) -> None:
    if isinstance(engine, OnDask):
        engine.close()


def _gather_chunk(chunk: list[Input], store: str | None, settings: dict[str, Any]) -> tuple[Part, tuple[int, bool]]:
    part, kept = gather_stored(chunk, store, settings)
    part.bytes  # so that the part is sent as it is
    return part, (len(chunk), kept)


def learn(source: Any, *, client: Any = None, store: str | os.PathLike[str] | None = None, chunk: int = CHUNK,
          progress: Any = None, block: Block | None = None, sample: Size | None = None,
          **options: Unpack[LearnOptions]) -> Learned:
    """Learns one codebook for a corpus. It is byte for byte that of vqi.train of all images.

    source -- as for find
    client -- a dask.distributed Client or the address of a scheduler; None: this process
    store -- a folder, path or URL, that all workers see, for parts: a run after an abort gathers only what is missing
    chunk -- how many images are one task
    progress -- called as progress(done, all) of inputs; False: no progress bar on a terminal
    block, sample, options -- those of vqi.train

    >>> import numpy, vqi
    >>> from vqi import corpus
    >>> frames = {f"{n}.png": numpy.full((8, 8, 3), 20 * n, numpy.uint8) for n in range(9)}
    >>> learned = corpus.learn({**frames, "torn.png": b"no image"}, k=4, chunk=2)
    >>> learned.codebook == vqi.train(frames.values(), k=4), [bad.name for bad in learned.bad]
    (True, ['torn.png'])
    """
    engine = engine_of(client)
    chunks = chunks_of(find(source), chunk)
    bar = ProgressBar("learn", sum(map(len, chunks)), progress)
    kept = 0

    def done(note: tuple[int, bool]) -> None:
        nonlocal kept
        kept += note[1]
        bar.advance(note[0])

    threads = options.get("threads") if options.get("threads") is not None else engine.threads
    settings = {"block": block, "sample": sample, "threads": threads, "max_memory": options.get("max_memory")}
    try:
        place = None if store is None else Folder(store).place
        part: Part = engine.reduce(_gather_chunk, merge, chunks, done, place, settings)
    finally:
        bar.close()
        _close(engine)
    return Learned(train(part, **options), part, sorted(part.bad), len(chunks), kept)


def _sum_chunk(chunk: list[Input], codebook: bytes) -> tuple[Sums, int]:
    return sum_vectors(chunk, codebook), len(chunk)


def _told(round_number: int, mse: float) -> None:
    print(f"round {round_number}: mse {mse:.6f}", file=sys.stderr, flush=True)


def refine(source: Any, codebook: Codebook, *, rounds: int = 20, client: Any = None, chunk: int = CHUNK,
           report: Callable[[int, float], object] | None = _told) -> Moved:
    """Moves the codewords by rounds of k-means over all vectors of a corpus, where learn has only a sample of blocks.
    It stops when the squared error, a whole number, does not fall any more. That never rises, and the codebook is the
    same for any chunks and workers.

    source, client, chunk -- as for learn; every round reads all images
    codebook -- of colours or blocks without alpha, of the type of the images
    report -- called as report(round, mse) each round; by default a line on standard error; None: nothing

    >>> import numpy, vqi
    >>> from vqi import corpus
    >>> frames = {"a": numpy.full((8, 8, 3), 20, numpy.uint8), "b": numpy.full((8, 8, 3), 90, numpy.uint8)}
    >>> moved = corpus.refine(frames, vqi.Codebook([[0, 0, 0], [80, 80, 80]]), report=None)
    >>> moved.codebook.codewords[:, 0, 0, 0].tolist(), moved.mse
    ([20, 90], [250.0, 0.0])
    """
    chunks = chunks_of(find(source), chunk)
    engine = engine_of(client)
    mse: list[float] = []
    try:
        sums = _round(engine, chunks, codebook)
        for number in range(rounds + 1):
            mse.append(sums.mse)
            if report is not None:
                report(number, sums.mse)
            if number == rounds or sums.error == 0:
                break
            moved = move(codebook, sums)
            next_sums = _round(engine, chunks, moved)
            if next_sums.images != sums.images or next_sums.counts.sum() != sums.counts.sum():
                raise RuntimeError(f"a round had {next_sums.images} images and the one before {sums.images}; some "
                                   "could not be read in one of them")
            if next_sums.error >= sums.error:
                break
            codebook, sums = moved, next_sums
    finally:
        _close(engine)
    return Moved(codebook, mse, sums.bad)


def _round(engine: Here | OnDask, chunks: list[list[Input]], codebook: Codebook) -> Sums:
    sums: Sums = engine.reduce(_sum_chunk, add_sums, chunks, lambda note: None, codebook.bytes)
    if sums.images == 0:
        raise ValueError(f"there is no image to learn from, {len(sums.bad)} were bad")
    return sums


class _Task(NamedTuple):
    inputs: list[Input]
    tar_name: str | None


def _compress_chunk(task: _Task, output: str, codebook: bytes | None,
                    options: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    if task.tar_name is None:
        return compress_images(task.inputs, output, codebook=codebook, **options)
    return compress_to_tar(task.inputs, output, task.tar_name, codebook=codebook, **options)


def _tasks(inputs: list[Input], chunk: int, tar: bool) -> list[_Task]:
    """Throws ValueError if two inputs have one output."""
    outputs: dict[str, str] = {}
    tasks = []
    for number, each in enumerate(chunks_of(inputs, chunk)):
        of_tar = stem_of(posixpath.basename(each[0].name)) if each[0].is_tar else f"images-{number:06}"
        tasks.append(_Task(each, f"{of_tar}.tar" if tar else None))
        for item in each:
            output = tasks[-1].tar_name if tar and item.is_tar else output_name(item.name)
            if output is not None and outputs.setdefault(output, item.name) != item.name:
                raise ValueError(f"{outputs[output]} and {item.name} would both be written to {output}")
    return tasks


def _check_settings(folder: Folder, tasks: list[_Task], tar: bool, settings: dict[str, Any], force: bool) -> None:
    """Notes the settings of the outputs in their folder. Raises Error where it has outputs of others."""
    if tar:
        names = json.dumps([[each.tar_name, [item.name for item in each.inputs]] for each in tasks])
        settings["inputs"] = hashlib.sha256(names.encode()).hexdigest()
    wanted = json.dumps(settings, sort_keys=True).encode()
    known = folder.read(SETTINGS_NAME)
    if known == wanted and not force:
        return
    planned = {each.tar_name or output_name(item.name) for each in tasks for item in each.inputs}
    # What is in a tar file is known once it is read: all of it comes into one folder.
    folders = tuple(f"{stem_of(item.name)}/" for each in tasks for item in each.inputs if item.is_tar and not tar)
    others = sorted(name for name in folder.names() if name in planned or name.startswith(folders))
    if not force and (known is not None or others):
        raise Error("invalid_option", f"{folder.place} has outputs of another codebook, options or inputs, give "
                                      "force=True to replace them, or another folder")
    for name in others:
        folder.remove(name)
    folder.write(SETTINGS_NAME, wanted)


def compress(source: Any, output: str | os.PathLike[str], *, codebook: Any = None, client: Any = None,
             chunk: int = CHUNK, tar: bool = False, table: str | None = "report.csv", force: bool = False,
             progress: Any = None, **options: Any) -> Compressed:
    """Compresses a corpus into .vqi files, or into tar files of them, and writes a table with a row for each image. A
    run after an abort compresses only what is missing.

    source, client, chunk, progress -- as for learn
    output -- a folder, path or URL, that all workers see; a/b.png becomes a/b.vqi there
    codebook -- a Codebook, .vqb bytes or path for all images; None: each has its own
    tar -- a tar file for each chunk, and for each tar file among the inputs, instead of a .vqi file for each image
    table -- its name in `output`, .csv or .parquet (which needs pyarrow); None: no table
    force -- replace outputs of other settings
    options -- those of vqi.encode
    """
    if table is not None:
        check_table(table)
    engine = engine_of(client)
    folder = Folder(output)
    book = codebook_bytes(codebook)
    tasks = _tasks(find(source), chunk, tar)
    settings = {"options": sorted(pairs({**options, "threads": None})), "tar": tar,
                "codebook": None if book is None else hashlib.sha256(book).hexdigest()}
    if options.get("threads") is None:
        options["threads"] = engine.threads
    bar = ProgressBar("compress", sum(len(task.inputs) for task in tasks), progress)
    rows: list[dict[str, Any]] = []
    written = 0
    try:
        _check_settings(folder, tasks, tar, settings, force)
        for number, (some, new) in engine.map(_compress_chunk, tasks, folder.place, book, options):
            rows += some
            written += new
            bar.advance(len(tasks[number].inputs))
    finally:
        bar.close()
        _close(engine)
    rows.sort(key=lambda row: str(row["name"]))
    if table is not None:
        write_table(folder, table, rows)
    return Compressed(rows, written, [row for row in rows if row["status"] == "bad"])
