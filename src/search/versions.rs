//! The versions of a story, and what differs between them.

use tantivy::{DocAddress, DocId};

use crate::article::Article;
use crate::copies::{Change, Shingles, changes};
use crate::error::Result;

use super::Searcher;

/// The most versions of a story that are listed.
pub const VERSIONS_MAX: usize = 1_000;

/// The articles that are copies of one story.
#[derive(Clone, Debug)]
pub struct Versions {
    /// The article that the others are compared with.
    pub against: Article,
    /// The versions in order of date, those without one last.
    pub versions: Vec<Version>,
    /// How many there are, those that are not listed included.
    pub n_versions: usize,
}

/// A version of a story.
#[derive(Clone, Debug)]
pub struct Version {
    /// The article.
    pub article: Article,
    /// Which part of the runs of five words that it or the one that it is compared with has both
    /// have: from 0 to 1.
    pub similarity: f64,
    /// What makes the other article this one; nothing where they differ too much to be told.
    pub changes: Option<Vec<Change>>,
}

impl Searcher {
    /// Returns the versions of the story that an article tells, at most `limit` of them, each
    /// compared with `against` or else with the earliest. An article without copies is its only
    /// version.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn versions(
        &self,
        article: &Article,
        against: Option<&Article>,
        limit: usize,
    ) -> Result<Versions> {
        self.generation.contained(|| {
            let address = self.address(&article.id)?;
            let members: &[DocId] = address.map_or(&[], |address| self.copies_of(address));
            let listed = members.iter().take(limit.min(VERSIONS_MAX));
            let mut articles = listed
                .map(|doc| self.stored(DocAddress::new(0, *doc)))
                .collect::<Result<Vec<Article>>>()?;
            if members.is_empty() {
                articles.push(article.clone());
            }
            let against = against.or(articles.first()).unwrap_or(article).clone();
            let shingles = Shingles::of(&against);
            let version = |article: Article| Version {
                similarity: shingles.similarity(&Shingles::of(&article)),
                changes: changes(&against, &article),
                article,
            };
            let versions = articles.into_iter().map(version).collect();
            Ok(Versions { versions, n_versions: members.len().max(1), against })
        })
    }
}
