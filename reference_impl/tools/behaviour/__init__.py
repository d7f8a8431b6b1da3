"""How the same application behaves on each server: what its client sees, and what it is told."""
