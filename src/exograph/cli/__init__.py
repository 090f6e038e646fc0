# SPDX-License-Identifier: Apache-2.0
"""The command line. Commands are imported when they are called, so that ``--help`` stays quick."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from exograph import __version__
from exograph.cli import failures
from exograph.cli.session import Session, default_language

COMMANDS = {
    "build": "Build the knowledge base from the tables.",
    "check": "Find every mistake in the tables and the graph made from them.",
    "stats": "Count what the knowledge base holds.",
    "search": "Find entities by a part of a name.",
    "show": "Show all about one entity or reference, with quotes.",
    "paths": "Find the mechanism paths from one entity to another.",
    "query": "Ask a SPARQL query.",
    "examples": "List the shipped questions, or run them all.",
    "view": "Write the page to browse the graph in.",
}


class LazyGroup(click.Group):
    """Knows the commands by name and help; imports the module of the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"exograph.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1)
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
def group(
    ctx: click.Context, home: str | None, graphs: str | None, texts: str | None, lang: str | None
) -> None:
    """How mesenchymal-stem-cell exosomes heal skin wounds: a graph to check, ask and browse.

    Not medical advice.
    """
    ctx.obj = Session(home or None, graphs or None, texts or None, lang or default_language())


def main(args: list[str] | None = None) -> None:
    """Runs a command line and leaves with its exit code: 0 done, 1 bad input, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.exit(failures.run(group, sys.argv[1:] if args is None else args))
