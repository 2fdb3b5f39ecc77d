//! From an article to the words of its document.

use crate::article::{Article, HEADLINE_WORDS_MAX};
use crate::text::{Stemmer, Token, Tokenizer, sentence_starts};

use super::lines::LineWriter;
use super::schema::{BODY_POSITION, MARK_PARAGRAPH, MARK_SENTENCE};

/// Turns articles into the lines that tantivy indexes.
///
/// One analyzer serves any number of articles, one after the other: its buffers and its memory of
/// stems make the next one cheaper.
#[derive(Default)]
pub struct Analyzer {
    tokenizer: Tokenizer,
    stemmer: Stemmer,
}

/// An article's words, encoded as `lines` says, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    /// Stems.
    pub text: String,
    /// Folded surface forms, at the positions of their stems.
    pub exact: String,
    /// Where sentences and paragraphs begin.
    pub marks: String,
    /// How many words the body has.
    pub n_words: u64,
}

#[derive(Default)]
struct Writers {
    text: LineWriter,
    exact: LineWriter,
    marks: LineWriter,
}

impl Analyzer {
    /// Analyzes an article's headline and body; furniture is left out.
    ///
    /// A headline of more than [`HEADLINE_WORDS_MAX`] words is indexed up to there.
    pub fn analyze(&mut self, article: &Article) -> Encoded {
        let mut writers = Writers::default();
        self.write_headline(&article.headline, &mut writers);
        let mut position = BODY_POSITION;
        for (_, paragraph) in article.body() {
            position += self.write_paragraph(&paragraph.text, position, &mut writers);
        }
        Encoded {
            text: writers.text.finish(),
            exact: writers.exact.finish(),
            marks: writers.marks.finish(),
            n_words: u64::from(position - BODY_POSITION),
        }
    }

    /// Encodes the folded words of a plain field, such as a byline.
    pub fn words(&mut self, text: &str) -> String {
        let mut writer = LineWriter::default();
        self.tokenizer
            .tokenize(text, |token| writer.push(token.word, token.position));
        writer.finish()
    }

    /// Writes the headline, each word twice: it weighs twice.
    fn write_headline(&mut self, headline: &str, writers: &mut Writers) {
        let stemmer = &mut self.stemmer;
        self.tokenizer.tokenize(headline, |token| {
            if token.position + token.n_positions <= HEADLINE_WORDS_MAX {
                if token.position == 0 && token.n_positions == 1 {
                    writers.marks.push(MARK_PARAGRAPH, 0);
                    writers.marks.push(MARK_SENTENCE, 0);
                }
                let stem = stemmer.stem(token.word);
                writers.text.push(stem, token.position);
                writers.text.push(stem, token.position);
                writers.exact.push(token.word, token.position);
            }
        });
    }

    /// Writes a paragraph from `base` on, and returns how many positions it takes.
    fn write_paragraph(&mut self, text: &str, base: u32, writers: &mut Writers) -> u32 {
        let starts = sentence_starts(text);
        let mut starts = starts.as_slice();
        let stemmer = &mut self.stemmer;
        self.tokenizer.tokenize(text, |token: Token<'_>| {
            let position = base + token.position;
            if token.position == 0 && position_is_new(&token) {
                writers.marks.push(MARK_PARAGRAPH, position);
            }
            if position_is_new(&token) {
                let n_begun = starts
                    .iter()
                    .take_while(|start| **start <= token.span.start)
                    .count();
                if n_begun > 0 {
                    writers.marks.push(MARK_SENTENCE, position);
                    starts = &starts[n_begun..];
                }
            }
            writers.text.push(stemmer.stem(token.word), position);
            writers.exact.push(token.word, position);
        })
    }
}

/// Tells whether a token is a word of the text, and not a compound that stands over one.
fn position_is_new(token: &Token<'_>) -> bool {
    token.n_positions == 1
}

#[cfg(test)]
mod tests {
    use crate::article::{Paragraph, ParagraphKind};

    use super::*;

    fn article(headline: &str, paragraphs: &[(&str, ParagraphKind)]) -> Article {
        let paragraph = |&(text, kind): &(&str, _)| Paragraph {
            text: text.to_owned(),
            kind,
        };
        let paragraphs = paragraphs.iter().map(paragraph).collect();
        Article {
            headline: headline.to_owned(),
            paragraphs,
            ..Article::default()
        }
    }

    #[test]
    fn headlines_stand_apart_and_furniture_stays_out() {
        let encoded = Analyzer::default().analyze(&article(
            "Ferries strike",
            &[
                ("Boats stop. “Why?” they ask.", ParagraphKind::Body),
                ("Read also:", ParagraphKind::Furniture),
                ("Long-term talks.", ParagraphKind::Body),
            ],
        ));
        assert_eq!(
            encoded.text,
            "+ferri\n=ferri\n+strike\n=strike\n1023>boat\n+stop\n+whi\n+they\n+ask\n\
             +longterm\n=long\n+term\n+talk\n"
        );
        assert_eq!(
            encoded.exact,
            "+ferries\n+strike\n1023>boats\n+stop\n+why\n+they\n+ask\n\
             +longterm\n=long\n+term\n+talks\n"
        );
        assert_eq!(encoded.marks, "+p\n=s\n1024>p\n=s\n2>s\n3>p\n=s\n");
        assert_eq!(encoded.n_words, 8);
    }

    #[test]
    fn a_headline_without_end_is_cut() {
        let long = "word ".repeat(3_000);
        let encoded = Analyzer::default().analyze(&article(&long, &[]));
        assert_eq!(encoded.exact.lines().count(), HEADLINE_WORDS_MAX as usize);
    }
}
