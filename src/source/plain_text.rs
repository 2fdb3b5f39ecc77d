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

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::body::{self, Line, TooMany};
use super::{Confidence, EMPTY, Each, Event, HEADLINE_WORDS_MAX, Input, Note, NoteKind, Reader};
use super::{dateline, decode, furniture, id, malformed, path_date, signature};
use crate::article::{Article, Class, Dated, Origin, Provenance};
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
        1
    }

    fn sniff(&self, head: &[u8], _path: &Path) -> Confidence {
        match signature::binary(head) {
            Some(_) => Confidence::No,
            None => Confidence::Fallback,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        let origin = input.origin();
        let mut stream = input.stream.take(FILE_BYTES_MAX + 1);
        stream.read_to_end(&mut bytes)?;
        if bytes.len() as u64 > FILE_BYTES_MAX {
            let reason = format!("longer than {FILE_BYTES_MAX} bytes");
            _ = each(malformed(origin, Class::Limit, reason));
            return Ok(());
        }
        if bytes.is_empty() {
            _ = each(malformed(origin, Class::Empty, EMPTY));
            return Ok(());
        }
        let whole = Origin { span: Span::new(0, bytes.len()), ..origin.clone() };
        let decoded = decode::decode(&bytes);
        let told = match article(&decoded.text, input.below, whole.clone()) {
            Ok(article) => each(Event::Article(Box::new(article))),
            Err(reason) => each(malformed(whole, Class::Damaged, reason)),
        };
        if let (ControlFlow::Continue(()), n_places @ 1..) = (told, decoded.n_replaced) {
            let kind = NoteKind::Replaced { n_places };
            _ = each(Event::Note(Note { origin, kind }));
        }
        Ok(())
    }
}

/// Makes an article of a text, or says why it is none.
fn article(text: &str, below: &str, origin: Origin) -> Result<Article, String> {
    let too_many = |it: TooMany| it.to_string();
    let lines = body::lines(text).map_err(too_many)?;
    let mut article =
        Article { id: id::clean(below).ok_or("no name to make an id of")?, ..Article::default() };
    let rest = match headline(&lines) {
        Some((headline, rest)) => {
            headline.clone_into(&mut article.headline);
            rest
        }
        None => &lines,
    };
    let rest = take_credits(rest, &mut article);
    if article.date.is_none() {
        article.date = path_date::find(&origin.path)
            .map(|moment| Dated { moment, provenance: Provenance::Path });
    }
    article.origin = origin;
    body::lay_out(rest, body::wrap_of(&lines), &mut article.paragraphs).map_err(too_many)?;
    body::complete(article).map_err(str::to_owned)
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
fn take_credits<'a, 'b>(mut lines: &'b [Line<'a>], article: &mut Article) -> &'b [Line<'a>] {
    for _ in 0..CREDIT_LINES_MAX {
        let Some((line, rest)) = lines.split_first() else {
            break;
        };
        if let (true, Some(names)) = (article.byline.is_empty(), byline(line.text)) {
            names.clone_into(&mut article.byline);
        } else if let (None, Some(moment)) = (article.date, day(line.text)) {
            let provenance = Provenance::Body;
            article.date = Some(Dated { moment, provenance });
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
