"""``[limits]``: size and cost from which a file is refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class LimitsOptions(BaseModel):
    """``[limits]``: size and cost from which a file is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # An hour of speech is 0.1 MB of text; Word files may hold pictures besides.
    file_mb: int = Field(default=100, ge=1)
    unpacked_mb: int = Field(default=400, ge=1)
    turns: int = Field(default=100_000, ge=1)
