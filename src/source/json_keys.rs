//! The keys of JSON records, and what may stand under them.

use super::json_value::Value;

/// The bytes of a key that are looked at; none of those that are known has as many.
const KEY_BYTES_MAX: usize = 24;

/// What a key of a record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// What names the record.
    Id,
    /// The headline.
    Headline,
    /// The paragraphs.
    Body,
    /// When it was published.
    Date,
    /// Who wrote it.
    Byline,
    /// Who published it.
    Source,
    /// The section of the paper.
    Section,
    /// The newsroom's working title.
    Slug,
    /// Where it stands on the web.
    Url,
    /// The language.
    Language,
    /// Where it was written.
    Dateline,
}

/// The keys of the fields, folded, the preferred first; the table in the room's docs says the same.
const KEYS: [(Field, &[&str]); N_FIELDS] = [
    (Field::Id, &["id", "guid", "docno", "uuid", "uri"]),
    (Field::Headline, &["headline", "title", "hl", "head"]),
    (Field::Body, &["body", "text", "content", "paragraphs", "articlebody", "story"]),
    (
        Field::Date,
        &[
            "date",
            "published",
            "datepublished",
            "pubdate",
            "publicationdate",
            "publisheddate",
            "publishedat",
            "created",
            "createdat",
            "timestamp",
        ],
    ),
    (Field::Byline, &["byline", "author", "authors", "by", "creator"]),
    (Field::Source, &["source", "publisher", "publication", "site"]),
    (Field::Section, &["section", "category", "desk"]),
    (Field::Slug, &["slug", "slugline"]),
    (Field::Url, &["url", "link", "canonical"]),
    (Field::Language, &["language", "lang", "inlanguage"]),
    (Field::Dateline, &["dateline"]),
];

/// How many fields a record may have.
pub(super) const N_FIELDS: usize = 11;

impl Field {
    /// Finds the field of a key, and the rank of the key among those of the field: 0 is preferred.
    ///
    /// Case, `_` and `-` do not count: `pub_date`, `pubDate` and `Pub-Date` are the same.
    pub(super) fn of(key: &str) -> Option<(Self, usize)> {
        let mut folded = [0; KEY_BYTES_MAX];
        let mut len = 0;
        for byte in key.bytes().filter(|byte| !matches!(byte, b'_' | b'-')) {
            *folded.get_mut(len)? = byte.to_ascii_lowercase();
            len += 1;
        }
        let folded = &folded[..len];
        KEYS.iter().find_map(|(field, keys)| {
            let rank = keys.iter().position(|it| it.as_bytes() == folded)?;
            Some((*field, rank))
        })
    }

    /// Turns a value that the field cannot hold into what is wrong with it.
    ///
    /// A number may be an id or a date, several texts or an object may be names, several texts may
    /// be paragraphs; a text may be anything.
    pub(super) fn admit<'a>(self, value: Value<'a>) -> Value<'a> {
        let wrong = match (self, &value) {
            (Self::Id | Self::Date, Value::Number(_)) => None,
            (_, Value::Number(_)) => Some("a number"),
            (Self::Body | Self::Byline | Self::Source | Self::Section, _) => None,
            (_, Value::Parts(_)) => Some("an array"),
            (_, Value::Named(_)) => Some("an object"),
            _ => None,
        };
        match (wrong, value) {
            (Some(wrong), _) => Value::Wrong(wrong),
            (None, Value::Named(_)) if self == Self::Body => Value::Wrong("an object"),
            (None, value) => value,
        }
    }
}
