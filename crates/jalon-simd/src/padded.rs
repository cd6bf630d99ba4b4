//! A text with room behind it.

use crate::ends::{head, tail};
use crate::letters::{Letters, portable_letters, portable_lower_latin};
#[cfg(target_arch = "x86_64")]
use crate::x86::Avx2;

/// So many bytes can be read behind a text.
pub(crate) const ROOM: usize = 64;

/// A buffer for one text after another, with room behind it: vectors read its last bytes, and the
/// room, without a special case.
///
/// ```
/// use jalon_simd::{Letters, Padded};
/// let mut padded = Padded::default();
/// assert_eq!(padded.fold("Éric"), Letters::Latin);
/// assert_eq!(padded.text(), "éric".as_bytes());
/// ```
#[derive(Clone, Debug)]
pub struct Padded {
    /// The text, then anything.
    pub(crate) bytes: Vec<u8>,
    pub(crate) length: usize,
}

impl Default for Padded {
    fn default() -> Padded {
        Padded { bytes: vec![0; 2 * ROOM], length: 0 }
    }
}

impl Padded {
    /// Holds the small letters of a text, as [`crate::fold_into`] writes them; of
    /// [`Letters::Other`] it holds nothing.
    #[inline]
    pub fn fold(&mut self, text: &str) -> Letters {
        self.reserve(text.len());
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::detect() {
            return avx2.fold_padded(text, self);
        }
        let letters = portable_letters(text.as_bytes());
        self.set(if letters == Letters::Other { b"" } else { text.as_bytes() });
        let held = &mut self.bytes[..self.length];
        held.make_ascii_lowercase();
        if letters == Letters::Latin {
            portable_lower_latin(held);
        }
        letters
    }

    /// Holds a text as it is; says what its bytes are.
    #[inline]
    pub fn copy(&mut self, text: &str) -> Letters {
        self.reserve(text.len());
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::detect() {
            return avx2.copy_padded(text, self);
        }
        self.set(text.as_bytes());
        portable_letters(text.as_bytes())
    }

    /// Holds bytes as they are.
    pub fn set(&mut self, text: &[u8]) {
        self.reserve(text.len());
        self.bytes[..text.len()].copy_from_slice(text);
        self.length = text.len();
    }

    /// The text.
    #[inline]
    pub fn text(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// The first byte of the text; of an empty one any byte.
    #[inline]
    pub fn first(&self) -> u8 {
        self.bytes.first().copied().unwrap_or_default()
    }

    /// [`head`] of the text.
    #[inline]
    pub fn head(&self) -> u128 {
        head(&self.bytes, 0, self.length)
    }

    /// [`tail`] of the text.
    #[inline]
    pub fn tail(&self) -> u128 {
        tail(&self.bytes, 0, self.length)
    }

    #[inline]
    fn reserve(&mut self, length: usize) {
        if self.bytes.len() < length + ROOM {
            self.grow(length);
        }
    }

    #[cold]
    fn grow(&mut self, length: usize) {
        self.bytes.resize(length.next_power_of_two() + ROOM, 0);
    }
}
