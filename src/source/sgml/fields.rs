//! What the elements of the TREC collections stand for.

use super::elements::Ends;
use crate::article::MentionKind;
use crate::source::normal::{Field, List};

/// What an element stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One text.
    Text(Field),
    /// When it was published.
    Date,
    /// A headline, and how many come before it where there are several.
    Headline(u8),
    /// Names, one an element.
    Names(List),
    /// What it is about: a subject a line, or between semicolons.
    Subjects,
    /// Whom or what it names: one a line, or between semicolons.
    Named(MentionKind),
    /// The body.
    Body,
    /// What a crawler said of the page that follows.
    Header,
    /// What is no text of the article and fits no field.
    Other,
}

/// The elements that are known, in capitals.
const ELEMENTS: &[(&str, Meaning)] = &[
    ("TEXT", Meaning::Body),
    ("DOCNO", Meaning::Text(Field::Id)),
    ("HEADLINE", Meaning::Headline(0)),
    ("HL", Meaning::Headline(1)),
    ("HEAD", Meaning::Headline(2)),
    ("TTL", Meaning::Headline(3)),
    ("TI", Meaning::Headline(4)),
    ("TITLE", Meaning::Headline(5)),
    ("DOCTITLE", Meaning::Headline(6)),
    ("H3", Meaning::Headline(7)),
    ("DATELINE", Meaning::Text(Field::Dateline)),
    ("BYLINE", Meaning::Names(List::Byline)),
    ("AUTHOR", Meaning::Names(List::Byline)),
    ("AU", Meaning::Names(List::Byline)),
    ("DATE", Meaning::Date),
    ("DATE1", Meaning::Date),
    ("DD", Meaning::Date),
    ("DATE_TIME", Meaning::Date),
    ("DATETIME", Meaning::Date),
    ("PUBDATE", Meaning::Date),
    ("LEADPARA", Meaning::Body),
    ("LP", Meaning::Body),
    ("ABSTRACT", Meaning::Body),
    ("GRAPHIC", Meaning::Body),
    ("CORRECTION", Meaning::Body),
    ("SECTION", Meaning::Names(List::Section)),
    ("CATEGORY", Meaning::Names(List::Section)),
    ("PUB", Meaning::Names(List::Source)),
    ("SO", Meaning::Names(List::Source)),
    ("SOURCE", Meaning::Names(List::Source)),
    ("KEYWORDS", Meaning::Names(List::Keywords)),
    ("KEYWORD", Meaning::Names(List::Keywords)),
    ("SUBJECT", Meaning::Subjects),
    ("IN", Meaning::Subjects),
    ("NS", Meaning::Subjects),
    ("GV", Meaning::Subjects),
    ("PE", Meaning::Named(MentionKind::Person)),
    ("CO", Meaning::Named(MentionKind::Organisation)),
    ("RE", Meaning::Named(MentionKind::Place)),
    ("CN", Meaning::Named(MentionKind::Place)),
    ("TP", Meaning::Subjects),
    ("DESCRIPT", Meaning::Subjects),
    ("SLUG", Meaning::Text(Field::Slug)),
    ("URL", Meaning::Text(Field::Url)),
    ("LANGUAGE", Meaning::Text(Field::Language)),
    ("DOCHDR", Meaning::Header),
    ("DOCID", Meaning::Other),
    ("DOCTYPE", Meaning::Other),
    ("FILEID", Meaning::Other),
    ("FIRST", Meaning::Other),
    ("SECOND", Meaning::Other),
    ("NOTE", Meaning::Other),
    ("UNK", Meaning::Other),
    ("ACCESS", Meaning::Other),
    ("MS", Meaning::Other),
    ("G", Meaning::Other),
    ("PROFILE", Meaning::Other),
    ("PAGE", Meaning::Other),
    ("XX", Meaning::Other),
    ("LENGTH", Meaning::Other),
    ("TYPE", Meaning::Other),
    ("EDITION", Meaning::Other),
    ("HT", Meaning::Other),
    ("H1", Meaning::Other),
    ("H2", Meaning::Other),
    ("AN", Meaning::Other),
    ("PARENT", Meaning::Other),
    ("TRAILER", Meaning::Other),
    ("CORRECTION-DATE", Meaning::Other),
];

/// Returns what an element stands for, where it is known.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let found = ELEMENTS.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
    found.map(|(_, meaning)| *meaning)
}

/// Tells how an element ends, where it is known: others may stand in a text.
pub(super) fn ends(name: &str) -> Option<Ends> {
    meaning(name).map(|it| if it == Meaning::Body { Ends::Closed } else { Ends::Anyhow })
}
