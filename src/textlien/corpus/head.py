"""An interview as the notice at the head of its transcript describes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textlien.corpus.actors import actor_keys
from textlien.text.folding import fold
from textlien.transcripts.notice import FIELDS

# What a notice calls a function is a post, « directrice du CCAS », seldom one of the categories.
_POSTS = ("fonction", "profil")


def head_fields(head: Mapping[str, str], actors: Mapping[str, str]) -> dict[str, str]:
    """Fields of an interview that its head notice gives.

    Parameters
    ----------
    head : entries of the notice, by folded name.
    actors : label of each actor of the study, by key. A post counts only where it is one of them.

    Returns
    -------
    Value by field of :data:`~textlien.transcripts.notice.FIELDS`, "" where there is none.

    >>> fields = head_fields({"ville": "Creil", "fonction": "Maire"}, {"maire": "Maire"})
    >>> {field: value for field, value in fields.items() if value}
    {'city': 'Creil', 'actor': 'Maire'}
    """
    values = {field: _first(head, names) for field, names in FIELDS.items()}
    actor = _first(head, [name for name in FIELDS["actor"] if name not in _POSTS])
    post = _first(head, _POSTS)
    values["actor"] = actor or (post if fold(post) in actor_keys(actors) else "")
    return values


def _first(head: Mapping[str, str], names: Iterable[str]) -> str:
    """The first of some entries of a head notice that is there and not empty."""
    return next((head[name] for name in names if head.get(name)), "")
