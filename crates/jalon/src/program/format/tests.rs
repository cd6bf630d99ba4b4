//! Formatting: what people see, and the laws it keeps on every program of the repository.

mod files;
mod laws;
mod layout;
mod properties;
