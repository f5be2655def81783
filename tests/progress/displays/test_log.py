from standings import do, make_standing

from sksearch.progress.displays import Log


def test_a_line_a_minute(capsys):
    log, standing = Log(), make_standing({0: 4})
    do(standing)
    log.open()
    log.show(standing)

    assert capsys.readouterr().out == (
        "1/4 candidates, best 0.5 at 0:00, 0:00 gone, 0:00 to go\n"
    )

    assert (log.every, log.at_once) == (60.0, False)


def test_the_last_line(capsys):
    log = Log()
    log.open()
    log.close()
    log.end("It has ended.")

    assert capsys.readouterr().out == "It has ended.\n"
