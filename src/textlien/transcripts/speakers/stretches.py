"""Stretches of an interview between which the labels change: another transcriber took over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from textlien.transcripts.model import Utterance

_LEAST_TURNS = 2
"""Turns of a label that counts: somebody who comes in once is at home in no stretch."""

_LEAST_LABELS = 2
"""Labels of a stretch: somebody asks, and somebody answers."""


def stretches(utterances: Sequence[Utterance]) -> list[tuple[Utterance, ...]]:
    """Cut an interview where all labels give way to others; one part where they do not.

    Parameters
    ----------
    utterances : of one interview, in order.

    Returns
    -------
    Parts without a label in common but for those that come once, each with two labels at least.
    """
    counts = Counter(utterance.speaker for utterance in utterances)
    last = {
        utterance.speaker: turn
        for turn, utterance in enumerate(utterances)
        if counts[utterance.speaker] >= _LEAST_TURNS
    }
    starts, end, labels = [0], -1, set[str]()
    for turn, utterance in enumerate(utterances):
        if utterance.speaker not in last:
            continue
        if end < turn and len(labels) >= _LEAST_LABELS:
            starts.append(turn)
            labels = set()
        labels.add(utterance.speaker)
        end = max(end, last[utterance.speaker])
    if len(starts) > 1 and len(labels) < _LEAST_LABELS:
        starts.pop()
    bounds = [*starts, len(utterances)]
    return [tuple(utterances[start:stop]) for start, stop in pairwise(bounds)]
