//! A place in a text that is read from left to right.

/// What is left of a text. Every step either consumes what it asks for or leaves it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    /// At the start of a text, after its leading white space.
    pub(crate) fn new(text: &'a str) -> Cursor<'a> {
        Cursor(text.trim_start())
    }

    /// What is left.
    pub(crate) fn rest(self) -> &'a str {
        self.0
    }

    /// Whether nothing but white space is left.
    pub(crate) fn at_end(self) -> bool {
        self.0.trim_start().is_empty()
    }

    /// The next character, if it is this one.
    pub(crate) fn eat(&mut self, c: char) -> bool {
        match self.0.strip_prefix(c) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// White space, if there is any.
    pub(crate) fn skip_spaces(&mut self) -> bool {
        let rest = self.0.trim_start();
        let found = rest.len() < self.0.len();
        self.0 = rest;
        found
    }

    /// Whether a digit comes next.
    pub(crate) fn next_is_digit(self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A whole number of exactly the next so many digits, whatever follows.
    pub(crate) fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let value = Cursor(digits).number(count, count)?;
        self.0 = rest;
        Some(value)
    }

    /// A whole number of at least and at most so many digits, and no further digit.
    pub(crate) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let mut value: u32 = 0;
        let mut digits = 0;
        for byte in self.0.bytes().take_while(u8::is_ascii_digit) {
            digits += 1;
            if digits > most {
                return None;
            }
            value = value.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
        }
        if digits < least {
            return None;
        }
        self.0 = self.0.get(digits..)?;
        Some(value)
    }
}
