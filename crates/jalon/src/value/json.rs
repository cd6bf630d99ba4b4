//! JSON objects as records.
