//! The lines of a file that a command is given, each with its place.

use crate::error::{Error, Kind, Result};

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The line, without its end.
    pub text: &'a str,
    /// Its number, from 1.
    pub number: usize,
    file: &'a str,
}

impl<'a> Line<'a> {
    /// Returns the fields between white space, where there are exactly so many.
    ///
    /// # Errors
    ///
    /// As [`Self::fault`], where there are more or fewer.
    pub fn fields<const N: usize>(&self, shape: &str) -> Result<[&'a str; N]> {
        let mut fields = [""; N];
        let mut n_fields = 0;
        for field in self.text.split_ascii_whitespace() {
            if let Some(place) = fields.get_mut(n_fields) {
                *place = field;
            }
            n_fields += 1;
        }
        if n_fields == N {
            return Ok(fields);
        }
        Err(self.fault(&format!("{n_fields} fields instead of {N}"), shape))
    }

    /// Tells what is wrong with the line, and what a line should be.
    pub fn fault(&self, reason: &str, shape: &str) -> Error {
        fault(self.file, self.number, reason, shape)
    }

    /// Tells that the line is one query too many.
    pub fn too_many(&self, n_max: usize) -> Error {
        self.fault(&format!("more than {n_max} queries"), "split the file by its queries")
    }
}

fn fault(file: &str, number: usize, reason: &str, shape: &str) -> Error {
    Error::new(Kind::Usage, format!("{file}:{number}: {reason}")).with_hint(shape)
}

/// Returns the lines of a file that are not blank, each an error where it is not UTF-8.
///
/// A byte order mark is no part of the first line, and a carriage return none of any. A line behind
/// the first `n_max` is an error too.
pub fn lines<'a>(
    bytes: &'a [u8],
    file: &'a str,
    n_max: usize,
) -> impl Iterator<Item = Result<Line<'a>>> + 'a {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let numbered = (1..).zip(bytes.split(|byte| *byte == b'\n'));
    numbered.filter(|(_, line)| !line.trim_ascii().is_empty()).map(move |(number, line)| {
        let hint = || fault(file, number, "not UTF-8", "save the file as UTF-8");
        if number > n_max {
            let reason = format!("more than {n_max} lines");
            return Err(fault(file, number, &reason, "split the file"));
        }
        let text = std::str::from_utf8(line).map_err(|_| hint())?;
        Ok(Line { text: text.trim_end_matches('\r'), number, file })
    })
}

/// Tells that a file has nothing in it.
pub fn no_lines(file: &str, noun: &str, shape: &str) -> Error {
    Error::new(Kind::Usage, format!("{file}: no {noun} in it")).with_hint(shape)
}
