//! One id, one article: which of several records with an id is indexed.
//!
//! A publisher sends an article again when it is corrected, under the id that it had. The record
//! with the later version, or of the later time, supersedes the other; the same record twice is
//! indexed once. But an id may also be a number that begins anew in every file: two records that
//! are neither marked as versions nor alike are two articles, and the second one's id gets a number
//! of its own.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::article::{Article, Origin};
use crate::error::{Error, Kind, Result};
use crate::index::{Draft, Home, Scratch};
use crate::text::printable;

use super::likeness::{self, Likeness};
use super::numbers::{NUMBER_MAX, Numbers};
use super::plan::Planned;

/// The ids that a run has given, each with its file and record, and what the article was like.
///
/// Ids are kept as 64-bit hashes: among ten million of them, two share one with a chance of three
/// in a million, and an article then only gets a number that it did not need. An article takes some
/// 20 bytes of memory, and [`GIVEN_BYTES`] on the disk of the index while the run lasts: what it was
/// like is asked for only where its id comes again.
pub(super) struct Namesakes {
    /// Where in `given` an id is.
    places: Numbers,
    given: Scratch<GIVEN_BYTES>,
}

/// Who was given an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Given {
    file_idx: u32,
    record: u32,
    /// Nothing where the article is as the index had it before the run, and can be asked for.
    likeness: Option<Likeness>,
}

/// The length of what is kept of an id: its file, its record, and what the article was like.
const GIVEN_BYTES: usize = 8 + likeness::BYTES;

impl Given {
    /// Returns what [`of_bytes`](Self::of_bytes) reads: numbers of 4 bytes, the least significant
    /// first, and zeros where the likeness is not known.
    fn to_bytes(self) -> [u8; GIVEN_BYTES] {
        let mut bytes = [0; GIVEN_BYTES];
        let (head, likeness) = bytes.split_at_mut(8);
        head[..4].copy_from_slice(&self.file_idx.to_le_bytes());
        head[4..].copy_from_slice(&self.record.to_le_bytes());
        if let Some(known) = self.likeness {
            likeness.copy_from_slice(&known.to_bytes());
        }
        bytes
    }

    fn of_bytes(bytes: &[u8; GIVEN_BYTES]) -> Self {
        let mut rest = bytes.as_slice();
        let file_idx = likeness::number(&mut rest);
        let record = likeness::number(&mut rest);
        Self { file_idx, record, likeness: Likeness::of_bytes(rest) }
    }
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
    /// Begins a run, in which no id is given yet.
    pub(super) fn of_run(home: &Home) -> Self {
        Self { places: Numbers::default(), given: home.scratch() }
    }

    /// Returns who has an id, of the articles that the run has read or that stay as they are.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub(super) fn holder(
        &self,
        id: &str,
        draft: &Draft,
        files: &[Planned],
    ) -> Result<Option<Holder>> {
        if let Some(place) = self.places.get(hash(id)) {
            let given = Given::of_bytes(&self.given.at(place.into())?);
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
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us, and for more ids than an index can hold.
    pub(super) fn give(
        &mut self,
        id: &str,
        file_idx: usize,
        record: u64,
        likeness: Option<Likeness>,
    ) -> Result<()> {
        let clamped = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let (file_idx, record) = (clamped(file_idx as u64), clamped(record));
        let place = self.given.push(Given { file_idx, record, likeness }.to_bytes())?;
        let place = u32::try_from(place).ok().filter(|place| *place <= NUMBER_MAX);
        let too_many = || Error::new(Kind::Io, format!("more than {NUMBER_MAX} articles"));
        self.places.insert(hash(id), place.ok_or_else(too_many)?);
        Ok(())
    }

    /// Takes an id back that an article was given which is withdrawn.
    pub(super) fn take_back(&mut self, id: &str) {
        self.places.remove(hash(id));
    }

    /// Tells whether the run has given an id to an article.
    pub(super) fn is_given(&self, id: &str) -> bool {
        self.places.get(hash(id)).is_some()
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

pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn who_was_given_an_id_is_read_as_it_was_written(
            (file_idx, record) in any::<(u32, u32)>(),
            likeness in prop::option::of(likeness::tests::any_likeness()),
        ) {
            let given = Given { file_idx, record, likeness };
            prop_assert_eq!(Given::of_bytes(&given.to_bytes()), given);
        }
    }

    #[test]
    fn an_id_is_given_until_it_is_taken_back() {
        let world = tempfile::tempdir().unwrap();
        let mut namesakes = Namesakes::of_run(&Home::at(world.path()));
        for record in 1..=2 {
            namesakes.give("bridge", 0, record, None).unwrap();
            assert!(namesakes.is_given("bridge") && !namesakes.is_given("ferry"));
            namesakes.take_back("bridge");
            namesakes.take_back("ferry");
            assert!(!namesakes.is_given("bridge"));
        }
    }
}
