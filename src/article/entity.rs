//! Somebody, an organisation or a place that an article names.
//!
//! An entity says the same several times: its name, what the spellings of the name share, and the
//! terms by which it is asked for. Kept, in memory and on disk, is the name, and of the others only
//! what does not follow from it by the simplest rules: that is less than half of what all of it
//! would take, and a page of hits, which shows names, makes nothing of the rest. Mentions are
//! written down as steps from one to the next.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{MentionKind, Part, Witness};
use crate::text::Span;

/// Somebody, an organisation or a place that an article names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: MentionKind,
    /// Who says so.
    pub witness: Witness,
    /// What follows from the name: [`KEY_FOLLOWS`], [`TERMS_FOLLOW`].
    follows: u8,
    name: String,
    /// The key, or what stands before that part of it which follows.
    key: String,
    /// The terms that do not follow.
    terms: Vec<String>,
    /// Where it is mentioned, in reading order.
    #[serde(with = "steps")]
    pub mentions: Vec<(Part, Span)>,
}

/// What a term begins with that is a word of the key of a name, not of the name as printed.
pub const KEY_MARK: char = '~';

/// What a term begins with that is the path of a place.
pub const PATH_MARK: char = '/';

/// The key ends with what the name is in small letters.
const KEY_FOLLOWS: u8 = 1;

/// The first terms are those that follow from the key, of a person from the name.
const TERMS_FOLLOW: u8 = 2;

impl Entity {
    /// Makes an entity that is mentioned nowhere yet.
    pub fn new(
        kind: MentionKind,
        name: String,
        key: &str,
        terms: &[String],
        witness: Witness,
    ) -> Self {
        let mut follows = 0;
        let end = key_of(kind, &name);
        let before = key.strip_suffix(end.as_str()).filter(|_| !end.is_empty());
        follows |= if before.is_some() { KEY_FOLLOWS } else { 0 };
        let following = terms_of(kind, &name, key);
        let others = terms.strip_prefix(following.as_slice()).filter(|_| !following.is_empty());
        follows |= if others.is_some() { TERMS_FOLLOW } else { 0 };
        let key = before.unwrap_or(key).to_owned();
        let terms = others.unwrap_or(terms).to_vec();
        Self { kind, witness, follows, name, key, terms, mentions: Vec::new() }
    }

    /// Returns what it is called: a place as the gazetteer has it, everything else as the article has
    /// it at its longest, `Friedrich Merz` for `Merz`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what the spellings of the name share across an archive; of a place that is known its
    /// path, `ukraine/kharkiv-oblast/kharkiv`. Empty for a place that nobody knows.
    pub fn key(&self) -> Cow<'_, str> {
        match self.follows & KEY_FOLLOWS {
            0 => Cow::Borrowed(&self.key),
            _ => Cow::Owned([self.key.as_str(), &key_of(self.kind, &self.name)].concat()),
        }
    }

    /// Returns the terms by which it is asked for, each with its sign: the words of the key,
    /// `~friedrich` and `~merz`; of a place its path, `/ukraine/kharkiv-oblast/kharkiv`, which is
    /// that of all that contain it too, and parts of the world, `/europe`.
    pub fn terms(&self) -> Vec<String> {
        let mut terms = match self.follows & TERMS_FOLLOW {
            0 => Vec::new(),
            _ => terms_of(self.kind, &self.name, &self.key()),
        };
        terms.extend(self.terms.iter().cloned());
        terms
    }

    /// Lets it be asked for by one more term.
    pub fn add_term(&mut self, term: String) {
        self.terms.push(term);
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

/// Returns what the terms of a name mostly are.
fn terms_of(kind: MentionKind, name: &str, key: &str) -> Vec<String> {
    let words = |text: &str| text.split(' ').map(|it| format!("{KEY_MARK}{it}")).collect();
    match kind {
        MentionKind::Person => words(&name.to_lowercase()),
        MentionKind::Organisation => words(key),
        MentionKind::Place if key.is_empty() => Vec::new(),
        MentionKind::Place => vec![format!("{PATH_MARK}{key}")],
    }
}

/// Mentions as they are written down: how many parts further each is than the one before, where it
/// begins and how long it is.
mod steps {
    use std::fmt;

    use serde::de::{SeqAccess, Visitor};
    use serde::{Deserializer, Serializer};

    use super::{Part, Span};

    type Mentions = Vec<(Part, Span)>;

    pub(super) fn serialize<S: Serializer>(
        mentions: &[(Part, Span)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut last = 0;
        serializer.collect_seq(mentions.iter().map(|(part, span)| {
            let number = number_of(*part);
            let step = number.wrapping_sub(last);
            last = number;
            (step, span.start as u32, (span.end - span.start) as u32)
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Mentions, D::Error> {
        struct Steps;

        impl<'de> Visitor<'de> for Steps {
            type Value = Mentions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the steps from mention to mention")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Mentions, A::Error> {
                let mut mentions =
                    Vec::with_capacity(seq.size_hint().unwrap_or_default().min(MENTIONS_AT_ONCE));
                let mut part = 0_u32;
                while let Some((step, start, length)) = seq.next_element::<(u32, u32, u32)>()? {
                    part = part.wrapping_add(step);
                    let end = start.saturating_add(length);
                    mentions.push((part_of(part), Span::new(start as usize, end as usize)));
                }
                Ok(mentions)
            }
        }

        deserializer.deserialize_seq(Steps)
    }

    /// For how many mentions room is made before they are read: damaged bytes may tell of any number.
    const MENTIONS_AT_ONCE: usize = 64;

    fn number_of(part: Part) -> u32 {
        match part {
            Part::Record => 0,
            Part::Headline => 1,
            Part::Paragraph(idx) => idx.saturating_add(2),
        }
    }

    fn part_of(number: u32) -> Part {
        match number {
            0 => Part::Record,
            1 => Part::Headline,
            number => Part::Paragraph(number - 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Makes an entity, checks that nothing of it is lost, and returns in how many bytes.
    #[track_caller]
    fn comes_back(kind: MentionKind, name: &str, key: &str, terms: &[&str]) -> usize {
        let terms: Vec<String> = terms.iter().map(|it| (*it).to_owned()).collect();
        let mut entity = Entity::new(kind, name.to_owned(), key, &terms, Witness::Recognised);
        entity.mentions = vec![
            (Part::Headline, Span::new(3, 9)),
            (Part::Paragraph(0), Span::new(0, 5)),
            (Part::Paragraph(7), Span::new(300, 305)),
        ];
        let bytes = postcard::to_stdvec(&entity).unwrap();
        let back: Entity = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(back, entity);
        assert_eq!((back.name(), &*back.key(), back.terms()), (name, key, terms));
        bytes.len()
    }

    #[test]
    fn what_follows_from_a_name_takes_no_room() {
        use MentionKind::{Organisation, Person, Place};
        let merz = ["~friedrich", "~merz"];
        assert!(comes_back(Person, "Friedrich Merz", "friedrichmerz", &merz) < 32);
        let who = "world health organization";
        let terms = ["~world", "~health", "~organization", "~who"];
        assert!(comes_back(Organisation, "World Health Organization", who, &terms) < 48);
        let path = "ukraine/kharkiv-oblast/kharkiv";
        let terms = ["/ukraine/kharkiv-oblast/kharkiv", "/europe"];
        assert!(comes_back(Place, "Kharkiv", path, &terms) < 58);
    }

    #[test]
    fn terms_can_be_added() {
        let terms = ["~world".to_owned()];
        let name = "World".to_owned();
        let mut entity =
            Entity::new(MentionKind::Organisation, name, "world", &terms, Witness::Publisher);
        entity.add_term("~w".to_owned());
        assert_eq!(entity.terms(), ["~world", "~w"]);
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
