# SPDX-License-Identifier: Apache-2.0
"""A Spark on this machine, unless the program was submitted to another."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exograph.errors import InputError
from exograph.spark.edges import arrow_or_cure, missing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextmanager
def session(cores: str = "*", memory: str = "4g") -> Iterator[SparkSession]:
    """The session that there is; or that of ``spark-submit``, or a new one on this machine, which
    is stopped in the end.

    Raises InputError: M101 without pyspark or pyarrow, M102 without Java.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise missing("pyspark") from None
    arrow_or_cure()
    told = "PySpark does not yet fully support pandas"  # of which nothing here makes use
    warnings.filterwarnings("ignore", told, FutureWarning)
    if (known := SparkSession.getActiveSession()) is not None:
        yield known
        return
    builder = SparkSession.builder.appName("exograph")
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # which spark-submit sets
        java_or_cure()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark's own choice is python3
        count = os.cpu_count() or 1 if cores == "*" else int(cores)
        settings = {
            "spark.master": f"local[{cores}]",
            "spark.driver.memory": memory,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": str(4 * count),
            "spark.log.level": "ERROR",
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
    with in_words():
        new = builder.getOrCreate()
    with new:
        yield new


@contextmanager
def in_words() -> Iterator[None]:
    """What Spark cannot do, as an error that a user can mend: InputError M104."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        words = " ".join(line.strip(" :") for line in str(error).splitlines()[:2])
        cure = "Mend what it names, or give it more --memory."
        raise InputError("M104", f"Spark gave up: {words[:500].rstrip('.')}.", cure) from None


def java_or_cure() -> None:
    """Raises InputError M102 if there is no Java to run Spark."""
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=os.path.join(home, "bin") if home else None):  # noqa: PTH118
        cure = "Install Java 17 or newer, and set JAVA_HOME if it is in no usual place."
        raise InputError("M102", "Spark needs Java, which is not found.", cure)
