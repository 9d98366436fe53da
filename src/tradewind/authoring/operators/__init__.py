"""The operators that come with Tradewind, one family per module."""
