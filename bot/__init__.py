"""The Telegram assistant for lower back spasms."""
