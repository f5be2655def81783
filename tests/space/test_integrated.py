"""Tables of distributions that have a density alone."""

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import Ridge

from sksearch import TPESearchCV
from sksearch.space._distribution import as_domain
from sksearch.space._integrated import quantiles_of

SHARES = np.array([0.002, 0.1, 0.3, 0.5, 0.7, 0.9, 0.998])


class Density(stats.rv_continuous):
    """A distribution with a density alone, which is asked for few numbers."""

    def __init__(self, density=None, a=None, b=None, name="density", seed=None):
        super().__init__(a=a, b=b, name=name, seed=seed)
        self.density, self.n_asked = density, 0

    def _pdf(self, x):
        self.n_asked += 1
        assert np.size(x) == 1

        return self.density(x)

    def _updated_ctor_param(self):
        return {"density": self.density, "a": self.a, "b": self.b, "name": self.name}


def gap(x):
    return 0.25 * (0 <= x <= 2) + 0.5 * (5 <= x <= 6)


def peaks(x):
    return (stats.norm.pdf(x, -3, 0.1) + stats.norm.pdf(x, 4, 2)) / 2


def gap_cdf(x):
    return np.interp(x, [0, 2, 5, 6], [0, 0.5, 0.5, 1])


def peaks_cdf(x):
    return (stats.norm.cdf(x, -3, 0.1) + stats.norm.cdf(x, 4, 2)) / 2


@pytest.mark.parametrize(
    ("frozen", "cdf"),
    [
        (Density(gap, a=0.0, b=6.0)(), gap_cdf),
        (Density(gap, a=0.0, b=6.0)(10, 3), lambda x: gap_cdf((x - 10) / 3)),
        (Density(peaks)(), peaks_cdf),
        (
            Density(peaks)(loc=1e4, scale=1e-2),
            lambda x: peaks_cdf((x - 1e4) / 1e-2),
        ),
        (Density(stats.expon.pdf, a=0.0)(scale=50), stats.expon(scale=50).cdf),
        (Density(lambda x: stats.expon.pdf(-x), b=0.0)(), np.exp),
    ],
    ids=["gap", "moved", "unbounded", "far away", "above", "below"],
)
def test_shares_are_those_of_the_density(frozen, cdf):
    table = quantiles_of(frozen)

    np.testing.assert_allclose(cdf(table.ppf(SHARES)), SHARES, atol=1e-3)

    np.testing.assert_allclose(table.cdf(table.ppf(SHARES)), SHARES, atol=1e-12)

    assert frozen.dist.n_asked < 3000


def test_values_come_back():
    domain = as_domain(Density(gap, a=0.0, b=6.0)())
    units = [domain.to_unit(domain.from_unit(share)) for share in SHARES.tolist()]

    np.testing.assert_allclose(units, SHARES, atol=1e-4)

    assert (domain.low, domain.high) == (0, 6)


@pytest.mark.parametrize(
    "frozen",
    [
        stats.norm(),
        Density(lambda x: stats.norm.pdf(x, 0.3333, 1e-9), a=0.0, b=1.0)(),
        Density(lambda x: 0.5, a=0.0, b=1.0)(),
    ],
    ids=["cdf", "spike", "no density"],
)
def test_no_table(frozen):
    assert quantiles_of(frozen) is None


def test_a_search_asks_for_few_densities():
    rows = np.arange(40.0).reshape(20, 2)
    alpha = Density(gap, a=0.0, b=6.0)()
    search = TPESearchCV(Ridge(), {"alpha": alpha}, n_iter=3, cv=2, random_state=0)
    search.fit(rows, rows[:, 0])

    assert alpha.dist.n_asked < 20_000
