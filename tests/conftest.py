"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# No deadline: first calls load libraries. Derandomised: a failure seen once is seen again.
settings.register_profile("textlien", deadline=None, derandomize=True)
settings.load_profile("textlien")
