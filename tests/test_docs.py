"""Claims of the documentation: options, commands and examples exist and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from textlien.cli.main import main
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load
from textlien.study.options import Study
from textlien.tables import SCHEMAS

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide.md"
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", re.MULTILINE)


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in _BLOCK.findall(page.read_text("utf-8")) if kind == language]


def sections() -> dict[str, type[BaseModel]]:
    """Model of each section of a study file that has options of its own."""
    found = {}
    for name, field in Study.model_fields.items():
        kinds = [field.annotation, *getattr(field.annotation, "__args__", ())]
        models = [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]
        if models:
            found[name] = models[0]
    return found


def documented_options() -> dict[str, dict[str, str]]:
    """Default of each option of each section, as the guide writes it."""
    found = {}
    for part in GUIDE.read_text("utf-8").split("\n### ")[1:]:
        heading = re.match(r"`\[+(\w+)\]+`\n", part)
        if heading:
            found[heading[1]] = {name: default for name, default, _ in _ROW.findall(part)}
    return found


def as_toml(value: object) -> str:
    plain = list(value) if isinstance(value, tuple) else value
    return f"`{json.dumps(plain, ensure_ascii=False)}`"


def test_the_guide_lists_every_option_of_a_study_file_with_its_default():
    expected = {
        name: {
            option: "à donner" if field.is_required() else as_toml(field.default)
            for option, field in model.model_fields.items()
        }
        for name, model in sections().items()
    }
    assert len(expected) >= 11
    found = documented_options()
    assert {name: options for name, options in found.items() if name != "actors"} == expected
    assert "actors" in found


def test_the_guide_shows_every_command():
    text = GUIDE.read_text("utf-8")
    assert [name for name in main.commands if f"textlien {name}" not in text] == []


def test_the_wheel_that_is_installed_has_the_version_of_the_project():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for page in (README, GUIDE):
        names = re.findall(r"textlien-([\d.]+)-py3-none-any\.whl", page.read_text("utf-8"))
        assert set(names) == {version}, page.name


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("bash"), reason="the lines are those of a Unix shell")
def test_the_first_steps_of_the_guide_can_be_followed_to_the_letter(demo, tmp_path):
    """The demonstration was run before, by the command of the first step."""
    shutil.copytree(demo.folder, tmp_path / "essai")
    section = GUIDE.read_text("utf-8").split("\n## Premiers pas\n")[1].split("\n## ")[0]
    lines = "".join(text for kind, text in _BLOCK.findall(section) if kind == "sh").splitlines()
    assert [line.split()[1] for line in lines if line.startswith("textlien")] == [
        "demo",
        "init",
        "check",
        "run",
        "show",
        "show",
    ]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    outputs = []
    for line in lines:
        done = subprocess.run(
            ["bash", "-c", line],  # noqa: S607 - that of whoever runs the tests
            cwd=tmp_path,
            env=os.environ | {"PATH": path, "TEXTLIEN_LANG": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        outputs.append(done.stdout)
    _, made, _, checked, run, themes, profiles = outputs
    assert "mon-etude/study.toml est créé" in made
    assert "14 entretiens utilisables" in checked
    assert "[[speakers.file]]" in checked  # one file's roles are a guess, as the guide says
    assert "mon-etude/runs/mon-etude/report/index.html" in run
    # A heading, and the themes: 20 at most, fewer in 14 interviews.
    assert 6 <= len(themes.splitlines()) <= 21
    assert {line.split()[1] for line in profiles.splitlines()[1:]} == {"Valenciennes"}


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_no_command_is_shown_that_does_not_exist(page):
    fenced = re.findall(
        r"^```(?:sh)?\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    inline = re.findall(r"`([^`\n]+)`", page.read_text("utf-8"))
    code = "\n".join(fenced + inline)
    shown = set(re.findall(r"^(?:\$ )?textlien (\w+)", code, re.MULTILINE))
    assert {"run", "check"} <= shown <= set(main.commands)


def test_the_guide_and_the_architecture_name_every_table():
    for page in (GUIDE, ROOT / "docs" / "architecture.md"):
        text = page.read_text("utf-8")
        assert [name for name in SCHEMAS if f"`{name}`" not in text] == [], page.name


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_every_study_shown_can_be_loaded(page, tmp_path):
    studies = [text for text in blocks(page, "toml") if "[[corpus]]" in text]
    assert studies
    for number, text in enumerate(studies):
        file = tmp_path / f"study{number}.toml"
        file.write_text(text, encoding="utf-8")
        assert f'wave = "{load(file).waves[0]}"' in text


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_the_python_shown_runs_on_a_study(page, demo, tmp_path, monkeypatch, capsys):
    study = demo.copy(tmp_path)
    text = study.file.read_text("utf-8").replace('name = "demo"', 'name = "mon-etude"')
    (study.folder / "study.toml").write_text(text, encoding="utf-8")
    study.run.rename(study.run.with_name("mon-etude"))
    monkeypatch.chdir(study.folder)
    shown = blocks(page, "python")
    assert shown
    for code in shown:
        exec(compile(code, str(page), "exec"), {"__name__": "__main__"})  # noqa: S102 - ours
        assert len(capsys.readouterr().out.splitlines()) > 2


def test_the_figure_that_the_guide_explains_is_that_of_the_demonstration(demo):
    profiles = Run(demo.run)["profiles"].query("weight == 'words'")
    profiles = profiles.set_index(["wave", "city", "actor", "item"])
    row = profiles.loc[("2013", "Bordeaux", "*", "projet")]
    share, low, high = (
        f"{100 * row[key]:.1f}".replace(".", ",") for key in ("estimate", "low", "high")
    )
    explained = f"{share} % [{low} ; {high}], {row['n_interviews']} entretiens"
    assert explained in " ".join(GUIDE.read_text("utf-8").split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page):
    for link in _LINK.findall(page.read_text("utf-8")):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


METHODS_SECTIONS = {
    "## Passages": "segment",
    "## Terms": "terms",
    "## Themes": "themes",
    "## Axes": "axes",
    "## Profiles": "profiles",
}


@pytest.mark.parametrize("heading", METHODS_SECTIONS)
def test_the_page_of_methods_prints_the_defaults(heading):
    """« `name` = 20 » or « `name` $L = 60$ »: thousands have a comma, shares may be in per cent."""
    page = (ROOT / "docs" / "methods.md").read_text("utf-8")
    text = page[page.index(f"\n{heading}\n") :].split("\n## ")[1]
    model = sections()[METHODS_SECTIONS[heading]]
    printed = re.findall(r"`(\w+)`(?: \$\\?\w+)? = ([\d.,]*\d)( ?%)?", text)
    defaults = {name: model.model_fields[name].default for name, _, _ in printed}
    values = {
        name: float(value.replace(",", "")) / (100 if percent else 1)
        for name, value, percent in printed
    }
    assert values
    assert values == pytest.approx(defaults)
