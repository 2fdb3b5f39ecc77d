//! Pages of the web in records of TREC: a `<DOCHDR>`, and the page as it was fetched.

use std::ops::ControlFlow;

use super::elements;
use crate::article::Class;
use crate::error::contained;
use crate::source::decode;
use crate::source::html::{charset, page as html};
use crate::source::normal::{Field, Teller};
use crate::text::{Moment, Span};

/// The end of what a crawler said of the page.
const HEADER_END: &[u8] = b"</DOCHDR>";

/// How far into a record a header may reach.
const HEADER_BYTES_MAX: usize = 64 * 1024;

/// A record that is a page.
pub(super) struct Page<'a> {
    /// What stands before the page, with the tags.
    head: &'a [u8],
    body: &'a [u8],
}

/// Parts a record that is a page, and returns nothing of any other.
pub(super) fn page(record: &[u8]) -> Option<Page<'_>> {
    let head = &record[..record.len().min(HEADER_BYTES_MAX)];
    let is_end = |it: &[u8]| it.eq_ignore_ascii_case(HEADER_END);
    let at = head.windows(HEADER_END.len()).position(is_end)?;
    let (head, body) = record.split_at(at + HEADER_END.len());
    let end = body.iter().rposition(|it| *it == b'<').unwrap_or(body.len());
    Some(Page { head, body: &body[..end] })
}

/// Tells what is on a page; one that is no article is told as such.
pub(super) fn tell(page: Page<'_>, span: Span, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
    let head = decode::decode(page.head);
    let header = elements::tags(&head.text).find(|it| it.is("DOCHDR"));
    let fetch = header.map_or("", |it| &head.text[it.end..]);
    let url = fetch.split_whitespace().next().filter(|it| it.starts_with("http"));
    let decoded = decode::declared(page.body, charset::of_page(page.body).as_deref());
    // What finds the text of a page is of others, and a failure of it must cost that page only.
    let mut record = match contained(|| html::read(&decoded.text, url)) {
        Ok(Ok(record)) => record,
        Ok(Err(refused)) => return teller.malformed(span, refused.class, refused.reason),
        Err(_) => {
            let reason = "the page could not be read, which is a fault of what finds its text";
            return teller.malformed(span, Class::Panic, reason);
        }
    };
    teller.decoded(&decoded)?;
    let mut elements = elements::sections(&head.text, super::fields::ends).into_iter();
    let id = elements.find(|it| it.tag.is_some_and(|tag| tag.is("DOCNO")));
    if let Some(id) = id {
        record.set(Field::Id, "DOCNO", elements::plain(id.raw).into_owned());
    }
    if let Some(time) = fetch.split_whitespace().find_map(time) {
        record.set(Field::Fetched, "DOCHDR", time);
    }
    teller.record(record, span)
}

/// Reads the time of a fetch: `19970101013145`.
fn time(word: &str) -> Option<String> {
    let is_time = word.len() == 14 && word.bytes().all(|it| it.is_ascii_digit());
    let time = is_time.then(|| format!("{}T{}Z", &word[..8], &word[8..]))?;
    Moment::parse(&time).map(|it| it.to_string())
}
