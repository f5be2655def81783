"""Callbacks: rules that end a search, and loggers."""

from sksearch.callbacks._below_noise import BelowNoise
from sksearch.callbacks._mlflow_logger import MLflowLogger
from sksearch.callbacks._no_improvement import NoImprovement
from sksearch.callbacks._target_score import TargetScore
from sksearch.callbacks._tensorboard_logger import TensorBoardLogger

__all__ = [
    "BelowNoise",
    "MLflowLogger",
    "NoImprovement",
    "TargetScore",
    "TensorBoardLogger",
]
