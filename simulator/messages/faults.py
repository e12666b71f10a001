"""Messages: faults."""

MESSAGES: dict[str, tuple[str, str]] = {}
