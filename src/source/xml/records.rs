//! Finding the records of a stream without holding more than one of them.

use std::io::{self, BufRead, Read};
use std::ops::Range;

use super::markup::{self, CDATA, COMMENT, INSTRUCTION, Markup};
use crate::source::decode::{self, Units};
use crate::source::stream::hold_more;
use crate::source::{FILE_BYTES_MAX, RECORD_BYTES_MAX};
use crate::text::Span;

/// How much is read from the stream at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// How much of what stands before the first record is kept.
pub(in crate::source) const LEAD_BYTES_MAX: usize = 64 * 1024;

/// How long a tag may be; a `<` without an end within that is a sign.
const TAG_BYTES_MAX: usize = 256 * 1024;

/// A record of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) enum Piece<'a> {
    /// All of it; where its end is missing, up to the next record or to the end of the file.
    Whole(&'a [u8]),
    /// It is too long to be held; or the file is, where all of it would have to be.
    TooLong(u64),
}

/// What a step of the search came to.
enum Found {
    /// A record, by its place in the file, or in the text where that is UTF-16.
    Record(Range<usize>),
    /// Nothing yet.
    Nothing,
    /// What is held of the file is searched through.
    End,
}

/// The records of a stream: the elements of certain names, wherever they stand.
///
/// A record that begins within another ends that one, so that an end which is missing costs one
/// record and not the rest of the file. UTF-16 is held and decoded as a whole.
pub(in crate::source) struct Records<'a> {
    stream: &'a mut dyn BufRead,
    names: &'static [&'static str],
    /// The units of the file, and what else is known of its decoding where it is UTF-16.
    units: Units,
    n_replaced: u64,
    /// What is held of the file, and the place of its first byte.
    held: Vec<u8>,
    base: usize,
    /// Where in `held` the search goes on.
    at: usize,
    /// What ends the comment or the verbatim text that is being passed over.
    passing: Option<&'static [u8]>,
    /// Where the open record begins in the file, and which of the names it has.
    open: Option<(usize, usize)>,
    n_found: u64,
    lead: Vec<u8>,
    is_at_end: bool,
    is_too_long: bool,
    /// A place in the decoded text of UTF-16, and the one in the file that it stands for.
    mapped: (usize, usize),
}

impl<'a> Records<'a> {
    /// Begins at the first byte of a stream.
    pub(in crate::source) fn new(
        stream: &'a mut dyn BufRead,
        names: &'static [&'static str],
    ) -> io::Result<Self> {
        let (units, mark) = Units::of(stream.fill_buf()?);
        let mut records = Self {
            stream,
            names,
            units,
            n_replaced: 0,
            held: Vec::new(),
            base: 0,
            at: 0,
            passing: None,
            open: None,
            n_found: 0,
            lead: Vec::new(),
            is_at_end: false,
            is_too_long: false,
            mapped: (0, 0),
        };
        if units != Units::Bytes {
            let mut bytes = Vec::new();
            records.stream.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
            records.is_too_long = bytes.len() as u64 > FILE_BYTES_MAX;
            let decoded = decode::decode_units(bytes.get(mark..).unwrap_or_default(), units);
            records.n_replaced = decoded.n_replaced;
            records.held = decoded.text.into_owned().into_bytes();
            records.mapped = (0, mark);
            records.is_at_end = true;
        }
        Ok(records)
    }

    /// Returns the units of the file; what is found in UTF-16 has been decoded.
    pub(in crate::source) fn units(&self) -> Units {
        self.units
    }

    /// Returns how many places of a file in UTF-16 were replaced.
    pub(in crate::source) fn n_replaced(&self) -> u64 {
        self.n_replaced
    }

    /// Returns what stands before the first record, or of a file without any its beginning.
    pub(in crate::source) fn lead(&self) -> &[u8] {
        match self.lead.is_empty() && self.n_found == 0 {
            true => &self.held[..self.held.len().min(LEAD_BYTES_MAX)],
            false => &self.lead,
        }
    }

    /// Returns the next record, and its place in the file.
    pub(in crate::source) fn next(&mut self) -> io::Result<Option<(Piece<'_>, Span)>> {
        if std::mem::take(&mut self.is_too_long) {
            self.at = self.held.len();
            return Ok(Some((Piece::TooLong(FILE_BYTES_MAX), Span::default())));
        }
        let Some(range) = self.seek()? else {
            return Ok(None);
        };
        let span = Span::new(self.place(range.start), self.place(range.end));
        if range.len() > RECORD_BYTES_MAX {
            return Ok(Some((Piece::TooLong(RECORD_BYTES_MAX as u64), span)));
        }
        let bytes = &self.held[range.start - self.base..range.end - self.base];
        Ok(Some((Piece::Whole(bytes), span)))
    }

    /// Tells whether nothing but white space follows, as far as the next piece of the file says.
    pub(in crate::source) fn is_last(&mut self) -> io::Result<bool> {
        let is_blank = |held: &[u8]| held.iter().all(u8::is_ascii_whitespace);
        if !self.is_at_end && is_blank(&self.held[self.at..]) {
            self.fill()?;
        }
        Ok(self.is_at_end && is_blank(&self.held[self.at..]))
    }

    /// Finds the next record.
    fn seek(&mut self) -> io::Result<Option<Range<usize>>> {
        loop {
            let found = match self.passing {
                Some(end) => self.pass(end),
                None => self.step(),
            };
            match found {
                Found::Record(range) => {
                    self.n_found += 1;
                    return Ok(Some(range));
                }
                Found::Nothing => (),
                Found::End if self.is_at_end => {
                    self.at = self.held.len();
                    let end = self.base + self.at;
                    return Ok(self.open.take().map(|(start, _)| start..end));
                }
                Found::End => self.fill()?,
            }
        }
    }

    /// Goes on to the end of a comment or of verbatim text.
    fn pass(&mut self, end: &'static [u8]) -> Found {
        match markup::find(&self.held, self.at, end) {
            Some(found) => {
                self.at = found + end.len();
                self.passing = None;
                Found::Nothing
            }
            None => {
                // The end may be half there.
                self.at = self.at.max(self.held.len().saturating_sub(end.len() - 1));
                Found::End
            }
        }
    }

    /// Looks at the next `<`.
    fn step(&mut self) -> Found {
        let Some(found) = self.held[self.at..].iter().position(|byte| *byte == b'<') else {
            self.at = self.held.len();
            return Found::End;
        };
        self.at += found;
        let rest = &self.held[self.at..];
        if rest.len() < CDATA.0.len() && !self.is_at_end {
            return Found::End;
        }
        for (opening, closing) in [COMMENT, CDATA, INSTRUCTION] {
            if rest.starts_with(opening) {
                self.at += opening.len();
                self.passing = Some(closing);
                return Found::Nothing;
            }
        }
        let is_end = rest[1..].starts_with(b"/");
        let name = markup::name_at(&self.held, self.at + if is_end { 2 } else { 1 });
        let is_cut = name.end == self.held.len() && !self.is_at_end && rest.len() < TAG_BYTES_MAX;
        if is_cut {
            return Found::End;
        }
        let local = markup::local(&self.held[name]);
        match self.names.iter().position(|it| it.as_bytes() == local) {
            Some(idx) => self.tag(idx, is_end),
            None => {
                self.at += 1;
                Found::Nothing
            }
        }
    }

    /// Looks at the tag of a record.
    fn tag(&mut self, name: usize, is_end: bool) -> Found {
        let start = self.at;
        let (markup, end) = markup::read(&self.held, start);
        let may_go_on = end == self.held.len() && self.held.last() != Some(&b'>');
        if may_go_on && !self.is_at_end && end - start < TAG_BYTES_MAX {
            return Found::End;
        }
        let place = self.base + start;
        if let Some((start, open)) = self.open {
            if !is_end {
                self.open = None;
                return Found::Record(start..place);
            }
            self.at = end;
            if open != name {
                return Found::Nothing;
            }
            self.open = None;
            return Found::Record(start..self.base + end);
        }
        self.at = end;
        if is_end {
            return Found::Nothing;
        }
        if self.n_found == 0 {
            self.keep_lead(start);
        }
        if matches!(markup, Markup::Start { is_empty: true, .. }) {
            return Found::Record(place..self.base + end);
        }
        self.open = Some((place, name));
        Found::Nothing
    }

    /// Keeps the next bytes that are held as far as they belong to the lead.
    fn keep_lead(&mut self, n_bytes: usize) {
        let kept = LEAD_BYTES_MAX.saturating_sub(self.lead.len()).min(n_bytes);
        self.lead.extend_from_slice(&self.held[..kept]);
    }

    /// Reads on, and lets go of what is not needed any more.
    fn fill(&mut self) -> io::Result<()> {
        let needed = match self.open {
            // One that is too long already is let go.
            Some((start, _)) if self.base + self.held.len() - start <= RECORD_BYTES_MAX => {
                start - self.base
            }
            _ => self.at,
        };
        if self.n_found == 0 && self.open.is_none() {
            self.keep_lead(needed);
        }
        self.held.drain(..needed);
        self.base += needed;
        self.at -= needed;
        let wanted = self.held.len() + CHUNK_BYTES;
        while self.held.len() < wanted && !self.is_at_end {
            self.is_at_end = !hold_more(self.stream, &mut self.held)?;
        }
        Ok(())
    }

    /// Returns the place in the file of one in the text.
    fn place(&mut self, at: usize) -> usize {
        if self.units == Units::Bytes {
            return at;
        }
        let (from, place) = self.mapped;
        let text = self.held.get(from..at).map(String::from_utf8_lossy).unwrap_or_default();
        let place = place + 2 * text.chars().map(char::len_utf16).sum::<usize>();
        self.mapped = (at.max(from), place);
        place
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// Returns the records of a text, and its lead.
    fn records(text: &[u8], capacity: usize) -> (Vec<String>, String) {
        let mut stream = BufReader::with_capacity(capacity, text);
        let mut found = Vec::new();
        let mut records = Records::new(&mut stream, &["item", "entry"]).unwrap();
        while let Some((piece, span)) = records.next().unwrap() {
            let bytes = match piece {
                Piece::Whole(bytes) => {
                    assert_eq!(bytes, &text[span.start..span.end]);
                    bytes
                }
                Piece::TooLong(_) => b"long",
            };
            found.push(String::from_utf8_lossy(bytes).into_owned());
        }
        let lead = String::from_utf8_lossy(records.lead()).into_owned();
        (found, lead)
    }

    #[track_caller]
    fn check(text: &str, want: &[&str], lead: &str) {
        for capacity in [1, 3, 7, 64 * 1024] {
            assert_eq!(
                records(text.as_bytes(), capacity),
                (want.iter().map(|it| (*it).to_owned()).collect(), lead.to_owned())
            );
        }
    }

    #[test]
    fn records_are_found_wherever_they_stand() {
        check(
            "<rss><channel><items/><item>a</item> <x:item n='1>'>b</x:item></channel>",
            &["<item>a</item>", "<x:item n='1>'>b</x:item>"],
            "<rss><channel><items/>",
        );
        check("<entry/><entry>b</entry >", &["<entry/>", "<entry>b</entry >"], "");
        check("<rss>", &[], "<rss>");
    }

    #[test]
    fn signs_in_comments_and_verbatim_text_are_none() {
        check(
            "<!-- <item> --><item><![CDATA[</item>]]>a<!-- </item> --></item>",
            &["<item><![CDATA[</item>]]>a<!-- </item> --></item>"],
            "<!-- <item> -->",
        );
    }

    #[test]
    fn a_missing_end_costs_one_record() {
        check(
            "<item>a <item>b</item><item/><item>c</entry> <item/><item>d",
            &["<item>a ", "<item>b</item>", "<item/>", "<item>c</entry> ", "<item/>", "<item>d"],
            "",
        );
    }

    #[test]
    fn a_record_that_is_too_long_is_passed_over() {
        let long = format!("<item>{}</item><item>b</item>", "word ".repeat(RECORD_BYTES_MAX / 5));
        let (found, _) = records(long.as_bytes(), 64 * 1024);
        assert_eq!(found, ["long", "<item>b</item>"]);
    }

    #[test]
    fn places_in_utf_16_are_those_of_the_file() {
        let text = "\u{feff}<rss>é😀<item>ü</item><item>b</item>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut stream = bytes.as_slice();
        let mut records = Records::new(&mut stream, &["item"]).unwrap();
        let mut found = Vec::new();
        while let Some((_, span)) = records.next().unwrap() {
            found.push(
                decode::decode_units(&bytes[span.start..span.end], Units::Utf16Le)
                    .text
                    .into_owned(),
            );
        }
        assert_eq!(found, ["<item>ü</item>", "<item>b</item>"]);
    }
}
