"""An ensemble of what a search has tried, against its best model, voting and stacking.

    python examples/ensemble.py [picture.svg]

The picture needs matplotlib.
"""

import sys

import numpy as np
from scipy.stats import loguniform, randint
from sklearn.datasets import load_digits
from sklearn.ensemble import (
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

from sksearch import Choice, Float, Option, StackingWeights, TPESearchCV

X, y = load_digits(return_X_y=True)
X /= 16  # grey values from 0 to 1
X, X_test, y, y_test = train_test_split(
    X, y, train_size=600, stratify=y, random_state=0
)

models = Choice(
    {
        "logistic": Option(LogisticRegression(max_iter=1000), C=loguniform(1e-3, 1e2)),
        "neighbours": Option(
            KNeighborsClassifier(weights="distance"), n_neighbors=randint(2, 30)
        ),
        "forest": Option(
            RandomForestClassifier(50, random_state=0),
            max_features=Float(0.05, 0.8),
            min_samples_leaf=randint(1, 6),
        ),
        "tree": Option(
            DecisionTreeClassifier(random_state=0), min_samples_leaf=randint(1, 30)
        ),
    }
)
folds = StratifiedKFold(5, shuffle=True, random_state=0)
search = TPESearchCV(
    models,
    n_iter=30,
    cv=folds,
    scoring="neg_log_loss",
    random_state=0,
    return_oof=True,
).fit(X, y)

ensemble = StackingWeights.from_search(search, top_k=20).fit(X, y)
members = ensemble.estimators
print(len(members), "members,", len(ensemble.estimators_), "of them with weight:\n")
for i in np.argsort(-ensemble.weights_)[: len(ensemble.estimators_)]:
    row = {key: column[i] for key, column in ensemble.diversity_.items()}
    print(
        f"  {row['name']:28s} weight {row['weight']:.2f}  alone {row['score']:.3f}  "
        f"errors alike {row['error_correlation']:.2f}  most to {row['most_alike']}"
    )
print(f"\nout of fold, nested:     {ensemble.oof_score_:.3f}")
print(f"out of fold, optimistic: {ensemble.oof_score_optimistic_:.3f}\n")

rivals = {
    "best single model": search,
    "soft voting": VotingClassifier(members, voting="soft").fit(X, y),
    "stacking": StackingClassifier(
        members, final_estimator=LogisticRegression(max_iter=1000), cv=folds
    ).fit(X, y),
    "StackingWeights": ensemble,
}
losses = {name: log_loss(y_test, m.predict_proba(X_test)) for name, m in rivals.items()}
for name, model in rivals.items():
    accuracy = accuracy_score(y_test, model.predict(X_test))
    print(f"{name:18s} test log-loss {losses[name]:.3f}, accuracy {accuracy:.3f}")

if len(sys.argv) > 1:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "sksearch"  # the same picture, the same file
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
    used = ensemble.weights_ > 0
    left.scatter(
        -ensemble.member_scores_,
        ensemble.diversity_["error_correlation"],
        s=20 + 600 * ensemble.weights_,
        c=np.where(used, "tab:blue", "lightgrey"),
        alpha=0.8,
    )
    left.set_xlabel("log-loss of a member alone")
    left.set_ylabel("how alike its errors are to the others'")
    left.set_title("Weight (size) goes to the good and the different", fontsize=9)
    colours = ["tab:blue" if "Weights" in name else "lightgrey" for name in losses]
    right.barh(list(losses)[::-1], list(losses.values())[::-1], color=colours[::-1])
    right.set_xlabel("log-loss on test data")
    right.set_title("The same candidates, four ways to use them", fontsize=9)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(sys.argv[1], metadata={"Date": None})
