# ruff: noqa: RUF001 - Chinese has punctuation of its own
"""The made-up carer's own notes, and the questions for the doctors with their answers."""

from __future__ import annotations

from caregiver_app.domain.entities import Note, Question
from caregiver_app.domain.plans import visit_id
from caregiver_app.services.demo.making import BELIMUMAB, INFLIXIMAB, MEI, MEI_PAST, ROSA, Maker

_LISTENING, _REASSURANCE, _COMPANY, _OUTLETS = "listening", "reassurance", "company", "outlets"
_CALM, _SO_SO, _LOW = "calm", "so-so", "low"

_NOTES = (
    (1, "21:10", ROSA, _OUTLETS, _CALM,
     "Laughed at the old photos. Says the waiting is harder than the needle."),
    (2, "18:30", ROSA, _LISTENING, _LOW,
     "她说不想再谈治疗了，我们就去散步。(She didn’t want to talk about treatment, so we walked.)"),
    (3, "20:40", ROSA, _COMPANY, _SO_SO, "Slept in the chair. Two episodes, one sandwich."),
    (9, "22:00", ROSA, _REASSURANCE, _SO_SO,
     "She asked if it will hurt. I said I don’t know, and that I stay the whole time."),
    (16, "20:15", MEI, _COMPANY, _CALM, "输液的时候一起听评书。The nurse listened too."),
    (21, "19:00", ROSA, _LISTENING, _LOW, "The letter came. We read it twice and put it away."),
    (34, "21:30", MEI, _LISTENING, _SO_SO, "说起以前在学校的事，讲了一个小时。"),
    (45, "18:00", ROSA, _OUTLETS, _CALM, "Repotted the basil with gloves on. Her idea."),
    (58, "23:10", MEI, _LISTENING, _LOW, "Tired of being tired. I said nothing clever, made tea."),
    (71, "20:20", MEI, _REASSURANCE, _SO_SO, "她怕给哥哥添麻烦。Jian said: 不麻烦。"),
    (84, "17:45", ROSA, _COMPANY, _CALM, "Teo came with soup. Three of us, one radio play."),
    (101, "21:00", MEI, _OUTLETS, _CALM, "画了两张小画，贴在冰箱上。"),
    (120, "22:15", ROSA, _LISTENING, _LOW, "Bad hands, bad mood. We did the buttons together."),
    (140, "19:30", MEI, _COMPANY, _CALM, "Dumplings with Jian. 她擀皮，我包。"),
    (163, "20:00", ROSA, _REASSURANCE, _SO_SO, "She likes to know the plan of the day. I say it."),
    (188, "21:20", MEI, _LISTENING, _SO_SO, "头痛的时候不要说话，拉上窗帘就好。"),
    (214, "18:40", ROSA, _OUTLETS, _CALM, "Choir again. She sat, and sang loudest."),
    (240, "20:50", MEI, _COMPANY, _CALM, "A whole film without a break."),
    (266, "22:30", ROSA, _LISTENING, _LOW,
     "Shouted at the jar, then at me, then laughed. The Ärztin would have laughed too."),
    (301, "19:15", MEI, _REASSURANCE, _SO_SO, "Waiting room full. I counted the fish with her."),
    (333, "21:40", ROSA, _COMPANY, _CALM, "Birthday by phone with Mexico. Two cakes, one eaten."),
    (365, "20:10", MEI, _OUTLETS, _CALM,
     "一年了。我们在河边走了走。(One year. We walked by the river.)"),
    (398, "18:20", ROSA, _LISTENING, _LOW, "She could not open the door today. She told Ana."),
    (431, "21:05", MEI, _LISTENING, _SO_SO, "想家。打了一个长电话。"),
    (470, "19:50", ROSA, _OUTLETS, _CALM, "The bench by the pond is the right height."),
    (512, "20:35", MEI, _COMPANY, _CALM, "Cards with the whole corridor."),
    (560, "22:05", ROSA, _REASSURANCE, _SO_SO, "We wrote the worry down and left it on the shelf."),
    (604, "18:55", MEI, _LISTENING, _LOW, "第一次说：我很害怕。I held her hand."),
    (655, "20:25", ROSA, _COMPANY, _CALM, "Everybody came. She sat in the middle like a queen."),
    (702, "21:15", MEI, _REASSURANCE, _SO_SO, "New clinic, new chairs. The nurse learned 谢谢."),
    (728, "19:10", ROSA, _LISTENING, _SO_SO, "First page of this notebook."),
)  # fmt: skip
"""Days ago, hour, whose, room, mood, words."""

_KEPT = (3, 365)
"""Notes of these days are kept at the top."""
_TAGS = {
    1: ("photos",), 2: ("散步 walk",), 3: ("infusion day",), 9: ("needle",),
    21: ("letter", "money"), 45: ("garden",), 84: ("infusion day",), 101: ("画画",),
    214: ("choir",), 240: ("infusion day",), 365: ("散步 walk",), 470: ("walk",),
}  # fmt: skip
"""What the notes of these days are filed under."""
_OF_VISIT = {3: visit_id(INFLIXIMAB, 1), 16: visit_id(BELIMUMAB, MEI_PAST)}
"""The visits that the notes of these days belong to."""

_ABOUT_ME = (
    (5, "23:20", ROSA, _LISTENING, _LOW, "Snapped at the kettle. Six hours of sleep in two days."),
    (12, "21:50", ROSA, _OUTLETS, _CALM, "An hour at the pool. Nobody needed me. 一个人真好。"),
    (40, "22:40", MEI, _LISTENING, _SO_SO, "Jian asked how I am. I had to think about it."),
)
"""What is about the carer alone: days ago, hour, beside whom it stands, room, mood, words."""

_QUESTIONS = (
    (1, ROSA, "Is the evening headache worth a call?", ""),
    (2, ROSA, "Can the next blood test be nearer home?", ""),
    (6, MEI, "Is the tiredness in the last week before an infusion something to watch?", ""),
    (8, MEI, "The approval ends in a few weeks. Who asks for the next one?", ""),
    (30, ROSA, "May Ana stay in the room?", "Yes, one visitor."),
    (31, ROSA, "Where do we park?", "Level 2, the lift goes to the door."),
    (52, MEI, "可以带自己的枕头吗？", "可以，带一个干净的枕套。"),
    (80, ROSA, "Which arm do they prefer?", "Left. They wrote it down."),
    (131, MEI, "Who answers at night?", "The out-of-hours number. It is on the fridge now."),
    (220, ROSA, "Does the clinic have large print?", "They send the letter in large print now."),
    (290, MEI, "可以请翻译吗？", "可以，提前三天打电话。"),
    (370, MEI, "Which papers every time?", "The card and the list of medicines."),
    (480, ROSA, "How early should we be there?", "A quarter of an hour."),
    (610, MEI, "Can Jian come along?", "Yes, and he can interpret."),
)  # fmt: skip
"""Days ago, whose, the question, the answer."""


def fill(maker: Maker) -> None:
    """Write down notes and questions."""
    for days, hour, person, room, mood, text in _NOTES:
        at = maker.moment(maker.day(-days), hour)
        note = Note(
            id=f"note-{days}",
            person=person,
            room=room,
            mood=mood,
            text=text,
            at=at,
            pinned=days in _KEPT,
            tags=_TAGS.get(days, ()),
            visit=_OF_VISIT.get(days),
        )
        maker.put(note, at)
    for days, hour, person, room, mood, text in _ABOUT_ME:
        at = maker.moment(maker.day(-days), hour)
        own = Note(
            id=f"note-me-{days}", person=person, room=room, mood=mood, text=text, at=at,
            about="carer",
        )  # fmt: skip
        maker.put(own, at)
    for days, person, text, answer in _QUESTIONS:
        asked = maker.moment(maker.day(-days), "17:15")
        question = Question(id=f"question-{days}", person=person, text=text, answer=answer)
        maker.put(question, asked)
