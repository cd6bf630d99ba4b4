//! How wide a text is, near enough: the widths of Helvetica and Arial, to which the fonts that
//! may stand in for them are alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Font {
    /// The height of its letters, in pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

/// Thousandths of the size, from space to tilde.
#[rustfmt::skip]
const PLAIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// Some more than measured, since other fonts may stand in.
const MARGIN: f64 = 1.04;

/// The width of a text, in pixels.
pub(super) fn width(text: &str, font: Font) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(of_char(c, font.bold))).sum();
    f64::from(thousandths) / 1000.0 * font.size * MARGIN
}

fn of_char(c: char, bold: bool) -> u16 {
    let table = if bold { &BOLD } else { &PLAIN };
    let ascii = |c: char| table.get((c as usize).wrapping_sub(0x20)).copied();
    if let Some(width) = ascii(c) {
        return width;
    }
    match c {
        '\u{a0}' | '\u{202f}' | '·' | '’' | '‘' => 278,
        '«' | '»' | '–' | '€' | '“' | '”' => 556,
        '—' | '…' | '→' | '←' | 'œ' | 'æ' | 'Œ' | 'Æ' => 1000,
        '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        c if c.is_control() || is_combining_mark(c) => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' => 1000,
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'.. => 1250,
        c => match std::iter::once(c).nfd().next().and_then(ascii) {
            Some(width) => width,
            None if c.is_uppercase() => 760,
            None => 640,
        },
    }
}

/// A text in at most so many lines, each at most so wide and alike; what does not fit ends in `…`.
pub(super) fn wrap(text: &str, font: Font, widest: f64, most: usize) -> Vec<String> {
    let lines = filled(text, font, widest, most);
    let is_cut = |lines: &[String]| lines.iter().any(|line| line.ends_with('…'));
    if lines.len() < 2 || is_cut(&lines) {
        return lines;
    }
    let even = width(text, font) / lines.len() as f64;
    let narrower = (0..8).map(|step| even + (widest - even) * f64::from(step) / 8.0);
    let same = |other: &Vec<String>| other.len() == lines.len() && !is_cut(other);
    let found = narrower.map(|narrower| filled(text, font, narrower, most)).find(same);
    found.unwrap_or(lines)
}

/// Line by line, as much as fits.
fn filled(text: &str, font: Font, widest: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let parts = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let mut words = text.split(parts).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, font) <= widest {
            line = joined;
        } else if lines.len() + 1 >= most {
            lines.push(cut(&joined, font, widest));
            return lines;
        } else {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let fits = width(word, font) <= widest;
            if !fits && (lines.len() + 1 >= most || words.peek().is_none()) {
                lines.push(cut(word, font, widest));
                return lines;
            }
            line = if fits { word.to_owned() } else { cut(word, font, widest) };
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// As much of a text as fits, with `…`.
fn cut(text: &str, font: Font, widest: f64) -> String {
    if width(text, font) <= widest {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = widest - width("…", font);
    for c in text.chars() {
        room -= width(c.encode_utf8(&mut [0; 4]), font);
        if room < 0.0 {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: Font = Font { size: 10.0, bold: false };

    #[test]
    fn accents_cost_nothing_and_wide_letters_do() {
        assert!((width("été", FONT) - width("ete", FONT)).abs() < f64::EPSILON);
        assert!((width("e\u{301}te\u{301}", FONT) - width("ete", FONT)).abs() < f64::EPSILON);
        assert!(width("WWW", FONT) > 2.5 * width("iii", FONT));
        assert!(width("契約", FONT) >= 20.0);
        assert!(width("a", Font { bold: true, ..FONT }) >= width("a", FONT));
    }

    #[test]
    fn texts_wrap_at_words_and_end_in_an_ellipsis() {
        let lines = |text: &str, most| wrap(text, FONT, 60.0, most);
        assert_eq!(lines("court", 2), ["court"]);
        assert_eq!(lines("Démonstration du produit", 2), ["Démonstr…", "du produit"]);
        assert_eq!(lines("Recueil des besoins", 2), ["Recueil des", "besoins"]);
        assert!(lines("un deux trois quatre cinq", 1)[0].starts_with("un deux"));
        assert_eq!(lines("", 2), Vec::<String>::new());
        for text in ["Anticonstitutionnellement", "a b c d e f g h i j k l m n o p q r s t u"] {
            assert!(lines(text, 2).iter().all(|line| width(line, FONT) <= 60.0), "{text}");
        }
    }
}
