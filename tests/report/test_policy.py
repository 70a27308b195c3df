from __future__ import annotations

import base64
import hashlib
import re

from plotly.offline import get_plotlyjs

from tests.report.invented import page_of, study_of, tables_of
from textlien.report.policy import Looks, content_security_policy, injected_styles


def sha256(content):
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


def test_the_digest_of_nothing_is_the_one_that_browsers_print():
    policy = content_security_policy("", ["", "x"])
    assert "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" in policy
    assert f"script-src {sha256('x')};" in policy


def test_the_policy_of_a_page_names_its_style_and_scripts_and_nothing_inline():
    for tables in (tables_of(), tables_of(waves=("2013",), axes=())):
        page = page_of(tables, study_of(report={"language": "en"}))
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
        assert "unsafe" not in policy
        sources = {
            name: values.split()
            for name, _, values in (p.partition(" ") for p in policy.split("; "))
        }
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        assert sources["style-src"] == [sha256(style), sha256("")]
        without = page.replace(get_plotlyjs(), "")
        scripts = re.findall(r"<script>(.*?)</script>", without, re.DOTALL)
        expected = [sha256(text or get_plotlyjs()) for text in scripts]
        assert sources["script-src"] == expected
        assert sources["default-src"] == ["'none'"]
        assert re.findall(r'<[^>]+\sstyle=|<[^>]+\son\w+="', without) == []


def test_elements_that_look_alike_share_a_class():
    looks = Looks()
    first, second = looks.look("height:314px"), looks.look("width:3%")
    assert looks.look("height:314px") == first != second
    assert looks.rules == f".{first} {{ height:314px }}\n.{second} {{ width:3% }}\n"


def test_the_style_that_plotly_brings_along_is_kept_out_by_its_id():
    (name,) = injected_styles(get_plotlyjs())
    page = page_of(tables_of())
    assert f'<style id="{name}"></style>' in page
    assert page.index(f'<style id="{name}">') < page.index("</head>")
