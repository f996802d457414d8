"""Being written: see the module docstrings of this package."""
