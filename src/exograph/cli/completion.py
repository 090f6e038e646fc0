# SPDX-License-Identifier: Apache-2.0
"""``exograph completion``, and the answers to a shell that asks how a word goes on."""

from __future__ import annotations

import click

from exograph.cli import COMMANDS, group

ASKED_IN = "_EXOGRAPH_COMPLETE"
"""The variable in which the shell's script asks; click decides what else it sets."""

OF_ENTITIES: dict[str, tuple[str, ...]] = {
    "paths": ("--via", "--not"),
    "compare": ("--to",),
    "show": (),
    "search": (),
    "view": (),
    "conflicts": (),
}
"""Commands whose arguments are entities, and those of their options that take one."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(*, shell: str) -> None:
    """Print the script that makes a shell complete commands, options and ids of entities.

    For bash, put `eval "$(exograph completion bash)"` into ~/.bashrc; for zsh the same with zsh
    into ~/.zshrc, after compinit; for fish, `exograph completion fish | source` into
    ~/.config/fish/config.fish. Ids are those of the snapshot that there is: nothing is built.
    """
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(group, {}, "exograph", ASKED_IN).source())


def answer(asked: str) -> int:
    """Prints how the word goes on that the shell tells of, for ``bash_complete`` and the like.

    Gives the exit code: 1 for a shell that is not known.
    """
    from click.shell_completion import CompletionItem, get_completion_class

    shell, _, what = asked.partition("_")
    maker = get_completion_class(shell)
    if maker is None or what != "complete":
        return 1
    completion = maker(group, {}, "exograph", ASKED_IN)
    args, begun = completion.get_completion_args()
    try:
        found = completion.get_completions(args, begun)
    except click.UsageError:  # of a command that there is not
        found = []
    named = next((word for word in args if word in COMMANDS), None)
    if not found and named is not None and not begun.startswith("-"):
        if _takes_entity(named, args):
            items = sorted(_entities(args).items())
            found = [CompletionItem(id, help=name) for id, name in items if id.startswith(begun)]
        else:
            found = [CompletionItem(begun, type="file")]
    click.echo("\n".join(completion.format_completion(item) for item in found))
    return 0


def _takes_entity(name: str, args: list[str]) -> bool:
    """Whether the word after these is to be the name of an entity."""
    if name not in OF_ENTITIES:
        return False
    before = args[-1]
    if not before.startswith("--"):
        return True
    command = group.get_command(click.Context(group), name)
    options = [p for p in command.params if before in p.opts] if command is not None else []
    flag = any(isinstance(p, click.Option) and p.is_flag for p in options)
    return flag or before in OF_ENTITIES[name]


def _entities(args: list[str]) -> dict[str, str]:
    """Labels by id, of what the snapshot in use holds as records; of none if there is none."""
    import json
    from pathlib import Path

    from exograph.errors import ExographError
    from exograph.snapshot.inputs import default_home
    from exograph.snapshot.opened import current

    named = args[args.index("--home") + 1 :][:1] if "--home" in args else []
    try:
        snapshot = current(Path(named[0]) if named else default_home())
        held = json.loads(snapshot.read("kb.json")) if snapshot is not None else {}
    except ExographError:  # other commands say what is wrong with it
        return {}
    entities = held.get("knowledge_base", {}).get("entities", ())
    return {entity["id"]: entity["label_en"] for entity in entities}
