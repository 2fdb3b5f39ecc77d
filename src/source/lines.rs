//! The lines of a stream, one at a time and bounded.
//!
//! However long a line is, no more than `RECORD_BYTES_MAX` of it is held, and at most twice that
//! is allocated; what is too long is read to its end and forgotten, and the next line is whole.

use std::io::{self, BufRead};

use super::decode::Units;
use super::stream::filled;
use crate::text::Span;

/// The length of a record; a longer line is passed over without being held in memory.
pub const RECORD_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A line of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The line without its end.
    Whole(&'a [u8]),
    /// It is too long to be held.
    TooLong,
}

/// The lines of a stream, which end with LF, CR or CR LF.
///
/// Only these, unlike in plain text: within JSON the other ends of a line are letters of a text.
/// `BufRead::read_until` would hold a line of any length.
pub(super) struct Lines<'a> {
    stream: &'a mut dyn BufRead,
    units: Units,
    /// The place in the stream of its next byte.
    at: usize,
    /// The bytes of the line that was read, with its end; none of a line that is too long.
    held: Vec<u8>,
    /// The byte before the next one.
    last_byte: u8,
    /// The sign that ended the last line.
    last_end: u8,
}

impl<'a> Lines<'a> {
    /// Begins at the first byte of a stream, and passes over a byte order mark.
    pub(super) fn new(stream: &'a mut dyn BufRead) -> io::Result<Self> {
        let (units, mark) = Units::of(stream.fill_buf()?);
        stream.consume(mark);
        Ok(Self { stream, units, at: mark, held: Vec::new(), last_byte: 0, last_end: 0 })
    }

    /// Returns what the stream is written in.
    pub(super) fn units(&self) -> Units {
        self.units
    }

    /// Reads the next line, and returns it with its place in the stream.
    pub(super) fn next(&mut self) -> io::Result<Option<(Line<'_>, Span)>> {
        let (span, n_end) = loop {
            let start = self.at;
            let end = self.fill()?;
            if self.at == start {
                return Ok(None);
            }
            let n_end = end.map_or(0, |_| self.units.width());
            let span = Span::new(start, self.at - n_end);
            // The LF of a CR LF is no line of its own.
            let is_second_half = span.is_empty() && end == Some(b'\n') && self.last_end == b'\r';
            self.last_end = end.unwrap_or(0);
            if !is_second_half {
                break (span, n_end);
            }
        };
        let is_held = span.len() <= RECORD_BYTES_MAX && self.held.len() == span.len() + n_end;
        let line = if is_held { Line::Whole(&self.held[..span.len()]) } else { Line::TooLong };
        Ok(Some((line, span)))
    }

    /// Reads to the next end of a line, and returns the sign that it is.
    fn fill(&mut self) -> io::Result<Option<u8>> {
        self.held.clear();
        let start = self.at;
        loop {
            let buffer = filled(self.stream)?;
            let Some(last) = buffer.last() else {
                return Ok(None);
            };
            let n_before = self.at - start;
            let found = match self.units {
                Units::Bytes => byte_end(buffer),
                units => utf16_end(buffer, n_before, self.last_byte, units),
            };
            let (len, end) = match found {
                Some((len, end)) => (len, Some(end)),
                None => (buffer.len(), None),
            };
            self.last_byte = *last;
            if n_before + len <= RECORD_BYTES_MAX + 2 {
                self.held.extend_from_slice(&buffer[..len]);
            } else {
                self.held.clear();
            }
            self.stream.consume(len);
            self.at += len;
            if end.is_some() {
                return Ok(end);
            }
        }
    }
}

/// Returns how much of a buffer the line takes with its end, and the sign that ends it.
fn byte_end(buffer: &[u8]) -> Option<(usize, u8)> {
    let at = memchr::memchr2(b'\n', b'\r', buffer)?;
    Some((at + 1, buffer[at]))
}

/// Does the same for UTF-16, of which the buffer may begin with half a unit.
fn utf16_end(buffer: &[u8], n_before: usize, last: u8, units: Units) -> Option<(usize, u8)> {
    let mut first = last;
    for (idx, &second) in buffer.iter().enumerate() {
        let is_whole = (n_before + idx) % 2 == 1;
        let unit = match units {
            Units::Utf16Be => u16::from_be_bytes([first, second]),
            _ => u16::from_le_bytes([first, second]),
        };
        match u8::try_from(unit) {
            Ok(end @ (b'\n' | b'\r')) if is_whole => return Some((idx + 1, end)),
            _ => first = second,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, ErrorKind, Read};

    use super::*;

    /// Reads through a buffer of few bytes, so that lines, ends and units are split by it.
    fn check(bytes: &[u8], want: &[&[u8]]) -> io::Result<()> {
        for capacity in [3, 4, 5, 1024] {
            let mut stream = BufReader::with_capacity(capacity, bytes);
            let mut lines = Lines::new(&mut stream)?;
            for want in want {
                let (line, span) = lines.next()?.ok_or(ErrorKind::UnexpectedEof)?;
                assert_eq!(line, Line::Whole(want));
                assert_eq!(&bytes[span.start..span.end], *want);
            }
            assert_eq!(lines.next()?, None);
        }
        Ok(())
    }

    #[test]
    fn lines_are_found_with_their_places() -> io::Result<()> {
        check(b"", &[])?;
        check(b"a", &[b"a"])?;
        check(b"a\n\nbc\n", &[b"a", b"", b"bc"])?;
        check(b"a\r\n\r\nbc\r\n", &[b"a", b"", b"bc"])?;
        check(b"a\rbc\r\rd", &[b"a", b"bc", b"", b"d"])?;
        check(b"\xEF\xBB\xBFa\nb", &[b"a", b"b"])?;
        Ok(())
    }

    #[test]
    fn utf_16_is_cut_between_its_units() -> io::Result<()> {
        // U+0A0A and U+0D00 hold the bytes of line ends.
        check(b"\xFF\xFE\x0A\x0A\n\0\x00\x0D\r\0\n\0b\0", &[b"\x0A\x0A", b"\x00\x0D", b"b\0"])?;
        check(b"\xFE\xFF\x0A\x0A\0\n\x0D\x00\0\n\0b", &[b"\x0A\x0A", b"\x0D\x00", b"\0b"])?;
        Ok(())
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_in_constant_memory() -> io::Result<()> {
        let long = io::repeat(b'x').take(200 * 1024 * 1024);
        let mut stream = BufReader::new(long.chain(&b"\nshort"[..]));
        let mut lines = Lines::new(&mut stream)?;
        let (line, span) = lines.next()?.ok_or(ErrorKind::UnexpectedEof)?;
        assert_eq!((line, span.len()), (Line::TooLong, 200 * 1024 * 1024));
        assert!(lines.held.capacity() <= 2 * RECORD_BYTES_MAX + 4);
        let (line, _) = lines.next()?.ok_or(ErrorKind::UnexpectedEof)?;
        assert_eq!(line, Line::Whole(b"short"));
        Ok(())
    }

    #[test]
    fn the_longest_line_is_held() -> io::Result<()> {
        for (len, is_held) in [(RECORD_BYTES_MAX, true), (RECORD_BYTES_MAX + 1, false)] {
            for end in ["", "\n"] {
                let bytes = "x".repeat(len) + end;
                let mut stream = bytes.as_bytes();
                let mut lines = Lines::new(&mut stream)?;
                let (line, _) = lines.next()?.ok_or(ErrorKind::UnexpectedEof)?;
                assert_eq!(line != Line::TooLong, is_held);
            }
        }
        Ok(())
    }
}
