"""Words as somebody is typing them: what they ask of the search table, and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from caregiver_app.storage.search import ONE_CJK, folded, typed_words

_MOST_WORDS: Final = 32
_BEFORE: Final = 24
_PIECE: Final = 1000
_COMBINING: Final = re.compile("[\u0300-\u036f]+")
_STARTS_WORD: Final = rf"(?:(?<![^\W_])|(?<={ONE_CJK}))"
_ENDS_SYLLABLE: Final = "(?![\u1160-\u11ff\u3099\u309a])"
"""A folded Korean or Japanese syllable is several characters: it has to be there as a whole."""


class Typed:
    """What was typed so far: each word may be the beginning of one, and all have to occur.

    It is true when there is a word in it at all.
    """

    def __init__(self, query: str) -> None:
        words = query.split()[:_MOST_WORDS]
        self._words = [(word, tokens) for word in words for tokens in typed_words(word)]

    def __bool__(self) -> bool:
        return bool(self._words)

    @property
    def is_one_letter(self) -> bool:
        """Whether it is a single letter, with which some word of nearly every text begins.

        A Chinese, Japanese or Korean character is a word.
        """
        letters = "".join(token for _, tokens in self._words for token in tokens)
        return len(letters) == 1 and not _is_cjk(letters)

    def expression(self, also: Callable[[str], Sequence[str]] | None = None) -> str:
        """Return the FTS5 expression; one letter is looked for in names only.

        Args:
            also: gives for a typed word what an entry may be called instead of holding the word.
        """
        if self.is_one_letter:
            return self.name_expression()
        return " AND ".join(_expression(word, tokens, also) for word, tokens in self._words)

    def name_expression(self) -> str:
        """Return the FTS5 expression for entries that have all the words in their name."""
        words = (_expression(word, tokens, None) for word, tokens in self._words)
        return f"title : ({' AND '.join(words)})"

    def fits(self, text: str) -> bool:
        """Tell whether all the words occur in a text."""
        plain, _ = folded(text)
        return all(pattern.search(plain) for pattern in self._patterns)

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return (start, length) of each place in a text where one of the words stands."""
        plain, origin = folded(text)
        spans = sorted(
            (origin[hit.start()], origin[hit.end() - 1] + 1)
            for pattern in self._patterns
            for hit in pattern.finditer(plain)
        )
        apart: list[tuple[int, int]] = []
        for first, end in spans:
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            if apart and first <= apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((first, end))
        return tuple((first, end - first) for first, end in apart)

    def around(self, text: str, length: int = 120) -> str:
        """Return about `length` characters of a text as one line, the first found word in them."""
        at = self._first_place(text)
        first = max(0, at - _BEFORE)
        if first and (gap := max(text.find(" ", first, at), text.find("\n", first, at))) >= 0:
            first = gap + 1
        last = min(len(text), first + length)
        if last < len(text) and (gap := text.rfind(" ", at + 1, last)) > at:
            last = gap
        middle = " ".join(text[first:last].split())
        return f"{'…' if first else ''}{middle}{'…' if last < len(text) else ''}"

    def _first_place(self, text: str) -> int:
        """Return where the first found word begins, 0 where there is none."""
        # In pieces, so that a long text costs little more than running over it once.
        begin = 0
        while begin < len(text):
            end = begin + _PIECE
            if end < len(text):
                end = max(text.rfind(" ", begin, end), text.rfind("\n", begin, end)) + 1 or end
            piece = text[begin:end]
            plain = _COMBINING.sub("", unicodedata.normalize("NFKD", piece.casefold()))
            if any(pattern.search(plain) for pattern in self._patterns) and (
                spots := self.marks(piece)
            ):
                return begin + spots[0][0]
            begin = end
        return 0

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        words = [[folded(token)[0] for token in tokens] for _, tokens in self._words]
        return [_pattern([token for token in word if token]) for word in words if any(word)]


def _expression(word: str, tokens: list[str], also: Callable[[str], Sequence[str]] | None) -> str:
    typed = f'"{" ".join(tokens)}" *'
    names = [
        " ".join(parts) for name in (also(word) if also else ()) for parts in typed_words(name)
    ]
    if not names:
        return typed
    called = " OR ".join(f'"{name}"' for name in names)
    return f"({typed} OR title : ({called}))"


def _pattern(tokens: list[str]) -> re.Pattern[str]:
    """Return what finds a typed word in a folded text, as the search table would."""
    parts = ["" if _is_cjk(tokens[0][:1]) else _STARTS_WORD, _whole(tokens[0])]
    for before, after in pairwise(tokens):
        apart = r"[\W_]*" if _is_cjk(before[-1:]) or _is_cjk(after[:1]) else r"[\W_]+"
        parts += (apart, _whole(after))
    return re.compile("".join(parts))


def _whole(token: str) -> str:
    return re.escape(token) + (_ENDS_SYLLABLE if _is_cjk(token[-1:]) else "")


def _is_cjk(character: str) -> bool:
    return re.fullmatch(ONE_CJK, character) is not None
