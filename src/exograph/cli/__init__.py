# SPDX-License-Identifier: Apache-2.0
"""The command line. Commands are imported when they are called, so that ``--help`` stays quick."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from exograph import __version__

COMMANDS = {
    "build": "Build the knowledge base from the tables.",
    "check": "Find every mistake in the tables and the graph made from them.",
    "stats": "Count what the knowledge base holds.",
    "search": "Find entities by a part of a name.",
    "show": "Show all about an entity, a reference or a claim, with quotes.",
    "paths": "Find the mechanism paths from one entity to another.",
    "compare": "Compare the routes of two sources.",
    "gaps": "Show what leads nowhere, or hangs on one paper.",
    "matrix": "Count the routes from each source to each phase.",
    "conflicts": "Show who says the opposite, and what may explain it.",
    "query": "Ask a SPARQL query.",
    "examples": "List the shipped questions, or run them all.",
    "view": "Write the page to browse the graph in.",
    "diff": "Show what one snapshot has and another has not.",
    "import": "Take in the graphs of others.",
    "export": "Write the graph in another format.",
    "mine": "Find the best routes between all of two types, on Apache Spark.",
    "push": "Load the graph into another SPARQL store.",
    "serve": "Serve the graph to browsers and SPARQL clients, on this machine.",
    "mcp": "Serve the graph to an assistant, by the Model Context Protocol.",
    "cite": "Cite the knowledge base, a paper, a claim or a path.",
    "release": "Write the knowledge base as a release of data.",
    "new": "Begin the tables of a paper.",
    "doctor": "Look whether all that exograph needs is there and whole.",
    "completion": "Print what makes a shell complete commands and names.",
}


class LazyGroup(click.Group):
    """Knows the commands by name and help; imports the module of the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"exograph.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else " `exograph --help` lists them."
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", metavar="DIR", envvar="EXOGRAPH_HOME", help="Where snapshots are kept.")
@click.option("--graphs", metavar="DIR", envvar="EXOGRAPH_GRAPHS", help="Other tables to use.")
@click.option("--texts", metavar="DIR", envvar="EXOGRAPH_TEXTS", help="Texts to prove quotes in.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; by default the locale's.")
@click.version_option(__version__, prog_name="exograph")
@click.pass_context
def group(ctx: click.Context, /, lang: str | None, **folders: Any) -> None:
    """How mesenchymal-stem-cell exosomes heal skin wounds: a graph to check, ask and browse.

    Not medical advice.
    """
    from exograph.cli.session import Session, default_language

    for name, folder in folders.items():
        if folder == "":
            raise click.UsageError(f"--{name} is empty; it needs a folder.")
    ctx.obj = Session(**folders, lang=lang or default_language())


def run(args: list[str]) -> int:
    """Exit code of a command line: 0 done, 1 the input is at fault, 2 wrong usage, 130 stopped."""
    try:
        with group.make_context("exograph", list(args)) as context:
            group.invoke(context)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (Exception, KeyboardInterrupt) as error:
        from exograph.cli.failures import report

        options = args[: args.index("--")] if "--" in args else args
        return report(error, as_json="--json" in options)
    return 0


def main() -> None:
    """The program: output in UTF-8 whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")
    if asked := os.environ.get("_EXOGRAPH_COMPLETE"):
        from exograph.cli.completion import answer

        sys.exit(answer(asked))
    # numpy starts threads for linear algebra, which nothing here needs and which take 50 ms
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(sys.argv[1:]))
