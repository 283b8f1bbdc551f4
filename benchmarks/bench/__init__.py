"""What `make bench` measures, compares and prints."""
