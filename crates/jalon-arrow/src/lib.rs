//! Arrow rows and batches for Jalon programs.
