//! XML that is being written.

use std::fmt::{self, Display, Write};

/// A coordinate, to a tenth.
#[derive(Clone, Copy, Debug)]
pub(super) struct N(pub f64);

impl Display for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        if tenth == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{tenth}") }
    }
}

/// A text as XML writes it, in an element or in an attribute; what XML cannot hold at all becomes
/// `�`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Xml<'t>(pub &'t str);

impl Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' | '\t' => f.write_char(c)?,
                '\0'..' ' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Writes a piece of text at the end of another: that cannot fail.
macro_rules! put {
    ($out:expr, $($part:tt)*) => {
        $out.push_str(&format!($($part)*))
    };
}
pub(super) use put;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_at_most_a_tenth() {
        let all = [0.0, -0.04, 1.0, 12.34, -0.25, 1e4].map(|x| N(x).to_string());
        assert_eq!(all, ["0", "0", "1", "12.3", "-0.3", "10000"]);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(Xml("a<b> & \"c\"\u{1}").to_string(), "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd}");
    }
}
