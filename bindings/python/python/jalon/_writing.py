"""New values in the records of a host, under the names by which they carry each field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from jalon import _records
from jalon._errors import RecordError

if TYPE_CHECKING:
    from jalon.workflow import Decision, FieldChange


def changes(decided: Decision | FieldChange) -> Iterable[FieldChange]:
    """A change, or those of a decision that are about its own record."""
    from jalon.workflow import Decision

    if not isinstance(decided, Decision):
        return (decided,)
    own = decided.record  # None where the record has no id: then its changes have none either
    return (
        change
        for change in decided.changes
        if (change.record == own if own is not None else not change.record.id)
    )


def put(record: Any, field: str, value: Any, name_in: Callable[[list[str]], str]) -> None:
    """Puts a value into a record; ``name_in`` says which of its names is that of the field."""
    if hasattr(record, "__setitem__"):
        record[name_in([name for name in record.keys() if isinstance(name, str)])] = value
        return
    attributes = _records.attributes(record)
    name = attributes.get(name_in(list(attributes)))
    if name is None:
        raise RecordError(f"{type(record).__name__} has no attribute for `{field}`")
    setattr(record, name, value)
