"""Named events; exporters attach from outside."""
