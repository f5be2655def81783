"""ParzenSettings: the settings of the two densities, checked on creation."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sksearch.samplers._check_settings import check_count, check_range


@dataclass(frozen=True)
class ParzenSettings:
    """Settings of the densities, documented in `TPESampler`.

    The defaults were chosen on hpobench, nine surrogates
    (benchmarks/results/surrogates.md).
    """

    gamma: float = 0.15
    max_below: int = 25
    weight_floor: float = 0.1
    prior_weight: float = 1.0
    bandwidth: float = 0.25
    min_width: float = 0.03

    def __post_init__(self) -> None:
        check_range("gamma", self.gamma, 0, 1)
        check_count("max_below", self.max_below, 1)
        check_range("weight_floor", self.weight_floor, 0, 1)
        check_range("prior_weight", self.prior_weight, 1e-12, math.inf)
        check_range("bandwidth", self.bandwidth, 1e-12, math.inf)
        check_range("min_width", self.min_width, 1e-12, math.inf)
