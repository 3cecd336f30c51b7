"""What curators run: reading, loading and checking the knowledge."""
