//! On which machine a bench ran.

use std::fs;
use std::thread;

use crate::latency::Environment;

/// Returns what is known of the program and the machine; on other systems than Linux that is less.
pub fn environment() -> Environment {
    Environment {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("DATELINE_COMMIT").map(str::to_owned),
        optimised: !cfg!(debug_assertions),
        cpu: cpu().unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        cores: thread::available_parallelism().map_or(1, usize::from),
        system: system(),
        load: load(),
    }
}

fn cpu() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("model name"))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}

fn system() -> String {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{} {}", std::env::consts::OS, release.trim()).trim_end().to_owned()
}

/// Returns how many threads wanted to run over the last minute, on average.
fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}
