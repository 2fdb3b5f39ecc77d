//! The forms in which an answer is printed.
//!
//! A [`Renderer`] writes an [`Answer`] in one format; [`Format`] names them all. What is written
//! goes to any `Write`: this room knows no terminal, only whether there are [`Styles`] to use and
//! how wide a line may be.

mod evaluation;
mod explanation;
mod facets;
mod html;
mod inspection;
mod json;
mod kwic;
mod latency;
mod looks;
mod numbers;
mod page;
mod paths;
mod style;
mod text;
mod versions;
mod wrap;

use std::io::{self, Write};

use crate::search::Answer;

pub use evaluation::{EvaluationReport, Rows, evaluation, evaluation_html, evaluation_json};
pub use explanation::explanation;
pub use facets::{facets, facets_json};
pub use inspection::{inspection, inspection_json};
pub use json::{FORMAT_VERSION, Json, NdJson, article_json, variants_json};
pub use kwic::{Kwic, KwicFormat, kwic_notes};
pub use latency::{
    latency, latency_classes, latency_comparison, latency_comparison_json, latency_html,
    latency_json,
};
pub use looks::Names;
pub use numbers::{counted, grouped};
pub use page::page;
pub use paths::Paths;
pub use style::Styles;
pub use text::Text;
pub use versions::{versions, versions_json};

/// Writes answers in one format.
///
/// The hits come in order, notes are not written (they go to the people, not with the data) unless
/// the format has a place for them, and the same answer always gives the same bytes but for the
/// time that the search took.
pub trait Renderer {
    /// Writes an answer.
    ///
    /// # Errors
    ///
    /// Only those of `out`.
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()>;
}

/// How a page is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How matches, headlines and the like are told apart.
    pub styles: Styles,
    /// Which names are marked.
    pub names: Names,
    /// How many columns a line may take.
    pub width: usize,
}

/// The formats of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object for the whole answer.
    Json,
    /// One JSON object a line: the hits, then the summary.
    NdJson,
    /// The paths of the files, one a line.
    Paths,
}

impl Format {
    /// Returns the renderer of the format.
    pub fn renderer(self, layout: Layout) -> Box<dyn Renderer> {
        match self {
            Self::Text => Box::new(Text { layout }),
            Self::Json => Box::new(Json { names: layout.names }),
            Self::NdJson => Box::new(NdJson { names: layout.names }),
            Self::Paths => Box::new(Paths),
        }
    }
}
