"""What a period's page tells: one module for each of its sections."""
