//! NewsML of the IPTC: NewsML-G2, and NewsML 1.0 to 1.2 before it.
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! A picture or a film with a caption or a headline is an article: its words can be searched like
//! others. Without any it is none, and neither is a package, which has only references, nor an item
//! about concepts, plans or catalogues; each is named as what it is.
//!
//! `pubStatus` and `Status` `canceled` and `withheld` withdraw an item by its id and version.

mod g2;
mod g2_item;
mod v1;
mod v1_item;

pub use g2::NewsMlG2;
pub use v1::NewsMl;

use std::borrow::Cow;

use super::html;
use super::normal::{Field, Record};
use super::xml::{self, Element};

/// What a status says that withdraws an item.
const WITHDRAWN: &[&str] = &["canceled", "cancelled", "withdrawn", "withheld", "killed"];

/// Tells whether a status withdraws an item, whatever vocabulary it is of: `stat:canceled`.
fn is_withdrawn(status: &str) -> bool {
    let word = status.trim().rsplit(':').next().unwrap_or_default();
    WITHDRAWN.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Sets the dateline, unless it is a date: some write the time of sending there.
fn set_dateline(record: &mut Record<'_>, from: &'static str, text: Cow<'_, str>) {
    if !text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        record.set(Field::Dateline, from, text.into_owned());
    }
}

/// Adds text that may be marked up as HTML, or be plain lines.
///
/// Lines that are declared to be plain are, even with a `<p>` around all of them; a machine broke
/// them where they are full.
fn add_text(record: &mut Record<'_>, from: &'static str, element: &Element<'_>) {
    let text = element.text();
    if text.trim().is_empty() {
        return;
    }
    record.body_from(from);
    let is_declared = element.attribute("contenttype").as_deref() == Some("text/plain");
    let inner = || text.trim().strip_prefix("<p>")?.strip_suffix("</p>");
    let plain = inner().unwrap_or(&text);
    match plain {
        plain if is_declared && !html::is_markup(plain) => record.broken(plain.to_owned()),
        _ if html::is_markup(&text) => {
            html::paragraphs(&text).into_iter().for_each(|it| record.paragraph(it));
        }
        _ => record.part(text.into_owned()),
    }
}

/// Adds the paragraphs of marked up text that is no NITF.
fn add_markup(record: &mut Record<'_>, from: &'static str, element: &Element<'_>) {
    for paragraph in xml::paragraphs(element) {
        record.body_from(from);
        record.paragraph(paragraph);
    }
}
