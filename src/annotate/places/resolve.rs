//! Which of several places of one name an article means.
//!
//! Evidence adds up as logarithms, so that a likely place needs strong evidence against it:
//!
//! 1. **How important it is**: its population, more for a country and a capital, less for a state
//!    (whose name is mostly its town's) and for a name that only a long list has.
//!    An accent that only one of the places has in its name counts for it.
//! 2. **What stands behind it**: `Paris, Texas`, as one mention or as two.
//! 3. **Votes**: each other name, each people and the dateline speak for the countries and states
//!    that they may lie in; a vote is split as the places of the name are important.
//!
//! 4. **Siblings**: Georgia among other American states is one of them.
//!
//! A name has one sense in an article. The method is that of population, country votes and
//! `City, State` patterns that gazetteer papers since Leidner (*Toponym Resolution in Text*, 2007)
//! call the strong baseline; what it reaches here is in `benches/annotate.md`.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::file::Record;
use super::key::Key;
use super::reading::{Reading, Wanted};
use super::{Gazetteer, PlaceId, PlaceKind, Standing};

/// The names of an article that are resolved; those behind them stay unresolved.
pub const NAMES_MAX: usize = 10_000;

/// The places of one name that are weighed; the most famous name has fewer.
const CANDIDATES_MAX: usize = 64;

/// What speaks for a place, in natural logarithms, and how much a voice counts.
/// Chosen on the development articles named in `benches/annotate.md`.
const COUNTRY_VOTES: f32 = 1.0;
const STATE_VOTES: f32 = 0.5;
const VOICES: f32 = 3.0;
const SIBLINGS_MOST: f32 = 1.5;
const STANDS_BEHIND: f32 = 10.0;
const STANDS_BEHIND_STATE: f32 = 4.0;
const DATELINE_VOICE: f32 = 2.0;
const PEOPLE_VOICE: f32 = 0.5;
const TOWN_VOICE: f32 = 0.6;
const PRINTED_ALIKE: f32 = 1.5;

/// A name of a place as an article has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The name as printed: `Paris`, `Paris, Texas`, `eastern Ukraine`.
    pub name: &'a str,
    /// What stands between the name before it and this one.
    pub gap: Gap,
}

/// What stands between two names that follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gap {
    /// A comma and nothing else.
    Comma,
    /// Anything else.
    #[default]
    Other,
}

impl Gap {
    /// Tells what a text between two names is.
    pub fn of(between: &str) -> Self {
        if between.trim() == "," { Self::Comma } else { Self::Other }
    }
}

/// What else an article says about where it plays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'a> {
    /// The place of the dateline as printed: `KYIV, Ukraine`.
    pub dateline: Option<&'a str>,
    /// The places whose peoples are named, once for each time: see [`Gazetteer::people`].
    pub peoples: &'a [PlaceId],
}

impl Gazetteer {
    /// Says which place each name of an article means, as a [`Resolver`] does that knows no name yet.
    pub fn resolve(&self, names: &[Named<'_>], setting: &Setting<'_>) -> Vec<Option<PlaceId>> {
        Resolver::new(self).resolve(names, setting)
    }
}

/// Says which places the names of articles mean, one article after the other.
///
/// Names come again from article to article: what each may mean is looked up once.
#[derive(Debug)]
pub struct Resolver<'a> {
    gazetteer: &'a Gazetteer,
    /// Where it stands what each name may mean, as it is printed; nothing where the gazetteer knows
    /// none.
    known: FxHashMap<Box<str>, usize>,
    meanings: Vec<Option<Meaning>>,
    /// The numbers of what makes names one.
    numbers: FxHashMap<SenseKey, u32>,
}

/// How many names are kept from one article to the next; a few megabytes.
const NAMES_KEPT_MAX: usize = 20_000;

/// What a name may mean, whatever the article.
#[derive(Debug)]
struct Meaning {
    /// Names that are one in an article have the same.
    number: u32,
    candidates: Vec<Candidate>,
}

impl<'a> Resolver<'a> {
    /// Makes one that has looked up no name.
    pub fn new(gazetteer: &'a Gazetteer) -> Self {
        let (known, meanings) = (FxHashMap::default(), Vec::new());
        Self { gazetteer, known, meanings, numbers: FxHashMap::default() }
    }

    /// Returns the gazetteer that it looks names up in.
    pub fn gazetteer(&self) -> &'a Gazetteer {
        self.gazetteer
    }

    /// Says which place each name of an article means; `None` where the gazetteer knows none.
    ///
    /// The names stand in the order of the text. Costs a look-up for each name and some arithmetic
    /// for each of its places.
    pub fn resolve(&mut self, names: &[Named<'_>], setting: &Setting<'_>) -> Vec<Option<PlaceId>> {
        if self.known.len() >= NAMES_KEPT_MAX {
            self.known.clear();
            self.meanings.clear();
            self.numbers.clear();
        }
        let mut senses = Senses::new(self);
        let of_names: Vec<Option<usize>> =
            names.iter().take(NAMES_MAX).map(|it| senses.sense(it.name)).collect();
        let dateline = setting.dateline.and_then(|it| senses.dateline(it));
        for idx in 1..of_names.len() {
            if let (Gap::Comma, Some(inner), Some(outer)) =
                (names[idx].gap, of_names[idx - 1], of_names[idx])
            {
                senses.stand_behind(inner, outer);
            }
        }
        senses.let_vote(dateline, setting.peoples);
        let mut resolved: Vec<Option<PlaceId>> =
            of_names.iter().map(|it| senses.best((*it)?)).collect();
        resolved.resize(names.len(), None);
        resolved
    }

    /// Returns what a name may mean.
    fn meaning(&mut self, printed: &str) -> Option<&Meaning> {
        let place = match self.known.get(printed) {
            Some(place) => *place,
            None => {
                let meaning = Reading::all(printed).find_map(|it| self.meaning_of(it));
                self.known.insert(printed.into(), self.meanings.len());
                self.meanings.push(meaning);
                self.meanings.len() - 1
            }
        };
        self.meanings[place].as_ref()
    }

    /// Looks a name up that was taken apart.
    fn meaning_of(&mut self, reading: Reading<'_>) -> Option<Meaning> {
        // A word that is printed small is no name.
        if !reading.name.contains(|c: char| !c.is_lowercase() && c.is_alphabetic()) {
            return None;
        }
        let key = Key::of(reading.name)?;
        let candidates = self.candidates(key, reading);
        if candidates.is_empty() {
            return None;
        }
        let key = SenseKey(key, reading.wanted, reading.within.and_then(Key::of));
        let next = self.numbers.len() as u32;
        Some(Meaning { number: *self.numbers.entry(key).or_insert(next), candidates })
    }

    fn candidates(&self, key: Key, reading: Reading<'_>) -> Vec<Candidate> {
        let gazetteer = self.gazetteer;
        let outer: Option<Vec<PlaceId>> = reading.within.map(|within| {
            let last = within.rsplit(", ").next().unwrap_or(within);
            let found = gazetteer.candidates(within).chain(gazetteer.candidates(last));
            found.map(|it| it.place).collect()
        });
        let lies_there = |place: PlaceId| {
            let mut around = outer.iter().flatten();
            outer.is_none() || around.any(|&it| it != place && gazetteer.is_within(place, it))
        };
        let found = gazetteer.by_key(Some(key)).take(CANDIDATES_MAX);
        let found = found.filter(|it| lies_there(it.place));
        let mut all: Vec<Candidate> =
            found.filter_map(|it| self.candidate(reading.name, it.place, it.standing)).collect();
        match reading.wanted {
            Wanted::Any => leave_to_country(gazetteer, &mut all),
            Wanted::Only(kind) => all.retain(|it| it.kind == kind),
            Wanted::Rather(kind) => {
                if all.iter().any(|it| it.kind == kind) {
                    all.retain(|it| it.kind == kind);
                }
            }
        }
        all
    }

    fn candidate(&self, printed: &str, place: PlaceId, standing: Standing) -> Option<Candidate> {
        let gazetteer = self.gazetteer;
        let record = gazetteer.layout.record(&gazetteer.bytes, place)?;
        let mut prior = weight(&record, standing).ln();
        if !printed.is_ascii()
            && gazetteer.layout.text(&gazetteer.bytes, record.text) == Some(printed)
        {
            prior += PRINTED_ALIKE;
        }
        Some(Candidate {
            place,
            country: gazetteer.country(place),
            division: gazetteer.division(place),
            kind: record.kind,
            is_own: standing == Standing::Own,
            is_barred: standing == Standing::Behind,
            prior,
            score: prior,
        })
    }
}

/// Returns how important a place is under a name: about the number of people who would mean it.
pub(super) fn weight(record: &Record, standing: Standing) -> f32 {
    let people = record.population as f32;
    let important = match record.kind {
        PlaceKind::Region => 5e8,
        PlaceKind::Country => people.max(1e6) * 2.0,
        PlaceKind::Division => (people / 10.0).max(1e5),
        PlaceKind::City if record.is_capital => people.max(1e3) * 6.0,
        PlaceKind::City => people.max(1e3),
    };
    match standing {
        Standing::Own | Standing::Known => important,
        Standing::Listed => important / 10.0,
        Standing::Behind => important / 1e6,
    }
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    place: PlaceId,
    country: Option<PlaceId>,
    division: Option<PlaceId>,
    kind: PlaceKind,
    /// It is called so in full, not by an abbreviation.
    is_own: bool,
    /// It has the name only behind another place, and stands behind none.
    is_barred: bool,
    /// The logarithm of how likely it is without votes.
    prior: f32,
    /// The same with them.
    score: f32,
}

/// One name of the article and what it may mean.
struct Sense {
    n_times: f32,
    candidates: Vec<Candidate>,
}

/// The names of an article.
struct Senses<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    senses: Vec<Sense>,
    by_number: FxHashMap<u32, usize>,
}

/// What makes two names of an article one.
#[derive(Debug)]
struct SenseKey(Key, Wanted, Option<Key>);

impl SenseKey {
    /// Returns what two of them are compared by.
    fn parts(&self) -> (&[u8], Wanted, Option<&[u8]>) {
        (self.0.as_bytes(), self.1, self.2.as_ref().map(Key::as_bytes))
    }
}

impl PartialEq for SenseKey {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for SenseKey {}

impl Hash for SenseKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_bytes().hash(state);
    }
}

impl<'r, 'a> Senses<'r, 'a> {
    fn new(resolver: &'r mut Resolver<'a>) -> Self {
        Self { resolver, senses: Vec::new(), by_number: FxHashMap::default() }
    }

    /// Finds the sense of a name, or makes it.
    fn sense(&mut self, printed: &str) -> Option<usize> {
        let Self { resolver, senses, by_number } = self;
        let meaning = resolver.meaning(printed)?;
        let idx = *by_number.entry(meaning.number).or_insert_with(|| {
            senses.push(Sense { n_times: 0.0, candidates: meaning.candidates.clone() });
            senses.len() - 1
        });
        senses[idx].n_times += 1.0;
        Some(idx)
    }

    /// Finds what a dateline names: `WASHINGTON`, `KYIV, Ukraine`, `LONDON/PARIS`.
    fn dateline(&mut self, printed: &str) -> Option<usize> {
        let first = printed.split(['/', ';', '(']).next().unwrap_or(printed);
        let found = self.sense(first.trim())?;
        // It speaks for its country with a voice of its own.
        self.senses[found].n_times -= 1.0;
        Some(found)
    }

    /// Takes it that the places of one name lie in those of another that stands behind a comma.
    fn stand_behind(&mut self, inner: usize, outer: usize) {
        if inner == outer {
            return;
        }
        let (inside, around) = (&self.senses[inner].candidates, &self.senses[outer].candidates);
        let mut for_inside = vec![0.0_f32; inside.len()];
        let mut for_around = vec![0.0_f32; around.len()];
        for (it, for_it) in inside.iter().zip(&mut for_inside) {
            for (outer, for_outer) in around.iter().zip(&mut for_around) {
                let bonus = self.bonus(inside, it, outer);
                *for_it = for_it.max(bonus);
                *for_outer = for_outer.max(bonus);
            }
        }
        for (sense, bonuses) in [(inner, for_inside), (outer, for_around)] {
            for (it, bonus) in self.senses[sense].candidates.iter_mut().zip(bonuses) {
                it.prior += bonus;
                it.is_barred &= bonus == 0.0;
            }
        }
    }

    /// Returns what it counts that the name of a place is followed by that of another.
    fn bonus(&self, namesakes: &[Candidate], inner: &Candidate, outer: &Candidate) -> f32 {
        let contains = outer.kind != PlaceKind::City
            && outer.place != inner.place
            && self.resolver.gazetteer.is_within(inner.place, outer.place);
        let mut able = namesakes.iter().filter(|it| !it.is_barred);
        match inner.kind {
            _ if !contains => 0.0,
            // "Luxembourg, Belgium" is more often a list than the Belgian province.
            PlaceKind::Division if able.any(|it| it.kind == PlaceKind::Country) => {
                STANDS_BEHIND_STATE
            }
            // "Delaware, Ohio and Utah" is a list of states; no town of Delaware is meant.
            PlaceKind::City
                if outer.kind == PlaceKind::Division
                    && outer.is_own
                    && able.any(|it| {
                        it.kind == PlaceKind::Division && it.country == outer.country
                    }) =>
            {
                0.0
            }
            _ => STANDS_BEHIND,
        }
    }

    /// Counts the votes of all names for countries and states, and scores each place by those of
    /// the other names.
    fn let_vote(&mut self, dateline: Option<usize>, peoples: &[PlaceId]) {
        let mut votes: FxHashMap<PlaceId, f32> = FxHashMap::default();
        for &people in peoples.iter().take(NAMES_MAX) {
            if let Some(country) = self.resolver.gazetteer.country(people) {
                *votes.entry(country).or_default() += PEOPLE_VOICE;
            }
        }
        let own: Vec<Vec<(PlaceId, f32)>> = self.senses.iter().map(Sense::votes).collect();
        for &(place, voice) in own.iter().flatten() {
            *votes.entry(place).or_default() += voice;
        }
        if let Some(dateline) = dateline {
            let sense = &self.senses[dateline];
            for (place, voice) in sense.shares() {
                *votes.entry(place).or_default() += voice * DATELINE_VOICE;
            }
        }
        let mut state_votes: FxHashMap<PlaceId, f32> = FxHashMap::default();
        for (country, voice) in self.senses.iter().flat_map(Sense::state_votes) {
            *state_votes.entry(country).or_default() += voice;
        }
        for (sense, own) in self.senses.iter_mut().zip(&own) {
            let own_states = sense.state_votes();
            let of_others = |place: Option<PlaceId>| {
                let Some(place) = place else { return 0.0 };
                let own: f32 = own.iter().filter(|it| it.0 == place).map(|it| it.1).sum();
                (votes.get(&place).copied().unwrap_or(0.0) - own).max(0.0)
            };
            let siblings = |it: &Candidate| {
                let country = it.country.filter(|_| it.kind == PlaceKind::Division);
                let all = country.and_then(|it| state_votes.get(&it)).copied().unwrap_or(0.0);
                let own = own_states.iter().filter(|own| Some(own.0) == country);
                (all - own.map(|it| it.1).sum::<f32>()).max(0.0)
            };
            for it in &mut sense.candidates {
                it.score = it.prior
                    + COUNTRY_VOTES * (VOICES * of_others(it.country)).ln_1p()
                    + STATE_VOTES * (VOICES * of_others(it.division)).ln_1p()
                    + siblings(it).ln_1p().min(SIBLINGS_MOST);
            }
        }
    }

    fn best(&self, sense: usize) -> Option<PlaceId> {
        let able = self.senses[sense].candidates.iter().filter(|it| !it.is_barred);
        let best = able.reduce(|best, it| if it.score > best.score { it } else { best });
        best.map(|it| it.place)
    }
}

/// Leaves a name that a country has from its capital, or the other way round, to the country.
fn leave_to_country(gazetteer: &Gazetteer, all: &mut Vec<Candidate>) {
    let countries = all.iter().filter(|it| it.kind == PlaceKind::Country && !it.is_barred);
    let countries: Vec<PlaceId> = countries.map(|it| it.place).collect();
    let lies_in = |it: &Candidate| {
        countries
            .iter()
            .any(|&country| it.place != country && gazetteer.is_within(it.place, country))
    };
    all.retain(|it| !lies_in(it));
}

impl Sense {
    /// Returns how loud the name speaks for the states of each country.
    fn state_votes(&self) -> Vec<(PlaceId, f32)> {
        let states = self.candidates.iter().filter(|it| it.kind == PlaceKind::Division);
        let states = states.filter(|it| !it.is_barred && it.prior >= self.highest_prior());
        states.filter_map(|it| Some((it.country?, 1.0))).collect()
    }

    fn highest_prior(&self) -> f32 {
        let able = self.candidates.iter().filter(|it| !it.is_barred);
        able.map(|it| it.prior).fold(f32::MIN, f32::max)
    }

    /// Returns the countries and states that the name speaks for, a voice in all for each kind.
    fn shares(&self) -> impl Iterator<Item = (PlaceId, f32)> + '_ {
        let able = || self.candidates.iter().filter(|it| !it.is_barred);
        let most = self.highest_prior();
        let sum: f32 = able().map(|it| (it.prior - most).exp()).sum();
        able().flat_map(move |it| {
            let share = (it.prior - most).exp() / sum;
            [it.country, it.division].into_iter().flatten().map(move |place| (place, share))
        })
    }

    fn votes(&self) -> Vec<(PlaceId, f32)> {
        let is_town = self.candidates.iter().all(|it| it.kind == PlaceKind::City);
        let voice = self.n_times.sqrt() * if is_town { TOWN_VOICE } else { 1.0 };
        self.shares().map(|(place, share)| (place, share * voice)).collect()
    }
}
