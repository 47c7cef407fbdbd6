"""What every slice leans on and no domain: the clock, errors, ids, the API's error shape."""
