//! Who, where, what and when the articles that match are about, counted.
//!
//! A facet counts articles, and every article once for each of its values. Spellings of a name that
//! share their key are one value, called as most articles have it.

use std::collections::{BTreeMap, HashMap, HashSet};

use tantivy::columnar::StrColumn;
use tantivy::query::Weight;
use tantivy::{DocId, SegmentReader};

use crate::annotate::places::Gazetteer;
use crate::error::Result;
use crate::query::{Clause, Looseness, Query};
use crate::text::{Moment, Precision, SECONDS_PER_DAY};

use super::lookup::is_alive;
use super::{Note, Searcher, damaged};

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The people that they name.
    Person,
    /// The organisations.
    Org,
    /// The places, each as it is named.
    Place,
    /// The countries that these lie in.
    Country,
    /// What they are about.
    Topic,
    /// Who published them.
    Source,
    /// The section of the paper.
    Section,
    /// The language.
    Language,
    /// The year.
    Year,
    /// The month of the year.
    Month,
    /// The day.
    Day,
}

impl Facet {
    /// All facets, in the order in which a message lists them.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Org,
        Self::Place,
        Self::Country,
        Self::Topic,
        Self::Source,
        Self::Section,
        Self::Language,
        Self::Year,
        Self::Month,
        Self::Day,
    ];

    /// Returns the word for it, as JSON and the command line have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Org => "org",
            Self::Place => "place",
            Self::Country => "country",
            Self::Topic => "topic",
            Self::Source => "source",
            Self::Section => "section",
            Self::Language => "language",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// Finds the facet with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Returns the column that it is counted in; nothing for a part of the date.
    fn column(self) -> Option<&'static str> {
        match self {
            Self::Person => Some("persons"),
            Self::Org => Some("orgs"),
            Self::Place | Self::Country => Some("places"),
            Self::Topic => Some("topics"),
            Self::Source => Some("sources"),
            Self::Section => Some("sections"),
            Self::Language => Some("languages"),
            Self::Year | Self::Month | Self::Day => None,
        }
    }

    fn precision(self) -> Precision {
        match self {
            Self::Year => Precision::Year,
            Self::Month => Precision::Month,
            _ => Precision::Day,
        }
    }
}

/// The most values of a facet that are told.
pub const FACET_VALUES_MAX: usize = 100_000;

/// How many values of a facet stand beside an answer.
pub(super) const VALUES_BESIDE_HITS: usize = 10;

/// A value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetValue {
    /// What it is called.
    pub value: String,
    /// What its spellings share, `ukraine/kyiv-city/kyiv` or `16000000`; empty where it has none.
    pub key: String,
    /// How many articles have it.
    pub n_articles: u64,
    /// Its other spellings, the most frequent first.
    pub variants: Vec<String>,
}

/// The values of a facet, those of the most articles first; dates in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// What is counted.
    pub facet: Facet,
    /// The values, as many as were asked for.
    pub values: Vec<FacetValue>,
    /// How many there are.
    pub n_values: usize,
    /// How many of the articles have none.
    pub n_without: u64,
}

/// The facets of the articles that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets {
    /// How many articles match.
    pub n_articles: u64,
    /// Each facet, in the order asked for.
    pub counts: Vec<FacetCount>,
    /// What the asker should know about the numbers.
    pub notes: Vec<Note>,
}

/// The articles that match in a segment.
pub(super) struct Matched<'a> {
    pub(super) segment: &'a SegmentReader,
    pub(super) docs: Vec<DocId>,
}

impl Searcher {
    /// Counts the articles that match by facets; all words side by side are required, each as typed.
    /// At most `limit` values of each are told.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn facets(
        &self,
        query: &Query,
        today: Moment,
        facets: &[Facet],
        limit: usize,
    ) -> Result<Facets> {
        self.generation.contained(|| {
            let meaning = self.meaning(query, Looseness::All, today)?;
            let found = self.facets_of(&meaning.clause, facets, limit)?;
            let notes = self.notes_on(&meaning, found.notes);
            Ok(Facets { notes, ..found })
        })
    }

    /// Counts the articles that fulfil a clause; the notes are on the clause alone.
    pub(super) fn facets_of(
        &self,
        clause: &Clause,
        facets: &[Facet],
        limit: usize,
    ) -> Result<Facets> {
        let (weight, notes) = self.weigh_whole(clause)?;
        let matched = self.matched(&*weight).map_err(damaged)?;
        let n_articles = matched.iter().map(|it| it.docs.len() as u64).sum();
        let counts = facets.iter().map(|facet| {
            let counted = count(*facet, &matched).map_err(damaged)?;
            Ok(counted.told(*facet, n_articles, limit))
        });
        Ok(Facets { n_articles, counts: counts.collect::<Result<_>>()?, notes })
    }

    pub(super) fn matched(&self, weight: &dyn Weight) -> tantivy::Result<Vec<Matched<'_>>> {
        let segments = self.generation.searcher.segment_readers().iter();
        let matched = segments.map(|segment| {
            let mut docs = Vec::new();
            weight.for_each_no_score(segment, &mut |found| {
                docs.extend(found.iter().copied().filter(|doc| is_alive(segment, *doc)));
            })?;
            Ok(Matched { segment, docs })
        });
        matched.collect()
    }
}

/// What was counted: the articles of each key, by the spellings.
#[derive(Default)]
struct Counted {
    values: BTreeMap<String, HashMap<String, u64>>,
    n_without: u64,
}

impl Counted {
    fn add(&mut self, key: &str, spelling: &str, n_articles: u64) {
        let spellings = match self.values.get_mut(key) {
            Some(spellings) => spellings,
            None => self.values.entry(key.to_owned()).or_default(),
        };
        *spellings.entry(spelling.to_owned()).or_default() += n_articles;
    }

    /// Returns the values, in order, as many as are wanted.
    fn told(self, facet: Facet, n_articles: u64, limit: usize) -> FacetCount {
        let n_values = self.values.len();
        let mut values: Vec<FacetValue> =
            self.values.into_iter().map(|(key, spellings)| value(key, spellings)).collect();
        let is_date = facet.column().is_none();
        if !is_date {
            values.sort_by(|a, b| {
                b.n_articles.cmp(&a.n_articles).then_with(|| a.value.cmp(&b.value))
            });
        }
        values.truncate(limit);
        FacetCount { facet, values, n_values, n_without: self.n_without.min(n_articles) }
    }
}

fn value(key: String, spellings: HashMap<String, u64>) -> FacetValue {
    let n_articles = spellings.values().sum();
    let mut spellings: Vec<(String, u64)> = spellings.into_iter().collect();
    spellings.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut names = spellings.into_iter().map(|it| it.0);
    let value = names.next().unwrap_or_default();
    // What has no key of its own is kept apart by its name.
    let key = if key.starts_with('\t') { String::new() } else { key };
    FacetValue { value, key, n_articles, variants: names.collect() }
}

fn count(facet: Facet, matched: &[Matched<'_>]) -> tantivy::Result<Counted> {
    let mut counted = Counted::default();
    for Matched { segment, docs } in matched {
        let columns = segment.fast_fields();
        match facet.column().map(|it| columns.str(it)).transpose()? {
            None => {
                let dates = columns.i64("date")?;
                count_dates(facet, docs.iter().map(|doc| dates.first(*doc)), &mut counted);
            }
            Some(None) => counted.n_without += docs.len() as u64,
            Some(Some(column)) if facet == Facet::Country => {
                count_countries(&column, docs, &mut counted)?;
            }
            Some(Some(column)) => count_values(&column, docs, &mut counted)?,
        }
    }
    Ok(counted)
}

fn count_dates(facet: Facet, dates: impl Iterator<Item = Option<i64>>, counted: &mut Counted) {
    let precision = facet.precision();
    let mut by_day: BTreeMap<i64, u64> = BTreeMap::new();
    for date in dates {
        match date {
            Some(seconds) => *by_day.entry(seconds.div_euclid(SECONDS_PER_DAY)).or_default() += 1,
            None => counted.n_without += 1,
        }
    }
    for (day, n) in by_day {
        let moment = Moment { seconds: day * SECONDS_PER_DAY, precision, offset_minutes: None };
        let name = moment.to_string();
        counted.add(&name, &name, n);
    }
}

/// Counts the articles of each value; one has a value once.
fn count_values(column: &StrColumn, docs: &[DocId], counted: &mut Counted) -> tantivy::Result<()> {
    let mut n_articles: HashMap<u64, u64> = HashMap::new();
    for doc in docs {
        let mut has_any = false;
        for ord in column.term_ords(*doc) {
            has_any = true;
            *n_articles.entry(ord).or_default() += 1;
        }
        counted.n_without += u64::from(!has_any);
    }
    let mut ords: Vec<u64> = n_articles.keys().copied().collect();
    ords.sort_unstable();
    let mut rest = ords.iter();
    let mut add = |value: &[u8]| {
        let n = rest.next().and_then(|ord| n_articles.get(ord)).copied().unwrap_or_default();
        let value = String::from_utf8_lossy(value);
        match value.split_once('\t') {
            // A place that nobody knows is itself alone.
            Some(("", name)) => counted.add(&value, name, n),
            Some((key, name)) => counted.add(key, name, n),
            None => counted.add(&value, &value, n),
        }
    };
    column.dictionary().sorted_ords_to_term_cb(&ords, &mut add)?;
    Ok(())
}

/// Counts the articles of each country; an article that names several places of one has it once.
fn count_countries(
    column: &StrColumn,
    docs: &[DocId],
    counted: &mut Counted,
) -> tantivy::Result<()> {
    let ords: HashSet<u64> = docs.iter().flat_map(|doc| column.term_ords(*doc)).collect();
    let mut ords: Vec<u64> = ords.into_iter().collect();
    ords.sort_unstable();
    let mut countries: Vec<String> = Vec::new();
    let mut by_ord: HashMap<u64, usize> = HashMap::new();
    let mut rest = ords.iter();
    let mut note = |value: &[u8]| {
        let Some(ord) = rest.next() else { return };
        let value = String::from_utf8_lossy(value);
        let path = value.split('\t').next().unwrap_or_default();
        let country = path.split('/').next().unwrap_or_default();
        if country.is_empty() {
            return;
        }
        // Values come in order, and those of one country together.
        if countries.last().is_none_or(|last| last != country) {
            countries.push(country.to_owned());
        }
        by_ord.insert(*ord, countries.len() - 1);
    };
    column.dictionary().sorted_ords_to_term_cb(&ords, &mut note)?;
    let mut n_articles = vec![0_u64; countries.len()];
    let mut here: Vec<usize> = Vec::new();
    for doc in docs {
        here.clear();
        here.extend(column.term_ords(*doc).filter_map(|ord| by_ord.get(&ord)));
        here.sort_unstable();
        here.dedup();
        here.iter().for_each(|country| n_articles[*country] += 1);
        counted.n_without += u64::from(here.is_empty());
    }
    for (country, n) in countries.iter().zip(n_articles) {
        counted.add(country, &country_name(country), n);
    }
    Ok(())
}

/// Returns what a country is called that has a path.
fn country_name(path: &str) -> String {
    let gazetteer = Gazetteer::bundled().ok();
    let place = gazetteer.and_then(|it| it.place(it.at_path(path)?));
    place.map_or_else(|| path.to_owned(), |it| it.name.to_owned())
}
