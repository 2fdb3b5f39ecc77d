//! `dateline search` and `dateline count`.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Kind, Named, Result};
use crate::index;
use crate::latency::{How, Logged, Verb};
use crate::query::{self, QUERY_BYTES_MAX, Reading};
use crate::render::{Kwic, Layout, Names, Renderer, grouped, kwic_notes};
use crate::search::{Answer, Expansion, Folding, Note, Request, Searcher, Spelling};
use crate::snippet::{Measure, Order};
use crate::text::{Moment, printable};

use super::args::{Args, Color, Count, Dialect, Format, Search};
use super::settings::home;
use super::{Outcome, diagnosis, home_to_search, say, terminal, today};

pub(super) fn run(args: &Args, search: &Search) -> anyhow::Result<Outcome> {
    let renderer = renderer(search, layout(search, args.color))?;
    let Reading { query, remarks } = read_query(&search.query, search.dialect)?;
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let mut answer = searcher.search(&Request {
        query,
        remarks,
        limit: search.limit,
        matching: search.matching.into(),
        sort: search.sort.into(),
        ranking: search.numbers.ranking()?,
        folding: folding(search),
        spelling: spelling(search),
        expansion: expansion(search),
        timeout: search.timeout.map(Duration::from_secs_f64),
        facets: search.facet.clone(),
        measure: Measure::default(),
        today: today(),
        stopwatch: None,
    })?;
    if search.kwic {
        answer.notes.extend(kwic_notes(&answer));
    }
    print(&*renderer, &answer)?;
    talk(&answer, search.format, args);
    if let Some(path) = &search.log {
        // Whoever searched has their answer; the log is not worth failing for.
        if let Err(error) = append_to_log(path, search, &answer) {
            say(&format!("note: this search is not logged: {error}"));
        }
    }
    Ok(if answer.hits.is_empty() { Outcome::NoHits } else { Outcome::Done })
}

/// Prints an answer.
pub(super) fn print(renderer: &dyn Renderer, answer: &Answer) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    renderer.render(answer, &mut out)?;
    out.flush()
}

pub(super) fn count(args: &Args, count: &Count) -> anyhow::Result<Outcome> {
    let Reading { query, remarks } = read_query(&count.query, count.dialect)?;
    let count = Searcher::open(&home_to_search(args)?)?.count(&query, today())?;
    writeln!(io::stdout(), "{}", count.n_articles)?;
    let notes: Vec<Note> = remarks.into_iter().map(Note::Reading).chain(count.notes).collect();
    tell(&notes);
    Ok(if count.n_articles == 0 { Outcome::NoHits } else { Outcome::Done })
}

/// Returns the index that another command would not find without being told.
fn index_named(args: &Args) -> Option<PathBuf> {
    let of_file = args.config.as_ref().map(|_| home(args).dir().to_owned());
    args.index.clone().or(of_file)
}

/// Returns how the page is laid out. What programs read is the same on a terminal and in a pipe.
fn layout(search: &Search, color: Color) -> Layout {
    let layout = terminal::layout(color);
    let names = match (search.mentions, search.format) {
        (Some(mentions), _) => mentions.into(),
        (None, Format::Text) => layout.names,
        (None, _) => Names::default(),
    };
    Layout { names, ..layout }
}

/// Returns what prints the answer as it is asked for.
fn renderer(search: &Search, layout: Layout) -> Result<Box<dyn Renderer>> {
    if !search.kwic {
        let format = search.format.of_hits().ok_or_else(|| {
            Error::new(Kind::Usage, "the format 'tsv' has a line for each match")
                .with_hint("ask for such lines with --kwic, or for hits with --format ndjson")
        })?;
        return Ok(format.renderer(layout));
    }
    let format = search.format.of_lines().ok_or_else(|| {
        Error::new(Kind::Usage, "the format 'paths' has no lines for matches")
            .with_hint("leave --kwic out, or use --format text, tsv, json or ndjson")
    })?;
    let order = search.kwic_sort.map_or(Order::Hits, Order::from);
    Ok(Box::new(Kwic { format, order, layout }))
}

/// Reads the query from the command line, or from stdin where it is `-`.
pub(super) fn read_query(words: &[String], dialect: Dialect) -> Result<Reading> {
    if words != ["-"] {
        return query::read(&words.join(" "), dialect.into());
    }
    let mut bytes = Vec::new();
    let mut stdin = io::stdin().take(QUERY_BYTES_MAX as u64 + 1);
    let stdin_failed = |cause| Error::io("read the query from", Path::new("stdin"), &cause);
    stdin.read_to_end(&mut bytes).map_err(stdin_failed)?;
    query::read(String::from_utf8_lossy(&bytes).trim(), dialect.into())
}

pub(super) fn tell(notes: &[Note]) {
    notes.iter().for_each(|note| say(&format!("note: {}", printable(&note.to_string()))));
}

/// Tells people what the hits do not show.
pub(super) fn talk(answer: &Answer, format: Format, args: &Args) {
    for correction in &answer.corrections {
        say(&printable(&correction.to_string()));
    }
    tell(&answer.notes);
    if answer.hits.is_empty() {
        say(&format!("no article matches {}", printable(&answer.query)));
        if let Some(diagnosis) = &answer.diagnosis {
            diagnosis::tell(diagnosis, index_named(args).as_deref());
        }
    } else if format == Format::Text {
        let at_least = if answer.total_is_exact { "" } else { "at least " };
        let ms = answer.took.as_secs_f64() * 1e3;
        let articles = if answer.total == 1 { "article" } else { "articles" };
        say(&format!(
            "\n{} of {at_least}{} {articles} in {ms:.1} ms",
            answer.hits.len(),
            grouped(answer.total)
        ));
    }
}

/// Appends a line to the log of searches: [`Logged`].
fn append_to_log(path: &Path, search: &Search, answer: &Answer) -> Result<()> {
    let how = How {
        verb: Verb::Search,
        sort: search.sort.into(),
        matching: search.matching.into(),
        spelling: spelling(search),
        expansion: expansion(search),
        limit: search.limit,
    };
    let logged = Logged {
        at: Moment::of_timestamp(index::now_s()).to_string(),
        query: answer.query.clone(),
        how: how.to_string(),
        took_us: u64::try_from(answer.took.as_micros()).unwrap_or(u64::MAX),
        hits: answer.total,
    };
    let too_long = || {
        let message = format!("a line of {} would be too long", Named(path));
        Error::new(Kind::Io, message)
    };
    let line = logged.to_line().ok_or_else(too_long)?;
    // One write a line: searches at the same time may share a log.
    let mut options = OpenOptions::new();
    let opened = options.create(true).append(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(line.as_bytes()));
    written.map_err(|cause| Error::io("write", path, &cause))
}

/// Returns whether copies of one story are one hit. A concordance has a line for every match.
fn folding(search: &Search) -> Folding {
    if search.all_copies || search.kwic {
        Folding::None
    } else {
        Folding::Folded(search.lead.into())
    }
}

fn expansion(search: &Search) -> Expansion {
    if search.expand { Expansion::Feedback } else { Expansion::None }
}

fn spelling(search: &Search) -> Spelling {
    if search.no_correct { Spelling::AsTyped } else { Spelling::Corrected }
}
