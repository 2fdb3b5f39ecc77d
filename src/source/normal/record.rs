//! What a reader finds, before it is made an article.

use std::borrow::Cow;

use super::named;
use crate::article::{MentionKind, Subject};

/// A field that is one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Field {
    /// What names the article for good.
    Id,
    /// The number of the version.
    Version,
    /// The headline.
    Headline,
    /// The second headline.
    Subhead,
    /// The dateline, where it stands apart from the text.
    Dateline,
    /// When it was published.
    Date,
    /// When this version was made.
    Updated,
    /// When a crawler fetched it: its date where nothing else is.
    Fetched,
    /// The newsroom's working title.
    Slug,
    /// The language.
    Language,
    /// Where it stands on the web.
    Url,
}

/// A field that is a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum List {
    /// Who wrote it.
    Byline,
    /// Who published it.
    Source,
    /// The sections of the paper.
    Section,
    /// What it is filed under.
    Keywords,
}

impl Field {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Version => "version",
            Self::Headline => "headline",
            Self::Subhead => "subhead",
            Self::Dateline => "dateline",
            Self::Date => "date",
            Self::Updated => "updated",
            Self::Fetched => "fetched",
            Self::Slug => "slug",
            Self::Language => "language",
            Self::Url => "url",
        }
    }
}

impl List {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Byline => "byline",
            Self::Source => "source",
            Self::Section => "section",
            Self::Keywords => "keywords",
        }
    }
}

const N_FIELDS: usize = Field::Url as usize + 1;
const N_LISTS: usize = List::Keywords as usize + 1;

/// How many names a list takes; what comes after is dropped.
const NAMES_MAX: usize = 256;

/// How many subjects an article has at most; what comes after is dropped.
const SUBJECTS_MAX: usize = 256;

/// How many people, organisations and places an article names at most, all together; what comes
/// after is dropped.
const NAMED_MAX: usize = 256;

/// A value, and where it was found.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    pub(super) text: Cow<'a, str>,
    /// What it stood in, in the words of the format: `hedline/hl1`.
    pub(super) from: Cow<'a, str>,
}

/// Whom or what the publisher names, and where that was found.
#[derive(Clone, Debug)]
pub(super) struct FoundName<'a> {
    pub(super) kind: MentionKind,
    pub(super) name: Found<'a>,
    pub(super) code: Cow<'a, str>,
}

/// A piece of the body.
#[derive(Clone, Debug)]
pub(super) enum Part<'a> {
    /// A text whose lines make paragraphs.
    Lines(Cow<'a, str>),
    /// A text whose lines a machine broke.
    Broken(Cow<'a, str>),
    /// One paragraph, whatever line breaks are in it.
    Paragraph(Cow<'a, str>),
    /// A text whose lines are no reporting, as the format has it.
    Furniture(Cow<'a, str>),
}

/// What a reader finds in a record, in its own order.
///
/// A reader only says what it finds and where; what an article has in common with those of other
/// formats, the normaliser makes of it (see [`article`](super::article)). Blank values are nowhere
/// found.
#[derive(Clone, Debug, Default)]
pub(in crate::source) struct Record<'a> {
    pub(super) fields: [Option<Found<'a>>; N_FIELDS],
    pub(super) lists: [Vec<Found<'a>>; N_LISTS],
    pub(super) subjects: Vec<Subject>,
    pub(super) subjects_from: Cow<'a, str>,
    pub(super) named: Vec<FoundName<'a>>,
    pub(super) parts: Vec<Part<'a>>,
    pub(super) parts_from: Cow<'a, str>,
    pub(super) withdrawn: Option<Cow<'a, str>>,
    /// Whether the date stands in the text, and is no field of its own.
    pub(super) has_printed_date: bool,
}

impl<'a> Record<'a> {
    /// Sets a field, unless it is set or the text is blank: the preferred place comes first.
    pub(in crate::source) fn set(
        &mut self,
        field: Field,
        from: impl Into<Cow<'a, str>>,
        text: impl Into<Cow<'a, str>>,
    ) {
        let place = &mut self.fields[field as usize];
        let text = text.into();
        if place.is_none() && !text.trim().is_empty() {
            *place = Some(Found { text, from: from.into() });
        }
    }

    /// Tells whether a field is set.
    pub(in crate::source) fn has(&self, field: Field) -> bool {
        self.fields[field as usize].is_some()
    }

    /// Returns the text of a field, which is empty where it is not set.
    pub(in crate::source) fn text(&self, field: Field) -> &str {
        self.fields[field as usize].as_ref().map_or("", |found| found.text.as_ref())
    }

    /// Adds a name to a list, unless it is blank or there.
    pub(in crate::source) fn push(
        &mut self,
        list: List,
        from: impl Into<Cow<'a, str>>,
        name: impl Into<Cow<'a, str>>,
    ) {
        let names = &mut self.lists[list as usize];
        let text = name.into();
        let is_there = names.iter().any(|it| it.text.trim() == text.trim());
        if names.len() < NAMES_MAX && !is_there && !text.trim().is_empty() {
            names.push(Found { text, from: from.into() });
        }
    }

    /// Adds a name to a list that has none yet, from a place that counts less than the others.
    pub(in crate::source) fn push_first(
        &mut self,
        list: List,
        from: impl Into<Cow<'a, str>>,
        name: impl Into<Cow<'a, str>>,
    ) {
        if !self.has_any(list) {
            self.push(list, from, name);
        }
    }

    /// Tells whether a list holds a name.
    pub(in crate::source) fn has_any(&self, list: List) -> bool {
        !self.lists[list as usize].is_empty()
    }

    /// Adds a subject by its code, its label, or both.
    pub(in crate::source) fn subject(
        &mut self,
        from: impl Into<Cow<'a, str>>,
        code: &str,
        label: &str,
    ) {
        let subject = Subject { code: code.trim().to_owned(), label: label.trim().to_owned() };
        let is_blank = subject.code.is_empty() && subject.label.is_empty();
        if is_blank || self.subjects.len() >= SUBJECTS_MAX || self.subjects.contains(&subject) {
            return;
        }
        self.subjects.push(subject);
        self.subjects_from = from.into();
    }

    /// Adds somebody or something that the publisher names, by what it is called and by its code,
    /// which may be empty; unless the name is blank or there.
    ///
    /// Of the same name twice, the first code counts.
    pub(in crate::source) fn named(
        &mut self,
        kind: MentionKind,
        from: impl Into<Cow<'a, str>>,
        name: impl Into<Cow<'a, str>>,
        code: impl Into<Cow<'a, str>>,
    ) {
        let (text, code) = (name.into(), code.into());
        let is_full = self.named.len() >= NAMED_MAX;
        let mut names = self.named.iter_mut().filter(|it| it.kind == kind);
        match names.find(|it| it.name.text.trim() == text.trim()) {
            Some(same) if same.code.is_empty() => same.code = code,
            Some(_) => {}
            None if is_full || text.trim().is_empty() => {}
            None => {
                let name = Found { text, from: from.into() };
                self.named.push(FoundName { kind, name, code });
            }
        }
    }

    /// Adds those whom an export keeps in one text: `Hale, Ann; Ruiz, Tom`.
    pub(in crate::source) fn named_in(&mut self, kind: MentionKind, from: &str, text: &str) {
        for name in named::parted(kind, text) {
            self.named(kind, from.to_owned(), name.to_owned(), "");
        }
    }

    /// Tells whether anybody or anything of a kind is named.
    pub(in crate::source) fn has_named(&self, kind: MentionKind) -> bool {
        self.named.iter().any(|it| it.kind == kind)
    }

    /// Says where the body was found.
    pub(in crate::source) fn body_from(&mut self, from: impl Into<Cow<'a, str>>) {
        self.parts_from = from.into();
    }

    /// Adds a text to the body whose lines are paragraphs, or make some where a machine broke them.
    pub(in crate::source) fn part(&mut self, text: impl Into<Cow<'a, str>>) {
        self.push_part(Part::Lines, text.into());
    }

    /// Adds a text to the body whose lines a machine broke, as the format has it: nothing else has
    /// to speak for that but that they are full.
    pub(in crate::source) fn broken(&mut self, text: impl Into<Cow<'a, str>>) {
        self.push_part(Part::Broken, text.into());
    }

    /// Adds one paragraph to the body, whatever white space is in it.
    pub(in crate::source) fn paragraph(&mut self, text: impl Into<Cow<'a, str>>) {
        self.push_part(Part::Paragraph, text.into());
    }

    /// Adds lines that are no reporting, whatever their words: a signature.
    pub(in crate::source) fn furniture(&mut self, text: impl Into<Cow<'a, str>>) {
        self.push_part(Part::Furniture, text.into());
    }

    fn push_part(&mut self, part: fn(Cow<'a, str>) -> Part<'a>, text: Cow<'a, str>) {
        if !text.trim().is_empty() {
            self.parts.push(part(text));
        }
    }

    /// Tells whether there is a body.
    pub(in crate::source) fn has_body(&self) -> bool {
        self.parts.iter().any(|it| !matches!(it, Part::Furniture(_)))
    }

    /// Says that the date was printed in the text, as a line of it.
    pub(in crate::source) fn date_is_printed(&mut self) {
        self.has_printed_date = true;
    }

    /// Says that the publisher withdraws the article, and by what words: `pubstatus canceled`.
    pub(in crate::source) fn withdraw(&mut self, by: impl Into<Cow<'a, str>>) {
        self.withdrawn = Some(by.into());
    }
}
