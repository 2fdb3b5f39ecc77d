//! Articles as JSON.

use std::borrow::Cow;

use serde::Serialize;

use crate::article::{
    Article, Entity, MentionKind, Named, Paragraph, Part, Subject, TopicMark, Witness,
};
use crate::text::{Span, words};

use super::{FORMAT_VERSION, harmless, n_chars};

/// The fields of an article that every form of it has.
#[derive(Serialize)]
pub(super) struct ArticleJson<'a> {
    id: &'a str,
    headline: &'a str,
    date: Option<String>,
    date_source: Option<&'static str>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    byline: Option<&'a str>,
    dateline: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    path: &'a str,
    record: u64,
    people: Vec<NamedJson<'a>>,
    organisations: Vec<NamedJson<'a>>,
    places: Vec<NamedJson<'a>>,
    topics: Vec<TopicJson<'a>>,
}

/// Somebody or something that an article names.
#[derive(Serialize)]
struct NamedJson<'a> {
    name: &'a str,
    key: Cow<'a, str>,
    mentions: usize,
    from: Witness,
}

impl<'a> NamedJson<'a> {
    fn of(entity: &'a Entity) -> Self {
        let (name, key) = (entity.name(), entity.key());
        Self { name, key, mentions: entity.mentions.len(), from: entity.witness }
    }
}

#[derive(Serialize)]
struct TopicJson<'a> {
    code: &'a str,
    label: &'a str,
    from: Witness,
}

impl<'a> TopicJson<'a> {
    fn of(topic: &'a TopicMark) -> Self {
        Self { code: &topic.code, label: &topic.label, from: topic.witness }
    }
}

impl<'a> ArticleJson<'a> {
    pub(super) fn of(article: &'a Article) -> Self {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let named = |kind| article.annotations.of_kind(kind).map(NamedJson::of).collect();
        Self {
            id: &article.id,
            headline: &article.headline,
            date: article.date.map(|date| date.moment.to_string()),
            date_source: article.date.map(|date| date.provenance.name()),
            source: some(&article.source),
            section: some(&article.section),
            byline: some(&article.byline),
            dateline: article.dateline.as_ref().and_then(|dateline| some(&dateline.place)),
            language: some(&article.language),
            url: some(&article.url),
            path: &article.origin.path,
            record: article.origin.record,
            people: named(MentionKind::Person),
            organisations: named(MentionKind::Organisation),
            places: named(MentionKind::Place),
            topics: article.annotations.topics.iter().map(TopicJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct WholeJson<'a> {
    format_version: u32,
    #[serde(flatten)]
    article: ArticleJson<'a>,
    version: Option<u64>,
    updated: Option<String>,
    subhead: Option<&'a str>,
    slug: Option<&'a str>,
    keywords: &'a [String],
    subjects: &'a [Subject],
    named: &'a [Named],
    words: u64,
    paragraphs: &'a [Paragraph],
    mentions: Vec<MentionJson<'a>>,
}

/// A place of an article where somebody or something is named.
#[derive(Serialize)]
struct MentionJson<'a> {
    paragraph: Option<u32>,
    start: usize,
    end: usize,
    kind: &'static str,
    name: &'a str,
}

impl<'a> MentionJson<'a> {
    fn of(article: &Article, (part, span, entity): (Part, Span, &'a Entity)) -> Option<Self> {
        let text = article.text_of(part)?;
        let paragraph = match part {
            Part::Paragraph(idx) => Some(idx),
            _ => None,
        };
        let (start, end) = (n_chars(text, span.start), n_chars(text, span.end));
        Some(Self { paragraph, start, end, kind: entity.kind.name(), name: entity.name() })
    }
}

/// Returns a whole article as a JSON object: the keys of a hit, and
///
/// | key | value |
/// |---|---|
/// | `version`, `updated` | the publisher's number of the version and its time, or null |
/// | `subhead`, `slug` | text, or null |
/// | `keywords` | texts |
/// | `subjects` | `{code, label}` each, either of which may be empty |
/// | `named` | whom and what the publisher says that it names: `{kind, name, code}` each, the kind being `person`, `org` or `place`; the code may be empty |
/// | `words` | how many words the reporting has |
/// | `paragraphs` | `{text, kind}` each, the kind being `body` or `furniture` |
/// | `mentions` | `{paragraph, start, end, kind, name}` each, in reading order: the number of the paragraph, or null in the headline; the characters there |
pub fn article_json(article: &Article) -> String {
    let some = |text| Some(text).filter(|text: &&str| !text.is_empty());
    let mentions = article.annotations.mentions().into_iter();
    let whole = WholeJson {
        format_version: FORMAT_VERSION,
        article: ArticleJson::of(article),
        version: Some(article.version).filter(|version| *version > 0),
        updated: article.updated.map(|moment| moment.to_string()),
        subhead: some(&article.subhead),
        slug: some(&article.slug),
        keywords: &article.keywords,
        subjects: &article.subjects,
        named: &article.named,
        words: n_words(article),
        paragraphs: &article.paragraphs,
        mentions: mentions.filter_map(|it| MentionJson::of(article, it)).collect(),
    };
    // Strings and numbers always have a JSON form.
    harmless(serde_json::to_string_pretty(&whole).unwrap_or_default())
}

/// Counts the words of the reporting.
pub(in crate::render) fn n_words(article: &Article) -> u64 {
    article.body().map(|(_, paragraph)| words(&paragraph.text).len() as u64).sum()
}
