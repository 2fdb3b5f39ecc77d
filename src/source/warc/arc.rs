//! ARC, version 1, which the Internet Archive wrote until 2008.

use std::io;
use std::ops::ControlFlow;

use super::bytes::Bytes;
use super::pages::{Fetch, Pages, time_of_arc};
use super::{CRAWL_RECORD_BYTES_MAX, LINE_BYTES_MAX};
use crate::article::Class;
use crate::source::{self, Confidence, EMPTY, Each, Input, Reader};
use crate::text::Span;

/// How a file begins: with a record about itself.
const OPENING: &[u8] = b"filedesc://";

/// The fields of a line that begins a record: url, address, time, type, and at the end the length.
const FIELDS_MIN: usize = 5;

/// Where the time stands among the fields.
const TIME: usize = 2;

/// Reads a crawl in ARC.
///
/// What [`Warc`](super::Warc) says of pages, counts and limits holds here too. A line that should
/// begin a record and does not is told with its place, and reading goes on at the next that does;
/// a record whose length is too long takes its neighbours with it.
pub struct Arc;

impl Reader for Arc {
    fn name(&self) -> &'static str {
        "arc"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &source::Head<'_>) -> Confidence {
        let is_arc = head.bytes().trim_ascii_start().starts_with(OPENING);
        if is_arc { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut pages = Pages::new(&input, each);
        let mut bytes = Bytes::new(input.stream);
        loop {
            if !bytes.goes_on_with(is_beginning)? {
                let start = bytes.at();
                while !bytes.goes_on_with(is_beginning)? {
                    bytes.line(0)?;
                }
                let span = Span::new(start, bytes.at());
                if pages.malformed(span, Class::Damaged, "no record begins here").is_break() {
                    return Ok(());
                }
            }
            let start = bytes.at();
            let Some(line) = bytes.line(LINE_BYTES_MAX)? else {
                break;
            };
            if record(&line, start, &mut bytes, &mut pages)?.is_break() {
                return Ok(());
            }
        }
        if bytes.at() == 0 {
            _ = pages.malformed(Span::default(), Class::Empty, EMPTY);
            return Ok(());
        }
        pages.end()
    }
}

/// Tells whether a record begins here.
fn is_beginning(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    fetch(line).is_some()
}

/// Reads the line that begins a record: what was fetched, and how long it is.
fn fetch(line: &[u8]) -> Option<(Fetch, usize)> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let fields: Vec<&str> = line.split(' ').collect();
    let len = fields.last()?.parse().ok()?;
    let is_record = fields.len() >= FIELDS_MIN
        && fields[0].contains(':')
        && fields[TIME].len() == 14
        && fields[TIME].bytes().all(|it| it.is_ascii_digit());
    let fetch = Fetch {
        url: fields[0].to_owned(),
        date: time_of_arc(fields.get(TIME)?),
        span: Span::default(),
    };
    is_record.then_some((fetch, len))
}

/// Reads a record after its first line.
fn record(
    line: &[u8],
    start: usize,
    bytes: &mut Bytes<'_>,
    pages: &mut Pages<'_, '_>,
) -> io::Result<ControlFlow<()>> {
    let Some((mut fetch, len)) = fetch(line) else {
        let span = Span::new(start, bytes.at());
        return Ok(pages.malformed(span, Class::Damaged, "no record begins here"));
    };
    if len > CRAWL_RECORD_BYTES_MAX {
        bytes.skip(len)?;
        let reason = format!("record longer than {CRAWL_RECORD_BYTES_MAX} bytes");
        return Ok(pages.malformed(Span::new(start, bytes.at()), Class::Limit, reason));
    }
    let body = bytes.held(len)?;
    fetch.span = Span::new(start, bytes.at());
    if body.len() < len {
        let reason = "the file breaks off within the record";
        return Ok(pages.malformed(fetch.span, Class::Damaged, reason));
    }
    if fetch.url.starts_with("http") {
        // The type of the line is that of the page; the server's word says its encoding too.
        return Ok(pages.answer(&fetch, &body));
    }
    pages.pass();
    Ok(ControlFlow::Continue(()))
}
