# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on the way, as HTTP says it."""

from __future__ import annotations

from collections.abc import Mapping

from exograph.errors import ExographError

STATUS = {
    "Q202": 403,
    "Q205": 504,
    "Q206": 507,
    "Q207": 500,
    "Q212": 500,
    "Q213": 507,
    "Q214": 406,
}
"""By code; all other errors are those of the request, 400."""


class HttpError(ExographError):
    """A request that is refused: ``status`` and ``headers`` beside what every error has."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        cure: str = "",
        headers: Mapping[str, str] | None = None,
        suggestions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(code, message, cure, suggestions)
        self.status = status
        self.headers = dict(headers or {})


def status_of(error: ExographError) -> int:
    """The status that an error is answered with."""
    return error.status if isinstance(error, HttpError) else STATUS.get(error.code, 400)


def busy() -> HttpError:
    """The answer where no worker is free in time, or no room."""
    return HttpError(
        503, "H153", "The server is busy.", "Ask again in a moment.", {"retry-after": "2"}
    )
