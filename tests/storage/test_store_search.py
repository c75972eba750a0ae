"""Whatever somebody types finds the right entries and never an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Contact, Note, OwnSign, Question
from caregiver_app.storage import search
from tests.storage.making import NOW, filled, note, visit

TEXTS = {
    "german": "Die Ärztin war freundlich. Müde nach der Straße.",
    "french": "Cafe\u0301 avec Élodie, déjà vu",  # one accent as a character of its own
    "chinese": "今天头痛得厉害，晚上好一些",
    "reversed": "痛头",
    "mixed": "MRI检查在9点",
    "japanese": "アスピリンを飲んだ。がんばった",
    "halfwidth": "ｱｽﾋﾟﾘﾝ 100",
    "korean": "이부프로펜 먹었어요",
    "russian": "Голова болит с утра",
    "arabic": "صداع شديد اليوم",
    "symbols": 'C++ & 50% *star* "quoted" it\'s (fine) AND OR NOT near',
    "phone": "call +1 555-0100 x7",
    "emoji": "a good day 😀 indeed",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("data")) as made:
        with made.change("x", undoable=False):
            for entry, text in TEXTS.items():
                made.put(note(entry, text))
            made.put(visit("clinic", NOW.replace(tzinfo=None), title="Infusion", place="Café Weiß"))
            made.put(Contact(id="doctor", person="ana", name="Dr. Sørensen", phone="555-0199"))
            made.put(Question(id="question", person="ana", text="More tea?", answer="Ja, Kräuter"))
        yield made


CASES = [
    ("arztin", {"german"}),
    ("ÄRZTIN", {"german"}),
    ("ärzt", {"german"}),
    ("rztin", set()),
    ("mude freund", {"german"}),
    ("freundlich mude", {"german"}),
    ("freund mude", set()),
    ("freund tired", set()),
    ("die freundlich wa", {"german"}),
    ("cafe", {"french", "clinic"}),
    ("café", {"french", "clinic"}),
    ("elodie", {"french"}),
    ("头痛", {"chinese"}),
    ("痛头", {"reversed"}),
    ("头", {"chinese", "reversed"}),
    ("头 厉害", {"chinese"}),
    ("头厉", set()),
    ("检查", {"mixed"}),
    ("mri检查", {"mixed"}),
    ("mri", {"mixed"}),
    ("检查在9点", {"mixed"}),
    ("アスピリン", {"japanese", "halfwidth"}),
    ("ｱｽﾋﾟﾘﾝ", {"japanese", "halfwidth"}),
    ("がん", {"japanese"}),
    ("프로펜", {"korean"}),
    ("голова бол", {"russian"}),
    ("صداع", {"arabic"}),
    ("555-0100", {"phone"}),
    ("+1 555", {"phone"}),
    ("555", {"phone", "doctor"}),
    ("c++ fine", {"symbols"}),
    ("it's", {"symbols"}),
    ("and or not near", {"symbols"}),
    ("NEAR(star quoted)", set()),
    ("krauter", {"question"}),
    ("sorensen", set()),
    ("sørensen", {"doctor"}),
    ("weiß", {"clinic"}),
    ("", set()),
    ("   ", set()),
    ("😀", set()),
    ("\"'*()^-+:{}[]\\", set()),
]


@pytest.mark.parametrize(("query", "wanted"), CASES)
def test_it_finds(store, query, wanted):
    assert {hit.id for hit in store.search(query)} - {"n1", "a1", "s1"} == wanted


def test_hits_of_some_kinds_only_and_at_most_so_many(store):
    assert {hit.kind for hit in store.search("555", kinds=["contact"])} == {"contact"}
    assert store.search("555", kinds=[]) == []
    assert len(store.search("555", limit=1)) == 1


def test_a_name_weighs_more_than_a_text(store):
    with store.change("x"):
        store.put(visit("named", NOW.replace(tzinfo=None), title="Kamille"))
        store.put(visit("noted", NOW.replace(tzinfo=None), title="Tea", note="Kamille"))
    assert [hit.id for hit in store.search("kamille")] == ["named", "noted"]


def test_a_hit_shows_the_original_words(store):
    (hit,) = store.search("头痛")
    assert hit.snippet == "今天头痛得厉害，晚上好一些"
    assert hit.title == hit.snippet
    (hit,) = store.search("krauter")
    assert (hit.title, hit.snippet) == ("More tea?", "More tea? Ja, Kräuter")


def test_a_long_text_is_cut_around_the_match():
    text = "word " * 60 + "Ärztin Anna " + "more " * 60
    cut = search.snippet_of(text, "arztin")
    assert "Ärztin Anna" in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) < 90
    assert search.snippet_of("short", "nowhere") == "short"
    assert search.snippet_of("字" * 100 + "头痛" + "字" * 100, "头痛").count("头痛") == 1


def test_a_long_title_is_cut():
    assert search.title_of("", "first line\nsecond") == "first line"
    assert len(search.title_of("x" * 200, "")) == 80


def test_new_words_are_found_and_old_ones_are_not(store):
    with store.change("x"):
        store.put(note("turning", "Sommer"))
    with store.change("x"):
        store.put(note("turning", "Winter"))
    assert store.search("sommer") == []
    assert [hit.id for hit in store.search("winter")] == ["turning"]
    with store.change("x"):
        store.put(note("turning", ""))
    assert store.search("winter") == []
    with store.change("x"):
        store.remove(Note, "turning", NOW)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(), max_size=30) | st.text("\"'*()^-+:{}~ANDORNOTEaä头 \0́", max_size=20)
)
def test_nothing_that_is_typed_is_an_error(store, query):
    for hit in store.search(query):
        assert hit.title


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("aäÖß é头痛がけ한글xyz-.", min_size=1, max_size=20))
def test_every_text_finds_itself(store, text):
    with store.change("x", undoable=False):
        store.put(note("itself", text))
    found = {hit.id for hit in store.search(text)}
    expected = search.match_expression(text) is not None
    assert ("itself" in found) is expected


def test_words_of_a_list_are_found_as_words(tmp_path):
    with filled(tmp_path) as store, store.change("x"):
        store.put(OwnSign(id="o", person="ana", name="Buzzing", also=("耳鸣", "Ärger im Ohr")))
        for query in ("耳鸣", "arger", "ohr", "buzz"):
            assert [hit.id for hit in store.search(query)] == ["o"], query
        (hit,) = store.search("arger")
        assert hit.snippet == "Buzzing 耳鸣 Ärger im Ohr"
        store.put(OwnSign(id="o", person="ana", name="Buzzing", also=("hum",)))
        assert store.search("耳鸣") == []
