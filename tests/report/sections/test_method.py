from __future__ import annotations

import pytest

from textlien.estimation.method import Method
from textlien.messages.translator import Translator


@pytest.mark.parametrize("method", Method)
def test_every_method_of_an_estimate_is_explained_in_both_languages(method):
    texts = {Translator(lang).text(f"estimation.method-{method}") for lang in ("fr", "en")}
    assert len(texts | {str(method)}) == 3
