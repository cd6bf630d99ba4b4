//! A native record.

/// A record built field by field for one module of a program.
#[derive(Clone, Debug, Default)]
pub struct Row {}
