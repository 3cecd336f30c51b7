"""Every decision the bot takes, and no I/O: a test holds these modules to a short list of imports."""
