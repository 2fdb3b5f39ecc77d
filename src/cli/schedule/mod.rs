//! `dateline schedule`: what an operator installs so that the archive is indexed every night.
//!
//! Nothing is installed here, only printed: it is to be read first, and each scheduler has its own
//! rights and places. Every path is absolute, and quoted by the rules of whoever reads it:
//!
//! | module | what it prints | whose rules |
//! |---|---|---|
//! | [`systemd`] | services and timers | systemd.syntax(7), systemd.service(5), systemd.unit(5) |
//! | [`cron`] | lines of a crontab | crontab(5), then those of `sh` |
//! | [`launchd`] | a property list | launchd.plist(5), XML |
//!
//! A path that is no UTF-8, or has a line end or another character without a face, is refused:
//! cron cannot hold the one nor XML the other, and nobody could read it before installing it.

mod cron;
mod launchd;
mod systemd;

use std::env;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Kind, Named, Result};
use crate::text::is_unprintable;

use super::args::{Args, Limits, Schedule, Scheduler};
use super::measures::{self, ClockTime};
use super::{Outcome, say, settings};

/// How old the last good run may be when the heartbeat looks: a day, and two hours for a run that
/// took longer than the one before.
const AGE_MAX: &str = "26h";

/// How many hours after the run the heartbeat looks.
const HEARTBEAT_AFTER_HOURS: u8 = 5;

/// What happens every night, in words that a scheduler can be given.
#[derive(Debug)]
struct Night {
    /// The program.
    program: String,
    /// The arguments that make it index.
    run: Vec<String>,
    /// The arguments that make it fail where the last good run is too old.
    heartbeat: Vec<String>,
    /// The folder that is written.
    index: String,
    /// What is read: the archive, and the file of settings.
    read: Vec<String>,
    /// Where the log goes, of schedulers that keep none.
    log: String,
    /// When it begins, by the local clock.
    at: ClockTime,
}

impl Night {
    /// Returns when the heartbeat looks.
    fn heartbeat_at(&self) -> ClockTime {
        ClockTime::new(self.at.hour() + HEARTBEAT_AFTER_HOURS, self.at.minute())
    }

    /// Returns all paths.
    fn paths(&self) -> impl Iterator<Item = &str> {
        let named = [&self.program, &self.index].into_iter();
        named.chain(&self.read).map(String::as_str)
    }
}

pub(super) fn run(args: &Args, schedule: &Schedule) -> anyhow::Result<Outcome> {
    let printed = match schedule.scheduler {
        Scheduler::Systemd if schedule.log.is_some() => {
            return Err(Error::new(Kind::Usage, "systemd keeps the log in its journal")
                .with_hint("leave --log out, and read it with 'journalctl -u dateline-index'")
                .into());
        }
        Scheduler::Systemd => systemd::print(&night(args, schedule, &[])?),
        Scheduler::Cron => cron::print(&night(args, schedule, &LOGGED)?)?,
        Scheduler::Launchd => launchd::print(&night(args, schedule, &LOGGED)?),
    };
    io::stdout().write_all(printed.as_bytes())?;
    Ok(Outcome::Done)
}

/// What makes the log one for programs; systemd's journal is for people.
const LOGGED: [&str; 2] = ["--log-format", "json"];

/// Puts together what happens every night.
///
/// What the file of settings says is left to it: the scheduler is given its name, so that a change
/// there counts from the next night on.
fn night(args: &Args, schedule: &Schedule, options: &[&str]) -> Result<Night> {
    let config = args.settings.path.as_deref().map(place).transpose()?;
    let index = place(settings::home(args).dir())?;
    let sources = sources(args, schedule)?;
    let mut common = Vec::new();
    if let Some(config) = &config {
        common.extend(["--config".to_owned(), config.clone()]);
    }
    if args.index.is_some() || args.settings.index.is_none() {
        common.extend(["--index".to_owned(), index.clone()]);
    }
    let mut run = vec!["index".to_owned()];
    run.extend(options.iter().map(|it| (*it).to_owned()));
    run.extend(common.iter().cloned());
    run.extend(typed(&schedule.limits));
    if !schedule.paths.is_empty() || args.settings.sources.is_empty() {
        run.extend(sources.iter().cloned());
    }
    let mut heartbeat: Vec<String> = ["status", "--max-age", AGE_MAX].map(str::to_owned).into();
    heartbeat.append(&mut common);
    let program = env::current_exe()
        .map_err(|cause| Error::io("find the program", Path::new("dateline"), &cause))?;
    let log = match &schedule.log {
        Some(log) => place(log)?,
        None => format!("{}.log", index.trim_end_matches('/')),
    };
    let read = sources.into_iter().chain(config).collect();
    Ok(Night { program: place(&program)?, run, heartbeat, index, read, log, at: schedule.at })
}

/// Returns what is to be read, and tells what is not there yet.
fn sources(args: &Args, schedule: &Schedule) -> Result<Vec<String>> {
    let home = settings::home(args);
    let is_known = !schedule.paths.is_empty() || !args.settings.sources.is_empty();
    if !is_known && home.current()?.is_none() {
        let error = Error::new(Kind::Usage, "there is no archive yet that could be indexed");
        return Err(error.with_hint("name it: 'dateline schedule cron PATH'"));
    }
    let roots = settings::roots(args, &schedule.paths, &home)?;
    for root in roots.iter().filter(|root| !root.exists()) {
        say(&format!("note: {} is not there", Named(root)));
    }
    roots.iter().map(|root| place(root)).collect()
}

/// Returns a path from the root of the file system on, as text that every scheduler can hold.
fn place(path: &Path) -> Result<String> {
    let absolute = std::path::absolute(path).map_err(|cause| Error::io("find", path, &cause))?;
    let goes_back = absolute.components().any(|it| it == Component::ParentDir);
    // Where '..' leads depends on links; what is not there has none.
    let absolute = match absolute.canonicalize() {
        Ok(canonical) if goes_back => canonical,
        _ => without_parents(&absolute),
    };
    let is_writable = |it: char| !is_unprintable(it) && !matches!(it, '\u{FFFE}' | '\u{FFFF}');
    let text = absolute.to_str().filter(|it| it.chars().all(is_writable));
    text.map(str::to_owned).ok_or_else(|| {
        let message = format!("{} cannot stand in a schedule", Named(&absolute));
        let error = Error::new(Kind::Usage, message);
        error.with_hint("rename it: it is no UTF-8, or has a line end or a character like it")
    })
}

/// Takes each `..` and what stands before it out of an absolute path.
fn without_parents(path: &Path) -> PathBuf {
    let mut kept = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            kept.pop();
        } else {
            kept.push(part);
        }
    }
    kept
}

/// Returns the options that set limits, as they could have been typed.
fn typed(limits: &Limits) -> Vec<String> {
    let options = [
        ("--generations", limits.generations.map(|it| it.to_string())),
        ("--max-delete", limits.max_delete.map(|it| it.to_string())),
        ("--min-free", limits.min_free.map(|it| it.to_string())),
        ("--until", limits.until.map(|it| it.to_string())),
        ("--max-errors", limits.max_errors.map(|it| it.to_string())),
        ("--lock-timeout", limits.lock_timeout.map(measures::duration_typed)),
    ];
    let named = options.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?]));
    named.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A night with a path that has what quoting is for.
    pub(super) fn night_at(path: &str) -> Night {
        let arguments = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        Night {
            program: "/usr/bin/dateline".to_owned(),
            run: arguments(&["index", "--index", "/srv/index", path]),
            heartbeat: arguments(&["status", "--max-age", AGE_MAX, "--index", "/srv/index"]),
            index: "/srv/index".to_owned(),
            read: arguments(&[path]),
            log: "/srv/index.log".to_owned(),
            at: ClockTime::new(23, 5),
        }
    }

    #[test]
    fn the_heartbeat_of_a_late_run_is_in_the_morning() {
        assert_eq!(night_at("/srv/archive").heartbeat_at().to_string(), "04:05");
    }

    #[test]
    fn paths_begin_at_the_root() {
        assert_eq!(place(Path::new("/a/./b/")).unwrap(), "/a/b");
        assert_eq!(place(Path::new("/not there/../b")).unwrap(), "/b");
        assert!(place(Path::new("a")).unwrap().ends_with("/a"));
        for bad in ["/a\nb", "/a\tb", "/a\u{202e}b", "/a\u{ffff}b"] {
            assert_eq!(place(Path::new(bad)).unwrap_err().kind, Kind::Usage, "{bad:?}");
        }
    }

    #[test]
    fn limits_are_written_as_they_are_typed() {
        let limits = Limits {
            max_delete: measures::share("2.5%").ok(),
            until: measures::clock_time("6:00").ok(),
            lock_timeout: measures::lock_timeout("2m").ok(),
            ..Limits::default()
        };
        assert_eq!(typed(&limits).join(" "), "--max-delete 2.5% --until 06:00 --lock-timeout 120s");
    }
}
