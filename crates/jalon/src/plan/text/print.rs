//! Short texts as three integers, to compare them without a call.

/// Length, first eight and last eight bytes: two texts of at most sixteen bytes are equal when
/// their prints are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Print {
    /// In bytes.
    pub(crate) length: usize,
    /// The first eight bytes; of a shorter text all of it, with the tail.
    pub(crate) head: u64,
    /// The last eight bytes.
    pub(crate) tail: u64,
}

impl Print {
    #[inline]
    /// The print of a text.
    pub(crate) fn of(text: &[u8]) -> Print {
        let length = text.len();
        if let (Some(head), Some(tail)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            return Print {
                length,
                head: u64::from_le_bytes(*head),
                tail: u64::from_le_bytes(*tail),
            };
        }
        if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
            return Print { length, head: head.into(), tail: tail.into() };
        }
        let head = text.iter().fold(0, |head, byte| head << 8 | u64::from(*byte));
        Print { length, head, tail: 0 }
    }
}

impl Print {
    /// Texts up to this length are equal when their prints are.
    pub(crate) const EXACT: usize = 16;
}
