//! What each lint says, and where it stays silent.
