"""One profile of hypothesis for the whole suite: how long an example takes is no property."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
