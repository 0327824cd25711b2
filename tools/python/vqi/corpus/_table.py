"""The table of a corpus: a row for each image, as CSV or Parquet."""
from __future__ import annotations

import csv
import io
from typing import Any

from ._compression import COLUMNS
from ._folders import Folder


def check_table(name: str) -> None:
    """Raises where a table of that name cannot be written."""
    if name.endswith(".parquet"):
        try:
            import pyarrow.parquet  # noqa: F401  # which later writes it
        except ImportError as error:
            raise ImportError(f"{name} needs pyarrow: install it, or give a name that ends in .csv") from error
    elif not name.endswith(".csv"):
        raise ValueError(f"a table is named .csv or .parquet, not {name!r}")


def write_table(folder: Folder, name: str, rows: list[dict[str, Any]]) -> None:
    if name.endswith(".parquet"):
        import pyarrow
        import pyarrow.parquet

        sink = io.BytesIO()
        columns = {column: [row[column] for row in rows] for column in COLUMNS}
        pyarrow.parquet.write_table(pyarrow.table(columns), sink)
        folder.write(name, sink.getvalue())
        return
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    folder.write(name, text.getvalue().encode())
