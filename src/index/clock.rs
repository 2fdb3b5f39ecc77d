//! The time of day, for reports, for logs and for whoever finds the index locked.

use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the time by Greenwich, in seconds since 1970.
pub fn now_s() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}
