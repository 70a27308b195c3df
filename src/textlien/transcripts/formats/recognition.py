"""JSON of speech recognition, whichever program wrote it, to stretches with speaker, times, words.

Nearly every program has its own names for the same: a list of segments or of words, each with its
text, its times and a speaker. So the list is looked for, and its keys are read by their meaning.
Written after the output of Whisper, WhisperX, whisper.cpp, insanely-fast-whisper, Deepgram,
AssemblyAI, Amazon Transcribe, Google Speech-to-Text, Azure Speech, Speechmatics, Rev, Gladia, Vosk,
Happy Scribe and Sonix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median
from typing import Any

from textlien.transcripts.formats.segments import seconds

_TEXTS = ("text", "transcript", "punctuatedword", "display", "word", "content", "value", "sentence")
_SPEAKERS = ("speaker", "speakerlabel", "speakertag", "speakerid", "speakername", "spk")
_STARTS = ("start", "starttime", "startoffset", "from", "begin", "datastart", "ts", "offset")
_ENDS = ("end", "endtime", "endoffset", "to", "finish", "dataend", "endts")
_BELOW = ("words", "elements", "sentences", "result", "items")
_ALTERNATIVES = ("alternatives", "nbest")
# Units of times by the end of their key, as many a second.
_UNITS = (("milliseconds", 1e3), ("inticks", 1e7), ("ms", 1e3))
# Lists of other things have texts too: these keys count only beside a time or a speaker.
_LOOSE = frozenset({"content", "value", "sentence", "word", "display"})
# A file of words deeper than that is no transcript: the deepest is Deepgram's, with seven.
_DEEPEST = 9
# Of the words of the longest list, the share that a list must have to be the transcript.
_WHOLE = 0.8
# Words a second of the median segment below which times are milliseconds: people say one to five.
_SLOWEST = 0.02
_CLOCK = re.compile(r"(?:PT)?(\d{1,7}(?:\.\d{1,9})?)[sS]")
_NOT_KEY = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment or word as its program has it.

    Attributes
    ----------
    text : as written.
    start, end : seconds, or None.
    speaker : as written, "" where there is none.
    words : of a segment, where they are listed.
    """

    text: str
    start: float | None
    end: float | None
    speaker: str = ""
    words: tuple[Stretch, ...] = ()


def stretches_of(content: Any) -> list[Stretch]:
    """The segments of a transcript, in order; empty where there are none.

    Of several lists that hold it, one that says who speaks is taken, and of those the one with the
    fewest items. Words that are listed without segments are put together by their speaker.
    """
    lists = list(map(_parts, _lists_of_speech(content)))
    longest = max(map(_size, lists), default=0)
    if not longest:
        return []
    whole = [parts for parts in lists if _size(parts) >= _WHOLE * longest]
    if not any(_is_attributed(part) for parts in whole for part in parts):
        apart = dict(_labels_apart(content))
        whole = [[_with_label(part, apart) for part in parts] for parts in whole]
    best = min(whole, key=lambda parts: (not any(map(_is_attributed, parts)), len(parts)))
    if all(len(part.text.split()) <= 1 for part in best):
        best = list(_together(best))
    return _in_seconds(best)


def _lists_of_speech(content: Any) -> list[list[Any]]:
    """Lists that may hold the transcript."""
    usual = _usual(content)
    return [usual] if usual else list(_lists(content).values())


def _usual(content: Any) -> list[Any]:
    """The segments of WhisperX and its kin, some with a speaker; nothing of any other program."""
    segments = content.get("segments") if isinstance(content, dict) else content
    if not isinstance(segments, list):
        return []
    items = [item for item in segments if isinstance(item, dict)]
    is_usual = any(item.get("speaker") and item.get("text") for item in items)
    return [_without_words(item) for item in items] if is_usual else []


def _without_words(item: dict[str, Any]) -> dict[str, Any]:
    """A segment without its words, if all are of its speaker: they say nothing more."""
    words, text = item.get("words"), item.get("text")
    if not isinstance(words, list) or not isinstance(text, str):
        return item
    speakers = {str(word.get("speaker") or "") for word in words if isinstance(word, dict)}
    if speakers - {""} - {str(item.get("speaker"))}:
        return item
    return {name: value for name, value in item.items() if name != "words"}


def _parts(items: Sequence[Any]) -> list[Stretch]:
    """Segments or words among the items of a list; the last alone where it repeats all others."""
    parts = [part for item in items if (part := _stretch(item))]
    if len(parts) > 2 and _size(parts[-1:]) == _size(parts[:-1]):
        others = " ".join(part.text for part in parts[:-1])
        return parts[-1:] if parts[-1].text.split() == others.split() else parts
    return parts


def _size(parts: Sequence[Stretch]) -> int:
    """Number of words."""
    return sum(len(part.text.split()) for part in parts)


def _lists(content: Any) -> dict[tuple[str, ...], list[Any]]:
    """Lists of objects, by their path without numbers; those of one path are put together."""
    lists: dict[tuple[str, ...], list[Any]] = {}
    tagged: set[tuple[str, ...]] = set()
    for path, items in _walk(content, ()):
        before = lists.get(path, [])
        # Google repeats all words with their speakers behind the words without.
        if before and len(items) >= len(before) and _says_who(items) and not _says_who(before):
            tagged.add(path)
            lists[path] = list(items)
        elif path not in tagged:
            lists.setdefault(path, []).extend(items)
    return lists


def _walk(content: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Path and items of each list of objects; of alternatives the first counts."""
    if len(path) > _DEEPEST:
        return
    if isinstance(content, dict):
        for key, value in content.items():
            first = _key(key) in _ALTERNATIVES and isinstance(value, list)
            yield from _walk(value[:1] if first else value, (*path, key))
    elif isinstance(content, list):
        if any(isinstance(item, dict) for item in content):
            yield path, content
        for item in content:
            yield from _walk(item, (*path, ""))


def _says_who(items: Sequence[Any]) -> bool:
    """True where most objects have a speaker."""
    named = sum(isinstance(item, dict) and bool(_speaker(_keys(item))) for item in items)
    return 2 * named > len(items)


def _stretch(item: Any, *, loose: bool = False) -> Stretch | None:
    """The segment or word that an object holds, or None; with ``loose``, under any key."""
    if not isinstance(item, dict):
        return None
    keys = _keys(item)
    below: list[Any] = next((keys[key] for key in _BELOW if isinstance(keys.get(key), list)), [])
    inner = _first_alternative(keys)
    words = tuple(_parts(below)) or inner.words
    start, end = _times(keys, words)
    speaker = _speaker(keys) or inner.speaker
    is_speech = any((loose, start is not None, speaker, "type" in keys))
    text = _text(keys, loose=is_speech) or inner.text or _joined(words)
    if not text.strip():
        return None
    return Stretch(text, start, end, speaker, words)


def _first_alternative(keys: Mapping[str, Any]) -> Stretch:
    """The first of several hearings, or nothing."""
    for name in _ALTERNATIVES:
        hearings = keys.get(name)
        if isinstance(hearings, list) and hearings:
            return _stretch(hearings[0], loose=True) or Stretch("", None, None)
    return Stretch("", None, None)


def _times(keys: Mapping[str, Any], words: Sequence[Stretch]) -> tuple[float | None, float | None]:
    """Start and end of an object, as whichever program wrote them; else those of its words."""
    times, offsets = keys.get("timestamp"), keys.get("offsets")
    if isinstance(times, list) and len(times) == 2:
        return seconds(times[0]), seconds(times[1])
    if isinstance(offsets, dict):
        moments = (seconds(offsets.get(key), per_second=1000) for key in ("from", "to"))
        return next(moments), next(moments)
    start, end = _time(keys, _STARTS), _time(keys, _ENDS)
    if start is None and words:
        return words[0].start, words[-1].end
    return start, end


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """A key without capitals, « _ » and the like."""
    return _NOT_KEY.sub("", name).lower()


def _keys(item: Mapping[str, Any]) -> dict[str, Any]:
    """An object by its keys folded."""
    return {_key(name): value for name, value in item.items()}


def _text(keys: Mapping[str, Any], *, loose: bool) -> str:
    """The text that an object states, or ""."""
    return next(
        (
            keys[key]
            for key in _TEXTS
            if isinstance(keys.get(key), str) and (loose or key not in _LOOSE)
        ),
        "",
    )


def _speaker(keys: Mapping[str, Any]) -> str:
    """The speaker that an object states, or ""; a name counts before a number."""
    for key in _SPEAKERS:
        value = keys.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("label") or value.get("id")
        is_name = isinstance(value, (str, int)) and not isinstance(value, bool)
        if is_name and str(value).strip():
            return str(value)
    return ""


def _time(keys: Mapping[str, Any], names: Sequence[str]) -> float | None:
    """A moment in the unit that its key or its text states."""
    for name in names:
        if (value := keys.get(name)) is not None:
            clock = _CLOCK.fullmatch(value) if isinstance(value, str) else None
            return seconds(clock[1] if clock else value)
    for ending, per_second in _UNITS:
        for name in names:
            if (value := keys.get(f"{name}{ending}")) is not None:
                return seconds(value, per_second=per_second)
    return None


def _labels_apart(content: Any) -> Iterator[tuple[float, str]]:
    """Start and speaker of objects without a text: Amazon lists speakers beside the words."""
    for _, items in _walk(content, ()):
        for item in items:
            keys = _keys(item) if isinstance(item, dict) else {}
            start = _time(keys, _STARTS)
            if start is not None and (speaker := _speaker(keys)) and not _stretch(item):
                yield start, speaker


def _with_label(part: Stretch, apart: Mapping[float, str]) -> Stretch:
    """The stretch with the speaker that is listed elsewhere for its start, if it has none."""
    if part.speaker or part.start is None or part.start not in apart:
        return part
    return replace(part, speaker=apart[part.start])


def _is_attributed(part: Stretch) -> bool:
    """True where a stretch or one of its words has a speaker."""
    return bool(part.speaker) or any(word.speaker for word in part.words)


def _together(words: Sequence[Stretch]) -> Iterator[Stretch]:
    """Segments of following words of one speaker; punctuation belongs to the word before."""
    run: list[Stretch] = []
    for word in words:
        is_punctuation = not any(character.isalnum() for character in word.text)
        if run and word.speaker != run[0].speaker and not is_punctuation:
            yield _segment(run)
            run = []
        run.append(word)
    if run:
        yield _segment(run)


def _segment(words: Sequence[Stretch]) -> Stretch:
    """One segment of words."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    text = _joined(words)
    return Stretch(text, min(starts, default=None), max(ends, default=None), words[0].speaker)


def _joined(words: Sequence[Stretch]) -> str:
    """Words as a text: blanks as the words have them, else between words; none before « , »."""
    if any(word.text[:1].isspace() or word.text[-1:].isspace() for word in words):
        return "".join(word.text for word in words)
    return re.sub(r" (?=[.,…)](?:\s|$))", "", " ".join(word.text for word in words))


def _in_seconds(parts: list[Stretch]) -> list[Stretch]:
    """Times in seconds, where those of the whole can only be milliseconds."""
    rates = [
        len(part.text.split()) / (part.end - part.start)
        for part in parts
        if part.start is not None and part.end is not None and part.end > part.start
    ]
    if not rates or median(rates) > _SLOWEST:
        return parts
    return [
        replace(part, start=_thousandth(part.start), end=_thousandth(part.end)) for part in parts
    ]


def _thousandth(moment: float | None) -> float | None:
    """Milliseconds in seconds."""
    return None if moment is None else round(moment / 1000, 3)
