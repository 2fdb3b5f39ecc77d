//! What a search comes back with.

use std::fmt;
use std::time::Duration;

use crate::article::{Article, MentionKind};
use crate::matcher::{Mark, Spot};
use crate::snippet::{self, Measure, Snippet};
use crate::text::Span;

use super::{Correction, Diagnosis, FacetCount, Story};

/// The answer to a search.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// The facets that were asked for.
    pub facets: Vec<FacetCount>,
    /// How many articles match.
    pub total: u64,
    /// Whether `total` is all of them; a search that ran out of time did not see all.
    pub total_is_exact: bool,
    /// Whether no article had all the words, so that any of them was enough.
    pub relaxed: bool,
    /// Words that were searched under other spellings.
    pub corrections: Vec<Correction>,
    /// What the asker should know about the answer.
    pub notes: Vec<Note>,
    /// Why nothing matched, where nothing did.
    pub diagnosis: Option<Diagnosis>,
    /// How long it took, from the parsed query to the last snippet.
    pub took: Duration,
    /// The generation that answered.
    pub generation: u64,
    /// The query in canonical form.
    pub query: String,
}

/// How many articles match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many articles match.
    pub n_articles: u64,
    /// What the asker should know about the number.
    pub notes: Vec<Note>,
}

/// An article that matches.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its place in the answer, from 1.
    pub rank: usize,
    /// Its score; 0 where the order is not by relevance.
    pub score: f32,
    /// The article.
    pub article: Article,
    /// The words that made it match, in the order of the page; none where it matches by its date
    /// or another field alone.
    pub marks: Vec<Mark>,
    /// The bytes of the headline that matched.
    pub headline_highlights: Vec<Span>,
    /// The bytes of the headline that name somebody or something.
    pub headline_names: Vec<(Span, MentionKind)>,
    /// The passages that show why it matched.
    pub snippets: Vec<Snippet>,
    /// The story that it is a copy of, where the archive has others.
    pub story: Option<Story>,
}

impl Hit {
    pub(super) fn new(
        rank: usize,
        score: f32,
        article: Article,
        marks: Vec<Mark>,
        measure: Measure,
    ) -> Self {
        let headline_highlights = snippet::headline_highlights(&article, &marks);
        let headline_names = snippet::names_at(&article, Spot::Headline);
        let snippets = snippet::snippets(&article, &marks, measure);
        let story = None;
        Self { rank, score, article, marks, headline_highlights, headline_names, snippets, story }
    }
}

/// Something about an answer that its hits do not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Something about how the query was read.
    Reading(String),
    /// No article had all the words.
    Relaxed,
    /// Words that the best articles added to the query.
    Expanded(Vec<String>),
    /// Stop words that were not looked for, as typed.
    StopWordsLeftOut(Vec<String>),
    /// A wildcard stood for more words than are searched.
    WildcardCut {
        /// The wildcard as typed.
        typed: String,
        /// How many words it stands for in this archive.
        n_found: usize,
        /// How many of them, the most frequent, were searched.
        n_searched: usize,
    },
    /// A word, a wildcard or a similar spelling that fits no word of the archive, as typed.
    NoSuchWord {
        /// What was typed.
        typed: String,
        /// Where it was looked for.
        place: &'static str,
    },
    /// A part of the query that no article fulfils, and that none has to.
    MatchesNothing(String),
    /// Articles without a date, which no range of dates finds.
    Undated(u64),
    /// Of the articles that match, those without a date, which may be earlier than any.
    UndatedMatches(u64),
    /// Sources whose first article is not told.
    SourcesLeft(usize),
    /// More matches than a concordance has lines.
    LinesCut {
        /// How many matches the hits have.
        n_found: usize,
        /// How many of them, the first, have a line.
        n_shown: usize,
    },
    /// Hits that have no line in a concordance, because no word of theirs made them match.
    Unmarked(usize),
    /// The time ran out.
    TimedOut,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reading(remark) => f.write_str(remark),
            Self::Relaxed => f.write_str("no article has all the words; searched for any of them"),
            Self::Expanded(words) => {
                write!(f, "searched for too, counting for less: {}", words.join(", "))
            }
            Self::StopWordsLeftOut(words) => {
                write!(f, "left out as too common: {}", words.join(", "))?;
                f.write_str(" (quotes would keep them)")
            }
            Self::WildcardCut { typed, n_found, n_searched } => write!(
                f,
                "'{typed}' stands for {n_found} words; the {n_searched} most frequent were \
                 searched, {} were left out",
                n_found - n_searched
            ),
            Self::NoSuchWord { typed, place } => write!(f, "'{typed}' stands in no {place}"),
            Self::MatchesNothing(query) => write!(f, "no article matches the part {query}"),
            Self::Undated(1) => f.write_str("1 article has no date and matches no date"),
            Self::Undated(n) => write!(f, "{n} articles have no date and match no date"),
            Self::UndatedMatches(1) => f.write_str("1 more article matches and has no date"),
            Self::UndatedMatches(n) => write!(f, "{n} more articles match and have no date"),
            Self::SourcesLeft(1) => f.write_str("1 more source has articles that match"),
            Self::SourcesLeft(n) => write!(f, "{n} more sources have articles that match"),
            Self::LinesCut { n_found, n_shown } => {
                write!(f, "the hits have {n_found} matches; only the first {n_shown} have a line")
            }
            Self::Unmarked(1) => {
                f.write_str("1 article matches without a word to mark, and has no line")
            }
            Self::Unmarked(n) => {
                write!(f, "{n} articles match without a word to mark, and have no line")
            }
            Self::TimedOut => f.write_str("the time ran out; there may be more and better hits"),
        }
    }
}
