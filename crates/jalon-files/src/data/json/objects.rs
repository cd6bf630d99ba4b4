//! The objects of a JSON array, one at a time.

use std::io::{self, BufRead};

use crate::error::Broken;

/// Reads the next object's bytes, whatever stands between objects; false after the last. The
/// inner error says what is in the way.
pub(super) fn next(
    bytes: &mut impl BufRead,
    array: &mut Array,
    object: &mut Vec<u8>,
) -> io::Result<Result<bool, Broken>> {
    object.clear();
    let mut scan = Scan::default();
    loop {
        let chunk = bytes.fill_buf()?;
        if chunk.is_empty() {
            return Ok(match (scan.depth, &array) {
                (0, Array::Closed) => Ok(false),
                (0, _) => Err(Broken::ArrayUnended),
                _ => Err(Broken::Unended),
            });
        }
        let mut used = 0;
        let mut outcome = None;
        for &byte in chunk {
            used += 1;
            outcome = scan.step(byte, array, object);
            if outcome.is_some() {
                break;
            }
        }
        bytes.consume(used);
        if let Some(outcome) = outcome {
            return Ok(outcome);
        }
    }
}

/// Where reading is in the array.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Array {
    /// Before its bracket.
    #[default]
    Ahead,
    /// Among its objects.
    Open,
    /// After its closing bracket.
    Closed,
}

#[derive(Default)]
struct Scan {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Scan {
    fn step(
        &mut self,
        byte: u8,
        array: &mut Array,
        object: &mut Vec<u8>,
    ) -> Option<Result<bool, Broken>> {
        if self.depth == 0 && (byte != b'{' || *array != Array::Open) {
            match (&*array, byte) {
                (_, byte) if byte.is_ascii_whitespace() => {}
                (Array::Ahead, b'[') => *array = Array::Open,
                (Array::Open, b',') => {}
                (Array::Open, b']') => *array = Array::Closed,
                _ => return Some(Err(Broken::ObjectExpected)),
            }
            return None;
        }
        object.push(byte);
        if self.quoted {
            self.quoted = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return None;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' => self.depth += 1,
            b'}' => self.depth -= 1,
            _ => {}
        }
        (self.depth == 0).then_some(Ok(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<String>, Broken> {
        let mut bytes = io::BufReader::with_capacity(3, text.as_bytes());
        let (mut objects, mut object) = (Vec::new(), Vec::new());
        let mut array = Array::default();
        while next(&mut bytes, &mut array, &mut object).unwrap()? {
            objects.push(String::from_utf8(object.clone()).unwrap());
        }
        Ok(objects)
    }

    #[test]
    fn objects_are_cut_out_of_an_array() {
        let text = "[\n {\"a\": \"}\\\"{\"},\n {\"b\": {\"c\": [1, 2]}} ]\n";
        let expected = ["{\"a\": \"}\\\"{\"}", "{\"b\": {\"c\": [1, 2]}}"];
        assert_eq!(all(text).unwrap(), expected);
        assert_eq!(all("[]").unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert_eq!(all("[1]"), Err(Broken::ObjectExpected));
        assert_eq!(all("[{\"a\": 1"), Err(Broken::Unended));
    }
}
