"""The data file of questions for the insurer: its shape, its words, its sources."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from caregiver_app.assets import read_text
from caregiver_app.services.insurer_questions import FILE, load

STATUSES = {"verified here", "partly verified here", "unverified here"}
KINDS = {"hospital", "maker", "insurer", "organisation", "web page"}
ADVICE = re.compile(
    r"\b(skip|stretch|postpone|delay|should|covered|you owe|cheaper|\d+ ?%|\d+ ?(mg|USD|\$))",
    re.IGNORECASE,
)


def data() -> dict:
    return json.loads(read_text(FILE))


def questions() -> list[dict]:
    return [one for group in data()["groups"] for one in group["questions"]]


def test_every_entry_has_what_it_needs_and_nothing_else():
    found = data()
    assert set(found) == {"generated", "about", "foot", "groups", "sources"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["generated"])
    for group in found["groups"]:
        assert set(group) == {"id", "title", "questions"}
        assert group["questions"]
    for one in questions():
        assert set(one) == {"id", "text", "status", "sources"}, one["id"]
        assert one["status"] in STATUSES, one["id"]
        assert one["text"].strip() == one["text"] != ""
        assert "?" in one["text"], one["id"]
        assert len(one["text"]) <= 160, one["id"]


def test_ids_are_single_and_every_source_is_known_and_used():
    ids = [one["id"] for one in questions()]
    assert len(set(ids)) == len(ids)
    named = {name for one in questions() for name in one["sources"]}
    assert named == set(data()["sources"])
    for one in questions():
        has_sources = bool(one["sources"])
        assert has_sources == (one["status"] != "unverified here"), one["id"]


def test_sources_have_names_and_links_only_to_the_short_list():
    hosts = set(json.loads(read_text("reference/sources.en.json"))["link_hosts"])
    for id_, one in data()["sources"].items():
        assert set(one) <= {"name", "kind", "link"}, id_
        assert one["kind"] in KINDS, id_
        if "link" in one:
            assert urlsplit(one["link"]).hostname in hosts, id_
            assert one["link"].startswith("https://")


def test_nothing_advises_estimates_or_names_an_amount():
    for words in (*(one["text"] for one in questions()), data()["foot"]):
        assert not ADVICE.search(words), words


def test_the_program_reads_all_of_it():
    read = load()
    assert [one.id for group in read.groups for one in group.questions] == [
        one["id"] for one in questions()
    ]
    assert load() is read
    chosen = frozenset(("benefit", "site"))
    assert read.sources_of(chosen) == (
        "LegalClarity: Medical versus pharmacy benefit, coverage and costs",
        "BlueCross BlueShield of South Carolina: Specialty medical drugs",
        "PharmaDossier: Benefit verification, medical versus pharmacy benefit",
    )
    assert read.sources_of(frozenset()) == ()
