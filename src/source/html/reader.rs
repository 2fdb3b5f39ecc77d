//! Files of HTML: one page each.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::page::{self, PAGE_BYTES_MAX};
use super::{charset, fragment};
use crate::article::Class;
use crate::source::normal::Teller;
use crate::source::stream::whole;
use crate::source::{Confidence, Each, Head, Input, Reader, decode};
use crate::text::Span;

/// What a page begins with that says so.
const OPENINGS: &[&str] = &["!doctype html", "html"];

/// What a page may begin with that was torn out of its frame.
const PARTS: &[&str] = &[
    "head", "body", "title", "meta", "link", "script", "style", "div", "p", "h1", "h2", "article",
    "section", "main", "header", "table", "center", "font", "span",
];

/// Reads a file of HTML as one article.
///
/// The encoding is that of a byte order mark, else the declared one, else it is guessed; see
/// `decode::declared`. Where the fields are found is told in the rooms beside this one. A page
/// that is an index of others, the notice of an error, a video or without text is set aside as
/// [`Class::Format`]: it is no article, and would be none the next time.
///
/// The whole page is held in memory, up to 16 MiB, and its tree with it: about ten times as much.
pub struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let text = top(head.text());
        let Some(tag) = text.strip_prefix('<') else {
            let is_likely = is_named(head.path()) && fragment::is_markup(head.text());
            return if is_likely { Confidence::Likely } else { Confidence::No };
        };
        if begins(tag, OPENINGS) {
            return Confidence::Certain;
        }
        let is_page = begins(tag, PARTS) && (is_named(head.path()) || fragment::is_markup(text));
        if is_page { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        _ = match whole(input.stream, PAGE_BYTES_MAX as u64)? {
            Some(bytes) => tell(&bytes, teller),
            None => {
                let reason = format!("page longer than {PAGE_BYTES_MAX} bytes");
                teller.file_malformed(Span::default(), Class::Limit, reason)
            }
        };
        Ok(())
    }
}

/// Tells what is in a page.
fn tell(bytes: &[u8], mut teller: Teller<'_, '_>) -> ControlFlow<()> {
    let decoded = decode::declared(bytes, charset::of_page(bytes).as_deref());
    teller.decoded(&decoded)?;
    if decoded.text.trim().is_empty() {
        return teller.end();
    }
    let whole = Span::new(0, bytes.len());
    match page::read(&decoded.text, None) {
        Ok(record) => teller.only(record, whole)?,
        Err(refused) => teller.file_malformed(whole, refused.class, refused.reason)?,
    }
    teller.end()
}

/// Returns a text without what may come before the first tag: comments and the declaration of XML.
fn top(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = match rest {
            it if it.starts_with("<!--") => it.split_once("-->"),
            it if it.starts_with("<?") => it.split_once('>'),
            _ => None,
        };
        match after {
            Some((_, after)) => rest = after.trim_start(),
            None => return rest,
        }
    }
}

/// Tells whether a text begins with one of these, whole and in any case.
fn begins(text: &str, openings: &[&str]) -> bool {
    openings.iter().any(|it| {
        let fits = text.get(..it.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(it));
        fits && !text[it.len()..].starts_with(|c: char| c.is_alphanumeric() || c == ':' || c == '-')
    })
}

/// Tells whether the name of a file says that it is a page.
fn is_named(path: &Path) -> bool {
    let names = ["html", "htm", "xhtml", "shtml", "xht"];
    path.extension().is_some_and(|it| names.iter().any(|name| it.eq_ignore_ascii_case(name)))
}
