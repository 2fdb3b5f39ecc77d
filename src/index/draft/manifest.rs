//! What a generation says of itself: its files, their sums, and what was set aside.

use std::collections::HashSet;
use std::io;

use crate::index::facts::{FORMAT, Facts, FileFacts, formats};
use crate::index::quarantine::Quarantined;
use crate::index::system::now_s;
use crate::text;

/// Brings the list of what was set aside up to date: what is told of the files that were read
/// replaces what was told before, and what is still the same keeps its time.
pub(super) fn settle(
    quarantine: &mut Vec<Quarantined>,
    new: Vec<Quarantined>,
    done: &HashSet<String>,
) {
    let (old, kept): (Vec<_>, Vec<_>) =
        quarantine.drain(..).partition(|it| done.contains(&it.origin));
    *quarantine = kept;
    let since = |it: &Quarantined| old.iter().find(|old| old.is_same(it)).map(|old| old.since_s);
    quarantine.extend(
        new.into_iter().map(|it| Quarantined { since_s: since(&it).unwrap_or(it.since_s), ..it }),
    );
    quarantine.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
}

pub(super) fn facts(generation: u64, annotation: &str, files: &[FileFacts]) -> Facts {
    let sum = |count: fn(&FileFacts) -> u64| files.iter().map(count).sum();
    let mut roots: Vec<String> = files.iter().map(|file| file.root.clone()).collect();
    roots.sort_unstable();
    roots.dedup();
    Facts {
        format: FORMAT,
        analysis: text::ANALYSIS.to_owned(),
        annotation: annotation.to_owned(),
        generation,
        finished_s: now_s(),
        roots,
        articles: sum(|file| file.articles),
        undated: sum(|file| file.undated),
        paragraphs: sum(|file| file.paragraphs),
        files: files.len() as u64,
        malformed: sum(|file| file.malformed),
        source_bytes: sum(|file| file.bytes),
        formats: formats(files),
    }
}

pub(super) fn json_lines(files: &[FileFacts]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for file in files {
        serde_json::to_writer(&mut lines, file)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Returns what moved files were called before.
pub(super) fn moved_from(files: &[FileFacts]) -> HashSet<String> {
    let moved = files.iter().filter(|file| !file.moved_from.is_empty());
    moved.map(|file| file.moved_from.clone()).collect()
}
