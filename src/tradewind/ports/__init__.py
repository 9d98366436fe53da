"""The Protocols that the services depend on and the adapters implement; at most 8 methods each."""
