"""Errors of usage in French and in English, without a word of click's own."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests.studies import invoke
from textlien.cli.language import language_of_arguments
from textlien.cli.main import main

NB, NNB = "\u00a0", "\u202f"


def errors_of(*arguments: str, language: str = "fr") -> str:
    result = CliRunner().invoke(main, list(arguments), env={"TEXTLIEN_LANG": language})
    assert result.exit_code == 2
    return result.output


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("check", "il manque l’argument ÉTUDE.", "argument STUDY is missing."),
        (
            "export s.toml",
            f"il manque l’option --to. Valeurs possibles{NB}: iramuteq.",
            "option --to is missing. Possible values: iramuteq.",
        ),
        (
            "run s.toml --frm read",
            f"l’option --frm n’existe pas. Vouliez-vous dire «{NB}--from{NB}»{NNB}?",
            'there is no option --frm. Did you mean "--from"?',
        ),
        (
            "chek s.toml",
            f"la commande «{NB}chek{NB}» n’existe pas. Vouliez-vous dire «{NB}check{NB}»{NNB}?",
            'there is no command "chek". Did you mean "check"?',
        ),
        (
            "export s.toml --to iramutec",
            f"--to{NB}: «{NB}iramutec{NB}» n’est pas une valeur possible. Vouliez-vous dire",
            '--to: "iramutec" is not a possible value. Did you mean "iramuteq"?',
        ),
        (
            "run s.toml --workers 0",
            f"--workers{NB}: «{NB}0{NB}» n’est pas un nombre entier à partir de 1.",
            '--workers: "0" is not a whole number from 1.',
        ),
        ("run s.toml --only", "l’option --only attend une valeur.", "option --only needs a value."),
        (
            "run s.toml --force=oui",
            "l’option --force ne prend pas de valeur.",
            "option --force takes no value.",
        ),
        ("init a b c", f"arguments de trop{NB}: b, c.", "unexpected arguments: b, c."),
        ("init a b", f"argument de trop{NB}: b.", "unexpected argument: b."),
        (
            "export s.toml --to iramuteq --output .",
            f"--output{NB}: . est un dossier{NNB}; indiquez un fichier.",
            "--output: . is a folder; give a file.",
        ),
        (
            "themes study.toml --k 5 --save folder",
            "--k, --save ne vont pas ensemble. Lancez la commande une fois pour chacune.",
            "--k, --save do not go together. Run the command once for each.",
        ),
    ],
)
def test_a_fault_is_told_in_the_language_of_the_user(typed, french, english):
    output = errors_of(*typed.split())
    assert output.startswith(f"Utilisation{NB}: textlien {typed.split()[0]}") or "chek" in typed
    assert f"Pour l’aide{NB}: textlien" in output
    assert f"Erreur{NB}: {french}" in output
    output = errors_of(*typed.split(), language="en")
    assert output.startswith("Usage: textlien")
    assert f"Error: {english}" in output


def test_a_language_without_a_command_is_not_enough():
    assert "il manque le nom d’une commande" in errors_of("--lang", "fr")


def test_a_language_that_is_not_spoken_is_told_with_those_that_are():
    assert f"Valeurs possibles{NB}: fr, en." in errors_of("check", "--lang", "de", "s.toml")


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ("check s.toml --lang en", "en"),
        ("--lang=fr check s.toml", "fr"),
        ("--lang fr check --lang en s.toml", "en"),
        ("check s.toml", ""),
        ("check s.toml --lang", ""),
        ("check -- --lang en", ""),
        ("check --lang de", ""),
    ],
)
def test_the_language_is_read_before_anything_else(arguments, language):
    assert language_of_arguments(arguments.split()) == language


@pytest.mark.parametrize(
    ("options", "environment", "report", "word"),
    [
        (["--lang", "fr"], "en", "en", "Erreur"),
        ([], "en", "fr", "Error"),
        ([], "", "en", "Error"),
        ([], "", "fr", "Erreur"),
        ([], "", "", "Erreur"),
    ],
)
def test_option_comes_before_environment_study_and_french(
    tmp_path, options, environment, report, word
):
    section = f'[report]\nlanguage = "{report}"\n' if report else ""
    study = tmp_path / "s.toml"
    study.write_text(f'{section}[[corpus]]\nwave = "2013"\npath = "absent"\n')
    runner = CliRunner(env={"TEXTLIEN_LANG": environment})
    result = runner.invoke(main, ["run", str(study), *options])
    assert result.exit_code == 2
    assert result.output.startswith(word)


def test_ctrl_c_is_told_in_french_with_what_to_do(monkeypatch, tmp_path):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("textlien.commands.scaffold.create_study", stop)
    result = CliRunner().invoke(main, ["init", str(tmp_path / "x"), "--lang", "fr"])
    assert result.exit_code == 130
    assert "Interrompu. Ce qui est fait est gardé" in result.output


def test_a_folder_in_the_place_of_a_study_file_names_the_one_in_it(tmp_path):
    code, output = invoke("check", tmp_path)
    assert code == 2
    assert "is a folder without a study file" in output
    assert f"textlien init {tmp_path}" in output
    (tmp_path / "axes.toml").write_text('[[axis]]\nkey = "a"\n')
    (tmp_path / "study.toml").write_text('[[corpus]]\nwave = "1"\npath = "t"\n')
    code, output = invoke("run", tmp_path)
    assert code == 2
    assert f"name the study file in it: {tmp_path / 'study.toml'}." in output


def test_an_argument_that_is_missing_says_what_it_is(tmp_path):
    code, output = invoke("show", tmp_path / "s.toml")
    assert code == 2
    assert "argument TABLE is missing. The name of a table" in output
