"""Persons of a corpus: mentions of one person together, those of homonyms apart.

One person is assumed for the same first name and surname; for a first name alone within the
interviews of one interviewee, where one person there has it; for a surname within one town, where
the titles do not contradict each other. Everything else is kept apart, with a doubt where there is
one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from textlien.pseudonyms.finding.mentions import Mention
from textlien.pseudonyms.finding.predicates import is_frequent
from textlien.pseudonyms.reasons import Evidence, Reason

Node = tuple[str, ...]
"""Identity of a mention: ("full", first name, surname), ("first", circle, first name), or
("surname", town, surname, gender)."""

_ALSO = 15
"""Characters between a name and its nickname: « , qu'on appelle », « , dit »."""

_APPOSED = 2
"""Characters between a name and the same name in full: a comma and a blank."""

_SHORTEST_PREFIX = 3
"""Letters of a shortened first name: two letters begin many names. From 2 to 4 the marked
interviews give the same."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The circle and the town of an interview.

    Attributes
    ----------
    circle : interviews of one interviewee, who speaks of the same people each time.
    town : its city; empty when the metadata do not say.
    own_names : keys of the first names of the interviewee.
    """

    circle: str
    town: str
    own_names: frozenset[str] = frozenset()


def _sets() -> dict[tuple[str, str], set[Node]]:
    """Sets of nodes by circle or town and part of a name."""
    return defaultdict(set)


@dataclass
class _FullNames:
    """Full names by one of their parts, in circles and in towns; genders of surnames in towns."""

    circle_first_names: dict[tuple[str, str], set[Node]] = field(default_factory=_sets)
    circle_surnames: dict[tuple[str, str], set[Node]] = field(default_factory=_sets)
    town_first_names: dict[tuple[str, str], set[Node]] = field(default_factory=_sets)
    town_surnames: dict[tuple[str, str], set[Node]] = field(default_factory=_sets)
    towns_of: dict[Node, set[str]] = field(default_factory=lambda: defaultdict(set))
    genders: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    gender_of: dict[Node, str] = field(default_factory=dict)

    def add(self, mention: Mention, setting: Setting) -> None:
        """Note a full name, or the gender of a surname with a title."""
        first_name, surname = mention.first_name, mention.surname
        if first_name and surname:
            node: Node = ("full", first_name, surname)
            self.circle_first_names[setting.circle, first_name].add(node)
            self.circle_surnames[setting.circle, surname].add(node)
            self.town_first_names[setting.town, first_name].add(node)
            self.town_surnames[setting.town, surname].add(node)
            self.towns_of[node].add(setting.town)
            if mention.gender:
                self.gender_of[node] = mention.gender
        elif surname and mention.gender:
            self.genders[setting.town, surname].add(mention.gender)


def longer_names(short: str, names: Iterable[str]) -> list[str]:
    """Names that begin with a shorter one."""
    if len(short) < _SHORTEST_PREFIX:
        return []
    return [name for name in names if name != short and name.startswith(short)]


class People:
    """Persons of a corpus.

    Parameters
    ----------
    mentions : of persons, in order.
    settings : circle and town of each interview.
    """

    def __init__(self, mentions: Sequence[Mention], settings: Mapping[str, Setting]) -> None:
        """Link mentions by every rule, the surest first."""
        self._settings = settings
        self._parent: dict[Node, Node] = {}
        self._doubts: dict[Node, Evidence] = {}
        self._names = self._gathered(mentions)
        self._join_own_names(mentions)
        self._join_initials(mentions)
        self._join_nicknames(mentions)
        self._join_shortened(mentions)

    def person(self, mention: Mention) -> Node:
        """The person of a mention: the same node for all mentions of one person."""
        return self._root(self._node(mention))

    def doubt(self, mention: Mention) -> Evidence | None:
        """Reason why a mention may be another person's, or None."""
        return self._doubts.get(self._node(mention))

    def _add_doubt(self, node: Node, reason: Reason, names: Iterable[str] = ()) -> None:
        """Note a doubt, unless there is one already."""
        self._doubts.setdefault(node, Evidence(reason, tuple(names)))

    def _root(self, node: Node) -> Node:
        """The node that stands for all those joined with one."""
        while self._parent.get(node, node) != node:
            node = self._parent[node]
        return node

    def _join(self, left: Node, right: Node) -> None:
        """Make two nodes one; the fuller name stands for both."""
        left, right = self._root(left), self._root(right)
        if left != right:
            first, second = sorted((left, right), key=lambda node: (node[0] != "full", node))
            self._parent[second] = first

    def _gathered(self, mentions: Iterable[Mention]) -> _FullNames:
        """Full names; one in several towns may be several persons."""
        names = _FullNames()
        for each in mentions:
            names.add(each, self._settings[each.interview])
        for node, towns in names.towns_of.items():
            if len(towns) > 1:
                self._add_doubt(node, Reason.SEVERAL_TOWNS)
        return names

    def _node(self, mention: Mention) -> Node:
        """Identity of a mention before nodes are joined."""
        setting = self._settings[mention.interview]
        if mention.first_name and mention.surname:
            return ("full", mention.first_name, mention.surname)
        if mention.first_name:
            return self._of_first_name(mention.first_name, setting)
        return self._of_surname(mention.surname or mention.form.lower(), mention.gender, setting)

    def _of_first_name(self, first_name: str, setting: Setting) -> Node:
        """The person whom a first name alone names in a circle."""
        alone = ("first", setting.circle, first_name)
        nodes = self._names.circle_first_names.get((setting.circle, first_name), set())
        if len(nodes) == 1:
            return next(iter(nodes))
        if len(nodes) > 1:
            if first_name in setting.own_names:
                return min(nodes)
            self._add_doubt(alone, Reason.ONE_OF, _full_names(nodes))
        elif in_town := self._names.town_first_names.get((setting.town, first_name), set()):
            self._add_doubt(alone, Reason.PERHAPS, _full_names(in_town))
        return alone

    def _of_surname(self, surname: str, gender: str, setting: Setting) -> Node:
        """The person whom a surname alone names, in the circle first, then in the town."""
        for nodes in (
            self._names.circle_surnames.get((setting.circle, surname), set()),
            self._names.town_surnames.get((setting.town, surname), set()),
        ):
            fitting = self._of_gender(nodes, gender)
            if len({self._root(node) for node in fitting}) == 1:
                return min(fitting)
            if fitting:
                alone = ("surname", setting.town, surname, gender)
                self._add_doubt(alone, Reason.ONE_OF, _full_names(fitting))
                return alone
        genders = self._names.genders.get((setting.town, surname), set())
        if not gender and len(genders) == 1:
            gender = next(iter(genders))
        node = ("surname", setting.town or setting.circle, surname, gender)
        if not gender and len(genders) > 1:
            self._add_doubt(node, Reason.SEVERAL_PERSONS)
        return node

    def _of_gender(self, nodes: Iterable[Node], gender: str) -> set[Node]:
        """Nodes whose gender does not contradict ``gender``; all of them for none."""
        gender_of = self._names.gender_of
        return {node for node in nodes if not gender or gender_of.get(node, gender) == gender}

    def _join_own_names(self, mentions: Iterable[Mention]) -> None:
        """Join the names of an interviewee: « Samira Boudjemaa », later « Samira Cherif »."""
        for each in mentions:
            setting = self._settings[each.interview]
            nodes = self._names.circle_first_names.get((setting.circle, each.first_name), set())
            if each.first_name in setting.own_names and len(nodes) > 1:
                first = min(nodes)
                for node in nodes:
                    self._join(first, node)
                    if node != first:
                        self._add_doubt(node, Reason.OTHER_NAME)

    def _join_initials(self, mentions: Iterable[Mention]) -> None:
        """Join the label « S.B. » with the interviewee, whose first name is given elsewhere."""
        own_names: dict[str, set[str]] = defaultdict(set)
        for setting in self._settings.values():
            own_names[setting.circle] |= setting.own_names
        for each in mentions:
            if each.is_initials:
                setting = self._settings[each.interview]
                names = [
                    name for name in own_names[setting.circle] if name[0] == each.first_name[0]
                ]
                if len(names) == 1:
                    self._join(self._of_first_name(names[0], setting), self._node(each))

    def _join_nicknames(self, mentions: Sequence[Mention]) -> None:
        """Join « Lucien Hauguel, dit Lulu », and « Momo, Mohamed Ziani »."""
        for before, after in pairwise(mentions):
            if before.turn != after.turn or before.turn < 0:
                continue
            gap = after.start - before.end
            is_nickname = after.is_nickname and not after.surname and 0 < gap <= _ALSO
            if is_nickname or (0 < gap <= _APPOSED and _is_apposed(before, after)):
                self._join(self._node(before), self._node(after))

    def _join_shortened(self, mentions: Sequence[Mention]) -> None:
        """Join « Yass » with « Yassine », where nobody else in the circle begins so."""
        examples: dict[str, dict[str, Mention]] = defaultdict(dict)
        for each in mentions:
            if each.first_name:
                examples[self._settings[each.interview].circle].setdefault(each.first_name, each)
        for names in examples.values():
            for short in sorted(names):
                longer = longer_names(short, names)
                if is_frequent(short) or len(longer) != 1:
                    continue
                node = self._node(names[short])
                self._join(node, self._node(names[longer[0]]))
                self._add_doubt(node, Reason.SHORT_FOR, [longer[0].title()])


def _is_apposed(before: Mention, after: Mention) -> bool:
    """True for a short first name before the full name: both begin alike."""
    is_full_behind = after.surname and before.first_name and not before.surname
    return bool(is_full_behind) and (
        before.first_name != after.first_name and before.first_name[:2] == after.first_name[:2]
    )


def _full_names(nodes: Iterable[Node]) -> list[str]:
    """First names and surnames of nodes, in alphabetical order."""
    return sorted(" ".join(node[1:3]).title() for node in nodes)
