//! JSON lines: one record a line.
//!
//! ```text
//! {"id": "c-1", "headline": "Bridge closed", "date": "2024-03-14", "body": "It rained.\nStill."}
//! {"guid": 2, "title": "Ferry on strike", "authors": [{"name": "Ann Hale"}], "text": ["a", "b"]}
//! ```
//!
//! The keys and their values are in the table of the room; here are the lines, their encoding and
//! what is told of them.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::decode::{self, Units};
use super::json_record::{self, Read};
use super::lines::{Line, Lines, RECORD_BYTES_MAX};
use super::{Confidence, EMPTY, Each, Event, Input, Note, NoteKind, Reader, malformed};
use crate::article::{Article, Class, Origin};

/// What a whole JSON Feed in one line has in its first bytes: it is one object, and no article.
const FEED: &str = "jsonfeed.org";

/// Where the mark of a feed stands.
const FEED_BYTES: usize = 200;

/// Reads a file of JSON objects, one a line.
///
/// Records are counted by their lines from 1, blank lines included, so that an editor finds them;
/// `Origin::span` is the line in the file without its end. A line ends with LF, CR or CR LF. A
/// line that is not UTF-8 is decoded by itself: some archives were put together of others.
///
/// A date that is not understood is told in a note and the article kept without one. A record
/// without a date has that of its path: the file of a day may hold a thousand records.
pub struct JsonLines;

impl Reader for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn version(&self) -> u32 {
        1
    }

    fn sniff(&self, head: &[u8], path: &Path) -> Confidence {
        let decoded = decode::decode(head);
        let lines = decoded.text.split(['\n', '\r']).map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty());
        let Some(first) = lines.next() else {
            return Confidence::No;
        };
        if first[..first.floor_char_boundary(FEED_BYTES)].contains(FEED) {
            return Confidence::No;
        }
        let is_object = |line: &str| line.starts_with('{') && json_record::is_json(line);
        if is_object(first) {
            return Confidence::Certain;
        }
        let may_begin = first.starts_with(['{', '[']) || json_record::is_json(first);
        let is_likely = if is_named(path) {
            may_begin || lines.any(|line| line.starts_with('{'))
        } else {
            first.starts_with('{') && (is_cut(first, &decoded.text) || lines.any(is_object))
        };
        if is_likely { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let origin = input.origin();
        let mut lines = Lines::new(input.stream)?;
        let mut reading = Reading {
            path: input.shown,
            below: input.below,
            units: lines.units(),
            each,
            n_replaced: 0,
            n_told: 0,
        };
        let mut number = 0;
        while let Some((line, span)) = lines.next()? {
            number += 1;
            let origin = Origin { record: number, span, ..origin.clone() };
            if reading.line(&line, origin).is_break() {
                return Ok(());
            }
        }
        reading.end(origin);
        Ok(())
    }
}

/// Tells whether the name of a file says that it holds records.
fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["jsonl", "ndjson", "jl"].iter().any(|it| extension.eq_ignore_ascii_case(it))
    })
}

/// Tells whether the first line is all that there is, and begins as a record whose end is cut off.
fn is_cut(first: &str, text: &str) -> bool {
    let is_all = text.trim_start_matches('\u{feff}').trim() == first;
    is_all && first[1..].trim_start().starts_with('"')
}

/// A file that is being read.
struct Reading<'a, 'b> {
    /// The path as told.
    path: &'a str,
    /// The path that ids are made of.
    below: &'a str,
    /// What the file is written in.
    units: Units,
    /// Who is told.
    each: &'a mut Each<'b>,
    /// How many places were replaced so far.
    n_replaced: u64,
    /// How many events were told so far.
    n_told: u64,
}

impl Reading<'_, '_> {
    /// Tells an event, and counts it.
    fn tell(&mut self, event: Event) -> ControlFlow<()> {
        self.n_told += 1;
        (self.each)(event)
    }

    /// Reads the record of a line; a blank line says nothing.
    fn line(&mut self, line: &Line<'_>, origin: Origin) -> ControlFlow<()> {
        let Line::Whole(bytes) = line else {
            let reason = format!("record longer than {RECORD_BYTES_MAX} bytes");
            return self.tell(malformed(origin, Class::Limit, reason));
        };
        let decoded = decode::decode_units(bytes, self.units);
        // Files that were joined have byte order marks in their midst.
        let text = decoded.text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return ControlFlow::Continue(());
        }
        self.n_replaced += decoded.n_replaced;
        let fallback_id = || format!("{}#{}", self.below, origin.record);
        match json_record::read(text, self.path, fallback_id) {
            Ok(read) => self.article(read, origin),
            Err(misread) => self.tell(malformed(origin, Class::Damaged, misread.0)),
        }
    }

    /// Tells an article, and then the doubt about its date.
    fn article(&mut self, read: Read, origin: Origin) -> ControlFlow<()> {
        self.n_replaced += read.n_replaced;
        let article = Article { origin: origin.clone(), ..read.article };
        self.tell(Event::Article(Box::new(article)))?;
        let Some(printed) = read.refused_date else {
            return ControlFlow::Continue(());
        };
        let kind = NoteKind::Date { printed };
        self.tell(Event::Note(Note { origin, kind }))
    }

    /// Says what is to be said of the file as a whole.
    fn end(&mut self, origin: Origin) {
        if self.n_told == 0 {
            _ = self.tell(malformed(origin, Class::Empty, EMPTY));
        } else if self.n_replaced > 0 {
            let kind = NoteKind::Replaced { n_places: self.n_replaced };
            _ = self.tell(Event::Note(Note { origin, kind }));
        }
    }
}
