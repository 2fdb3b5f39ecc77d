//! The command line: the only room that knows the terminal, the environment and exit codes.
//!
//! stdout is for data and stderr for talk. A broken pipe is success: whoever closed it has seen
//! enough.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | hits, or done |
//! | 1 | no hits |
//! | 2 | the command or the query cannot be understood |
//! | 3 | the run finished, and some records were set aside |
//! | 4 | there is no index, or it is damaged, or another version made it |
//! | 5 | another run is writing the index |
//! | 6 | a disk, a permission, a file |
//! | 7 | a guard stopped the run |
//! | 130, 143 | SIGINT or SIGTERM ended the run; the next one goes on |

mod args;
mod backup;
mod bench;
mod config;
mod diagnosis;
mod environment;
mod eval;
mod explain;
mod facets;
mod files;
mod index;
mod inspect;
mod measures;
mod naming;
mod plan;
mod progress;
mod quarantine;
mod rollback;
mod run_report;
mod schedule;
mod search;
mod settings;
mod show;
mod signals;
mod similar;
mod status;
mod terminal;
mod variants;
mod verify;
mod versions;
mod words;

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::error::{Error, Kind, Named, Result, is_contained, panic_message};
use crate::index::Home;
use crate::text::{Moment, printable};

use args::{Args, Command};

pub use bench::machine;
use config::Config;

/// What a command comes to, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done = 0,
    NoHits = 1,
    Misunderstood = 2,
    SetAside = 3,
    Damaged = 4,
    Locked = 5,
    Io = 6,
    Guarded = 7,
    Interrupted = 130,
    Terminated = 143,
}

impl Outcome {
    /// Returns what a failure comes to.
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Usage => Self::Misunderstood,
            Kind::Index => Self::Damaged,
            Kind::Locked => Self::Locked,
            Kind::Io => Self::Io,
            Kind::Guard => Self::Guarded,
        }
    }
}

/// Runs the program with the arguments that it was started with.
#[must_use]
pub fn main() -> ExitCode {
    tell_panics_in_a_line();
    let mut program = Args::command();
    program.build();
    let arguments = words::part(std::env::args_os().collect(), &program);
    let args = match Args::try_parse_from(&arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors and go to stdout; clap knows which is which.
            let code = if error.use_stderr() { 2 } else { 0 };
            if error.print().is_err() {
                return ExitCode::SUCCESS;
            }
            if let Some(variable) = environment::blamed(&error, &arguments, &program) {
                say(&format!("hint: the value is that of the environment variable {variable}"));
            }
            return ExitCode::from(code);
        }
    };
    match run(args) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) => complain(&error),
    }
}

/// Has a panic told in a line: nobody who searches wants to see a backtrace.
///
/// One that is contained becomes an error, which is told as such. Whoever sets `RUST_BACKTRACE`
/// gets all that Rust has to say.
fn tell_panics_in_a_line() {
    if std::env::var_os("RUST_BACKTRACE").is_some() {
        return;
    }
    panic::set_hook(Box::new(|panic| {
        if !is_contained() {
            let message = panic_message(panic.payload());
            let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line()));
            let place = place.unwrap_or_default();
            say(&format!("dateline: a fault of the program stopped it: {message}{place}"));
        }
    }));
}

fn run(mut args: Args) -> anyhow::Result<Outcome> {
    if args.command.has_settings() {
        args.settings = Config::read(args.config.as_deref())?;
    }
    let args = &args;
    match &args.command {
        Command::Index(index) => index::run(args, index),
        Command::Search(search) => search::run(args, search),
        Command::Count(count) => search::count(args, count),
        Command::Facets(asked) => facets::run(args, asked),
        Command::Show(show) => show::run(args, show),
        Command::Versions(asked) => versions::run(args, asked),
        Command::Similar(asked) => similar::run(args, asked),
        Command::First(asked) => similar::run_first(args, asked),
        Command::Variants(variants) => variants::run(args, variants),
        Command::Explain(explain) => explain::run(args, explain),
        Command::Inspect(inspect) => inspect::run(args, inspect),
        Command::Eval(eval) => eval::run(args, eval),
        Command::Bench(bench) => bench::run(args, bench),
        Command::Status(status) => status::run(args, status),
        Command::Schedule(schedule) => schedule::run(args, schedule),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), NAME, &mut script);
            io::stdout().write_all(&script)?;
            Ok(Outcome::Done)
        }
        Command::Man { command } => man(command.as_deref()),
        Command::Verify(verify) => verify::run(args, verify),
        Command::Backup(backup) => backup::run(args, backup),
        Command::Rollback(rollback) => rollback::run(args, rollback),
        Command::Quarantine(quarantine) => quarantine::run(args, quarantine),
        Command::Train(train) => naming::run_train(train),
        Command::Tag(tag) => naming::run_tag(tag),
    }
}

/// Returns the day by the clock and the zone of whoever asks.
fn today() -> Moment {
    let today = zone().to_datetime(jiff::Timestamp::now()).date();
    let day = Moment::day(today.year(), today.month(), today.day());
    // A clock outside the years of dates is as wrong as any.
    day.unwrap_or(Moment::of_timestamp(0))
}

/// The file that says in which zone a machine stands, on systems that have one.
const ZONE_FILE: &str = "/etc/localtime";

/// Returns the zone of whoever asks.
///
/// To learn the name of the zone, the library would list all zones of the world, which takes as
/// long as a whole search. The day needs no name.
fn zone() -> jiff::tz::TimeZone {
    let is_chosen = std::env::var_os("TZ").is_some();
    let bytes = if is_chosen { None } else { std::fs::read(ZONE_FILE).ok() };
    let zone = bytes.and_then(|bytes| jiff::tz::TimeZone::tzif("", &bytes).ok());
    zone.unwrap_or_else(jiff::tz::TimeZone::system)
}

/// The name of the program.
const NAME: &str = "dateline";

/// Prints the manual page of the program or of one of its commands.
fn man(name: Option<&str>) -> anyhow::Result<Outcome> {
    let mut command = Args::command();
    command.build();
    let command = match name {
        None => command,
        Some(name) => {
            let found = command.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                Error::new(Kind::Usage, format!("there is no command '{name}'"))
                    .with_hint("'dateline help' lists the commands")
            })?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    io::stdout().write_all(&page)?;
    Ok(Outcome::Done)
}

/// Tells an error on stderr and returns its exit code.
fn complain(error: &anyhow::Error) -> ExitCode {
    let broken_pipe = |it: &io::Error| it.kind() == io::ErrorKind::BrokenPipe;
    if error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken_pipe)) {
        return ExitCode::SUCCESS;
    }
    let Some(error) = error.downcast_ref::<Error>() else {
        say(&format!("dateline: {error:#}"));
        return ExitCode::from(6);
    };
    say(&format!("dateline: {error}"));
    if let Some(hint) = &error.hint {
        say(&format!("hint: {hint}"));
    }
    ExitCode::from(Outcome::of(error.kind) as u8)
}

/// Says a line on stderr; if nobody listens, so be it.
///
/// Several lines may come at once, as with a caret under a query; whatever else could move a
/// terminal's cursor is made harmless.
fn say(lines: &str) {
    for line in lines.split('\n') {
        let _ = writeln!(io::stderr(), "{}", printable(line));
    }
}

/// Returns the index that a searching command means; with no index yet and none named, it is built
/// first.
fn home_to_search(args: &Args) -> Result<Home> {
    let home = settings::home(args);
    if args.index.is_none()
        && home.current()?.is_none()
        && let Some(job) = settings::first_job(args)?
    {
        let roots: Vec<String> = job.roots.iter().map(|it| Named(it).to_string()).collect();
        say(&format!("no index yet: building one from {}", roots.join(", ")));
        index::build(&job)?;
    }
    Ok(home)
}
