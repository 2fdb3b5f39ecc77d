//! Questions to the index, and its answers.
//!
//! ```text
//! query ──▶ meaning ──▶ compile ──▶ tantivy ──▶ top ──▶ ranking
//!                                                         │
//!                     snippets ◀── matcher ◀── stored articles
//! ```
//!
//! [`Searcher::search`] reads a query's meaning, finds the best articles in the index, and then
//! asks the matcher about each: the marks in an answer come from the article's own text. Nothing
//! in an [`Answer`] says that the index is on this machine.

mod best;
mod by_language;
mod columns;
mod compile;
mod copies;
mod deadline;
mod diagnosis;
mod dictionary;
mod expand;
mod explain;
mod facets;
mod filter;
mod first;
mod forms;
mod hit;
mod listing;
mod lookup;
mod moved;
mod naming;
mod neighbours;
mod pattern;
mod postings;
mod ranking;
mod request;
mod run;
mod similar;
mod spelling;
mod stopwatch;
mod tongues;
mod top;
mod versions;
mod words;

use std::borrow::Cow;
use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use tantivy::query::{EnableScoring, Weight};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, TantivyError};

use crate::article::Article;
use crate::error::{Error, Kind, Result, in_a_line};
use crate::index::{self, Facts, Generation, Home};
use crate::matcher::{Mark, Matcher};
use crate::query::{Clause, Looseness, Meaning, Query};
use crate::text::{Moment, Stems, Tongue};

use by_language::ByLanguage;
use columns::Columns;
use compile::Compiler;
use deadline::Deadline;
use dictionary::WordList;
use facets::VALUES_BESIDE_HITS;
use lookup::Lookup;
use neighbours::Neighbours;
use top::{Pruning, Ranked};
use words::Total;

pub use copies::{Folding, Lead, Story};
pub use diagnosis::{Diagnosis, PARTS_MAX, Part, Relaxation, Unknown};
pub use explain::{ClauseReport, Evidence, Explanation, ScorePart, ScoreReport};
pub use facets::{FACET_VALUES_MAX, Facet, FacetCount, FacetValue, Facets};
pub use hit::{Answer, Count, Hit, Note};
pub use listing::Listed;
pub use ranking::{Bm25Form, Feedback, Pairs, Ranking, Weights};
pub use request::{Expansion, Match, Request, Sort, Spelling};
pub use similar::{Similar, TERMS_MAX};
pub use spelling::{Correction, Variant};
pub use stopwatch::{Stage, Stopwatch};
pub use versions::{VERSIONS_MAX, Version, Versions};

/// The most hits of one answer.
pub const HITS_MAX: usize = 1_000;

/// The most surface forms that a wildcard stands for; of more, the most frequent are searched.
pub const EXPANSION_MAX: usize = 1_000;

/// The most surface forms that all wildcards of a query stand for together, the first ones first.
pub const EXPANSIONS_MAX: usize = 20_000;

/// An index, open for questions. It stays at the generation that it opened.
pub struct Searcher {
    generation: Generation,
    columns: Vec<Columns>,
    stores: Vec<StoreReader>,
    /// The words of the archive, once something asked for all of them.
    words: OnceLock<WordList>,
    /// The words that are like others, once it pays to know them.
    neighbours: Neighbours,
    /// The languages of its articles.
    tongues: Vec<Tongue>,
    /// The stems of the words of earlier queries, and of the words beside them.
    stems: Mutex<Stems>,
}

/// What is opened of each segment, and what is known of all.
type Parts = (Vec<Columns>, Vec<StoreReader>, Vec<Tongue>);

impl Searcher {
    /// Opens the generation in use.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where there is no index, or another version made it, or it is damaged.
    pub fn open(home: &Home) -> Result<Self> {
        Self::of(Generation::open(home)?)
    }

    /// Searches a generation that is open.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where it turns out to be damaged.
    pub fn of(generation: Generation) -> Result<Self> {
        let opened = generation.contained(|| Self::open_parts(&generation).map_err(damaged));
        let (columns, stores, tongues) = opened?;
        Ok(Self {
            columns,
            stores,
            words: OnceLock::new(),
            neighbours: Neighbours::default(),
            tongues,
            stems: Mutex::default(),
            generation,
        })
    }

    fn open_parts(generation: &Generation) -> tantivy::Result<Parts> {
        let segments = generation.searcher.segment_readers();
        let columns = segments.iter().map(Columns::open).collect::<tantivy::Result<_>>()?;
        let stores = segments.iter().map(|segment| segment.get_store_reader(0));
        let tongues = tongues::of(&generation.searcher, generation.fields)?;
        Ok((columns, stores.collect::<std::io::Result<_>>()?, tongues))
    }

    /// Returns what the index holds.
    pub fn facts(&self) -> &Facts {
        &self.generation.facts
    }

    /// Answers a question.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index turns out to be damaged.
    pub fn search(&self, request: &Request) -> Result<Answer> {
        self.generation.contained(|| self.answer(request))
    }

    fn answer(&self, request: &Request) -> Result<Answer> {
        let started = Instant::now();
        let deadline = Deadline::after(started, request.timeout);
        let (looseness, may_relax) = match request.matching {
            Match::Auto => (Looseness::All, true),
            Match::All => (Looseness::All, false),
            Match::Any => (Looseness::Any, false),
        };
        let (mut meaning, mut corrections) = self.read(&request.query, looseness, request)?;
        let mut found = self.find_as_asked(&mut meaning, request, &deadline)?;
        let mut relaxed = false;
        if found.ranked.is_empty() && may_relax && !deadline.has_passed() {
            let (any, corrected) = self.read(&request.query, Looseness::Any, request)?;
            if any.clause != meaning.clause {
                (meaning, corrections) = (any, corrected);
                found = self.find_as_asked(&mut meaning, request, &deadline)?;
                relaxed = !found.ranked.is_empty();
            }
        }
        let hits = self.hits(&meaning, &found.ranked, request)?;
        let facets = match request.facets.as_slice() {
            [] => Vec::new(),
            facets => self.facets_of(&meaning.clause, facets, VALUES_BESIDE_HITS)?.counts,
        };
        let timed_out = deadline.has_passed();
        let is_vain = hits.is_empty() && found.total == 0 && !timed_out;
        let remarks = Stage::Remarks;
        let diagnosis =
            is_vain.then(|| request.timed(remarks, || self.diagnose(request))).transpose()?;
        let mut notes = request.reading_notes();
        notes.append(&mut self.notes(&meaning, &found, relaxed, timed_out));
        if !is_vain {
            let note = || self.note_vain_parts(&request.query, request, &mut notes);
            request.timed(remarks, note)?;
        }
        Ok(Answer {
            total: found.total,
            total_is_exact: !timed_out,
            hits,
            facets,
            relaxed,
            corrections,
            notes,
            diagnosis,
            took: started.elapsed(),
            generation: self.generation.facts.generation,
            query: request.query.to_string(),
        })
    }

    /// Finds the best articles, for a query that learns from them where that is asked for.
    fn find_as_asked(
        &self,
        meaning: &mut Meaning,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<Found> {
        match request.expansion {
            Expansion::None => self.find(meaning, request, deadline),
            Expansion::Feedback => self.find_expanded(meaning, request, deadline),
        }
    }

    /// Reads a query as a request wants it read.
    fn read(
        &self,
        query: &Query,
        looseness: Looseness,
        request: &Request,
    ) -> Result<(Meaning, Vec<Correction>)> {
        request.timed(Stage::Reading, || {
            let mut meaning = self.meaning(query, looseness, request.today)?;
            let corrections = match request.spelling {
                Spelling::Corrected => self.correct(&mut meaning.clause)?,
                Spelling::AsTyped => Vec::new(),
            };
            Ok((meaning, corrections))
        })
    }

    /// Counts the articles that match a query as a request wants it read, all words required.
    fn count_for(&self, query: &Query, request: &Request) -> Result<u64> {
        self.count_clause(&self.read(query, Looseness::All, request)?.0.clause)
    }

    /// Counts the articles that match, all words side by side being required and each as typed.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index turns out to be damaged.
    pub fn count(&self, query: &Query, today: Moment) -> Result<Count> {
        self.generation.contained(|| self.count_as_typed(query, today))
    }

    fn count_as_typed(&self, query: &Query, today: Moment) -> Result<Count> {
        let meaning = self.meaning(query, Looseness::All, today)?;
        let weighed = self.weigh(&meaning.clause, None, &Deadline::default())?;
        let n_articles = self.count_all(&weighed.lookups)?;
        Ok(Count { n_articles, notes: self.notes_on(&meaning, weighed.notes) })
    }

    /// Returns how many articles have each of some folded words, in any form of its stem.
    ///
    /// That is a count of the index, and includes articles that were deleted from it since.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index turns out to be damaged.
    pub fn n_articles_with(&self, words: &[String]) -> Result<Vec<u64>> {
        let mut stems = Stems::default();
        let mut count = |word: &String| {
            let terms = stems.all(&self.tongues, word, word);
            terms.iter().map(|term| self.n_articles_of_term(term)).sum::<Result<u64>>()
        };
        self.generation.contained(|| words.iter().map(&mut count).collect())
    }

    /// Returns the article with an id.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index turns out to be damaged.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        self.generation
            .contained(|| self.address(id)?.map(|address| self.stored(address)).transpose())
    }

    /// Returns where the article with an id lies.
    fn address(&self, id: &str) -> Result<Option<DocAddress>> {
        let deadline = Deadline::default();
        let weighed = self.weigh(&Clause::id(id), None, &deadline)?;
        let top = self.collect(&weighed, 1, Sort::Newest, Total::Unwanted, &deadline)?;
        Ok(top.into_ranked().first().map(|ranked| ranked.address))
    }

    /// Returns the words of an article that a request marks; nothing where it does not match.
    ///
    /// Words side by side are taken loosely where the article has not all of them.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index turns out to be damaged.
    pub fn marks(&self, request: &Request, article: &Article) -> Result<Option<Vec<Mark>>> {
        self.generation.contained(|| {
            for looseness in [Looseness::All, Looseness::Any] {
                let (meaning, _) = self.read(&request.query, looseness, request)?;
                if let Some(marks) = Matcher::new(&meaning.clause).find(article) {
                    return Ok(Some(marks));
                }
            }
            Ok(None)
        })
    }

    fn count_clause(&self, clause: &Clause) -> Result<u64> {
        // In no order by relevance nothing is scored.
        self.count_all(&self.weigh(clause, None, &Deadline::default())?.lookups)
    }

    /// Counts the articles that match any of some lookups, none of which share an article.
    fn count_all(&self, lookups: &[Lookup]) -> Result<u64> {
        let segments = self.generation.searcher.segment_readers().iter();
        let pairs = segments.flat_map(|segment| lookups.iter().map(move |it| (segment, it)));
        let counts = pairs.map(|(segment, lookup)| lookup.count(segment));
        counts.sum::<tantivy::Result<u64>>().map_err(damaged)
    }

    /// Makes a clause ready to be looked up, and scored where a form of BM25 is given.
    fn weigh(
        &self,
        clause: &Clause,
        bm25: Option<Bm25Form>,
        deadline: &Deadline,
    ) -> Result<Weighed> {
        let clause = self.settled(clause)?;
        self.weigh_settled(&clause, bm25, deadline).map_err(damaged)
    }

    /// Makes a clause ready to be looked up as one, not language by language, and never scored.
    fn weigh_whole(&self, clause: &Clause) -> Result<(Box<dyn Weight>, Vec<Note>)> {
        let clause = self.settled(clause)?;
        let deadline = Deadline::default();
        let compiled = self.compiler(None, &deadline).compile(&clause).map_err(damaged)?;
        let unscored = EnableScoring::disabled_from_searcher(&self.generation.searcher);
        Ok((compiled.query.weight(unscored).map_err(damaged)?, compiled.notes))
    }

    fn weigh_settled(
        &self,
        clause: &Clause,
        bm25: Option<Bm25Form>,
        deadline: &Deadline,
    ) -> tantivy::Result<Weighed> {
        let Generation { searcher, fields, .. } = &self.generation;
        let compile = |clause| self.compiler(bm25, deadline).compile(clause);
        let mut compiled = vec![compile(clause)?];
        let notes = std::mem::take(&mut compiled[0].notes);
        let parted = ByLanguage::of(clause, searcher, fields.text)?;
        if let Some(ByLanguage { clauses, .. }) = &parted {
            compiled = clauses.iter().map(compile).collect::<tantivy::Result<_>>()?;
        }
        let can_prune = compiled.iter().any(|it| it.can_prune);
        let pruning = if can_prune { Pruning::Allowed } else { Pruning::Useless };
        let is_true = compiled.iter().all(|it| it.is_true);
        let queries: Vec<_> = compiled.into_iter().map(|it| it.query).collect();
        let mut scoring = EnableScoring::disabled_from_searcher(searcher);
        if bm25.is_some() {
            scoring = match &parted {
                Some(ByLanguage { statistics, .. }) => {
                    EnableScoring::enabled_from_statistics_provider(statistics, searcher)
                }
                None => EnableScoring::enabled_from_searcher(searcher),
            };
        }
        let lookups = queries.iter().map(|query| Lookup::new(&**query, scoring));
        let lookups = lookups.collect::<tantivy::Result<_>>()?;
        Ok(Weighed { queries, lookups, pruning, is_true, notes })
    }

    fn compiler<'a>(&'a self, bm25: Option<Bm25Form>, deadline: &'a Deadline) -> Compiler<'a> {
        let Generation { searcher, fields, .. } = &self.generation;
        Compiler::new(searcher, *fields, &self.words, deadline, bm25.unwrap_or_default())
    }

    /// Returns a clause with the files in it that have moved since they were indexed.
    fn settled<'a>(&self, clause: &'a Clause) -> Result<Cow<'a, Clause>> {
        if !moved::asks_for_files(clause) {
            return Ok(Cow::Borrowed(clause));
        }
        let moved = self.generation.whereabouts.moved()?;
        Ok(match moved.is_empty() {
            true => Cow::Borrowed(clause),
            false => Cow::Owned(moved::resettled(clause, &moved)),
        })
    }

    fn hits(&self, meaning: &Meaning, ranked: &[Ranked], request: &Request) -> Result<Vec<Hit>> {
        let mut matcher = Matcher::knowing(&meaning.clause, self.take_stems());
        let hits = (1..).zip(ranked).map(|(rank, ranked)| {
            let article = request.timed(Stage::Fetching, || self.stored(ranked.address))?;
            let marks = request.timed(Stage::Matching, || matcher.find(&article));
            let marks = marks.unwrap_or_default();
            let hit = request.timed(Stage::Snippets, || {
                Hit::new(rank, ranked.score, article, marks, request.measure)
            });
            let story = request.timed(Stage::Fetching, || self.story(ranked.address))?;
            Ok(Hit { story, ..hit })
        });
        let hits = hits.collect();
        self.keep_stems(matcher.into_stems());
        hits
    }

    fn stored(&self, address: DocAddress) -> Result<Article> {
        let store = self.stores.get(address.segment_ord as usize);
        let missing = || TantivyError::InternalError("a stored article is missing".to_owned());
        let store = store.ok_or_else(missing).map_err(damaged)?;
        let document = store.get_document_bytes(address.doc_id).map_err(damaged)?;
        let mut article = index::read_stored(&document, self.generation.fields)?;
        self.generation.whereabouts.settle(&article.id, &mut article.origin)?;
        Ok(article)
    }

    fn notes(&self, meaning: &Meaning, found: &Found, relaxed: bool, timed_out: bool) -> Vec<Note> {
        let mut notes = found.notes.clone();
        if relaxed {
            notes.push(Note::Relaxed);
        }
        let mut notes = self.notes_on(meaning, notes);
        if timed_out {
            notes.push(Note::TimedOut);
        }
        notes
    }

    /// Adds to notes those on how a query was read.
    fn notes_on(&self, meaning: &Meaning, mut notes: Vec<Note>) -> Vec<Note> {
        if !meaning.left_out.is_empty() {
            notes.push(Note::StopWordsLeftOut(meaning.left_out.clone()));
        }
        let undated = self.generation.facts.undated;
        if undated > 0 && meaning.clause.asks_for_date() {
            notes.push(Note::Undated(undated));
        }
        notes
    }
}

/// A clause, ready to be looked up.
struct Weighed {
    /// One, or one for each language of its words; no two of them find the same article.
    queries: Vec<Box<dyn tantivy::query::Query>>,
    lookups: Vec<Lookup>,
    pruning: Pruning,
    /// Whether what is found is scored by the BM25 that the clause is to be scored by.
    is_true: bool,
    notes: Vec<Note>,
}

/// What the index found.
struct Found {
    ranked: Vec<Ranked>,
    total: u64,
    notes: Vec<Note>,
}

fn damaged(cause: TantivyError) -> Error {
    let cause = in_a_line(&cause.to_string());
    Error::new(Kind::Index, format!("the index cannot be read: {cause}"))
        .with_hint("make the index anew with 'dateline index --rebuild'")
}
