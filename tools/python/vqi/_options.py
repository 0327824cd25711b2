"""Options by keyword as the text that the command line's parser reads."""
from __future__ import annotations

import operator
import os

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


def _number_text(value: Any) -> str:
    """A number in plain decimals: the parser knows no exponents."""
    text = repr(float(value))
    if "e" in text:
        from decimal import Decimal

        text = format(Decimal(text), "f")
    return text


def _is_integer(value: Any) -> bool:
    return hasattr(value, "__index__")


def _colour_text(colour: Any) -> str:
    if isinstance(colour, str):
        return colour
    samples = [operator.index(sample) for sample in colour]
    if not 1 <= len(samples) <= 4 or min(samples) < 0 or max(samples) > 255:
        raise ValueError(f"{colour!r} is no colour, give a name, '#rrggbb' or three or four numbers of 0 to 255")
    if len(samples) < 3:  # grey, grey and alpha
        samples = samples[:1] * 3 + samples[1:]
    return "#" + "".join(f"{sample:02x}" for sample in samples)


def _colour_texts(colours: Any) -> list[str]:
    """One text for each of the colours, or for the only one."""
    if isinstance(colours, str):
        return [colours]
    colours = list(colours)
    if colours and all(_is_integer(sample) and getattr(sample, "ndim", 0) == 0 for sample in colours):
        return [_colour_text(colours)]
    return [_colour_text(colour) for colour in colours]


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if _is_integer(value) and getattr(value, "ndim", 0) == 0:
        return str(operator.index(value))
    if hasattr(value, "__float__") and getattr(value, "ndim", 0) == 0:
        return _number_text(value)
    try:
        parts = list(value)
    except TypeError:
        raise TypeError(f"{name} does not take a {type(value).__name__}") from None
    if name == "block" and len(parts) == 2 and all(_is_integer(part) for part in parts):
        return f"{operator.index(parts[0])}x{operator.index(parts[1])}"
    return ",".join(_text(name, part) for part in parts)


def pairs(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, text) for each option that is not None. `lambda_` is lambda, which Python keeps for itself."""
    found: list[tuple[str, str]] = []
    for key, value in options.items():
        name = key.rstrip("_") if key == "lambda_" else key
        if value is None:
            continue
        if name == "fix":
            found += [(name, text) for text in _colour_texts(value)]
        elif name == "palette":
            found.append((name, ",".join(_colour_texts(value))))
        else:
            found.append((name, _text(name, value)))
    return found


def split(options: Mapping[str, Any], names: Iterable[str]) -> tuple[dict[str, Any], list[Any]]:
    """The options without `names`, and the values of these (None where they are not given)."""
    rest = dict(options)
    return rest, [rest.pop(name, None) for name in names]


def bytes_of(data: Any) -> Any:
    """What has the buffer protocol as it is, and the content of a file that is named by a str or a path."""
    if isinstance(data, (str, os.PathLike)):
        with open(data, "rb") as file:
            return file.read()
    return getattr(data, "bytes", data) if type(data).__module__.startswith("vqi.") else data
