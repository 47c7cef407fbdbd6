"""Many vectors in little memory: one signed byte a number, a scale a row (a hundred thousand questions in 100 MB)."""

import numpy as np


class Rows:
    """Grows by appending. What is taken out differs from what went in by less than 1/200 of a row's largest."""

    def __init__(self, size: int) -> None:
        self.count = 0
        self._bytes = np.zeros((0, size), np.int8)
        self._scales = np.zeros(0, np.float32)

    def append(self, rows: np.ndarray) -> range:
        """The numbers of the new rows."""
        start, end = self.count, self.count + len(rows)
        if end > len(self._scales):
            room = end + end // 16 + 16
            self._bytes = np.concatenate([self._bytes, np.zeros((room - len(self._bytes), rows.shape[1]), np.int8)])
            self._scales = np.concatenate([self._scales, np.zeros(room - len(self._scales), np.float32)])
        scales = np.maximum(np.abs(rows).max(axis=1, initial=0), 1e-9) / 127
        self._bytes[start:end] = np.rint(rows / scales[:, None])
        self._scales[start:end] = scales
        self.count = end
        return range(start, end)

    def take(self, numbers: list[int] | np.ndarray) -> np.ndarray:
        return self._bytes[numbers].astype(np.float32) * self._scales[numbers][:, None]

    def likeness(self, vector: np.ndarray, numbers: list[int]) -> np.ndarray:
        """Inner products of one vector with the rows named."""
        return (self._bytes[numbers].astype(np.float32) @ vector) * self._scales[numbers]
