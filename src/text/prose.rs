//! Words with the sentences and paragraphs that they open.

use super::{Token, Tokenizer, sentence_starts};

/// What begins with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opens {
    /// Nothing.
    Nothing,
    /// A sentence.
    Sentence,
    /// A paragraph, and its first sentence.
    Paragraph,
}

impl Tokenizer {
    /// Calls `visit` with each word of a paragraph as [`Tokenizer::tokenize`] does, and with what
    /// the word opens; returns how many positions they take.
    ///
    /// A compound opens what its first part would: the part itself then opens nothing.
    pub fn tokenize_prose(
        &mut self,
        paragraph: &str,
        mut visit: impl FnMut(Token<'_>, Opens),
    ) -> u32 {
        let starts = sentence_starts(paragraph);
        let mut starts = starts.as_slice();
        let mut is_first = true;
        self.tokenize(paragraph, |token| {
            let n_begun = starts.iter().take_while(|start| **start <= token.span.start).count();
            starts = &starts[n_begun..];
            let opens = match (std::mem::take(&mut is_first), n_begun) {
                (true, _) => Opens::Paragraph,
                (false, 0) => Opens::Nothing,
                (false, _) => Opens::Sentence,
            };
            visit(token, opens);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_opens_the_paragraph_and_others_sentences() {
        let mut seen = Vec::new();
        let n = Tokenizer::default().tokenize_prose(
            "“Why?” they ask. Long-term talks go on.",
            |token, opens| {
                seen.push((token.word.to_owned(), opens));
            },
        );
        let seen: Vec<(&str, Opens)> =
            seen.iter().map(|(word, opens)| (word.as_str(), *opens)).collect();
        use Opens::{Nothing, Paragraph, Sentence};
        assert_eq!(n, 8);
        assert_eq!(
            seen,
            [
                ("why", Paragraph),
                ("they", Nothing),
                ("ask", Nothing),
                ("longterm", Sentence),
                ("long", Nothing),
                ("term", Nothing),
                ("talks", Nothing),
                ("go", Nothing),
                ("on", Nothing),
            ]
        );
    }
}
