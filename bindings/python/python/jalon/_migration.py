"""Instances of blueprints taken over from an older program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as form_field
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from jalon import _native
from jalon._native import Instance

if TYPE_CHECKING:
    from jalon._program import Program

#: Where each old state leads: a state, ``None`` out of the process, or such a map of one blueprint.
StateMap = Mapping[str, "str | None | Mapping[str, str | None]"]


@dataclass(frozen=True)
class MigrationGroup:
    """Instances of one blueprint in one state, and what becomes of them."""

    blueprint: str
    #: The content under which they run.
    content: str
    state: str
    count: int
    fate: Literal["kept", "moved", "out", "refused"]
    #: Their blueprint has not changed (``kept``).
    unchanged: bool = False
    #: The state in which they go on, and the field of the record to be written (``moved``).
    to: str | None = None
    field: str | None = None
    #: Why (``out``, ``refused``), and what may be meant instead.
    because: str | None = None
    near: str | None = None
    #: The new name of their blueprint, where that is another.
    renamed: str | None = None
    #: What some of them lose of drafts and parallel transitions, with how many.
    losses: list[dict[str, Any]] = form_field(default_factory=list)


class MigrationPlan:
    """What becomes of instances under a new program; nothing is done before :meth:`apply`."""

    __slots__ = ("_form", "_native", "_reports")

    def __init__(self, native: _native.Migration, instances: Iterable[Any]) -> None:
        """Made by :func:`migration_plan`."""
        self._native = native
        form, fr, en = native.plan(instances)
        self._form: dict[str, Any] = json.loads(form)
        self._reports = {"fr": fr, "en": en}

    @property
    def instances(self) -> int:
        """How many there are; each is kept, moved, out or refused."""
        return int(self._form["instances"])

    @property
    def kept(self) -> int:
        """How many stay in their state."""
        return int(self._form["kept"])

    @property
    def unchanged(self) -> int:
        """How many of those have a blueprint that has not changed."""
        return int(self._form["unchanged"])

    @property
    def moved(self) -> int:
        """How many go on in another state, as the map says."""
        return int(self._form["moved"])

    @property
    def out(self) -> int:
        """How many leave their process."""
        return int(self._form["out"])

    @property
    def refused(self) -> int:
        """How many cannot go on before somebody says where to."""
        return int(self._form["refused"])

    @property
    def groups(self) -> list[MigrationGroup]:
        """The instances by blueprint, content and state."""
        return [MigrationGroup(**form) for form in self._form["groups"]]

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What changes of each blueprint, where the old program is known."""
        return list(self._form.get("changes", []))

    def report(self, lang: Literal["fr", "en"] | None = None) -> str:
        """The plan for people; without ``lang`` in the language of the new program."""
        return self._reports[lang or self._native.lang]

    def step(self, instance: Any) -> dict[str, Any]:
        """What becomes of one instance: its ``fate``, and what it loses as ``lost``.

        It is a :class:`jalon.Instance`, or what one is as data.
        """
        form: dict[str, Any] = json.loads(self._native.step(instance))
        return form

    def apply(
        self,
        instance: Any,
        *,
        now: date | str,
        zone: str | tzinfo | None = None,
        by: str | None = None,
    ) -> Instance | None:
        """The instance under the new program; ``None`` where it leaves its process.

        Raises :class:`jalon.MigrationError` where it cannot go on.
        """
        return self._native.apply(instance, (now, zone), by)

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain data."""
        copy: dict[str, Any] = json.loads(json.dumps(self._form))
        return copy

    def __str__(self) -> str:
        return self.report()

    def __repr__(self) -> str:
        counts = (f"{name}={self._form[name]}" for name in ("kept", "moved", "out", "refused"))
        return f"MigrationPlan({', '.join(counts)})"


def migration_plan(
    old: Program | None,
    new: Program,
    instances: Iterable[Any],
    *,
    map: StateMap | None = None,
    renamed: Mapping[str, str] | None = None,
) -> MigrationPlan:
    """What becomes of instances that were started under ``old``, under ``new``.

    ``map`` leads from old states to new ones: ``{"Old": "New", "Gone": None}``, those of one
    blueprint in a map of their own; ``renamed`` from old names of blueprints to new ones.
    Without ``old``, what the instances say counts. Instances, as such or as data, are looked at
    one by one.
    """
    native = _native.Migration(
        None if old is None else old._native,
        new._native,
        json.dumps(map or {}, default=dict),
        list((renamed or {}).items()),
    )
    return MigrationPlan(native, instances)

