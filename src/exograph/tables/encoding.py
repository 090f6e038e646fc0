# SPDX-License-Identifier: Apache-2.0
"""Bytes to text, strictly: UTF-8 without BOM, lines ending in LF. All else has a cure."""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from exograph.errors import Problem

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_UTF8_CURE = "Save the file as UTF-8 without BOM, for instance: iconv -f {0} -t UTF-8."


def decode(path: Path) -> tuple[str | None, list[Problem]]:
    """Text of a file with lines ending in LF, and its faults; None if it is no UTF-8 text at all.

    Where a BOM, CR LF or CR can be read past, the text comes with the problem.
    """
    file = str(path)
    data = _read(path)
    if isinstance(data, Problem):
        return None, [data]
    problems: list[Problem] = []
    wide = wide_encoding(data)
    if wide:
        message = f"The file is {wide}, not UTF-8."
        return None, [Problem(file, 1, "E103", message, _UTF8_CURE.format(wide))]
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        message = "The file begins with a byte order mark (BOM)."
        problems.append(Problem(file, 1, "E102", message, "Save it as UTF-8 without BOM."))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        looks = guess_encoding(data)
        like = f" It looks like {looks}." if looks else ""
        message = f"The byte 0x{data[error.start]:02X} here is not UTF-8.{like}"
        cure = _UTF8_CURE.format(looks or "ITS-ENCODING")
        return None, [*problems, Problem(file, line, "E103", message, cure)]
    text, ends = _plain_line_ends(file, text)
    return text, problems + ends


def _read(path: Path) -> bytes | Problem:
    """The bytes of a regular file, or E101. Nothing else is opened: a pipe may never end."""
    file = str(path)
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
        if kind != stat.S_IFREG:
            message = f"This is {_KINDS.get(kind, 'something else')}, not a file."
            return Problem(file, None, "E101", message, "Make it a readable plain file.")
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            message, cure = "The link leads nowhere.", "Put the file itself there."
            return Problem(file, None, "E101", message, cure)
        cure = f"Put {path.name} into the folder; graphs/README.md tells what it holds."
        return Problem(file, None, "E101", "The file is missing.", cure)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"The file cannot be read: {reason}."
        return Problem(file, None, "E101", message, "Make it a readable plain file.")


def _plain_line_ends(file: str, text: str) -> tuple[str, list[Problem]]:
    """The text with LF for CR LF, and for CR where that ends most lines; one problem for it.

    A single CR within a line ends no line; it is an invisible character in a cell.
    """
    cure = "End lines in LF only, for instance: sed -i 's/\\r$//' FILE."
    if "\r" not in text:
        return text, []
    plain, count = re.subn(r"\r+\n", "\n", text)
    what = "CR LF"
    if (lone := plain.count("\r")) > plain.count("\n"):
        text, plain, count, what = plain, plain.replace("\r", "\n"), lone, "CR"
        cure = "End lines in LF only, for instance: tr '\\r' '\\n' < OLD > NEW."
    if not count:
        return plain, []
    first = text.count("\n", 0, text.index("\r" if what == "CR" else "\r\n")) + 1
    message = f"{count} line(s) end in {what}, from this one on."
    return plain, [Problem(file, first, "E104", message, cure)]


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, by their marks, or by zero bytes on one side of each pair.

    >>> wide_encoding("id\\ttype".encode("utf-16-le"))
    'UTF-16LE'
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd > len(head) // 8 and min(even, odd) * 4 < max(even, odd):
        return "UTF-16LE" if odd > even else "UTF-16BE"
    return None


def guess_encoding(data: bytes) -> str | None:
    """The encoding that bytes which are not UTF-8 look like, by iconv's name; None if unclear.

    >>> guess_encoding("外泌体促进愈合".encode("gbk"))
    'GBK'
    >>> guess_encoding("Müller".encode("latin-1"))
    'WINDOWS-1252'
    """
    for codec, name in (("gb2312", "GBK"), ("big5", "BIG5"), ("gb18030", "GB18030")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        beyond = [c for c in text if ord(c) > 127]
        common = [c for c in beyond if "一" <= c <= "鿿" or "、" <= c <= "〿" or c > "\uff00"]
        high = sum(byte > 127 for byte in data)
        # Chinese is mostly pairs of high bytes, accents in Latin text stand alone
        if len(common) * 3 >= len(beyond) * 2 and high * 5 > len(beyond) * 6:
            return name
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters = [c for c in text if ord(c) > 127]
    return "WINDOWS-1252" if sum(c.isalpha() for c in letters) * 2 >= len(letters) else None
