"""The schema of every table.

Conventions shared by all tables
--------------------------------
- ``start`` and ``end`` are half-open offsets, in characters (Unicode code points), into the
  *normalised text* of an interview: the text of all its turns, interviewer included, in order,
  joined by one line feed (see :func:`textlien.tables.normalised_text`).
- Shares and probabilities lie in [0, 1]; times are in seconds.
- ``wave`` is always text, so that « 2013 » and « 2013 bis » sort and print alike.
- Sentinels: an unknown city, actor or person is the empty string; « all » of a column of
  ``profiles`` is :data:`ALL`; its item for what is outside of all themes is :data:`OUTSIDE`.
"""

from __future__ import annotations

from textlien.tables.schema import Schema, Spans, binary, count, flag, number, share, text

ALL = "*"
"""Stands for « every city » or « every actor » in ``profiles``."""

OUTSIDE = "outside"
"""Item of measure ``theme`` in ``profiles``: the speech that is outside of all themes."""

ROLES = ("interviewer", "interviewee", "other")
DECISIONS = ("yes", "no", "review")
PARTS_OF_SCORES = ("words", "tool-words", "meaning", "context")
DECIDED_BY = ("coders", "model")
VERDICTS = ("increase", "decrease", "inconclusive", "fragile", "uncorrected", "not computed")
BASES = ("measured", "coded", "corrected", "uncorrected")
REASONS_WITHOUT_THEME = ("other-language", "no-term", "talk", "few-terms", "outside", "set-aside")
DISTANCES = ("farther", "nearer", "not farther", "not computed")
CROSSED = ("wave", "city", "actor", "question")
CROSS_VERDICTS = ("more", "less", "inconclusive", "fragile", "not computed")
_SIDES = ("left", "right")
_UNITS = ("interviews", "passages")
_WITHIN = ("low_within", "high_within")
WEIGHTS = ("words", "passages", "interviews")

_SCHEMAS = (
    Schema(
        "interviews",
        ("interview_id",),
        {
            **{f: text() for f in ("interview_id", "file", "format", "encoding", "sha256")},
            **{f: text() for f in ("wave", "city", "actor", "person", "date")},
            "fictional": flag(),
            "included": flag(),
            **{column: count() for column in ("n_turns", "n_words", "n_words_interviewer")},
            "duration": number(nullable=True),
            "problems": text(),
        },
    ),
    Schema(
        "turns",
        ("interview_id", "turn"),
        {
            "interview_id": text(),
            "turn": count(),
            "speaker": text(),
            "role": text(among=ROLES),
            "time_start": number(nullable=True),
            "time_end": number(nullable=True),
            "start": count(),
            "end": count(),
            "section": text(),
            "place": text(),
            "text": text(),
            "original": text(),
        },
        Spans.MAY_BE_EMPTY,
    ),
    Schema(
        "speakers",
        ("interview_id", "speaker"),
        {
            "interview_id": text(),
            "speaker": text(),
            "role": text(among=ROLES),
            "reason": text(),
            "sure": flag(),
            "n_turns": count(1),
            "n_words": count(),
            "habit": number(0, 1, nullable=True),
            "habit_of_others": number(0, 1, nullable=True),
            "share_of_words": number(0, 1, nullable=True),
        },
    ),
    Schema(
        "variables",
        ("interview_id", "position"),
        {"interview_id": text(), "position": count(1), "variable": text(), "value": text()},
    ),
    Schema(
        "passages",
        ("passage_id",),
        {
            "passage_id": text(),
            "interview_id": text(),
            "turn_first": count(),
            "turn_last": count(),
            "start": count(),
            "end": count(),
            "speaker": text(),
            "question": text(),
            "text": text(),
            "n_words": count(1),
        },
        Spans.NOT_EMPTY,
    ),
    Schema(
        "tokens",
        ("passage_id", "token"),
        {
            "passage_id": text(),
            "token": count(),
            "start": count(),
            "end": count(),
            "form": text(),
            "lemma": text(),
            "pos": text(),
        },
        Spans.NOT_EMPTY,
    ),
    Schema(
        "terms",
        ("term",),
        {
            "term": text(),
            "kind": text(among=("lemma", "verb", "expression", "collocation")),
            "form": text(),
            "folded": text(),
            "count": count(1),
            "n_passages": count(1),
            "n_interviews": count(1),
        },
    ),
    Schema(
        "passage_terms",
        ("passage_id", "term"),
        {"passage_id": text(), "term": text(), "count": count(1)},
    ),
    Schema(
        "themes",
        ("theme",),
        {
            "theme": count(1),
            "label": text(),
            "named": flag(),
            "aside": flag(),
            "share": share(),
            "npmi": number(-1, 1, nullable=True),
            "stability": share(nullable=True),
            "returns": share(nullable=True),
            "fragile": flag(),
        },
    ),
    Schema(
        "theme_refits",
        ("refit", "theme", "interview_id"),
        {
            "refit": count(1),
            "theme": count(1),
            "interview_id": text(),
            "share_of_words": share(nullable=True),
            "mean_share": share(nullable=True),
        },
    ),
    Schema(
        "theme_terms",
        ("theme", "term"),
        {
            "theme": count(1),
            "term": text(),
            "weight": number(0),
            "frex": share(),
            "relevance": number(),
            "rank": count(1),
        },
    ),
    Schema(
        "theme_exemplars",
        ("theme", "rank"),
        {"theme": count(1), "rank": count(1), "passage_id": text(), "share": share()},
    ),
    Schema(
        "passage_themes",
        ("passage_id", "theme"),
        {"passage_id": text(), "theme": count(1), "share": share()},
    ),
    Schema(
        "passages_without_theme",
        ("passage_id",),
        {"passage_id": text(), "reason": text(among=REASONS_WITHOUT_THEME)},
    ),
    Schema(
        "theme_fit",
        ("wave", "interview_id", "measure"),
        {
            "wave": text(),
            "interview_id": text(),
            "measure": text(among=("passages", "words", "unknown")),
            "estimate": share(nullable=True),
            "expected": share(nullable=True),
            "difference": number(-1, 1, nullable=True),
            "low": number(nullable=True),
            "high": number(nullable=True),
            "exceeds": share(nullable=True),
            "learnt": flag(),
            "verdict": text(among=DISTANCES),
        },
    ),
    Schema(
        "theme_candidates",
        ("candidate",),
        {
            "candidate": count(1),
            "words": text(),
            "n_passages": count(1),
            "n_interviews": count(1),
            "ratio": number(0, nullable=True),
            "verdict": text(among=("new", "present")),
            "theme": count(1),
            "likeness": share(),
        },
    ),
    Schema(
        "candidate_exemplars",
        ("candidate", "rank"),
        {"candidate": count(1), "rank": count(1), "passage_id": text(), "share": share()},
    ),
    Schema(
        "codings",
        ("coding_id",),
        {
            "coding_id": text(),
            "interview_id": text(),
            "start": count(),
            "end": count(),
            "quote": text(),
            "axis": text(),
            "value": share(),
            "coder": text(),
            "when": text(),
            "origin": text(),
            "probability_of_selection": share(nullable=True, above_zero=True),
            "anchor": text(among=("kept", "moved")),
        },
        Spans.NOT_EMPTY,
    ),
    Schema(
        "labels",
        ("passage_id", "axis"),
        {"passage_id": text(), "axis": text(), "value": share(), "n_coders": count(1)},
    ),
    Schema(
        "label_draws",
        ("passage_id", "axis", "origin"),
        {
            **{column: text() for column in ("passage_id", "axis", "origin")},
            "probability_of_selection": share(above_zero=True),
        },
    ),
    Schema(
        "axis_scores",
        ("axis", "metric"),
        {
            "axis": text(),
            "metric": text(),
            **{column: number(nullable=True) for column in ("estimate", "low", "high")},
        },
    ),
    Schema("passage_vectors", ("passage_id",), {"passage_id": text(), "vector": binary()}),
    Schema(
        "passage_axes",
        ("passage_id", "axis"),
        {
            **{column: text() for column in ("passage_id", "axis")},
            "probability": share(),
            "model_probability": share(),
            "decision": text(among=DECISIONS),
            "decided_by": text(among=DECIDED_BY),
            "out_of_fold": flag(),
        },
    ),
    Schema(
        "axis_distance",
        ("wave", "city", "axis"),
        {
            **{column: text() for column in ("wave", "city", "axis")},
            **{column: count() for column in ("n_interviews", "n_passages")},
            "unknown": share(nullable=True),
            **{column: number(nullable=True) for column in ("nearness", "distance", "bound")},
            "exceeds": flag(),
            **{f: share(nullable=True) for f in ("mean_probability", "probability_learnt")},
        },
    ),
    Schema(
        "axis_words",
        ("axis", "direction", "rank"),
        {
            "axis": text(),
            "direction": text(among=("for", "against")),
            "rank": count(1),
            "word": text(),
            "contribution": number(),
            "n_passages": count(1),
            "n_interviews": count(1),
        },
    ),
    Schema(
        "axis_parts",
        ("axis", "part"),
        {"axis": text(), "part": text(among=PARTS_OF_SCORES), "score_share": number()},
    ),
    Schema(
        "passage_words",
        ("passage_id", "axis"),
        {
            **{column: text() for column in ("passage_id", "axis", "words_for", "words_against")},
            **{f"score_{part}": number() for part in ("words", "meaning", "context")},
        },
    ),
    Schema("passages_without_axis", ("passage_id",), {"passage_id": text(), "reason": text()}),
    Schema(
        "profiles",
        ("wave", "city", "actor", "measure", "item", "weight"),
        {
            **{column: text() for column in ("wave", "city", "actor")},
            "measure": text(among=("theme", "axis")),
            "item": text(),
            "estimate": share(),
            **{column: share(nullable=True) for column in ("low", "high", *_WITHIN)},
            "basis": text(among=BASES),
            **{column: count(1) for column in ("n_interviews", "n_passages")},
            "n_codings": count(),
            "weight": text(among=WEIGHTS),
            "method": text(),
        },
    ),
    Schema(
        "contrasts",
        ("scope", "city", "left", "right", "measure", "item"),
        {
            "scope": text(among=("panel", "city")),
            "city": text(),
            **{column: text() for column in ("left", "right")},
            "measure": text(among=("theme", "axis")),
            "item": text(),
            **{f"estimate_{side}": share() for side in _SIDES},
            "difference": number(-1, 1),
            **{column: number(nullable=True) for column in ("low", "high")},
            **{column: share(nullable=True) for column in ("p", "p_adjusted")},
            "detectable": number(nullable=True),
            "verdict": text(among=VERDICTS),
            "basis": text(among=BASES),
            **{f"n_{unit}_{side}": count(1) for unit in _UNITS for side in _SIDES},
            **{f"n_codings_{side}": count() for side in _SIDES},
            "n_paired": count(),
            "weight": text(among=WEIGHTS),
            "method": text(),
        },
    ),
    Schema(
        "theme_sources",
        ("theme",),
        {
            "theme": count(1),
            **{column: count() for column in ("n_interviews", "n_passages")},
            "largest_interview": text(),
            "interview_share": share(nullable=True),
            "largest_speaker": text(),
            "speaker_share": share(nullable=True),
            "carried_by": text(among=("several", "interview", "speaker")),
        },
    ),
    Schema(
        "theme_crosses",
        ("variable", "value", "theme"),
        {
            "variable": text(among=CROSSED),
            "value": text(),
            "theme": count(1),
            "n_interviews": count(1),
            "observed_share": share(),
            "expected_share": share(nullable=True),
            "chi2": number(nullable=True),
            "p": share(nullable=True),
            "p_adjusted": share(nullable=True),
            "verdict": text(among=CROSS_VERDICTS),
        },
    ),
    Schema(
        "passage_questions",
        ("passage_id",),
        {"passage_id": text(), "question": text(), "likeness": share()},
    ),
)

SCHEMAS: dict[str, Schema] = {schema.name: schema for schema in _SCHEMAS}
