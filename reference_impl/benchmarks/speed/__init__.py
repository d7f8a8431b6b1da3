"""What this project and others cost on top of a raw ASGI function: ``python -m speed``, or ``make bench``."""
