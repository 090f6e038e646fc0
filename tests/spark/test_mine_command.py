# SPDX-License-Identifier: Apache-2.0
"""What `exograph mine` says where it cannot run, which takes no Spark."""

import sys

import pytest

from exograph import cli
from exograph.errors import InputError
from exograph.spark.asked import Asked
from exograph.spark.session import java_or_cure

ASK = ["mine", "edges", "type:Source", "type:HealingPhase"]


def test_without_pyspark_it_says_how_to_install_it(tmp_path, monkeypatch, capsys):
    for name in ("pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    assert cli.run([*ASK, str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "M101" in said and "pip install 'exograph[spark]'" in said
    assert not (tmp_path / "out").exists()


def test_without_java_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match=r"M102 .* Install Java 17"):
        java_or_cure()


def test_memory_that_is_none_is_wrong_usage(tmp_path, capsys):
    assert cli.run([*ASK, str(tmp_path / "out"), "--memory", "much"]) == 2
    assert "512m" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"max_steps": 21}, "P106"),
        ({"sign": "plus"}, "P108"),
        ({"end": ("a",)}, "P104"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(options, code):
    with pytest.raises(InputError) as refused:
        Asked(**{"start": ("a",), "end": ("b",)} | options)
    assert refused.value.code == code
