"""What is done at the desk. The rows follow the cases; everything else is said by people."""
