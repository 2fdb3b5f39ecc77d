//! A sample of the articles, followed from the index to the archive and back.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::article::Article;
use crate::error::{Cause, Result};
use crate::index::{FileFacts, Findings, Generation};
use crate::query::{self, Field, Query};
use crate::search::{HITS_MAX, Match, Request, Searcher, Spelling};
use crate::source::{self, Event, Reader, SourceFile, Sources};
use crate::text::printable;

use super::phrase;

/// The ids of articles by their paths and records.
type Records = BTreeMap<(String, u64), String>;

/// The articles of a sample that are still to be found in their files.
struct Wanted<'a> {
    file: &'a FileFacts,
    /// The id of each by its path, which in an archive is a member's, and the number of its record.
    records: Records,
}

/// Follows articles, named by their ids.
pub(super) fn check(
    searcher: &Searcher,
    generation: &Generation,
    files: &[FileFacts],
    ids: &[String],
    sources: &Sources,
) -> Result<Findings> {
    let mut findings = Findings::default();
    let mut sample = Sample { searcher, sources, findings: &mut findings, n_not_compared: 0 };
    let mut of_path: HashMap<&str, Vec<&FileFacts>> = HashMap::new();
    for file in files {
        of_path.entry(&file.path).or_default().push(file);
    }
    let mut wanted: BTreeMap<&str, Wanted<'_>> = BTreeMap::new();
    for id in ids {
        sample.findings.n_checked += 1;
        let Some(article) = sample.find(id)? else {
            continue;
        };
        // An article of an archive has the path of a member, which is below the file's.
        let mut paths = std::iter::successors(Some(article.origin.path.as_str()), |path| {
            path.rsplit_once('/').map(|(above, _)| above)
        });
        let candidates = paths.find_map(|path| of_path.get(path));
        let file = match candidates.map_or(&[][..], Vec::as_slice) {
            [file] => Some(*file),
            files => {
                let mut of_article = None;
                for file in files {
                    if generation.is_of_file(id, file.key())? {
                        of_article = Some(*file);
                    }
                }
                of_article
            }
        };
        let Some(file) = file else {
            sample.damage(&article, "its file is not in the manifest");
            continue;
        };
        let of_file = || Wanted { file, records: BTreeMap::new() };
        let of_file = wanted.entry(&file.origin).or_insert_with(of_file);
        let place = (article.origin.path.clone(), article.origin.record);
        of_file.records.insert(place, id.clone());
    }
    for of_file in wanted.values() {
        sample.compare_with_file(of_file)?;
    }
    if sample.n_not_compared > 0 {
        let n = sample.n_not_compared;
        findings.notes.push(format!("{n} of the sample could not be compared with their files"));
    }
    Ok(findings)
}

/// A sample under examination.
struct Sample<'a> {
    searcher: &'a Searcher,
    sources: &'a Sources,
    findings: &'a mut Findings,
    n_not_compared: u64,
}

impl Sample<'_> {
    fn damage(&mut self, article: &Article, what: &str) {
        self.findings.damage(|| told(article, what));
    }

    /// Returns the article with an id, unless it cannot be found by that or by its own words.
    fn find(&mut self, id: &str) -> Result<Option<Article>> {
        let Some(article) = self.searcher.article(id)? else {
            let id = printable(id);
            self.findings.damage(|| format!("'{id}' is not found by its id"));
            return Ok(None);
        };
        if let Some(phrase) = phrase::rarest(&article, self.searcher)?
            && !self.is_found_by(&article, &phrase)?
        {
            self.damage(&article, &format!("is not found by its words \"{}\"", printable(&phrase)));
            return Ok(None);
        }
        Ok(Some(article))
    }

    /// Tells whether an article is among those that a phrase finds.
    ///
    /// The phrase alone is asked for, as a reader would. Only where more articles have it than an
    /// answer can hold, the id is asked for too: that proves less, because the phrase then only
    /// has to be found in one article.
    fn is_found_by(&self, article: &Article, phrase: &str) -> Result<bool> {
        let query = query::parse(&format!("\"{phrase}\""))?;
        let request = Request {
            limit: HITS_MAX,
            matching: Match::All,
            spelling: Spelling::AsTyped,
            ..Request::new(query)
        };
        let answer = self.searcher.search(&request)?;
        if answer.hits.iter().any(|hit| hit.article.id == article.id) {
            return Ok(true);
        }
        if answer.total <= answer.hits.len() as u64 {
            return Ok(false);
        }
        let id = Query::Field(Field::Id, Box::new(Query::Word(article.id.clone())));
        let narrowed = Query::And(vec![request.query, id]);
        Ok(self.searcher.count(&narrowed, request.today)?.n_articles > 0)
    }

    /// Reads a file again, and compares the articles that are wanted of it.
    ///
    /// A file that is no longer the one that was indexed says nothing about the index.
    fn compare_with_file(&mut self, wanted: &Wanted<'_>) -> Result<()> {
        let facts = wanted.file;
        let mut found = Findings::default();
        let reason = match find_unchanged(facts, self.sources) {
            Err(reason) => Some(reason),
            Ok(file) => {
                let mut against =
                    Against { file: &file, searcher: self.searcher, found: &mut found };
                let reader = against.read(&wanted.records)?;
                // Of a packed file no more is read than is needed, perhaps not by all its readers.
                let is_other =
                    !reader.split(' ').all(|it| facts.reader.split(' ').any(|was| was == it));
                let is_other = is_other.then(|| format!("it was read by {}", facts.reader));
                // What changed while it was being read has not been compared either.
                is_other.or_else(|| find_unchanged(facts, self.sources).err())
            }
        };
        match reason {
            Some(reason) => {
                self.n_not_compared += wanted.records.len() as u64;
                let name = printable(&facts.path).into_owned();
                self.findings.note(|| format!("{name}: {reason}"));
            }
            None => self.findings.add_damages(found),
        }
        Ok(())
    }
}

/// Finds a file again, if it is as it was read; else says what became of it.
fn find_unchanged(facts: &FileFacts, sources: &Sources) -> std::result::Result<SourceFile, String> {
    let file = source::find_again(&facts.root, &facts.origin, &facts.path);
    let mut file = file.map_err(|cause| Cause(&cause).to_string())?;
    if let Some(settings) = sources.settings_of(&file.origin) {
        file.settings = Arc::clone(settings);
    }
    if file.settings.mark() != facts.settings {
        return Err("it is configured to be read otherwise since it was indexed".to_owned());
    }
    match (file.size, file.mtime_ns) == (facts.bytes, facts.modified_ns) {
        true => Ok(file),
        false => Err("changed since it was indexed".to_owned()),
    }
}

/// A file against which stored articles are held.
struct Against<'a> {
    file: &'a SourceFile,
    searcher: &'a Searcher,
    found: &'a mut Findings,
}

impl Against<'_> {
    /// Reads the file until the last of some records was seen, and holds the stored articles
    /// against what is read there, and against what their bytes alone are read as, which those of a
    /// packed file are not: their spans are places in what was unpacked. Returns the reader with its
    /// version.
    fn read(&mut self, records: &Records) -> Result<String> {
        let mut missing = records.clone();
        let mut outcome = Ok(());
        let readers = source::readers();
        let reader = source::read(self.file, readers, &mut |event| {
            if let Event::Article(read) = event
                && let Some(id) = missing.remove(&(read.origin.path.clone(), read.origin.record))
            {
                outcome = self.compare(&id, &read);
            }
            match missing.is_empty() || outcome.is_err() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        let reader = reader.reader;
        outcome?;
        for ((path, record), id) in &missing {
            self.found.damage(|| {
                let (id, path) = (printable(id), printable(path));
                format!("'{id}': no article is read at {path}:{record}")
            });
        }
        if let Some(reader) = readers.iter().find(|it| source::versioned(**it) == reader) {
            for id in records.values().filter(|id| missing.values().all(|it| it != *id)) {
                self.compare_alone(*reader, id)?;
            }
        }
        Ok(reader)
    }

    /// Compares what was read of the whole file with what is stored.
    fn compare(&mut self, id: &str, read: &Article) -> Result<()> {
        let Some(stored) = self.searcher.article(id)? else {
            return Ok(());
        };
        let mut differs = difference(&stored, read);
        if differs.is_none() && stored.origin.span != read.origin.span {
            differs = Some("the place in the file".to_owned());
        }
        if let Some(what) = differs {
            self.tell(&stored, &format!("{what} is not as in the file"));
        }
        Ok(())
    }

    /// Compares what the bytes of its span are read as with what is stored.
    fn compare_alone(&mut self, reader: &dyn Reader, id: &str) -> Result<()> {
        let Some(stored) = self.searcher.article(id)? else {
            return Ok(());
        };
        let span = stored.origin.span;
        let what = match source::read_alone(self.file, reader, span) {
            Err(cause) => Some(Cause(&cause).to_string()),
            Ok(articles) => match articles.as_slice() {
                [read] => difference(&stored, read).map(|what| format!("{what} is another")),
                articles => Some(format!("they are read as {} articles", articles.len())),
            },
        };
        if let Some(what) = what {
            let (start, end) = (span.start, span.end);
            self.tell(&stored, &format!("the bytes {start} to {end} of the file alone: {what}"));
        }
        Ok(())
    }

    fn tell(&mut self, article: &Article, what: &str) {
        self.found.damage(|| told(article, what));
    }
}

fn told(article: &Article, what: &str) -> String {
    let (id, origin) = (printable(&article.id), article.origin.to_string());
    format!("'{id}' ({}): {what}", printable(&origin))
}

/// Names the first part of an article in which two differ; ids and places do not count.
///
/// The id may have been changed because another article had it.
fn difference(stored: &Article, read: &Article) -> Option<String> {
    let n_paragraphs = stored.paragraphs.len().min(read.paragraphs.len());
    let parts = [
        ("the headline", stored.headline == read.headline),
        ("the byline", stored.byline == read.byline),
        ("the dateline", stored.dateline == read.dateline),
        ("the date", stored.date == read.date),
        ("the source", stored.source == read.source),
        ("the section", stored.section == read.section),
        ("the slug", stored.slug == read.slug),
        ("the language", stored.language == read.language),
        ("the url", stored.url == read.url),
    ];
    let part = parts.iter().find(|(_, is_same)| !is_same).map(|(part, _)| (*part).to_owned());
    let paragraphs = || {
        let mut pairs = stored.paragraphs.iter().zip(&read.paragraphs);
        let idx = pairs.position(|(stored, read)| stored != read);
        let is_cut = stored.paragraphs.len() != read.paragraphs.len();
        let idx = idx.or(is_cut.then_some(n_paragraphs))?;
        Some(format!("paragraph {}", idx + 1))
    };
    part.or_else(paragraphs)
}
