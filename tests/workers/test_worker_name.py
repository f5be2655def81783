"""Each thread of each process has a name of its own."""

import os
from threading import Thread

from sksearch.workers import worker_name


def test_threads_have_names_of_their_own():
    names = [worker_name(), worker_name()]
    thread = Thread(target=lambda: names.append(worker_name()))
    thread.start()
    thread.join()

    assert names[0] == names[1] != names[2]

    assert names[0].split("/")[1] == str(os.getpid())
