//! Asking one query, as far as it is to be followed.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::{Error, Result, in_a_line};
use crate::index::Home;
use crate::latency::{Answered, Asked, Plan, Reach, StageTime, Verb, Workload};
use crate::query;
use crate::render::{self, Layout, Renderer, Styles, Text};
use crate::search::{Match, Request, Searcher, Sort, Spelling, Stage, Stopwatch};
use crate::text::Moment;

use crate::cli::today;

/// How the page is printed that nobody sees: as on a terminal.
const LAYOUT: Layout = Layout { styles: Styles::COLOURED, width: 80 };

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
            today: self.today,
            ..Request::new(query::parse(&asked.text)?)
        })
    }

    /// Asks the searches of a workload once more, and sums how long each stage takes: for each
    /// class the means of its queries, in the order of the stages.
    pub(super) fn stages(&self, workload: &Workload) -> Vec<Vec<StageTime>> {
        let of_class = |queries: Vec<usize>| {
            let queries = queries.iter().filter_map(|idx| workload.queries.get(*idx));
            let searched: Vec<&Asked> =
                queries.filter(|asked| asked.how.verb == Verb::Search).collect();
            self.stages_of(&searched)
        };
        workload.by_class().into_iter().map(of_class).collect()
    }

    fn stages_of(&self, queries: &[&Asked]) -> Vec<StageTime> {
        let stopwatch = Arc::new(Stopwatch::default());
        let (mut parsing, mut printing, mut n_asked) = (Duration::ZERO, Duration::ZERO, 0_u32);
        for asked in queries {
            let started = Instant::now();
            let Ok(request) = self.request(asked) else { continue };
            let parsed = started.elapsed();
            let request = Request { stopwatch: Some(Arc::clone(&stopwatch)), ..request };
            let Ok(answer) = self.searcher.search(&request) else { continue };
            let started = Instant::now();
            let mut page = Vec::new();
            if (Text { layout: LAYOUT }).render(&answer, &mut page).is_ok() {
                n_asked += 1;
                parsing += parsed;
                printing += started.elapsed();
            }
            std::hint::black_box(&page);
        }
        if n_asked == 0 {
            return Vec::new();
        }
        let searching = Stage::ALL.map(|stage| (stage.name(), stopwatch.taken(stage)));
        let all = [("parse", parsing)].into_iter().chain(searching).chain([("print", printing)]);
        let mean = |(stage, taken): (&str, Duration)| {
            let mean_ns = taken.as_nanos() as f64 / f64::from(n_asked);
            StageTime { stage: stage.to_owned(), mean_ns }
        };
        all.map(mean).collect()
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
            Verb::Show => "show",
        });
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
    options
}

/// A page in memory can always be written to; an error of it is told like any other.
fn printed(result: io::Result<()>) -> Result<()> {
    result.map_err(|cause| Error::io("print", "the page".as_ref(), &cause))
}

fn told(error: Error) -> Refused {
    in_a_line(&error.message)
}

fn no_such_id() -> Refused {
    "there is no article with this id".to_owned()
}
