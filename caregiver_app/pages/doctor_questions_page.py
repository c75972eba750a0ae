"""The open questions for the doctor on paper, each with room to write the answer."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.flow import whole
from caregiver_app.pages.paper import Block, Run, Sheet, tr
from caregiver_app.pages.plain_pages import PlainPage, in_parts
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_INDENT_PT: Final = 22.0
_ANSWER_LINES: Final = 2
_FEW, _MORE_LINES = 4, 4
"""So few questions have so many lines each."""
_EMPTY: Final = 5
"""So many numbered places wait while nothing was asked yet."""


@value
class DoctorQuestionsPage:
    """Whose questions, for which visit, and the open ones in their order."""

    person: str
    visit: str
    questions: tuple[str, ...]
    printed_at: str = ""

    @property
    def name(self) -> str:
        """What the page is called."""
        return tr("Questions for the doctor")


def doctor_questions_page(page: DoctorQuestionsPage) -> Printed:
    """Return the questions as pages to print."""
    return Printed(page.name, lambda sheet: _leaves(sheet, page))


def _leaves(sheet: Sheet, page: DoctorQuestionsPage) -> list[Leaf]:
    plain = PlainPage(sheet)
    said = " · ".join(part for part in (page.person, page.visit) if part)
    asked = page.questions or ("",) * _EMPTY
    lines = _MORE_LINES if len(asked) <= _FEW else _ANSWER_LINES
    blocks = [
        block
        for number, text in enumerate(asked, start=1)
        for block in _question(plain, number, text, lines)
    ]
    groups = [plain.group(tr("What we want to ask"), blocks)]
    return plain.leaves([plain.title(page.name, said)], groups, page.person, page.printed_at)


def _question(plain: PlainPage, number: int, text: str, lines: int) -> list[Block]:
    """Return a question with the lines for its answer; no page turns before those."""
    first, *others = in_parts(text)
    blocks = [_words(plain, f"{number}.", first), *(_words(plain, " ", one) for one in others)]
    return [*blocks[:-1], whole([blocks[-1], plain.to_write(lines, indent=_INDENT_PT)])]


def _words(plain: PlainPage, count: str, text: str) -> Block:
    sheet = plain.sheet
    left, above = sheet.pt(_INDENT_PT), sheet.pt(7)
    aside = sheet.text([Run(count, bold=True)], left)
    words = sheet.text([Run(text or " ", bold=True)], sheet.width - left)

    def paint(x: float, y: float, _: float) -> None:
        aside.paint(sheet.painter, x, y + above)
        words.paint(sheet.painter, x + left, y + above)

    return Block(above + words.height, paint)
