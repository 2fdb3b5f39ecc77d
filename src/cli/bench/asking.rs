//! Asking one query, as far as it is to be followed.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::{Error, Result, in_a_line};
use crate::index::Home;
use crate::latency::{Answered, Asked, FACETS, Plan, Reach, StageTime, Verb, Workload};
use crate::query;
use crate::render::{self, Layout, Names, Renderer, Styles, Text};
use crate::search::{
    Expansion, Folding, Lead, Match, Request, Searcher, Sort, Spelling, Stage, Stopwatch,
};
use crate::text::Moment;

use crate::cli::today;

/// How the page is printed that nobody sees: as on a terminal.
const LAYOUT: Layout = Layout { styles: Styles::COLOURED, names: Names::All, width: 80 };

/// Asks queries.
pub(super) struct Asker<'a> {
    home: &'a Home,
    searcher: &'a Searcher,
    program: PathBuf,
    today: Moment,
}

/// Why a query could not be asked, in a line.
type Refused = String;

impl<'a> Asker<'a> {
    pub(super) fn new(home: &'a Home, searcher: &'a Searcher) -> Result<Self> {
        let program = env::current_exe()
            .map_err(|cause| Error::io("find", "the program itself".as_ref(), &cause))?;
        Ok(Self { home, searcher, program, today: today() })
    }

    /// Asks a query.
    pub(super) fn ask(
        &self,
        reach: Reach,
        asked: &Asked,
    ) -> std::result::Result<Answered, Refused> {
        match reach {
            Reach::Rank => self.rank(asked).map_err(told),
            Reach::Show => self.show(asked).map_err(told)?.ok_or_else(no_such_id),
            Reach::Process => self.process(asked),
            Reach::Cold => {
                self.home.forget(self.searcher.facts().generation).map_err(told)?;
                self.process(asked)
            }
        }
    }

    fn request(&self, asked: &Asked) -> Result<Request> {
        let how = asked.how;
        Ok(Request {
            limit: how.limit,
            matching: how.matching,
            sort: how.sort,
            spelling: how.spelling,
            expansion: how.expansion,
            folding: Folding::Folded(Lead::Best),
            today: self.today,
            ..Request::new(query::parse(&asked.text)?)
        })
    }

    /// Asks the searches of a workload again, and returns how long each stage takes: for each class
    /// the means of its queries, in the order of the stages.
    ///
    /// Of each query the shortest of [`STAGED_ROUNDS`] counts: sums of stages are longer by all that
    /// the machine did meanwhile, and never shorter.
    pub(super) fn stages(&self, workload: &Workload) -> Vec<Vec<StageTime>> {
        let of_query = |idx: usize| {
            let asked = workload.queries.get(idx).filter(|it| it.how.verb == Verb::Search)?;
            let rounds = (0..STAGED_ROUNDS).filter_map(|_| self.staged(asked).ok());
            rounds.min_by_key(|stages| stages.iter().map(|it| it.1).sum::<Duration>())
        };
        let of_class = |queries: Vec<usize>| {
            let measured: Vec<Vec<Staged>> = queries.into_iter().filter_map(of_query).collect();
            means(&measured)
        };
        workload.by_class().into_iter().map(of_class).collect()
    }

    /// Searches and prints by the stopwatch.
    fn staged(&self, asked: &Asked) -> Result<Vec<Staged>> {
        let started = Instant::now();
        let request = self.request(asked)?;
        let parsed = started.elapsed();
        let stopwatch = Arc::new(Stopwatch::default());
        let request = Request { stopwatch: Some(Arc::clone(&stopwatch)), ..request };
        let answer = self.searcher.search(&request)?;
        let started = Instant::now();
        let mut page = Vec::new();
        printed(Text { layout: LAYOUT }.render(&answer, &mut page))?;
        let printed = started.elapsed();
        std::hint::black_box(&page);
        let searched = Stage::ALL.map(|stage| (stage.name(), stopwatch.taken(stage)));
        Ok([("parse", parsed)].into_iter().chain(searched).chain([("print", printed)]).collect())
    }

    /// Finds the ids of the hits.
    fn rank(&self, asked: &Asked) -> Result<Answered> {
        let listed = self.searcher.listing(&self.request(asked)?)?;
        let shown = std::hint::black_box(listed).into_iter().take(asked.how.limit);
        Ok(Answered { n_hits: shown.count() as u64 })
    }

    /// Prints the answer to nobody; nothing where an id is no article's.
    fn show(&self, asked: &Asked) -> Result<Option<Answered>> {
        let mut page = Vec::new();
        let n_hits = match asked.how.verb {
            Verb::Search => {
                let answer = self.searcher.search(&self.request(asked)?)?;
                printed(Text { layout: LAYOUT }.render(&answer, &mut page))?;
                answer.hits.len() as u64
            }
            Verb::Count => {
                let count = self.searcher.count(&query::parse(&asked.text)?, self.today)?;
                count.n_articles
            }
            Verb::Facets => {
                let query = query::parse(&asked.text)?;
                let found = self.searcher.facets(&query, self.today, &FACETS, asked.how.limit)?;
                page.extend_from_slice(render::facets(&found.counts).as_bytes());
                found.n_articles
            }
            Verb::Show => {
                let Some(article) = self.searcher.article(&asked.text)? else { return Ok(None) };
                printed(render::page(&article, &[], LAYOUT, &mut page))?;
                1
            }
        };
        std::hint::black_box(&page);
        Ok(Some(Answered { n_hits }))
    }

    /// Has a process of its own print the answer.
    fn process(&self, asked: &Asked) -> std::result::Result<Answered, Refused> {
        let mut command = Command::new(&self.program);
        let how = asked.how;
        command.arg(match how.verb {
            Verb::Search => "search",
            Verb::Count => "count",
            Verb::Facets => "facets",
            Verb::Show => "show",
        });
        if how.verb == Verb::Facets {
            let by: Vec<&str> = FACETS.iter().map(|it| it.name()).collect();
            command.args(["--by", &by.join(",")]);
        }
        command.args(["--color", "always", "--index"]).arg(self.home.dir());
        if how.verb == Verb::Search {
            command.args(options(asked));
        }
        command.args(["--", &asked.text]).stdin(Stdio::null());
        let output = command.output().map_err(|cause| cause.to_string())?;
        match output.status.code() {
            // 1 is that nothing was found.
            Some(0 | 1) => Ok(Answered { n_hits: 0 }),
            _ => {
                let said = String::from_utf8_lossy(&output.stderr);
                Err(in_a_line(said.lines().next().unwrap_or("the process failed")))
            }
        }
    }

    /// Tells what was done about caches.
    pub(super) fn caches(&self, plan: &Plan) -> String {
        let words = match plan.reaches.first() {
            Some(Reach::Cold) if cfg!(target_os = "linux") => {
                "cold: a process for each query, before it the files of the index dropped from memory \
                 (posix_fadvise); the program itself and the caches of the disk stay warm"
            }
            Some(Reach::Cold) => {
                "a process for each query; this system cannot be asked to drop files \
                 from memory, so they are warm"
            }
            Some(Reach::Process) => "warm: a process for each query, the index in memory",
            _ if plan.n_warm > 0 => "warm: everything was asked before",
            _ => "as they were",
        };
        words.to_owned()
    }
}

/// A stage, and how long it took.
type Staged = (&'static str, Duration);

/// How often each query is asked for its stages.
const STAGED_ROUNDS: usize = 3;

/// Returns the mean of each stage, all queries having the same ones.
fn means(measured: &[Vec<Staged>]) -> Vec<StageTime> {
    let first = measured.first().map_or(&[][..], Vec::as_slice);
    let mean = |(nth, (stage, _)): (usize, &Staged)| {
        let all: Duration = measured.iter().filter_map(|stages| Some(stages.get(nth)?.1)).sum();
        StageTime {
            stage: (*stage).to_owned(),
            mean_ns: all.as_nanos() as f64 / measured.len() as f64,
        }
    };
    first.iter().enumerate().map(mean).collect()
}

/// Returns the options with which a process searches as a query is to be asked.
fn options(asked: &Asked) -> Vec<String> {
    let how = asked.how;
    let mut options = vec![format!("--limit={}", how.limit)];
    options.extend(match how.sort {
        Sort::Relevance => None,
        Sort::Newest => Some("--sort=newest".to_owned()),
        Sort::Oldest => Some("--sort=oldest".to_owned()),
    });
    options.extend(match how.matching {
        Match::Auto => None,
        Match::All => Some("--match=all".to_owned()),
        Match::Any => Some("--match=any".to_owned()),
    });
    if how.spelling == Spelling::AsTyped {
        options.push("--no-correct".to_owned());
    }
    if how.expansion == Expansion::Feedback {
        options.push("--expand".to_owned());
    }
    options
}

/// A page in memory can always be written to; an error of it is told like any other.
fn printed(result: io::Result<()>) -> Result<()> {
    result.map_err(|cause| Error::io("print", "the page".as_ref(), &cause))
}

/// Returns the first line of an error: the caret below a query is of no use among numbers.
fn told(error: Error) -> Refused {
    in_a_line(error.message.lines().next().unwrap_or_default())
}

fn no_such_id() -> Refused {
    "there is no article with this id".to_owned()
}
