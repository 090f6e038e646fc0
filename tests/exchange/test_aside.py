# SPDX-License-Identifier: Apache-2.0
"""Files beside their place: those of the living stay, those of the dead go, all others stay."""

import os
from pathlib import Path

import pytest

from exograph.exchange.aside import aside


@pytest.mark.parametrize("folder", [False, True])
def test_only_what_a_dead_writer_left_is_taken_away(folder, tmp_path):
    own = tmp_path / ".exograph-notes"
    own.write_text("of the user")
    dead = tmp_path / ".exograph-abcdefgh.part"
    dead.mkdir() if folder else dead.touch()
    pipe = tmp_path / ".exograph-pipe.part"
    os.mkfifo(pipe)
    link = tmp_path / ".exograph-link.part"
    link.symlink_to(own)
    with aside(tmp_path / "one", folder=folder) as one:
        assert not dead.exists() and not pipe.exists()
        with aside(tmp_path / "two", folder=folder) as two:
            assert one.exists() and two.exists()
            two.replace(tmp_path / "two")
        assert one.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"two", own.name, link.name}


def test_an_error_names_the_file_that_the_user_named(tmp_path):
    place = tmp_path / "none" / "out"
    with pytest.raises(FileNotFoundError) as caught, aside(place):
        pass
    assert caught.value.filename == str(place)
    with (
        pytest.raises(OSError) as full,
        aside(tmp_path / "out"),
        Path("/dev/full").open("w") as file,
    ):
        file.write("x")
        file.flush()
    assert full.value.filename == str(tmp_path / "out")
    assert not list(tmp_path.iterdir())
