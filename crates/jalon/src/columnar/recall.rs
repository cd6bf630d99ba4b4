//! Texts that repeat within a column: what a source's tests say of each is asked once and then
//! remembered, as if the column were a dictionary.

use std::ops::Range;

use jalon_simd::Memory;

use super::bound::Means;
use super::column::{INLINE, TextColumn};

/// A column of which more than one in so many texts are new to the memory hardly repeats.
const RARE: usize = 8;

/// Then so many blocks pass before it is tried again; twice as many each time.
const PAUSE: u32 = 8;
const LONGEST_PAUSE: u32 = 512;

/// A memory of short texts and of the bits that each sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Recall {
    memory: Memory,
    /// How many blocks are left to pass.
    pause: u32,
    next_pause: u32,
}

impl Recall {
    /// Whether the column is worth the attempt now; always where each text would be asked about.
    pub(super) fn is_ready_for(&mut self, means: &Means) -> bool {
        matches!(means, Means::Each) || self.is_ready()
    }

    fn is_ready(&mut self) -> bool {
        self.pause = self.pause.saturating_sub(1);
        self.pause == 0
    }

    /// Forgets every text: what is known was said under another clock.
    pub(super) fn forget(&mut self) {
        self.memory.forget();
    }

    /// Sets the bits of each row's text; `judge` says those of a new one.
    pub(super) fn run(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        bits: &mut [u64],
        mut judge: impl FnMut(&[u8]) -> u64,
    ) {
        let Recall { memory, .. } = self;
        let (count, mut new, mut done) = (rows.len(), 0, 0);
        while done < count {
            done += known(memory, texts, rows.start + done..rows.end, &mut bits[done..count]);
            if done == count {
                break;
            }
            let mut inline = [0; INLINE];
            let (bytes, text) = texts.find(rows.start + done, &mut inline);
            bits[done] |= memory.find(bytes, text.clone()).unwrap_or_else(|| {
                new += 1;
                let said = judge(&bytes[text.clone()]);
                memory.learn(&bytes[text], said);
                said
            });
            done += 1;
        }
        if new * RARE > count {
            self.next_pause = (self.next_pause * 2).clamp(PAUSE, LONGEST_PAUSE);
            self.pause = self.next_pause + 1;
        } else {
            self.next_pause = 0;
        }
    }
}

/// Sets the bits of the first rows, as far as they are known; how many that are.
fn known(memory: &Memory, texts: &TextColumn<'_>, rows: Range<usize>, bits: &mut [u64]) -> usize {
    match texts {
        TextColumn::Small { offsets, bytes } => {
            let ends = &offsets[rows.start..=rows.end];
            memory.known(bytes, |row| (ends[row] as usize, ends[row + 1] as usize), bits)
        }
        TextColumn::Large { offsets, bytes } => {
            let ends = &offsets[rows.start..=rows.end];
            memory.known(bytes, |row| (ends[row] as usize, ends[row + 1] as usize), bits)
        }
        TextColumn::Views { views, buffers } => memory.known_views(&views[rows], buffers, bits),
        TextColumn::Cells { starts, stride, column, bytes } => {
            let place = |row: usize| {
                let first = (rows.start + row) * stride + column;
                (starts[first] as usize, (starts[first + 1] as usize).wrapping_sub(1))
            };
            memory.known(bytes, place, bits)
        }
        TextColumn::Coded { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text's number, as bits.
    fn number(text: &[u8]) -> u64 {
        std::str::from_utf8(text).unwrap().bytes().fold(7, |n, b| n * 31 % 1_000_003 + u64::from(b))
    }

    /// Arrow's view of a text of a buffer.
    fn view(bytes: &[u8], ends: &[i32]) -> u128 {
        let text = &bytes[ends[0] as usize..ends[1] as usize];
        let mut view = [0; 16];
        view[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
        if text.len() <= 12 {
            view[4..4 + text.len()].copy_from_slice(text);
        } else {
            view[4..8].copy_from_slice(&text[..4]);
            view[12..].copy_from_slice(&ends[0].to_le_bytes());
        }
        u128::from_le_bytes(view)
    }

    fn check(texts: &[String]) {
        let bytes: Vec<u8> = texts.iter().flat_map(|text| text.bytes()).collect();
        let ends = texts.iter().scan(0, |end, text| {
            *end += text.len() as i32;
            Some(*end)
        });
        let offsets: Vec<i32> = std::iter::once(0).chain(ends).collect();
        let views: Vec<u128> = offsets.windows(2).map(|ends| view(&bytes, ends)).collect();
        for column in [
            TextColumn::Small { offsets: &offsets, bytes: &bytes },
            TextColumn::Views { views: &views, buffers: vec![&bytes] },
        ] {
            let mut recall = Recall::default();
            for _ in 0..3 {
                let mut bits = vec![0; texts.len()];
                recall.run(&column, 0..texts.len(), &mut bits, number);
                for (text, bits) in texts.iter().zip(bits) {
                    assert_eq!(bits, number(text.as_bytes()), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_memory_never_mixes_texts_up() {
        let texts = (0..2_000).map(|i| match i % 5 {
            0 => "x".repeat(i % 40),
            1 => format!("{}{}", "é".repeat(i % 17), i % 300),
            2 => format!("Directeur général {}", i % 7),
            3 => format!("{:>width$}", i, width = i % 36),
            _ => String::new(),
        });
        check(&texts.collect::<Vec<_>>());
    }

    #[test]
    fn a_column_that_does_not_repeat_is_left_alone_for_a_while() {
        let texts: Vec<String> = (0..1_000).map(|i| format!("unique {i}")).collect();
        let lent: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
        let bytes = lent.concat();
        let ends = lent.iter().scan(0, |end, text| {
            *end += text.len() as i64;
            Some(*end)
        });
        let offsets: Vec<i64> = std::iter::once(0).chain(ends).collect();
        let column = TextColumn::Large { offsets: &offsets, bytes: &bytes };
        let mut recall = Recall::default();
        assert!(recall.is_ready());
        recall.run(&column, 0..1_000, &mut [0; 1_000], number);
        let waited = (0..100).take_while(|_| !recall.is_ready()).count();
        assert_eq!(waited, PAUSE as usize);
    }
}
