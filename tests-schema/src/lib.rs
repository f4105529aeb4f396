//! Holds the JSON Schemas of qingdan against what it reads and writes: see `tests/`.
