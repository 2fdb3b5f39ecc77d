//! What stops a run before it does damage.

use crate::error::{Error, Kind, Named, Result};

use super::{Job, PlanSums};

/// How much of the size of the text an index takes, at most: twice for a moment, while it is
/// merged.
const INDEX_SHARE: f64 = 1.8;

/// What to do where articles would go that perhaps should not.
pub(super) const HINT_DELETED: &str = "check whether the archive is mounted and whole; if they are really to \
                            go, run it again with --max-delete 100%; nothing was changed";

/// Fails where a guard stops the run before it begins, which finds `n_before` articles.
pub(super) fn check_plan(job: &Job, n_before: u64, sums: &PlanSums) -> Result<()> {
    check_deletions(job, n_before, sums.articles_deleted)?;
    let Some(free) = job.home.free_bytes() else {
        return Ok(());
    };
    let current = job.home.current().ok().flatten();
    let merged = current.map_or(0, |number| job.home.bytes(number));
    let new = (sums.bytes as f64 * INDEX_SHARE) as u64;
    let is_idle = sums.bytes == 0 && sums.deletes == 0;
    let needed = if is_idle { 0 } else { 2 * new + merged };
    if free >= needed.saturating_add(job.guards.free_bytes_min) {
        return Ok(());
    }
    let mega = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "the disk of the index at {} has {} MB free, the run may need {} MB, and {} MB are to stay \
         free",
        Named(job.home.dir()),
        free / 1_000_000,
        mega(needed),
        mega(job.guards.free_bytes_min),
    );
    Err(guarded(message, "free some space, or lower --min-free; nothing was changed"))
}

/// Fails where more articles go, of those that were there before, than may.
pub(super) fn check_deletions(job: &Job, n_before: u64, n_deleted: u64) -> Result<()> {
    let max = job.guards.deletions_of(n_before);
    if n_deleted <= max {
        return Ok(());
    }
    let percent = n_deleted as f64 * 100.0 / n_before.max(1) as f64;
    let message = format!(
        "{n_deleted} of {n_before} articles would be deleted ({percent:.1} %), and {max} may be"
    );
    Err(guarded(message, HINT_DELETED))
}

/// Makes the error of a guard.
pub(super) fn guarded(message: String, hint: &str) -> Error {
    Error::new(Kind::Guard, message).with_hint(hint)
}
