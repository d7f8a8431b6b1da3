"""Faults that fail a requirement of WS-CONTENT."""
