"""Amounts of money as a family types them, read exactly or refused with a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from caregiver_app.errors import InputRefused

LARGEST_DIGITS: Final = 12
"""So many digits stand before the decimal mark at most: more are a slip of the finger."""
_CENTS: Final = 3
_LONGEST: Final = 60
_WORDS: Final = frozenset((
    "kr", "fr", "sfr", "ft", "lei", "rs", "din", "dh", "rp", "rm", "r", "euro", "euros", "dollar",
    "dollars", "pound", "pounds", "franken",
))  # fmt: skip
"""Currencies in words and short forms; other ones are three letters or a sign such as €."""
_TIMES: Final = frozenset((
    "k", "m", "t", "mn", "bn", "mil", "mio", "mln", "mrd", "mld", "bln", "tsd", "tys", "tis", "lac",
    "crs", "mcg", "mls", "тыс", "тис", "млн", "млрд",
))  # fmt: skip
_TIMES_MARKS: Final = frozenset("十百千万亿兆拾佰仟萬億천만억조백")
"""What beside a number says thousands and more: 5万 is not 5."""
_ALIKE_CURRENCIES: Final = (
    frozenset(("€", "eur", "euro", "euros")),
    frozenset(("£", "gbp", "pound", "pounds")),
    frozenset(("$", "us$", "usd", "c$", "ca$", "cad", "a$", "aud", "dollar", "dollars")),
    frozenset(("¥", "jpy", "cny", "rmb", "円", "元", "人民币")),
    frozenset(("chf", "fr", "sfr", "franken")),
)
"""Ways to write one currency, or several that share a sign."""
_LONGEST_WORD: Final = 4
_NUMBER: Final = re.compile(r"[0-9][0-9.,' ]*[0-9]|[0-9]")
_ENDING: Final = re.compile(r"(?<=[0-9])([.,])\s*[-\N{EN DASH}\N{EM DASH}]+")
_SPACES: Final = re.compile(r"\s+")
_ALIKE: Final = {
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'",
    ord("\N{ARABIC DECIMAL SEPARATOR}"): ",",
    ord("\N{ARABIC THOUSANDS SEPARATOR}"): "'",
}


def read_amount(text: str, field: str = "amount") -> Decimal:
    """Return the amount that a text says: "120", "1.234,50", "1,234.50", "$ 120", "120,-".

    What stands between thousands and what before the cents both are taken as people write them in
    different countries. A currency may stand before or behind.

    Raises:
        InputRefused: it is empty, no amount, below zero or too large, or it can be read in two
            ways, as "1.234" can.
    """
    number, _ = _split(text, field)
    whole, cents = _parts(number, field)
    if len(whole) > 1 and whole.startswith("0"):
        raise InputRefused("money.not", field, text=text.strip())
    if len(whole) > LARGEST_DIGITS:
        raise InputRefused("money.large", field, digits=LARGEST_DIGITS)
    return Decimal(f"{whole}.{cents}" if cents else whole)


def read_currency(text: str, field: str = "amount") -> str:
    """Return the currency that stands beside an amount as it was typed, "" where there is none.

    Raises:
        InputRefused: there is no amount in the text.
    """
    return _split(text, field)[1]


def contradict(one: str, other: str) -> bool:
    """Tell whether two currencies as typed cannot be the same: "€" and "USD", not "€" and "Euro".

    What is not known well contradicts nothing.
    """
    names = [text.strip().removesuffix(".").casefold() for text in (one, other)]
    groups = [next((each for each in _ALIKE_CURRENCIES if name in each), None) for name in names]
    return None not in groups and groups[0] != groups[1]


def plain(amount: Decimal) -> str:
    """Return an amount as it is kept: digits, and a point before the cents."""
    return f"{amount:f}"


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of amounts that were read."""
    return sum(amounts, Decimal(0))


def _split(text: str, field: str) -> tuple[str, str]:
    """Return the number in a text and the currency beside it.

    Raises:
        InputRefused: there is not one number, or something else than a currency beside it.
    """
    shown = text.strip()
    if not shown:
        raise InputRefused("money.empty", field)
    plain_text = _SPACES.sub(" ", "".join(map(_digit, unicodedata.normalize("NFKC", shown))))
    plain_text = _ENDING.sub(r"\g<1>00", plain_text.translate(_ALIKE))
    found = _NUMBER.search(plain_text)
    if found is None or len(shown) > _LONGEST:
        raise InputRefused("money.not", field, text=shown[:_LONGEST])
    before = plain_text[: found.start()].strip()
    after = plain_text[found.end() :].strip()
    if before[:1] in {"-", "\N{MINUS SIGN}"} or before[-1:] in {"-", "\N{MINUS SIGN}"}:
        raise InputRefused("money.negative", field)
    if (before and after) or not all(_is_currency(one) for one in (before, after) if one):
        raise InputRefused("money.not", field, text=shown)
    return found.group(), before or after


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _is_currency(text: str) -> bool:
    """Tell whether a text is a sign, three letters, or a known or foreign short word."""
    word = text.removesuffix(".").casefold()
    letters = "".join(one for one in word if unicodedata.category(one) != "Sc")
    if letters and not letters.isalpha():
        return False
    if letters in _TIMES or not _TIMES_MARKS.isdisjoint(letters):
        return False
    if len(letters) < len(word):
        return len(word) - len(letters) == 1 and len(letters) < _LONGEST_WORD
    if word.isascii():
        return word in _WORDS or len(text) == _CENTS
    return len(word) <= _LONGEST_WORD


def _parts(number: str, field: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark.

    Raises:
        InputRefused: the marks between them make no number, or two.
    """
    refused = InputRefused("money.not", field, text=number)
    marks = [one for one in number if not one.isdigit()]
    last = marks[-1] if marks else ""
    if not marks:
        return number, ""
    if last in {" ", "'"} or marks.count(last) > 1:
        if len(set(marks)) > 1 or not _is_grouped(number, last):
            raise refused
        return number.replace(last, ""), ""
    head, _, cents = number.rpartition(last)
    between = set(marks[:-1])
    if len(between) > 1 or not 1 <= len(cents) <= _CENTS:
        raise refused
    if between:
        mark = between.pop()
        if not _is_grouped(head, mark):
            raise refused
        return head.replace(mark, ""), cents
    if len(cents) == _CENTS and _is_grouped(number, last):
        raise InputRefused("money.two_ways", field, text=number, whole=f"{head}{cents}")
    return head, cents


def _is_grouped(text: str, mark: str) -> bool:
    """Tell whether a mark stands where thousands are parted, as written here or in India."""
    first, *groups = text.split(mark)
    if not groups or not 1 <= len(first) <= _CENTS or first.startswith("0"):
        return False
    inner = {len(group) for group in groups[:-1]}
    return len(groups[-1]) == _CENTS and inner in (set(), {_CENTS}, {_CENTS - 1})
