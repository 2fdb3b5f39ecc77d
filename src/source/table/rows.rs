//! The rows of a table, one at a time and bounded.

use std::io::{self, BufRead};

use super::dialect::{Dialect, Machine, Quoting, Step};
use crate::source::HEAD_BYTES;
use crate::source::decode::{self, Decoded, Units};
use crate::source::lines::RECORD_BYTES_MAX;
use crate::source::stream::hold_more;
use crate::text::Span;

/// How many quotation marks that are never closed are looked for to the end; after so many they
/// are letters, so that no file is read again and again.
const RETURNS_MAX: u32 = 16;

/// A row of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row<'a> {
    /// A row without its end, and the number of its columns.
    Whole(&'a [u8], usize),
    /// A line in which a quotation mark opens that nothing closes.
    Unclosed,
    /// It is too long to be held.
    TooLong,
}

/// The rows of a stream; a row ends with LF, CR or CR LF that no quotation marks surround.
///
/// Of the file no more than [`RECORD_BYTES_MAX`] and one buffer of the stream are held.
pub(super) struct Rows<'a> {
    stream: &'a mut dyn BufRead,
    units: Units,
    held: Vec<u8>,
    /// Where the next row begins in what is held, and in the stream.
    begin: usize,
    at: usize,
    n_returns: u32,
    is_over: bool,
}

/// How the search for the end of a row ended.
enum End {
    /// At a sign so many bytes from its beginning, after so many columns.
    Row(usize, usize),
    /// With the file, or with what may be held, after so many columns.
    Over(usize),
}

impl<'a> Rows<'a> {
    /// Begins at the first byte of a stream, and passes over a byte order mark.
    pub(super) fn new(stream: &'a mut dyn BufRead) -> io::Result<Self> {
        let (units, mark) = Units::of(stream.fill_buf()?);
        stream.consume(mark);
        let held = Vec::new();
        let mut rows =
            Self { stream, units, held, begin: 0, at: mark, n_returns: 0, is_over: false };
        while rows.held.len() < HEAD_BYTES && !rows.is_over {
            rows.fill()?;
        }
        Ok(rows)
    }

    /// Returns what the stream is written in.
    pub(super) fn units(&self) -> Units {
        self.units
    }

    /// Returns the beginning of the table.
    pub(super) fn head(&self) -> Decoded<'_> {
        let len = self.held.len().min(HEAD_BYTES);
        decode::decode_units(&self.held[..len], self.units)
    }

    /// Reads the next row, and returns it with its place in the stream.
    pub(super) fn next(&mut self, dialect: Dialect) -> io::Result<Option<(Row<'_>, Span)>> {
        let mut dialect = dialect;
        if self.n_returns >= RETURNS_MAX {
            dialect.quoting = Quoting::Letters;
        }
        let mut machine = Machine::new(dialect);
        let mut end = self.end(&mut machine)?;
        let is_unclosed = matches!(end, End::Over(_)) && machine.is_quoted();
        if is_unclosed {
            self.n_returns += 1;
            // The line alone is lost: what follows may be whole.
            let quoting = Quoting::Letters;
            end = self.end(&mut Machine::new(Dialect { quoting, ..dialect }))?;
        }
        let start = self.at;
        let (len, n_end, n_columns) = match end {
            End::Row(len, n_columns) => (len, self.units.width(), n_columns),
            End::Over(n_columns) if self.is_over => (self.held.len() - self.begin, 0, n_columns),
            End::Over(_) => return self.skip().map(|span| Some((Row::TooLong, span))),
        };
        if len + n_end == 0 {
            return Ok(None);
        }
        let bytes = self.begin..self.begin + len;
        self.begin += len + n_end;
        self.at += len + n_end;
        let row = match is_unclosed {
            true => Row::Unclosed,
            false if len > RECORD_BYTES_MAX => Row::TooLong,
            false => Row::Whole(&self.held[bytes], n_columns),
        };
        Ok(Some((row, Span::new(start, start + len))))
    }

    /// Finds the end of the row that begins here.
    fn end(&mut self, machine: &mut Machine) -> io::Result<End> {
        let (mut len, mut n_columns) = (0, 1);
        loop {
            while let Some(letter) = self.units.letter(&self.held, self.begin + len) {
                match machine.step(letter) {
                    Step::Within => {}
                    Step::Cell => n_columns += 1,
                    Step::Row => return Ok(End::Row(len, n_columns)),
                }
                len += self.units.width();
            }
            if self.is_over || len > RECORD_BYTES_MAX {
                return Ok(End::Over(n_columns));
            }
            self.fill()?;
        }
    }

    /// Passes over a line that is too long, and returns its place.
    fn skip(&mut self) -> io::Result<Span> {
        let start = self.at;
        loop {
            while let Some(letter) = self.units.letter(&self.held, self.begin) {
                self.begin += self.units.width();
                self.at += self.units.width();
                if matches!(letter, b'\n' | b'\r') {
                    return Ok(Span::new(start, self.at - self.units.width()));
                }
            }
            if self.is_over {
                self.at += self.held.len() - self.begin;
                self.begin = self.held.len();
                return Ok(Span::new(start, self.at));
            }
            self.fill()?;
        }
    }

    /// Reads on, and forgets the rows that were read.
    fn fill(&mut self) -> io::Result<()> {
        self.held.drain(..self.begin);
        self.begin = 0;
        self.is_over = !hold_more(self.stream, &mut self.held)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    const COMMAS: Dialect = Dialect { delimiter: b',', quoting: Quoting::Marks };

    #[track_caller]
    fn check(bytes: &[u8], want: &[&str]) {
        for capacity in [3, 4, 1024] {
            let mut stream = BufReader::with_capacity(capacity, bytes);
            let mut rows = Rows::new(&mut stream).unwrap();
            let mut found = Vec::new();
            while let Some((row, span)) = rows.next(COMMAS).unwrap() {
                found.push(match row {
                    Row::Whole(row, n_columns) => {
                        assert_eq!(row, &bytes[span.start..span.end]);
                        format!("{n_columns} {}", String::from_utf8_lossy(row))
                    }
                    Row::Unclosed => format!("unclosed {}", span.len()),
                    Row::TooLong => format!("long {}", span.len()),
                });
            }
            assert_eq!(found, want, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn rows_end_where_no_marks_surround_the_end() {
        check(b"", &[]);
        check(b"a,b\n1,\"x\n,\"\"y\",z\r\nc", &["2 a,b", "3 1,\"x\n,\"\"y\",z", "1 ", "1 c"]);
        check(b"\xEF\xBB\xBFa,5\" b\n", &["2 a,5\" b"]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_its_line() {
        check(b"1,\"a\n2,b\n3,c", &["unclosed 4", "2 2,b", "2 3,c"]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let file = ["x".repeat(RECORD_BYTES_MAX + 70_000).as_bytes(), b"\n1,2"].concat();
        let mut stream = BufReader::new(file.as_slice());
        let mut rows = Rows::new(&mut stream).unwrap();
        assert!(matches!(rows.next(COMMAS), Ok(Some((Row::TooLong, _)))));
        assert!(matches!(rows.next(COMMAS), Ok(Some((Row::Whole(b"1,2", 2), _)))));
    }
}
