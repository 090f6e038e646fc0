# SPDX-License-Identifier: Apache-2.0
"""``exograph doctor``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, emit, pass_session, verdict, working

if TYPE_CHECKING:
    from exograph.snapshot.health import Finding


@click.command()
@click.option("--verify", is_flag=True, help="Read every file, and import every package.")
@as_json
@pass_session
def command(session: Session, *, verify: bool, as_json: bool) -> None:
    """Look whether all that exograph needs is there and whole, and say how to mend what is not.

    Nothing is changed. A hint tells what could be better, a fault what does not work; with a fault
    the exit code is 1. Without --verify only small files are held against their SHA-256.
    """
    from exograph.cli.doctor_words import told

    with working("Looking"):
        findings = list(_findings(session, verify))
    states = [finding.state for finding in findings]
    with verdict(failed="fault" in states):
        if as_json:
            records = [
                {
                    "name": finding.name,
                    "state": finding.state,
                    **{f"{part}_{lang}": told(finding, lang)[n] for n, part, lang in _PARTS},
                    "about": finding.about,
                }
                for finding in findings
            ]
            emit({"ok": "fault" not in states, "verified": verify, "findings": records})
        else:
            click.echo("\n".join(_lines(findings, session.lang)))


_PARTS = ((0, "text", "en"), (0, "text", "zh"), (1, "cure", "en"), (1, "cure", "zh"))


def _findings(session: Session, verify: bool) -> Iterator[Finding]:
    """Of each examination; one that fails is a finding itself, and the others go on."""
    from exograph.cli import surroundings
    from exograph.errors import ExographError
    from exograph.snapshot import health

    def tables() -> Iterator[Finding]:
        yield from health.of_tables(session.graphs, session.ontology)
        if session.texts is not None and not session.texts.is_dir():
            yield health.Finding("tables.no_texts", health.HINT, {"path": str(session.texts)})

    def home() -> Iterator[Finding]:
        yield from health.of_home(session.home, session.graphs, session.ontology, verify=verify)

    def failed(name: str, why: str, cure: str = "", code: str = "") -> Finding:
        about = {"why": why, "cure": cure, "code": code}
        return health.Finding(f"{name}.failed", health.FAULT, about)

    examinations: dict[str, Callable[[], Iterator[Finding]]] = {
        "program": surroundings.program,
        "package": lambda: surroundings.packages(verify=verify),
        "extra": surroundings.extras,
        "tables": tables,
        "home": home,
        "page": surroundings.page,
        "browser": surroundings.browser,
        "fonts": surroundings.fonts,
        "java": surroundings.java,
        "encoding": surroundings.encoding,
    }
    for name, examine in examinations.items():
        try:
            yield from examine()
        except ExographError as error:
            why, cure = error.message.rstrip("."), error.cure
            yield failed(name, why, cure, error.code)
        except Exception as error:  # who looks for faults must not fall over one
            why = f"{type(error).__name__}: {error}"[:300]
            yield failed(name, why)


def _lines(findings: list[Finding], lang: str) -> Iterator[str]:
    from exograph.cli.doctor_words import STATES, SUMMARY, TOPICS, told
    from exograph.cli.layout import line_width, width, wrapped

    names = STATES[lang]
    room = max(map(width, names.values())) + 2
    topic = ""
    for finding in findings:
        new = TOPICS[finding.name.partition(".")[0]][lang]
        if new != topic:
            yield f"{'' if not topic else chr(10)}{new}"
            topic = new
        text, cure = told(finding, lang)
        state = names[finding.state]
        first = f"  {state}{' ' * (room - width(state))}"
        hanging = " " * (room + 2)
        yield from wrapped(text, first, line_width(), hanging)
        if cure:
            yield from wrapped(cure, f"{hanging}→ ", line_width(), f"{hanging}  ")
    numbers = {s: sum(f.state == s for f in findings) for s in names}
    yield "\n" + SUMMARY[lang].format(**numbers)
