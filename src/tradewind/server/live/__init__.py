"""What happens while somebody watches: the stream of events, and logs as they grow."""
