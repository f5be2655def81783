"""TPESearchCV: the tree-structured Parzen estimator in place of a grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sksearch.samplers import RandomSampler, Sampler
from sksearch.search._base import BaseSearch


class TPESearchCV(BaseSearch):
    """x."""

    def __init__(
        self,
        estimator: Any,
        param_distributions: Any = None,
        *,
        n_iter: int = 50,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: int | str = "2*n_jobs",
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
        timeout: float | None = None,
        initial_points: Any = "default",
        callbacks: Any = None,
        sampler_params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(
            estimator,
            param_distributions,
            n_iter=n_iter,
            scoring=scoring,
            n_jobs=n_jobs,
            refit=refit,
            cv=cv,
            verbose=verbose,
            pre_dispatch=pre_dispatch,
            random_state=random_state,
            error_score=error_score,
            return_train_score=return_train_score,
            timeout=timeout,
            initial_points=initial_points,
            callbacks=callbacks,
            sampler_params=sampler_params,
        )

    def _sampler_class(self) -> type[Sampler]:
        return RandomSampler
