"""Finding while somebody types: all words, each from its beginning, the nearest first."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Authorisation, BagItem, CheckIn, Contact, Note, Question
from caregiver_app.errors import DataDamaged
from caregiver_app.storage import finding
from caregiver_app.storage.finding import Finder
from caregiver_app.storage.search import SEARCHED
from caregiver_app.storage.typed import Typed
from tests.storage.making import NOW, effect, filled, note, opened, tamper, visit

TODAY = date(2026, 11, 21)
ALL = dict.fromkeys(SEARCHED, 5)


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path) as made:
        yield made


def put(store, *entries):
    with store.change("x"):
        for entry in entries:
            store.put(entry)


def found(store, query, limits=None, also=None):
    """For each kind the ids in their order."""
    told = Finder(store).find(Typed(query), TODAY, limits or ALL, also)
    return {kind: [one.id for one in each.first] for kind, each in told.items()}


def day(ahead: int) -> datetime:
    return datetime(2026, 11, 21, 9) + timedelta(days=ahead)


# ---- words -------------------------------------------------------------------------------------
def test_each_word_may_be_the_beginning_of_one(store):
    put(store, note("n2", "Willow Lane called about the letter"))
    assert found(store, "will la let") == {"note": ["n2"]}
    assert found(store, "will zebra") == {}
    assert found(store, "illow") == {}


def test_one_letter_is_looked_for_in_names_only_but_a_chinese_one_everywhere(store):
    put(store, note("n2", "walked"), note("n3", "头痛"), visit("w", day(1), title="Walk", note="x"))
    assert found(store, "w") == {"appointment": ["w"]}
    assert found(store, "wa") == {"appointment": ["w"], "note": ["n2"]}
    assert found(store, "头") == {"note": ["n3"]}


def test_entries_are_found_by_what_they_are_called_otherwise(store):
    put(store, effect("flare", TODAY, sign="joint_flare"), note("n2", "joint flare, she said"))
    names = {"tired": ["fatigue"], "stiff": ["joint_flare"]}
    also = lambda word: names.get(word, [])  # noqa: E731
    assert found(store, "tired", also=also) == {"side_effect": ["s1"]}
    # The name has to be in the name of an entry; a note has none.
    assert found(store, "stiff", also=also) == {"side_effect": ["flare"]}
    assert found(store, "stiff tired", also=also) == {}


@pytest.mark.parametrize("query", ["", "  ", "?!", "\"'*()^-+:{}[]\\", "😀"])
def test_what_is_no_word_finds_nothing(store, query):
    assert not Typed(query)
    assert found(store, query) == {}


# ---- order -------------------------------------------------------------------------------------
def test_visits_to_come_stand_first_then_those_that_were_then_cancelled_ones(store):
    put(
        store,
        visit("far", day(30), title="Blood test"),
        visit("soon", day(2), title="Blood test"),
        visit("was", day(-2), title="Blood test"),
        visit("long-ago", day(-300), title="Blood test"),
        visit("off", day(1), title="Blood test", status="cancelled"),
    )
    assert found(store, "blood")["appointment"] == ["soon", "far", "was", "long-ago", "off"]


def test_those_named_so_stand_before_those_that_only_mention_it(store):
    put(
        store,
        visit("mentions", day(1), title="Dr Sol", note="blood results"),
        visit("named", day(9), title="Blood test"),
    )
    assert found(store, "blood")["appointment"] == ["named", "mentions"]


def test_the_newest_words_stand_first_and_open_questions_before_answered_ones(store):
    earlier = NOW - timedelta(days=3)
    put(
        store,
        note("old", "tea", earlier),
        note("new", "tea", NOW),
        effect("old-sign", TODAY - timedelta(days=9), text="tea"),
        effect("new-sign", TODAY, text="tea"),
        CheckIn(id="old-day", person="ana", date=date(2026, 1, 1), text="tea"),
        CheckIn(id="new-day", person="ana", date=date(2026, 2, 1), text="tea"),
        Question(id="answered", person="ana", text="tea?", answer="yes", created=NOW),
        Question(id="open", person="ana", text="tea?", created=earlier),
        Authorisation(id="ended", person="ana", last=date(2025, 1, 1), insurer="tea"),
        Authorisation(id="valid", person="ana", last=date(2027, 1, 1), insurer="tea"),
        visit("v", day(8), title="x"),
        BagItem(id="a1:x", visit="a1", key="x", label="tea"),
        BagItem(id="v:x", visit="v", key="x", label="tea"),
    )
    told = found(store, "tea")
    assert told["note"] == ["n1", "new", "old"]
    assert told["side_effect"] == ["new-sign", "old-sign"]
    assert told["checkin"] == ["new-day", "old-day"]
    assert told["question"] == ["open", "answered"]
    assert told["authorisation"] == ["valid", "ended"]
    assert told["bag_item"] == ["v:x", "a1:x"]


def test_all_are_counted_and_only_so_many_returned(store):
    put(store, *(note(f"tea{number}", "tea") for number in range(30)))
    told = Finder(store).find(Typed("tea"), TODAY, {"note": 7})
    assert (told["note"].total, len(told["note"].first)) == (31, 7)
    assert Finder(store).find(Typed("tea"), TODAY, {"contact": 7}) == {}


def many(store) -> None:
    """Enough of each kind of which there may be much, in no order, and other things between."""
    for number in range(90):
        ahead = (number * 37) % 181 - 90
        put(
            store,
            visit(f"v{number}", day(ahead), title=("Tea" if number % 3 else "Coffee")),
            effect(f"e{number}", day(ahead).date(), text="tea" if number % 4 else "coffee"),
            note(f"m{number}", "tea" if number % 2 else "coffee", NOW + timedelta(hours=ahead)),
            CheckIn(id=f"c{number}", person="ana", date=day(ahead).date(), text="tea"),
        )
    put(store, visit("daily", day(-50), title="Tea", rrule="FREQ=DAILY"))


@pytest.mark.parametrize("limit", [5, 20, 200])
def test_much_comes_in_the_same_order_as_little(store, monkeypatch, limit):
    many(store)
    limits = dict.fromkeys(SEARCHED, limit)
    little = found(store, "tea", limits)
    monkeypatch.setattr(finding, "FEW", 0)
    monkeypatch.setattr(finding, "_FIRST_LOOK", 4)
    much = found(store, "tea", limits)
    for kind in ("side_effect", "note", "checkin"):
        assert much[kind] == little[kind]
    # A series has no day of its own: it stands among those of today, or after those to come.
    assert [one for one in much["appointment"] if one != "daily"][: limit - 1] == [
        one for one in little["appointment"] if one != "daily"
    ][: limit - 1]
    assert sorted(much["appointment"]) == sorted(little["appointment"]) or limit < 60


def test_a_few_hits_among_much_of_another_kind_are_found(store, monkeypatch):
    many(store)
    put(store, Contact(id="teas", person="ana", name="Tea house"))
    monkeypatch.setattr(finding, "FEW", 10)
    assert found(store, "tea")["contact"] == ["teas"]


def test_what_was_deleted_is_not_found(store):
    with store.change("x"):
        store.remove(Note, "n1", NOW)
    assert found(store, "mondschein") == {}


def test_a_damaged_entry_is_no_result(tmp_path):
    with filled(tmp_path):
        pass
    tamper(tmp_path, "UPDATE note SET room = 'company' WHERE id = 'n1'")
    with opened(tmp_path) as store, pytest.raises(DataDamaged):
        found(store, "mondschein")


# ---- where the words stand ---------------------------------------------------------------------
def marked(text: str, query: str) -> str:
    """The text with brackets around what was found."""
    for first, length in reversed(Typed(query).marks(text)):
        text = f"{text[:first]}[{text[first : first + length]}]{text[first + length :]}"
    return text


@pytest.mark.parametrize(
    ("text", "query", "wanted"),
    [
        ("Willow Lane, willows", "willow", "[Willow] Lane, [willow]s"),
        ("Die Ärztin war müde", "arzt mud", "Die [Ärzt]in war [müd]e"),
        ("Cafe\u0301 avec", "café", "[Cafe\u0301] avec"),
        ("Straße", "stras", "[Straß]e"),
        ("今天头痛得厉害", "头痛", "今天[头痛]得厉害"),
        ("今天头痛得厉害", "痛 厉", "今天头[痛]得[厉]害"),
        ("MRI检查在9点", "mri检", "[MRI检]查在9点"),
        ("Follow-up 12", "follow-u", "[Follow-u]p 12"),
        ("followup", "follow-up", "followup"),
        ("がん", "か", "がん"),
        ("がん", "が", "[が]ん"),
        ("한글", "하", "한글"),
        ("ｱｽﾋﾟﾘﾝ", "アスピ", "[ｱｽﾋﾟ]ﾘﾝ"),
        ("検査MRI", "mri", "検査[MRI]"),
        ("joint_flare", "flare", "joint_[flare]"),
        ("breathless", "less", "breathless"),
        ("😀😀 tea", "tea", "😀😀 [tea]"),
        ("ﬁsh", "fi", "[ﬁ]sh"),
        ("tea tea", "te tea", "[tea] [tea]"),
        ("<b>tea</b>", "tea", "<b>[tea]</b>"),
        ("tea", "", "tea"),
    ],
)
def test_found_words_are_marked_as_they_are_written(text, query, wanted):
    assert marked(text, query) == wanted


def test_a_text_is_cut_so_that_the_first_found_word_can_be_read():
    long = "word " * 400 + "the Ärztin said\nso " + "more " * 400
    cut = Typed("arzt").around(long)
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert 8 < cut.index("Ärztin") < 30
    assert "\n" not in cut
    assert len(cut) < 130
    assert Typed("tea").around("short\ntext") == "short text"
    assert Typed("zebra").around("x" * 300) == "x" * 120 + "…"
    assert Typed("头").around("字" * 5000 + "头" + "字" * 50).count("头") == 1


SIGNS = ("a", "ä", "Ö", "ß", " ", "e\u0301", "頭", "痛", "が", "か", "け", "한", "하", "글", "ﾋﾟ",
         "x", "y", "z", "-", ".", "_")  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(SIGNS), max_size=20).map("".join),
    st.lists(st.sampled_from(SIGNS), max_size=8).map("".join),
)
def test_found_means_that_the_words_can_be_marked(store, text, query):
    put(store, note("itself", text))
    typed = Typed(query)
    if typed and not typed.is_one_letter:
        assert ("itself" in found(store, query, {"note": 9}).get("note", [])) is typed.fits(text)
        assert bool(typed.marks(text)) or not typed.fits(text)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(), max_size=30) | st.text("\"'*()^-+:{}~ANDORNOTEaä头 \0́", max_size=20)
)
def test_nothing_that_is_typed_is_an_error(store, query):
    found(store, query, also=lambda word: [word])
    typed = Typed(query)
    typed.marks(query)
    typed.around(query)


def test_no_more_than_32_words_are_looked_for(store):
    put(store, note("n2", " ".join(f"word{number}" for number in range(40))))
    assert found(store, " ".join(f"word{number}" for number in range(40)) + " zebra") == {
        "note": ["n2"]
    }
