"""A PyTorch network, tuned with epochs as the resource.

Needs PyTorch (the CPU is enough) and takes less than two minutes on one core. The
wrapper is a plain scikit-learn estimator: `partial_fit` makes one pass over the data.
`HalvingSearchCV` calls it a few times for each of many candidates, and goes on with the
networks of the best of them, weights and optimizer as they were.
"""

import time
from collections import Counter

import numpy as np
from scipy.stats import loguniform
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.utils.validation import check_is_fitted, validate_data

from sksearch import HalvingSearchCV, Int

try:
    import torch
    from torch import nn
except ImportError as error:
    msg = "This example needs PyTorch: pip install torch"
    raise SystemExit(msg) from error


class TorchClassifier(ClassifierMixin, BaseEstimator):
    """A network with two hidden layers, trained by AdamW."""

    def __init__(
        self,
        width=32,
        dropout=0.0,
        learning_rate=1e-3,
        weight_decay=1e-2,
        batch_size=64,
        epochs_of_fit=27,
        random_state=None,
    ):
        self.width = width
        self.dropout = dropout
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.batch_size = batch_size
        self.epochs_of_fit = epochs_of_fit
        self.random_state = random_state

    def fit(self, X, y):
        for name in [name for name in vars(self) if name.endswith("_")]:
            delattr(self, name)
        for _ in range(self.epochs_of_fit):
            self.partial_fit(X, y, classes=np.unique(y))
        return self

    def partial_fit(self, X, y, classes=None):
        """Make one pass over the data; the first one must be told all the classes."""
        first = not hasattr(self, "network_")
        X, y = validate_data(self, X, y, dtype=np.float32, reset=first)
        if first:
            self.classes_ = np.unique(y if classes is None else classes)
            self._build(X.shape[1])
        targets = torch.from_numpy(np.searchsorted(self.classes_, y))
        inputs = torch.from_numpy(X)
        order = self.rng_.permutation(len(X))
        self.network_.train()
        # Dropout draws from the global generator: from ours, for a while.
        with torch.random.fork_rng():
            torch.manual_seed(int(self.rng_.integers(2**31)))
            for start in range(0, len(X), self.batch_size):
                batch = order[start : start + self.batch_size]
                self.optimizer_.zero_grad()
                loss = nn.functional.cross_entropy(
                    self.network_(inputs[batch]), targets[batch]
                )
                loss.backward()
                self.optimizer_.step()
        self.epochs_ = getattr(self, "epochs_", 0) + 1
        return self

    def _build(self, n_features):
        self.rng_ = np.random.default_rng(self.random_state)
        with torch.random.fork_rng():
            torch.manual_seed(int(self.rng_.integers(2**31)))
            self.network_ = nn.Sequential(
                nn.Linear(n_features, self.width),
                nn.ReLU(),
                nn.Dropout(self.dropout),
                nn.Linear(self.width, self.width),
                nn.ReLU(),
                nn.Dropout(self.dropout),
                nn.Linear(self.width, len(self.classes_)),
            )
        self.optimizer_ = torch.optim.AdamW(
            self.network_.parameters(),
            lr=self.learning_rate,
            weight_decay=self.weight_decay,
        )

    def predict_proba(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float32, reset=False)
        self.network_.eval()
        with torch.no_grad():
            return self.network_(torch.from_numpy(X)).softmax(dim=1).numpy()

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


SPACE = {
    "width": Int(8, 256, log=True),
    "dropout": [0.0, 0.1, 0.2, 0.4],
    "learning_rate": loguniform(1e-4, 1e-1),
    "weight_decay": loguniform(1e-4, 1),
    "batch_size": [32, 64, 128],
}


def main():
    torch.set_num_threads(1)  # the folds may run side by side; networks are small
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X / 16, y, train_size=0.6, stratify=y, random_state=0
    )
    search = HalvingSearchCV(
        TorchClassifier(random_state=0),
        SPACE,
        resource="epochs",
        min_resources=1,
        max_resources=27,
        cv=3,
        return_train_score=False,
        random_state=0,
    )
    start = time.perf_counter()
    search.fit(X_train, y_train)
    seconds = time.perf_counter() - start
    results = search.cv_results_
    for epochs, n in sorted(Counter(results["n_resources"].tolist()).items()):
        best = results["mean_test_score"][results["n_resources"] == epochs].max()
        print(f"{n:3} candidates with {epochs:2} epochs, the best {best:.4f}")
    in_fits = results["mean_fit_time"].sum() * search.n_splits_
    print(f"{seconds:.1f} s, of which in fits {in_fits:.1f} s")
    print(f"test data: {search.score(X_test, y_test):.4f}, with")
    for name, value in search.best_params_.items():
        print(f"  {name} = {value}")


if __name__ == "__main__":
    main()
