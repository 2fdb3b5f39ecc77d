//! What was recognised in an article, as it is stored.
//!
//! An entity says the same several times: its name, what the spellings of the name share, and the
//! terms by which it is asked for. Stored is the name, and of the others only what does not follow
//! from it by the simplest rules; a name that follows other rules is stored whole. That is less than
//! half of what plain records of them would take. Mentions are stored as steps from one to the next.

use serde::{Deserialize, Serialize};

use crate::article::{
    Annotations, Entity, KEY_MARK, MentionKind, PATH_MARK, Part, TopicMark, Witness,
};
use crate::error::{Error, Kind, Result};
use crate::text::Span;

use super::record::damaged;

/// The key ends with what the name is in small letters.
const KEY_FOLLOWS: u8 = 1;

/// The first terms are those that follow from the key, of a person from the name.
const TERMS_FOLLOW: u8 = 2;

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    entities: Vec<StoredEntity<'a>>,
    topics: Vec<TopicMark>,
}

#[derive(Serialize, Deserialize)]
struct StoredEntity<'a> {
    kind: MentionKind,
    witness: Witness,
    follows: u8,
    name: &'a str,
    /// The key, or what stands before that part of it which follows.
    key: &'a str,
    /// The terms that do not follow.
    #[serde(borrow)]
    terms: Vec<&'a str>,
    /// How many parts further each mention is, where it begins and how long it is.
    mentions: Vec<(u32, u32, u32)>,
}

/// Encodes what was recognised in an article.
///
/// # Errors
///
/// None that input can cause; the codec's own are passed on.
pub(super) fn encode_annotations(annotations: &Annotations) -> Result<Vec<u8>> {
    let entities = annotations.entities.iter().map(StoredEntity::of).collect();
    let stored = Stored { entities, topics: annotations.topics.clone() };
    postcard::to_stdvec(&stored).map_err(|cause| {
        Error::new(Kind::Index, format!("cannot encode what was recognised: {cause}"))
    })
}

/// Decodes what was recognised in an article; nothing where the bytes are missing.
///
/// # Errors
///
/// The bytes are not annotations of this format: the index is damaged.
pub(super) fn decode_annotations(bytes: &[u8]) -> Result<Annotations> {
    if bytes.is_empty() {
        return Ok(Annotations::default());
    }
    let stored: Stored<'_> = postcard::from_bytes(bytes)
        .map_err(|cause| damaged("what was recognised in it", &cause))?;
    let entities = stored.entities.into_iter().map(StoredEntity::restored).collect();
    Ok(Annotations { entities, topics: stored.topics })
}

impl<'a> StoredEntity<'a> {
    fn of(entity: &'a Entity) -> Self {
        let Entity { kind, witness, name, key, terms, mentions } = entity;
        let mut follows = 0;
        let end = key_of(*kind, name);
        let before = key.strip_suffix(end.as_str()).filter(|_| !end.is_empty());
        follows |= if before.is_some() { KEY_FOLLOWS } else { 0 };
        let following = terms_of(*kind, name, key);
        let others = terms.strip_prefix(following.as_slice()).filter(|_| !following.is_empty());
        follows |= if others.is_some() { TERMS_FOLLOW } else { 0 };
        let mut last = 0;
        let steps = mentions.iter().map(|(part, span)| {
            let number = number_of(*part);
            let step = number.wrapping_sub(last);
            last = number;
            let (start, length) = (span.start as u32, (span.end - span.start) as u32);
            (step, start, length)
        });
        Self {
            kind: *kind,
            witness: *witness,
            follows,
            name,
            key: before.unwrap_or(key),
            mentions: steps.collect(),
            terms: others.unwrap_or(terms).iter().map(String::as_str).collect(),
        }
    }

    fn restored(self) -> Entity {
        let mut key = self.key.to_owned();
        if self.follows & KEY_FOLLOWS != 0 {
            key.push_str(&key_of(self.kind, self.name));
        }
        let mut terms = match self.follows & TERMS_FOLLOW {
            0 => Vec::new(),
            _ => terms_of(self.kind, self.name, &key),
        };
        terms.extend(self.terms.into_iter().map(str::to_owned));
        let mut part = 0_u32;
        let mentions = self.mentions.into_iter().map(|(step, start, length)| {
            part = part.wrapping_add(step);
            let end = start.saturating_add(length);
            (part_of(part), Span::new(start as usize, end as usize))
        });
        let mentions = mentions.collect();
        Entity {
            kind: self.kind,
            witness: self.witness,
            name: self.name.to_owned(),
            key,
            terms,
            mentions,
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entity(kind: MentionKind, name: &str, key: &str, terms: &[&str]) -> Entity {
        let terms = terms.iter().map(|it| (*it).to_owned()).collect();
        let mentions = vec![
            (Part::Headline, Span::new(3, 9)),
            (Part::Paragraph(0), Span::new(0, 5)),
            (Part::Paragraph(7), Span::new(300, 305)),
        ];
        let (name, key) = (name.to_owned(), key.to_owned());
        Entity { kind, name, key, terms, witness: Witness::Recognised, mentions }
    }

    #[track_caller]
    fn comes_back(entity: Entity) -> usize {
        let annotations = Annotations { entities: vec![entity], topics: Vec::new() };
        let bytes = encode_annotations(&annotations).unwrap();
        assert_eq!(decode_annotations(&bytes).unwrap(), annotations);
        bytes.len()
    }

    #[test]
    fn what_follows_from_a_name_takes_no_room() {
        use MentionKind::{Organisation, Person, Place};
        let merz = entity(Person, "Friedrich Merz", "friedrichmerz", &["~friedrich", "~merz"]);
        assert!(comes_back(merz) < 34);
        let who = "world health organization";
        let terms = ["~world", "~health", "~organization", "~who"];
        assert!(comes_back(entity(Organisation, "World Health Organization", who, &terms)) < 50);
        let path = "ukraine/kharkiv-oblast/kharkiv";
        let terms = ["/ukraine/kharkiv-oblast/kharkiv", "/europe"];
        assert!(comes_back(entity(Place, "Kharkiv", path, &terms)) < 60);
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
            comes_back(entity(MentionKind::ALL[kind], &name, &key, &terms));
        }

        #[test]
        fn damaged_records_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode_annotations(&bytes);
        }
    }
}
