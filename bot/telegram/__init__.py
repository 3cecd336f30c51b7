"""The shell towards Telegram: everything that sends, receives or waits."""
