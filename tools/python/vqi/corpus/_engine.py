"""Where the jobs of a corpus run: in this process, or on the workers of a Dask scheduler."""
from __future__ import annotations

import functools
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

FAN_IN = 8  # results that one merge takes: at 8 a million parts are one after seven merges
BAR_SECONDS = 1.0


class ProgressBar:
    """Says how far a job is: to a function as progress(done, all), or on a terminal, of a job of over a second."""

    def __init__(self, what: str, total: int, progress: Any) -> None:
        self._what, self._total, self._progress = what, total, progress
        self._done = 0
        self._begun = time.monotonic()
        self._shown = False

    def advance(self, count: int) -> None:
        self._done += count
        if callable(self._progress):
            self._progress(self._done, self._total)
        elif self._progress is not False and sys.stderr.isatty() and time.monotonic() - self._begun > BAR_SECONDS:
            self._show()

    def _show(self) -> None:
        width = 30
        filled = width * self._done // max(1, self._total)
        seconds = time.monotonic() - self._begun
        left = seconds / max(1, self._done) * (self._total - self._done)
        print(f"\r{self._what} [{'#' * filled:-<{width}}] {self._done}/{self._total}, {left:.0f} s left ", end="",
              file=sys.stderr, flush=True)
        self._shown = True

    def close(self) -> None:
        if self._shown:
            print(file=sys.stderr)


class Here:
    """One chunk after the other, in this process."""

    threads: int | None = None  # all

    def map(self, function: Callable[..., Any], chunks: Sequence[Any], *arguments: Any) -> Iterator[tuple[int, Any]]:
        """(number, function(chunk, *arguments)) of each chunk as it is done, in any order."""
        return ((number, function(chunk, *arguments)) for number, chunk in enumerate(chunks))

    def reduce(self, function: Callable[..., Any], merge: Callable[[list[Any]], Any], chunks: Sequence[Any],
               done: Callable[[Any], None], *arguments: Any) -> Any:
        """The results of all chunks, (result, note), merged into one; done(note) as each is there."""
        results: list[Any] = []
        for chunk in chunks:
            result, note = function(chunk, *arguments)
            results.append(result)
            if len(results) == FAN_IN:
                results = [merge(results)]
            done(note)
        return merge(results)


def _result(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _note(pair: tuple[Any, Any]) -> Any:
    return pair[1]


def _same(value: Any) -> Any:
    return value


class OnDask:
    """Chunks are tasks of a dask.distributed client; a task whose worker dies is done again by another one."""

    threads: int | None = 1  # of each task: workers have as many tasks at once as threads

    def __init__(self, client: Any) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise ImportError("client= needs dask.distributed: install python3-distributed, or vqi[dask] by "
                              "pip") from error
        self._as_completed = distributed.as_completed
        self._delayed: Any = importlib.import_module("dask").delayed
        self._client: Any = client if isinstance(client, distributed.Client) else distributed.Client(client)
        self._is_own = self._client is not client

    def close(self) -> None:
        if self._is_own:
            self._client.close()

    def map(self, function: Callable[..., Any], chunks: Sequence[Any], *arguments: Any) -> Iterator[tuple[int, Any]]:
        futures = self._compute(self._tasks(function, chunks, arguments))
        numbers = {future.key: number for number, future in enumerate(futures)}
        try:
            for future in self._as_completed(futures):
                yield numbers[future.key], future.result()
        finally:
            self._client.cancel(futures)

    def reduce(self, function: Callable[..., Any], merge: Callable[[list[Any]], Any], chunks: Sequence[Any],
               done: Callable[[Any], None], *arguments: Any) -> Any:
        pairs = self._tasks(function, chunks, arguments)
        notes = [self._delayed(_note, pure=False)(pair) for pair in pairs]
        level = [self._delayed(_result, pure=False)(pair) for pair in pairs]
        while len(level) > 1:  # merges run where parts are, and no machine has to take all of them
            level = [self._delayed(merge, pure=False)(level[n:n + FAN_IN]) for n in range(0, len(level), FAN_IN)]
        # As one graph: what no future names is dropped once it was merged, and made again if its worker dies before.
        *told, merged = self._compute([*notes, *level])
        try:
            for future in self._as_completed(told):
                done(future.result())
            return merged.result()
        finally:
            self._client.cancel([*told, merged])

    def _tasks(self, function: Callable[..., Any], chunks: Sequence[Any], arguments: tuple[Any, ...]) -> list[Any]:
        # Not pure: what a store or a folder has may have changed since the last call. Bytes are sent once, as the
        # result of a task. Chunks are in partial functions, in which Dask does not look for tasks.
        shared = [self._delayed(functools.partial(_same, argument), pure=False)() if isinstance(argument, bytes)
                  else argument for argument in arguments]
        return [self._delayed(functools.partial(function, chunk), pure=False)(*shared) for chunk in chunks]

    def _compute(self, tasks: list[Any]) -> list[Any]:
        futures: list[Any] = self._client.compute(tasks, optimize_graph=False)
        return futures


def engine_of(client: Any) -> Here | OnDask:
    """This process for None, else the client or the scheduler at an address."""
    return Here() if client is None else OnDask(client)
