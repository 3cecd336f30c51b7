"""The only package that keeps anything: numbers, never what people write."""
