"""Who is who: mentions of one person together, those of homonyms apart.

What is taken for one person: the same first name and surname; a first name alone within the
interviews of one interviewee, where one person there has it; a surname within one town, where the
titles do not contradict each other. Everything else is kept apart, and said where it is doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from textlien.pseudonyms.finding.gazetteers import FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import CUE, GUESS, Mention
from textlien.pseudonyms.finding.rules.labels import INITIALS

Node = tuple[str, ...]
"""What a mention is known by: ("full", first name, surname), ("given", circle, first name),
("family", town, surname, gender)."""

_ALSO = 15
"""Characters between a name and « dit Lulu »."""

_SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Where:
    """Where an interview belongs.

    Attributes
    ----------
    circle : interviews of one interviewee, who speaks of the same people each time.
    town : its city; empty when it is not known.
    own : keys of the first names of the interviewee.
    """

    circle: str
    town: str
    own: frozenset[str] = frozenset()


@dataclass
class _Known:
    """Full names by part, in circles and in towns, and genders of surnames in towns."""

    given: dict[tuple[str, str], set[Node]] = field(default_factory=lambda: defaultdict(set))
    family: dict[tuple[str, str], set[Node]] = field(default_factory=lambda: defaultdict(set))
    towns_given: dict[tuple[str, str], set[Node]] = field(default_factory=lambda: defaultdict(set))
    towns_family: dict[tuple[str, str], set[Node]] = field(default_factory=lambda: defaultdict(set))
    towns_of: dict[Node, set[str]] = field(default_factory=lambda: defaultdict(set))
    genders: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    of_node: dict[Node, str] = field(default_factory=dict)


def as_they_are(mentions: Sequence[Mention], where: Mapping[str, Where]) -> list[Mention]:
    """Mentions with words alone as first name or surname, by the full names of their circle.

    « Boudjemaa » is also a first name; beside « Samira Boudjemaa » it is a surname.
    """
    parts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in mentions:
        here = parts[where[one.interview].circle]
        if one.given and one.family:
            here["given"].add(one.given)
            here["family"].add(one.family)
        elif one.family and one.rank <= CUE:
            here["titled"].add(one.family)
        if one.given:
            here["said"].add(one.given)
    return [
        _as_in(one, parts[where[one.interview].circle]) if one.kind == "person" else one
        for one in mentions
    ]


def _as_in(one: Mention, parts: Mapping[str, set[str]]) -> Mention:
    given, family, titled = (parts.get(part, set()) for part in ("given", "family", "titled"))
    if one.given and one.family:
        turned = one.given in titled and one.family not in titled
        if turned and gazetteers().is_first_name(one.family):
            # « Benali Hocine » beside « M. Benali »
            return replace(one, given=one.family, family=one.given)
    elif one.given in family - given:
        return replace(one, given="", family=one.given, gender="")
    elif one.family in given - family - titled or _is_short_for(one, parts.get("said", set())):
        return replace(one, given=one.family, family="")
    return one


def _is_short_for(one: Mention, said: Iterable[str]) -> bool:
    """Whether a guessed surname may be short for a first name: « Yass » beside « Yassine »."""
    guessed = one.rank == GUESS and one.family not in gazetteers().surnames
    return guessed and len(_longer(one.family, said)) == 1


def _longer(short: str, names: Iterable[str]) -> list[str]:
    if len(short) < _SHORTEST_PREFIX:
        return []
    return [name for name in names if name != short and name.startswith(short)]


class People:
    """Persons of a corpus.

    Parameters
    ----------
    mentions : of persons, in order.
    where : circle and town of each interview.
    """

    def __init__(self, mentions: Sequence[Mention], where: Mapping[str, Where]) -> None:
        self._where = where
        self._parent: dict[Node, Node] = {}
        self.doubts: dict[Node, str] = {}
        self._known = self._gathered(mentions)
        self._join_own_names(mentions)
        self._join_initials(mentions)
        self._join_nicknames(mentions)
        self._join_shortened(mentions)

    def person(self, mention: Mention) -> Node:
        """The person of a mention: the same node for all mentions of one person."""
        return self._root(self._node(mention))

    def doubt(self, mention: Mention) -> str:
        """Why a mention may be somebody else's, or empty."""
        return self.doubts.get(self._node(mention), "")

    def _root(self, node: Node) -> Node:
        while self._parent.get(node, node) != node:
            node = self._parent[node]
        return node

    def _join(self, left: Node, right: Node) -> None:
        """Make two nodes one; the fuller name stands for both."""
        left, right = self._root(left), self._root(right)
        if left != right:
            first, second = sorted((left, right), key=lambda node: (node[0] != "full", node))
            self._parent[second] = first

    def _gathered(self, mentions: Iterable[Mention]) -> _Known:
        known = _Known()
        for one in mentions:
            where = self._where[one.interview]
            if one.given and one.family:
                node: Node = ("full", one.given, one.family)
                known.given[where.circle, one.given].add(node)
                known.family[where.circle, one.family].add(node)
                known.towns_given[where.town, one.given].add(node)
                known.towns_family[where.town, one.family].add(node)
                known.towns_of[node].add(where.town)
                if one.gender:
                    known.of_node[node] = one.gender
            elif one.family and one.gender:
                known.genders[where.town, one.family].add(one.gender)
        for node, towns in known.towns_of.items():
            if len(towns) > 1:
                self.doubts[node] = "même nom dans plusieurs villes"
        return known

    def _node(self, mention: Mention) -> Node:
        where = self._where[mention.interview]
        if mention.given and mention.family:
            return ("full", mention.given, mention.family)
        if mention.given:
            return self._of_given(mention.given, where)
        return self._of_family(mention.family or mention.form.lower(), mention.gender, where)

    def _of_given(self, given: str, where: Where) -> Node:
        alone = ("given", where.circle, given)
        here = self._known.given.get((where.circle, given), set())
        if len(here) == 1:
            return next(iter(here))
        if len(here) > 1:
            if given in where.own:
                return min(here)
            self.doubts.setdefault(alone, _listed("plusieurs personnes possibles", here))
            return alone
        if in_town := self._known.towns_given.get((where.town, given), set()):
            self.doubts.setdefault(alone, _listed("peut-être", in_town))
        return alone

    def _of_family(self, family: str, gender: str, where: Where) -> Node:
        known = self._known
        for place, by_family in ((where.circle, known.family), (where.town, known.towns_family)):
            fitting = {
                node
                for node in by_family.get((place, family), set())
                if not gender or known.of_node.get(node, gender) == gender
            }
            if len({self._root(node) for node in fitting}) == 1:
                return min(fitting)
            if fitting:
                alone = ("family", where.town, family, gender)
                self.doubts.setdefault(alone, _listed("plusieurs personnes possibles", fitting))
                return alone
        genders = known.genders.get((where.town, family), set())
        if not gender and len(genders) == 1:
            gender = next(iter(genders))
        node = ("family", where.town or where.circle, family, gender)
        if not gender and len(genders) > 1:
            self.doubts.setdefault(node, "plusieurs personnes possibles")
        return node

    def _join_own_names(self, mentions: Iterable[Mention]) -> None:
        """An interviewee has changed names: « Samira Boudjemaa », « Samira Cherif »."""
        for one in mentions:
            where = self._where[one.interview]
            nodes = self._known.given.get((where.circle, one.given), set())
            if one.given in where.own and len(nodes) > 1:
                for node in nodes:
                    self._join(min(nodes), node)
                    if node != min(nodes):
                        self.doubts.setdefault(node, "autre nom de la même personne ?")

    def _join_initials(self, mentions: Iterable[Mention]) -> None:
        """The label « S.B. » is the interviewee, whose first name another place tells."""
        own: dict[str, set[str]] = defaultdict(set)
        for where in self._where.values():
            own[where.circle] |= where.own
        for one in mentions:
            if INITIALS in one.reason:
                where = self._where[one.interview]
                names = [name for name in own[where.circle] if name[0] == one.given[0]]
                if len(names) == 1:
                    self._join(self._of_given(names[0], where), self._node(one))

    def _join_nicknames(self, mentions: Sequence[Mention]) -> None:
        """« Lucien Hauguel, dit Lulu », « Momo, Mohamed Ziani »."""
        for before, after in pairwise(mentions):
            if before.turn != after.turn or before.turn < 0:
                continue
            gap = after.start - before.end
            if after.is_nickname and not after.family and 0 < gap <= _ALSO:
                self._join(self._node(before), self._node(after))
            apposed = after.family and before.given and not before.family and 0 < gap <= 2
            if apposed and before.given != after.given and before.given[:2] == after.given[:2]:
                self._join(self._node(before), self._node(after))

    def _join_shortened(self, mentions: Sequence[Mention]) -> None:
        """« Yass » beside « Yassine », where nobody else in the circle begins so."""
        names: dict[str, set[str]] = defaultdict(set)
        examples: dict[tuple[str, str], Mention] = {}
        for one in mentions:
            if one.given:
                circle = self._where[one.interview].circle
                names[circle].add(one.given)
                examples.setdefault((circle, one.given), one)
        lists = gazetteers().first_names
        for circle, given in names.items():
            for short in sorted(given):
                listed = short in lists and lists[short].births >= FREQUENT
                longer = _longer(short, given)
                if listed or len(longer) != 1:
                    continue
                node = self._node(examples[circle, short])
                self._join(node, self._node(examples[circle, longer[0]]))
                self.doubts.setdefault(node, f"abrégé de « {longer[0].title()} » ?")


def _listed(what: str, nodes: Iterable[Node]) -> str:
    names = sorted(" ".join(node[1:3]).title() for node in nodes)
    return f"{what} : {' ou '.join(names)}"
