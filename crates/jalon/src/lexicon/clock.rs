//! Times of day as people write them: the one reader of the language.

/// A time of day: hour, minute and second. `10h30`, `10H`, `9 h 30`, `10:30`, `05 :00`, `10:30:15`, `9am`, `9:00 p.m.`, `midi`,
/// `midnight`.
pub(crate) fn time_of_day(text: &str) -> Option<(u32, u32, u32)> {
    let text = text.trim();
    // None is longer, accents and spaces included.
    if text.len() > 32 {
        return None;
    }
    match text.to_lowercase().as_str() {
        "midi" | "noon" => Some((12, 0, 0)),
        "minuit" | "midnight" => Some((0, 0, 0)),
        text => digits(&mut Rest(text)),
    }
}

/// The same as it is kept: `09:00` where letters or spaces say it otherwise, what is plain as written.
pub(crate) fn kept(text: &str) -> Option<String> {
    let (hour, minute, _) = time_of_day(text)?;
    let is_plain =
        text.chars().all(|c| matches!(c, '0'..='9' | 'h' | 'H' | ':') || c.is_whitespace());
    // `05 :00` is how French types a colon; a space before the `h` is the one that is closed up.
    let is_plain = is_plain && !(text.contains(['h', 'H']) && text.contains(char::is_whitespace));
    Some(if is_plain { text.to_owned() } else { format!("{hour:02}:{minute:02}") })
}

fn digits(rest: &mut Rest<'_>) -> Option<(u32, u32, u32)> {
    let hour = rest.number(1..=2)?;
    let apart = rest.spaces();
    let time = if rest.eat('h') {
        // `9h 30` is not read: in `à 9h 30 fois` the number is another.
        if apart {
            rest.spaces();
        }
        (hour, if rest.0.is_empty() { 0 } else { rest.number(2..=2)? }, 0)
    } else {
        let colon = rest.eat(':');
        let minute = if colon { rest.number(2..=2)? } else { 0 };
        let second = if colon && rest.eat(':') { Some(rest.number(2..=2)?) } else { None };
        rest.spaces();
        match (rest.half(), second) {
            (Some(afternoon), None) if (1..=12).contains(&hour) => {
                (hour % 12 + if afternoon { 12 } else { 0 }, minute, 0)
            }
            (None, second) if colon => (hour, minute, second.unwrap_or(0)),
            _ => return None,
        }
    };
    let (hour, minute, second) = time;
    (rest.0.is_empty() && hour < 24 && minute < 60 && second < 60).then_some(time)
}

/// What is still to be read.
struct Rest<'t>(&'t str);

impl Rest<'_> {
    fn eat(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Skips spaces; whether there were any.
    fn spaces(&mut self) -> bool {
        let before = self.0.len();
        self.0 = self.0.trim_start();
        self.0.len() < before
    }

    fn number(&mut self, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        length.contains(&digits).then(|| number.parse().ok()).flatten()
    }

    /// `am`, `p.m.`: whether it is after noon.
    fn half(&mut self) -> Option<bool> {
        let afternoon = match (self.eat('p'), self.eat('a')) {
            (true, false) => true,
            (false, true) => false,
            _ => return None,
        };
        self.eat('.');
        let is_half = self.eat('m');
        self.eat('.');
        is_half.then_some(afternoon)
    }
}

#[cfg(test)]
mod tests {
    use super::{kept, time_of_day};

    #[test]
    fn times_of_day_are_written_in_many_ways() {
        for (text, time) in [
            ("10h30", (10, 30, 0)),
            ("10H", (10, 0, 0)),
            ("9 h", (9, 0, 0)),
            ("9 h 30", (9, 30, 0)),
            ("9\u{202f}h\u{a0}05", (9, 5, 0)),
            ("9h30", (9, 30, 0)),
            ("09:30", (9, 30, 0)),
            ("05 :00", (5, 0, 0)),
            ("23:59:59", (23, 59, 59)),
            ("9am", (9, 0, 0)),
            ("9 AM", (9, 0, 0)),
            ("9:00 am", (9, 0, 0)),
            ("12:30 a.m.", (0, 30, 0)),
            ("12 p.m", (12, 0, 0)),
            ("11:45pm", (23, 45, 0)),
            ("Midi", (12, 0, 0)),
            ("midnight", (0, 0, 0)),
        ] {
            assert_eq!(time_of_day(text), Some(time), "{text}");
        }
        for no in [
            "24h",
            "10h3",
            "10",
            "10:3",
            "1030",
            "10h60",
            "10:30 x",
            "h30",
            "10h305",
            "9h 30",
            "13 pm",
            "0 am",
            "10:30:15 am",
            "9 a",
            "am",
            "9 am pm",
            "9:60",
            "9 30",
            "",
        ] {
            assert_eq!(time_of_day(no), None, "{no}");
        }
    }

    #[test]
    fn what_is_plain_is_kept_as_written() {
        for plain in ["10h30", "10H30", "9h", "05 :00", "09:30:15"] {
            assert_eq!(kept(plain).as_deref(), Some(plain));
        }
        for (text, canonical) in
            [("9 am", "09:00"), ("9 h 30", "09:30"), ("noon", "12:00"), ("11:45 p.m.", "23:45")]
        {
            assert_eq!(kept(text).as_deref(), Some(canonical));
        }
    }
}
