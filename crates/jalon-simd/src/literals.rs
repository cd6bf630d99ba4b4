//! Several literals searched in one pass.
//!
//! Literals are dealt into at most 16 buckets. A table for each of three places says by byte
//! value which buckets have a literal with that byte there; where the three sets leave a bucket,
//! all its literals are compared. Vectors look the tables up by the two halves of a byte, or by its
//! low seven bits, which lets some more candidates pass and changes nothing else.

use crate::ends::word_at;
use crate::padded::Padded;
#[cfg(target_arch = "x86_64")]
use crate::x86::Avx2;

/// How many bytes of a literal the tables look at.
pub(crate) const PLACES: usize = 3;

/// So many literals have a bucket each; above, 16 buckets share them.
const ALONE: usize = 8;

/// A set of buckets.
pub(crate) type Buckets = u16;

/// A set of literals searched for together: 1 to 64 literals, none empty.
///
/// All occurrences of all literals count: overlapping ones, and a literal that another begins with.
///
/// ```
/// use jalon_simd::Literals;
/// let literals = Literals::new(&["vp", "vp of", "ceo"]).unwrap();
/// assert_eq!(literals.found(b"vp of sales"), 0b011);
/// ```
#[derive(Clone, Debug)]
pub struct Literals {
    tables: Box<Tables>,
    /// By bucket, in the order of `starts`.
    sorted: Vec<Literal>,
    /// Where each bucket begins in `sorted`.
    starts: [u8; Buckets::BITS as usize + 1],
    /// The shortest literal.
    shortest: usize,
    #[cfg(target_arch = "x86_64")]
    avx2: Option<Avx2>,
}

/// What is looked up at each byte.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    /// By place and byte value, the buckets that have it there.
    bytes: [[Buckets; 256]; PLACES],
    /// By place, the buckets whose literals may end before it.
    beyond: [Buckets; PLACES],
    /// By group of eight buckets and place, the same by the low and by the high half of a byte.
    pub(crate) nibbles: [[Nibbles; PLACES]; 2],
    /// The same by the low seven bits of a byte.
    pub(crate) wide: [[Low; PLACES]; 2],
    /// Whether the second group has any bucket.
    pub(crate) both: bool,
}

/// Eight buckets by the low seven bits of a byte.
pub(crate) type Low = [[u8; 64]; 2];

/// Eight buckets by half bytes: `low[b % 16] & high[b / 16]`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Nibbles {
    pub(crate) low: [u8; 16],
    pub(crate) high: [u8; 16],
}

#[derive(Clone, Debug)]
struct Literal {
    /// The first eight bytes.
    word: u64,
    /// Which of them count.
    mask: u64,
    length: u32,
    /// Its number.
    index: u32,
    /// What follows the first eight bytes.
    rest: Box<[u8]>,
}

impl Literals {
    /// Compiles a set of literals; `None` for no literal, an empty one, or more than 64.
    pub fn new<L: AsRef<[u8]>>(literals: &[L]) -> Option<Literals> {
        let mut sorted: Vec<(usize, &[u8])> =
            literals.iter().map(AsRef::as_ref).enumerate().collect();
        if !(1..=64).contains(&sorted.len()) || sorted.iter().any(|(_, text)| text.is_empty()) {
            return None;
        }
        // Neighbours begin alike, so that a bucket lets little else pass; short ones, which let
        // much pass, stay together.
        sorted.sort_by_key(|(_, text)| (text.len().min(PLACES), *text));
        let count = sorted.len();
        let buckets = if count <= ALONE { count } else { count.min(Buckets::BITS as usize) };
        let mut tables = Tables {
            bytes: [[0; 256]; PLACES],
            beyond: [0; PLACES],
            nibbles: [[Nibbles::default(); PLACES]; 2],
            wide: [[[[0; 64]; 2]; PLACES]; 2],
            both: buckets > 8,
        };
        let mut starts = [count as u8; Buckets::BITS as usize + 1];
        for (bucket, start) in starts[..buckets].iter_mut().enumerate() {
            let (first, end) = (bucket * count / buckets, (bucket + 1) * count / buckets);
            *start = first as u8;
            sorted[first..end].iter().for_each(|(_, text)| tables.add(bucket, text));
        }
        let literals = sorted.iter().map(|(index, text)| Literal::new(*index, text)).collect();
        Some(Literals {
            tables: Box::new(tables),
            sorted: literals,
            starts,
            shortest: sorted.iter().map(|(_, text)| text.len()).min()?,
            #[cfg(target_arch = "x86_64")]
            avx2: Avx2::detect(),
        })
    }

    /// The same set, searched by the portable code: what the vectors are compared with.
    #[doc(hidden)]
    #[must_use]
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
    pub fn portable(mut self) -> Literals {
        #[cfg(target_arch = "x86_64")]
        {
            self.avx2 = None;
        }
        self
    }

    /// The numbers of the literals by bucket, where each has a bucket for itself.
    pub(crate) fn alone(&self) -> Option<Vec<usize>> {
        let alone = self.sorted.len() <= ALONE;
        alone.then(|| self.sorted.iter().map(|literal| literal.index as usize).collect())
    }

    /// What is looked up.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Which literals occur in a text: bit i stands for literal i.
    #[inline]
    pub fn found(&self, text: &[u8]) -> u64 {
        let mut found = 0;
        self.each(text, |_, literal| found |= 1 << literal);
        found
    }

    /// Calls `hit` with the position and the number of every occurrence, positions rising. The
    /// text may be a block of texts laid end to end.
    #[inline]
    pub fn each(&self, text: &[u8], mut hit: impl FnMut(usize, usize)) {
        if text.len() < self.shortest {
            return;
        }
        let visit = |position: usize, buckets: Buckets| {
            self.verify(text, text.len(), position, buckets, &mut hit);
        };
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.avx2 {
            return avx2.candidates(&self.tables, text, text.len(), visit);
        }
        self.tables.candidates(text, visit);
    }

    /// [`Literals::found`] in a text with room behind it.
    #[inline]
    pub fn found_padded(&self, text: &Padded) -> u64 {
        let mut found = 0;
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.avx2 {
            let Padded { bytes, length } = text;
            avx2.candidates(&self.tables, bytes, *length, |position, buckets| {
                self.verify(bytes, *length, position, buckets, &mut |_, literal| {
                    found |= 1 << literal;
                });
            });
            return found;
        }
        found |= self.found(text.text());
        found
    }

    /// Compares the literals of some buckets with what stands at a position of a text, which is
    /// the first `end` bytes of `text`.
    #[inline]
    pub(crate) fn verify(
        &self,
        text: &[u8],
        end: usize,
        position: usize,
        mut buckets: Buckets,
        hit: &mut impl FnMut(usize, usize),
    ) {
        let Some(rest) = text.get(position..end) else { return };
        let word = word_at(text, position);
        while buckets != 0 {
            let bucket = buckets.trailing_zeros() as usize;
            buckets &= buckets - 1;
            let (first, end) = (self.starts[bucket], self.starts[bucket + 1]);
            for literal in &self.sorted[usize::from(first)..usize::from(end)] {
                if (word ^ literal.word) & literal.mask == 0
                    && literal.length as usize <= rest.len()
                    && (literal.rest.is_empty() || rest[8..].starts_with(&literal.rest))
                {
                    hit(position, literal.index as usize);
                }
            }
        }
    }
}

impl Literal {
    fn new(index: usize, text: &[u8]) -> Literal {
        let (first, rest) = text.split_at(text.len().min(8));
        Literal {
            word: word_at(first, 0),
            mask: u64::MAX >> (64 - 8 * first.len()),
            length: text.len() as u32,
            index: index as u32,
            rest: rest.into(),
        }
    }
}

impl Tables {
    /// Lets the beginning of a literal pass to its bucket.
    fn add(&mut self, bucket: usize, text: &[u8]) {
        for place in 0..PLACES {
            let set = 1 << bucket;
            let Nibbles { low, high } = &mut self.nibbles[bucket / 8][place];
            let wide = &mut self.wide[bucket / 8][place];
            let in_group = 1 << (bucket % 8);
            if let Some(byte) = text.get(place) {
                self.bytes[place][usize::from(*byte)] |= set;
                low[usize::from(byte % 16)] |= in_group;
                high[usize::from(byte / 16)] |= in_group;
                wide[usize::from(byte / 64 % 2)][usize::from(byte % 64)] |= in_group;
            } else {
                self.bytes[place].iter_mut().for_each(|buckets| *buckets |= set);
                self.beyond[place] |= set;
                low.iter_mut().chain(high).for_each(|buckets| *buckets |= in_group);
                wide.as_flattened_mut().iter_mut().for_each(|buckets| *buckets |= in_group);
            }
        }
    }

    /// Calls `visit` with each position at which literals of some buckets may begin.
    fn candidates(&self, text: &[u8], mut visit: impl FnMut(usize, Buckets)) {
        let [first, second, third] = &self.bytes;
        let mut at = |position: usize, buckets: Buckets| {
            if buckets != 0 {
                visit(position, buckets);
            }
        };
        for (position, window) in text.windows(3).enumerate() {
            // The third byte is looked at only where the first two leave something.
            let pair = first[usize::from(window[0])] & second[usize::from(window[1])];
            if pair != 0 {
                at(position, pair & third[usize::from(window[2])]);
            }
        }
        if let [.., a, b] = text {
            let pair = first[usize::from(*a)] & second[usize::from(*b)];
            at(text.len() - 2, pair & self.beyond[2]);
        }
        if let [.., a] = text {
            at(text.len() - 1, first[usize::from(*a)] & self.beyond[1] & self.beyond[2]);
        }
    }
}

#[cfg(test)]
mod tests;
