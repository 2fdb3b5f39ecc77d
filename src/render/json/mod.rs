//! Answers as JSON.
//!
//! A hit is an object:
//!
//! | key | value |
//! |---|---|
//! | `rank` | its place, from 1 |
//! | `score` | BM25, or 0 where the order is not by relevance |
//! | `id` | what `show` takes |
//! | `headline`, `headline_highlights` | the headline, and what matched in it |
//! | `date`, `date_source` | ISO 8601, as precise as known, and where it was found; or null |
//! | `source`, `section`, `byline`, `dateline`, `language`, `url` | text, or null |
//! | `path`, `record` | the file, and the record in it from 1, or 0 where the file is one article |
//! | `people`, `organisations`, `places` | `{name, key, mentions, from}` each: `key` is what spellings of the name share, of a place its path, empty where nobody knows it; `from` is `publisher`, `listed` or `recognised` |
//! | `topics` | `{code, label, from}` each, `code` being that of the Media Topic |
//! | `cluster` | only where the archive has other versions of the story: `{id, versions, sources, first}`, the id of the earliest, how many versions there are with the hit itself, their sources, the date of the earliest or null |
//! | `snippets` | `{paragraph, offset, text, highlights, cut_start, cut_end}` each |
//!
//! `paragraph` counts the article's paragraphs from 0, furniture included. All offsets count
//! characters (Unicode scalar values): `offset` is the passage's in its paragraph. A highlight is
//! `{start, end, kind, matched}`, `start` and `end` being in the headline or in `text`, and `kind`
//! being that of the name that it lies in, `person`, `org` or `place`, else `match`. What did not
//! match is among them only with `--mentions all`, and `--mentions none` calls everything `match`. In a
//! passage it has `paragraph_start` and `paragraph_end` too: the same place in the paragraph as it was
//! read from its file, which `show --format json` prints.
//!
//! The summary is an object too:
//!
//! | key | value |
//! |---|---|
//! | `total`, `total_is_exact` | how many articles match, and whether all were seen |
//! | `relaxed` | whether any word was enough because no article had all |
//! | `corrections` | `{typed, articles, searched}` for each word that was searched under other spellings; `articles` have it as typed |
//! | `notes` | what people are told |
//! | `diagnosis` | only where nothing matched: `{parts, unknown, relaxations}`; a part is `{query, articles, articles_without}`, an unknown word `{word, nearest}`, a relaxation `{query, articles}` |
//! | `facets` | only where they were asked for: an object of arrays of `{value, count}`, as 'dateline facets' prints it |
//! | `took_us`, `generation`, `query` | the microseconds taken, the generation that answered, the query in canonical form |

mod article;

use std::io::{self, Write};

use serde::Serialize;

use crate::search::{
    Answer, Correction, Diagnosis, Hit, Part, Relaxation, Story, Unknown, Variant,
};
use crate::snippet::{Cut, Snippet};
use crate::text::is_unprintable;

use super::Renderer;
use super::facets::facets_value;
use super::looks::{Look, Names, looks};

use article::ArticleJson;

pub use article::article_json;
pub(super) use article::n_words;

/// The version of the JSON; raised when a key changes its meaning or goes.
pub const FORMAT_VERSION: u32 = 2;

/// Prints an answer as one object, `{"format_version", "hits": […], "summary": {…}}`.
pub struct Json {
    /// Which names are among the highlights.
    pub names: Names,
}

/// Prints an answer as an object a line: each hit, then `{"summary": {…}}`.
pub struct NdJson {
    /// Which names are among the highlights.
    pub names: Names,
}

impl Renderer for Json {
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        let hits = answer.hits.iter().map(|hit| HitJson::of(hit, self.names)).collect();
        let whole = AnswerJson { format_version: FORMAT_VERSION, hits, summary: summary(answer) };
        writeln!(out, "{}", harmless(serde_json::to_string_pretty(&whole)?))
    }
}

impl Renderer for NdJson {
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        for hit in &answer.hits {
            writeln!(out, "{}", harmless(serde_json::to_string(&HitJson::of(hit, self.names))?))?;
        }
        print_last(answer, out)
    }
}

/// Prints the summary, which is the last line of an answer of a line an object.
pub(super) fn print_last(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let last = LastJson { format_version: FORMAT_VERSION, summary: summary(answer) };
    writeln!(out, "{}", harmless(serde_json::to_string(&last)?))
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    format_version: u32,
    hits: Vec<HitJson<'a>>,
    summary: SummaryJson<'a>,
}

#[derive(Serialize)]
struct LastJson<'a> {
    format_version: u32,
    summary: SummaryJson<'a>,
}

#[derive(Serialize)]
pub(super) struct SummaryJson<'a> {
    total: u64,
    total_is_exact: bool,
    relaxed: bool,
    corrections: Vec<CorrectionJson<'a>>,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnosis: Option<DiagnosisJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<serde_json::Value>,
    took_us: u64,
    generation: u64,
    query: &'a str,
}

pub(super) fn summary(answer: &Answer) -> SummaryJson<'_> {
    SummaryJson {
        total: answer.total,
        total_is_exact: answer.total_is_exact,
        relaxed: answer.relaxed,
        corrections: answer.corrections.iter().map(CorrectionJson::of).collect(),
        notes: answer.notes.iter().map(ToString::to_string).collect(),
        diagnosis: answer.diagnosis.as_ref().map(DiagnosisJson::of),
        facets: (!answer.facets.is_empty()).then(|| facets_value(&answer.facets)),
        took_us: u64::try_from(answer.took.as_micros()).unwrap_or(u64::MAX),
        generation: answer.generation,
        query: &answer.query,
    }
}

#[derive(Serialize)]
struct CorrectionJson<'a> {
    typed: &'a str,
    articles: u64,
    searched: &'a [String],
}

impl<'a> CorrectionJson<'a> {
    fn of(correction: &'a Correction) -> Self {
        let Correction { typed, n_articles, searched } = correction;
        Self { typed, articles: *n_articles, searched }
    }
}

#[derive(Serialize)]
struct DiagnosisJson<'a> {
    parts: Vec<PartJson<'a>>,
    unknown: Vec<UnknownJson<'a>>,
    relaxations: Vec<RelaxationJson<'a>>,
}

#[derive(Serialize)]
struct PartJson<'a> {
    query: &'a str,
    articles: u64,
    articles_without: Option<u64>,
}

#[derive(Serialize)]
struct UnknownJson<'a> {
    word: &'a str,
    nearest: &'a [String],
}

#[derive(Serialize)]
struct RelaxationJson<'a> {
    query: &'a str,
    articles: u64,
}

impl<'a> DiagnosisJson<'a> {
    fn of(diagnosis: &'a Diagnosis) -> Self {
        let part = |part: &'a Part| PartJson {
            query: &part.query,
            articles: part.n_articles,
            articles_without: part.n_without,
        };
        let unknown = |it: &'a Unknown| UnknownJson { word: &it.word, nearest: &it.nearest };
        let relaxation =
            |it: &'a Relaxation| RelaxationJson { query: &it.query, articles: it.n_articles };
        Self {
            parts: diagnosis.parts.iter().map(part).collect(),
            unknown: diagnosis.unknown.iter().map(unknown).collect(),
            relaxations: diagnosis.relaxations.iter().map(relaxation).collect(),
        }
    }
}

#[derive(Serialize)]
struct VariantJson<'a> {
    word: &'a str,
    articles: u64,
}

/// Returns the spellings of a name as a JSON array of `{word, articles}`.
pub fn variants_json(variants: &[Variant]) -> String {
    let variants = variants.iter();
    let variants: Vec<VariantJson<'_>> =
        variants.map(|it| VariantJson { word: &it.word, articles: it.n_articles }).collect();
    harmless(serde_json::to_string_pretty(&variants).unwrap_or_default())
}

#[derive(Serialize)]
struct HitJson<'a> {
    rank: usize,
    score: f32,
    #[serde(flatten)]
    article: ArticleJson<'a>,
    headline_highlights: Vec<HighlightJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<ClusterJson<'a>>,
    snippets: Vec<SnippetJson<'a>>,
}

#[derive(Serialize)]
struct ClusterJson<'a> {
    id: &'a str,
    versions: usize,
    sources: &'a [String],
    first: Option<String>,
}

impl<'a> ClusterJson<'a> {
    fn of(story: &'a Story) -> Self {
        let Story { id, n_versions, sources, first, .. } = story;
        Self { id, versions: *n_versions, sources, first: first.map(|it| it.to_string()) }
    }
}

impl<'a> HitJson<'a> {
    fn of(hit: &'a Hit, names: Names) -> Self {
        let article = &hit.article;
        let snippet = |snippet: &'a Snippet| {
            let paragraph = article.paragraphs.get(snippet.paragraph);
            let text = paragraph.map_or("", |paragraph| paragraph.text.as_str());
            SnippetJson::of(snippet, text, names)
        };
        Self {
            rank: hit.rank,
            score: hit.score,
            article: ArticleJson::of(article),
            headline_highlights: highlights(
                &article.headline,
                &looks(&hit.headline_highlights, &hit.headline_names, names),
            ),
            cluster: hit.story.as_ref().map(ClusterJson::of),
            snippets: hit.snippets.iter().map(snippet).collect(),
        }
    }
}

#[derive(Serialize)]
struct SnippetJson<'a> {
    paragraph: usize,
    offset: usize,
    text: &'a str,
    highlights: Vec<PassageHighlightJson>,
    cut_start: bool,
    cut_end: bool,
}

impl<'a> SnippetJson<'a> {
    fn of(snippet: &'a Snippet, paragraph: &str, names: Names) -> Self {
        let offset = n_chars(paragraph, snippet.span.start);
        let looks = looks(&snippet.highlights, &snippet.names, names);
        let highlights = highlights(&snippet.text, &looks).into_iter();
        let in_paragraph = |it: HighlightJson| PassageHighlightJson {
            start: it.start,
            end: it.end,
            paragraph_start: offset + it.start,
            paragraph_end: offset + it.end,
            kind: it.kind,
            matched: it.matched,
        };
        Self {
            paragraph: snippet.paragraph,
            offset,
            text: &snippet.text,
            highlights: highlights.map(in_paragraph).collect(),
            cut_start: snippet.start == Cut::Cut,
            cut_end: snippet.end == Cut::Cut,
        }
    }
}

#[derive(Serialize)]
struct PassageHighlightJson {
    start: usize,
    end: usize,
    paragraph_start: usize,
    paragraph_end: usize,
    kind: &'static str,
    matched: bool,
}

#[derive(Serialize)]
struct HighlightJson {
    start: usize,
    end: usize,
    kind: &'static str,
    matched: bool,
}

fn highlights(text: &str, looks: &[Look]) -> Vec<HighlightJson> {
    let highlight = |it: &Look| {
        let (start, end) = (n_chars(text, it.span.start), n_chars(text, it.span.end));
        HighlightJson { start, end, kind: it.kind(), matched: it.is_match }
    };
    looks.iter().map(highlight).collect()
}

/// Returns how many characters stand before a byte.
pub(in crate::render) fn n_chars(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |before| before.chars().count())
}

/// Escapes what JSON may hold raw and a terminal must not see: the control characters above ASCII
/// and those that turn the direction of text. All of them stand in strings.
pub(in crate::render) fn harmless(json: String) -> String {
    let is_harmful = |c: char| c != '\n' && is_unprintable(c);
    if !json.contains(is_harmful) {
        return json;
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_harmful(c) {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}
