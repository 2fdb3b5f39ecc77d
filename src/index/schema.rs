//! What a document looks like to tantivy.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

use crate::article::MentionKind;

/// The term that marks where a sentence begins, at the position of its first word.
pub const MARK_SENTENCE: &str = "s";

/// The term that marks a position whose surface forms stand in `exact`.
pub const MARK_FORMS: &str = "f";

/// The term that marks a word printed with a capital at its beginning.
pub const MARK_CAPITAL: &str = "c";

/// The term that marks a word printed in capitals throughout; [`MARK_CAPITAL`] marks it too.
pub const MARK_ALL_CAPS: &str = "C";

/// What the term begins with that says which language an article is stemmed in, before the code of
/// the language; articles in English have none.
pub const MARK_TONGUE: &str = "tongue:";

/// The terms that mark the words of a name of each kind: a person, an organisation, a place.
pub const MARK_KINDS: [(MentionKind, &str); 3] =
    [(MentionKind::Person, "P"), (MentionKind::Organisation, "O"), (MentionKind::Place, "L")];

/// The term that marks where a paragraph begins, at the position of its first word.
pub const MARK_PARAGRAPH: &str = "p";

/// The fields of a document: one document is one article.
///
/// | field | indexed as | for |
/// |---|---|---|
/// | `text` | stems with positions, those of other languages than English marked with their language, the headline below [`BODY_POSITION`](crate::article::BODY_POSITION), the body from there on, paragraph after paragraph without a gap | ranking, words, phrases |
/// | `exact` | folded surface forms, where they are not what `text` holds | wildcards, `exact()` |
/// | `forms` | the other surface forms, without positions | the dictionary: wildcards, similar spellings |
/// | `marks` | where sentences and paragraphs begin, what is printed with capitals, what is a name, and [`MARK_FORMS`], at the same positions | phrases end at a paragraph, `W/S`, `lead:`, `caps()`, `person()` |
/// | `byline` … `language` | folded words with positions | filters |
/// | `person`, `org`, `place` | the folded words of names, and what their spellings share; the paths of places: see [`Annotations::each_term`](crate::article::Annotations::each_term) | filters |
/// | `topic` | the codes of topics and of those that contain them, the words of their labels | filters |
/// | `id` | in one piece | filters, `show` |
/// | `origin` | the absolute path of the source file | updates |
/// | `date` | seconds by the printed clock, absent where the article has none | ranges, sorting |
/// | `words` | how many words the body has | ranges |
/// | `signature` | the parts of the article's [`Signature`](crate::copies::Signature); absent from short ones | copies of one story |
/// | `persons` … `languages` | columns: each name or value once, what its spellings share before a tab and what it is called | facets |
/// | `article` | the whole article and what was recognised in it, stored | everything that is shown |
///
/// The words of the headline are indexed twice at their positions: a headline's word weighs twice.
/// A compound's words stand at p, p+1, …, and the compound written as one at p.
///
/// Six words of ten are their own stems, and their forms are not indexed again: at a position
/// without [`MARK_FORMS`] the stem is the form. Where a form differs from its stem, or a compound
/// stands, `exact` holds all forms of the position, and the mark says so. On newswire this saves
/// an eighth of the index against a second field of all forms. `forms` holds the words that `exact`
/// leaves out, only how often: both together are the words of the archive as printed, without the
/// stems that are no words.
///
/// Where an article is in another language than English and has stems, `exact` holds all its forms:
/// a stem with a mark is no form. That is the price of a query that finds *Kinder* in German and
/// not what is *kind* in English.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // The table above is their documentation.
pub struct Fields {
    pub text: Field,
    pub exact: Field,
    pub forms: Field,
    pub marks: Field,
    pub byline: Field,
    pub dateline: Field,
    pub section: Field,
    pub source: Field,
    pub slug: Field,
    pub url: Field,
    pub file: Field,
    pub language: Field,
    pub person: Field,
    pub org: Field,
    pub place: Field,
    pub topic: Field,
    pub persons: Field,
    pub orgs: Field,
    pub places: Field,
    pub topics: Field,
    pub sources: Field,
    pub sections: Field,
    pub languages: Field,
    pub id: Field,
    pub origin: Field,
    pub date: Field,
    pub words: Field,
    pub signature: Field,
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
            forms: schema.add_text_field("forms", frequencies()),
            marks: schema.add_text_field("marks", positions(Norms::Left)),
            byline: schema.add_text_field("byline", positions(Norms::Left)),
            dateline: schema.add_text_field("dateline", positions(Norms::Left)),
            section: schema.add_text_field("section", positions(Norms::Left)),
            source: schema.add_text_field("source", positions(Norms::Left)),
            slug: schema.add_text_field("slug", positions(Norms::Left)),
            url: schema.add_text_field("url", positions(Norms::Left)),
            file: schema.add_text_field("file", positions(Norms::Left)),
            language: schema.add_text_field("language", positions(Norms::Left)),
            person: schema.add_text_field("person", positions(Norms::Left)),
            org: schema.add_text_field("org", positions(Norms::Left)),
            place: schema.add_text_field("place", positions(Norms::Left)),
            topic: schema.add_text_field("topic", positions(Norms::Left)),
            persons: schema.add_text_field("persons", column()),
            orgs: schema.add_text_field("orgs", column()),
            places: schema.add_text_field("places", column()),
            topics: schema.add_text_field("topics", column()),
            sources: schema.add_text_field("sources", column()),
            sections: schema.add_text_field("sections", column()),
            languages: schema.add_text_field("languages", column()),
            id: schema.add_text_field("id", whole() | FAST),
            origin: schema.add_text_field("origin", whole()),
            date: schema.add_i64_field("date", FAST),
            words: schema.add_u64_field("words", FAST),
            signature: schema.add_u64_field("signature", FAST),
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
    lines(IndexRecordOption::WithFreqsAndPositions, norms)
}

fn frequencies() -> TextOptions {
    lines(IndexRecordOption::WithFreqs, Norms::Left)
}

/// A value that is indexed in one piece, and is in an article or not.
fn whole() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

/// Values that are counted, not searched.
fn column() -> TextOptions {
    TextOptions::default().set_fast("raw")
}

fn lines(option: IndexRecordOption, norms: Norms) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(LINES)
        .set_index_option(option)
        .set_fieldnorms(matches!(norms, Norms::Kept));
    TextOptions::default().set_indexing_options(indexing)
}
