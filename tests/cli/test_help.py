"""Help in both languages, translated when it is displayed."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from textlien.cli.main import main
from textlien.cli.translated import Argument, Group, Option
from textlien.messages.catalogue import LANGUAGES, identifiers

ENGLISH = set(
    """
    a after all an and are as at be beside by default each every file files folder for from help
    if in is it its list no not of only or other print row rows run show stage stages that the
    these this those to up usage when where which with without word words write
    """.split()
) - {"a", "no", "or", "rows"}
"""Words of English help that French does not have."""


def commands(group=main, path=()):
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands())
each_command = pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "-")


def help_of(path, language):
    result = CliRunner().invoke(main, [*path, "--help", "--lang", language])
    assert result.exit_code == 0
    return result.output


def words_of(text):
    """Words that are not typed: no options, names of files, names of commands."""
    typed = r"--[\w-]+|\S*[./_]\S*|textlien \w+|^  \w+(?= )"
    text = re.sub(typed, " ", text, flags=re.MULTILINE)
    return set(re.findall(r"[a-zéèêàâîïôûùç]+", text.lower()))


@each_command
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_argument_and_option_has_help(path, language):
    command = COMMANDS[path]
    assert command.help in identifiers(language)
    for part in command.params:
        assert isinstance(part, Option | Argument), part
        text = part.help if isinstance(part, Option) else part.about
        assert text in identifiers(language), part


@each_command
def test_help_is_french_from_the_first_word_to_the_last(path):
    text = help_of(path, "fr")
    assert text.startswith("Utilisation\u00a0: textlien")
    assert "\nOptions\u00a0:\n" in text
    assert words_of(text) & ENGLISH == set()


@each_command
def test_help_is_english_where_it_is_asked_for(path):
    text = help_of(path, "en")
    assert text.startswith("Usage: textlien")
    assert not re.search("[éèêà]", text.replace("pseudonymisé", ""))


def test_the_language_may_be_asked_for_before_the_command_too():
    result = CliRunner().invoke(main, ["--lang", "fr", "check", "--help"])
    assert "Tout lire, signaler tous les problèmes" in result.output


def test_the_program_without_a_command_shows_its_help():
    result = CliRunner().invoke(main, [], env={"TEXTLIEN_LANG": "fr"})
    assert result.exit_code == 2
    assert "Commandes\u00a0:" in result.output


def test_help_does_not_wait_for_heavy_libraries():
    code = "import sys, textlien.cli.main; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("'pandas'", "'spacy'", "'gensim'", "'sklearn'", "'plotly'", "'pyarrow'"):
        assert heavy not in done.stdout


def test_help_comes_at_once():
    code = "from textlien.cli.main import main; main(['--help'])"
    durations = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        durations.append(time.perf_counter() - start)
    # 0.1 s on the machine of the figures; the margin is for one that is busy.
    assert min(durations) < 1.0
