"""Shipped test kit: the suites every adapter must pass, the virtual clock and builders."""
