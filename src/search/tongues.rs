//! The languages of the archive, and the words of a query in them.

use tantivy::Searcher as TantivySearcher;
use tantivy::schema::Term;

use crate::error::Result;
use crate::index::{Fields, MARK_TONGUE};
use crate::query::{Clause, Looseness, Meaning, Query, WordTest};
use crate::text::{Moment, Stems, Tongue, parted};

use super::spelling::each_words_mut;
use super::{Searcher, damaged, naming};

/// Returns the languages that the articles of an index are stemmed in, English first if it is one.
///
/// Articles say so by a mark, but those in English, which are all the others. An archive that is
/// all English costs nothing more than looking that up.
pub(super) fn of(searcher: &TantivySearcher, fields: Fields) -> tantivy::Result<Vec<Tongue>> {
    let mut tongues = Vec::new();
    let (mut n_marked, mut n_articles) = (0_u64, 0_u64);
    for segment in searcher.segment_readers() {
        n_articles += u64::from(segment.max_doc());
        let inverted = segment.inverted_index(fields.marks)?;
        let mut stream = inverted.terms().range().ge(MARK_TONGUE).into_stream()?;
        while stream.advance() {
            let mark = std::str::from_utf8(stream.key()).unwrap_or_default();
            let Some(code) = mark.strip_prefix(MARK_TONGUE) else {
                break;
            };
            n_marked += u64::from(stream.value().doc_freq);
            tongues.extend(Tongue::by_code(code).filter(|it| !tongues.contains(it)));
        }
    }
    tongues.sort_unstable_by_key(|tongue| tongue.code());
    if n_marked < n_articles || tongues.is_empty() {
        tongues.insert(0, Tongue::ENGLISH);
    }
    Ok(tongues)
}

impl Searcher {
    /// Reads a query in the languages of the archive, each word as it is typed.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`](crate::error::Kind::Usage) where a place is asked for whose name several have.
    pub(super) fn meaning(
        &self,
        query: &Query,
        looseness: Looseness,
        today: Moment,
    ) -> Result<Meaning> {
        let mut stems = self.take_stems();
        let mut meaning = Meaning::of_known(query, looseness, today, &self.tongues, &mut stems);
        self.keep_stems(stems);
        naming::settle(&mut meaning.clause)?;
        if self.tongues.len() > 1 {
            self.thin_out(&mut meaning.clause)?;
        }
        Ok(meaning)
    }

    /// Takes the stems that are remembered, to be given back; whoever asks meanwhile begins anew.
    pub(super) fn take_stems(&self) -> Stems {
        self.stems.lock().map_or_else(|_| Stems::default(), |mut it| std::mem::take(&mut *it))
    }

    /// Remembers the stems of words.
    pub(super) fn keep_stems(&self, stems: Stems) {
        if let Ok(mut kept) = self.stems.lock() {
            *kept = stems;
        }
    }

    /// Leaves out the terms of words that no article has: a word is seldom one in all languages.
    /// One stays whatever it has.
    fn thin_out(&self, clause: &mut Clause) -> Result<()> {
        each_words_mut(clause, &mut |words| {
            for test in &mut words.tests {
                if let WordTest::Stem(terms) = test
                    && terms.len() > 1
                {
                    let counts = terms.iter().map(|term| self.n_articles_of_term(term));
                    let counts = counts.collect::<Result<Vec<u64>>>()?;
                    let mut kept = counts.iter();
                    if counts.iter().any(|n| *n > 0) {
                        terms.retain(|_| kept.next().is_some_and(|n| *n > 0));
                    } else {
                        terms.truncate(1);
                    }
                }
            }
            Ok(())
        })
    }

    /// Returns how many articles have a term of the text.
    pub(super) fn n_articles_of_term(&self, term: &str) -> Result<u64> {
        let term = Term::from_field_text(self.generation.fields.text, term);
        self.generation.searcher.doc_freq(&term).map_err(damaged)
    }
}

/// Returns a clause with the terms alone that its words have in one language, for show.
pub(super) fn narrowed(clause: &Clause, tongue: Tongue) -> Clause {
    let mut clause = clause.clone();
    // Nothing here can fail.
    let _ = each_words_mut(&mut clause, &mut |words| {
        for test in &mut words.tests {
            if let WordTest::Stem(terms) = test {
                let mark = tongue.is_marked().then_some(tongue.code());
                let is_here = |term: &String| parted(term).1 == mark;
                if terms.iter().any(is_here) {
                    terms.retain(is_here);
                }
            }
        }
        Ok(())
    });
    clause
}
