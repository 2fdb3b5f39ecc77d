//! What a run is asked to do: put together from what is typed, the environment, the file of
//! settings and the index, in this order.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::annotate::topics::Classifier;
use crate::annotate::{Knowledge, Lists};
use crate::error::{Error, Kind, Named, Result};
use crate::index::Home;
use crate::ingest::{Guards, Job, Start, Trust};
use crate::source::{self, Sources};

use super::args::{Args, DEFAULT_ARCHIVE, DEFAULT_INDEX, Index, Limits};
use super::config::Own;
use super::files;
use super::measures::ClockTime;

/// How long a run waits for another one if nobody says otherwise.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Returns the index that a command means.
pub(super) fn home(args: &Args) -> Home {
    let dir = args.index.as_deref().or(args.settings.index.as_deref());
    Home::at(dir.unwrap_or(Path::new(DEFAULT_INDEX)))
}

/// Returns what `dateline index` is to do.
pub(super) fn job(args: &Args, index: &Index) -> Result<Job> {
    let home = home(args);
    let roots = roots(args, &index.paths, &home)?;
    Ok(Job {
        start: if index.rebuild { Start::Rebuild } else { Start::FromCurrent },
        trust: if index.paranoid { Trust::Content } else { Trust::Stamps },
        ..limited(new_job(args, home, roots)?, &index.limits.or(&args.settings.limits))
    })
}

/// Makes a job that reads files as they are configured to be, and knows the lists of the archive.
///
/// # Errors
///
/// [`Kind::Io`] and [`Kind::Usage`] where a list cannot be read.
pub(super) fn new_job(args: &Args, home: Home, roots: Vec<PathBuf>) -> Result<Job> {
    let own = match roots.as_slice() {
        [root] if args.settings.path.is_none() && is_sample(root) => own_of_sample(),
        _ => args.settings.own.clone(),
    };
    let knowledge = knowledge(&own)?;
    Ok(Job { sources: sources(args), knowledge, ..Job::new(home, roots) })
}

/// The largest list, and the largest model, that an archive may bring: 64 MiB.
const OWN_BYTES_MAX: u64 = 64 << 20;

/// Where the sample archive has what it knows of its own names; the walk passes it over.
const OWN_FOLDER: &str = ".dateline";

/// Tells whether an archive is the sample, by whatever path.
fn is_sample(root: &Path) -> bool {
    let sample = source::root_name(Path::new(DEFAULT_ARCHIVE));
    sample.is_ok_and(|sample| source::root_name(root).is_ok_and(|root| root == sample))
}

/// Returns the lists that the sample archive brings: it is searched before anybody configures it.
fn own_of_sample() -> Own {
    let list = |name: &str| {
        let path: PathBuf = [DEFAULT_ARCHIVE, OWN_FOLDER, name].iter().collect();
        path.is_file().then_some(path)
    };
    Own { names: list("names.tsv"), places: list("places.tsv"), topics: None }
}

/// Returns what articles are annotated by.
fn knowledge(own: &Own) -> Result<Knowledge> {
    let Own { names, places, topics } = own;
    let mut lists = Lists::default();
    if let Some(path) = names {
        lists.read_names(&files::read(path, OWN_BYTES_MAX)?, &files::shown(path))?;
    }
    if let Some(path) = places {
        lists.read_places(&files::read(path, OWN_BYTES_MAX)?, &files::shown(path))?;
    }
    let classifier =
        topics.as_deref().map(|path| Classifier::from_bytes(&files::read(path, OWN_BYTES_MAX)?));
    Ok(Knowledge::default().with(lists, classifier.transpose()?))
}

/// Returns what is configured for the files of the archive.
pub(super) fn sources(args: &Args) -> Sources {
    Sources::new(&args.settings.read_as)
}

/// Returns a run over what the index was made of, as far as the settings let it go.
///
/// # Errors
///
/// [`Kind::Index`] where the index does not say what it was made of.
pub(super) fn run_again(args: &Args) -> Result<Job> {
    let home = home(args);
    let roots = roots(args, &[], &home)?;
    Ok(limited(new_job(args, home, roots)?, &args.settings.limits))
}

/// Returns what is to be indexed before the first search: the configured sources, else the sample.
///
/// Nothing where the index is named by hand, or configured without its sources: an archive of
/// somebody's own is never begun with the sample.
pub(super) fn first_job(args: &Args) -> Result<Option<Job>> {
    let settings = &args.settings;
    let sample = Path::new(DEFAULT_ARCHIVE);
    let roots = match settings.sources.as_slice() {
        _ if args.index.is_some() => return Ok(None),
        [] if settings.index.is_none() && sample.is_dir() => vec![sample.to_owned()],
        [] => return Ok(None),
        sources => sources.to_vec(),
    };
    Ok(Some(limited(new_job(args, home(args), roots)?, &settings.limits)))
}

/// Returns what to read: the paths that are named, else the configured ones, else those that the
/// index was made of, else the sample.
///
/// # Errors
///
/// [`Kind::Index`] where the index does not say what it was made of.
pub(super) fn roots(args: &Args, named: &[PathBuf], home: &Home) -> Result<Vec<PathBuf>> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    match args.settings.sources.as_slice() {
        [] => usual_roots(home),
        sources => Ok(sources.to_vec()),
    }
}

/// Returns what the index was made of, else the sample.
fn usual_roots(home: &Home) -> Result<Vec<PathBuf>> {
    let sample = PathBuf::from(DEFAULT_ARCHIVE);
    let unknown = |_| {
        let message =
            format!("the index at {} does not say what it was made of", Named(home.dir()));
        Error::new(Kind::Index, message)
            .with_hint("name its archives: 'dateline index --rebuild --index DIR PATH'")
    };
    let roots = match home.current().map_err(unknown)? {
        Some(current) => home.facts(current).map_err(unknown)?.roots,
        None => Vec::new(),
    };
    let roots: Vec<PathBuf> = roots.iter().map(|root| source::path_of(root)).collect();
    Ok(match roots.as_slice() {
        [] => vec![sample],
        [root] if is_sample(root) => vec![sample],
        _ => roots,
    })
}

/// Sets how far a job may go; what is left open is as usual.
fn limited(job: Job, limits: &Limits) -> Job {
    let usual = Guards::default();
    let guards = Guards {
        deletions_max: limits.max_delete.or(usual.deletions_max),
        free_bytes_min: limits.min_free.unwrap_or(usual.free_bytes_min),
        until: limits.until.and_then(ClockTime::next),
        errors_max: limits.max_errors.or(usual.errors_max),
    };
    Job {
        guards,
        generations_kept: limits.generations.unwrap_or(job.generations_kept),
        lock_timeout: limits.lock_timeout.unwrap_or(LOCK_TIMEOUT),
        ..job
    }
}
