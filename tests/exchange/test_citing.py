# SPDX-License-Identifier: Apache-2.0
"""Citations: what they say, and that the programs they are for read them as they were meant."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import AWKWARD, knowledge_bases, simple_kb

from exograph import cli, vocab
from exograph.exchange.citing import Author, Edition, Note, Work, works
from exograph.exchange.citing_forms import FORMS, bibtex, csl, ris, text
from exograph.ids import claim_id
from exograph.model import Attribute, Claim, KnowledgeBase, Reference, Source
from exograph.paths import PathQuery, find

SCHEMA = json.loads(
    (resources.files("exograph") / "schemas" / "cite.json").read_text(encoding="utf-8")
)
EDITION = Edition("1.2.3", "0123456789abcdef" * 2, "2026-11-27")
SPECIAL = (
    r"A {b} } { \c & 50% of #1_$x ~^ @article{k, é IL-1β 外泌体" + '"q"\n\r\x0b\x85\u2028TY  - JOUR'
)
MEANT = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{mark}": mark for mark in "&%$#_"},
}
"""What LaTeX prints for what a special character is written as."""


def read_bibtex(written: str) -> list[dict[str, str]]:
    """The entries as a parser gives them, whatever it could not read being a failure."""
    library = bibtexparser.parse_string(written)
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [
        {"key": e.key, "type": e.entry_type, **{k: f.value for k, f in e.fields_dict.items()}}
        for e in library.entries
    ]


def printed(value: str) -> str:
    """What LaTeX makes of a value."""
    bare = value.removeprefix("{").removesuffix("}") if value.startswith("{") else value
    parts = re.split(r"(\\[a-z]+\{\}|\\.)", bare)
    assert not any(re.search(r"[\\{}&%$#_~^]", part) for part in parts[::2]), value
    return "".join(MEANT[p] if n % 2 else p for n, p in enumerate(parts))


def flat(value: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", value).strip()


def paper(**known) -> Work:
    return Work("some-key", "article", **known)


def test_a_whole_paper_reads_the_same_in_every_form():
    work = paper(
        title="Exosomes & wounds",
        author=Author("El Baradie", "K. B. Y.", others=True),
        year=2020,
        journal="J Cell Mol Med",
        doi="10.1111/jcmm.16192",
        pmid="33305521",
        pmcid="PMC7882955",
    )
    (entry,) = read_bibtex(bibtex([work]))
    assert entry == {
        "key": "some-key",
        "type": "article",
        "author": "El Baradie, K. B. Y. and others",
        "title": r"{Exosomes \& wounds}",
        "journal": "J Cell Mol Med",
        "year": "2020",
        "doi": "10.1111/jcmm.16192",
        "pmid": "33305521",
        "pmcid": "PMC7882955",
        "url": "https://doi.org/10.1111/jcmm.16192",
    }
    (record,) = rispy.loads(ris([work]))
    assert record == {
        "type_of_reference": "JOUR",
        "id": "some-key",
        "authors": ["El Baradie, K. B. Y."],
        "title": "Exosomes & wounds",
        "journal_name": "J Cell Mol Med",
        "year": "2020",
        "doi": "10.1111/jcmm.16192",
        "accession_number": "33305521",
        "custom2": "PMC7882955",
        "urls": ["https://doi.org/10.1111/jcmm.16192"],
        "notes": ["Only the first author is recorded."],
    }
    (item,) = csl([work])
    assert item["author"] == [{"family": "El Baradie", "given": "K. B. Y."}]
    assert item["issued"] == {"date-parts": [[2020]]}
    assert (item["type"], item["container-title"]) == ("article-journal", "J Cell Mol Med")
    assert text(work, "zh").startswith("El Baradie K. B. Y.等 (2020)。Exosomes & wounds。J Cell")


def test_only_a_doi_is_a_misc_entry_that_invents_nothing():
    work = paper(doi="10.1000/182")
    (entry,) = read_bibtex(bibtex([work]))
    url = "https://doi.org/10.1000/182"
    assert entry == {"key": "some-key", "type": "misc", "doi": "10.1000/182", "url": url}
    (record,) = rispy.loads(ris([work]))
    assert record.keys() == {"type_of_reference", "id", "doi", "urls"}
    assert csl([work]) == [{"id": "some-key", "type": "document", "DOI": "10.1000/182", "URL": url}]
    assert text(work, "en") == f"(n.d.). [title not recorded]. {url}"


@pytest.mark.parametrize("given", [SPECIAL, *AWKWARD])
def test_special_characters_come_back_from_bibtex_and_ris(given):
    note = Note(given, given)
    work = paper(title=given, journal=given, year=2020, author=Author(given), notes=(note,))
    (entry,) = read_bibtex(bibtex([work]))
    assert entry["type"] == "article"
    assert printed(entry["title"]) == printed(entry["journal"]) == flat(given)
    assert printed(entry["note"]).rstrip(".") == flat(given).rstrip(".")
    (record,) = rispy.loads(ris([work]))
    assert record["title"] == record["journal_name"] == flat(given)
    assert record["notes"] == [flat(given)]


def test_a_reader_of_latex_sees_what_was_meant():
    given = r"A \c & 50% of #1_$x ~ IL-1β 外泌体"
    written = bibtex([paper(title=given)])
    library = bibtexparser.parse_string(written, append_middleware=[LatexDecodingMiddleware()])
    assert library.entries[0]["title"] == given


def test_an_address_with_a_semicolon_stays_one():
    (record,) = rispy.loads(ris([paper(doi="10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#")]))
    assert len(record["urls"]) == 1


lines = st.text(max_size=30) | st.sampled_from([*AWKWARD, SPECIAL])
maybe = st.none() | lines


@st.composite
def any_works(draw):
    keys = draw(
        st.lists(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True), unique=True, max_size=4)
    )
    author = st.builds(Author, lines.filter(flat), st.just("X. Y."), st.booleans(), st.booleans())
    return [
        Work(
            key,
            draw(st.sampled_from(vocab.REFERENCE_KINDS)),
            draw(maybe),
            draw(st.none() | author),
            draw(st.none() | st.integers(1800, 2100)),
            journal=draw(maybe),
            doi=draw(st.none() | st.from_regex(r"10\.[0-9]{4,9}/[!-~]+", fullmatch=True)),
            pmid=draw(st.none() | st.from_regex(r"[0-9]{1,8}", fullmatch=True)),
            notice=draw(st.none() | st.sampled_from(vocab.RETRACTIONS)),
            notes=tuple(draw(st.lists(st.builds(Note, lines, lines), max_size=2))),
        )
        for key in keys
    ]


@settings(max_examples=40, deadline=None)
@given(any_works())
def test_whatever_is_cited_every_reader_finds_each_work_once(held):
    entries = read_bibtex(bibtex(held))
    assert [e["key"] for e in entries] == [w.key for w in held]
    assert [printed(e.get("title", "")) for e in entries] == [flat(w.title or "") for w in held]
    records = rispy.loads(ris(held))
    assert [r["id"] for r in records] == [w.key for w in held]
    assert [r.get("title", "") for r in records] == [flat(w.title or "") for w in held]
    assert [r.get("doi") for r in records] == [w.doi for w in held]
    items = csl(held)
    assert json.loads(json.dumps(items)) == items
    assert [i.get("title", "") for i in items] == [flat(w.title or "") for w in held]
    for lang in ("en", "zh"):
        assert all(len(text(work, lang).splitlines()) == 1 for work in held)


@settings(max_examples=20, deadline=None)
@given(knowledge_bases())
def test_keys_are_unique_and_do_not_hang_on_the_order(kb):
    things = [*kb.claims, *kb.entities, *kb.references]
    found, back = works(kb, EDITION, things), works(kb, EDITION, things[::-1])
    keys = [work.key for work in found]
    assert len(set(keys)) == len(keys)
    papers = {work.key: work.references for work in found if work.references}
    assert papers == {work.key: work.references for work in back if work.references}
    cited = [id for work in found for id in work.references]
    assert len(set(cited)) == len(cited), "a reference is two works"
    assert set(cited) == {r.id for r in kb.references}
    named = "|".join(thing.id for thing in (*kb.claims, *kb.entities))
    if named:
        assert found[0].key != works(kb, EDITION, ())[0].key


def with_references(*references: Reference, stances: tuple[str, ...] = ()) -> KnowledgeBase:
    """One claim, each reference with a statement of it."""
    kb = simple_kb(("a", "inhibits", "b"))
    (claim,), (source,) = kb.claims, kb.sources
    told = dict(zip([r.id for r in references], stances, strict=False))
    statements = tuple(
        replace(
            claim.statements[0], reference=r.id, source=source.id, stance=told.get(r.id, "supports")
        )
        for r in references
    )
    held = tuple(sorted(statements, key=lambda s: s.id))
    return replace(
        kb,
        references=tuple(sorted(references, key=lambda r: r.id)),
        claims=(replace(claim, statements=held),),
    )


def test_citations_of_one_study_are_one_paper_with_all_that_is_known_of_it():
    one = Reference("review-1", "cited", "s", 1, "study-x", first_author="Han ZF", doi="10.1/x")
    other = Reference("lit-x", "article", "s", None, "study-x", title="On exosomes", year=2022)
    kb = with_references(one, other)
    dataset, work = works(kb, EDITION, kb.claims)
    assert dataset.kind == "dataset"
    assert work.key == "study-x"
    assert (work.title, work.year, work.doi) == ("On exosomes", 2022, "10.1/x")
    assert work.author == Author("Han", "Z. F.", others=True)
    assert work.references == ("lit-x", "review-1")
    assert works(kb, EDITION, [one]) == works(kb, EDITION, [other])


def test_two_papers_of_one_study_stay_two():
    one = Reference("a-1", "article", "s", study="x", doi="10.1/x")
    other = Reference("a-2", "article", "s", study="x", doi="10.1/y")
    third = Reference("a-3", "article", "s", study="x", doi="10.1/x", title="The first again")
    found = works(with_references(one, other, third), EDITION, [one, other, third])
    assert [(w.key, w.doi, w.references) for w in found] == [
        ("a-1", "10.1/x", ("a-1", "a-3")),
        ("a-2", "10.1/y", ("a-2",)),
    ]


def test_a_retraction_is_told_in_every_form_also_if_another_citation_has_it():
    one = Reference("a", "article", "s", study="x", title="T")
    gone = Reference("b", "article", "s", study="x", retraction="retracted")
    (work,) = works(with_references(one, gone), EDITION, [one])
    assert work.notice == "retracted"
    assert text(work, "en").endswith("[RETRACTED]")
    assert text(work, "zh").endswith("[已撤稿]")
    assert read_bibtex(bibtex([work]))[0]["note"] == "RETRACTED."
    assert rispy.loads(ris([work]))[0]["notes"] == ["RETRACTED"]
    assert csl([work])[0]["note"] == "RETRACTED."


@pytest.mark.parametrize(
    ("stances", "said"),
    [(("refutes",), "does not hold"), (("null",), "did not find"), (("supports",), "")],
)
def test_a_paper_that_says_otherwise_is_cited_as_such(stances, said):
    kb = with_references(Reference("r", "article", "s", title="T"), stances=stances)
    _, work = works(kb, EDITION, kb.claims)
    assert [said in note.en for note in work.notes] == ([True] if said else [])


def test_the_review_is_cited_with_what_was_taken_from_it():
    review = Reference("review", "review", "src", title="The review")
    cited = Reference("review-7", "cited", "src", 7, status="not_identified")
    kb = with_references(cited)
    (claim,) = kb.claims
    source = Source("src", "A review", "一篇综述", "CC-BY-4.0", "2025-01", "quotes", ("1",))
    held = tuple(replace(s, source="src") for s in claim.statements)
    kb = replace(
        kb,
        sources=(source,),
        references=(review, cited),
        claims=(replace(claim, statements=held),),
    )
    _, unknown, whole = works(kb, EDITION, kb.claims)
    assert whole.title == "The review"
    assert unknown.title is None
    assert "Reference 7 of “A review”" in unknown.notes[0].en
    assert "《一篇综述》的参考文献 7" in unknown.notes[0].zh


def test_an_entity_has_the_papers_of_its_claims_and_of_its_values():
    kb = with_references(Reference("r", "article", "s"))
    value = Attribute("a", "size", "100 nm", "v", "1", "s")
    kb = replace(kb, references=(*kb.references, Reference("v", "article", "s")))
    kb = replace(kb, attributes=(value,))
    entity = kb.entity["a"]
    assert [w.references for w in works(kb, EDITION, [entity])] == [(), ("r",), ("v",)]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Han ZF", "article", Author("Han", "Z. F.", others=True)),
        ("El Baradie KBY", "article", Author("El Baradie", "K. B. Y.", others=True)),
        ("Ding", "article", Author("Ding", others=True)),
        ("US FDA", "article", Author("US FDA", is_body=True)),
        ("Kumamoto University", "registry", Author("Kumamoto University", is_body=True)),
        ("(registry)", "registry", None),
        (None, "article", None),
    ],
)
def test_authors_are_persons_bodies_or_nobody(name, kind, expected):
    r = Reference("r", kind, "s", first_author=name)
    assert works(with_references(r), EDITION, [r])[0].author == expected


@pytest.fixture
def cite(home, capfd):
    """Runs the command on all that is shipped; gives what it prints."""

    def cite(*args: str, lang: str = "en", code: int = 0) -> str:
        assert cli.run(["--home", str(home), "--lang", lang, "cite", *args]) == code
        out, err = capfd.readouterr()
        return err if code else out

    return cite


def test_the_dataset_has_version_date_and_snapshot(cite, snapshot):
    said = " ".join(cite().split())
    assert f"Version {snapshot.manifest['version']}." in said
    assert f"Snapshot {snapshot.key}" in said
    assert max(s.date for s in snapshot.kb.sources) in said
    (entry,) = read_bibtex(cite("--format", "bibtex"))
    assert entry["author"] == "{The exograph contributors}"
    assert json.loads(cite("--format", "csl-json"))[0]["type"] == "dataset"


def test_a_claim_is_cited_by_its_iri_and_the_papers_of_its_statements(cite, snapshot):
    kb = snapshot.kb
    claim = max(kb.claims, key=lambda c: len({s.reference for s in c.statements}))
    document = json.loads(cite(claim.id, "--json"))
    Draft202012Validator(SCHEMA).validate(document)
    dataset, *papers = document["works"]
    assert dataset["csl"]["URL"] == f"https://w3id.org/exograph/claim/{claim.id}"
    cited = {id for work in papers for id in work["references"]}
    studies = {kb.study_of(s.reference) for s in claim.statements}
    assert studies <= {kb.study_of(id) for id in cited}
    assert {kb.study_of(id) for id in cited} - studies <= {"review"}


def test_a_path_is_its_claims_with_the_papers_that_it_rests_on(cite, snapshot):
    kb = snapshot.kb
    query = PathQuery(("klf3-as1",), ("angiogenesis",), top=3)
    for rank, path in enumerate(find(kb, snapshot.arrays, query).paths, 1):
        args = ("--path", "klf3-as1", "angiogenesis", "--rank", str(rank), "--json")
        dataset, *papers = json.loads(cite(*args))["works"]
        typed = json.loads(cite(*(step.claim.id for step in path.steps), "--json"))["works"]
        assert dataset == typed[0]
        assert all(f"/claim/{step.claim.id}" in dataset["bibtex"] for step in path.steps)
        told = [s for step in path.steps for s in step.claim.statements]
        rests = {kb.study_of(s.reference) for s in told if s.supports}
        cited = {kb.study_of(id) for work in papers for id in work["references"]}
        assert rests <= cited <= rests | {"review"}
        assert {w["key"] for w in papers} <= {w["key"] for w in typed}
        assert not any(work["notice"] == "retracted" for work in papers)


def test_all_that_is_shipped_can_be_cited_and_is_read_again(snapshot):
    kb = snapshot.kb
    found = works(kb, EDITION, kb.references)
    entries = read_bibtex(bibtex(found))
    assert len(entries) == len(found) == len({e["key"] for e in entries})
    assert len(rispy.loads(ris(found))) == len(found)
    by_id = {id: work for work in found for id in work.references}
    for r in kb.references:
        assert by_id[r.id].title is not None or r.title is None
        assert by_id[r.id].notice == kb.notices.get(r.id)
        assert by_id[r.id].doi == r.doi or r.doi is None
    gone = [e for e in entries if "RETRACTED" in e.get("note", "")]
    assert len(gone) == len({kb.study_of(r) for r, n in kb.notices.items() if n == "retracted"})
    validator = Draft202012Validator(SCHEMA["$defs"]["csl"] | {"$defs": SCHEMA["$defs"]})
    for item in csl(found):
        validator.validate(item)


def test_chinese_text_has_chinese_labels(cite, snapshot):
    claim = next(c for c in snapshot.kb.claims if c.subject == "klf3-as1")
    said = cite(claim.id, lang="zh")
    assert "论断：" in said and "长链非编码RNA" in said and "快照" in said


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("no-such-thing-at-all",), 1, "E002"),
        (("--path", "klf3-as1"), 2, "--path takes a START and an END"),
        (("--rank", "2", "mir-126"), 2, "--rank goes with --path"),
        (("--path", "angiogenesis", "bone-marrow"), 1, "P141: There is no path"),
        (("--path", "klf3-as1", "angiogenesis", "--rank", "900"), 1, "P141: There are"),
        (("", "--json"), 2, ""),
    ],
)
def test_what_cannot_be_cited_is_an_error(args, code, said, cite):
    assert said in cite(*args, code=code)


def test_two_processes_print_the_same(home):
    program = "import sys; from exograph import cli; sys.exit(cli.run(sys.argv[1:]))"
    args = [sys.executable, "-c", program, "--home", home, "--lang", "en", "cite", "mir-126"]
    told = {
        subprocess.run(
            [*args, "--format", "bibtex"],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1 and b"@article" in told.pop()


def test_every_form_that_the_command_offers_is_written():
    offered = {p.name: p for p in cli.group.get_command(None, "cite").params}["form"].type.choices
    assert set(offered) == {"text", *FORMS}


def test_claims_of_the_model_are_things_to_cite():
    kb = with_references(Reference("r", "article", "s"))
    (claim,) = kb.claims
    fewer = Claim(claim.subject, claim.predicate, claim.object, claim.statements[:1])
    assert works(kb, EDITION, [fewer])[0] == works(kb, EDITION, [claim])[0]


def test_a_retracted_paper_is_cited_for_a_claim_but_carries_no_path(tmp_path, capfd):
    graphs = tmp_path / "graphs"
    shutil.copytree(Path(__file__).parents[1] / "data" / "valid", graphs)
    table = graphs / "paper" / "references.tsv"
    header, *rows = (line.split("\t") for line in table.read_text("utf-8").splitlines())
    rows = [dict(zip(header, row, strict=True)) for row in rows]
    notice = {"retraction": "retracted", "study": ""}  # of that paper alone
    gone = [row | notice if row["id"] == "li-2021" else row for row in rows]
    lines = ["\t".join(header), *("\t".join(row.values()) for row in gone), ""]
    table.write_text("\n".join(lines), encoding="utf-8", newline="\n")

    def cited(*args: str) -> dict[str, str | None]:
        options = ["--home", str(tmp_path / "home"), "--graphs", str(graphs)]
        assert cli.run([*options, "cite", *args, "--json"]) == 0
        works = json.loads(capfd.readouterr().out)["works"]
        return {id: work["notice"] for work in works for id in work["references"]}

    claim = claim_id("mir-126", "downregulates", "pik3r2")
    assert cited(claim) == {"review-38": None, "review": None, "li-2021": "retracted"}
    by_path = cited("--path", "mir-126", "pik3r2")
    assert by_path == {"review-38": None, "review": None}
