"""Phrases of words in an index, against a search that compares them all."""

from hypothesis import given
from hypothesis import strategies as st

from textlien.text.phrase_index import PhraseIndex, PhraseMatch

WORDS = st.sampled_from("abc")
PHRASES = st.lists(st.lists(WORDS, max_size=3), max_size=8)
KEYS = st.frozensets(WORDS, max_size=2)


def naive(phrases, words, start, match):
    """Every phrase that begins there, the longest first, by comparing word with word."""
    there = [
        (-len(phrase), number)
        for number, phrase in enumerate(phrases)
        if phrase
        and len(phrase) <= len(words) - start
        and all(match(left, right) for left, right in zip(phrase, words[start:], strict=False))
    ]
    return [PhraseMatch(-length, number) for length, number in sorted(there)]


@given(PHRASES, st.lists(WORDS, max_size=8))
def test_every_phrase_is_where_a_comparison_of_all_words_puts_it(phrases, words):
    index = PhraseIndex([(phrase, number) for number, phrase in enumerate(phrases)])
    assert len(index) == sum(bool(phrase) for phrase in phrases)
    for start in range(len(words)):
        expected = naive(phrases, words, start, lambda left, right: left == right)
        assert index.matches(words, start) == expected
        assert index.longest(words, start) == (expected[0] if expected else None)


@given(st.lists(st.lists(KEYS, max_size=3), max_size=8), st.lists(KEYS, max_size=8))
def test_words_with_several_keys_match_when_they_share_one(phrases, words):
    entries = [(phrase, number) for number, phrase in enumerate(phrases)]
    index = PhraseIndex(entries, keys_of=lambda word: word)
    for start in range(len(words)):
        expected = naive(phrases, words, start, lambda left, right: not left.isdisjoint(right))
        assert index.matches(words, start) == expected


def test_a_phrase_has_all_its_values_in_the_order_in_which_they_were_given():
    index = PhraseIndex([(("Karim",), "p1"), (("Karim", "Benali"), "p2"), (("Karim",), "p3")])
    assert index.matches(["Karim", "Benali"], 0) == [(2, "p2"), (1, "p1"), (1, "p3")]
    assert index.matches(["Karim", "Ziani"], 0) == [(1, "p1"), (1, "p3")]
    assert index.longest(["Benali"], 0) is None
