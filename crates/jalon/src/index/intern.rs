//! Texts by number, in one piece of memory: a million of them cost what their bytes cost, and
//! some twelve bytes each.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::plan::ids::Ids;

/// Distinct texts, numbered as they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    ids: Ids,
}

fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.write_usize(text.len());
    hasher.finish()
}

#[inline]
fn text_of<'b>(bytes: &'b [u8], ends: &[u32], id: u32) -> &'b [u8] {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] };
    &bytes[start as usize..ends[id] as usize]
}

impl Interner {
    /// How many texts.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A text by its number.
    pub(super) fn text(&self, id: u32) -> &[u8] {
        text_of(&self.bytes, &self.ends, id)
    }

    /// The number of a text.
    #[inline]
    pub(super) fn get(&self, text: &[u8]) -> Option<u32> {
        self.ids.get(hash(text), |id| self.text(id) == text)
    }

    /// The number of a text that may be new; `None` where there is no room for more.
    #[inline]
    pub(super) fn add(&mut self, text: &[u8]) -> Option<u32> {
        let end = u32::try_from(self.bytes.len() + text.len()).ok()?;
        let Interner { bytes, ends, ids } = self;
        let id = ids.get_or_add(hash(text), |id| text_of(bytes, ends, id) == text);
        if id as usize == ends.len() {
            bytes.extend_from_slice(text);
            ends.push(end);
        }
        Some(id)
    }

    /// The number that a text likely has.
    #[inline]
    pub(super) fn likely(&self, text: &[u8]) -> u32 {
        self.ids.likely(hash(text))
    }

    /// Reads a text, so that it is at hand.
    #[inline]
    pub(super) fn touch(&self, id: u32) -> u32 {
        let end = self.ends.get(id as usize).copied().unwrap_or(0);
        self.bytes.get((end as usize).wrapping_sub(1)).copied().unwrap_or(0).into()
    }

    /// Gives back what is not needed once nothing is added.
    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        self.bytes.capacity() + 4 * self.ends.capacity() + self.ids.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_number() {
        let mut interner = Interner::default();
        assert_eq!(interner.get(b"x"), None);
        let texts: Vec<String> = (0..5000).map(|i| format!("text {}", i % 2500)).collect();
        for (i, text) in texts.iter().enumerate() {
            assert_eq!(interner.add(text.as_bytes()), Some((i % 2500) as u32));
        }
        for (i, text) in texts[..2500].iter().enumerate() {
            assert_eq!(interner.get(text.as_bytes()), Some(i as u32));
            assert_eq!(interner.text(i as u32), text.as_bytes());
        }
        assert_eq!(interner.get(b"text"), None);
        assert_eq!(interner.add(b""), Some(2500));
        assert_eq!(interner.get(b""), Some(2500));
    }
}
