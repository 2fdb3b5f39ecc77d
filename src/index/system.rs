//! What the system tells: the time of day, the space on a disk, the memory of this process.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the time by Greenwich, in seconds since 1970.
pub fn now_s() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// Returns how many bytes a user may still write on the disk of a folder, or of the nearest folder
/// above it that is there.
#[cfg(unix)]
pub(super) fn free_bytes(dir: &Path) -> Option<u64> {
    let absolute = std::path::absolute(dir).ok()?;
    let disk = absolute.ancestors().find_map(|dir| rustix::fs::statvfs(dir).ok())?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Returns nothing: this system is not asked.
#[cfg(not(unix))]
pub(super) fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// Returns the most memory that this process has had at once, in bytes, where the system tells.
pub fn memory_bytes_max() -> Option<u64> {
    status_bytes("VmHWM:")
}

/// Returns how much memory this process has now that is no copy of a file, in bytes, where the
/// system tells.
pub fn memory_bytes() -> Option<u64> {
    status_bytes("RssAnon:")
}

/// Reads a line of what Linux tells of this process.
fn status_bytes(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}
