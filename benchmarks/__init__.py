"""Speed and memory of whole commands, each in a process of its own; ``make bench`` runs them all."""
