//! The names that may stand before a `:`.

use super::error::{Fault, in_quotes, shortened};
use super::filters::NumberField;
use crate::text::{Span, edit_distance};

/// A field of an article whose text can be searched apart from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The headline.
    Headline,
    /// The first paragraph of the body.
    Lead,
    /// Who wrote it.
    Byline,
    /// The place and the agency that open the report.
    Dateline,
    /// The section of the paper.
    Section,
    /// Who published it.
    Source,
    /// The working title that the desk gave it.
    Slug,
    /// The language, as a BCP 47 tag.
    Language,
    /// What names the article for good.
    Id,
    /// Where it stands on the web.
    Url,
    /// The file that it was read from.
    File,
    /// The persons that it names.
    Person,
    /// The organisations that it names.
    Org,
    /// The places that it names, and those that they lie in.
    Place,
    /// What it is about.
    Topic,
    /// The people of a place, and what comes from there: *Ukrainian*, *Ukrainians*.
    Demonym,
}

impl Field {
    /// Returns the name that the field is printed with.
    pub fn name(self) -> &'static str {
        Name::Text(self).spellings().0
    }

    /// Finds the field with a name, or with another spelling of it.
    pub fn named(typed: &str) -> Option<Self> {
        match Name::find(typed) {
            Some(Name::Text(field)) => Some(field),
            _ => None,
        }
    }

    /// Tells whether it holds what is recognised in articles.
    pub fn is_annotation(self) -> bool {
        matches!(self, Self::Person | Self::Org | Self::Place | Self::Topic)
    }

    /// Tells whether it is a part of the headline and the body, whose words have positions there.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Headline | Self::Lead)
    }

    /// Tells whether the field holds names one after the other, which are no neighbours.
    pub(super) fn lists(self) -> bool {
        matches!(self, Self::Person | Self::Org | Self::Place | Self::Topic)
    }

    /// Tells whether what follows the colon is taken as it stands.
    ///
    /// Ids may hold colons, and addresses the signs of wildcards: nothing in them is an operator.
    pub(super) fn is_literal(self) -> bool {
        matches!(self, Self::Id | Self::Url | Self::File)
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A field with text.
    Text(Field),
    /// The date.
    Date,
    /// A number.
    Number(NumberField),
}

/// Every name, in the order in which a message lists them.
const NAMES: [Name; 18] = [
    Name::Text(Field::Headline),
    Name::Text(Field::Lead),
    Name::Text(Field::Byline),
    Name::Text(Field::Dateline),
    Name::Text(Field::Section),
    Name::Text(Field::Source),
    Name::Text(Field::Slug),
    Name::Text(Field::Language),
    Name::Text(Field::Id),
    Name::Text(Field::Url),
    Name::Text(Field::File),
    Name::Text(Field::Person),
    Name::Text(Field::Org),
    Name::Text(Field::Place),
    Name::Text(Field::Topic),
    Name::Text(Field::Demonym),
    Name::Date,
    Name::Number(NumberField::Words),
];

impl Name {
    /// Returns the name to print, and the other spellings, the short one first.
    fn spellings(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Text(Field::Headline) => ("headline", &["hd", "hl", "title"]),
            Self::Text(Field::Lead) => ("lead", &["lp"]),
            Self::Text(Field::Byline) => ("byline", &["by"]),
            Self::Text(Field::Dateline) => ("dateline", &["dl"]),
            Self::Text(Field::Section) => ("section", &["se"]),
            Self::Text(Field::Source) => ("source", &["sc", "rst"]),
            Self::Text(Field::Slug) => ("slug", &[]),
            Self::Text(Field::Language) => ("lang", &["la", "language"]),
            Self::Text(Field::Id) => ("id", &["an", "docno"]),
            Self::Text(Field::Url) => ("url", &[]),
            Self::Text(Field::File) => ("file", &[]),
            Self::Text(Field::Person) => ("person", &["pe"]),
            Self::Text(Field::Org) => ("org", &["co"]),
            Self::Text(Field::Place) => ("place", &["re"]),
            Self::Text(Field::Topic) => ("topic", &["ns"]),
            Self::Text(Field::Demonym) => ("demonym", &[]),
            Self::Date => ("date", &["pd"]),
            Self::Number(NumberField::Words) => (NumberField::Words.name(), &["wc"]),
        }
    }

    /// Finds the name with a spelling, in small letters or not.
    pub(super) fn find(typed: &str) -> Option<Self> {
        let typed = typed.to_lowercase();
        NAMES.into_iter().find(|name| name.all_spellings().any(|it| it == typed))
    }

    fn all_spellings(self) -> impl Iterator<Item = &'static str> {
        let (name, others) = self.spellings();
        std::iter::once(name).chain(others.iter().copied())
    }
}

/// What a run of characters says where it is a name, a sign and the rest: `date>=2025`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) name: Name,
    pub(super) sign: Sign,
    /// The name and the sign.
    pub(super) head: Span,
    /// What follows the sign directly; empty where that is a quotation mark or a parenthesis.
    pub(super) rest: Span,
}

/// How a name and a value are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Is,
    Below,
    AtMost,
    AtLeast,
    Above,
}

/// The signs as typed; none stands before a shorter one that it begins with.
const SIGNS: [(&str, Sign); 8] = [
    (":", Sign::Is),
    ("=", Sign::Is),
    ("<=", Sign::AtMost),
    ("≤", Sign::AtMost),
    ("<", Sign::Below),
    (">=", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    (">", Sign::Above),
];

/// Reads a run as a name with a sign, or returns `None` where it is a word.
///
/// An unknown name is a fault if anything follows its sign directly, and a known one if nothing
/// does: `Analysis: why` begins with a word, `headline: why` with a mistake. Addresses such as
/// `https://…` are words, but `file:///…` is a field.
pub(super) fn read_named(text: &str, run: Span) -> Result<Option<Named>, Fault> {
    let Some((name_end, sign, rest_start)) = split(run.of(text)) else {
        return Ok(None);
    };
    let name = Span::new(run.start, run.start + name_end);
    let head = Span::new(run.start, run.start + rest_start);
    let rest = Span::new(head.end, run.end);
    let is_followed = !rest.is_empty() || opens_argument(&text[rest.end..]);
    match Name::find(name.of(text)) {
        Some(name) if is_followed => Ok(Some(Named { name, sign, head, rest })),
        Some(_) => Err(nothing_follows(text, head)),
        None if is_followed && !is_scheme(text, head) => Err(unknown(text, name, run)),
        None => Ok(None),
    }
}

/// Splits a run behind its name and behind its sign.
fn split(run: &str) -> Option<(usize, Sign, usize)> {
    let name_end = run.find(|c: char| !c.is_alphabetic())?;
    let behind = &run[name_end..];
    let &(typed, sign) = SIGNS.iter().find(|(sign, _)| behind.starts_with(sign))?;
    (name_end > 0).then_some((name_end, sign, name_end + typed.len()))
}

/// Tells whether a name is how an address begins: `https://…`.
fn is_scheme(text: &str, head: Span) -> bool {
    head.of(text).ends_with(':') && text[head.end..].starts_with("//")
}

/// Tells whether an argument in quotation marks or parentheses begins here.
fn opens_argument(rest: &str) -> bool {
    rest.starts_with(|c: char| c == '(' || super::lexer::is_quote(c))
}

/// Complains that a name with its sign has nothing behind it.
pub(super) fn nothing_follows(text: &str, head: Span) -> Fault {
    let message = format!("nothing stands directly after {}", in_quotes(head.of(text)));
    Fault::new(head, message, "write what to look for without a space")
}

/// Complains of a name that is no field's, at the beginning of a run.
pub(super) fn unknown(text: &str, name: Span, run: Span) -> Fault {
    let message = format!("unknown field {}", in_quotes(name.of(text)));
    let suggestion = match nearest(&name.of(text).to_lowercase()) {
        Some(known) => {
            let (name, others) = known.spellings();
            let short = others.first().map(|it| format!(" (short: {it})"));
            format!("did you mean '{name}'{}?", short.unwrap_or_default())
        }
        None => {
            let names = NAMES.map(|name| name.spellings().0);
            format!("the fields are {}", names.join(", "))
        }
    };
    let mut hint = "to search for it as text, put it all in quotes".to_owned();
    if !opens_argument(&text[run.end..]) {
        hint += &format!(": \"{}\"", shortened(run.of(text)));
    }
    Fault::new(name, message, suggestion).with_hint(hint)
}

/// Returns the name that somebody meant, if one is near enough.
///
/// A beginning of a name counts as one slip; of two names as near, the one whose length is nearer
/// is taken.
fn nearest(typed: &str) -> Option<Name> {
    let n_chars = typed.chars().count();
    let slips_max = match n_chars {
        0..=1 => return None,
        2..=4 => 1,
        5..=16 => 2,
        _ => return None,
    };
    let slips_to = |spelling: &str| match spelling.starts_with(typed) {
        true => 1,
        false => edit_distance(typed, spelling),
    };
    NAMES
        .into_iter()
        .flat_map(|name| name.all_spellings().map(move |spelling| (name, spelling)))
        .filter(|(_, spelling)| spelling.len() > 2)
        .map(|(name, spelling)| (slips_to(spelling), spelling.len().abs_diff(n_chars), name))
        .filter(|&(slips, ..)| slips <= slips_max)
        .min_by_key(|&(slips, length, _)| (slips, length))
        .map(|(.., name)| name)
}
