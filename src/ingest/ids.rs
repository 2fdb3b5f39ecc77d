//! One id, one article.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::article::{Article, Origin};
use crate::error::Result;

use super::plan::Planned;
use crate::text::printable;

/// The ids that a run has given, each with its file and record.
///
/// Ids are kept as 64-bit hashes: among ten million of them, two share one with a chance of three
/// in a million, and an article then only gets a number that it did not need.
#[derive(Default)]
pub(super) struct Ids {
    given: HashMap<u64, (usize, u64)>,
}

/// An id that another article has.
pub(super) struct Taken {
    id: String,
    /// The file and the record of the other one, where this run has read it.
    by: Option<(usize, u64)>,
}

impl Ids {
    /// Makes sure that an article's id is its own; returns who has it where it had to be changed.
    ///
    /// Nothing is lost: the second article with an id `x` becomes `x#2`, and the run says so.
    /// `carries` tells whether an article that stays as it is has an id.
    pub(super) fn give(
        &mut self,
        article: &mut Article,
        file_idx: usize,
        carries: impl Fn(&str) -> Result<bool>,
    ) -> Result<Option<Taken>> {
        let place = (file_idx, article.origin.record);
        let wanted = article.id.clone();
        let mut taken = None;
        let mut n = 2;
        loop {
            let by = self.given.get(&hash(&article.id)).copied();
            if by.is_none() && !carries(&article.id)? {
                break;
            }
            taken.get_or_insert(Taken { id: wanted.clone(), by });
            article.id = format!("{wanted}#{n}");
            n += 1;
        }
        self.given.insert(hash(&article.id), place);
        Ok(taken)
    }
}

impl Ids {
    /// Tells whether the run has given an id to an article.
    pub(super) fn is_given(&self, id: &str) -> bool {
        self.given.contains_key(&hash(id))
    }
}

impl Taken {
    /// Says what happened, in one line.
    pub(super) fn tell(&self, article: &Article, files: &[Planned]) -> String {
        let by = match self.by {
            Some((idx, record)) => {
                let path = files[idx].file.shown.clone();
                format!("{}", Origin { path, record, ..Origin::default() })
            }
            None => "an article that was there before".to_owned(),
        };
        format!(
            "{}: the id '{}' belongs to {by}; indexed as '{}'",
            article.origin,
            printable(&self.id),
            printable(&article.id)
        )
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
