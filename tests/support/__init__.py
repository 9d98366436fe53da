"""What several test rooms share; no test lives here."""
