//! What an article names: people, organisations and places.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A place in an article where somebody or something is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What is named.
    pub kind: MentionKind,
    /// In which part of the article it is named.
    pub part: Part,
    /// The bytes of that part, without titles and possessives; empty for [`Part::Record`].
    pub span: Span,
    /// The name in full, as the article has it at its longest: `Friedrich Merz` for `Merz`.
    pub name: String,
    /// Who says so.
    pub witness: Witness,
}

/// Whom or what the publisher says that an article names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// What is named.
    pub kind: MentionKind,
    /// What the publisher calls it, in reading order: `Friedrich Merz`.
    pub name: String,
    /// The publisher's code, with the vocabulary before it where that was said:
    /// `reuters-places:usa`; may be empty.
    pub code: String,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// Somebody.
    Person,
    /// A company, a party, an authority, a club.
    #[serde(rename = "org")]
    Organisation,
    /// A country, a town, a river, a building.
    Place,
}

impl MentionKind {
    /// Lists all kinds, in the order of their tables.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organisation, Self::Place];

    /// Returns the word for it, as JSON and queries have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "org",
            Self::Place => "place",
        }
    }
}

/// A part of an article that can name something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The publisher's record, beside the text.
    Record,
    /// The headline.
    Headline,
    /// A paragraph, by its place among all paragraphs of the article.
    Paragraph(u32),
}

/// Who says that something is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Witness {
    /// Whoever published the article.
    Publisher,
    /// A list of the archive's own.
    Listed,
    /// The tagger.
    Recognised,
}
