//! The keys of JSON records, and what may stand under them.

use super::value::Value;
use crate::article::MentionKind;
use crate::source::normal::{self, List};

/// The bytes of a key that are looked at; none of those that are known has as many.
const KEY_BYTES_MAX: usize = 24;

/// What a key of a record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Field {
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
    /// The number of the version.
    Version,
    /// When this version was made.
    Updated,
    /// The second headline.
    Subhead,
    /// What it is filed under.
    Keywords,
    /// Whom it names.
    People,
    /// Which companies, parties and authorities it names.
    Organisations,
    /// Which places it names.
    Places,
}

/// What an object among keywords says that its value is, in the archive of The New York Times:
/// `{"name": "persons", "value": "Hale, Ann"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filed {
    /// What the article is about, or a work that it names.
    Subject,
    /// Whom or what it names.
    Named(MentionKind),
}

/// Returns what the value beside a name is, where the name says it.
pub(super) fn filed(name: &str) -> Option<Filed> {
    let folded = name.trim().to_ascii_lowercase();
    Some(match folded.as_str() {
        "persons" | "person" => Filed::Named(MentionKind::Person),
        "organizations" | "organization" => Filed::Named(MentionKind::Organisation),
        "glocations" | "location" => Filed::Named(MentionKind::Place),
        "subject" | "creative_works" | "title" => Filed::Subject,
        _ => return None,
    })
}

/// What a field is for the normaliser.
#[derive(Clone, Copy)]
pub(in crate::source) enum Meaning {
    /// One text.
    Text(normal::Field),
    /// Names.
    Names(List),
    /// Names of whom or what the article names.
    Named(MentionKind),
    /// The paragraphs.
    Body,
}

/// The keys of the fields, folded, the preferred first; the table in the room's docs says the same.
const KEYS: [(Field, &[&str]); N_FIELDS] = [
    (Field::Id, &["id", "guid", "docno", "uuid", "uri"]),
    (Field::Headline, &["headline", "title", "hl", "head"]),
    (
        Field::Body,
        &["body", "text", "content", "paragraphs", "articlebody", "story", "leadparagraph"],
    ),
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
    (Field::Section, &["section", "category", "categories", "desk", "sectionname"]),
    (Field::Slug, &["slug", "slugline"]),
    (Field::Url, &["url", "link", "canonical", "weburl"]),
    (Field::Language, &["language", "lang", "inlanguage"]),
    (Field::Dateline, &["dateline"]),
    (Field::Version, &["version", "revision"]),
    (
        Field::Updated,
        &[
            "updated",
            "updatedat",
            "modified",
            "datemodified",
            "lastmodified",
            "lastmod",
            "versioncreated",
        ],
    ),
    (Field::Subhead, &["subhead", "subheadline", "subtitle", "standfirst"]),
    (Field::Keywords, &["keywords", "tags", "desfacet"]),
    (Field::People, &["people", "persons", "perfacet"]),
    (Field::Organisations, &["organisations", "organizations", "orgs", "companies", "orgfacet"]),
    (Field::Places, &["places", "locations", "glocations", "geofacet"]),
];

/// How many fields a record may have.
pub(super) const N_FIELDS: usize = 18;

impl Field {
    /// All fields, in the order of their declaration.
    pub(super) const ALL: [Self; N_FIELDS] = {
        let mut all = [Self::Id; N_FIELDS];
        let mut idx = 0;
        while idx < N_FIELDS {
            all[idx] = KEYS[idx].0;
            idx += 1;
        }
        all
    };

    /// Returns what the field is for the normaliser.
    pub(in crate::source) fn meaning(self) -> Meaning {
        match self {
            Self::Id => Meaning::Text(normal::Field::Id),
            Self::Headline => Meaning::Text(normal::Field::Headline),
            Self::Body => Meaning::Body,
            Self::Date => Meaning::Text(normal::Field::Date),
            Self::Byline => Meaning::Names(List::Byline),
            Self::Source => Meaning::Names(List::Source),
            Self::Section => Meaning::Names(List::Section),
            Self::Slug => Meaning::Text(normal::Field::Slug),
            Self::Url => Meaning::Text(normal::Field::Url),
            Self::Language => Meaning::Text(normal::Field::Language),
            Self::Dateline => Meaning::Text(normal::Field::Dateline),
            Self::Version => Meaning::Text(normal::Field::Version),
            Self::Updated => Meaning::Text(normal::Field::Updated),
            Self::Subhead => Meaning::Text(normal::Field::Subhead),
            Self::Keywords => Meaning::Names(List::Keywords),
            Self::People => Meaning::Named(MentionKind::Person),
            Self::Organisations => Meaning::Named(MentionKind::Organisation),
            Self::Places => Meaning::Named(MentionKind::Place),
        }
    }

    /// Finds the field of a key, and the rank of the key among those of the field: 0 is preferred.
    ///
    /// Case, `_` and `-` do not count: `pub_date`, `pubDate` and `Pub-Date` are the same.
    pub(in crate::source) fn of(key: &str) -> Option<(Self, usize)> {
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
    /// A number may be an id or a date, several texts or an object may be names, an object a
    /// headline, several texts may be paragraphs; a text may be anything. Under the keys of what an
    /// article names stand coordinates too, and counts: these are nothing.
    pub(super) fn admit<'a>(self, value: Value<'a>) -> Value<'a> {
        let is_of_names = matches!(self, Self::People | Self::Organisations | Self::Places);
        let wrong = match (self, &value) {
            _ if is_of_names => None,
            (_, Value::Mixed(_, wrong)) => Some(*wrong),
            (Self::Id | Self::Date | Self::Version | Self::Updated, Value::Number(_)) => None,
            (_, Value::Number(_)) => Some("a number"),
            (Self::Headline, Value::Named(_)) => None,
            (Self::Body | Self::Byline | Self::Source | Self::Section | Self::Keywords, _) => None,
            (_, Value::Parts(_)) => Some("an array"),
            (_, Value::Named(_)) => Some("an object"),
            _ => None,
        };
        match (wrong, value) {
            (Some(wrong), _) => Value::Wrong(wrong),
            (None, Value::Named(_)) if self == Self::Body => Value::Wrong("an object"),
            (None, Value::Mixed(parts, _)) => Value::Parts(parts),
            (None, Value::Number(_) | Value::Wrong(_)) if is_of_names => Value::Absent,
            (None, value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the names in quotes of the first cell of a row, folded.
    fn told(row: &str) -> Vec<String> {
        let cell = row.split('|').nth(2).unwrap_or_default();
        let names = cell.split('`').skip(1).step_by(2);
        let mut names: Vec<String> =
            names.map(|it| it.to_lowercase().replace(['_', '-'], "")).collect();
        names.dedup();
        names
    }

    #[test]
    fn the_table_of_the_room_has_every_key_in_its_order() {
        let table = include_str!("../fields.md");
        for (field, keys) in KEYS {
            let name = match field {
                Field::Body => "paragraphs".to_owned(),
                _ => format!("{field:?}").to_lowercase(),
            };
            let row = table.lines().find(|it| it.starts_with(&format!("| {name} |"))).unwrap();
            assert_eq!(told(row).get(..keys.len()).unwrap_or_default(), keys, "{name}");
        }
    }
}
