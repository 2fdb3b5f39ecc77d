//! What the system tells: the time of day, the space on a disk, the memory and the CPU time of this
//! process.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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

/// Whose CPU time is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CpuOf {
    /// That of the calling thread.
    Thread,
    /// That of this process, all threads together.
    Process,
    /// That of the processes that this one started and has waited for, to a hundredth of a second.
    Children,
}

/// Returns the CPU time that was used until now, where the system tells.
#[cfg(target_os = "linux")]
pub fn cpu_time(of: CpuOf) -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    let now = clock_gettime(match of {
        CpuOf::Thread => ClockId::ThreadCPUTime,
        CpuOf::Process => ClockId::ProcessCPUTime,
        CpuOf::Children => return cpu_time_of_children(),
    });
    Some(Duration::new(now.tv_sec.try_into().ok()?, now.tv_nsec.try_into().ok()?))
}

/// Reads the times of children, which Linux tells in hundredths of a second on every machine
/// (`man 5 proc_pid_stat`, fields 16 and 17).
#[cfg(target_os = "linux")]
fn cpu_time_of_children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may hold spaces; behind it comes field 3.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(13);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(ticks()?.checked_add(ticks()?)?.checked_mul(10)?))
}

/// Returns nothing: this system is not asked.
#[cfg(not(target_os = "linux"))]
pub fn cpu_time(_: CpuOf) -> Option<Duration> {
    None
}

/// Asks the system to forget what it has in memory of the files of a folder, and returns how many
/// bytes these have; nothing where the system cannot be asked.
///
/// What another process has mapped, and what is not yet on the disk, stays.
///
/// # Errors
///
/// Where a file cannot be opened, or the system refuses.
#[cfg(target_os = "linux")]
pub(super) fn forget(dir: &Path) -> io::Result<Option<u64>> {
    use rustix::fs::{Advice, fadvise};
    let mut n_bytes = 0;
    for entry in fs::read_dir(dir)? {
        let file = File::open(entry?.path())?;
        let known = file.metadata()?;
        if known.is_file() {
            fadvise(&file, 0, None, Advice::DontNeed)?;
            n_bytes += known.len();
        }
    }
    Ok(Some(n_bytes))
}

/// Returns nothing: this system is not asked.
#[cfg(not(target_os = "linux"))]
pub(super) fn forget(_: &Path) -> io::Result<Option<u64>> {
    Ok(None)
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
