"""Frames in and out: what comes in as polars, pandas, pyarrow or duckdb goes out as the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar, overload

from jalon import _native

if TYPE_CHECKING:
    from jalon._criterion import Criterion
    from jalon._native import _ArrowStream, _How

When = tuple[date | str | None, str | tzinfo | None]

#: A frame; to a type checker what comes out is what came in.
_F = TypeVar("_F")

#: A column of a frame's own kind.
_Column = TypeVar("_Column", covariant=True)


class WithSeries(Protocol[_Column]):
    """A polars ``DataFrame``, as far as it says what its columns are."""

    def to_series(self, index: int = ...) -> _Column: ...


class WithArrays(Protocol[_Column]):
    """A pyarrow ``Table`` or ``RecordBatch``, likewise."""

    def column(self, i: int) -> _Column: ...


class WithTypes(Protocol[_Column]):
    """A pandas ``DataFrame``, whose types are a column themselves."""

    @property
    def dtypes(self) -> _Column: ...


#: What is asked for: the frame with columns added, those columns as a frame, the only one of them
#: as a column, or the rows on which it is true.
Asked = Literal["whole", "table", "column", "kept"]


class Job(NamedTuple):
    """What is to be worked out for each row of a frame."""

    #: Reads a frame, and gives an Arrow stream.
    run: Callable[[Any, _How], _ArrowStream]
    #: Of columns by name, those that are read, by place.
    places: Callable[[list[str]], list[int]]


class _Kind(Protocol):
    """A family of frames."""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        """What is asked for, as this family has it."""


@overload
def answer(frame: _F, job: Job, asked: Literal["whole", "kept"]) -> _F: ...
@overload
def answer(frame: Any, job: Job, asked: Asked) -> Any: ...
def answer(frame: Any, job: Job, asked: Asked) -> Any:
    """What is asked for of a frame, as frames of its kind have it."""
    return _kind(frame).answer(frame, job, asked)


def names(frame: Any) -> list[str]:
    """The names of the columns of a frame, or the names that were given instead."""
    if isinstance(frame, (list, tuple)):
        return [str(name) for name in frame]
    schema = getattr(frame, "schema", None)
    # pyarrow's `columns` are no names; its readers have names in their schema alone
    for holder, attribute in ((frame, "column_names"), (frame, "columns"), (schema, "names")):
        given = getattr(holder, attribute, None)
        if given is not None:
            return [str(name) for name in given]
    raise TypeError(
        "the columns are asked of a frame, or of a list of their names, not of"
        f" {type(frame).__name__}"
    )


def scoring(
    native: _native.Score, when: When, threads: int | None, contributions: bool
) -> Job:
    """A score: its columns."""
    return Job(
        lambda read, how: native.frame(read, when, threads, contributions, how),
        lambda names: native.places(names, when),
    )


def explaining(native: _native.Score | _native.Criterion, when: When, lang: str | None) -> Job:
    """The reasons of a score, or of a criterion."""
    return Job(
        lambda read, how: native.explain_frame(read, when, lang, how),
        lambda names: native.places(names, when),
    )


def matching(criteria: Mapping[str, Criterion], when: When, threads: int | None) -> Job:
    """Whether criteria hold: one boolean column each."""
    natives = [(name, criterion._native) for name, criterion in criteria.items()]

    def places(names: list[str]) -> list[int]:
        return sorted({at for _, native in natives for at in native.places(names, when)})

    return Job(
        lambda read, how: _native.match_frame(natives, read, when, threads, how), places
    )


class FrameStream:
    """Frames that are worked on one by one, as they are asked for.

    An iterator, and where its frames are Arrow data an Arrow stream too (with pyarrow).
    """

    def __init__(self, frames: Iterator[Any]) -> None:
        self._frames = frames

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._frames)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        import pyarrow

        first = next(self._frames, None)
        if first is None:
            raise ValueError("no frame came, so the columns of this stream are unknown")
        table = pyarrow.table(first)

        def batches() -> Iterator[Any]:
            yield from table.to_batches()
            for frame in self._frames:
                yield from pyarrow.table(frame).cast(table.schema).to_batches()

        reader = pyarrow.RecordBatchReader.from_batches(table.schema, batches())
        return reader.__arrow_c_stream__(requested_schema)


def _kind(frame: Any) -> _Kind:
    for base in type(frame).__mro__:
        kind = _KINDS.get((base.__module__.partition(".")[0], base.__name__))
        if kind is not None:
            return kind
    if hasattr(frame, "__arrow_c_stream__"):
        return _Stream()
    if hasattr(frame, "__next__"):
        return _Frames()
    raise TypeError(
        "a frame is anything with `__arrow_c_stream__` (polars, pandas, pyarrow, duckdb), or an"
        f" iterator of frames, not {type(frame).__name__}"
    )


class _Stream:
    """An Arrow stream, worked on batch by batch as it is read."""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        out: Literal["added", "whole", "kept"]
        out = asked if asked == "whole" or asked == "kept" else "added"
        return self.given(job.run(frame, (out, True)))

    def given(self, stream: Any) -> Any:
        return stream


class _Reader(_Stream):
    """`pyarrow.RecordBatchReader`"""

    def given(self, stream: Any) -> Any:
        import pyarrow

        return pyarrow.RecordBatchReader.from_stream(stream)


class _Frames:
    """An iterator of frames."""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        return FrameStream(answer(one, job, asked) for one in frame)


class _Polars:
    """`polars.DataFrame`"""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        import polars

        columns = frame.get_columns()
        read = polars.DataFrame([columns[at] for at in job.places(frame.columns)])
        added = polars.DataFrame(job.run(self._lent(read), ("added", False)))
        if frame.n_chunks() == 1:
            added = added.rechunk()
        match asked:
            case "whole":
                return frame.with_columns(added.get_columns())
            case "table":
                return added
            case "column":
                return added.to_series()
            case "kept":
                return frame.filter(added.to_series())

    @staticmethod
    def _lent(frame: Any) -> Any:
        """The frame, its categories as their codes and texts: as they stand in memory.

        polars itself counts anew, for each column and piece, the categories that are used.
        """
        import polars

        columns = frame.get_columns()
        values: list[tuple[int, Any]] = []
        for at, column in enumerate(columns):
            if not isinstance(column.dtype, polars.Categorical):
                continue
            codes = column.to_physical()
            last = codes.max()
            # categories are shared by all frames: of very many, few are of this one
            if last is None or last > len(column) // 4:
                continue
            try:
                all_codes = polars.int_range(last + 1, eager=True).cast(codes.dtype)
                texts = all_codes.cat.to(column.dtype).cast(polars.String)
            except (AttributeError, polars.exceptions.PolarsError):
                continue  # versions that do not say what a code stands for
            values.append((at, texts.to_frame()))
            columns[at] = codes
        return _native.coded(polars.DataFrame(columns), values) if values else frame


class _PolarsLazy:
    """`polars.LazyFrame`"""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        raise TypeError(
            "a polars LazyFrame holds no rows yet: collect() it, or have them scored when it is"
            " collected:\n"
            "    def scored(frame):\n"
            "        return program.score_frame(name, frame)\n"
            "    schema = scored(polars.DataFrame(schema=lazy.collect_schema())).schema\n"
            "    lazy.map_batches(scored, schema=schema, streamable=True,"
            " projection_pushdown=False, predicate_pushdown=False)"
        )


class _Pandas:
    """`pandas.DataFrame`"""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        import pandas
        import pyarrow

        names = [str(name) for name in frame.columns]
        read = {at: self._column(frame.iloc[:, at]) for at in job.places(names)}
        table = pyarrow.table(list(read.values()), names=[names[at] for at in read])
        added = pyarrow.table(job.run(table, ("added", False)))
        match asked:
            case "whole":
                whole = frame.copy(deep=False)
                for field in added.schema:
                    whole[field.name] = self._values(added.column(field.name), field.type)
                return whole
            case "table":
                masks = {name: added.column(name).to_numpy() for name in added.column_names}
                return pandas.DataFrame(masks, index=frame.index)
            case "column":
                name = added.column_names[0]
                return pandas.Series(added.column(0).to_numpy(), index=frame.index, name=name)
            case "kept":
                return frame[added.column(0).to_numpy()]

    @staticmethod
    def _column(series: Any) -> Any:
        """A column as Arrow; one of several types as texts, of which numbers and dates are read."""
        import pyarrow

        try:
            return pyarrow.array(series, from_pandas=True)
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError):
            empty = series.isna()
            texts = [None if none else str(value) for none, value in zip(empty, series)]
            return pyarrow.array(texts, pyarrow.string())

    @staticmethod
    def _values(column: Any, kind: Any) -> Any:
        import pandas
        import pyarrow

        if pyarrow.types.is_decimal(kind):
            return pandas.array(column, dtype=pandas.ArrowDtype(kind))
        if pyarrow.types.is_integer(kind) and column.null_count:
            return pandas.array(column.to_pylist(), dtype="Int64")
        if pyarrow.types.is_list(kind):
            return pandas.Series(column.to_pylist(), dtype=object).array
        return column.to_pandas().array


class _Table:
    """`pyarrow.Table`"""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        import pyarrow

        added = pyarrow.table(job.run(frame, ("added", False)))
        match asked:
            case "whole":
                for field, column in zip(added.schema, added.columns):
                    at = frame.schema.get_field_index(field.name)
                    if at < 0:
                        frame = frame.append_column(field, column)
                    else:
                        frame = frame.set_column(at, field, column)
                return frame
            case "table":
                return added
            case "column":
                return added.column(0)
            case "kept":
                return frame.filter(added.column(0))


class _Batch(_Table):
    """`pyarrow.RecordBatch`"""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        import pyarrow

        given = super().answer(pyarrow.Table.from_batches([frame]), job, asked).combine_chunks()
        if asked == "column":
            return given
        batches = given.to_batches()
        return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=given.schema)


class _DuckDB:
    """`duckdb.DuckDBPyRelation`"""

    def answer(self, frame: Any, job: Job, asked: Asked) -> Any:
        out: Literal["added", "whole", "kept"]
        out = asked if asked == "whole" or asked == "kept" else "added"
        worked = job.run(frame, (out, False))
        # a relation of the same connection: duckdb finds `worked` by its name
        given = frame.query("jalon_frame", "SELECT * FROM worked")
        del worked
        return given


_KINDS: dict[tuple[str, str], _Kind] = {
    ("polars", "DataFrame"): _Polars(),
    ("polars", "LazyFrame"): _PolarsLazy(),
    ("pandas", "DataFrame"): _Pandas(),
    ("pyarrow", "Table"): _Table(),
    ("pyarrow", "RecordBatch"): _Batch(),
    ("pyarrow", "RecordBatchReader"): _Reader(),
    ("duckdb", "DuckDBPyRelation"): _DuckDB(),
    ("_duckdb", "DuckDBPyRelation"): _DuckDB(),
}
