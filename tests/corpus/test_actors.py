import pytest

from textlien.corpus.actors import main_actor
from textlien.messages.message import Location

ACTORS = {"elu": "Élu adjoint ou conseiller", "association": "Association", "etat": "Services"}


@pytest.mark.parametrize(
    ("written", "key"),
    [("Élue", "elu"), ("élus", "elu"), ("ÉLUES", "elu"), ("associations", "association")],
)
def test_gender_and_number_of_an_actor_do_not_count(written, key):
    assert main_actor(ACTORS, written, Location(file="metadata.csv")) == (key, [])


def test_an_unknown_actor_is_an_error():
    key, (problem,) = main_actor(ACTORS, "élite", Location(file="metadata.csv", line=2))
    assert (key, problem.severity, problem.location.line) == ("", "error", 2)
