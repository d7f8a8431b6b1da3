"""The checks: one module a chapter, each check naming the requirement that it holds a backend to."""
