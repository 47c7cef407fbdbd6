"""What every HTTP endpoint for programs has in common; the endpoints themselves live in their slices.

- Every answer is JSON in UTF-8 with `Cache-Control: private, no-store` and without an ETag.
- Every error, of whatever origin, is `{"code", "message", "retry", "detail"}`: `code` is stable and for programs,
  `message` is in the reader's language, `retry` says whether the same request can succeed later.
- What is foreign and what is absent answer alike, byte for byte.
- A request says exactly what it means: unknown keys, numbers in quotes and the like are refused, not guessed.
- Repeating is safe. `GET`, `PUT` and `DELETE` can be said again by their nature; a `POST` that makes something which
  must not be there twice carries a `cid`, a UUID made by the client: the first answers 201, every repeat answers 200
  with the first one's result.
"""
