"""Frames in and out: what comes in as polars, pandas or pyarrow goes out as the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import Any, NamedTuple

from jalon import _native


When = tuple[date | str | None, str | tzinfo | None]


class _Kind(NamedTuple):
    """How a family of frames takes new columns."""

    #: The frame with the columns of a stream added, those of the same name replaced.
    attach: Callable[[Any, Any], Any]
    #: The only column of a stream, beside the frame.
    column: Callable[[Any, Any], Any]
    #: The frame to read, where it is not the frame itself.
    read: Callable[[Any], Any] = lambda frame: frame
    #: Whether the stream is the whole answer, worked on as it is read.
    lazy: bool = False


def score(native: _native.Score, frame: Any, when: When) -> Any:
    """The frame with a score's columns added."""
    kind = _kind(frame)
    if kind is None:
        return native.stream(frame, when, True)
    frame = kind.read(frame)
    return kind.attach(frame, native.stream(frame, when, kind.lazy))


def match(native: _native.Criterion, frame: Any, when: When) -> Any:
    """A boolean column: whether a criterion holds on each row."""
    kind = _kind(frame)
    if kind is None:
        return native.stream(frame, when, True)
    frame = kind.read(frame)
    return kind.column(frame, native.stream(frame, when, kind.lazy))


def _kind(frame: Any) -> _Kind | None:
    for base in type(frame).__mro__:
        kind = _KINDS.get((base.__module__.partition(".")[0], base.__name__))
        if kind is not None:
            return kind
    if not hasattr(frame, "__arrow_c_stream__"):
        raise TypeError(
            "a frame is anything with `__arrow_c_stream__` (polars, pandas, pyarrow, duckdb),"
            f" not {type(frame).__name__}"
        )
    return None


def _attach_polars(frame: Any, stream: Any) -> Any:
    import polars

    return frame.with_columns(polars.DataFrame(stream).get_columns())


def _column_polars(frame: Any, stream: Any) -> Any:
    import polars

    return polars.DataFrame(stream).to_series()


def _attach_pandas(frame: Any, stream: Any) -> Any:
    import pandas
    import pyarrow

    table = pyarrow.table(stream)
    added = frame.copy(deep=False)
    for field in table.schema:
        column = table.column(field.name)
        if pyarrow.types.is_decimal(field.type):
            values = pandas.array(column, dtype=pandas.ArrowDtype(field.type))
        elif pyarrow.types.is_integer(field.type) and column.null_count:
            values = pandas.array(column.to_pylist(), dtype="Int64")
        else:
            values = column.to_pandas().array
        added[field.name] = values
    return added


def _column_pandas(frame: Any, stream: Any) -> Any:
    import pandas
    import pyarrow

    table = pyarrow.table(stream)
    return pandas.Series(table.column(0).to_numpy(), index=frame.index, name=table.column_names[0])


def _attach_table(frame: Any, stream: Any) -> Any:
    import pyarrow

    added = pyarrow.table(stream)
    for field, column in zip(added.schema, added.columns):
        at = frame.schema.get_field_index(field.name)
        frame = frame.append_column(field, column) if at < 0 else frame.set_column(at, field, column)
    return frame


def _column_table(frame: Any, stream: Any) -> Any:
    import pyarrow

    return pyarrow.table(stream).column(0)


def _attach_batch(frame: Any, stream: Any) -> Any:
    import pyarrow

    table = _attach_table(pyarrow.Table.from_batches([frame]), stream).combine_chunks()
    batches = table.to_batches()
    return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)


def _reader(_: Any, stream: Any) -> Any:
    import pyarrow

    return pyarrow.RecordBatchReader.from_stream(stream)


_KINDS = {
    ("polars", "DataFrame"): _Kind(_attach_polars, _column_polars),
    ("polars", "LazyFrame"): _Kind(
        lambda frame, stream: _attach_polars(frame, stream).lazy(),
        _column_polars,
        lambda frame: frame.collect(),
    ),
    ("pandas", "DataFrame"): _Kind(_attach_pandas, _column_pandas),
    ("pyarrow", "Table"): _Kind(_attach_table, _column_table),
    ("pyarrow", "RecordBatch"): _Kind(
        _attach_batch, lambda frame, stream: _column_table(frame, stream).combine_chunks()
    ),
    ("pyarrow", "RecordBatchReader"): _Kind(_reader, _reader, lazy=True),
}
