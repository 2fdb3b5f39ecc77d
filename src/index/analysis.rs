//! From an article to the words of its document.

use crate::article::{
    Annotations, Article, BODY_POSITION, Entity, HEADLINE_WORDS_MAX, MentionKind, Mentioned, Part,
};
use crate::copies::{Signature, Signer, word_hash};
use crate::text::{Case, Opens, Span, Stems, Token, Tokenizer, Tongue};

use super::lines::LineWriter;
use super::schema::{
    MARK_ALL_CAPS, MARK_CAPITAL, MARK_FORMS, MARK_KINDS, MARK_PARAGRAPH, MARK_SENTENCE, MARK_TONGUE,
};

/// Turns articles into the lines that tantivy indexes.
///
/// One analyzer serves any number of articles, one after the other: its buffers and its memory of
/// stems make the next one cheaper.
#[derive(Default)]
pub struct Analyzer {
    tokenizer: Tokenizer,
    stems: Stems,
    signer: Signer,
    writers: Writers,
    /// The words of a field.
    field: LineWriter,
    /// The words of the body that was analyzed last, as their hashes.
    hashes: Vec<u64>,
}

/// An article's words, encoded as `lines` says, field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded<'a> {
    /// Stems.
    pub text: &'a str,
    /// Folded surface forms, where they are not what `text` holds.
    pub exact: &'a str,
    /// The other surface forms.
    pub forms: &'a str,
    /// Where sentences and paragraphs begin, what has capitals, and where `exact` holds the forms.
    pub marks: &'a str,
    /// How many words the body has.
    pub n_words: u64,
}

impl Encoded<'_> {
    /// Returns how many bytes of text it is.
    pub fn n_bytes(&self) -> usize {
        self.text.len() + self.exact.len() + self.forms.len() + self.marks.len()
    }
}

#[derive(Default)]
struct Writers {
    text: LineWriter,
    exact: LineWriter,
    forms: LineWriter,
    marks: LineWriter,
    /// The last position whose forms stand in `exact`.
    forms_at: Option<u32>,
}

impl Writers {
    /// Begins anew, for another article.
    fn clear(&mut self) {
        let Self { text, exact, forms, marks, .. } = self;
        [text, exact, forms, marks].into_iter().for_each(LineWriter::clear);
        self.forms_at = None;
    }

    /// Writes what begins at a position.
    fn open(&mut self, opens: Opens, position: u32) {
        if opens == Opens::Paragraph {
            self.marks.push(MARK_PARAGRAPH, position);
        }
        if opens >= Opens::Sentence {
            self.marks.push(MARK_SENTENCE, position);
        }
    }

    /// Writes a word with its stem, so many times.
    fn push(&mut self, token: &Token<'_>, stem: &str, position: u32, n_times: usize) {
        for _ in 0..n_times {
            self.text.push(stem, position);
        }
        // A compound comes before the word that it shares its position with, so that both are
        // written where one is.
        let is_compound = token.n_positions > 1;
        if is_compound || stem != token.word || self.forms_at == Some(position) {
            for _ in 0..n_times {
                self.exact.push(token.word, position);
            }
            if self.forms_at != Some(position) {
                self.marks.push(MARK_FORMS, position);
                self.forms_at = Some(position);
            }
        } else {
            for _ in 0..n_times {
                self.forms.push(token.word, position);
            }
        }
        self.push_case(token, position);
    }

    /// Writes a word of another language, so many times: its terms, and its form as it is printed.
    fn push_marked(
        &mut self,
        token: &Token<'_>,
        printed: &str,
        position: u32,
        n_times: usize,
        (tongue, stems): (Tongue, &mut Stems),
    ) {
        stems.each(tongue, token.word, printed, &mut |term| {
            (0..n_times).for_each(|_| self.text.push(term, position));
        });
        (0..n_times).for_each(|_| self.exact.push(token.word, position));
        self.push_case(token, position);
    }

    /// Writes of what kind a word is that belongs to one of the names to come; those that lie behind
    /// are taken off.
    fn push_kind(
        &mut self,
        token: &Token<'_>,
        position: u32,
        named: &mut &[(Part, Span, MentionKind)],
    ) {
        while let Some((_, span, kind)) = named.first() {
            if span.start > token.span.start {
                return;
            }
            if span.end > token.span.start {
                let mark = MARK_KINDS.iter().find(|it| it.0 == *kind);
                if let Some((_, mark)) = mark.filter(|_| token.n_positions == 1) {
                    self.marks.push(mark, position);
                }
                return;
            }
            *named = &named[1..];
        }
    }

    /// Writes how a word is printed.
    fn push_case(&mut self, token: &Token<'_>, position: u32) {
        // A compound is printed as its first part is, which is yet to come.
        if token.n_positions == 1 && token.case != Case::Lower {
            self.marks.push(MARK_CAPITAL, position);
            if token.case == Case::AllCaps {
                self.marks.push(MARK_ALL_CAPS, position);
            }
        }
    }
}

/// How often a name is indexed: as often as it is mentioned, in the headline twice, and once at
/// least.
fn n_times(entity: &Entity) -> usize {
    let weigh = |part: &Part| if *part == Part::Headline { HEADLINE_WEIGHT } else { 1 };
    let n: usize = entity.mentions.iter().map(|(part, _)| weigh(part)).sum();
    n.clamp(1, NAME_TIMES_MAX)
}

/// The most times that a name is indexed; more would tell nothing.
const NAME_TIMES_MAX: usize = 64;

/// How often a headline's word is indexed: how much more it weighs than one of the body.
const HEADLINE_WEIGHT: usize = 2;

impl Analyzer {
    /// Analyzes an article's headline and body; furniture is left out.
    ///
    /// A headline of more than [`HEADLINE_WORDS_MAX`] words is indexed up to there. Words are stemmed
    /// as the language of the article has it; see [`Tongue`].
    pub fn analyze(&mut self, article: &Article) -> Encoded<'_> {
        self.hashes.clear();
        let mut writers = std::mem::take(&mut self.writers);
        writers.clear();
        let tongue = Tongue::of(&article.language);
        if tongue != Tongue::ENGLISH {
            writers.marks.push(&format!("{MARK_TONGUE}{}", tongue.code()), 0);
        }
        let named = Mentioned::of(&article.annotations);
        self.write_headline(&article.headline, tongue, &named, &mut writers);
        let mut position = BODY_POSITION;
        for (idx, paragraph) in article.body() {
            let named = named.within(Part::Paragraph(idx as u32));
            let text = &paragraph.text;
            position += self.write_paragraph((text, position), tongue, named, &mut writers);
        }
        self.writers = writers;
        let Writers { text, exact, forms, marks, .. } = &self.writers;
        Encoded {
            text: text.lines(),
            exact: exact.lines(),
            forms: forms.lines(),
            marks: marks.lines(),
            n_words: u64::from(position - BODY_POSITION),
        }
    }

    /// Returns the signature of the article that was analyzed last, if it has one.
    pub fn signature(&mut self) -> Option<Signature> {
        self.hashes.iter().for_each(|word| self.signer.push(*word));
        self.signer.finish()
    }

    /// Encodes the terms by which the entities of a kind are found, each as often as it is mentioned;
    /// empty where there are none.
    pub fn names(&mut self, annotations: &Annotations, kind: MentionKind) -> &str {
        let writer = &mut self.field;
        writer.clear();
        let mut push = |term: &str, position, entity: usize| {
            let n_times = annotations.entities.get(entity).map_or(1, n_times);
            (0..n_times).for_each(|_| writer.push(term, position));
        };
        annotations.each_term(kind, &mut self.tokenizer, &mut push);
        self.field.lines()
    }

    /// Encodes the terms by which the topics are found, each as often as the topic weighs.
    pub fn topics(&mut self, annotations: &Annotations) -> &str {
        let writer = &mut self.field;
        writer.clear();
        let mut push = |term: &str, position, topic: usize| {
            let n_times = annotations.topics.get(topic).map_or(1, |it| it.weight.max(1));
            (0..n_times).for_each(|_| writer.push(term, position));
        };
        annotations.each_topic_term(&mut self.tokenizer, &mut push);
        self.field.lines()
    }

    /// Encodes the folded words of a plain field, such as a byline.
    pub fn words(&mut self, text: &str) -> &str {
        let writer = &mut self.field;
        writer.clear();
        self.tokenizer.tokenize(text, |token| writer.push(token.word, token.position));
        self.field.lines()
    }

    fn write_headline(
        &mut self,
        headline: &str,
        tongue: Tongue,
        named: &Mentioned,
        writers: &mut Writers,
    ) {
        let stems = &mut self.stems;
        let mut named = named.within(Part::Headline);
        let mut is_first = true;
        self.tokenizer.tokenize(headline, |token| {
            if token.position + token.n_positions > HEADLINE_WORDS_MAX {
                return;
            }
            if std::mem::take(&mut is_first) {
                writers.open(Opens::Paragraph, 0);
            }
            let (position, n_times) = (token.position, HEADLINE_WEIGHT);
            if tongue.is_marked() {
                let printed = token.span.of(headline);
                writers.push_marked(&token, printed, position, n_times, (tongue, stems));
            } else {
                writers.push(&token, stems.unmarked(tongue, token.word), position, n_times);
            }
            writers.push_kind(&token, position, &mut named);
        });
    }

    /// Writes a paragraph from a position on, and returns how many positions it takes.
    fn write_paragraph(
        &mut self,
        (text, base): (&str, u32),
        tongue: Tongue,
        mut named: &[(Part, Span, MentionKind)],
        writers: &mut Writers,
    ) -> u32 {
        let Self { stems, hashes, .. } = self;
        self.tokenizer.tokenize_prose(text, |token, opens| {
            let position = base + token.position;
            if token.n_positions == 1 {
                hashes.push(word_hash(token.word));
            }
            writers.open(opens, position);
            if tongue.is_marked() {
                let printed = token.span.of(text);
                writers.push_marked(&token, printed, position, 1, (tongue, stems));
            } else {
                writers.push(&token, stems.unmarked(tongue, token.word), position, 1);
            }
            writers.push_kind(&token, position, &mut named);
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Paragraph, ParagraphKind};

    use super::super::lines::readable;
    use super::*;

    fn article(headline: &str, paragraphs: &[(&str, ParagraphKind)]) -> Article {
        let paragraph = |&(text, kind): &(&str, _)| Paragraph { text: text.to_owned(), kind };
        let paragraphs = paragraphs.iter().map(paragraph).collect();
        Article { headline: headline.to_owned(), paragraphs, ..Article::default() }
    }

    #[test]
    fn headlines_stand_apart_and_furniture_stays_out() {
        let mut analyzer = Analyzer::default();
        let encoded = analyzer.analyze(&article(
            "Ferries strike",
            &[
                ("Boats stop. “Why?” they ask.", ParagraphKind::Body),
                ("Read also:", ParagraphKind::Furniture),
                ("Long-term talks.", ParagraphKind::Body),
            ],
        ));
        assert_eq!(
            readable(encoded.text),
            "1ferri\n0ferri\n1strike\n0strike\n~127>boat\n1stop\n1whi\n1they\n1ask\n\
             1longterm\n0long\n1term\n1talk\n"
        );
        assert_eq!(
            readable(encoded.exact),
            "1ferries\n0ferries\n~128>boats\n2why\n3longterm\n0long\n2talks\n"
        );
        assert_eq!(
            readable(encoded.marks),
            "1p\n0s\n0f\n0c\n~128>p\n0s\n0f\n0c\n2s\n0f\n0c\n3p\n0s\n0f\n0c\n2f\n"
        );
        assert_eq!(readable(encoded.forms), "2strike\n0strike\n~128>stop\n2they\n1ask\n2term\n");
        assert_eq!(encoded.n_words, 8);
    }

    #[test]
    fn a_headline_without_end_is_cut() {
        let long = "word ".repeat(3_000);
        let mut analyzer = Analyzer::default();
        let encoded = analyzer.analyze(&article(&long, &[]));
        assert_eq!(
            readable(encoded.text).lines().count(),
            HEADLINE_WEIGHT * HEADLINE_WORDS_MAX as usize
        );
    }
}
