//! `dateline inspect`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Kind, Named, Result};
use crate::render::{inspection, inspection_json};
use crate::source::{self, Settings, SourceFile};

use super::args::{Args, Inspect, Plain};
use super::settings::{home, roots, sources};
use super::{Outcome, terminal};

/// What of which file is to be looked at.
struct Target {
    path: PathBuf,
    /// The path of a member, as reports have it, where the file is an archive.
    member: Option<String>,
    /// The number of a record.
    record: Option<u64>,
}

pub(super) fn run(args: &Args, inspect: &Inspect) -> anyhow::Result<Outcome> {
    let target = target(&inspect.file)?;
    let file = file(args, inspect, &target)?;
    let record = inspect.record.or(target.record);
    let mut n_left = if record.is_some() { usize::MAX } else { inspect.limit };
    let found = source::inspect(&file, source::readers(), &mut |path, number| {
        let is_wanted = target.member.as_deref().is_none_or(|member| member == path)
            && record.is_none_or(|record| record == number)
            && n_left > 0;
        n_left -= usize::from(is_wanted);
        is_wanted
    });
    match inspect.format {
        Plain::Json => writeln!(io::stdout(), "{}", inspection_json(&file, &found))?,
        Plain::Text => {
            let mut out = Vec::new();
            inspection(&file, &found, terminal::layout(args.color), &mut out)?;
            terminal::print_page(&out)?;
        }
    }
    if found.records.is_empty()
        && let Some(record) = record
    {
        let message = format!("there is no record {record} in {}", Named(&target.path));
        return Err(Error::new(Kind::Usage, message).into());
    }
    Ok(if found.n_set_aside > 0 { Outcome::SetAside } else { Outcome::Done })
}

/// Finds what is meant by a path, which may be one that a report names: `wire/1963.jsonl:7` is a
/// record of a file, and `dumps/may.tar/7.xml` a member of an archive.
fn target(path: &Path) -> Result<Target> {
    if fs::metadata(path).is_ok() {
        return Ok(Target { path: path.to_owned(), member: None, record: None });
    }
    let shown = path.to_string_lossy();
    let (shown, record) = match shown.rsplit_once(':').map(|(file, n)| (file, n.parse::<u64>())) {
        Some((file, Ok(record))) => (file, Some(record)),
        _ => (shown.as_ref(), None),
    };
    let around = Path::new(shown).ancestors().find(|it| it.is_file());
    match around {
        Some(file) if file == Path::new(shown) => {
            Ok(Target { path: file.to_owned(), member: None, record })
        }
        Some(file) => Ok(Target { path: file.to_owned(), member: Some(shown.to_owned()), record }),
        None => {
            let cause = io::ErrorKind::NotFound.into();
            Err(Error::io("read", path, &cause)
                .with_hint("name a file, or one of its records as 'FILE:7'"))
        }
    }
}

/// Finds the file, and how it is configured to be read.
fn file(args: &Args, inspect: &Inspect, target: &Target) -> Result<SourceFile> {
    let refused = |message: String| {
        Error::new(Kind::Usage, message).with_hint("name a file; 'dateline index' reads folders")
    };
    if fs::metadata(&target.path).is_ok_and(|it| it.is_dir()) {
        return Err(refused(format!("{} is a folder", Named(&target.path))));
    }
    let found = source::walk(&target.path)?.find_map(std::result::Result::ok);
    let mut file =
        found.ok_or_else(|| refused(format!("{} is no regular file", Named(&target.path))))?;
    if let Some(below) = below_its_archive(args, &file.origin) {
        file.below = below;
    }
    if let Some(settings) = sources(args).settings_of(&file.origin) {
        file.settings = Arc::clone(settings);
    }
    if let Some(format) = &inspect.read_as {
        let settings = Settings { format: Some(format.clone()), ..(*file.settings).clone() };
        file.settings = Arc::new(settings);
    }
    Ok(file)
}

/// Returns the path of a file below the archive that the index is made of, if it lies there: the
/// ids of its articles are made of that path.
fn below_its_archive(args: &Args, origin: &str) -> Option<String> {
    // An index that cannot be read is no reason not to look at a file.
    let roots = roots(args, &[], &home(args)).unwrap_or_default();
    let names = roots.iter().filter_map(|root| source::root_name(root).ok());
    let around = names.filter(|name| name != origin && source::is_within(origin, name));
    let around = around.max_by_key(String::len)?;
    Some(origin[around.len()..].trim_start_matches('/').to_owned())
}
