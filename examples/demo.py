"""A first search: which model for the wine data, and how is it set.

Run by `make demo`; needs only the core dependencies and takes less than a minute.
"""

from scipy.stats import loguniform, randint
from sklearn.datasets import load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Int, Option, TPESearchCV

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)

pipe = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
kernel = Choice(
    {"linear": "linear", "rbf": Option("rbf", gamma=loguniform(1e-4, 1))},
)
space = {
    "scale": [StandardScaler(), MinMaxScaler()],
    "clf": Choice(
        {
            "svm": Option(SVC(), C=loguniform(1e-3, 1e3), kernel=kernel),
            "forest": Option(
                RandomForestClassifier(random_state=0),
                max_depth=randint(2, 20),
                n_estimators=Int(10, 100, log=True),
            ),
            "logistic": LogisticRegression(max_iter=500),
        },
    ),
}


def main():
    search = TPESearchCV(pipe, space, n_iter=30, cv=5, n_jobs=2, random_state=0)
    search.fit(X_train, y_train)

    print(f"{len(search.cv_results_['params'])} configurations of 5 folds were tried.")
    print(f"best mean accuracy over the folds  {search.best_score_:.3f}")
    print(f"accuracy on data not searched on   {search.score(X_test, y_test):.3f}")
    print("best configuration")
    for name, value in search.best_params_.items():
        print(f"  {name} = {value}")


if __name__ == "__main__":
    main()
