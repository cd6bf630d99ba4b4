//! Texts by number, in one piece of memory: a million of them cost what their bytes cost, and
//! some twelve bytes each.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Distinct texts, numbered as they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// The upper half of a text's hash, and its number plus one; zero where free.
    table: Vec<u64>,
}

fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.write_usize(text.len());
    hasher.finish()
}

impl Interner {
    /// How many texts.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A text by its number.
    pub(super) fn text(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.bytes[start as usize..self.ends[id] as usize]
    }

    /// The number of a text.
    #[inline]
    pub(super) fn get(&self, text: &[u8]) -> Option<u32> {
        if self.table.is_empty() {
            return None;
        }
        self.place(text, hash(text)).ok()
    }

    /// The number of a text that may be new; `None` where there is no room for more.
    pub(super) fn add(&mut self, text: &[u8]) -> Option<u32> {
        if self.table.len() < (self.ends.len() + 1) * 3 / 2 {
            self.grow();
        }
        let hash = hash(text);
        match self.place(text, hash) {
            Ok(id) => Some(id),
            Err(place) => {
                let end = u32::try_from(self.bytes.len() + text.len()).ok()?;
                let id = self.ends.len() as u32;
                self.bytes.extend_from_slice(text);
                self.ends.push(end);
                self.table[place] = hash >> 32 << 32 | u64::from(id + 1);
                Some(id)
            }
        }
    }

    /// The number of a text, or the place where it would be noted.
    #[inline]
    fn place(&self, text: &[u8], hash: u64) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let entry = self.table[place];
            if entry == 0 {
                return Err(place);
            }
            let id = entry as u32 - 1;
            if entry >> 32 == hash >> 32 && self.text(id) == text {
                return Ok(id);
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let length = (self.table.len() * 2).max(16);
        let mut table = vec![0_u64; length];
        let mask = length - 1;
        for id in 0..self.ends.len() as u32 {
            let hash = hash(self.text(id));
            let mut place = hash as usize & mask;
            while table[place] != 0 {
                place = (place + 1) & mask;
            }
            table[place] = hash >> 32 << 32 | u64::from(id + 1);
        }
        self.table = table;
    }

    /// Gives back what is not needed once nothing is added.
    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        self.bytes.capacity() + 4 * self.ends.capacity() + 8 * self.table.capacity()
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
