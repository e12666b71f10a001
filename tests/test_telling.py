"""What goes wrong is told in sentences in Python as by commands: place, remedy, in the language chosen."""

from __future__ import annotations

import pickle
import re
import warnings
from pathlib import Path

import pytest

import simulator as sim
from simulator.cli import main
from simulator.messages.telling import choose_language, sentence, unknown_language
from simulator.model import Fault, ScenarioError
from simulator.report.words import Words

BROKEN = Path(__file__).resolve().parent / "broken"
TOY = Path(__file__).resolve().parents[1] / "scenarios" / "toy"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _nobody_chose(monkeypatch):
    monkeypatch.delenv("XUEWEI_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def refused(**more):
    with pytest.raises(ScenarioError) as told:
        sim.load.scenario(BROKEN / "id_twice_student", **more)
    return told.value


def test_an_error_is_a_sentence_with_its_place_and_remedy():
    said = str(refused())
    assert "students.csv row 4, column '学生编号', value 'S002'" in said
    assert "Ids must be unique" in said
    assert "duplicate_id" not in said


def test_the_language_is_the_chosen_one_then_the_scenarios(monkeypatch):
    assert "编号须唯一" in str(refused(overrides=["language=zh"]))
    assert "编号须唯一" in refused().told("zh")
    monkeypatch.setenv("XUEWEI_LANG", "zh")
    assert "编号须唯一" in str(refused(overrides=["language=en"]))
    assert "第 4 行" in str(refused().faults[0])


def test_an_error_comes_back_whole_from_another_process():
    error = refused(overrides=["language=zh"])
    again = pickle.loads(pickle.dumps(error))
    assert again.faults == error.faults
    assert str(again) == str(error)


def test_a_long_list_is_cut_and_counted():
    faults = [Fault("duplicate_id", "students.csv", row, "id", "S1", {"first": 1}) for row in range(2, 52)]
    said = ScenarioError(faults).told("en").splitlines()
    assert len(said) == 22
    assert said[-1].startswith("and 30 more")


def test_a_fault_without_words_still_prints():
    assert str(Fault("made_up", "a.csv", 3)) == "a.csv:3::made_up"


def test_a_check_is_a_pair_that_prints_as_the_command_does(capsys, monkeypatch):
    folder = BROKEN / "id_twice_student"
    checked = sim.load.check(folder)
    faults, warnings = checked
    assert [fault.code for fault in faults] == ["duplicate_id"]
    assert warnings
    for language in ("en", "zh"):
        main(["check", str(folder), "--lang", language])
        assert checked.told(language).splitlines() == capsys.readouterr().out.splitlines()
    assert repr(checked) == checked.told("en")
    monkeypatch.setenv("XUEWEI_LANG", "zh")
    assert CHINESE.search(repr(checked).splitlines()[0])
    sound = sim.load.check(str(BROKEN / "_sound"))
    assert sound.told("en").startswith("No faults.")


def test_in_python_a_language_nobody_knows_gives_a_warning(monkeypatch):
    monkeypatch.setenv("XUEWEI_LANG", "fr")
    with pytest.warns(UserWarning, match=r"'fr'.* known: zh, en"):
        assert "Ids must be unique" in str(refused())
    monkeypatch.setenv("XUEWEI_LANG", "en")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        str(refused())


def test_a_language_nobody_knows_is_told():
    for known in ("", "zh", "zh_CN.UTF-8", "en_US"):
        assert unknown_language({"XUEWEI_LANG": known}) == ""
    assert unknown_language({"XUEWEI_LANG": "fr"}) == "fr"
    assert choose_language("", "zh", {"XUEWEI_LANG": "fr"}) == "zh"


def test_a_language_asked_for_that_nobody_knows_is_refused():
    error = refused()
    for ask in (error.told, sim.load.check(BROKEN / "id_twice_student").told):
        with pytest.raises(ValueError, match="no language 'fr'; there are: zh, en"):
            ask("fr")


def test_a_page_tells_a_warning_as_the_command_does():
    fault = Fault("duplicate_id", "students.csv", 4, "学生编号", "S002", {"first_row": 2})
    words = Words("en", sim.load.scenario(TOY).policy)
    assert words.fault(fault) == sentence(fault, "en")
    assert "row 4" in words.fault(fault) and "S002" in words.fault(fault)
    assert "row" not in words.fault(Fault("no_such_code", "students.csv", value="x"))
