"""Pictures of blueprints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jalon._program import Program


class Picture:
    """A blueprint to be drawn; a notebook shows it. Immutable; threads may share it."""

    __slots__ = ("_made", "_native")

    def __init__(self, program: Program, name: str | None, figures: str | None = None) -> None:
        native = program._native.picture(name)
        self._native = native if figures is None else native.with_figures(figures)
        self._made = (program, name, figures)

    @property
    def name(self) -> str:
        """The blueprint's name."""
        return self._native.name

    def svg(self, lang: str | None = None) -> str:
        """As SVG that needs nothing from elsewhere, for light and dark pages.

        ``lang`` is ``"fr"`` or ``"en"``, that of the program by default.
        """
        return self._native.svg(lang)

    def mermaid(self, lang: str | None = None) -> str:
        """As a Mermaid state diagram."""
        return self._native.mermaid(lang)

    def dot(self, lang: str | None = None) -> str:
        """As DOT, the language of Graphviz."""
        return self._native.dot(lang)

    def with_figures(self, figures: Mapping[str, Any]) -> Picture:
        """The same with figures written on it.

        They are by name: ``{"states": {"Signed": {"count": 12, "median_seconds": 86400}},
        "transitions": {"Start": {"count": 9, "refused": 1, "from": {"Signed": 9}}}}``; what the
        blueprint does not have is not drawn.
        """
        return Picture(self._made[0], self._made[1], json.dumps(dict(figures)))

    def _repr_svg_(self) -> str:
        return self.svg()

    def __repr__(self) -> str:
        return f"<jalon.Picture {self.name!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Picture, self._made
