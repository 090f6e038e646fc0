# SPDX-License-Identifier: Apache-2.0
"""What a page in Markdown shows to be typed, and how it is done as a reader would do it.

A block ``console`` holds commands, each after ``$ ``, with what they print; a line ``…`` stands for
any lines. A block with ``title="FILE"`` is a file that the reader writes. ``python`` is run, and
``sparql`` is asked. A comment on the line before a block says what is not as usual:
``<!-- not run: REASON -->``, ``<!-- exit 1 -->``, or ``<!-- served -->`` where `exograph serve` is
to run meanwhile.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exograph import cli

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*) -->\n)?"
    r"```(?P<lang>[a-z]+)(?P<info>[^\n]*)\n(?P<text>[\s\S]*?)^```$",
    re.MULTILINE,
)
_SERVED_AT = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what is said of it, and its text."""

    lang: str
    text: str
    mark: str = ""
    title: str = ""

    @property
    def excuse(self) -> str:
        """Why it is not run; empty if it is."""
        return self.mark.removeprefix("not run: ") if self.mark.startswith("not run: ") else ""

    @property
    def exit_code(self) -> int:
        found = re.fullmatch(r"exit (\d)", self.mark)
        return int(found[1]) if found else 0

    @property
    def commands(self) -> list[tuple[str, str]]:
        """Each command of a ``console`` with the output that is shown below it."""
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)
        assert not parts[0].strip(), f"output before a command: {parts[0]}"
        found = []
        for part in parts[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = f"{command[:-1]} {more.strip()}"
            found.append((command, output))
        return found


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = []
    for match in _BLOCK.finditer(page):
        title = re.search(r'title="([^"]+)"', match["info"])
        block = Block(match["lang"], match["text"], match["mark"] or "", title[1] if title else "")
        assert not block.mark or block.excuse or block.exit_code or block.mark == "served", block
        found.append(block)
    return found


def agree(shown: str, printed: str) -> bool:
    """Whether this was printed; a line ``…`` stands for any lines, or none."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", shown, flags=re.MULTILINE)]
    return bool(
        re.fullmatch("\n?[\\s\\S]*\n?".join(parts), printed.replace("\r\n", "\n").strip("\n"))
    )


class Reader:
    """Somebody who types what a page shows, in a folder and with a home of their own."""

    def __init__(self, folder: Path, home: Path, served: str = "") -> None:
        self.folder = folder
        self.served = served
        self.set = {"EXOGRAPH_HOME": str(home), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
        self.names: dict[str, object] = {"__name__": "shown"}

    def follow(self, page: str) -> int:
        """Does all that a page shows, in order; gives the number of commands that were run."""
        done = 0
        for block in blocks(page):
            if block.excuse:
                continue
            if block.title:
                file = self.folder / block.title
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(block.text, encoding="utf-8")
            elif block.lang == "console":
                for command, shown in block.commands:
                    self.type(command, shown, block.exit_code)
                    done += 1
            elif block.lang == "python":
                self.python(block.text)
            elif block.lang == "sparql":
                code, _, err = self.call(["query", "-e", block.text])
                assert code == 0, err
        return done

    def type(self, command: str, shown: str, exit_code: int = 0) -> None:
        """Runs a command and holds it to what is shown: what it prints, perhaps with its errors."""
        words = shlex.split(command, comments=True)
        if words[0] == "export":
            self.set.update(word.split("=", 1) for word in words[1:])
            return
        if words[0] == "exograph" and not {"|", ">", ">>", "&&"} & set(words):
            code, out, err = self.call(words[1:])
        else:
            code, out, err = self.shell(command)
        assert code == exit_code, f"$ {command}\n{out}{err}"
        seen = f"$ {command}\n--- printed\n{out}{err}--- shown\n{shown}"
        assert any(agree(shown, printed) for printed in (out, err + out, out + err)), seen

    def call(self, args: list[str]) -> tuple[int, str, str]:
        """A command of ours, in this process, which costs a fraction of a new one."""
        out, err = io.BytesIO(), io.BytesIO()
        both = [io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in (out, err)]
        with (
            self.place(),
            contextlib.redirect_stdout(both[0]),
            contextlib.redirect_stderr(both[1]),
        ):
            code = cli.run(args)
        return code, out.getvalue().decode(), err.getvalue().decode()

    def shell(self, command: str) -> tuple[int, str, str]:
        """Another command, or several, by a shell."""
        done = subprocess.run(
            ["bash", "-c", self.addressed(command)],
            cwd=self.folder,
            env=self.surroundings(),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def python(self, text: str) -> None:
        """Runs lines of Python, or a session with ``>>>``; names stay for the next block."""
        with self.place(), contextlib.redirect_stdout(io.StringIO()) as said:
            text = self.addressed(text)
            if ">>>" not in text:
                exec(compile(text, "page", "exec"), self.names)
                return
            test = doctest.DocTestParser().get_doctest(text, self.names, "page", None, 0)
            result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(
                test, clear_globs=False
            )
            self.names.update(test.globs)
        assert result.failed == 0, said.getvalue()

    def addressed(self, text: str) -> str:
        """The text with the address of the server that runs in place of the one that is shown."""
        return text.replace(_SERVED_AT, self.served.rstrip("/")) if self.served else text

    def surroundings(self) -> Mapping[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EXOGRAPH", "LC_"))}
        path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
        return {**kept, "PATH": path, **self.set}

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """This process in the reader's folder, with the reader's variables."""
        before, here = dict(os.environ), Path.cwd()
        os.environ.clear()
        os.environ.update(self.surroundings())
        os.chdir(self.folder)
        try:
            yield
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(before)
