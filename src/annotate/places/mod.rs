//! Where the places of an article lie: a gazetteer with containment, and which of several places
//! of one name is meant.
//!
//! The gazetteer knows the countries, their first divisions (states, provinces, oblasts) and the
//! cities and towns of more than 5,000 people, under some hundred thousand names; rivers,
//! buildings and regions beyond a few dozen are not in it and stay words. Every place has a path,
//! such as `ukraine/kharkiv-oblast/kharkiv`, which names it in an index for good: a place is
//! found under its own name and under the names of all that contain it.
//!
//! - [`Gazetteer::candidates`] lists what a name may mean;
//! - [`Gazetteer::resolve`] says what the names of one article mean;
//! - [`Gazetteer::ask`] says what a searcher's `place:georgia` means, or which choices there are;
//! - [`Gazetteer::people`] leads from `Ukrainians` to Ukraine. That is no mention of the place.
//!
//! The file is made by `dateline train --places` and lies in `data/places/` beside this room's
//! models, with its NOTICE.

mod ask;
mod compile;
mod divisions;
mod file;
mod key;
mod names;
mod reading;
mod resolve;
mod sources;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::error::{Error, Kind, Result};
use crate::text::ascii_word_end;

pub use ask::Answer;
pub use compile::compile;
pub use names::Standing;
pub use resolve::{Gap, NAMES_MAX, Named, Resolver, Setting};
pub use sources::Sources;

use file::Layout;
use key::{Key, slug};

/// The gazetteer that the program carries.
pub(super) static BUNDLED: &[u8] = include_bytes!("../data/places/places.bin");

/// The number of a place in one gazetteer; another gazetteer may give it another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A part of the world: `Europe`, `Middle East`.
    Region = 0,
    /// A country or territory, or one that was: `Ukraine`, `Soviet Union`.
    Country = 1,
    /// A state, a province, an oblast: the first division of a country.
    Division = 2,
    /// A city, a town, a district of a large city.
    City = 3,
}

impl PlaceKind {
    fn of(number: u8) -> Self {
        match number {
            0 => Self::Region,
            1 => Self::Country,
            2 => Self::Division,
            _ => Self::City,
        }
    }

    /// Returns the word for it, as JSON and queries have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Country => "country",
            Self::Division => "state",
            Self::City => "city",
        }
    }
}

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// What it is called, as printed: `Kyiv`.
    pub name: &'a str,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// How many people live there; for a state the sum of its towns, 0 where nobody says.
    pub population: u32,
    /// The place that it lies in; `None` for a part of the world.
    pub parent: Option<PlaceId>,
    /// Whether it is the capital of its country.
    pub is_capital: bool,
}

/// A place that a name may mean, and how it comes to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// How it comes to the name.
    pub standing: Standing,
}

/// The places of the world and their names.
///
/// The file is used where it lies; beyond it a gazetteer takes a few bytes of memory.
pub struct Gazetteer {
    bytes: Cow<'static, [u8]>,
    layout: Layout,
    /// What the names of peoples begin with.
    beginnings: OnceLock<Beginnings>,
}

/// What names begin with: their first letters, and their first words.
#[derive(Debug, Default)]
struct Beginnings {
    letters: FxHashSet<Beginning>,
    words: FxHashSet<Box<[u8]>>,
}

/// The first letters of a name, as many as tell most words from those that no people has.
type Beginning = [u8; 4];

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gazetteer").field("layout", &self.layout).finish_non_exhaustive()
    }
}

impl Gazetteer {
    /// Opens a gazetteer from the bytes of its file. Costs a pass over them.
    ///
    /// # Errors
    ///
    /// When they are no gazetteer, of another version, cut short or changed.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let bytes = bytes.into();
        let layout = Layout::check(&bytes)?;
        Ok(Self { bytes, layout, beginnings: OnceLock::new() })
    }

    /// Returns the gazetteer that the program carries, opened on the first call.
    ///
    /// # Errors
    ///
    /// When the program itself is damaged.
    pub fn bundled() -> Result<&'static Self> {
        static OPENED: OnceLock<Option<Gazetteer>> = OnceLock::new();
        let opened = OPENED.get_or_init(|| Self::open(BUNDLED).ok());
        opened.as_ref().ok_or_else(|| {
            Error::new(Kind::Usage, "the gazetteer inside the program is damaged")
                .with_hint("install the program anew")
        })
    }

    /// Returns how many places there are.
    pub fn len(&self) -> usize {
        self.layout.n_places as usize
    }

    /// Tells whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a place; `None` for a number of another gazetteer.
    pub fn place(&self, id: PlaceId) -> Option<Place<'_>> {
        let record = self.layout.record(&self.bytes, id)?;
        Some(Place {
            name: self.layout.text(&self.bytes, record.text)?,
            kind: record.kind,
            population: record.population,
            parent: record.parent,
            is_capital: record.is_capital,
        })
    }

    /// Lists what a name may mean, the most likely first, without regard to any article.
    ///
    /// Case, accents and punctuation do not matter; `Ore.` is Oregon only behind another place
    /// ([`Standing::Behind`]). Allocates nothing for a name in ASCII.
    pub fn candidates(&self, name: &str) -> impl Iterator<Item = Candidate> + '_ {
        self.by_key(Key::of(name))
    }

    fn by_key(&self, key: Option<Key>) -> impl Iterator<Item = Candidate> + '_ {
        let names = self.layout.names(&self.bytes);
        let meanings = key.zip(names).map(|(key, names)| names.get(key.as_bytes()));
        let meanings = meanings.into_iter().flatten();
        meanings.map(|(place, standing)| Candidate { place: PlaceId(place), standing })
    }

    /// Returns the place whose people a word names: `Ukrainians`, `British`, `Texan`.
    ///
    /// That is a weaker sign than the name of the place and no mention of it.
    pub fn people(&self, word: &str) -> Option<PlaceId> {
        let peoples = self.layout.peoples(&self.bytes)?;
        let (place, _) = peoples.get(Key::of(word)?.as_bytes()).next()?;
        Some(PlaceId(place))
    }

    /// Lists the words for the people of a place, folded: `ukrainian`, `ukrainians`; those of several
    /// words have spaces.
    pub fn demonyms(&self, id: PlaceId) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(peoples) = self.layout.peoples(&self.bytes) {
            peoples.each(&mut |name, mut meanings| {
                if meanings.next().is_some_and(|(place, _)| PlaceId(place) == id) {
                    found.extend(str::from_utf8(name).ok().map(str::to_owned));
                }
            });
        }
        found
    }

    /// Finds the names of peoples in a text, in order: the places that they lead to.
    ///
    /// Only capitalised words are looked up, up to three together: `South Koreans`.
    pub fn peoples_in(&self, text: &str, visit: &mut dyn FnMut(PlaceId)) {
        let mut rest = text;
        while let Some(start) = first_capital(rest) {
            let begins_word = !rest[..start].ends_with(char::is_alphanumeric);
            let words = &rest[start..];
            let longest = match begins_word && self.may_begin_people(words) {
                true => self.people_at(words),
                false => None,
            };
            let next = match longest {
                Some((end, place)) => {
                    visit(place);
                    end
                }
                None => words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len()),
            };
            rest = &words[next..];
        }
    }

    /// Finds the longest name of a people that a text begins with: where it ends, and its place.
    fn people_at(&self, words: &str) -> Option<(usize, PlaceId)> {
        let ends = words.match_indices(|c: char| !c.is_alphanumeric() && c != '-');
        let ends = ends.map(|(end, _)| end).chain([words.len()]).take(3);
        ends.filter_map(|end| Some((end, self.people(&words[..end])?))).last()
    }

    /// Tells whether a text may begin with the name of a people, by its first letters and its first
    /// word: most words with a capital are those of none, and a look-up costs more.
    fn may_begin_people(&self, words: &str) -> bool {
        let beginnings = self.beginnings.get_or_init(|| {
            let mut all = Beginnings::default();
            if let Some(peoples) = self.layout.peoples(&self.bytes) {
                peoples.each(&mut |name, _| {
                    all.letters.insert(beginning(name));
                    all.words.extend(name.split(|it| *it == b' ').next().map(Box::from));
                });
            }
            all
        });
        let first = beginning(words.as_bytes());
        // Other letters, and the words that a key has short, are left to the look-up.
        let is_folded = !first.is_ascii() || SHORTENED.iter().any(|it| first.starts_with(it));
        if is_folded || !beginnings.letters.contains(&first) {
            return is_folded;
        }
        let mut small = [0; FIRST_WORD_BYTES_MAX];
        let word = plain_first_word(words.as_bytes(), &mut small);
        word.is_none_or(|it| beginnings.words.contains(it))
    }

    /// Lists all that contains a place, from its state or country outward; not the place itself.
    pub fn ancestors(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let parent = |it: &PlaceId| self.layout.record(&self.bytes, *it)?.parent;
        std::iter::successors(parent(&id), parent)
    }

    /// Tells whether a place is another or lies in it.
    pub fn is_within(&self, inner: PlaceId, outer: PlaceId) -> bool {
        inner == outer || self.ancestors(inner).any(|it| it == outer)
    }

    /// Returns the country that a place lies in, or is; `None` for a part of the world.
    ///
    /// A former country that lies in one of today lies there: West Germany in Germany.
    pub fn country(&self, id: PlaceId) -> Option<PlaceId> {
        let is_country = |it: &PlaceId| self.kind(*it) == Some(PlaceKind::Country);
        std::iter::once(id).chain(self.ancestors(id)).filter(is_country).last()
    }

    /// Returns the state or province that a place lies in, or is.
    pub fn division(&self, id: PlaceId) -> Option<PlaceId> {
        let is_division = |it: &PlaceId| self.kind(*it) == Some(PlaceKind::Division);
        std::iter::once(id).chain(self.ancestors(id)).find(is_division)
    }

    fn kind(&self, id: PlaceId) -> Option<PlaceKind> {
        self.layout.record(&self.bytes, id).map(|it| it.kind)
    }

    /// Returns the path that names a place for good, from its country down:
    /// `ukraine/kharkiv-oblast/kharkiv`; a part of the world is its name, `europe`.
    ///
    /// No two places share a path. It is made of the names, so it changes when the sources rename
    /// a place.
    pub fn path(&self, id: PlaceId) -> String {
        let in_country = |it: &PlaceId| self.kind(*it) != Some(PlaceKind::Region);
        let mut parts: Vec<PlaceId> = self.ancestors(id).filter(in_country).collect();
        parts.reverse();
        parts.push(id);
        let names = parts.iter().filter_map(|it| self.place(*it));
        names.map(|it| slug(it.name)).collect::<Vec<_>>().join("/")
    }

    /// Returns what to call a place where its name alone could be another:
    /// `Paris, Texas, United States`.
    pub fn label(&self, id: PlaceId) -> String {
        let outward = std::iter::once(id).chain(self.ancestors(id));
        let mut parts: Vec<&str> = Vec::new();
        for place in outward.filter_map(|it| self.place(it)) {
            let is_said = place.kind == PlaceKind::Region || parts.last() == Some(&place.name);
            if parts.is_empty() || !is_said {
                parts.push(place.name);
            }
        }
        parts.join(", ")
    }
}

/// Returns where the first capital of a text stands. Nearly all letters are of ASCII, and are looked
/// at as bytes.
fn first_capital(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let is_sought = |byte: u8| byte.is_ascii_uppercase() || !byte.is_ascii();
        at += text[at..].bytes().position(is_sought)?;
        let first = text[at..].chars().next()?;
        if first.is_uppercase() {
            return Some(at);
        }
        at += first.len_utf8();
    }
}

/// What the words begin with that a key shortens or leaves out.
const SHORTENED: [&[u8]; 4] = [b"the", b"sain", b"fort", b"moun"];

/// The longest first word that is asked for whole, in bytes.
const FIRST_WORD_BYTES_MAX: usize = 24;

/// Writes the first word of a text in small letters; nothing where it is long, or where a key might
/// have another one: what stands behind it may belong to it.
fn plain_first_word<'a>(
    text: &[u8],
    small: &'a mut [u8; FIRST_WORD_BYTES_MAX],
) -> Option<&'a [u8]> {
    let end = ascii_word_end(text, 0);
    let is_apart = |it: &u8| it.is_ascii() && !matches!(it, b'.' | b'\'' | b'`' | b'&');
    let word = text.get(end).is_none_or(is_apart).then_some(&text[..end])?;
    let small = small.get_mut(..end)?;
    small.copy_from_slice(word);
    small.make_ascii_lowercase();
    Some(small)
}

/// Returns the first letters of the first word of a name, in small letters; zeros where it is short.
fn beginning(name: &[u8]) -> Beginning {
    let mut letters = Beginning::default();
    let first = name.iter().take_while(|it| it.is_ascii_alphanumeric() || !it.is_ascii());
    for (letter, byte) in letters.iter_mut().zip(first) {
        *letter = byte.to_ascii_lowercase();
    }
    letters
}

#[cfg(test)]
mod tests;
