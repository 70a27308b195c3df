"""The key; every name is invented."""

import stat
import sys

import pytest

from textlien.errors import TextlienError
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.key import Key, RenamedFile, conflicts, merged, read_key, write_key

AMIR = Name("Amir", "person", "p1", "Samir", "replace")
HOMONYM = Name("Marie", "person", "p2", "Odile", "replace", ("2013-a", "2013-b"))
KEPT = Name("rue Marie Curie", "place", "l1", "", "keep")
PHONE = Name("+33 1 02 03 04 05", "contact", "c1", "[téléphone]", "replace")
KEY = Key(
    (AMIR, HOMONYM, KEPT, PHONE),
    (RenamedFile("2013-amir", "2013/Amir ; Benali.txt", "transcripts/2013/creil_01.csv"),),
    {"Amir Benali": "Samir", "=R.": "personne-001"},
)


def never(_):
    raise AssertionError("the passphrase was asked for")


def same(left, right):
    return (left.names, left.files, left.persons) == (right.names, right.files, right.persons)


def test_a_key_is_read_back_as_it_was_written(tmp_path):
    write_key(tmp_path / "cle.csv", KEY)
    again = read_key(tmp_path / "cle.csv", never)
    assert same(again, KEY)
    assert again.lines == (2, 3, 4, 5)
    assert again.person_lines == {"Amir Benali": 7, "=R.": 8}
    lines = (tmp_path / "cle.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "nom;Amir;personne;p1;Samir;remplacer;"
    assert lines[4].startswith("nom;'+33")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_key_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "cle.csv"
    path.write_text("old, and open to all")
    path.chmod(0o644)
    write_key(path, KEY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["cle.csv"]


def test_an_encrypted_key_says_nothing_without_its_passphrase(tmp_path):
    path = tmp_path / "cle.age"
    write_key(path, KEY, "un beau matin")
    content = path.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"Amir" not in content
    assert same(read_key(path, lambda new: "un beau matin" if not new else ""), KEY)
    with pytest.raises(TextlienError, match="passphrase is wrong"):
        read_key(path, lambda _: "un autre")


@pytest.mark.parametrize(
    "content", ["", "a;b\n1;2\n", "rubrique;forme;pseudonyme\nnom;Amir;Samir\n", "%PDF-1.4 x"]
)
def test_another_file_is_no_key(tmp_path, content):
    path = tmp_path / "cle.csv"
    path.write_text(content)
    with pytest.raises(TextlienError, match=r"cle\.csv"):
        read_key(path, never)


def test_a_missing_key_is_told(tmp_path):
    with pytest.raises(TextlienError, match="cannot be opened"):
        read_key(tmp_path / "cle.csv", never)


def test_a_later_batch_is_added_to_the_key():
    changed = Name("Amir", "person", "p1", "Samir", "keep")
    new = Name("Nour", "person", "p3", "Rita", "replace")
    file = RenamedFile("2015-nour", "2015/nour.txt", "transcripts/2015/creil_01.csv")
    both = merged(KEY, Key((changed, new), (file,), {"Nour": "Rita"}))
    assert both.names == (HOMONYM, KEPT, PHONE, changed, new)
    assert both.files == (*KEY.files, file)
    assert both.persons == {**KEY.persons, "Nour": "Rita"}


def test_conflicts_with_the_key_are_told():
    rows = [
        (2, Name("Amir", "person", "p8", "Karim", "replace")),
        (3, Name("Nour", "person", "p9", "Odile", "replace")),
        (4, Name("AMIR", "person", "p7", "SAMIR", "replace")),
        (5, HOMONYM),
        (6, Name("01 02", "contact", "c9", "[téléphone]", "replace")),
    ]
    problems = conflicts(KEY, rows, "noms.xlsx")
    assert [(p.id, p.location.row, p.message.values["pseudonym"]) for p in problems] == [
        ("pseudonyms.key-has-another", 2, "Samir"),
        ("pseudonyms.key-has-owner", 3, "Odile"),
    ]


def test_another_form_of_the_same_person_is_no_conflict():
    rows = [(2, AMIR), (3, Name("AMIR", "person", "p1", "SAMIR", "replace"))]
    assert conflicts(KEY, rows, "noms.xlsx") == []
