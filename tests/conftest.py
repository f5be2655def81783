"""What all tests share: hypothesis decides the same way in every run."""

from hypothesis import settings

settings.register_profile("sksearch", deadline=None, derandomize=True)
settings.load_profile("sksearch")
