//! Random articles.

use proptest::prelude::*;
use serde_json::json;

/// The words that articles and queries are made of. Some begin alike, one is two others written as
/// one, one is a stop word, one a number.
pub(super) const VOCABULARY: [&str; 12] = [
    "brom", "brok", "dalk", "fump", "gorv", "hilm", "jusk", "bromdalk", "dalkfump", "kolp", "the",
    "1999",
];

/// An article as the scan knows it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) headline: Vec<Printed>,
    pub(super) byline: Vec<Printed>,
    /// A day, `2021-03-14`.
    pub(super) date: Option<String>,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A paragraph of reporting, or a line that is none.
#[derive(Clone, Debug)]
pub(super) enum Paragraph {
    Body(Vec<Printed>),
    Furniture(Vec<Printed>),
}

/// A word as printed: its parts, which hyphens join, and what surrounds it.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) parts: Vec<&'static str>,
    look: Look,
}

/// How a word is printed.
#[derive(Clone, Copy, Debug)]
enum Look {
    Plain,
    Capitalised,
    Capitals,
    Possessive,
    BeforeComma,
    BeforeStop,
    Quoted,
}

/// Makes articles.
pub(super) fn piece() -> impl Strategy<Value = Piece> {
    let date = (2020..2023_u32, 1..=12_u32, 1..=28_u32)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    (
        prop::collection::vec(printed(), 0..5),
        prop::collection::vec(printed(), 0..3),
        prop::option::weighted(0.8, date),
        prop::collection::vec(paragraph(), 1..5),
    )
        .prop_map(|(headline, byline, date, paragraphs)| Piece {
            headline,
            byline,
            date,
            paragraphs,
        })
        .prop_filter("an article has text", |piece| {
            !piece.headline.is_empty() || piece.body().next().is_some()
        })
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    prop_oneof![
        5 => prop::collection::vec(printed(), 1..9).prop_map(Paragraph::Body),
        1 => prop::collection::vec(printed(), 1..4).prop_map(Paragraph::Furniture),
    ]
}

fn printed() -> impl Strategy<Value = Printed> {
    let parts = prop_oneof![
        6 => word().prop_map(|word| vec![word]),
        1 => prop::collection::vec(name(), 2..4),
    ];
    let look = prop_oneof![
        6 => Just(Look::Plain),
        1 => Just(Look::Capitalised),
        1 => Just(Look::Capitals),
        1 => Just(Look::Possessive),
        1 => Just(Look::BeforeComma),
        1 => Just(Look::BeforeStop),
        1 => Just(Look::Quoted),
    ];
    (parts, look).prop_map(|(parts, look)| Printed { parts, look })
}

/// Makes words.
pub(super) fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&VOCABULARY[..])
}

/// Makes words that are neither stop words nor numbers.
pub(super) fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&VOCABULARY[..10])
}

impl Piece {
    /// Returns the paragraphs of reporting.
    pub(super) fn body(&self) -> impl Iterator<Item = &Vec<Printed>> {
        self.paragraphs.iter().filter_map(|paragraph| match paragraph {
            Paragraph::Body(words) => Some(words),
            Paragraph::Furniture(_) => None,
        })
    }

    fn record(&self, idx: usize) -> serde_json::Value {
        let paragraphs: Vec<String> = self
            .paragraphs
            .iter()
            .map(|paragraph| match paragraph {
                Paragraph::Body(words) => line(words),
                Paragraph::Furniture(words) => format!("Read also: {}", line(words)),
            })
            .collect();
        json!({
            "id": id(idx),
            "headline": line(&self.headline),
            "byline": line(&self.byline),
            "date": self.date,
            "paragraphs": paragraphs,
        })
    }
}

/// Returns the id of the article with a number.
pub(super) fn id(idx: usize) -> String {
    format!("n{idx:02}")
}

/// Returns the articles as JSON, one a line.
pub(super) fn records(pieces: &[Piece]) -> String {
    let lines = pieces.iter().enumerate();
    lines.map(|(idx, piece)| piece.record(idx).to_string() + "\n").collect()
}

fn line(words: &[Printed]) -> String {
    words.iter().map(Printed::print).collect::<Vec<_>>().join(" ")
}

impl Printed {
    fn print(&self) -> String {
        let word = self.parts.join("-");
        match self.look {
            Look::Plain => word,
            Look::Capitalised => word[..1].to_uppercase() + &word[1..],
            Look::Capitals => word.to_uppercase(),
            Look::Possessive => word + "’s",
            Look::BeforeComma => word + ",",
            Look::BeforeStop => word + ".",
            Look::Quoted => format!("“{word}”"),
        }
    }
}
