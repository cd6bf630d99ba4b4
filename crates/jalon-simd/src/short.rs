//! Which of a set of short texts a text is, without a copy of it.

use crate::ends::head;
use crate::letters::{Letters, SHARP_S, portable_letters, portable_lower_latin};
#[cfg(target_arch = "x86_64")]
use crate::x86::{Avx2, Avx512};

/// The longest texts.
pub(crate) const LONGEST: usize = 32;

/// The most texts to be equal to.
const MOST: usize = 32;

/// Texts to be equal to and beginnings, of at most 32 bytes, each with marks; a text of at most
/// 32 bytes finds those that it passes at one look.
///
/// ```
/// use jalon_simd::Short;
/// let short = Short::new(&[(b"france", 1), (b"monaco", 2)], &[(b"fr", 4)], false).unwrap();
/// assert_eq!(short.marks("FRANCE"), Some(1 | 4));
/// assert_eq!(short.marks("Québec"), Some(0));
/// assert_eq!(short.marks("Ελλάδα"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Short {
    pub(crate) table: Table,
    pub(crate) starts: Box<[Start]>,
    case_sensitive: bool,
    #[cfg(target_arch = "x86_64")]
    vectors: Vectors,
}

/// The best vectors of a processor.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
enum Vectors {
    None,
    Avx2(Avx2),
    Avx512(Avx512),
}

/// Texts by the hash of their first 16 bytes; no two stand in one place.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// As many as a power of two.
    entries: Box<[Entry]>,
    factor: u64,
    shift: u32,
}

/// A text, zero beyond its end, and its marks; what is no text has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) text: [u8; LONGEST],
    /// Of another text, none; and its own. (Looked up: which text it is cannot be predicted, and
    /// a table has no branch.)
    pub(crate) marks: [u64; 2],
}

/// A beginning.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    pub(crate) entry: Entry,
    /// Which of its bytes count.
    pub(crate) mask: [u8; LONGEST],
}

impl Short {
    /// Compiles texts to be equal to, and beginnings. Texts are compared as [`crate::fold_into`]
    /// writes them, or where case counts as they are; those given here are written so already.
    ///
    /// `None` where there are many, one is empty or too long, or two of more than 16 bytes begin alike.
    pub fn new(
        equal: &[(&[u8], u64)],
        starts: &[(&[u8], u64)],
        case_sensitive: bool,
    ) -> Option<Short> {
        let fits = |(text, _): &(&[u8], u64)| (1..=LONGEST).contains(&text.len());
        if equal.len() > MOST || !equal.iter().chain(starts).all(fits) {
            return None;
        }
        let mut entries: Vec<Entry> = Vec::with_capacity(equal.len());
        for (text, marks) in equal {
            let entry = Entry::new(text, *marks);
            match entries.iter_mut().find(|other| other.text == entry.text) {
                Some(other) => other.marks[1] |= marks,
                None => entries.push(entry),
            }
        }
        let start = |(text, marks): &(&[u8], u64)| Start {
            entry: Entry::new(text, *marks),
            mask: std::array::from_fn(|place| if place < text.len() { 0xFF } else { 0 }),
        };
        Some(Short {
            table: Table::new(&entries)?,
            starts: starts.iter().map(start).collect(),
            case_sensitive,
            #[cfg(target_arch = "x86_64")]
            vectors: match (Avx512::detect(), Avx2::detect()) {
                (Some(avx512), _) => Vectors::Avx512(avx512),
                (None, Some(avx2)) => Vectors::Avx2(avx2),
                (None, None) => Vectors::None,
            },
        })
    }

    /// The same, by the portable code: what the vectors are compared with.
    #[doc(hidden)]
    #[must_use]
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
    pub fn portable(mut self) -> Short {
        #[cfg(target_arch = "x86_64")]
        {
            self.vectors = Vectors::None;
        }
        self
    }

    /// The same, by AVX2 at most.
    #[cfg(all(test, target_arch = "x86_64"))]
    fn with_avx2(mut self) -> Short {
        self.vectors = Avx2::detect().map_or(Vectors::None, Vectors::Avx2);
        self
    }

    /// The marks of all that a text equals or begins with. `None` of a text that has to be looked
    /// at otherwise: one of more than 32 bytes, of [`Letters::Other`], that begins with a space,
    /// or holds an ß that case folding writes as two letters.
    #[inline]
    pub fn marks(&self, text: &str) -> Option<u64> {
        if text.len() > LONGEST {
            return None;
        }
        #[cfg(target_arch = "x86_64")]
        match self.vectors {
            Vectors::Avx512(avx512) => {
                return avx512.marks(self, text.as_bytes(), self.case_sensitive);
            }
            Vectors::Avx2(avx2) => return avx2.marks(self, text.as_bytes(), self.case_sensitive),
            Vectors::None => {}
        }
        self.portable_marks(text.as_bytes())
    }

    fn portable_marks(&self, text: &[u8]) -> Option<u64> {
        let letters = portable_letters(text);
        let sharp = !self.case_sensitive && text.contains(&SHARP_S);
        if letters == Letters::Other || sharp || text.first() == Some(&b' ') {
            return None;
        }
        let mut padded = [0; LONGEST];
        padded.get_mut(..text.len())?.copy_from_slice(text);
        if !self.case_sensitive {
            padded.make_ascii_lowercase();
            portable_lower_latin(&mut padded);
        }
        let head = head(&padded, 0, LONGEST);
        let entry = self.table.entry(head as u64, (head >> 64) as u64)?;
        let mut marks = entry.marks[usize::from(entry.text == padded)];
        for start in &self.starts {
            let bytes = padded.iter().zip(&start.entry.text).zip(&start.mask);
            let differ = bytes.fold(0, |differ, ((a, b), mask)| differ | (a ^ b) & mask);
            marks |= start.entry.marks[usize::from(differ == 0)];
        }
        Some(marks)
    }
}

impl Entry {
    fn new(text: &[u8], marks: u64) -> Entry {
        let mut entry = Entry { marks: [0, marks], ..Entry::default() };
        entry.text[..text.len()].copy_from_slice(text);
        entry
    }

    fn words(&self) -> (u64, u64) {
        let head = head(&self.text, 0, LONGEST);
        (head as u64, (head >> 64) as u64)
    }
}

impl Table {
    /// A table in which no two texts share a place; `None` where none is found that is small.
    fn new(texts: &[Entry]) -> Option<Table> {
        let least = texts.len().next_power_of_two().trailing_zeros().max(1);
        for bits in least..least + 4 {
            let mut factor = 0x9E37_79B9_7F4A_7C15_u64;
            for _ in 0..64 {
                let entries = vec![Entry::default(); 1 << bits].into_boxed_slice();
                let mut table = Table { entries, factor, shift: 64 - bits };
                if texts.iter().all(|text| table.place(text)) {
                    return Some(table);
                }
                factor = factor.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
            }
        }
        None
    }

    /// Puts a text in its place, unless there is one already.
    fn place(&mut self, text: &Entry) -> bool {
        let (first, second) = text.words();
        let index = self.index(first, second);
        match self.entries.get_mut(index) {
            Some(place) if place.text[0] == 0 => {
                place.clone_from(text);
                true
            }
            _ => false,
        }
    }

    #[inline]
    fn index(&self, first: u64, second: u64) -> usize {
        let mixed = (first ^ second.rotate_left(29)).wrapping_mul(self.factor);
        (mixed >> self.shift) as usize
    }

    /// What stands where a text of these first bytes would.
    #[inline]
    pub(crate) fn entry(&self, first: u64, second: u64) -> Option<&Entry> {
        self.entries.get(self.index(first, second))
    }
}

#[cfg(test)]
mod tests;
