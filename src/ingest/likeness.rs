//! What an article is like, to tell a version of it from another article.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::article::Article;
use crate::index::Rank;
use crate::text::ascii_word_end;

use super::namesakes::hash;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The length of a likeness in bytes.
pub(super) const BYTES: usize = 4 * (7 + SAMPLES / 2);

/// The signs of a likeness: there is one, the publisher calls it a version, it has a time, it has
/// no date.
const IS_KNOWN: u32 = 1;
const IS_MARKED: u32 = 2;
const HAS_TIME: u32 = 4;
const IS_UNDATED: u32 = 8;

impl Likeness {
    /// Returns what [`of_bytes`](Self::of_bytes) reads: the signs, the version, the time, the
    /// content, how many paragraphs, and the samples of the sketch two by two, as numbers of 4
    /// bytes, the least significant first.
    pub(super) fn to_bytes(self) -> [u8; BYTES] {
        let Self { rank: Rank { version, at }, sketch, .. } = self;
        let signs = IS_KNOWN
            | if self.is_marked { IS_MARKED } else { 0 }
            | if at.is_some() { HAS_TIME } else { 0 }
            | if self.undated > 0 { IS_UNDATED } else { 0 };
        let at = at.unwrap_or_default().cast_unsigned();
        let longs = [version, at].map(|it| [it as u32, (it >> 32) as u32]);
        let mut bytes = [0; BYTES];
        let (places, _) = bytes.as_chunks_mut();
        let numbers = [signs].into_iter().chain(longs.into_iter().flatten());
        let numbers = numbers.chain([self.content, self.paragraphs]);
        let (pairs, _) = sketch.as_chunks();
        let pairs = pairs.iter().map(|[a, b]| u32::from(*a) | u32::from(*b) << 16);
        for (place, number) in places.iter_mut().zip(numbers.chain(pairs)) {
            *place = number.to_le_bytes();
        }
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; nothing where there are zeros instead.
    pub(super) fn of_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut next = || number(&mut bytes);
        let signs = next();
        let mut long = || u64::from(next()) | u64::from(next()) << 32;
        let (version, at) = (long(), long().cast_signed());
        let (content, paragraphs) = (next(), next());
        let mut sketch = [0; SAMPLES];
        for pair in sketch.chunks_mut(2) {
            let both = next();
            pair.copy_from_slice(&[both as u16, (both >> 16) as u16]);
        }
        (signs & IS_KNOWN > 0).then_some(Self {
            rank: Rank { version, at: (signs & HAS_TIME > 0).then_some(at) },
            is_marked: signs & IS_MARKED > 0,
            sketch,
            content,
            paragraphs,
            undated: u8::from(signs & IS_UNDATED > 0),
        })
    }
}

/// Takes the next number of 4 bytes, the least significant first; zero behind the end.
pub(super) fn number(bytes: &mut &[u8]) -> u32 {
    let (number, rest) = bytes.split_first_chunk().unwrap_or((&[0; 4], &[]));
    *bytes = rest;
    u32::from_le_bytes(*number)
}

/// Keeps of each eighth of all words the one that is sampled.
fn sample(text: &str, sketch: &mut [u16; SAMPLES]) {
    let mut lower = String::new();
    let mut at = 0;
    while at < text.len() {
        let end = word_end(text, at);
        let word = &text[at..end];
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
        at = end + text[end..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Returns where the letters and figures end that stand from a byte on.
fn word_end(text: &str, start: usize) -> usize {
    let end = ascii_word_end(text.as_bytes(), start);
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let others = text[end..].find(|c: char| !c.is_alphanumeric());
    others.map_or(text.len(), |n| end + n)
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

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Dated, Paragraph, ParagraphKind, Provenance};
    use crate::text::Moment;

    fn likeness(version: u64, day: i8, text: &str) -> Likeness {
        let date = Moment::day(2024, 3, day);
        let date = date.map(|moment| Dated { moment, provenance: Provenance::Meta });
        let paragraphs = vec![Paragraph { text: text.to_owned(), kind: ParagraphKind::Body }];
        Likeness::of(&Article { version, date, paragraphs, ..Article::default() })
    }

    /// Any likeness.
    pub(in crate::ingest) fn any_likeness() -> impl Strategy<Value = Likeness> {
        let numbers = any::<(u64, Option<i64>, [u16; SAMPLES], u32, u32)>();
        let signs = any::<(bool, bool)>();
        (numbers, signs).prop_map(|((version, at, sketch, content, paragraphs), signs)| Likeness {
            rank: Rank { version, at },
            is_marked: signs.0,
            sketch,
            content,
            paragraphs,
            undated: u8::from(signs.1),
        })
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
