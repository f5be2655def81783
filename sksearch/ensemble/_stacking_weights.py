"""StackingWeights: the public class of weighted averages."""

from __future__ import annotations

from numbers import Integral, Real
from threading import TIMEOUT_MAX
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import is_classifier

from sksearch._rng import as_generator
from sksearch._sklearn import Interval, StrOptions, fit_context
from sksearch.ensemble._averaging import Averaging
from sksearch.ensemble._diversity import diversity_table, error_correlations
from sksearch.ensemble._member_predictions import fresh_predictions, kept_predictions
from sksearch.ensemble.learning import (
    Learned,
    Stack,
    check_weights,
    given_weights,
    learn,
    method_for,
    score_of,
    usable_members,
)
from sksearch.ensemble.members import (
    check_estimators,
    check_fitted_alike,
    check_kinds,
    check_scorer,
    check_splitter,
    check_target,
    fit_members,
    read_data,
    route,
    router_of,
)
from sksearch.ensemble.predictions import Target, stack_predictions
from sksearch.ensemble.sources import check_names, members_of
from sksearch.ensemble.weights import check_method, check_method_for
from sksearch.evaluation import OutOfFold
from sksearch.search.checks import check_constraints
from sksearch.space import FloatArray


class StackingWeights(Averaging):
    """Average models with weights learned on rows that they had not seen.

    Takes the list of `sklearn.ensemble.VotingClassifier` or
    `~sklearn.ensemble.VotingRegressor`, and is a classifier or a regressor as its
    members are. Each member is fitted on each fold, and its predictions of the test
    parts decide on the weights. These sum to 1 and, with all methods but one, are not
    negative [1]_ [2]_. Members without weight are dropped, the others are fitted on all
    the data.

    A search has done most of this already: see `from_search`.

    Parameters
    ----------
    estimators : list of (str, estimator)
        The members, all of them classifiers or all of them regressors. ``"drop"`` in
        the place of an estimator leaves it out.
    method : str, default="convex"
        How weights are learned.

        - ``"convex"``: least log-loss or squared error, shrunk towards the members that
          are plausibly the best; the more rows, the less. Also for accuracy, whose own
          optimum is an accident of the folds.
        - ``"affine"``, for regressors: starts from these weights. Ridge regression then
          allows negative ones, as strongly as the leave-one-out error supports. For
          members that err in the same direction; most of them get some weight.
        - ``"greedy"``: members are added one by one, with replacement, each time the
          one that makes `scoring` best [3]_.
        - ``"nelder_mead"``, ``"random"``: search without gradients, for comparison.
        - ``"uniform"``: all the same, nothing is learned.
    scoring : str or callable, default=None
        What ``"greedy"``, ``"nelder_mead"`` and ``"random"`` maximise, and what
        ``oof_score_`` is. By default minus the log-loss, or R². With a `scoring`, the
        weights are moved towards the best member until they score at least as well.
    cv : int, splitter, iterable or "prefit", default=None
        The folds, as in scikit-learn; 5 by default. ``"prefit"``: the members are
        fitted already, on other data than those of ``fit``, and stay as they are.
    n_jobs : int, default=None
        How many fits run at once, on the active joblib backend.
    fit_timeout : float, default=None
        Seconds for one fit of a member on one fold. A member that takes longer is
        stopped, named in a warning and left out. Needs worker processes, as in
        `TPESearchCV`. The last fits, on all the data, have no limit.
    random_state : int, RandomState instance or None, default=None
        Only ``"random"`` needs it, and the nested score where there is only one fold.
    oof : OutOfFold, default=None
        Out-of-fold predictions of the members, where a search has made them already;
        `from_search` sets it. Then ``fit`` takes the data of that search only, and does
        not use `cv`.
    weights : array-like of shape (n_estimators,), default=None
        Weights of your own, none negative; they are divided by their sum. `method` is
        not used, and the folds serve for the scores alone.
    max_members : int, default=None
        The greatest number of members with weight. While there are more, the one of
        least weight goes, and the others learn again; or the best one alone is better.

    Attributes
    ----------
    weights_ : ndarray of shape (n_estimators,)
        In the order of `estimators`, with sum 1; many are 0. Not negative, unless the
        method is ``"affine"``.
    estimators_ : list of estimator
        The fitted members with weight.
    named_estimators_ : Bunch
        The same by name; ``"drop"`` for those without weight.
    oof_score_ : float
        Score of averages whose weights were learned on the other folds: what to expect
        of new data. A small optimism is left, as the members of other folds have seen
        the rows; only an outer cross-validation removes it.
    oof_score_optimistic_ : float
        Score of ``weights_`` on the predictions that they were learned from.
    member_scores_ : ndarray of shape (n_estimators,)
        Out-of-fold score of each member alone; nan if it has none.
    diversity_ : dict of str to ndarray
        Why a member has weight, a row per member: its ``name``, ``weight`` and
        ``score``, the mean ``error_correlation`` with the members that have weight, the
        member whose errors are ``most_alike``, ``loss_without``, how much the loss
        would grow without it, and ``score_together`` with those of more weight.
    error_correlation_ : ndarray of shape (n_estimators, n_estimators)
        Correlation of the errors of any two members; without dropped ones.
    classes_ : ndarray, or list of ndarray
        The classes, of each output if there are several; only of classifiers.
    feature_names_in_ : ndarray of str
        Names of features, if the members know them; likewise ``n_features_in_``.

    See Also
    --------
    sklearn.ensemble.VotingClassifier : Weights that you type in.
    sklearn.ensemble.StackingClassifier : A model of the members' predictions.

    Notes
    -----
    For members with ``decision_function`` but no ``predict_proba``, a logistic function
    that is fitted out of fold makes probabilities. Members that only predict vote, with
    their accuracy out of fold as probability; the ensemble then has no
    ``predict_proba``. A row of a class that no training part has does not count.

    Scores are those of all out-of-fold predictions together, not means over folds.

    References
    ----------
    .. [1] Wolpert, "Stacked generalization", Neural Networks 5, 1992.
    .. [2] Breiman, "Stacked regressions", Machine Learning 24, 1996.
    .. [3] Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble selection from libraries
       of models", ICML 2004.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.naive_bayes import GaussianNB
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from sklearn.tree import DecisionTreeClassifier
    >>> from sksearch import StackingWeights
    >>> X, y = load_wine(return_X_y=True)
    >>> members = [
    ...     ("bayes", GaussianNB()),
    ...     ("neighbours", KNeighborsClassifier()),
    ...     ("tree", DecisionTreeClassifier(max_depth=3, random_state=0)),
    ... ]
    >>> ensemble = StackingWeights(members).fit(X, y)
    >>> bool(ensemble.oof_score_optimistic_ >= ensemble.member_scores_.max())
    True
    >>> float(ensemble.weights_.sum().round(6))
    1.0
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        "cv": ["cv_object", StrOptions({"prefit"})],
        "n_jobs": [Integral, None],
        "fit_timeout": [Interval(Real, 0, TIMEOUT_MAX, closed="right"), None],
        "random_state": ["random_state"],
        "oof": [OutOfFold, None],
        "weights": ["array-like", None],
        "max_members": [Interval(Integral, 1, None, closed="left"), None],
    }

    def __init__(
        self,
        estimators: Any,
        *,
        method: str = "convex",
        scoring: Any = None,
        cv: Any = None,
        n_jobs: int | None = None,
        fit_timeout: float | None = None,
        random_state: Any = None,
        oof: OutOfFold | None = None,
        weights: Any = None,
        max_members: int | None = None,
    ) -> None:
        super().__init__(estimators)
        self.method = method
        self.scoring = scoring
        self.cv = cv
        self.n_jobs = n_jobs
        self.fit_timeout = fit_timeout
        self.random_state = random_state
        self.oof = oof
        self.weights = weights
        self.max_members = max_members

    @classmethod
    def from_search(cls, search: Any, top_k: int = 20, **params: Any) -> Self:
        """Return an ensemble of the best candidates of a search.

        With ``return_oof=True`` the search has kept the out-of-fold predictions, and
        ``fit`` fits only the candidates that get weight. Without, it first fits `top_k`
        candidates on each fold; a search with `verbose` says how many fits that are.

        Parameters
        ----------
        search : search or list of search
            Fitted; several need the same `scoring`, and the same folds if they have
            kept predictions. If not, give ``fit`` all that the search was given. Of
            `HalvingSearchCV`, those of the last rung. With `early_stopping`, members
            make the rounds that the folds have found.
        top_k : int, default=20
            How many candidates to take at most, the best ones by the score of the
            search. A near-copy of a better one is passed over, or an equal one.
        **params : dict
            Parameters of the ensemble: `method`, `scoring`, `cv`, `n_jobs`,
            `fit_timeout`, `random_state`, `weights`, `max_members`.

        Returns
        -------
        ensemble : StackingWeights
            Not fitted yet; give ``fit`` the data of the search.

        Raises
        ------
        TypeError
            If `search` holds anything else than searches; if the ensemble does not have
            one of the parameters.
        NotFittedError
            If a search is not fitted.
        ValueError
            If there is no search, or `top_k` is no int of at least 1; if a search has
            ``resource="epochs"``; if searches differ in data, folds or `scoring`; if
            candidates are of two kinds; if none can be used.

        Warns
        -----
        UserWarning
            If candidates are passed over, as their predictions cannot be used.

        Examples
        --------
        >>> from scipy.stats import loguniform
        >>> from sklearn.datasets import load_iris
        >>> from sklearn.svm import SVC
        >>> from sksearch import StackingWeights, TPESearchCV
        >>> X, y = load_iris(return_X_y=True)
        >>> space = {"C": loguniform(1e-2, 1e3), "gamma": loguniform(1e-4, 1e1)}
        >>> search = TPESearchCV(
        ...     SVC(), space, n_iter=8, random_state=0, return_oof=True
        ... )
        >>> ensemble = StackingWeights.from_search(search.fit(X, y)).fit(X, y)
        >>> len(ensemble.estimators_) <= 8
        True
        """
        check_names(params, cls._get_param_names())
        found = members_of(search, top_k)
        ensemble = cls(found.members, oof=found.oof, **{"cv": found.cv, **params})
        ensemble._calibrated = found.calibrated  # used by the first fit only
        return ensemble

    # ------------------------------------------------------------------------- fit

    def _validate_params(self) -> None:
        check_method(self.method)
        check_estimators(self.estimators)
        self._validate_names([name for name, _ in self.estimators])
        check_splitter(self.cv)
        check_weights(self.weights, self.estimators, self.max_members)
        check_constraints(self)

    @fit_context(prefer_skip_nested_validation=False)
    def fit(self, X: Any, y: Any, **params: Any) -> Self:
        """Learn the weights, and fit the members that have some on all the data.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Training data; passed on as it is to the members.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Target.
        **params : dict of str to object
            ``sample_weight``, for the members (of a pipeline, the last step) and for
            learning the weights; ``step__parameter``; ``groups``, for the splitter.
            With metadata routing, what was requested. Members of `from_search` get what
            they got in the search.

        Returns
        -------
        self : object
            The fitted ensemble.

        Raises
        ------
        ValueError
            If a parameter has a value that it cannot have; if members, folds, classes
            or scorer do not go together; if no member can be used; if data, members or
            parameters are not those of `oof`.
        TypeError
            If `estimators` is no list, or `scoring` not one metric; if `params` has
            what no member takes.
        NotFittedError
            With ``cv="prefit"``, if a member is not fitted.
        SpaceTypeError
            If a member cannot be sent to worker processes.
        WorkerDiedError
            If a fit ends its worker each time that it is tried. This error, and a note
            to whatever else a fit raises, names the member and the fold.

        Warns
        -----
        UserWarning
            If some members cannot be used, with their names and why.
        FitTimeoutWarning
            If there is a `fit_timeout`, and the fits run where nothing can stop them.
        """
        members = self._members()
        check_kinds(members)
        check_method_for(self.method, classifier=is_classifier(self))
        scorer = check_scorer(self.scoring, self, members)
        X, y = read_data(self, X, y)
        kept = kept_predictions(self, X, y)
        as_before = None if kept is None else kept.fit_params
        routed = route(self, members, X, params, as_before)
        target = Target.of(y, classifier=is_classifier(self))
        if kept is None and self.cv == "prefit":
            check_fitted_alike(members)
            target = check_target(target, members)
        oof = fresh_predictions(self, members, X, y, routed) if kept is None else kept
        names = [name for name, _ in members]
        ready = self.__dict__.pop("_calibrated", None)
        stacked = stack_predictions(oof, names, target, routed.row_weights, ready)
        stack = Stack.of(oof, stacked, target, X, routed, scorer)
        method = self.method if self.weights is None else "uniform"
        usable = usable_members(stack, names, stacked.unusable, method)
        learned = learn(
            method_for(method, stack),
            stack.of_members(usable),
            as_generator(self.random_state),
            most=self.max_members,
            given=given_weights(self.weights, self.estimators, usable),
        ).among(usable)
        self._store(learned, stack, usable)
        chosen = np.flatnonzero(learned.weights)
        with_weight = [members[i] for i in chosen]
        if kept is not None or self.cv != "prefit":
            with_weight = fit_members(with_weight, X, y, routed.members, self.n_jobs)
        self._hold(with_weight, [stacked.members[i] for i in chosen], X)
        return self

    def _store(self, learned: Learned, stack: Stack, usable: Any) -> None:
        """Set the weights and scores, and the report on the members."""
        self._target = target = stack.target
        if target.classes is not None:
            self.classes_ = target.classes_
        used = [item[1] != "drop" for item in self.estimators]
        self.weights_: FloatArray = np.zeros(len(used))
        self.weights_[used] = learned.weights
        self.member_scores_: FloatArray = np.full(len(used), np.nan)
        scores = learned.member_scores
        for i in np.flatnonzero(~usable).tolist():
            scores[i] = score_of(stack, i)
        self.member_scores_[used] = scores
        self.oof_score_: float = learned.nested_score
        self.oof_score_optimistic_: float = learned.optimistic_score
        counting = stack.counting()
        errors = target.errors(counting.block, counting.codes)
        self.error_correlation_: FloatArray = error_correlations(errors)
        self.diversity_: dict[str, Any] = diversity_table(
            [name for name, _ in self._members()],
            learned.weights,
            scores,
            self.error_correlation_,
            stack.of_members(usable).loss(),
            usable,
            learned.together,
        )

    def get_metadata_routing(self) -> Any:
        """Get the metadata routing of this object.

        Returns
        -------
        routing : MetadataRouter
            To the members, the splitter and the scorer.
        """
        members = self._members()
        scorer = check_scorer(self.scoring, self, members)
        return router_of(self, members, self.cv, scorer)
