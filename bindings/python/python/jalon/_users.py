"""Who is who: the users that rules and records name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

from jalon import _native


@dataclass(frozen=True)
class User:
    """A user of the host."""

    #: The name by which rules and records know the user.
    name: str
    #: The host's id, where records hold that instead of the name.
    id: str | int | None = None
    #: Where mail goes; without one, the name is what effects say.
    email: str | None = None
    roles: Sequence[str] = ()
    groups: Sequence[str] = ()
    profiles: Sequence[str] = ()


class Users:
    """Users read once, for many decisions. Immutable; threads may share them.

    Each is a :class:`User`, or a dict or anything with named values that has a ``name``, and where
    they are known an ``id``, an ``email``, ``roles``, ``groups`` and ``profiles``. Raises
    :class:`jalon.UsersError`.
    """

    __slots__ = ("_given", "_native")

    def __init__(self, users: Iterable[Any]) -> None:
        self._given = _listed(users)
        self._native = _native.Users(self._given, None)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __repr__(self) -> str:
        return f"<jalon.Users {len(self)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._given,)


#: What `users=` takes.
AnyUsers = Union[Users, Iterable[Any], None]


def native(users: AnyUsers, lang: str) -> _native.Users | None:
    """Users as the native side takes them; errors are in the language of a program."""
    if users is None:
        return None
    return users._native if isinstance(users, Users) else _native.Users(_listed(users), lang)


def _listed(users: Iterable[Any]) -> Any:
    return users if isinstance(users, (str, Mapping)) else list(users)
