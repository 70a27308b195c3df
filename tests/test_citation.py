"""CITATION.cff by the rules of the schema of the Citation File Format, version 1.2.0."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[1]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

REQUIRED = {"cff-version", "message", "title", "authors"}
ALLOWED = REQUIRED | {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords"),
    *("license", "license-url", "preferred-citation", "references", "repository", "type"),
    *("repository-artifact", "repository-code", "url", "version"),
}


def test_the_citation_has_the_fields_of_the_schema_and_no_other():
    assert REQUIRED <= set(CITATION) <= ALLOWED
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] in ("software", "dataset")
    for field in ("message", "title", "abstract", "version", "license"):
        assert isinstance(CITATION[field], str), field
        assert CITATION[field], field
    assert len(set(CITATION["keywords"])) == len(CITATION["keywords"]) > 0


def test_each_author_is_an_entity_with_a_name_or_a_person():
    assert CITATION["authors"]
    for author in CITATION["authors"]:
        assert set(author) <= {"name", "family-names", "given-names", "orcid", "affiliation"}
        assert author.get("name") or author.get("family-names")


def test_the_citation_agrees_with_the_package():
    assert CITATION["version"] == PROJECT["version"]
    assert CITATION["license"] in PROJECT["license"]
    assert [author["name"] for author in CITATION["authors"]] == [
        author["name"] for author in PROJECT["authors"]
    ]
