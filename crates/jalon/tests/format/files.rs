//! Formatting keeps its laws on every program of the repository.
