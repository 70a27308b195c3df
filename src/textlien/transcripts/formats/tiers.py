"""Tiers of ELAN and Praat: which hold speech, and which code gaze, gestures, sounds or meanings.

Nothing in a file says so. A tier that is named or typed after a code, or takes its values from a
controlled vocabulary, is none; nor is one of few short values that come back all the time, one of
phonetic signs, or one that runs beside the words of the same person: nobody says two things at
once. The last three are told as doubtful. A tier that the study file declares is speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import Location, message
from textlien.text.folding import fold
from textlien.transcripts.formats.segments import Segment, is_silence
from textlien.transcripts.language import FRENCH

_CODES = frozenset(
    "gaze gazes regard regards eye eyes yeux oeil geste gestes gesture gestures gestuelle "
    "gestual gestuel posture postures hand hands main mains bras tete head nod nods face "
    "facial mimique mimiques sourcils sourcil eyebrows corps body mouvement mouvements "
    "movement movements pointage pointing deixis manipulation objet objets action actions "
    "activite activites activity multimodal nonverbal kinesics proxemique emotion emotions "
    "affect traduction translation translations trad ft glose gloses gloss glosses ge ps pos "
    "rx mb morph morpheme morphemes lemme lemmes lemma lemmas tag tags pragmatique syntaxe "
    "syntax phon phono phons phonetique phonetics phonetic phoneme phonemes phone phones ipa "
    "api syll syllabe syllabes syllable syllables prosodie prosody intonation tobi ton tons "
    "tone tones pitch f0 contour pause pauses silence silences respiration souffle rire rires "
    "laughter bruit bruits noise background note notes comment comments commentaire "
    "commentaires remarque remarques event events evenement evenements scene camera video "
    "contexte context topic topics theme themes turn turns tour tours section sections code "
    "codes codage coding mot mots word words token tokens".split()
)
"""Words, folded, in the name or type of a tier that is no speech."""

_SPEECH = frozenset(
    "tx txt text texte transcription transcript trans utt utterance utterances orth ortho "
    "orthographe orthographic speech parole paroles verbal verbatim discours enonce enonces".split()
)
"""Words, folded, of a tier that is: « transcription des gestes » is not, « gestes » beside it."""

_WORDS_ALIGNED = frozenset("mot mots word words token tokens".split())
_BACKCHANNELS = frozenset(
    "oui ouais non si hm hmm mh mhm mmh hum hein ah oh eh euh ok okay accord d bien sur voila bon "
    "ben bah exactement tout a fait c est ca rires rire merci bonjour".split()
)
_PHONETIC = re.compile("[\u0250-\u02af\u0361θðŋβχ]")
_NAME_PARTS = re.compile(r"[A-Z]+(?![a-z])|[^\W\d_][^\W\d_A-Z]*|\d+")


class Thresholds(NamedTuple):
    """Numbers from which a tier is none of speech. Judgements.

    Attributes
    ----------
    annotations : fewer than that show no habit.
    distinct : share of different values among them, at most, in a tier of codes.
    words : mean number of words of such a value, at most.
    phonetic : share of the words with a phonetic sign, at least, in a tier of sounds.
    beside : share of a tier's annotations at the time of another one of the same person.
    french : share of the commonest French words, at least, in what may be speech.
    """

    annotations: int = 10
    distinct: float = 0.35
    words: float = 2.5
    phonetic: float = 0.1
    beside: float = 0.5
    french: float = 0.1


_LIMITS = Thresholds()


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier that depends on no other.

    Attributes
    ----------
    name : as the file has it.
    speaker : the participant, else what stands for one in the name.
    kind : name of its linguistic type, or "".
    closed : its values are of a controlled vocabulary.
    segments : with words, in order.
    """

    name: str
    speaker: str
    kind: str
    closed: bool
    segments: tuple[Segment, ...]


class Choice(NamedTuple):
    """Segments of speech with their speakers, and the problems of tiers that were left out."""

    segments: list[Segment]
    problems: list[Problem]


def choose(tiers: Sequence[Tier], declared: Iterable[str], file: str) -> Choice:
    """Choose the tiers that hold speech.

    Parameters
    ----------
    tiers : that depend on no other.
    declared : labels of the study file: a tier of such a name is speech.
    file : its name in messages.
    """
    asked = {fold(label) for label in declared}
    filled = [_by_its_name(tier, asked) for tier in tiers if any(_speech([tier]))]
    sure, doubtful = _without_speech(filled, asked)
    spoken = [tier for tier in filled if tier not in sure + doubtful]
    problems = []
    if not spoken and filled:
        spoken = _most_spoken(filled)
        place, names = Location(file=file), tuple(tier.name for tier in spoken)
        problems.append(Problem.warning("transcripts.only-coded-tiers", place, tiers=names))
    problems += _left_out("tiers-of-codes", sure, spoken, file)
    problems += _left_out("tiers-in-doubt", doubtful, spoken, file)
    return Choice(list(_speech(spoken)), problems)


def _without_speech(tiers: Sequence[Tier], asked: Set[str]) -> tuple[list[Tier], list[Tier]]:
    """Tiers that are certainly no speech, and tiers that are hardly."""
    sure = [tier for tier in tiers if _is_code(tier, asked)]
    rest = [tier for tier in tiers if tier not in sure]
    return sure, [tier for tier in rest if _is_odd(tier, rest, asked)]


def _by_its_name(tier: Tier, asked: Set[str]) -> Tier:
    """The tier; of one that the study file declares, the name is the label."""
    return replace(tier, speaker=tier.name) if fold(tier.name) in asked else tier


def _speech(tiers: Iterable[Tier]) -> Iterator[Segment]:
    """Segments of tiers, with their speaker; lengths of silences stay out."""
    for tier in tiers:
        for part in tier.segments:
            if not is_silence(part.text):
                yield replace(part, speaker=tier.speaker)


def _left_out(
    identifier: str, group: Sequence[Tier], spoken: Sequence[Tier], file: str
) -> list[Problem]:
    """The note or warning on tiers that are not read."""
    tiers = [tier for tier in group if tier not in spoken]
    return [_problem(identifier, tiers, file)] if tiers else []


def _problem(identifier: str, tiers: Sequence[Tier], file: str) -> Problem:
    """A note or warning that lists tiers with the amount of what they hold."""
    counts = tuple(
        message(
            "transcripts.tier-count",
            name=tier.name,
            annotations=len(tier.segments),
            words=sum(len(part.text.split()) for part in tier.segments),
        )
        for tier in tiers
    )
    make = Problem.note if identifier == "tiers-of-codes" else Problem.warning
    return make(
        f"transcripts.{identifier}", Location(file=file), tiers=counts, example=tiers[0].name
    )


def _parts(name: str) -> set[str]:
    """Words of the name of a tier: « MarieGaze », « gaze@SP » and « Marie_regard2 » have two."""
    return {fold(part) for part in _NAME_PARTS.findall(name)}


def _is_code(tier: Tier, asked: Set[str]) -> bool:
    """True for a tier that by its name, its type or its vocabulary is no speech."""
    if fold(tier.name) in asked:
        return False
    parts = _parts(tier.name)
    if parts & _CODES:
        return True
    return tier.closed or bool(_parts(tier.kind) & _CODES and not parts & _SPEECH)


def _is_odd(tier: Tier, tiers: Sequence[Tier], asked: Set[str]) -> bool:
    """True for a tier that by its values, or beside another one, is hardly speech."""
    if fold(tier.name) in asked:
        return False
    return (
        _has_few_values(tier)
        or _is_phonetic(tier)
        or any(_is_beside(tier, other) for other in tiers if other is not tier)
    )


def _has_few_values(tier: Tier) -> bool:
    """True for few short values that come back, but « oui » and « hm »."""
    values = Counter(part.text.lower() for part in tier.segments)
    total = values.total()
    if total < _LIMITS.annotations or len(values) > _LIMITS.distinct * total:
        return False
    words = [word for value in values.elements() for word in fold(value).split()]
    heard = sum(word in _BACKCHANNELS for word in words)
    return len(words) <= _LIMITS.words * total and 2 * heard < len(words)


def _is_phonetic(tier: Tier) -> bool:
    """True for words written in phonetic signs."""
    text = " ".join(part.text for part in tier.segments)
    words = text.split() if _PHONETIC.search(text) else []
    signs = sum(bool(_PHONETIC.search(word)) for word in words)
    return len(words) >= _LIMITS.annotations and signs > _LIMITS.phonetic * len(words)


def _is_beside(tier: Tier, other: Tier) -> bool:
    """True for a tier that runs along the words of the same person, and is less French."""
    if len(tier.segments) < _LIMITS.annotations or not _is_same_person(tier, other):
        return False
    if (_french(tier), len(tier.segments)) > (_french(other), len(other.segments)):
        return False
    return _overlapping(tier.segments, other.segments) >= _LIMITS.beside * len(tier.segments)


def _is_same_person(tier: Tier, other: Tier) -> bool:
    """True where two tiers have one participant, or the name of one is part of the other's."""
    if fold(tier.speaker) == fold(other.speaker):
        return True
    return _parts(other.name) < _parts(tier.name)


def _overlapping(segments: Sequence[Segment], others: Sequence[Segment]) -> int:
    """Number of segments at whose middle one of the others runs."""
    spans = sorted(
        (part.start, part.end) for part in others if part.start is not None and part.end is not None
    )
    middles = sorted(
        (part.start + part.end) / 2
        for part in segments
        if part.start is not None and part.end is not None
    )
    count = index = 0
    for middle in middles:
        while index < len(spans) and spans[index][1] <= middle:
            index += 1
        count += index < len(spans) and spans[index][0] <= middle
    return count


def _french(tier: Tier) -> float:
    """Share of the commonest French words."""
    words = fold(" ".join(part.text for part in tier.segments)).split()
    return sum(word in FRENCH for word in words) / max(1, len(words))


def _most_spoken(tiers: Sequence[Tier]) -> list[Tier]:
    """The tiers that may be speech where none certainly is: aligned words, else French ones."""
    aligned = [tier for tier in tiers if _parts(tier.name) & _WORDS_ALIGNED]
    french = [tier for tier in tiers if _french(tier) >= _LIMITS.french]
    longest = max(tiers, key=lambda tier: sum(len(part.text.split()) for part in tier.segments))
    return aligned or french or [longest]
