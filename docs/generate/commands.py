# SPDX-License-Identifier: Apache-2.0
"""The reference of the command line, made from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from exograph.cli import COMMANDS, group
from generate.markdown import cell, code, page, prose, table

_FIRST = (
    "Made from the commands: `exograph COMMAND --help` (or `-h`) says the same.",
    "Data go to standard output, all else to standard error. Exit code 0: done, also if nothing "
    "was found. 1: the input is at fault; one line says where, and how to mend it "
    "([codes](../codes.md)). 2: wrong usage. With `--json` a command prints one "
    "[JSON document](json.md), an error too.",
)
_PASSWORDS = (
    "`EXOGRAPH_USER` and `EXOGRAPH_PASSWORD` are who you are to stores of others "
    "([pushing](../pushing.md)). An option wins over its variable."
)


def made() -> str:
    """The whole page."""
    context = click.Context(group, info_name="exograph")
    parts = [*_FIRST, "## Before the command", _options(group, context), _PASSWORDS]
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None, name
        parts.extend(_told(command, name, context, level=2))
    return page("Commands", *parts)


def _told(command: click.Command, name: str, parent: click.Context, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    yield f"{'#' * level} {context.command_path.removeprefix('exograph ')}"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{context.command_path} {usage}".rstrip() + "\n```"
    yield prose(inspect.cleandoc(command.help or "").replace("\b\n", ""))
    yield _options(command, context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            inner = command.get_command(context, below)
            assert inner is not None, below
            yield from _told(inner, below, context, level + 1)


def _options(command: click.Command, context: click.Context) -> str:
    rows = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is None or parameter.name == "help" or isinstance(parameter, click.Argument):
            continue  # usage and help tell of arguments
        names, told = record
        if isinstance(parameter, click.Option) and parameter.envvar:
            told = f"{told} Variable {parameter.envvar}."
        rows.append((code(names), prose(cell(told))))
    return table(("option", "what it does"), rows) if rows else ""
