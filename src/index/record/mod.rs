//! The stored article.
//!
//! An article is stored as three sheets: what it says, where it stands, and what was recognised in
//! it. So the bytes of the first tell whether an article has changed, wherever it stands now, and
//! without recognising anything.
//!
//! ```text
//! article        which of the others there are, id; version, headline, subhead, byline, source,
//!                section, slug, language, url, date, updated, keywords, subjects, named; paragraphs;
//!                dateline
//! its place      path, number of the record, its first byte, how many bytes
//! annotations    entities, topics
//! date           (provenance × 4 + precision) × 4, + 2 with a zone, + 1 in days; days or seconds; zone
//! paragraph      text × 2, + 1 if it is no reporting
//! dateline       how many bytes its place has × 2, + 1 if it stands at the first byte of the dateline,
//!                else the place; agency; first byte, how many bytes
//! entity         ((witness × 8 + what follows) × 8 + flags) × 3 + kind, the flags being 1 if the name is
//!                the text of the first mention, 2 if part of the key or terms are kept, and 4 if it is
//!                mentioned once; the name, if it is not there to be read; the key and the terms, if
//!                they are kept; how many mentions, if not one; mentions
//! mention        part, less that of the mention before; first byte × 2, + 1 if it is as long as the
//!                name; else how many bytes
//! topic          code, label, weight × 4 + witness, codes that contain it
//! code           0 and a text; else the number that its eight digits are
//! several        how many, and one after the other
//! ```
//!
//! Numbers and texts lie apart (`sheet`), and the texts are packed (`packing`). The layout has no
//! version of its own: it belongs to the index [`FORMAT`](super::FORMAT).

mod annotations;
mod article;
mod packing;
mod sheet;
mod symbols;

use crate::article::{Article, Origin};
use crate::error::{Error, Kind, Result};

use packing::Matter;
use sheet::Sheet;

/// Encodes an article, without what was recognised in it.
pub fn encode(article: &Article) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(BYTES_EXPECTED);
    article::write(article).end(&mut bytes, Matter::News);
    article::write_origin(&article.origin).end(&mut bytes, Matter::News);
    bytes
}

/// How many bytes most articles take.
const BYTES_EXPECTED: usize = 2048;

/// Appends what was recognised in an article to its record.
pub(super) fn annotate(record: &mut Vec<u8>, article: &Article) {
    annotations::write(article).end(record, Matter::Names);
}

/// Returns where a stored article stands if it is the same as the one that a new record is of, the
/// place and what was recognised in it left out; nothing where it is another.
///
/// # Errors
///
/// The records are none of this format: the index is damaged.
pub(super) fn place_of_same(stored: &[u8], new: &[u8]) -> Result<Option<Origin>> {
    let mut place = new;
    Sheet::take(&mut place).ok_or_else(damaged)?;
    let content = &new[..new.len() - place.len()];
    let place = stored.strip_prefix(content);
    place.map(|mut place| take_origin(&mut place).ok_or_else(damaged)).transpose()
}

/// Decodes an article, with what was recognised in it if that was appended.
///
/// # Errors
///
/// The bytes are not an article of this format: the index is damaged.
pub fn decode(bytes: &[u8]) -> Result<Article> {
    article_of(bytes).ok_or_else(damaged)
}

fn article_of(bytes: &[u8]) -> Option<Article> {
    let mut rest = bytes;
    let sheet = Sheet::take(&mut rest)?;
    let texts = sheet.texts(Matter::News)?;
    let mut article = article::read(sheet.reader(&texts)?, take_origin(&mut rest)?)?;
    if !rest.is_empty() {
        let sheet = Sheet::take(&mut rest).filter(|_| rest.is_empty())?;
        let texts = sheet.texts(Matter::Names)?;
        article.annotations = annotations::read(sheet.reader(&texts)?, &article)?;
    }
    Some(article)
}

fn take_origin(bytes: &mut &[u8]) -> Option<Origin> {
    let sheet = Sheet::take(bytes)?;
    let texts = sheet.texts(Matter::News)?;
    article::read_origin(sheet.reader(&texts)?)
}

/// Makes the error that a stored record is not as it is to be.
pub(super) fn damaged() -> Error {
    Error::new(Kind::Index, "cannot decode a stored article: it has another shape")
        .with_hint("make the index anew with 'dateline index --rebuild'")
}

#[cfg(test)]
mod tests;
