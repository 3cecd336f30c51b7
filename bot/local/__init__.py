"""Telegram on this machine: a small Bot API server on loopback and a chat page in front of it."""
