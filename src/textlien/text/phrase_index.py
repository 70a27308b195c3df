"""An index of phrases: which of many sequences of words begin at one place of a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

W = TypeVar("W")
V = TypeVar("V")


class PhraseMatch(NamedTuple, Generic[V]):
    """A phrase at a place: its number of words, and its value."""

    length: int
    value: V


class _Node(Generic[V]):
    """A beginning of phrases: its continuations, and the phrases that end here."""

    __slots__ = ("by_key", "by_word", "ends")

    def __init__(self) -> None:
        self.by_word: dict[frozenset[Hashable], _Node[V]] = {}
        self.by_key: dict[Hashable, list[_Node[V]]] = {}
        self.ends: list[tuple[int, V]] = []

    def child(self, keys: frozenset[Hashable]) -> _Node[V]:
        """The continuation by a word with these keys; made where there is none."""
        if keys not in self.by_word:
            node = self.by_word[keys] = _Node()
            for key in keys:
                self.by_key.setdefault(key, []).append(node)
        return self.by_word[keys]


class PhraseIndex(Generic[W, V]):
    """Phrases of one or more words, each with a value, in a trie.

    Parameters
    ----------
    entries : phrase and value; a phrase may have several values. Empty phrases are ignored.
    keys_of : keys of a word, of a phrase or of a text. Two words match when they share a key; by
        default a word is its only key.

    >>> index = PhraseIndex([(("new", "york"), 1), (("york",), 2), (("new", "york", "city"), 3)])
    >>> index.matches("in new york city".split(), 1)
    [PhraseMatch(length=3, value=3), PhraseMatch(length=2, value=1)]
    """

    def __init__(
        self,
        entries: Iterable[tuple[Sequence[W], V]],
        keys_of: Callable[[W], Collection[Hashable]] = lambda word: (word,),
    ) -> None:
        """Build the trie of the phrases."""
        self._keys_of = keys_of
        self._root: _Node[V] = _Node()
        self._size = 0
        for phrase, value in entries:
            if phrase:
                node = self._root
                for word in phrase:
                    node = node.child(frozenset(keys_of(word)))
                node.ends.append((self._size, value))
                self._size += 1

    def __len__(self) -> int:
        """Number of phrases."""
        return self._size

    def matches(self, words: Sequence[W], start: int) -> list[PhraseMatch[V]]:
        """Phrases that begin at ``words[start]``: the longest first, then in the order given."""
        ends: list[tuple[int, int, V]] = []
        nodes = [self._root]
        for length, index in enumerate(range(start, len(words)), start=1):
            # Two keys of a word may lead to the same continuation: it counts once.
            nodes = list(
                dict.fromkeys(
                    child
                    for node in nodes
                    for key in self._keys_of(words[index])
                    for child in node.by_key.get(key, ())
                )
            )
            if not nodes:
                break
            ends += [(-length, order, value) for node in nodes for order, value in node.ends]
        ends.sort(key=lambda end: end[:2])
        return [PhraseMatch(-length, value) for length, _, value in ends]

    def longest(self, words: Sequence[W], start: int) -> PhraseMatch[V] | None:
        """The longest phrase that begins at ``words[start]``; of several the first one given."""
        return next(iter(self.matches(words, start)), None)
