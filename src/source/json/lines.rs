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

use super::{document, record};
use crate::article::Class;
use crate::source::decode::{self, Units};
use crate::source::lines::{Line, Lines, RECORD_BYTES_MAX};
use crate::source::normal::Teller;
use crate::source::{Confidence, Each, Head, Input, Reader};
use crate::text::Span;

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
        3
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines = head.text().split(['\n', '\r']).map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty());
        let Some(first) = lines.next() else {
            return Confidence::No;
        };
        if document::holds_records(first) {
            return Confidence::No;
        }
        let is_object = |line: &str| line.starts_with('{') && record::is_json(line);
        if is_object(first) {
            return Confidence::Certain;
        }
        let may_begin = first.starts_with(['{', '[']) || record::is_json(first);
        let is_likely = if is_named(head.path()) {
            may_begin || lines.any(|line| line.starts_with('{'))
        } else {
            first.starts_with('{') && (is_cut(first, head.text()) || lines.any(is_object))
        };
        if is_likely { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        let mut lines = Lines::new(input.stream)?;
        let units = lines.units();
        teller.in_context(format!("{units:?}").as_bytes());
        while let Some((line, span)) = lines.next()? {
            if tell(&line, span, units, &mut teller).is_break() {
                return Ok(());
            }
        }
        _ = teller.end();
        Ok(())
    }
}

/// Tells what is in a line.
fn tell(line: &Line<'_>, span: Span, units: Units, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
    let Line::Whole(bytes) = line else {
        let reason = format!("record longer than {RECORD_BYTES_MAX} bytes");
        return teller.malformed(span, Class::Limit, reason);
    };
    if teller.stands(bytes, span)? {
        return ControlFlow::Continue(());
    }
    let decoded = decode::decode_units(bytes, units);
    // Files that were joined have byte order marks in their midst.
    let text = decoded.text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        teller.pass();
        return ControlFlow::Continue(());
    }
    teller.decoded(&decoded)?;
    record::read(text, teller, span)
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
