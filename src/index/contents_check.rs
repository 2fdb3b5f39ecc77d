//! Whether a generation holds what its manifest says, each article once and whole.

use std::collections::HashMap;

use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term, Value};
use tantivy::termdict::TermMerger;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

use crate::article::{Article, KnownRecord};
use crate::error::{Cause, Error, Kind, Result, in_a_line};
use crate::text::printable;

use super::copies::Copies;
use super::facts::{Facts, FileFacts, formats};
use super::findings::Findings;
use super::generation::Generation;
use super::record;
use super::records::id_hash;

/// A document of a generation: the place of its segment, and its number there.
type Place = (usize, DocId);

impl Generation {
    /// Compares what the facts say with the sums of the manifest, and with the index.
    pub fn check_facts(&self, files: &[FileFacts]) -> Findings {
        let sum = |count: fn(&FileFacts) -> u64| files.iter().map(count).sum::<u64>();
        let told: &Facts = &self.facts;
        let mut findings = Findings::default();
        for (what, told, found) in [
            ("files", told.files, files.len() as u64),
            ("articles in files", told.articles, sum(|it| it.articles)),
            ("articles in the index", told.articles, self.searcher.num_docs()),
            ("articles without a date", told.undated, sum(|it| it.undated)),
            ("paragraphs", told.paragraphs, sum(|it| it.paragraphs)),
            ("records set aside", told.malformed, sum(|it| it.malformed)),
            ("bytes of files", told.source_bytes, sum(|it| it.bytes)),
        ] {
            findings.n_checked += 1;
            if told != found {
                findings.damage(|| format!("{what}: {found}, and facts.json says {told}"));
            }
        }
        findings.n_checked += 1;
        if told.formats != formats(files) {
            findings.damage(|| "formats of files: facts.json counts them otherwise".to_owned());
        }
        findings
    }

    /// Counts the articles of each file in the index, and compares with the manifest.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index cannot be read so far.
    pub fn check_files(&self, files: &[FileFacts]) -> Result<Findings> {
        let mut findings = Findings::default();
        let mut expected: HashMap<&str, u64> = HashMap::new();
        for file in files {
            findings.n_checked += 1;
            *expected.entry(file.key()).or_default() += file.articles;
        }
        let compare = |found: u64, expected: u64, name: &str, findings: &mut Findings| {
            if found != expected {
                let name = printable(name);
                let told = || format!("'{name}' has {found} articles, and should have {expected}");
                findings.damage(told);
            }
        };
        self.each_term(self.fields.origin, &mut |term, places| {
            let name = String::from_utf8_lossy(term);
            let n_expected = expected.remove(&*name).unwrap_or(0);
            compare(places.len() as u64, n_expected, &name, &mut findings);
        })?;
        let mut absent: Vec<_> = expected.into_iter().collect();
        absent.sort_unstable();
        for (name, n_expected) in absent {
            compare(0, n_expected, name, &mut findings);
        }
        Ok(findings)
    }

    /// Reads every article, and checks that it is there once, whole, and under its own id.
    ///
    /// Takes some 100 bytes of memory an article, and as long as reading and unpacking them all.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index cannot be read so far.
    pub fn check_articles(&self) -> Result<Findings> {
        let mut findings = Findings::default();
        let segments = self.searcher.segment_readers();
        let no_ids = segments.iter().map(|segment| vec![None; segment.max_doc() as usize]);
        let mut ids: Vec<Vec<Option<u64>>> = no_ids.collect();
        self.each_term(self.fields.id, &mut |term, places| {
            let id = String::from_utf8_lossy(term);
            if places.len() > 1 {
                let (id, n) = (printable(&id), places.len());
                findings.damage(|| format!("{n} articles have the id '{id}'"));
            }
            for (segment_idx, doc) in places {
                if let Some(place) = ids[*segment_idx].get_mut(*doc as usize) {
                    *place = Some(id_hash(&id));
                }
            }
        })?;
        self.contained(|| {
            for (segment, ids) in segments.iter().zip(&ids) {
                self.read_segment(segment, ids, &mut findings).map_err(failed)?;
            }
            self.check_whereabouts(&mut findings)?;
            self.check_copies(&mut findings)?;
            self.check_records(ids.into_iter().flatten().flatten().collect(), &mut findings)
        })?;
        Ok(findings)
    }

    /// Checks that what is told to be elsewhere by now is there at all.
    fn check_whereabouts(&self, findings: &mut Findings) -> Result<()> {
        for row in self.whereabouts.rows() {
            let (id, _) = row?;
            let term = Term::from_field_text(self.fields.id, &id);
            if self.searcher.doc_freq(&term).map_err(failed)? == 0 {
                findings
                    .damage(|| format!("the place of '{}' is known, and no more", printable(&id)));
            }
        }
        Ok(())
    }

    /// Checks that the copies are those that the articles have.
    fn check_copies(&self, findings: &mut Findings) -> Result<()> {
        if Copies::find(&self.searcher).map_err(failed)? != self.copies {
            findings.damage(|| "the copies that are told are not those of the articles".to_owned());
        }
        Ok(())
    }

    /// Checks that the records that are known again are those of articles, whose ids are given as
    /// hashes.
    fn check_records(&self, mut ids: Vec<u64>, findings: &mut Findings) -> Result<()> {
        ids.sort_unstable();
        let records = match self.records() {
            Ok(records) => records.unwrap_or_default(),
            Err(cause) => {
                findings.damage(|| format!("the records cannot be read: {}", Cause(&cause)));
                return Ok(());
            }
        };
        for (origin, rows) in records.files() {
            let is_stray = |row: &KnownRecord| ids.binary_search(&row.id_hash).is_err();
            if let Some(row) = rows.read().find(is_stray) {
                let (origin, record) = (printable(origin), row.record);
                findings.damage(|| format!("record {record} of '{origin}' is known, and no more"));
            }
        }
        Ok(())
    }

    /// Reads the articles of a segment, whose ids by the index are given as hashes.
    fn read_segment(
        &self,
        segment: &SegmentReader,
        ids: &[Option<u64>],
        findings: &mut Findings,
    ) -> tantivy::Result<()> {
        let store = segment.get_store_reader(1)?;
        let dates = segment.fast_fields().i64("date")?;
        let mut stored = store.iter::<TantivyDocument>(segment.alive_bitset());
        for doc in segment.doc_ids_alive() {
            findings.n_checked += 1;
            let document = stored.next().unwrap_or_else(|| Err(missing()));
            let article = match document.map_err(failed).and_then(|it| self.article_of(&it)) {
                Ok(article) => article,
                Err(error) => {
                    findings.damage(|| format!("document {doc}: {}", error.message));
                    continue;
                }
            };
            if ids.get(doc as usize).copied().flatten() != Some(id_hash(&article.id)) {
                let id = printable(&article.id);
                findings.damage(|| format!("the index knows '{id}' by another id, or by none"));
            }
            if dates.first(doc) != article.date.map(|date| date.moment.seconds) {
                let id = printable(&article.id);
                findings.damage(|| format!("the index has another date for '{id}'"));
            }
        }
        Ok(())
    }

    /// Returns the ids of the articles with these numbers, counted from 0 through all segments in
    /// ascending order.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where one of them cannot be read.
    pub fn ids_at(&self, numbers: &[u64]) -> Result<Vec<String>> {
        self.contained(|| self.read_ids_at(numbers))
    }

    fn read_ids_at(&self, numbers: &[u64]) -> Result<Vec<String>> {
        let mut ids = Vec::with_capacity(numbers.len());
        let mut wanted = numbers.iter().copied().peekable();
        let mut number = 0;
        for segment in self.searcher.segment_readers() {
            let store = segment.get_store_reader(1).map_err(|cause| failed(cause.into()))?;
            for doc in segment.doc_ids_alive() {
                if wanted.next_if_eq(&number).is_some() {
                    let document = store.get::<TantivyDocument>(doc).map_err(failed)?;
                    ids.push(self.article_of(&document)?.id);
                }
                number += 1;
            }
        }
        Ok(ids)
    }

    /// Tells whether an article comes from a file, by its key (see [`FileFacts::key`]).
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index cannot be read so far.
    pub fn is_of_file(&self, id: &str, key: &str) -> Result<bool> {
        let term = |field: Field, text: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        let (id, key) = (term(self.fields.id, id), term(self.fields.origin, key));
        let both = BooleanQuery::intersection(vec![id, key]);
        self.contained(|| self.searcher.search(&both, &Count).map(|n| n > 0).map_err(failed))
    }

    fn article_of(&self, document: &TantivyDocument) -> Result<Article> {
        let value = document.get_first(self.fields.article);
        let bytes = value.as_ref().and_then(Value::as_bytes);
        record::decode(bytes.ok_or_else(|| failed(missing()))?)
    }

    /// Calls `each` with every term of a field and the documents that have it, in the order of the
    /// terms; those that were deleted do not count.
    fn each_term(&self, field: Field, each: &mut dyn FnMut(&[u8], &[Place])) -> Result<()> {
        self.contained(|| self.walk_terms(field, each).map_err(failed))
    }

    fn walk_terms(
        &self,
        field: Field,
        each: &mut dyn FnMut(&[u8], &[Place]),
    ) -> tantivy::Result<()> {
        let segments = self.searcher.segment_readers();
        let inverted: Vec<_> =
            segments.iter().map(|it| it.inverted_index(field)).collect::<tantivy::Result<_>>()?;
        let streams = inverted.iter().map(|it| it.terms().stream());
        let mut merger = TermMerger::new(streams.collect::<std::io::Result<_>>()?);
        let mut places = Vec::new();
        while merger.advance() {
            places.clear();
            for (segment_idx, info) in merger.current_segment_ords_and_term_infos() {
                let basic = IndexRecordOption::Basic;
                let mut postings =
                    inverted[segment_idx].read_postings_from_terminfo(&info, basic)?;
                while postings.doc() != TERMINATED {
                    if !segments[segment_idx].is_deleted(postings.doc()) {
                        places.push((segment_idx, postings.doc()));
                    }
                    postings.advance();
                }
            }
            if !places.is_empty() {
                each(merger.key(), &places);
            }
        }
        Ok(())
    }
}

fn missing() -> TantivyError {
    TantivyError::InternalError("a stored article is missing".to_owned())
}

fn failed(cause: TantivyError) -> Error {
    let cause = in_a_line(&cause.to_string());
    Error::new(Kind::Index, format!("the index cannot be read: {cause}"))
}
