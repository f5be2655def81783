"""The contracts are about what is proposed, not about how good it is."""

import pytest

from sksearch.samplers.gp import _fit, _maximise


@pytest.fixture(autouse=True)
def in_haste(monkeypatch):
    """Let the Gaussian process think a tenth as long as it does for users."""
    monkeypatch.setattr(_fit, "MAX_ITER", 4)
    for name, value in {
        "N_SWEEP": 32,
        "N_NEAR": 32,
        "N_STARTS": 2,
        "N_ROUNDS": 1,
        "N_NEIGHBOURS": 8,
        "N_CLIMBERS": 1,
        "N_CLIMBS": 2,
    }.items():
        monkeypatch.setattr(_maximise, name, value)
