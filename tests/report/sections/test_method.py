from __future__ import annotations

from textlien.estimation import contrasts, profiles
from textlien.messages.translator import Translator
from textlien.report.sections.method import method_text

FR, EN = Translator("fr"), Translator("en")


def test_every_method_of_an_estimate_has_a_french_name():
    for method in (profiles.METHOD, contrasts.METHOD, contrasts.PANEL_METHOD):
        assert method_text(method, FR) != method
        assert method_text(method, EN) == method
    assert method_text("wild bootstrap", FR) == "wild bootstrap"
