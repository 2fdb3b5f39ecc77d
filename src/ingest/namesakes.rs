//! One id, one article: which of several records with an id is indexed.
//!
//! A publisher sends an article again when it is corrected, under the id that it had. The record
//! with the later version, or of the later time, supersedes the other; the same record twice is
//! indexed once. But an id may also be a number that begins anew in every file: two records that
//! are neither marked as versions nor alike are two articles, and the second one's id gets a number
//! of its own.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::article::{Article, Origin};
use crate::error::Result;
use crate::index::{Draft, Rank};
use crate::text::printable;

use super::plan::Planned;

/// How many samples a sketch has.
const SAMPLES: usize = 8;

/// How many samples two articles must share to be alike: of unrelated ones two in a hundred do, of
/// versions of one nearly all.
const SHARED_MIN: usize = 2;

/// Shorter words are in every article.
const WORD_BYTES_MIN: usize = 5;

/// How much of the body is sketched.
const SKETCHED_BYTES: usize = 800;

/// What is remembered of an article, to compare it with another one of the same id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    pub(super) rank: Rank,
    /// Whether the publisher says that it is a version.
    is_marked: bool,
    /// Words of the article, one of each eighth of all words (one permutation MinHash: Li, Owen
    /// and Zhang 2012); 0 is none.
    sketch: [u16; SAMPLES],
    content: u32,
    pub(super) paragraphs: u32,
    pub(super) undated: u8,
}

impl Likeness {
    /// Looks at an article.
    pub(super) fn of(article: &Article) -> Self {
        let at = article.updated.or(article.date.map(|it| it.moment));
        let mut content = DefaultHasher::new();
        let mut sketch = [0_u16; SAMPLES];
        article.headline.hash(&mut content);
        sample(&article.headline, &mut sketch);
        let mut room = SKETCHED_BYTES;
        let mut paragraphs = 0;
        for (_, paragraph) in article.body() {
            paragraph.text.hash(&mut content);
            let end = paragraph.text.floor_char_boundary(room);
            sample(&paragraph.text[..end], &mut sketch);
            room -= end;
            paragraphs += 1;
        }
        Self {
            rank: Rank { version: article.version, at: at.map(|it| it.seconds) },
            is_marked: article.version > 0 || article.updated.is_some(),
            sketch,
            content: content.finish() as u32,
            paragraphs,
            undated: u8::from(article.date.is_none()),
        }
    }

    /// Compares an article with one that was there before.
    pub(super) fn against(&self, before: &Self) -> Verdict {
        if self.content == before.content && !self.rank.is_later(before.rank) {
            return Verdict::Superseded;
        }
        let n_shared = self.sketch.iter().zip(before.sketch).filter(|(a, b)| **a == *b && *b > 0);
        let is_version = self.is_marked || before.is_marked || n_shared.count() >= SHARED_MIN;
        match (is_version, self.rank.is_later(before.rank), before.rank.is_later(self.rank)) {
            (true, true, _) => Verdict::Supersedes,
            (true, _, true) => Verdict::Superseded,
            _ => Verdict::Another,
        }
    }
}

/// Keeps of each eighth of all words the one that is sampled.
fn sample(text: &str, sketch: &mut [u16; SAMPLES]) {
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if word.len() >= WORD_BYTES_MIN {
            lower.clear();
            if word.is_ascii() {
                lower.push_str(word);
                lower.make_ascii_lowercase();
            } else {
                lower.push_str(&word.to_lowercase());
            }
            let hash = hash(&lower);
            let place = &mut sketch[(hash >> 61) as usize];
            *place = (*place).max(hash as u16);
        }
    }
}

/// What an article is to one with its id that was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A later version.
    Supersedes,
    /// An earlier version, or the same.
    Superseded,
    /// Another article.
    Another,
}

/// The ids that a run has given, each with its file and record, and what the article was like.
///
/// Ids are kept as 64-bit hashes: among ten million of them, two share one with a chance of three
/// in a million, and an article then only gets a number that it did not need. An article takes some
/// 70 bytes.
#[derive(Default)]
pub(super) struct Namesakes {
    given: HashMap<u64, Given>,
}

struct Given {
    file_idx: u32,
    record: u32,
    /// Nothing where the article is as the index had it before the run, and can be asked for.
    likeness: Option<Likeness>,
}

/// The article that has the id of another one.
pub(super) struct Holder {
    /// The absolute path of the file that it comes from; none where that is not known any more.
    pub(super) origin: Option<String>,
    /// Its place, as it is told.
    pub(super) place: String,
    /// The number of its record.
    pub(super) record: u64,
    pub(super) likeness: Likeness,
}

impl Namesakes {
    /// Returns who has an id, of the articles that the run has read or that stay as they are.
    pub(super) fn holder(
        &self,
        id: &str,
        draft: &Draft,
        files: &[Planned],
    ) -> Result<Option<Holder>> {
        if let Some(given) = self.given.get(&hash(id)) {
            let file = &files[given.file_idx as usize].file;
            let record = u64::from(given.record);
            let path = file.shown.clone();
            let likeness = match given.likeness {
                Some(likeness) => likeness,
                None => {
                    let article = draft.article_before(id, Origin::default())?;
                    Likeness::of(&article.unwrap_or_default())
                }
            };
            return Ok(Some(Holder {
                origin: Some(file.origin.clone()),
                place: Origin { path, record, ..Origin::default() }.to_string(),
                record,
                likeness,
            }));
        }
        let Some(found) = draft.holder(id)? else {
            return Ok(None);
        };
        Ok(Some(Holder {
            origin: found.origin,
            place: "an article that was there before".to_owned(),
            record: found.article.origin.record,
            likeness: Likeness::of(&found.article),
        }))
    }

    /// Notes who has an id now, and what the article is like, unless it is as the index had it.
    pub(super) fn give(
        &mut self,
        id: &str,
        file_idx: usize,
        record: u64,
        likeness: Option<Likeness>,
    ) {
        let clamped = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let (file_idx, record) = (clamped(file_idx as u64), clamped(record));
        self.given.insert(hash(id), Given { file_idx, record, likeness });
    }

    /// Takes an id back that an article was given which is withdrawn.
    pub(super) fn take_back(&mut self, id: &str) {
        self.given.remove(&hash(id));
    }

    /// Tells whether the run has given an id to an article.
    pub(super) fn is_given(&self, id: &str) -> bool {
        self.given.contains_key(&hash(id))
    }
}

/// Says that an article got another id than its own.
pub(super) fn told(article: &Article, own: &str, holder: &Holder) -> String {
    format!(
        "{}: the id '{}' belongs to {}; indexed as '{}'",
        article.origin,
        printable(own),
        holder.place,
        printable(&article.id)
    )
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Dated, Paragraph, ParagraphKind, Provenance};
    use crate::text::Moment;

    fn likeness(version: u64, day: i8, text: &str) -> Likeness {
        let date = Moment::day(2024, 3, day);
        let date = date.map(|moment| Dated { moment, provenance: Provenance::Meta });
        let paragraphs = vec![Paragraph { text: text.to_owned(), kind: ParagraphKind::Body }];
        Likeness::of(&Article { version, date, paragraphs, ..Article::default() })
    }

    const BRIDGE: &str = "The bridge over the Tarrow was closed on Monday after the inspection.";
    const FERRY: &str = "Ferries between the islands stand still while their captains negotiate.";

    #[test]
    fn later_versions_supersede_and_strangers_do_not() {
        let corrected = BRIDGE.replace("Monday", "Tuesday");
        for (new, before, want) in [
            (likeness(2, 0, BRIDGE), likeness(1, 0, FERRY), Verdict::Supersedes),
            (likeness(1, 0, BRIDGE), likeness(2, 0, FERRY), Verdict::Superseded),
            (likeness(0, 5, &corrected), likeness(0, 4, BRIDGE), Verdict::Supersedes),
            (likeness(0, 4, &corrected), likeness(0, 5, BRIDGE), Verdict::Superseded),
            (likeness(0, 4, BRIDGE), likeness(0, 4, BRIDGE), Verdict::Superseded),
            (likeness(0, 0, BRIDGE), likeness(0, 0, BRIDGE), Verdict::Superseded),
            (likeness(0, 5, FERRY), likeness(0, 4, BRIDGE), Verdict::Another),
            (likeness(0, 4, &corrected), likeness(0, 4, BRIDGE), Verdict::Another),
        ] {
            assert_eq!(new.against(&before), want, "{new:?} {before:?}");
        }
    }
}
