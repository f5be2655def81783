"""What going on from rung to rung saves, against scikit-learn's halving search.

    OMP_NUM_THREADS=1 python benchmarks/halving.py [--seeds 10] [--problems mlp,sgd]

The same estimator, distributions, number of candidates, rungs and folds for both, one
after the other in one process and thread; data are split anew for each seed. A row
has, as means over seeds with standard errors:

* fits: seconds in fits, ours / scikit-learn's (the sums over seeds);
* anew: the same with ``continue_fits=False``, if ``--anew`` is given;
* best: score of the best candidate on held-out data, ours minus scikit-learn's.

With ``--sampler gp --share 0.33`` ours learns from the rungs, and tries a third of the
candidates.

All seconds are of CPU time, so that other work on the machine does not count.
"""

import argparse
import math
import time
import warnings

import numpy as np
from scipy.stats import loguniform, randint
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import (
    HalvingRandomSearchCV,
    StratifiedKFold,
    train_test_split,
)
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sksearch import HalvingSearchCV

BOOSTING = {
    "learning_rate": loguniform(0.01, 1),
    "max_leaf_nodes": randint(4, 32),
    "l2_regularization": loguniform(1e-6, 10),
}
SGD = {
    "sgdclassifier__alpha": loguniform(1e-6, 1),
    "sgdclassifier__loss": ["hinge", "log_loss", "modified_huber"],
}
NETWORK = {
    "mlpclassifier__hidden_layer_sizes": [(16,), (32,), (64,)],
    "mlpclassifier__alpha": loguniform(1e-6, 1),
    "mlpclassifier__learning_rate_init": loguniform(1e-4, 1e-1),
}
# Estimator, distributions, resource, data; by factor the first and the last rung. There
# are as many candidates as leave one for the last.
PROBLEMS = {
    "mlp": (
        make_pipeline(StandardScaler(), MLPClassifier(random_state=0)),
        NETWORK,
        "mlpclassifier__max_iter",
        load_digits,
        {3: (6, 162), 2: (5, 160)},
    ),
    "sgd": (
        make_pipeline(StandardScaler(), SGDClassifier(random_state=0)),
        SGD,
        "sgdclassifier__max_iter",
        load_digits,
        {3: (36, 972), 2: (32, 1024)},
    ),
    "boosting": (
        HistGradientBoostingClassifier(random_state=0),
        BOOSTING,
        "max_iter",
        load_breast_cancer,
        {3: (4, 108), 2: (4, 128)},
    ),
    "boosting, early stopping": (
        HistGradientBoostingClassifier(random_state=0, early_stopping=True),
        BOOSTING,
        "max_iter",
        load_breast_cancer,
        {3: (27, 729), 2: (32, 1024)},
    ),
}


def measured(search, data):
    """Fit a search; return the seconds in fits and the score on held-out data."""
    X_train, X_test, y_train, y_test = data
    search.fit(X_train, y_train)
    seconds = search.cv_results_["mean_fit_time"].sum() * search.n_splits_
    return seconds, search.score(X_test, y_test)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--problems", default="mlp,sgd,boosting")
    parser.add_argument("--factors", default="3,2")
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--sampler", default="random")
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args()
    wanted = options.problems.split(",")
    names = [n for n in PROBLEMS if n.split(",")[0] in wanted or n in wanted]
    print("problem                    factor  fits   anew   best             seconds")
    for factor in map(int, options.factors.split(",")):
        for name in names:
            compare(name, factor, options)


def compare(name, factor, options):
    """Print the row of one problem and factor."""
    estimator, space, resource, load, rungs = PROBLEMS[name]
    least, most = rungs[factor]
    X, y = load(return_X_y=True)
    rows = []
    n_seeds, anew = options.seeds, options.anew
    for seed in range(n_seeds):
        data = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
        common = {
            "n_candidates": most // least,
            "factor": factor,
            "resource": resource,
            "min_resources": least,
            "max_resources": most,
            "cv": StratifiedKFold(3, shuffle=True, random_state=seed),
            "random_state": seed,
            "return_train_score": False,
        }
        ours = {
            **common,
            "initial_points": (),
            "sampler": options.sampler,
            "n_candidates": math.ceil(options.share * common["n_candidates"]),
        }
        searches = [
            HalvingRandomSearchCV(estimator, space, **common),
            HalvingSearchCV(estimator, space, **ours),
            HalvingSearchCV(estimator, space, continue_fits=False, **ours),
        ][: 3 if anew else 2]
        # Whoever is first may find a colder machine.
        order = np.roll(np.arange(len(searches)), seed)
        found = {i: measured(searches[i], data) for i in order}
        rows.append([found[i] for i in range(len(searches))])
    seconds, scores = np.moveaxis(np.array(rows), 2, 0)  # by seed and search
    ratios = seconds.sum(0) / seconds.sum(0)[0]
    gains = scores[:, 1] - scores[:, 0]
    error = gains.std(ddof=1) / np.sqrt(n_seeds) if n_seeds > 1 else np.nan
    alone = f"{ratios[2]:.2f}" if anew else ""
    print(
        f"{name:26} {factor:6} {ratios[1]:5.2f}  {alone:5}  "
        f"{gains.mean():+.4f} ± {error:.4f}  {seconds.mean(0)[0]:.1f} → "
        f"{seconds.mean(0)[1]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    # Both libraries time fits by these.
    time.time = time.perf_counter = time.process_time
    main()
