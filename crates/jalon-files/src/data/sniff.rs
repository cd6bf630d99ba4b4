//! Which delimiter a CSV uses.

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
const LINES: usize = 30;

/// The delimiter that cuts the header and the most of the first lines into the same number of
/// cells; a comma where none cuts.
pub(super) fn delimiter(head: &[u8], truncated: bool) -> u8 {
    let score = |candidate: u8| {
        let mut lines = cells_per_line(head, candidate);
        if truncated && lines.len() > 1 {
            lines.pop();
        }
        lines.truncate(LINES);
        let header = lines.first().copied().unwrap_or(1);
        let alike = lines.iter().filter(|&&cells| cells == header).count();
        if header > 1 { (alike * 100 / lines.len().max(1), header) } else { (0, 0) }
    };
    let mut best = (b',', (0, 0));
    for candidate in CANDIDATES {
        let points = score(candidate);
        if points > best.1 {
            best = (candidate, points);
        }
    }
    best.0
}

/// How many cells a delimiter makes of each line; quotes protect, blank lines do not count.
fn cells_per_line(head: &[u8], delimiter: u8) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut cells, mut quoted, mut blank) = (1, false, true);
    for &byte in head {
        match byte {
            b'"' => {
                quoted = !quoted;
                blank = false;
            }
            b'\n' if !quoted => {
                if !blank {
                    lines.push(cells);
                }
                (cells, blank) = (1, true);
            }
            b'\r' => {}
            _ => {
                blank = false;
                cells += usize::from(byte == delimiter && !quoted);
            }
        }
    }
    if !blank {
        lines.push(cells);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_delimiter_is_told() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b;c\n1,5;2,5;3\n1,5;2;3,5\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("only\none\n", b','),
            ("\"a;b\",c\n\"1;2;3\",2\n", b','),
            ("Nom;Ville, pays\nx;y\n", b';'),
            ("", b','),
        ] {
            assert_eq!(delimiter(text.as_bytes(), false), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_cut_by_the_end_of_the_head_does_not_count() {
        assert_eq!(delimiter(b"a;b\n1;2\n3", true), b';');
    }
}
