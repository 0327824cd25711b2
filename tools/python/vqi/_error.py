"""Error: the one exception of the library."""
from __future__ import annotations


class Error(Exception):
    """What the library refuses, and why; what is wrong with the arguments' types is a TypeError.

    code -- the kind, as the command line's JSON has it: "invalid_option", "truncated", "checksum_mismatch" ...
    message -- one line that says what is wrong and what to do
    offset -- the byte of the input at which it was noticed, or None

    >>> import vqi
    >>> try:
    ...     vqi.decode(b"not a stream")
    ... except vqi.Error as error:
    ...     print(error.code, error.offset)
    bad_magic 0
    """

    __module__ = "vqi"

    def __init__(self, code: str, message: str, offset: int | None = None) -> None:
        super().__init__(code, message, offset)
        self.code = code
        self.message = message
        self.offset = offset

    def __str__(self) -> str:
        return self.message
