//! Numbers of things that are kept elsewhere, found by hash: eight bytes for each, and nothing
//! is hashed again when there are more.

/// The numbers 0, 1, 2… of things that were added one after another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    /// 32 bits of a hash, which also say where it stands, and the number plus one; zero where
    /// free.
    table: Vec<u64>,
    len: u32,
}

/// The bits of a hash that are kept; every bit of it has its say.
#[inline]
fn kept(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
}

impl Ids {
    /// The number of a thing by its hash; `is` tells whether a number is its.
    #[inline]
    pub(crate) fn get(&self, hash: u64, is: impl FnMut(u32) -> bool) -> Option<u32> {
        if self.table.is_empty() { None } else { self.place(kept(hash), is).ok() }
    }

    /// The number that stands where that of a thing is looked for first: likely its own, 0 where
    /// none is. Reads nothing else, and decides nothing by what it reads.
    #[inline]
    pub(crate) fn likely(&self, hash: u64) -> u32 {
        let place = kept(hash) as usize & self.table.len().wrapping_sub(1);
        (self.table.get(place).copied().unwrap_or(0) as u32).saturating_sub(1)
    }

    /// The number of a thing that may be new: then the next one.
    #[inline]
    pub(crate) fn get_or_add(&mut self, hash: u64, is: impl FnMut(u32) -> bool) -> u32 {
        if self.table.len() < (self.len as usize + 1) * 3 / 2 {
            self.grow();
        }
        let kept = kept(hash);
        self.place(kept, is).unwrap_or_else(|place| {
            self.len += 1;
            self.table[place] = kept << 32 | u64::from(self.len);
            self.len - 1
        })
    }

    /// The number, or the place where it would be noted.
    #[inline]
    fn place(&self, kept: u64, mut is: impl FnMut(u32) -> bool) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let mut place = kept as usize & mask;
        loop {
            let entry = self.table[place];
            if entry == 0 {
                return Err(place);
            }
            let id = entry as u32 - 1;
            if entry >> 32 == kept && is(id) {
                return Ok(id);
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let length = (self.table.len() * 2).max(16);
        let mask = length - 1;
        let mut table = vec![0_u64; length];
        for entry in self.table.iter().filter(|entry| **entry != 0) {
            let mut place = (entry >> 32) as usize & mask;
            while table[place] != 0 {
                place = (place + 1) & mask;
            }
            table[place] = *entry;
        }
        self.table = table;
    }

    /// How many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        8 * self.table.capacity()
    }
}
