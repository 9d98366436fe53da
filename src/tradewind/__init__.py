"""Tradewind's public face."""
