"""KnownScores: scores of configurations of a space on other data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sksearch.samplers._row_arrays import stack_rows
from sksearch.samplers._targets import score_targets
from sksearch.space import FloatArray, Space, short


@dataclass(frozen=True, eq=False)
class KnownScores:
    """Scores of configurations of a space on other data.

    Parameters
    ----------
    rows : ndarray of shape (m, d)
        The configurations, each as returned by ``space.place(configuration)``.
    scores : ndarray of shape (m, s)
        Their scores on each of s other data sets, greater is better. The scores of
        each data set are standardised.
    doubts : ndarray of shape (m,) or float, default=0.0
        Additional noise variance of the scores of each configuration, where the scores
        of a data set have variance 1.

    Raises
    ------
    ValueError
        If the shapes do not agree, there is no score, or one is not finite.

    Notes
    -----
    A sampler fits a surface through the scores of each data set. The mean of these
    surfaces is its prior mean, and their principal deviations from the mean are its
    prior uncertainty. Both have coefficients that are learned from the trials, so that
    misleading scores cost little. For a Gaussian process the scores also tell how much
    each hyperparameter matters: the length scales that fit them best, on average over
    the data sets, are the length scales of the surfaces and the location of its prior.
    The covariance of surfaces over sources is that of a linear model of
    coregionalisation; compare Feurer, Letham and Bakshy, "Scalable meta-learning for
    Bayesian optimization", arXiv:1802.02219, 2018.

    Examples
    --------
    >>> import numpy as np
    >>> from sksearch import Float, as_space
    >>> from sksearch.samplers import GPSampler, KnownScores
    >>> space = as_space({"x": Float(0.0, 1.0)})
    >>> tried = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    >>> rows = np.array([space.place({"x": x}) for x in tried])
    >>> scores = np.array([[-((x - best) ** 2) for best in (0.6, 0.7)] for x in tried])
    >>> known = KnownScores(rows, scores)
    >>> sampler = GPSampler(space, known_scores=known, n_startup=1, random_state=0)
    >>> for _ in range(2):
    ...     trial = sampler.ask()
    ...     sampler.tell(trial, -abs(trial.configuration["x"] - 0.65))
    >>> round(sampler.ask().configuration["x"], 1)
    0.7
    """

    rows: FloatArray
    scores: FloatArray
    doubts: ArrayLike = 0.0

    def __post_init__(self) -> None:
        rows, scores, doubts = (
            np.asarray(values, dtype=np.float64)
            for values in (self.rows, self.scores, self.doubts)
        )
        if rows.ndim != 2 or scores.ndim != 2 or len(rows) != len(scores):
            msg = (
                "rows and scores must be two-dimensional and have a line for each "
                f"configuration, got the shapes {rows.shape} and {scores.shape}."
            )
            raise ValueError(msg)
        if not scores.size or not np.isfinite(scores).all():
            msg = "scores must be finite, and there must be one at least."
            raise ValueError(msg)
        if (
            doubts.shape not in ((), (len(rows),))
            or not (np.isfinite(doubts) & (doubts >= 0.0)).all()
        ):
            msg = (
                "doubts must be a finite number that is not negative, or one for each "
                f"of the {len(rows)} configurations, got {short(self.doubts)}."
            )
            raise ValueError(msg)
        for name, values in (("rows", rows), ("scores", scores), ("doubts", doubts)):
            object.__setattr__(self, name, values)


def checked_known_scores(known: KnownScores | None, space: Space) -> KnownScores | None:
    """Return known scores, checked against a space."""
    if known is None:
        return None
    if not isinstance(known, KnownScores):
        msg = f"known_scores must be a KnownScores or None, got {short(known)}."
        raise TypeError(msg)
    if known.rows.shape[1] > len(space):
        msg = (
            f"known_scores has rows of {known.rows.shape[1]} hyperparameters, the "
            f"space has {len(space)}."
        )
        raise ValueError(msg)
    return known


def rows_over(known: KnownScores, n_axes: int) -> FloatArray:
    """Return the rows of known scores, NaN on axes that the space has gained since."""
    return stack_rows([known.rows, np.empty((0, n_axes))])


def targets_of(known: KnownScores) -> FloatArray:
    """Return the scores, standardised for each source."""
    return np.column_stack([score_targets(source) for source in known.scores.T])
