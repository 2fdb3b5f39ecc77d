//! Records that stand in their file as they did, so that their articles stay.

use super::Draft;
use crate::article::{Article, KnownRecord, Origin, Unchanged};
use crate::error::Result;
use crate::index::facts::FileFacts;
use crate::index::records::{KnownRows, id_hash};

impl Draft {
    /// Returns what the records of a file were, where the draft holds their articles as they were
    /// then: a run that was broken off may have replaced some.
    pub fn known_rows(&self, file: &FileFacts) -> Option<KnownRows> {
        let is_as_it_was = !file.hash.is_empty() && !self.done.contains(&file.origin);
        self.rows.of_base(&file.origin).filter(|_| is_as_it_was)
    }

    /// Returns the id of an article that the open file had before, by the hash of the id.
    pub fn id_before(&self, id_hash: u64) -> Option<&str> {
        self.open.before.get(&id_hash).map(|(id, _)| id.as_str())
    }

    /// Tells whether something else has a say in what becomes of an article: a record that took
    /// its place, a word that withdraws it.
    pub fn is_contested(&self, id: &str) -> bool {
        self.displaced.contains(id) || self.withdrawal(id).is_some()
    }

    /// Returns the article that the index had under an id before the run, as if it had been read
    /// at a place.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index cannot be read.
    pub fn article_before(&self, id: &str, origin: Origin) -> Result<Option<Article>> {
        let Some(carried) = &self.carried else {
            return Ok(None);
        };
        let found = carried.with_address(id)?;
        Ok(found.map(|(article, _)| Article { origin, ..article }))
    }

    /// Leaves the article of a record as it is that the open file has as it had it before; where it
    /// stands now is noted.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the index cannot be read.
    pub fn keep(&mut self, unchanged: Unchanged) -> Result<()> {
        let Unchanged { known, origin } = unchanged;
        let Some((id, address)) = self.open.before.get_mut(&known.id_hash) else {
            return Ok(());
        };
        *address = None;
        let id = id.clone();
        self.rows.push(&KnownRecord { record: origin.record, span: origin.span, ..known });
        if (known.record, known.span) != (origin.record, origin.span) {
            // The file has the path that it had; where its documents have another, that is known.
            let path = self.known_place(&id)?.map(|it| it.path).unwrap_or_default();
            self.open.moves.push((id, Some(Origin { path, ..origin })));
        }
        Ok(())
    }

    /// Takes note of the record of the article with an id, which was put in, so that it is known
    /// the next time.
    pub fn note_record(&mut self, id: &str, record: KnownRecord) {
        self.rows.push(&KnownRecord { id_hash: id_hash(id), ..record });
    }
}
