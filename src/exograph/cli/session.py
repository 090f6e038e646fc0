# SPDX-License-Identifier: Apache-2.0
"""What every command shares: where things lie, the language, and how output leaves."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from exograph.model import Entity, KnowledgeBase
    from exograph.snapshot import Snapshot

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@dataclass(frozen=True)
class Session:
    """The options before the command. Paths are as the user gave them, None for the default."""

    home_given: str | None
    graphs_given: str | None
    texts_given: str | None
    lang: str

    @property
    def home(self) -> Path:
        from exograph.snapshot import default_home

        return Path(self.home_given) if self.home_given else default_home()

    @property
    def graphs(self) -> Path:
        from exograph.snapshot import data_folder

        return Path(self.graphs_given) if self.graphs_given else data_folder() / "graphs"

    @property
    def ontology(self) -> Path:
        from exograph.snapshot import data_folder

        return data_folder() / "ontology"

    @property
    def texts(self) -> Path | None:
        return Path(self.texts_given) if self.texts_given else None

    @cached_property
    def snapshot(self) -> Snapshot:
        """The built knowledge base; built now, and said so, if there is none or a stale one."""
        from exograph.snapshot import ensure

        return ensure(self.graphs, self.ontology, self.home, say, texts=self.texts)

    @property
    def kb(self) -> KnowledgeBase:
        return self.snapshot.kb

    def label(self, entity: Entity) -> str:
        return entity.label_zh if self.lang == "zh" else entity.label_en


pass_session = click.make_pass_decorator(Session)


def say(text: str) -> None:
    """A word to the user, beside the data."""
    click.echo(text, err=True)


def emit(document: Any) -> None:
    """The one JSON document of a command."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def default_language() -> str:
    """``zh`` if the locale is Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
