"""Anything with named values, as a dict."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

_MISSING = object()


def as_dict(record: Any) -> dict[Any, Any] | None:
    """The named values of a mapping, a dataclass, a pydantic or attrs model, a named tuple,
    a row of pandas.

    Values are not copied. ``None`` for anything else.
    """
    if isinstance(record, Mapping):
        return dict(record)
    if isinstance(record, type):
        return None
    if dataclasses.is_dataclass(record):
        return _attributes(record, (field.name for field in dataclasses.fields(record)))
    model = getattr(type(record), "model_fields", None)
    if isinstance(model, Mapping):
        return _pydantic(record, model)
    attrs = getattr(type(record), "__attrs_attrs__", None)
    if attrs is not None:
        return _attributes(record, (attribute.name for attribute in attrs))
    if _is_pandas_row(record):
        return dict(record.items())
    names = getattr(record, "_fields", None)
    if isinstance(record, tuple) and names:
        return dict(zip(names, record))
    return None


def attributes(record: Any) -> dict[str, str]:
    """The attribute for each name that :func:`as_dict` gives of an object."""
    names = {name: name for name in as_dict(record) or {}}
    for name, field in getattr(type(record), "model_fields", {}).items():
        for alias in (field.alias, field.validation_alias, field.serialization_alias):
            if isinstance(alias, str):
                names[alias] = name
    return names


def _is_pandas_row(record: Any) -> bool:
    """A pandas ``Series`` by names, which a row of a frame is; one by numbers is a list."""
    kind = type(record)
    if kind.__name__ != "Series" or kind.__module__.partition(".")[0] != "pandas":
        return False
    return len(record) > 0 and all(isinstance(name, str) for name in record.index)


def _attributes(record: Any, names: Any) -> dict[Any, Any]:
    values = ((name, getattr(record, name, _MISSING)) for name in names)
    return {name: value for name, value in values if value is not _MISSING}


def _pydantic(record: Any, model: Mapping[str, Any]) -> dict[Any, Any]:
    """Field names and aliases alike: a criterion may use either."""
    values = _attributes(record, model)
    for name, field in model.items():
        if name not in values:
            continue
        for alias in (field.alias, field.validation_alias, field.serialization_alias):
            if isinstance(alias, str):
                values.setdefault(alias, values[name])
    values.update(getattr(record, "__pydantic_extra__", None) or {})
    for name in getattr(type(record), "model_computed_fields", {}):
        values.setdefault(name, getattr(record, name))
    return values
