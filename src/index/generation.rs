//! A generation that a reader holds.

use tantivy::directory::MmapDirectory;
use tantivy::{Index, ReloadPolicy, Searcher};

use crate::error::{Error, Kind, Named, Result, in_a_line};

use super::copies::Copies;
use super::directory::ReadOnly;
use super::facts::{FORMAT, Facts};
use super::home::Home;
use super::lines::LineTokenizer;
use super::records::Records;
use super::schema::{Fields, LINES};
use super::whereabouts::Whereabouts;

/// One state of the index, which stays as it is for as long as it is held.
pub struct Generation {
    /// What it holds.
    pub facts: Facts,
    /// Its fields.
    pub fields: Fields,
    /// tantivy's view of it.
    pub searcher: Searcher,
    /// The articles that are no longer where their documents say.
    pub whereabouts: Whereabouts,
    /// Which of its articles are copies of one story.
    pub copies: Copies,
    home: Home,
}

impl Generation {
    /// Opens the generation in use. Nothing is written and no lock is taken.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where there is no index, or another version of the program made it, or it
    /// is damaged.
    pub fn open(home: &Home) -> Result<Self> {
        let Some(number) = home.current()? else {
            let message = format!("there is no index at {}", Named(home.dir()));
            return Err(Error::new(Kind::Index, message)
                .with_hint("build one with 'dateline index PATH', PATH being your archive"));
        };
        match Self::open_kept(home, number) {
            // A run may have finished, and removed what we were about to open.
            Err(error) if home.current()? == Some(number) => Err(error),
            Err(_) => Self::open_kept(home, home.current()?.unwrap_or(number)),
            opened => opened,
        }
    }

    /// Opens a generation that is kept, in use or not.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_kept(home: &Home, number: u64) -> Result<Self> {
        home.contained(|| Self::open_trusting(home, number))
    }

    /// Calls tantivy to read the generation, and makes the error that it is damaged of a panic.
    ///
    /// # Errors
    ///
    /// Those of `read`, and [`Kind::Index`] where it panics.
    pub fn contained<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        self.home.contained(read)
    }

    /// Reads which records it knows again, if it has any.
    pub(super) fn records(&self) -> std::io::Result<Option<Records>> {
        let number = self.facts.generation;
        Records::read(&self.home.generation_dir(number), number)
    }

    fn open_trusting(home: &Home, number: u64) -> Result<Self> {
        let facts = home.facts(number)?;
        if !facts.is_readable() {
            return Err(made_by_another(home, &facts));
        }
        let dir = home.generation_dir(number);
        let damaged = |cause: tantivy::TantivyError| {
            let cause = in_a_line(&cause.to_string());
            let message = format!("cannot open the index at {}: {cause}", Named(home.dir()));
            home.unusable(message)
        };
        let directory = MmapDirectory::open(&dir).map_err(|cause| damaged(cause.into()))?;
        let index = Index::open(ReadOnly(directory)).map_err(damaged)?;
        register(&index, LineTokenizer::default());
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = builder.try_into().map_err(damaged)?;
        let (_, fields) = Fields::schema();
        let searcher = reader.searcher();
        let whereabouts = Whereabouts::open(&dir)?;
        let copies = Copies::open(&dir, &searcher)?;
        Ok(Self { facts, fields, searcher, whereabouts, copies, home: home.clone() })
    }
}

/// Registers our tokenizer: tantivy keeps its name in the index, not itself.
pub(super) fn register(index: &Index, tokenizer: LineTokenizer) {
    index.tokenizers().register(LINES, tokenizer);
}

fn made_by_another(home: &Home, facts: &Facts) -> Error {
    let made_by = if facts.format == FORMAT {
        format!("made by the rules '{}', this program has others", facts.analysis)
    } else {
        format!("made by format {}, this program reads format {FORMAT}", facts.format)
    };
    home.unusable(format!("cannot open the index at {}: {made_by}", Named(home.dir())))
}
