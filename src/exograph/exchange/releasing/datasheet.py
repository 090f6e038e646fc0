# SPDX-License-Identifier: Apache-2.0
"""The data sheet of a release: what it is good for, what not, and its gaps, in counts of its own.

After Gebru et al., Datasheets for Datasets (arXiv:1803.09010), in short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from exograph import vocab
from exograph.exchange.citing import dataset
from exograph.exchange.citing_forms import text
from exograph.exchange.releasing.changes import named, plain
from exograph.exchange.releasing.release import Release
from exograph.kb import evidence
from exograph.kb.conflicts import conflicts
from exograph.model import KnowledgeBase, Statement
from exograph.paths import PathQuery, find
from exograph.paths.gaps import Gap, gaps
from exograph.paths.trust import elsewhere


def datasheet(release: Release) -> str:
    """The sheet as Markdown. Costs one search for gaps."""
    kb, edition = release.curated.kb, release.edition
    parts = [
        "# Data sheet",
        f"exograph {edition.version}, release of {edition.date}, made from snapshot "
        f"`{edition.key}`. All numbers are counted in what the tables of this release hold.",
        _what(kb),
        _how(kb),
        _evidence(kb),
        _GOOD,
        _NOT_GOOD,
        _gaps(release),
        _rights(release),
        f"## How to cite\n\n{text(dataset(kb, edition), 'en')}\n\nAnd the papers behind the claims "
        "that you use: `exograph cite CLAIM`. `CITATION.cff` has the first for programs.",
        _MAINTENANCE,
        "## No medical advice\n\nThe data are for research and teaching. What a paper shows in a "
        "dish or in a rat says little of a person. Nobody should be treated by it.",
    ]
    return "\n\n".join(parts) + "\n"


_GOOD = """## Good for

- Finding by which route a vesicle or a cargo may reach a process of healing, and who showed which
  step of it.
- Teaching, in English and Chinese; each statement opens to a quote or a paraphrase.
- Testing methods on graphs with signs, contexts and provenance.
- Finding what leads nowhere, what hangs on one paper, and who says the opposite."""

_NOT_GOOD = """## Not good for

- Treating anyone, choosing a dose or a product, or telling how safe one is.
- Weighing how large an effect is: effects have a direction, not a size.
- Systematic reviews: no protocol stands behind the choice of papers, and what fails is published
  less.
- Saying that something does *not* act: what is not in it was not looked at, or not read."""

_MAINTENANCE = """## Maintenance

A release is made anew from the tables whenever these have changed; `CHANGES.md`, where there is
one, tells what is different. Ids of claims follow from what they say, so they are the same in every
release. A mistake is a row of a table: report the row, or mend it and build again. Notices of
retraction are those that were seen when the rows were written; look them up before you rely on a
paper."""


def _what(kb: KnowledgeBase) -> str:
    effects = sum(claim.sign is not None for claim in kb.claims)
    rows = (
        ("entities", f"{len(kb.entities)}, of {len(set(kb.kinds.values()))} kinds"),
        ("claims (edges)", f"{len(kb.claims)}, {effects} of them effects"),
        ("statements (who says it, and in which context)", str(len(kb.statements))),
        ("references", str(len(kb.references))),
        ("mechanisms that one reference tells as a whole", str(len(kb.mechanisms))),
        ("values such as sizes and doses", str(len(kb.attributes))),
        ("comparisons with primary papers", str(len(kb.verifications))),
        ("conflicts that a curator named", str(len(kb.conflicts))),
    )
    table = "\n".join(f"| {name} | {number} |" for name, number in rows)
    return (
        "## What it is\n\nStatements of papers on how exosomes and other vesicles of mesenchymal "
        "stem cells heal skin wounds, as a graph: from sources of cells to vesicles, cargo, "
        "molecules, processes and phases of healing. Each statement has its reference, its quote "
        f"or paraphrase, and a context.\n\n| what | how many |\n|---|---|\n{table}"
    )


def _how(kb: KnowledgeBase) -> str:
    """How it was made, source by source."""
    forms = {"quotes": "exact short quotes", "paraphrases": "words of the curator"}
    told = Counter(s.source for s in kb.statements)
    abstracts = Counter(s.source for s in kb.statements if s.section == "abstract")
    lines = []
    for s in kb.sources:
        line = f"- *{plain(s.title_en)}* (`{s.id}`, {plain(s.date)}): {told[s.id]} statements, in "
        line += forms.get(s.evidence, s.evidence)
        if s.id in kb.paraphrasing:
            line += f"; {_share(abstracts[s.id], told[s.id])} of them say what an abstract says"
        lines.append(f"{line}.")
    return (
        "## How it was made\n\nWhat the sources say was written into tables, row by row; a program "
        "checked the rows (names, types, signs, and quotes against the text where it was at hand) "
        "and made the graph from them.\n\n" + "\n".join(lines)
    )


def _evidence(kb: KnowledgeBase) -> str:
    statements = kb.statements
    meant = vocab.GRADE_TERMS
    grades = Counter(evidence(kb, s).grade for s in statements)
    counted = ", ".join(f"{grade} {grades[grade]}" for grade in vocab.GRADES if grades[grade])
    letters = "; ".join(f"{letter}: {term.label_en}" for letter, term in meant.items())
    return (
        "## What it rests on\n\n"
        f"- Basis: {_tally(s.basis for s in statements)}. *Stated* is what the text says, "
        "*derived* the arithmetic of one causal sentence, *inferred* what a curator added.\n"
        f"- Stance: {_tally(s.stance for s in statements)}.\n"
        f"- Grades of evidence: {counted} ({letters}).\n"
        f"- Kind of evidence: {_tally(s.evidence_kind or 'not said' for s in statements)}."
    )


def _gaps(release: Release) -> str:
    kb = release.curated.kb
    found = gaps(kb, release.arrays)
    lines = [
        *_of_papers(kb),
        *_of_statements(kb),
        _led(
            "Phases of healing that no source reaches by a path",
            kb,
            _of(found.phases_without_source),
        ),
        _led("Phases of healing that no vesicle reaches by a path", kb, _out_of_reach(release)),
        _led("Sources whose paths reach no phase", kb, _of(found.sources_without_phase)),
        _led("Cargo without any effect", kb, _of(found.cargo_without_target), listed=False),
        _led("Vesicles without any effect", kb, _of(found.vesicles_without_effect), listed=False),
        f"Pairs of a source and a phase that are joined by one paper alone: "
        f"{len({(h.start, h.end) for h in found.on_one_paper})}.",
    ]
    return "## Known gaps\n\n" + "\n".join(f"- {line}" for line in lines)


def _of_papers(kb: KnowledgeBase) -> Iterator[str]:
    known, n = kb.references, len(kb.references)
    unsure = [r for r in known if r.is_uncertain]
    bare = sum(r.title is None for r in known if not r.is_uncertain)
    notices = Counter(kb.notices.values())
    yield (
        f"References whose paper is not surely known: {_share(len(unsure), n)} "
        f"({_tally(r.status or 'not said' for r in unsure) or 'none'}). {bare} others have no "
        "title."
    )
    yield (
        f"References with a notice: {notices['retracted']} retracted, {notices['corrected']} "
        "corrected. What was retracted stays in the data, marked, and supports nothing."
    )


def _of_statements(kb: KnowledgeBase) -> Iterator[str]:
    statements = kb.statements

    def share(test: Callable[[Statement], bool], of: Iterable[Statement] = statements) -> str:
        held = list(of)
        return _share(sum(map(test, held)), len(held))

    effects = [s for c in kb.claims if c.sign is not None for s in c.statements]
    unsigned = sum(c.sign == 0 for c in kb.claims)
    signed = sum(c.sign is not None for c in kb.claims)
    verdicts = _tally(v.verdict for v in kb.verifications)
    open_ones = conflicts(kb)
    unexplained = sum(not any(row.explained_by for row in c.curated) for c in open_ones)
    yield (
        f"Statements held against the primary paper: {share(lambda s: bool(kb.comparisons(s)))}"
        f"{f' ({verdicts})' if verdicts else ''}."
    )
    yield f"Effects without a direction: {_share(unsigned, signed)} of the claims of effects."
    yield (
        f"Tissue of effects: {share(lambda s: not s.context.tissue, effects)} of the statements "
        f"name none, {share(lambda s: elsewhere(kb, s), effects)} were seen only in other tissues "
        "than the skin; paths leave these out unless asked."
    )
    yield f"Organism: {share(lambda s: not s.context.organism, effects)} of them name none."
    yield f"Seen in people: {share(lambda s: s.evidence_kind == 'clinical')} of all statements."
    yield (
        f"Who says the opposite: {len(open_ones)} conflicts, for {unexplained} of which no "
        "difference of context is named that may explain it."
    )


def _of(found: Iterable[Gap]) -> list[str]:
    return [gap.entity for gap in found]


def _out_of_reach(release: Release) -> list[str]:
    """Phases to which no path leads from a vesicle."""
    kb = release.curated.kb
    phases = [entity.id for entity in kb.entities if entity.type == "HealingPhase"]
    queries = {phase: PathQuery(("type:Vesicle",), (phase,), top=1) for phase in phases}
    return [phase for phase in phases if not find(kb, release.arrays, queries[phase]).paths]


def _led(title: str, kb: KnowledgeBase, ids: Sequence[str], *, listed: bool = True) -> str:
    names = ", ".join(named(kb, id) for id in ids) if listed else ""
    return f"{title}: {len(ids)}{f' ({names})' if names else ''}."


def _rights(release: Release) -> str:
    names = sorted({s.licence for s in release.whole.kb.sources})
    out = f" {len(release.left_out)} imports were left out." if release.left_out else ""
    return (
        f"## Licences\n\n{', '.join(map(plain, names))}; `LICENSES.md` has them by source.{out} "
        "Short quotes are their authors' and are not licensed. The text of the review is not part "
        "of the data."
    )


def _tally(names: Iterable[str]) -> str:
    counts = Counter(names)
    return ", ".join(
        f"{name.replace('_', ' ')} {n}" for name, n in sorted(counts.items(), key=_by_count)
    )


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _share(part: int, whole: int) -> str:
    """``12 of 40 (30 %)``."""
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else f"{part} of {whole}"
