"""What counts as an image: anything that shows its samples as an array."""
from __future__ import annotations

TYPE_CHECKING = False  # of typing, which is not loaded
if TYPE_CHECKING:
    from typing import Any

    from ._types import Samples


def as_array(array: Any) -> Samples:
    """The memory of the library as a NumPy array, not copied."""
    import numpy

    samples: Samples = numpy.asarray(array)
    return samples


def as_buffer(image: Any) -> Any:
    """`image` as something with the buffer protocol, not copied where it has that or __array_interface__ already."""
    if hasattr(image, "decode") and type(image).__module__.startswith("vqi."):
        return image.decode()
    if type(image).__module__.startswith("PIL."):
        from .pillow import samples_of

        return samples_of(image)
    try:
        memoryview(image)
    except (TypeError, ValueError, BufferError):
        if not (hasattr(image, "__array_interface__") or hasattr(image, "__array__")):
            raise TypeError(f"a {type(image).__name__} is no image: give an array of shape (h, w) or (h, w, 1..4), "
                            "or anything with the buffer protocol or __array_interface__") from None
        return as_array(image)
    return image
