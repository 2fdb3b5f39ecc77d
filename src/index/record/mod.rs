//! The stored article, and what was recognised in it.
//!
//! An article is stored as two sheets: what it says, and behind that where it stands, so that an
//! article which only stands elsewhere is told by its bytes. What was recognised in it is a sheet of
//! its own, beside it: so whether an article has changed is told without recognising anything.
//!
//! ```text
//! article        id, version, headline, subhead, byline, dateline?, date?, updated?, source,
//!                section, slug, keywords, subjects, named, language, url, paragraphs
//! its place      path, number of the record, its first byte, how many bytes
//! annotations    entities, topics
//! dateline       place, agency, first byte, how many bytes
//! date           seconds, provenance × 4 + precision, zone?
//! paragraph      text × 2, + 1 if it is no reporting
//! entity         ((witness × 4 + what follows) × 4 + flags) × 3 + kind, the flags being 1 if the name is
//!                the text of the first mention and 2 if part of the key or terms are kept; the name,
//!                if it is not there to be read; the key and the terms, if they are kept; mentions
//! mention        part, less that of the mention before; first byte, how many bytes
//! topic          code, label, weight × 4 + witness, codes that contain it
//! code           0 and a text; else the number that its eight digits are
//! x?             0 if there is none, else 1 and x
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

use sheet::Sheet;

/// Encodes an article, without what was recognised in it.
pub fn encode(article: &Article) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(BYTES_EXPECTED);
    article::write(article).end(&mut bytes);
    article::write_origin(&article.origin).end(&mut bytes);
    bytes
}

/// How many bytes most articles take.
const BYTES_EXPECTED: usize = 2048;

/// Returns where a stored article stands if it is the same as the one that a new record is of, the
/// place alone left out; nothing where it is another.
///
/// # Errors
///
/// The records are none of this format: the index is damaged.
pub(super) fn place_of_same(stored: &[u8], new: &[u8]) -> Result<Option<Origin>> {
    let mut place = new;
    Sheet::take(&mut place).ok_or_else(damaged)?;
    let content = &new[..new.len() - place.len()];
    stored.strip_prefix(content).map(|place| origin_of(place).ok_or_else(damaged)).transpose()
}

/// Decodes an article, without what was recognised in it.
///
/// # Errors
///
/// The bytes are not an article of this format: the index is damaged.
pub fn decode(bytes: &[u8]) -> Result<Article> {
    article_of(bytes).ok_or_else(damaged)
}

/// Encodes what was recognised in an article.
pub(super) fn encode_annotations(article: &Article) -> Vec<u8> {
    let mut bytes = Vec::new();
    annotations::write(article).end(&mut bytes);
    bytes
}

/// Decodes what was recognised in an article, and adds it; nothing where the bytes are missing.
///
/// # Errors
///
/// The bytes are not annotations of this format: the index is damaged.
pub(super) fn decode_annotations(bytes: &[u8], article: &mut Article) -> Result<()> {
    if !bytes.is_empty() {
        let mut rest = bytes;
        let sheet = Sheet::take(&mut rest).filter(|_| rest.is_empty()).ok_or_else(damaged)?;
        let texts = sheet.texts().ok_or_else(damaged)?;
        let read = sheet.reader(&texts).and_then(|it| annotations::read(it, article));
        article.annotations = read.ok_or_else(damaged)?;
    }
    Ok(())
}

fn article_of(bytes: &[u8]) -> Option<Article> {
    let mut rest = bytes;
    let sheet = Sheet::take(&mut rest)?;
    let texts = sheet.texts()?;
    article::read(sheet.reader(&texts)?, origin_of(rest)?)
}

fn origin_of(bytes: &[u8]) -> Option<Origin> {
    let mut rest = bytes;
    let sheet = Sheet::take(&mut rest).filter(|_| rest.is_empty())?;
    let texts = sheet.texts()?;
    article::read_origin(sheet.reader(&texts)?)
}

/// Makes the error that a stored record is not as it is to be.
pub(super) fn damaged() -> Error {
    Error::new(Kind::Index, "cannot decode a stored article: it has another shape")
        .with_hint("make the index anew with 'dateline index --rebuild'")
}

#[cfg(test)]
mod tests;
