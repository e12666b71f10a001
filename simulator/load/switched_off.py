"""wip"""


def warn_switched_off(*_: object) -> None: ...
