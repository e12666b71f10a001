"""Identity numbers are refused as ids, and printed nowhere."""

from __future__ import annotations

import pytest
from load_folders import BROKEN, changed, sound_copy

from simulator import load
from simulator.load.cells import is_identity_number, mask_identity_numbers
from simulator.model import ScenarioError


@pytest.mark.parametrize("text", ["110101201903010000", "G110101201903010000", "g44140219991231001X"])
def test_identity_numbers(text):
    assert is_identity_number(text)
    masked = mask_identity_numbers(f"a {text}, b")
    assert text not in masked and masked == f"a {text[:-12]}********{text[-4:]}, b"


@pytest.mark.parametrize(
    "text",
    ["123456789012345678", "110101201913010000", "11010120190301000", "1101012019030100000", "S001", ""],
)
def test_other_long_numbers_pass(text):
    assert not is_identity_number(text)
    assert mask_identity_numbers(text) == text


@pytest.mark.parametrize("drop_forbidden", [False, True])
def test_nothing_tells_the_number(drop_forbidden):
    with pytest.raises(ScenarioError) as refused:
        load.scenario(BROKEN / "id_identity_number", drop_forbidden=drop_forbidden)
    (fault,) = refused.value.faults
    assert fault.value == "G110101********0000"
    assert "20190301" not in str(refused.value)


def test_nor_does_a_reference(tmp_path):
    wishes = changed("applications", 2, "学生编号", "110101201903010000")
    faults, _ = load.check(sound_copy(tmp_path / "wishes", applications=wishes))
    assert [(fault.code, fault.value) for fault in faults] == [("unknown_reference", "110101********0000")]


def test_a_registration_number_of_the_day_it_was_given_passes(tmp_path):
    # County, day of registration, serial number: nobody who enters school was born that year.
    students = changed("students", 6, "学生编号", "441402202507010001")
    assert load.check(sound_copy(tmp_path / "receipt", students=students))[0] == []
