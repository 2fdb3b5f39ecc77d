//! The lines of a file, each with its place.

use crate::error::{Error, Kind, Result};

use super::LINES_MAX;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Its number, from 1.
    pub(super) number: usize,
    file: &'a str,
}

impl<'a> Line<'a> {
    /// Returns the fields between white space, where there are exactly so many.
    pub(super) fn fields<const N: usize>(&self, shape: &str) -> Result<[&'a str; N]> {
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
    pub(super) fn fault(&self, reason: &str, shape: &str) -> Error {
        fault(self.file, self.number, reason, shape)
    }
}

fn fault(file: &str, number: usize, reason: &str, shape: &str) -> Error {
    Error::new(Kind::Usage, format!("{file}:{number}: {reason}")).with_hint(shape)
}

/// Returns the lines of a file that are not blank, each an error where it is not UTF-8.
///
/// A byte order mark is no part of the first line, and a carriage return none of any.
pub(super) fn lines<'a>(
    bytes: &'a [u8],
    file: &'a str,
) -> impl Iterator<Item = Result<Line<'a>>> + 'a {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let numbered = (1..).zip(bytes.split(|byte| *byte == b'\n'));
    numbered.filter(|(_, line)| !line.trim_ascii().is_empty()).map(move |(number, line)| {
        let hint = || fault(file, number, "not UTF-8", "save the file as UTF-8");
        if number > LINES_MAX {
            let reason = format!("more than {LINES_MAX} lines");
            return Err(fault(file, number, &reason, "split the file by its queries"));
        }
        let text = std::str::from_utf8(line).map_err(|_| hint())?;
        Ok(Line { text: text.trim_end_matches('\r'), number, file })
    })
}

/// Tells that a file has nothing in it.
pub(super) fn empty(file: &str, noun: &str, shape: &str) -> Error {
    Error::new(Kind::Usage, format!("{file}: no {noun} in it")).with_hint(shape)
}

/// Tells that a file has too many queries.
pub(super) fn too_many(line: &Line<'_>, n_max: usize) -> Error {
    line.fault(&format!("more than {n_max} queries"), "split the file by its queries")
}
