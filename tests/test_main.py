import pytest
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV
from sksearch.__main__ import main


def test_watch(tmp_path, capsys):
    path = tmp_path / "search.jsonl"
    search = TPESearchCV(Knob(), {"level": Float(0.0, 1.0)}, n_iter=2, storage=path)
    search.fit(*data())

    assert main(["watch", str(path)]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[-1].startswith("Search ended (n_iter): 2 of 2 candidates in ")


@pytest.mark.parametrize("text", [None, "no journal"])
def test_no_journal(tmp_path, capsys, text):
    path = tmp_path / "search.jsonl"
    if text is not None:
        path.write_text(text)

    assert main(["watch", str(path)]) == 1

    assert str(path) in capsys.readouterr().err


def test_ctrl_c_ends_it_quietly(monkeypatch, capsys):
    def interrupted(path):
        raise KeyboardInterrupt

    monkeypatch.setattr("sksearch.__main__.watch", interrupted)

    assert main(["watch", "search.jsonl"]) == 0

    assert capsys.readouterr() == ("", "")


def test_without_a_command(capsys):
    with pytest.raises(SystemExit):
        main([])

    assert "watch" in capsys.readouterr().err
