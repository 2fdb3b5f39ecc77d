//! Makes the file of a gazetteer from its lists.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::error::{Error, Kind, Result};

use super::divisions::{as_printed, bare, told_from_town};
use super::file::{Parts, Record, write};
use super::key::{Key, slug};
use super::names::{Standing, write_names};
use super::resolve::weight;
use super::sources::{DIVISIONS, MORE, Sources, Table, fields, names};
use super::{PlaceId, PlaceKind};

/// The bytes that a name may have in the file.
const NAME_BYTES_MAX: usize = 255;

/// The places that may contain others: their numbers take sixteen bits.
const CONTAINERS_MAX: usize = u16::MAX as usize;

/// The letters of the shortest name that is taken from the long lists of other names.
const LISTED_CHARS_MIN: usize = 4;

/// A place while the lists are read.
struct Draft {
    kind: PlaceKind,
    name: String,
    population: u32,
    parent: Option<usize>,
    is_capital: bool,
    others: Vec<(String, Standing)>,
    peoples: Vec<(String, Standing)>,
}

impl Draft {
    fn new(kind: PlaceKind, name: &str, parent: Option<usize>) -> Self {
        let name = as_printed(name.trim());
        let (others, peoples) = (Vec::new(), Vec::new());
        Self { kind, name, population: 0, parent, is_capital: false, others, peoples }
    }
}

/// Makes the file of a gazetteer; the same lists make the same bytes.
///
/// # Errors
///
/// When a list has not the columns that it is published with.
pub fn compile(sources: &Sources<'_>) -> Result<Vec<u8>> {
    let mut drafts = Drafts::default();
    drafts.read_regions()?;
    drafts.read_countries(sources)?;
    drafts.read_divisions()?;
    drafts.read_towns(sources)?;
    drafts.mark_capitals(sources)?;
    drafts.read_more()?;
    drafts.tell_divisions_from_towns();
    drafts.into_file()
}

/// All places, and where to find them by the codes of the lists.
#[derive(Default)]
struct Drafts {
    places: Vec<Draft>,
    regions: HashMap<String, usize>,
    countries: BTreeMap<String, usize>,
    divisions: BTreeMap<String, usize>,
    /// The towns of each country or division, by its code.
    towns: HashMap<String, Vec<usize>>,
}

impl Drafts {
    fn push(&mut self, draft: Draft) -> usize {
        self.places.push(draft);
        self.places.len() - 1
    }

    fn read_regions(&mut self) -> Result<()> {
        for [what, within, name, others, peoples] in more()? {
            if what == "region" {
                let parent = self.regions.get(within).copied();
                let region = self.push(Draft::new(PlaceKind::Region, name, parent));
                self.regions.insert(name.to_owned(), region);
                self.add_names(region, others, peoples);
            }
        }
        Ok(())
    }

    fn read_countries(&mut self, sources: &Sources<'_>) -> Result<()> {
        for (idx, line) in sources.places.lines().enumerate() {
            let [name, id, code, population, kind] =
                fields("places5000.tsv", idx + 1, line, [0, 1, 2, 4, 5])?;
            let is_part = code == "GB" && ["England", "Scotland", "Wales"].contains(&name);
            if kind != "C" || id.is_empty() || is_part {
                continue;
            }
            match self.countries.get(code) {
                Some(&country) => {
                    self.places[country].others.push((name.to_owned(), Standing::Known));
                }
                None => {
                    let mut draft = Draft::new(PlaceKind::Country, name, None);
                    draft.population = population.parse().unwrap_or(0);
                    let country = self.push(draft);
                    self.countries.insert(code.to_owned(), country);
                }
            }
        }
        let columns = ["cca2", "name", "official", "altspellings", "region", "subregion"];
        for [code, name, official, spellings, region, subregion] in
            Table::new("countries.tsv", sources.countries).rows(columns)?
        {
            let Some(&country) = self.countries.get(code) else { continue };
            let parent = self.regions.get(continent(region, subregion)).copied();
            let draft = &mut self.places[country];
            draft.parent = parent;
            let first = std::mem::replace(&mut draft.name, as_printed(name));
            let spelt = names(spellings).filter(|it| it.chars().count() > 3);
            let known = [first.as_str(), official].into_iter().chain(spelt);
            let known: Vec<_> = known.map(|it| (it.to_owned(), Standing::Known)).collect();
            draft.others.extend(known);
        }
        self.read_peoples(sources)
    }

    fn read_peoples(&mut self, sources: &Sources<'_>) -> Result<()> {
        let columns = ["cca2", "demonym_m", "demonym_f"];
        for [code, one, other] in Table::new("countries.tsv", sources.countries).rows(columns)? {
            let Some(&country) = self.countries.get(code) else { continue };
            for people in one.split(',').chain(other.split(',')).map(str::trim) {
                let has_plural =
                    !["ese", "ish", "ch", "s", "i"].iter().any(|it| people.ends_with(it));
                let plural = has_plural.then(|| format!("{people}s"));
                let both = [Some(people.to_owned()), plural].into_iter().flatten();
                let both = both.filter(|it| !it.is_empty()).map(|it| (it, Standing::Listed));
                self.places[country].peoples.extend(both);
            }
        }
        Ok(())
    }

    fn read_divisions(&mut self) -> Result<()> {
        for [code, name] in Table::new("admin1.tsv", DIVISIONS).rows(["code", "name"])? {
            let country = code.split_once('.').map_or(code, |it| it.0);
            let Some(&country) = self.countries.get(country) else { continue };
            let name = name.trim();
            let mut draft = Draft::new(PlaceKind::Division, name, Some(country));
            if let Some(bare) = bare(name) {
                draft.others.push((bare.to_owned(), Standing::Listed));
            }
            let division = self.push(draft);
            self.divisions.insert(code.to_owned(), division);
        }
        Ok(())
    }

    fn read_towns(&mut self, sources: &Sources<'_>) -> Result<()> {
        let mut own_names = HashMap::new();
        for (idx, line) in sources.cities.lines().enumerate() {
            let [id, name] = fields("cities15000.tsv", idx + 1, line, [0, 1])?;
            own_names.insert(id, name);
        }
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for (idx, line) in sources.places.lines().enumerate() {
            let [name, id, country, division, population, kind] =
                fields("places5000.tsv", idx + 1, line, [0, 1, 2, 3, 4, 5])?;
            if kind != "P" {
                continue;
            }
            let town = match by_id.get(id) {
                Some(&town) => town,
                None => {
                    let own = own_names.get(id).copied().unwrap_or(name);
                    let population = population.parse().unwrap_or(0);
                    let Some(town) = self.add_town(own, country, division, population) else {
                        continue;
                    };
                    by_id.insert(id, town);
                    town
                }
            };
            let is_listed = name.chars().count() >= LISTED_CHARS_MIN
                && !name.contains(|c: char| c.is_ascii_digit());
            if is_listed {
                self.places[town].others.push((name.to_owned(), Standing::Listed));
            }
        }
        Ok(())
    }

    fn add_town(
        &mut self,
        name: &str,
        country: &str,
        division: &str,
        people: u32,
    ) -> Option<usize> {
        let code = format!("{country}.{division}");
        let division = self.divisions.get(&code).copied();
        let parent = division.or_else(|| self.countries.get(country).copied())?;
        let mut draft = Draft::new(PlaceKind::City, name, Some(parent));
        draft.population = people;
        if let Some(division) = division {
            let sum = &mut self.places[division].population;
            *sum = sum.saturating_add(people);
        }
        let town = self.push(draft);
        self.towns.entry(code).or_default().push(town);
        self.towns.entry(country.to_owned()).or_default().push(town);
        Some(town)
    }

    fn mark_capitals(&mut self, sources: &Sources<'_>) -> Result<()> {
        for [code, capitals] in
            Table::new("countries.tsv", sources.countries).rows(["cca2", "capital"])?
        {
            for capital in names(capitals) {
                let towns = self.towns.get(code).map_or(&[][..], Vec::as_slice);
                if let Some(town) = self.largest(towns, &[capital]) {
                    self.places[town].is_capital = true;
                }
            }
        }
        Ok(())
    }

    /// Finds the largest of the towns that has one of the names.
    fn largest(&self, towns: &[usize], names: &[&str]) -> Option<usize> {
        let keys: Vec<Vec<u8>> = names.iter().filter_map(|it| key(it)).collect();
        let has_name = |town: &&usize| {
            let draft = &self.places[**town];
            let others = draft.others.iter().map(|it| it.0.as_str());
            let mut all = others.chain([draft.name.as_str()]).filter_map(key);
            all.any(|it| keys.contains(&it))
        };
        let found = towns.iter().filter(has_name);
        found.copied().max_by_key(|it| (self.places[*it].population, std::cmp::Reverse(*it)))
    }

    fn read_more(&mut self) -> Result<()> {
        for [what, within, name, others, peoples] in more()? {
            let known = |it: Option<&usize>| {
                let message = format!("more.tsv: there is no '{within}' for '{name}'");
                it.copied().ok_or_else(|| Error::new(Kind::Usage, message))
            };
            let place = match what {
                "region" => continue,
                "former" => {
                    let parent = self.regions.get(within).or_else(|| self.countries.get(within));
                    let parent = known(parent)?;
                    self.push(Draft::new(PlaceKind::Country, name, Some(parent)))
                }
                "country" => known(self.countries.get(within))?,
                "division" => known(self.divisions.get(within))?,
                _ => {
                    let all: Vec<&str> = std::iter::once(name).chain(names(others)).collect();
                    let towns = self.towns.get(within).map_or(&[][..], Vec::as_slice);
                    known(self.largest(towns, &all).as_ref())?
                }
            };
            if !name.is_empty() {
                let renamed = std::mem::replace(&mut self.places[place].name, name.to_owned());
                // A state that is told from its town leaves the name to the town.
                let standing = if what == "division" { Standing::Listed } else { Standing::Known };
                self.places[place].others.push((renamed, standing));
            }
            self.add_names(place, others, peoples);
        }
        Ok(())
    }

    fn add_names(&mut self, place: usize, others: &str, peoples: &str) {
        let draft = &mut self.places[place];
        for name in names(others) {
            draft.others.push(match name.strip_prefix('~') {
                Some(name) => (name.to_owned(), Standing::Behind),
                None => (name.to_owned(), Standing::Known),
            });
        }
        draft.peoples.extend(names(peoples).map(|it| (it.to_owned(), Standing::Known)));
    }

    fn tell_divisions_from_towns(&mut self) {
        for (code, division) in self.divisions.clone() {
            let name = self.places[division].name.clone();
            let towns = self.towns.get(&code).into_iter().flatten();
            let has_town = towns.into_iter().any(|it| self.places[*it].name == name);
            let country = code.split_once('.').map_or("", |it| it.0);
            if let Some(longer) = told_from_town(&name, country).filter(|_| has_town) {
                self.places[division].name = longer;
                self.places[division].others.push((name, Standing::Listed));
            }
        }
    }

    fn into_file(self) -> Result<Vec<u8>> {
        let order = self.order();
        let n_containers = order.iter().take_while(|it| self.places[**it].kind < PlaceKind::City);
        if n_containers.count() > CONTAINERS_MAX {
            return Err(Error::new(Kind::Usage, "the lists have too many states and countries"));
        }
        let paths = order.iter().enumerate();
        let numbers: HashMap<String, u32> =
            paths.map(|(number, it)| (self.path(*it), number as u32)).collect();
        let mut places = Vec::with_capacity(order.len());
        let (mut named, mut peopled) = (Meant::default(), Meant::default());
        for (number, &place) in (0..).zip(&order) {
            let draft = &self.places[place];
            let parent = draft.parent.and_then(|it| numbers.get(&self.path(it)));
            let parent = parent.map(|it| PlaceId(*it));
            let record = Record {
                text: 0,
                population: draft.population,
                parent,
                kind: draft.kind,
                is_capital: draft.is_capital,
            };
            named.add(number, &record, &draft.name, Standing::Own);
            draft.others.iter().for_each(|(name, it)| named.add(number, &record, name, *it));
            draft.peoples.iter().for_each(|(name, it)| peopled.add(number, &record, name, *it));
            places.push((record, draft.name.clone()));
        }
        let (names, peoples) = (named.into_table(usize::MAX), peopled.into_table(1));
        Ok(write(&Parts { places, names, peoples }))
    }

    /// Returns the places in the order of the file: those that contain others first, then by path.
    /// Of two places with one path the larger stays: nothing that is printed tells them apart.
    fn order(&self) -> Vec<usize> {
        let is_named = |it: &usize| {
            let name = &self.places[*it].name;
            name.len() <= NAME_BYTES_MAX && key(name).is_some()
        };
        let mut order: Vec<usize> = (0..self.places.len()).filter(is_named).collect();
        let depth =
            |it: usize| std::iter::successors(Some(it), |it| self.places[*it].parent).count();
        order.sort_by_cached_key(|&it| {
            let draft = &self.places[it];
            let place = (draft.kind, depth(it), self.path(it));
            (place, std::cmp::Reverse(draft.population), draft.name.clone(), it)
        });
        let mut seen = HashSet::new();
        order.retain(|&it| seen.insert(self.path(it)));
        order
    }

    fn path(&self, place: usize) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut next = Some(place);
        while let Some(place) = next {
            let draft = &self.places[place];
            if parts.is_empty() || draft.kind != PlaceKind::Region {
                parts.push(slug(&draft.name));
            }
            next = draft.parent;
        }
        parts.reverse();
        parts.join("/")
    }
}

/// What each name may mean, with what it weighs.
#[derive(Default)]
struct Meant(BTreeMap<Vec<u8>, BTreeMap<u32, (Standing, f32)>>);

impl Meant {
    fn add(&mut self, place: u32, record: &Record, name: &str, standing: Standing) {
        let Some(key) = key(name) else { return };
        let standing = if is_plain_word(&key) { Standing::Behind } else { standing };
        let meanings = self.0.entry(key).or_default();
        let best = meanings.get(&place).map_or(standing, |it| it.0.min(standing));
        meanings.insert(place, (best, weight(record, best)));
    }

    /// Writes the names with so many meanings at most, the heaviest first.
    fn into_table(self, n_meanings: usize) -> (usize, Vec<u8>) {
        let sorted = |meanings: &BTreeMap<u32, (Standing, f32)>| {
            let mut sorted: Vec<_> = meanings.iter().map(|(id, it)| (*id, it.0, it.1)).collect();
            sorted.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
            sorted.truncate(n_meanings);
            sorted.iter().map(|it| (it.0, it.1)).collect()
        };
        let rows: Vec<_> = self.0.iter().map(|(name, it)| (name.as_slice(), sorted(it))).collect();
        (rows.len(), write_names(&rows))
    }
}

/// Tells whether a name is a word that means no town by itself: there is a town of Jupiter in
/// Florida, but only `Jupiter, Florida` means it.
fn is_plain_word(key: &[u8]) -> bool {
    const WORDS: [&str; 57] = [
        "airport",
        "atlantic",
        "bay",
        "beach",
        "bridge",
        "capital",
        "center",
        "central",
        "central business district",
        "central district",
        "centre",
        "church",
        "city",
        "college",
        "country",
        "county",
        "district",
        "earth",
        "east",
        "eastern",
        "eastern district",
        "hospital",
        "island",
        "islands",
        "jupiter",
        "kingdom",
        "lake",
        "line",
        "market",
        "mars",
        "north",
        "northern",
        "northern district",
        "old town",
        "pacific",
        "park",
        "port",
        "province",
        "red sea",
        "republic",
        "river",
        "school",
        "south",
        "southern",
        "southern district",
        "state",
        "station",
        "street",
        "town",
        "union",
        "university",
        "village",
        "west",
        "western",
        "western district",
        "white house",
        "whitehall",
    ];
    WORDS.iter().any(|it| it.as_bytes() == key)
}

fn key(name: &str) -> Option<Vec<u8>> {
    Key::of(name).map(|it| it.as_bytes().to_vec())
}

fn more() -> Result<Vec<[&'static str; 5]>> {
    Table::new("more.tsv", MORE).rows(["what", "where", "name", "others", "peoples"])
}

/// Returns the part of the world for a region and subregion of the United Nations' geoscheme.
fn continent<'a>(region: &'a str, subregion: &str) -> &'a str {
    match (region, subregion) {
        ("Americas", "South America") => "South America",
        ("Americas", _) => "North America",
        ("Antarctic", _) => "Antarctica",
        (region, _) => region,
    }
}
