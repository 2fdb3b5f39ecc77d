//! Random articles.

use proptest::prelude::*;
use serde_json::json;

/// The words that articles and queries are made of. Some begin alike, some are one slip from
/// another, one is two others written as one, one is a stop word, one a number.
pub(super) const VOCABULARY: [&str; 12] = [
    "brom", "brok", "dalk", "fump", "gorv", "hilm", "jusk", "bromdalk", "dalkfump", "kolp", "the",
    "1999",
];

/// The languages of the articles, as they are told: in these the words above are their own stems, so
/// that the scan need not know them.
pub(super) const LANGUAGES: [&str; 7] = ["", "en", "de-AT", "fi", "fr", "ru", "ja"];

/// An article as the scan knows it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) headline: Vec<Printed>,
    pub(super) byline: Vec<Printed>,
    pub(super) section: Vec<Printed>,
    language: &'static str,
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
    pub(super) parts: Vec<Part>,
    around: Around,
}

/// A word, or a part of a compound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) word: &'static str,
    pub(super) case: Case,
}

/// How a word is printed. Figures are small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Small,
    Capitalised,
    Capitals,
}

/// What surrounds a word.
#[derive(Clone, Copy, Debug)]
enum Around {
    Nothing,
    Possessive,
    Comma,
    /// The end of a sentence, if the next word does not begin small.
    Stop(&'static str),
    Quotes,
}

/// Makes articles.
pub(super) fn piece() -> impl Strategy<Value = Piece> {
    let date = (2020..2023_u32, 1..=12_u32, 1..=28_u32)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    (
        prop::collection::vec(printed(), 0..7),
        prop::collection::vec(printed(), 0..5),
        prop::collection::vec(printed(), 0..3),
        prop::sample::select(&LANGUAGES[..]),
        prop::option::weighted(0.8, date),
        prop::collection::vec(paragraph(), 1..5),
    )
        .prop_map(|(headline, byline, section, language, date, paragraphs)| Piece {
            headline,
            byline,
            section,
            language,
            date,
            paragraphs,
        })
        .prop_filter("an article has text", |piece| {
            !piece.headline.is_empty() || piece.body().next().is_some()
        })
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    prop_oneof![
        5 => prop::collection::vec(printed(), 1..15).prop_map(Paragraph::Body),
        1 => prop::collection::vec(printed(), 1..4).prop_map(Paragraph::Furniture),
    ]
}

fn printed() -> impl Strategy<Value = Printed> {
    let words = prop_oneof![6 => word().prop_map(|word| vec![word]), 1 => compound()];
    let cases = prop::collection::vec(case(), 4);
    let stop = prop::sample::select(vec![".", "!", "?", "…", ".”"]);
    let around = prop_oneof![
        6 => Just(Around::Nothing),
        1 => Just(Around::Possessive),
        1 => Just(Around::Comma),
        3 => stop.prop_map(Around::Stop),
        1 => Just(Around::Quotes),
    ];
    (words, cases, around).prop_map(|(words, cases, around)| {
        let parts = words.into_iter().zip(cases).map(|(word, case)| match word {
            "1999" => Part { word, case: Case::Small },
            word => Part { word, case },
        });
        Printed { parts: parts.collect(), around }
    })
}

fn case() -> impl Strategy<Value = Case> {
    prop_oneof![
        3 => Just(Case::Small),
        2 => Just(Case::Capitalised),
        1 => Just(Case::Capitals),
    ]
}

/// Makes words, some of them often, as in any text.
pub(super) fn word() -> BoxedStrategy<&'static str> {
    let common = prop::sample::select(vec!["brom", "dalk", "fump", "the"]);
    prop_oneof![common, prop::sample::select(&VOCABULARY[..])].boxed()
}

/// Makes words that are neither stop words nor numbers.
pub(super) fn name() -> BoxedStrategy<&'static str> {
    let common = prop::sample::select(vec!["brom", "dalk", "fump"]);
    prop_oneof![common, prop::sample::select(&VOCABULARY[..10])].boxed()
}

/// Makes the parts of compounds; figures alone are none.
pub(super) fn compound() -> BoxedStrategy<Vec<&'static str>> {
    let part = prop_oneof![8 => name(), 1 => Just("1999")];
    let parts = prop::collection::vec(part, 2..4);
    parts.prop_filter("a compound has a letter", |it| it.iter().any(|it| *it != "1999")).boxed()
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
            "section": line(&self.section),
            "language": self.language,
            "date": self.date,
            "paragraphs": paragraphs,
        })
    }
}

/// Returns the id of the article with a number.
pub(super) fn id(idx: usize) -> String {
    format!("n{idx:03}")
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
    /// Tells whether a sentence may end with it.
    pub(super) fn ends_with_stop(&self) -> bool {
        matches!(self.around, Around::Stop(_))
    }

    /// Tells whether a sentence may begin with it after a stop: it does not begin small.
    pub(super) fn may_open_sentence(&self) -> bool {
        let first = self.parts[0];
        first.case != Case::Small || first.word == "1999"
    }

    fn print(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(Part::print).collect();
        let word = parts.join("-");
        match self.around {
            Around::Nothing => word,
            Around::Possessive => word + "’s",
            Around::Comma => word + ",",
            Around::Stop(sign) => word + sign,
            Around::Quotes => format!("“{word}”"),
        }
    }
}

impl Part {
    fn print(&self) -> String {
        match self.case {
            Case::Small => self.word.to_owned(),
            Case::Capitalised => self.word[..1].to_uppercase() + &self.word[1..],
            Case::Capitals => self.word.to_uppercase(),
        }
    }
}
