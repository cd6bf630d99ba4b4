//! How texts compare: NFC, full case folding, NFC again, one kind of space and apostrophe.
