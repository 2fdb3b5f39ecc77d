//! WARC.

use std::io;
use std::ops::ControlFlow;

use super::bytes::Bytes;
use super::pages::{Fetch, Pages};
use super::{CRAWL_RECORD_BYTES_MAX, LINE_BYTES_MAX};
use crate::article::Class;
use crate::source::{self, Confidence, EMPTY, Each, Input, Reader};
use crate::text::Span;

/// How many fields the head of a record may have.
const FIELDS_MAX: usize = 256;

/// How a record begins, but for the figures of its version.
const OPENING: &[u8] = b"WARC/";

/// Reads a crawl in WARC.
///
/// - `response` holds what a server answered, `resource` a page without that, `conversion` the text
///   of one (the WET files of Common Crawl): these are read. The other types are passed over.
/// - Answers other than 200, files that are no page, and pages that are no article are counted in
///   one note a file.
/// - Records are counted as they stand in the file, whatever their type.
/// - The article's url is `WARC-Target-URI`. Its date is that of the page; only where that says
///   nothing it is `WARC-Date`, when it was fetched, with the provenance `mtime`.
/// - A record whose length is missing or wrong is told with its place, and reading goes on at the
///   next line that begins one. What it swallowed of its neighbours is given back, 64 times a file.
///
/// Held in memory is one record, up to 16 MiB and a little.
pub struct Warc;

impl Reader for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &source::Head<'_>) -> Confidence {
        if is_beginning(head.bytes().trim_ascii_start()) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut pages = Pages::new(&input, each);
        let mut bytes = Bytes::new(input.stream);
        loop {
            match next(&mut bytes, &mut pages)? {
                Next::Record => (),
                Next::Stopped => return Ok(()),
                Next::End if bytes.at() == 0 => {
                    _ = pages.malformed(Span::default(), Class::Empty, EMPTY);
                    return Ok(());
                }
                Next::End => return pages.end(),
            }
        }
    }
}

/// What came of the reading of a record.
enum Next {
    Record,
    End,
    Stopped,
}

impl From<ControlFlow<()>> for Next {
    fn from(flow: ControlFlow<()>) -> Self {
        if flow.is_break() { Self::Stopped } else { Self::Record }
    }
}

/// Tells whether a record begins here.
fn is_beginning(bytes: &[u8]) -> bool {
    bytes.strip_prefix(OPENING).is_some_and(|it| it.first().is_some_and(u8::is_ascii_digit))
}

/// The head of a record.
#[derive(Default)]
struct Head {
    kind: String,
    url: String,
    date: String,
    content_type: String,
    len: Option<usize>,
}

/// Reads the next record, and tells what is in it.
fn next(bytes: &mut Bytes<'_>, pages: &mut Pages<'_, '_>) -> io::Result<Next> {
    let stray = skip_stray(bytes)?;
    if !stray.is_empty() {
        let reason = "no record begins here";
        return Ok(pages.malformed(stray, Class::Damaged, reason).into());
    }
    let start = bytes.at();
    if bytes.line(LINE_BYTES_MAX)?.is_none() {
        return Ok(Next::End);
    }
    let head = head(bytes)?;
    let Some(len) = head.len else {
        let span = Span::new(start, bytes.at());
        return Ok(pages.malformed(span, Class::Damaged, "a record without its length").into());
    };
    if len > CRAWL_RECORD_BYTES_MAX {
        let n_skipped = bytes.skip(len)?;
        let span = Span::new(start, bytes.at());
        let is_read = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
        return Ok(match (n_skipped < len, is_read) {
            (true, _) => pages.malformed(span, Class::Damaged, BROKEN_OFF).into(),
            (false, true) => {
                let reason = format!("record longer than {CRAWL_RECORD_BYTES_MAX} bytes");
                pages.malformed(span, Class::Limit, reason).into()
            }
            (false, false) => {
                pages.pass();
                Next::Record
            }
        });
    }
    let mut body = bytes.held(len)?;
    let span = Span::new(start, bytes.at());
    let is_whole = body.len() == len && bytes.goes_on_with(is_beginning)?;
    if !is_whole
        && let Some(end) = end_within(&body)
        && bytes.take_back(&body[end..])
    {
        body.truncate(end);
        let span = Span::new(start, bytes.at());
        return Ok(pages
            .malformed(span, Class::Damaged, "the length of the record is wrong")
            .into());
    }
    if body.len() < len {
        return Ok(pages.malformed(span, Class::Damaged, BROKEN_OFF).into());
    }
    Ok(tell(head, span, &body, pages).into())
}

/// Why a record is not read whose end is missing.
const BROKEN_OFF: &str = "the file breaks off within the record";

/// Passes over what stands between two records and belongs to none; returns where it stood.
fn skip_stray(bytes: &mut Bytes<'_>) -> io::Result<Span> {
    if bytes.goes_on_with(is_beginning)? {
        return Ok(Span::default());
    }
    let start = bytes.at();
    while !bytes.goes_on_with(is_beginning)? {
        bytes.line(0)?;
    }
    Ok(Span::new(start, bytes.at()))
}

/// Reads the fields of a record up to the blank line; a line that is moved in goes on with the last.
fn head(bytes: &mut Bytes<'_>) -> io::Result<Head> {
    let mut head = Head::default();
    for _ in 0..FIELDS_MAX {
        let Some(line) = bytes.line(LINE_BYTES_MAX)?.filter(|it| !it.is_empty()) else {
            break;
        };
        let line = String::from_utf8_lossy(&line);
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            // Version 1.0 has brackets around it in its own example, and crawlers heeded that.
            "warc-target-uri" => head.url = value.trim_matches(['<', '>']).to_owned(),
            "warc-date" => head.date = value.to_owned(),
            "content-type" => head.content_type = value.to_ascii_lowercase(),
            "content-length" => head.len = value.parse().ok(),
            _ => (),
        }
    }
    Ok(head)
}

/// Finds where the next record begins within the body of one whose length is wrong.
fn end_within(body: &[u8]) -> Option<usize> {
    let marks = body.windows(OPENING.len() + 1).enumerate();
    let mut marks =
        marks.filter(|(at, it)| is_beginning(it) && (*at == 0 || body[at - 1] == b'\n'));
    marks.next().map(|(at, _)| at)
}

/// Tells what is in a record.
fn tell(head: Head, span: Span, body: &[u8], pages: &mut Pages<'_, '_>) -> ControlFlow<()> {
    let is_answer = head.content_type.starts_with("application/http");
    let fetch = Fetch { url: head.url, date: head.date, span };
    match head.kind.as_str() {
        "response" if is_answer => pages.answer(&fetch, body),
        "response" | "resource" | "conversion" => pages.page(&fetch, &head.content_type, body),
        _ => {
            pages.pass();
            ControlFlow::Continue(())
        }
    }
}
