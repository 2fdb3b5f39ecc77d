//! Of the records with one id, which one is in a draft.

use std::collections::HashMap;

use tantivy::schema::Term;

use super::carried::WithId;
use super::journal::Entry;
use super::{Draft, settled};
use crate::article::Article;
use crate::error::Result;
use crate::index::record;
use crate::index::records::id_hash;
use crate::index::versions::Version;

/// An article that stays as it is, and that has the id of another one.
#[derive(Debug)]
pub struct Holder {
    /// The article.
    pub article: Article,
    /// The absolute path of the file that it comes from; none where that is not known any more.
    pub origin: Option<String>,
}

impl Draft {
    /// Returns the article of another file, which stays as it is, that has this id.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the index cannot be read.
    pub fn holder(&self, id: &str) -> Result<Option<Holder>> {
        let Some(carried) = &self.carried else {
            return Ok(None);
        };
        match self.open.awaits(id) || carried.with_id(id)? != WithId::Stays {
            true => Ok(None),
            false => self.before(id),
        }
    }

    /// Returns the article that had an id before the run.
    fn before(&self, id: &str) -> Result<Option<Holder>> {
        let Some(carried) = self.carried.as_ref().filter(|_| !self.displaced.contains(id)) else {
            return Ok(None);
        };
        let Some((article, address)) = carried.with_address(id)? else {
            return Ok(None);
        };
        let place =
            self.known_place(id)?.map_or(article.origin.clone(), |it| settled(it, &article.origin));
        let mut origin = None;
        for path in ancestors(&place.path) {
            if let Some(candidate) = self.told().get(path)
                && let Some(file) = self.files.get(candidate)
                && carried.is_of_file(address, file.key())?
            {
                origin = Some(candidate.clone());
                break;
            }
        }
        Ok(Some(Holder { article, origin }))
    }

    fn told(&self) -> &HashMap<String, String> {
        self.told.get_or_init(|| {
            let files = self.files.values();
            files.map(|file| (file.path.clone(), file.origin.clone())).collect()
        })
    }

    /// Returns the latest word that an article is withdrawn, if there is one in a file that stays
    /// or was read before.
    pub fn withdrawal(&self, id: &str) -> Option<&Version> {
        let of_this_file = self.open.versions.iter().filter(|it| !it.withdrawn.is_empty());
        let own = of_this_file.filter(|it| it.id == id);
        let others = self.ledger.withdrawal(id, |origin| !self.speaking.contains(origin));
        own.chain(others).reduce(|a, b| if b.rank.is_later(a.rank) { b } else { a })
    }

    /// Notes a record of the open file that does not get in, or that withdraws an article.
    pub fn note_version(&mut self, version: Version) {
        self.open.versions.push(version);
    }

    /// Takes out an article that the run has put in or that stays, because another record
    /// supersedes it. Those of the open file are counted by the caller.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn displace(&mut self, version: Version, undated: u64, paragraphs: u64) -> Result<()> {
        // What still waits to be analyzed would get in behind the deletion.
        self.analyzers.drain()?;
        self.delete(Term::from_field_text(self.fields.id, &version.id));
        self.displaced.insert(version.id.clone());
        self.forget_place(&version.id)?;
        if self.open.origin == version.origin {
            self.rows.take_back(id_hash(&version.id));
            self.open.versions.push(version);
            return Ok(());
        }
        let origin = version.origin.clone();
        self.rows.spoil(&origin);
        if let Some(file) = self.files.get_mut(&origin) {
            file.lose([1, undated, paragraphs]);
        }
        self.ledger.push(version.clone());
        self.journal.push(&Entry::Displaced { origin, version: Some(version), paragraphs, undated })
    }

    /// Notes that an article has the id of one of another file, which is to be read and then speaks
    /// for itself: should the run end before that, the next one is to read it.
    pub(super) fn take_from(&mut self, id: &str) -> Result<()> {
        let Some(Holder { article, origin: Some(origin) }) = self.before(id)? else {
            return Ok(());
        };
        // What was read speaks for itself already, but for what it did not come to.
        let is_left = self.left.remove(&id_hash(id)).is_some();
        let is_open = is_left || !self.done.contains(&origin);
        let Some(file) = self.files.get_mut(&origin).filter(|_| is_open) else {
            return Ok(());
        };
        let undated = u64::from(article.date.is_none());
        let paragraphs = article.body().count() as u64;
        file.lose([1, undated, paragraphs]);
        file.doubt();
        self.rows.spoil(&origin);
        self.journal.push(&Entry::Displaced { origin, version: None, paragraphs, undated })
    }

    /// Puts in an article whose id another one had, which was [`displaced`](Self::displace).
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn put_instead(&mut self, article: Article) -> Result<()> {
        self.open.take_before(&article.id);
        let bytes = record::encode(&article);
        self.add(article, bytes)
    }
}

/// Returns a path, and the paths of the folders above it: an article of an archive has a path below
/// the file's.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(above, _)| above))
}
