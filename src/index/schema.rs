//! What a document looks like to tantivy.

use crate::article::HEADLINE_WORDS_MAX;

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// The position of the body's first word; the headline's words stand below it.
///
/// One position between them stays free, so that no phrase reaches from one into the other.
pub const BODY_POSITION: u32 = HEADLINE_WORDS_MAX + 1;

/// The term that marks where a sentence begins, at the position of its first word.
pub const MARK_SENTENCE: &str = "s";

/// The term that marks a position whose surface forms stand in `exact`.
pub const MARK_FORMS: &str = "f";

/// The term that marks where a paragraph begins, at the position of its first word.
pub const MARK_PARAGRAPH: &str = "p";

/// The fields of a document: one document is one article.
///
/// | field | indexed as | for |
/// |---|---|---|
/// | `text` | stems with positions, the headline below [`BODY_POSITION`], the body from there on, paragraph after paragraph without a gap | ranking, words, phrases |
/// | `exact` | folded surface forms, where they are not what `text` holds | wildcards |
/// | `marks` | [`MARK_SENTENCE`], [`MARK_PARAGRAPH`] and [`MARK_FORMS`] at the same positions | phrases end at a paragraph |
/// | `byline` … `language` | folded words with positions | filters |
/// | `id` | in one piece | filters, `show` |
/// | `origin` | the absolute path of the source file | updates |
/// | `date` | seconds by the printed clock, absent where the article has none | ranges, sorting |
/// | `words` | how many words the body has | ranges |
/// | `article` | the whole article, stored | everything that is shown |
///
/// The words of the headline are indexed twice at their positions: a headline's word weighs twice.
/// A compound's words stand at p, p+1, …, and the compound written as one at p.
///
/// Six words of ten are their own stems, and their forms are not indexed again: at a position
/// without [`MARK_FORMS`] the stem is the form. Where a form differs from its stem, or a compound
/// stands, `exact` holds all forms of the position, and the mark says so. On newswire this saves
/// an eighth of the index against a second field of all forms.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // The table above is their documentation.
pub struct Fields {
    pub text: Field,
    pub exact: Field,
    pub marks: Field,
    pub byline: Field,
    pub dateline: Field,
    pub section: Field,
    pub source: Field,
    pub slug: Field,
    pub url: Field,
    pub file: Field,
    pub language: Field,
    pub id: Field,
    pub origin: Field,
    pub date: Field,
    pub words: Field,
    pub article: Field,
}

/// The tokenizer that reads the lines of `analysis`; see `lines`.
pub(super) const LINES: &str = "lines";

impl Fields {
    /// Makes the schema, and the fields in it.
    pub(super) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            text: schema.add_text_field("text", positions(Norms::Kept)),
            exact: schema.add_text_field("exact", positions(Norms::Left)),
            marks: schema.add_text_field("marks", positions(Norms::Left)),
            byline: schema.add_text_field("byline", positions(Norms::Left)),
            dateline: schema.add_text_field("dateline", positions(Norms::Left)),
            section: schema.add_text_field("section", positions(Norms::Left)),
            source: schema.add_text_field("source", positions(Norms::Left)),
            slug: schema.add_text_field("slug", positions(Norms::Left)),
            url: schema.add_text_field("url", positions(Norms::Left)),
            file: schema.add_text_field("file", positions(Norms::Left)),
            language: schema.add_text_field("language", positions(Norms::Left)),
            id: schema.add_text_field("id", STRING | FAST),
            origin: schema.add_text_field("origin", STRING),
            date: schema.add_i64_field("date", FAST),
            words: schema.add_u64_field("words", FAST),
            article: schema.add_bytes_field("article", STORED),
        };
        (schema.build(), fields)
    }
}

/// Whether a field keeps the length of its text, which BM25 needs.
enum Norms {
    Kept,
    Left,
}

fn positions(norms: Norms) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(LINES)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(matches!(norms, Norms::Kept));
    TextOptions::default().set_indexing_options(indexing)
}
