//! The pages of a crawl, and what is told of those that are no articles.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::http;
use crate::article::Class;
use crate::error::contained;
use crate::source::html::{Html, charset, page};
use crate::source::normal::{Field, Record, Teller};
use crate::source::plain_text;
use crate::source::{Confidence, Each, Head, Input, NoteKind, Reader, decode};
use crate::text::{Moment, Span};

/// What a crawl says of a page, beside the page.
#[derive(Debug, Default)]
pub(super) struct Fetch {
    /// Where the page stands on the web.
    pub(super) url: String,
    /// When it was fetched.
    pub(super) date: String,
    /// The record in the file.
    pub(super) span: Span,
}

/// Tells the pages of a crawl.
///
/// Most of a crawl is no article: pictures, redirections, indexes. They are no fault of the crawl,
/// so they are counted and told in one note a file, instead of being set aside one by one.
pub(super) struct Pages<'a, 'b> {
    teller: Teller<'a, 'b>,
    n_told: u64,
    n_others: u64,
    n_statuses: u64,
    n_no_articles: u64,
}

impl<'a, 'b> Pages<'a, 'b> {
    pub(super) fn new<'i: 'a>(input: &Input<'i>, each: &'a mut Each<'b>) -> Self {
        let teller = Teller::new(input, each);
        Self { teller, n_told: 0, n_others: 0, n_statuses: 0, n_no_articles: 0 }
    }

    /// Counts a record of a crawl that is not meant to be read: a request, a word about the crawl.
    pub(super) fn pass(&mut self) {
        self.teller.pass();
    }

    /// Tells what is wrong with a record.
    pub(super) fn malformed(
        &mut self,
        span: Span,
        class: Class,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        self.n_told += 1;
        self.teller.malformed(span, class, reason)
    }

    /// Reads an answer of a server.
    pub(super) fn answer(&mut self, fetch: &Fetch, bytes: &[u8]) -> ControlFlow<()> {
        let answer = match http::answer(bytes) {
            Ok(answer) => answer,
            Err(reason) => return self.malformed(fetch.span, Class::Damaged, reason),
        };
        if answer.status != 200 {
            self.n_statuses += 1;
            self.teller.pass();
            return ControlFlow::Continue(());
        }
        self.page(fetch, &answer.content_type, &answer.body)
    }

    /// Reads a page of some type.
    pub(super) fn page(
        &mut self,
        fetch: &Fetch,
        content_type: &str,
        body: &[u8],
    ) -> ControlFlow<()> {
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        let label = charset::of_content_type(content_type);
        match kind {
            "text/html" | "application/xhtml+xml" => self.html(fetch, label, body),
            "" if Html.sniff(&Head::new(&body[..body.len().min(SNIFFED_BYTES)], Path::new("")))
                > Confidence::No =>
            {
                self.html(fetch, label, body)
            }
            "text/plain" => self.plain(fetch, label, body),
            _ => {
                self.n_others += 1;
                self.teller.pass();
                ControlFlow::Continue(())
            }
        }
    }

    /// Reads a page of HTML; a failure of what finds its text costs that page only.
    fn html(&mut self, fetch: &Fetch, label: Option<&str>, body: &[u8]) -> ControlFlow<()> {
        let declared = label.map(str::to_owned).or_else(|| charset::of_page(body));
        let decoded = decode::declared(body, declared.as_deref());
        let url = Some(fetch.url.as_str());
        match contained(|| page::read(&decoded.text, url)) {
            Ok(Ok(record)) => {
                self.teller.decoded(&decoded)?;
                self.article(fetch, record)
            }
            Ok(Err(refused)) if refused.class == Class::Format => {
                self.n_no_articles += 1;
                self.teller.pass();
                ControlFlow::Continue(())
            }
            Ok(Err(refused)) => self.malformed(fetch.span, refused.class, refused.reason),
            Err(_) => {
                let reason = "the reader of its page failed, which is a fault of it";
                self.malformed(fetch.span, Class::Panic, reason)
            }
        }
    }

    /// Reads a page of plain text, such as the extracts of Common Crawl.
    fn plain(&mut self, fetch: &Fetch, label: Option<&str>, body: &[u8]) -> ControlFlow<()> {
        let decoded = decode::declared(body, label);
        match plain_text::record(&decoded.text) {
            Ok(record) => {
                self.teller.decoded(&decoded)?;
                self.article(fetch, record)
            }
            Err(too_many) => self.malformed(fetch.span, Class::Limit, too_many.to_string()),
        }
    }

    fn article(&mut self, fetch: &Fetch, mut record: Record<'_>) -> ControlFlow<()> {
        self.n_told += 1;
        record.set(Field::Url, "the crawl", fetch.url.clone());
        record.set(Field::Fetched, "when it was fetched", fetch.date.clone());
        self.teller.record(record, fetch.span)
    }

    /// Ends the file, and tells how many of its pages are no articles.
    pub(super) fn end(mut self) -> io::Result<()> {
        let counts = [
            (self.n_no_articles, "other pages"),
            (self.n_statuses, "answers other than 200"),
            (self.n_others, "files of other types"),
        ];
        let counts: Vec<_> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let told = counts.join(", ");
        _ = match (self.n_told, told.is_empty()) {
            (0, true) => self.teller.end_without(Class::Format, "a crawl without a page"),
            (0, false) => {
                let reason = format!("a crawl without an article: {told}");
                self.teller.end_without(Class::Format, reason)
            }
            (_, true) => self.teller.end(),
            (_, false) => match self.teller.doubt_of_file(NoteKind::Passed { told }) {
                ControlFlow::Continue(()) => self.teller.end(),
                stopped => stopped,
            },
        };
        Ok(())
    }
}

/// How much of a body of no type is looked at.
const SNIFFED_BYTES: usize = 1024;

/// Returns a time as ARC has it, `20140216050221`, as others have it; the empty text where it is
/// none.
pub(super) fn time_of_arc(figures: &str) -> String {
    let is_time = figures.len() == 14 && figures.bytes().all(|it| it.is_ascii_digit());
    let time = is_time.then(|| format!("{}T{}Z", &figures[..8], &figures[8..]));
    time.filter(|it| Moment::parse(it).is_some()).unwrap_or_default()
}
