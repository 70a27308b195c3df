"""Themes made readable: their words, coherence, label and verbatims."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from scipy import sparse
from scipy.stats import rankdata

from textlien import tables
from textlien.arrays import Floats
from textlien.segmentation.passages import interview_of
from textlien.text.folding import fold

COHERENCE_TERMS = 10
"""Number of first terms of a theme that its coherence is computed on."""

_LABEL_TERMS = 3
# First terms among which those of the label are: an expression farther down is no title.
_LABEL_CANDIDATES = 6
# Equal parts of frequency and exclusivity, the default of the R package stm.
_FREX_WEIGHT = 0.5
# What readers found best for naming topics (Sievert and Shirley 2014).
_RELEVANCE = 0.6
# The mean over fewer than ten pairs depends on which pair happens to be among them.
_FEWEST_TERMS = 5
# Passages looked at for each exemplar wanted: enough to find as many interviews, and no more, so
# that a corpus of 60,000 passages is not sorted out for every theme.
_CANDIDATES = 20
# Exemplars of one interview: more would show the interview, not the theme.
_MOST_OF_ONE = 2


def frex(weights: Floats) -> Floats:
    """Frequency and exclusivity of each term in each theme, put together.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.

    Returns
    -------
    Themes × terms in (0, 1]: the harmonic mean of the rank, within the theme, of the term's
    weight and of its exclusivity (its weight here over its weight in all themes).

    References
    ----------
    Bischof, J., Airoldi, E. (2012). Summarizing topical content with word frequency and
    exclusivity. *ICML*; as in the R package stm, with equal parts of both.
    """
    totals = weights.sum(axis=0)
    exclusive = weights / np.where(totals > 0, totals, 1)
    n = weights.shape[1]
    ranks = [rankdata(part, method="max", axis=1) / n for part in (weights, exclusive)]
    return np.asarray(1 / (_FREX_WEIGHT / ranks[0] + (1 - _FREX_WEIGHT) / ranks[1]))


def relevance(weights: Floats, background: Floats) -> Floats:
    """Relevance of each term for each theme: its weight, corrected by what it weighs anywhere.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.
    background : (terms,), how often each term occurs; sums to 1.

    Returns
    -------
    Themes × terms: λ ln w + (1 − λ) ln(w / b) with λ = .6; −∞ where a theme has not the term.

    References
    ----------
    Sievert, C., Shirley, K. (2014). LDAvis: a method for visualizing and interpreting topics.
    *ACL workshop on interactive language learning, visualization, and interfaces*.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(weights)
    return np.asarray(logs - (1 - _RELEVANCE) * np.log(background), dtype="float64")


def ranked_terms(weights: Floats, background: Floats, names: list[str], top: int) -> pd.DataFrame:
    """Table ``theme_terms``: the ``top`` terms of each theme by weight.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.
    background : (terms,), how often each term occurs; sums to 1.
    names : of the terms.
    """
    rows = []
    rated = zip(weights, frex(weights), relevance(weights, background), strict=True)
    for theme, (row, score, relevant) in enumerate(rated, start=1):
        best = np.argsort(-row, kind="stable")[:top]
        for rank, term in enumerate(best[row[best] > 0], start=1):
            rows.append(
                {
                    "theme": theme,
                    "term": names[term],
                    "weight": row[term],
                    "frex": score[term],
                    "relevance": relevant[term],
                    "rank": rank,
                }
            )
    return tables.make("theme_terms", rows)


def npmi(theme_terms: pd.DataFrame, passage_terms: pd.DataFrame, n_passages: int) -> pd.Series:
    """Coherence of each theme: mean normalised pointwise mutual information of its first terms.

    Parameters
    ----------
    theme_terms : table, of which the first ten terms of each theme count.
    passage_terms : table; two terms occur together when they are in the same passage.
    n_passages : number of passages with terms.

    Returns
    -------
    Coherence by theme, from −1 (never together) over 0 (by chance) to 1 (always together); NaN
    for a theme of fewer than five terms.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction;
    Röder, M., Both, A., Hinneburg, A. (2015). Exploring the space of topic coherence measures.
    *WSDM*. Computed by gensim.
    """
    first = theme_terms[theme_terms["rank"] <= COHERENCE_TERMS]
    topics = {theme: list(group["term"]) for theme, group in first.groupby("theme")}
    scored = {theme: words for theme, words in topics.items() if len(words) >= _FEWEST_TERMS}
    result = pd.Series(np.nan, index=pd.Index(list(topics), name="theme"), dtype="float64")
    if not scored:
        return result
    # Only passages with one of these terms are listed; the others are added as empty ones, since
    # the number of passages is what probabilities are divided by.
    kept = passage_terms[
        passage_terms["term"].isin({w for words in scored.values() for w in words})
    ]
    texts = [list(group) for _, group in kept.groupby("passage_id")["term"]]
    longest = max(len(text) for text in texts)
    texts += [[""]] * (n_passages - len(texts))
    model = CoherenceModel(
        topics=list(scored.values()),
        texts=texts,
        dictionary=Dictionary(texts),
        coherence="c_npmi",
        window_size=longest + 1,
        topn=COHERENCE_TERMS,
        processes=1,
    )
    result[list(scored)] = np.clip(model.get_coherence_per_topic(), -1, 1)
    return result


def theme_table(
    shares: Floats,
    theme_terms: pd.DataFrame,
    coherence: pd.Series,
    terms: pd.DataFrame,
    marks: pd.DataFrame,
) -> pd.DataFrame:
    """Table ``themes``: label, share of passages, coherence, and columns of stability by theme.

    The label (:func:`label_terms`) is written in the commonest forms of its terms.
    """
    forms = dict(zip(terms["term"], terms["form"], strict=True))
    labels = label_terms(
        theme_terms, frozenset(terms["term"][terms["kind"].isin(("expression", "collocation"))])
    )
    rows = []
    for theme, share in enumerate(shares.mean(axis=0), start=1):
        label = ", ".join(forms[term] for term in labels.get(theme, []))
        rows.append(
            {
                "theme": theme,
                "label": label,
                "named": False,
                "aside": False,
                "share": share,
                "npmi": coherence[theme],
                **marks.loc[theme],
            }
        )
    return tables.make("themes", rows)


def label_terms(theme_terms: pd.DataFrame, expressions: frozenset[str]) -> dict[int, list[str]]:
    """Choose the terms of each theme's label.

    Three of its first terms by weight that belong to no other theme more, expressions first,
    since « contrat de ville » says more than « contrat », no word beside an expression that has
    it, and nothing twice with other accents.

    Parameters
    ----------
    theme_terms : table.
    expressions : terms of several words.
    """
    first = theme_terms[theme_terms["rank"] <= _LABEL_CANDIDATES]
    strongest = first.groupby("term")["weight"].transform("max")
    labels: dict[int, list[str]] = {}
    for theme, rows in first.assign(mine=first["weight"] == strongest).groupby("theme"):
        foreign = ~rows["mine"].to_numpy()
        simple = ~rows["term"].isin(expressions).to_numpy()
        order = np.lexsort((rows["rank"], simple, foreign))
        chosen: list[str] = []
        for term in rows["term"].to_numpy()[order]:
            plain = fold(str(term))
            if not any(plain in (fold(longer), *fold(longer).split()) for longer in chosen):
                chosen.append(str(term))
        labels[int(str(theme))] = chosen[:_LABEL_TERMS]
    return labels


def exemplars(
    shares: Floats, counts: sparse.csr_matrix, passages: list[str], number: int
) -> pd.DataFrame:
    """Table ``theme_exemplars``: the passages that show each theme best.

    A passage of two terms may belong to one theme entirely and show nothing of it. So passages
    are ranked by share × log(1 + number of different terms), with one of an interview as long as
    there are others, and never more than two; of passages of the same terms, as leaflets copy
    each other, the first. A theme of few passages has fewer.
    """
    richness = np.log1p(np.diff(counts.indptr))
    interviews = np.array([interview_of(passage) for passage in passages])
    rows = []
    for theme in range(shares.shape[1]):
        order = np.argsort(-(shares[:, theme] * richness), kind="stable")
        order = order[shares[order, theme] > 0]
        places: Counter[str] = Counter()
        distinct: list[int] = []
        repeated: list[int] = []
        seen: set[tuple[bytes, bytes]] = set()
        for passage in order[: number * _CANDIDATES]:
            terms = counts[[passage]].sorted_indices()
            text = (terms.indices.tobytes(), terms.data.tobytes())
            if text in seen:
                continue
            seen.add(text)
            places[interviews[passage]] += 1
            if places[interviews[passage]] == 1:
                distinct.append(passage)
            elif places[interviews[passage]] <= _MOST_OF_ONE:
                repeated.append(passage)
        for rank, passage in enumerate([*distinct, *repeated][:number], start=1):
            rows.append(
                {
                    "theme": theme + 1,
                    "rank": rank,
                    "passage_id": passages[passage],
                    "share": min(1.0, shares[passage, theme]),
                }
            )
    return tables.make("theme_exemplars", rows)
