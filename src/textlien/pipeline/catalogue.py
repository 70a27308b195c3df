"""All stages, in order."""

from __future__ import annotations

from textlien.pipeline.stage import Stage
from textlien.pipeline.stages.annotate import annotate_stage
from textlien.pipeline.stages.axes import axes_stage
from textlien.pipeline.stages.codings import codings_stage
from textlien.pipeline.stages.contrasts import contrasts_stage
from textlien.pipeline.stages.profiles import profiles_stage
from textlien.pipeline.stages.read import read_stage
from textlien.pipeline.stages.report import report_stage
from textlien.pipeline.stages.segment import segment_stage
from textlien.pipeline.stages.terms import terms_stage
from textlien.pipeline.stages.themes import themes_stage
from textlien.pipeline.stages.train import train_stage

STAGES = (
    Stage("read", read_stage),
    Stage("segment", segment_stage),
    Stage("annotate", annotate_stage),
    Stage("terms", terms_stage),
    Stage("themes", themes_stage),
    Stage("codings", codings_stage),
    Stage("train", train_stage),
    Stage("axes", axes_stage),
    Stage("profiles", profiles_stage),
    Stage("contrasts", contrasts_stage),
    Stage("report", report_stage),
)
"""All stages in order: each uses only what those before it made."""
