//! The records of a file, cut out of its stream.

use std::io::{self, BufRead};
use std::ops::Range;

use crate::source::decode::Units;
use crate::source::lines::RECORD_BYTES_MAX;
use crate::source::stream::hold_more;
use crate::text::Span;

/// The blanks that may stand before the end of a closing tag.
const BLANKS_MAX: usize = 8;

/// A piece of a file; together the pieces are the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A record with its two tags.
    Record(&'a [u8]),
    /// The beginning of a record that has no end before the next one, or before the file ends.
    Unclosed(&'a [u8]),
    /// What stands between two records.
    Between(&'a [u8]),
    /// One of them that is too long to be held.
    TooLong,
}

/// The records of a stream, each from its opening tag to its closing one.
///
/// Tags may stand anywhere, also all in one line. No more than a record of
/// [`RECORD_BYTES_MAX`] and one buffer of the stream are held; of a longer one only the tag that
/// ends it is looked for.
pub(super) struct Records<'a> {
    stream: &'a mut dyn BufRead,
    /// The name of the element that is a record, in capitals.
    name: &'static str,
    units: Units,
    /// What was read of the stream; the pieces before `begin` were told.
    held: Vec<u8>,
    begin: usize,
    /// Up to where there is no tag of a record.
    searched: usize,
    /// How much of the piece was too much to be held.
    n_forgotten: usize,
    /// The place in the stream where the piece begins.
    at: usize,
    is_over: bool,
}

/// A tag of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Opening,
    Closing,
}

/// What stands at a place of what is held.
enum Seen {
    Tag(Tag, usize),
    Nothing,
    /// A tag perhaps, of which more has to be read.
    Cut,
}

impl<'a> Records<'a> {
    /// Begins at the first byte of a stream, and passes over a byte order mark.
    pub(super) fn new(stream: &'a mut dyn BufRead, name: &'static str) -> io::Result<Self> {
        let (units, mark) = Units::of(stream.fill_buf()?);
        stream.consume(mark);
        Ok(Self {
            stream,
            name,
            units,
            held: Vec::new(),
            begin: 0,
            searched: 0,
            n_forgotten: 0,
            at: mark,
            is_over: false,
        })
    }

    /// Returns what the stream is written in.
    pub(super) fn units(&self) -> Units {
        self.units
    }

    /// Reads the next piece, and returns it with its place in the stream.
    pub(super) fn next(&mut self) -> io::Result<Option<(Piece<'_>, Span)>> {
        self.n_forgotten = 0;
        let (is_record, end) = self.end_of_piece()?;
        let start = self.at;
        let held = self.begin..end;
        self.at += self.n_forgotten + held.len();
        self.begin = end;
        self.searched = end;
        if self.at == start {
            return Ok(None);
        }
        let bytes = &self.held[held];
        let piece = match is_record {
            _ if self.at - start > RECORD_BYTES_MAX => Piece::TooLong,
            None => Piece::Between(bytes),
            Some(Tag::Closing) => Piece::Record(bytes),
            Some(Tag::Opening) => Piece::Unclosed(bytes),
        };
        Ok(Some((piece, Span::new(start, self.at))))
    }

    /// Finds where the piece ends among what is held, and by which tag if it is a record.
    fn end_of_piece(&mut self) -> io::Result<(Option<Tag>, usize)> {
        loop {
            match self.tag()? {
                Some((Tag::Opening, at)) if at.start == self.begin && self.n_forgotten == 0 => {
                    self.searched = at.end;
                    return Ok(match self.tag()? {
                        Some((Tag::Closing, at)) => (Some(Tag::Closing), at.end),
                        Some((Tag::Opening, at)) => (Some(Tag::Opening), at.start),
                        None => (Some(Tag::Opening), self.held.len()),
                    });
                }
                Some((Tag::Opening, at)) => return Ok((None, at.start)),
                Some((Tag::Closing, at)) => self.searched = at.end,
                None => return Ok((None, self.held.len())),
            }
        }
    }

    /// Finds the next tag of a record.
    fn tag(&mut self) -> io::Result<Option<(Tag, Range<usize>)>> {
        loop {
            if let Some(found) = self.find() {
                return Ok(Some(found));
            }
            if self.is_over {
                return Ok(None);
            }
            self.fill()?;
        }
    }

    /// Finds the next tag of a record among what is held.
    fn find(&mut self) -> Option<(Tag, Range<usize>)> {
        let width = self.units.width();
        while let Some(at) = self.next_sign() {
            match self.seen(at) {
                Seen::Tag(tag, end) => return Some((tag, at..end)),
                Seen::Cut if !self.is_over => {
                    self.searched = at;
                    return None;
                }
                Seen::Cut | Seen::Nothing => self.searched = at + width,
            }
        }
        self.searched = self.held.len() - (self.held.len() - self.begin) % width;
        None
    }

    /// Finds the next `<`.
    fn next_sign(&self) -> Option<usize> {
        let rest = &self.held[self.searched..];
        let at = match self.units {
            Units::Bytes => rest.iter().position(|it| *it == b'<'),
            Units::Utf16Le => rest.chunks_exact(2).position(|it| it == b"<\0").map(|it| 2 * it),
            Units::Utf16Be => rest.chunks_exact(2).position(|it| it == b"\0<").map(|it| 2 * it),
        };
        Some(self.searched + at?)
    }

    /// Tells what begins with the `<` at a place.
    fn seen(&self, at: usize) -> Seen {
        let width = self.units.width();
        let mut at = at + width;
        let tag = match self.units.letter(&self.held, at) {
            None => return Seen::Cut,
            Some(b'/') => Tag::Closing,
            Some(_) => Tag::Opening,
        };
        at += if tag == Tag::Closing { width } else { 0 };
        for wanted in self.name.bytes() {
            match self.units.letter(&self.held, at) {
                None => return Seen::Cut,
                Some(letter) if letter.eq_ignore_ascii_case(&wanted) => at += width,
                Some(_) => return Seen::Nothing,
            }
        }
        let ends = |letter: u8| letter == b'>' || letter.is_ascii_whitespace();
        for _ in 0..=BLANKS_MAX {
            match (tag, self.units.letter(&self.held, at)) {
                (_, None) => return Seen::Cut,
                (Tag::Opening, Some(letter)) if ends(letter) => return Seen::Tag(tag, at),
                (Tag::Closing, Some(b'>')) => return Seen::Tag(tag, at + width),
                (Tag::Closing, Some(letter)) if letter.is_ascii_whitespace() => at += width,
                _ => break,
            }
        }
        Seen::Nothing
    }

    /// Reads on, and forgets what was told and what is too much.
    fn fill(&mut self) -> io::Result<()> {
        self.held.drain(..self.begin);
        self.searched -= self.begin;
        self.begin = 0;
        if self.held.len() > RECORD_BYTES_MAX {
            self.held.drain(..self.searched);
            self.n_forgotten += self.searched;
            self.searched = 0;
        }
        self.is_over = !hold_more(self.stream, &mut self.held)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, ErrorKind, Read};

    use super::*;

    /// Reads through buffers of few bytes, so that every tag is split by one.
    #[track_caller]
    fn check(bytes: &[u8], want: &[(&str, &[u8])]) {
        for capacity in [1, 2, 3, 7, 1024] {
            let mut stream = BufReader::with_capacity(capacity.max(3), bytes);
            let mut records = Records::new(&mut stream, "DOC").unwrap();
            let mut at = records.at;
            for (kind, want) in want {
                let (piece, span) = records.next().unwrap().unwrap();
                let (found, piece) = match piece {
                    Piece::Record(bytes) => ("record", bytes),
                    Piece::Unclosed(bytes) => ("unclosed", bytes),
                    Piece::Between(bytes) => ("between", bytes),
                    Piece::TooLong => ("long", &[][..]),
                };
                assert_eq!((found, piece), (*kind, *want), "{}", String::from_utf8_lossy(bytes));
                assert_eq!(&bytes[span.start..span.end], *want);
                assert_eq!(span.start, at);
                at = span.end;
            }
            assert_eq!(records.next().unwrap(), None);
        }
    }

    #[test]
    fn a_file_is_cut_into_records_and_what_is_between() {
        check(b"", &[]);
        check(b"<DOC>a</DOC>", &[("record", b"<DOC>a</DOC>")]);
        check(
            b"\xEF\xBB\xBF<doc id=1>a</doc >\n<DOC\n>b<DOCNO></DOC>\n",
            &[
                ("record", b"<doc id=1>a</doc >"),
                ("between", b"\n"),
                ("record", b"<DOC\n>b<DOCNO></DOC>"),
                ("between", b"\n"),
            ],
        );
        check(b"<DOCS></DOC>a<D", &[("between", b"<DOCS></DOC>a<D")]);
    }

    #[test]
    fn a_record_without_end_ends_where_the_next_begins() {
        check(
            b"<DOC>a\n<DOC>b</DOC><DOC>c</DOC",
            &[("unclosed", b"<DOC>a\n"), ("record", b"<DOC>b</DOC>"), ("unclosed", b"<DOC>c</DOC")],
        );
    }

    #[test]
    fn utf_16_is_cut_between_its_units() {
        let le = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for units in [le, be] {
            let file = units("\u{feff}\n<DOC>㰀</DOC>x");
            let (gap, record, rest) = (units("\n"), units("<DOC>㰀</DOC>"), units("x"));
            check(&file, &[("between", &gap), ("record", &record), ("between", &rest)]);
        }
    }

    #[test]
    fn what_is_too_long_is_passed_over_in_constant_memory() -> io::Result<()> {
        let long = io::repeat(b'<').take(100 * 1024 * 1024);
        let file = b"<DOC>".chain(long).chain(&b"</DOC><DOC>b</DOC>"[..]);
        let mut stream = BufReader::new(file);
        let mut records = Records::new(&mut stream, "DOC")?;
        let (piece, span) = records.next()?.ok_or(ErrorKind::UnexpectedEof)?;
        assert_eq!((piece, span.len()), (Piece::TooLong, 100 * 1024 * 1024 + 11));
        assert!(records.held.capacity() <= 3 * RECORD_BYTES_MAX);
        let (piece, _) = records.next()?.ok_or(ErrorKind::UnexpectedEof)?;
        assert_eq!(piece, Piece::Record(b"<DOC>b</DOC>"));
        Ok(())
    }
}
