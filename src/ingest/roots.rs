//! The files and folders that a run speaks for.

use std::path::PathBuf;
use std::sync::Arc;

use crate::error::{Error, Kind, Named, Result};
use crate::index::FileFacts;
use crate::source::{self, SourceFile, Sources, Unlisted};

use super::{Event, Job, Share, Start};

/// A root as it was given, and the name of where it really lies.
pub(super) struct Root {
    pub(super) given: PathBuf,
    pub(super) name: String,
    /// How many articles the index holds of it before the run.
    pub(super) n_before: u64,
}

/// What lies below the roots.
pub(super) struct Listing {
    pub(super) files: Vec<SourceFile>,
    pub(super) unlisted: Vec<Unlisted>,
}

/// Tells why the generation in use cannot be added to, and which roots it was made of.
pub(super) fn obsolete(job: &Job) -> Result<Option<(String, Vec<String>)>> {
    let current = match job.start {
        Start::FromCurrent => job.home.current()?,
        // What is damaged is what a rebuild is for.
        Start::Rebuild => job.home.current().unwrap_or_default(),
    };
    let Some(current) = current else {
        return Ok(None);
    };
    let facts = job.home.facts(current);
    let version = job.knowledge.version();
    let is_current = facts.as_ref().is_ok_and(|it| it.can_be_added_to(version));
    if is_current && job.start == Start::FromCurrent {
        return Ok(None);
    }
    let because = match &facts {
        _ if is_current => "as asked".to_owned(),
        Ok(facts) if facts.is_readable() => "other models or lists of names".to_owned(),
        Ok(facts) => format!("format {}, rules '{}'", facts.format, facts.analysis),
        Err(error) => error.to_string(),
    };
    Ok(Some((because, facts.unwrap_or_default().roots)))
}

/// Returns the roots to walk, none within another: those of the job, and when everything is made
/// anew also those that the index knows.
pub(super) fn all(job: &Job, tell: &mut dyn FnMut(Event<'_>)) -> Result<Vec<Root>> {
    let mut given = job.roots.clone();
    if let Some((because, old)) = obsolete(job)? {
        tell(Event::Rebuilding { because });
        given.extend(old.iter().map(|root| source::path_of(root)));
    }
    let mut roots: Vec<Root> = Vec::new();
    for given in given {
        let name = source::root_name(&given)?;
        if roots.iter().any(|root| source::is_within(&name, &root.name)) {
            continue;
        }
        roots.retain(|root| !source::is_within(&root.name, &name));
        roots.push(Root { given, name, n_before: 0 });
    }
    Ok(roots)
}

/// Counts the articles that the index holds of each root.
pub(super) fn count(roots: &mut [Root], known: &[FileFacts]) {
    for file in known {
        let is_here = |root: &&mut Root| source::is_within(&file.origin, &root.name);
        if let Some(root) = roots.iter_mut().find(is_here) {
            root.n_before += file.articles;
        }
    }
}

/// Lists the files of all roots, each with what is configured for the innermost source around it,
/// and the places that could not be looked into.
pub(super) fn list(roots: &[Root], sources: &Sources) -> Result<Listing> {
    let mut listing = Listing { files: Vec::new(), unlisted: Vec::new() };
    for root in roots {
        for found in source::walk(&root.given)? {
            match found {
                Ok(mut file) => {
                    if let Some(settings) = sources.settings_of(&file.origin) {
                        file.settings = Arc::clone(settings);
                    }
                    listing.files.push(file);
                }
                Err(place) => listing.unlisted.push(place),
            }
        }
    }
    Ok(listing)
}

/// Fails where no file is there at all, or none under a root that the index holds articles of: a
/// folder that is not mounted must not empty an index.
pub(super) fn check_something_there(
    roots: &[Root],
    listing: &Listing,
    deletions_max: Option<Share>,
) -> Result<()> {
    let is_empty = |root: &&Root| {
        let is_here = |origin: &String| source::is_within(origin, &root.name);
        !listing.files.iter().any(|file| is_here(&file.origin))
            && !listing.unlisted.iter().any(|it| is_here(&it.origin))
    };
    let empty: Vec<&Root> = roots.iter().filter(is_empty).collect();
    let is_allowed = |root: &Root| {
        root.n_before > 0 && deletions_max.is_some_and(|max| max.of(root.n_before) >= root.n_before)
    };
    let lost = empty.iter().find(|root| root.n_before > 0 && !is_allowed(root));
    let nothing = empty.first().filter(|root| empty.len() == roots.len() && !is_allowed(root));
    let Some(root) = lost.or(nothing) else {
        return Ok(());
    };
    Err(Error::new(Kind::Guard, format!("there are no files in {}", Named(&root.given)))
        .with_hint("check the path, and whether the archive is mounted; nothing was changed"))
}
