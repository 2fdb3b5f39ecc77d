//! Somebody, an organisation or a place that an article names.
//!
//! An entity says the same several times: its name, what the spellings of the name share, and the
//! terms by which it is asked for. Kept, in memory and on disk, is the name, and of the others only
//! what does not follow from it by the simplest rules: that is less than half of what all of it
//! would take, and a page of hits, which shows names, makes nothing of the rest.

use std::borrow::Cow;

use super::{MentionKind, Part, Witness};
use crate::text::Span;

/// Somebody, an organisation or a place that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: MentionKind,
    /// Who says so.
    pub witness: Witness,
    /// What follows from the name: [`KEY_FOLLOWS`], [`TERMS_FOLLOW`]; or [`KEY_OF_TERMS`].
    follows: u8,
    name_bytes: u32,
    key_bytes: u32,
    /// The name; the key, or what stands before that part of it which follows; and the terms that do
    /// not follow, each with [`TERM_END`].
    text: String,
    /// Where it is mentioned, in reading order.
    pub mentions: Vec<(Part, Span)>,
}

/// What an entity keeps of itself beside its kind, its witness and its mentions: what a record of it
/// has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// What follows from the name or from the terms, in three bits.
    pub follows: u8,
    /// The name.
    pub name: &'a str,
    /// What of the key does not follow from the name.
    pub key: &'a str,
    /// The terms that do not follow.
    pub terms: &'a str,
}

/// What a term begins with that is a word of the key of a name, not of the name as printed.
pub const KEY_MARK: char = '~';

/// What a term begins with that is the path of a place.
pub const PATH_MARK: char = '/';

/// The key ends with what the name is in small letters.
const KEY_FOLLOWS: u8 = 1;

/// The first terms are those that follow from the key, of a person from the name.
const TERMS_FOLLOW: u8 = 2;

/// The key is what the terms are that do not follow, without their signs.
const KEY_OF_TERMS: u8 = 4;

/// Stands behind each term that is kept; in a term it would be a space.
const TERM_END: char = '\n';

impl Entity {
    /// Makes an entity that is mentioned nowhere yet.
    pub fn new(
        kind: MentionKind,
        name: &str,
        key: &str,
        terms: &[String],
        witness: Witness,
    ) -> Self {
        let mut follows = 0;
        let end = key_of(kind, name);
        let before = key.strip_suffix(end.as_str()).filter(|_| !end.is_empty());
        follows |= if before.is_some() { KEY_FOLLOWS } else { 0 };
        let following = terms_of(kind, name, key);
        let others = terms.strip_prefix(following.as_slice()).filter(|_| !following.is_empty());
        follows |= if others.is_some() { TERMS_FOLLOW } else { 0 };
        let others = others.unwrap_or(terms);
        let mut key = before.unwrap_or(key);
        if follows & KEY_FOLLOWS == 0
            && !key.is_empty()
            && key == joined(others.iter().map(String::as_str))
        {
            follows |= KEY_OF_TERMS;
            key = "";
        }
        let kept = Kept { follows, name, key, terms: "" };
        let mut entity = Self::of_kept(kind, witness, kept, Vec::new());
        others.iter().for_each(|term| entity.push_term(term));
        entity
    }

    /// Makes the entity again that kept this of itself.
    pub fn of_kept(
        kind: MentionKind,
        witness: Witness,
        kept: Kept<'_>,
        mentions: Vec<(Part, Span)>,
    ) -> Self {
        let Kept { follows, name, key, terms } = kept;
        let mut text = String::with_capacity(name.len() + key.len() + terms.len());
        [name, key, terms].into_iter().filter(|it| !it.is_empty()).for_each(|it| text.push_str(it));
        let (name_bytes, key_bytes) = (name.len() as u32, key.len() as u32);
        Self { kind, witness, follows, name_bytes, key_bytes, text, mentions }
    }

    /// Returns what it keeps of itself.
    pub fn kept(&self) -> Kept<'_> {
        let (name, rest) = self.text.split_at(self.name_bytes as usize);
        let (key, terms) = rest.split_at(self.key_bytes as usize);
        Kept { follows: self.follows, name, key, terms }
    }

    /// Returns what it is called: a place as the gazetteer has it, everything else as the article has
    /// it at its longest, `Friedrich Merz` for `Merz`.
    pub fn name(&self) -> &str {
        self.kept().name
    }

    /// Returns what the spellings of the name share across an archive; of a place that is known its
    /// path, `ukraine/kharkiv-oblast/kharkiv`. Empty for a place that nobody knows.
    pub fn key(&self) -> Cow<'_, str> {
        let Kept { follows, name, key, terms } = self.kept();
        match follows & (KEY_FOLLOWS | KEY_OF_TERMS) {
            0 => Cow::Borrowed(key),
            KEY_OF_TERMS => Cow::Owned(joined(terms.split_terminator(TERM_END))),
            _ => Cow::Owned([key, &key_of(self.kind, name)].concat()),
        }
    }

    /// Returns the terms by which it is asked for, each with its sign: the words of the key,
    /// `~friedrich` and `~merz`; of a place its path, `/ukraine/kharkiv-oblast/kharkiv`, which is
    /// that of all that contain it too, and parts of the world, `/europe`.
    pub fn terms(&self) -> Vec<String> {
        let Kept { follows, name, terms: others, .. } = self.kept();
        let mut terms = match follows & TERMS_FOLLOW {
            0 => Vec::new(),
            _ => terms_of(self.kind, name, &self.key()),
        };
        terms.extend(others.split_terminator(TERM_END).map(str::to_owned));
        terms
    }

    /// Lets it be asked for by one more term.
    pub fn add_term(&mut self, term: &str) {
        if self.follows & KEY_OF_TERMS != 0 {
            let (key, kept) = (self.key().into_owned(), self.kept());
            let kept = Kept { follows: kept.follows & !KEY_OF_TERMS, key: &key, ..kept };
            *self = Self::of_kept(self.kind, self.witness, kept, self.mentions.clone());
        }
        self.push_term(term);
    }

    fn push_term(&mut self, term: &str) {
        let in_a_line = |c| if c == TERM_END { ' ' } else { c };
        self.text.extend(term.chars().map(in_a_line));
        self.text.push(TERM_END);
    }
}

/// Returns what the key of a name, or the last step of the path of a place, mostly is.
fn key_of(kind: MentionKind, name: &str) -> String {
    let name = name.to_lowercase();
    match kind {
        MentionKind::Person => name.replace(' ', ""),
        MentionKind::Organisation => name,
        MentionKind::Place => name.replace(' ', "-"),
    }
}

/// Returns what terms are together, without their signs.
fn joined<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    terms.map(|it| it.strip_prefix(KEY_MARK).unwrap_or(it)).collect()
}

/// Returns what the terms of a name mostly are.
fn terms_of(kind: MentionKind, name: &str, key: &str) -> Vec<String> {
    let words = |text: &str| text.split(' ').map(|it| marked(KEY_MARK, it)).collect();
    match kind {
        MentionKind::Person => words(&name.to_lowercase()),
        MentionKind::Organisation => words(key),
        MentionKind::Place if key.is_empty() => Vec::new(),
        MentionKind::Place => vec![marked(PATH_MARK, key)],
    }
}

/// Returns a term with its sign.
fn marked(mark: char, term: &str) -> String {
    let mut marked = String::with_capacity(mark.len_utf8() + term.len());
    marked.push(mark);
    marked.push_str(term);
    marked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Makes an entity, checks that nothing of it is lost, and returns how many bytes it keeps.
    #[track_caller]
    fn comes_back(kind: MentionKind, name: &str, key: &str, terms: &[&str]) -> usize {
        let terms: Vec<String> = terms.iter().map(|it| (*it).to_owned()).collect();
        let entity = Entity::new(kind, name, key, &terms, Witness::Recognised);
        assert_eq!((entity.name(), &*entity.key(), entity.terms()), (name, key, terms));
        let kept = entity.kept();
        let again = Entity::of_kept(kind, Witness::Recognised, kept, Vec::new());
        assert_eq!(again, entity);
        kept.key.len() + kept.terms.len()
    }

    #[test]
    fn what_follows_from_a_name_takes_no_room() {
        use MentionKind::{Organisation, Person, Place};
        let merz = ["~friedrich", "~merz"];
        assert_eq!(comes_back(Person, "Friedrich Merz", "friedrichmerz", &merz), 0);
        let who = "world health organization";
        let terms = ["~world", "~health", "~organization", "~who"];
        assert_eq!(comes_back(Organisation, "World Health Organization", who, &terms), 5);
        assert_eq!(
            comes_back(Person, "Sergey Lavrov", "sergeilavrov", &["~sergei", "~lavrov"]),
            16
        );
        let path = "ukraine/kharkiv-oblast/kharkiv";
        let terms = ["/ukraine/kharkiv-oblast/kharkiv", "/europe"];
        assert_eq!(comes_back(Place, "Kharkiv", path, &terms), 23 + 8);
    }

    #[test]
    fn terms_can_be_added() {
        let terms = ["~world".to_owned()];
        let mut entity =
            Entity::new(MentionKind::Organisation, "World", "world", &terms, Witness::Publisher);
        entity.add_term("~w");
        entity.add_term("~a\nb");
        assert_eq!(entity.terms(), ["~world", "~w", "~a b"]);
        let terms = ["~sergei".to_owned(), "~lavrov".to_owned()];
        let mut lavrov = Entity::new(
            MentionKind::Person,
            "Sergey Lavrov",
            "sergeilavrov",
            &terms,
            Witness::Recognised,
        );
        lavrov.add_term("~minister");
        assert_eq!((lavrov.key().as_ref(), lavrov.terms().len()), ("sergeilavrov", 3));
    }

    proptest! {
        #[test]
        fn any_entity_comes_back(
            kind in 0..3_usize,
            name in "[A-Za-z İß.-]{0,12}",
            key in "[a-z /]{0,12}",
            terms in proptest::collection::vec("[~/a-z]{0,6}", 0..4),
        ) {
            let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
            comes_back(MentionKind::ALL[kind], &name, &key, &terms);
        }
    }
}
