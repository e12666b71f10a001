"""Messages: command."""

MESSAGES: dict[str, tuple[str, str]] = {}
