"""What may be read, through the audience of the reader. Queries never write."""
