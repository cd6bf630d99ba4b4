"""Programs in their canonical layout, and in the keywords of another language."""

from collections.abc import Mapping
from os import PathLike
from typing import Literal, NamedTuple

from jalon import _native


class Formatted(NamedTuple):
    """A formatted text."""

    name: str
    """The name of its file, or what it is called."""
    text: str
    """The text in its canonical layout."""
    changed: bool
    """Whether that is another text."""
    kept: list[tuple[int, int]]
    """Line and column of what is in its own language still: it has no other form yet."""


def format(text: str, lang: Literal["fr", "en"] | None = None) -> str:
    """Puts a program in its canonical layout.

    Comments stay where they stand, names and values as they are written. With ``lang`` every
    keyword is in that language; without it each stays in its own, or follows the ``langue`` line.

    >>> print(format("score  S\\n +5 si Pays EST France # note\\n"), end="")
    score S
      +5 si Pays EST France  # note
    >>> print(format("score S\\n  +5 si Pays EST France\\n", lang="en"), end="")
    score S
      +5 if Pays IS France

    Raises :class:`SyntaxError` with every syntax error.
    """
    return format_texts({"<text>": text}, lang)[0].text


def format_texts(
    texts: Mapping[str, str], lang: Literal["fr", "en"] | None = None
) -> list[Formatted]:
    """Formats texts that are one program, by name: the types of one decide about the others."""
    formatted = _native.format(list(texts.items()), lang)
    return [
        Formatted(name, text, text != texts[name], kept) for name, text, kept in formatted
    ]


def format_files(
    *paths: str | PathLike[str], lang: Literal["fr", "en"] | None = None
) -> list[Formatted]:
    """Formats the program in files and folders; nothing is written, the texts are returned."""
    return format_texts(dict(_native.sources(list(paths))), lang)


def format_criterion(text: str, lang: Literal["fr", "en"] | None = None) -> str:
    """Puts a criterion that stands alone in its canonical spelling.

    >>> format_criterion("Pays est  Monaco OR Ville CONTIENT nice", lang="fr")
    'Pays EST Monaco OU Ville CONTIENT nice'
    """
    return _native.format_criterion(text, lang)
