"""What may be read of a case, through the reader's standing in its room. Queries never write."""
