//! What pages of HTML have in common.

use std::fmt::{Arguments, Write};

use crate::text::printable;

const STYLE: &str = include_str!("base.css");

/// Returns the head of a page that needs nothing else: no script, no font, no image. `title` is
/// plain text, `style` what the page has beside the common style.
pub(super) fn head(title: &str, style: &str) -> String {
    let title = escaped(title);
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    );
    put(
        &mut page,
        format_args!("<title>{title}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n"),
    );
    page
}

/// Writes to a string, which takes whatever is written to it.
pub(super) fn put(page: &mut String, words: Arguments<'_>) {
    let _ = page.write_fmt(words);
}

/// Makes a text harmless within HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
