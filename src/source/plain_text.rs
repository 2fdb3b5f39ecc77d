//! Plain text: one article a file.
//!
//! ```text
//! Bridge closed for a year                                       headline
//!
//! By Ann Hale                                                    byline
//! 14 March 2024                                                  date line
//!
//! ALDER BAY - The bridge at Weir Street was closed on Thursday.  dateline, paragraph
//! Read also:                                                     furniture
//! Nobody was hurt.                                               paragraph
//! ```
//!
//! All of it but a paragraph may be missing, and in what scrapers leave behind mostly is.

use std::io;
use std::ops::ControlFlow;

use super::normal::body::{self, Line, TooMany};
use super::normal::{Field, List, Record, Teller, dateline, furniture};
use super::stream::whole;
use super::{Confidence, Each, HEADLINE_WORDS_MAX, Head, Input, Reader, decode, signature};
use crate::article::Class;
use crate::text::{Moment, Precision, Span};

/// The length of a file that is read as one article; a longer one is set aside.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The characters of a line that is taken for the headline.
const HEADLINE_CHARS_MAX: usize = 200;

/// The characters of a line that is taken for the byline.
const BYLINE_CHARS_MAX: usize = 100;

/// How many lines after the headline may be byline and date.
const CREDIT_LINES_MAX: usize = 2;

/// Small words within a byline: names, and what joins them.
const BYLINE_WORDS: &[&str] = &[
    "al", "and", "at", "bin", "da", "de", "del", "den", "der", "di", "du", "e", "el", "for", "in",
    "la", "le", "of", "the", "und", "van", "von", "with", "y",
];

/// Reads a file of plain text as one article.
///
/// - **Headline**: the first line, where a blank line follows it and other text after that, and
///   it is no furniture, has no dateline, no more than 200 characters and no full stop at its
///   end. Otherwise the article has none, and all is body.
/// - **Byline and date line**: after the headline, or at the top of a text without one, `By Ann
///   Hale` and a line that is a day (`14 March 2024`), in either order.
/// - **Date**: the date line, else what the path tells.
/// - **Paragraphs**: every line is one, unless a machine broke the lines: see `wrap_of`.
/// - **Dateline**: what opens the first paragraph of the body, which keeps it.
///
/// The whole file is held in memory, up to 64 MiB.
pub struct PlainText;

impl Reader for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match signature::binary(head.bytes()) {
            Some(_) => Confidence::No,
            None => Confidence::Fallback,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        _ = match whole(input.stream, FILE_BYTES_MAX)? {
            Some(bytes) if bytes.is_empty() => teller.end(),
            Some(bytes) => tell(&bytes, teller),
            None => {
                let reason = format!("longer than {FILE_BYTES_MAX} bytes");
                teller.file_malformed(Span::default(), Class::Limit, reason)
            }
        };
        Ok(())
    }
}

/// Tells what is in a text.
fn tell(bytes: &[u8], mut teller: Teller<'_, '_>) -> ControlFlow<()> {
    let whole = Span::new(0, bytes.len());
    let decoded = decode::decode(bytes);
    teller.decoded(&decoded)?;
    match record(&decoded.text) {
        Ok(record) => teller.only(record, whole)?,
        Err(too_many) => teller.file_malformed(whole, Class::Damaged, too_many.to_string())?,
    }
    teller.end()
}

/// Finds the parts of an article in a text.
pub(super) fn record(text: &str) -> Result<Record<'_>, TooMany> {
    let lines = body::lines(text)?;
    let mut record = Record::default();
    let rest = match headline(&lines) {
        Some((headline, rest)) => {
            record.set(Field::Headline, "first line", headline);
            rest
        }
        None => &lines,
    };
    let rest = take_credits(rest, &mut record);
    record.body_from("lines");
    body::join(rest, body::wrap_of(&lines), |paragraph| {
        record.part(paragraph);
        Ok(())
    })?;
    Ok(record)
}

/// Parts the headline from the lines below it.
fn headline<'a, 'b>(lines: &'b [Line<'a>]) -> Option<(&'a str, &'b [Line<'a>])> {
    let (first, rest) = lines.split_first()?;
    let stands_alone = rest.first().is_some_and(|line| line.opens_block);
    let is_headline = stands_alone
        && first.text.chars().nth(HEADLINE_CHARS_MAX).is_none()
        && first.text.split_whitespace().nth(HEADLINE_WORDS_MAX).is_none()
        && (!first.text.ends_with('.') || ends_in_initial(first.text))
        && !furniture::is_furniture(first.text)
        && dateline::find(first.text).is_none()
        && byline(first.text).is_none()
        && day(first.text).is_none();
    is_headline.then_some((first.text, rest))
}

/// Takes the byline and the date line from the top of the text, and returns the lines below.
fn take_credits<'a, 'b>(mut lines: &'b [Line<'a>], record: &mut Record<'a>) -> &'b [Line<'a>] {
    for _ in 0..CREDIT_LINES_MAX {
        let Some((line, rest)) = lines.split_first() else {
            break;
        };
        if let (false, Some(names)) = (record.has_any(List::Byline), byline(line.text)) {
            record.push(List::Byline, "byline", names);
        } else if !record.has(Field::Date) && day(line.text).is_some() {
            record.set(Field::Date, "date line", line.text);
            record.date_is_printed();
        } else {
            break;
        }
        lines = rest;
    }
    lines
}

/// Reads a byline and returns its names: `By Ann Hale and Tom Ruiz`.
///
/// Every word is a name, begins with a capital, or joins names; so the first line of a broken
/// paragraph (`By the time the firemen came`) is none.
fn byline(line: &str) -> Option<&str> {
    let names =
        line.get(..3).filter(|it| it.eq_ignore_ascii_case("by ")).map(|_| line[3..].trim())?;
    let fits = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || bare.starts_with(char::is_uppercase) || BYLINE_WORDS.contains(&bare)
    };
    let has_name = names.split_whitespace().any(|it| it.starts_with(char::is_uppercase));
    let is_sentence = names.ends_with(['.', '!', '?', ':', '”', '"']) && !ends_in_initial(names);
    let is_byline = has_name
        && !is_sentence
        && names.split_whitespace().all(fits)
        && line.chars().nth(BYLINE_CHARS_MAX).is_none();
    is_byline.then_some(names)
}

/// Tells whether the full stop at the end belongs to an initial: `J. R.`, `the U.S.`, `Jr.`
fn ends_in_initial(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    matches!(last, "Jr." | "Sr.")
        || last.ends_with('.')
            && last
                .split_terminator('.')
                .all(|it| it.chars().count() == 1 && it.starts_with(char::is_uppercase))
}

/// Reads a line that is a whole day, or a time of a day; figures alone are none.
fn day(line: &str) -> Option<Moment> {
    let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
    Moment::parse(line).filter(|it| it.precision >= Precision::Day && !is_number)
}
