//! `dateline index --dry-run`.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::ingest::{self, Job, Plan};
use crate::text::printable;

use super::Outcome;
use super::args::Plain;
use super::progress::{megabytes, planned};
use super::run_report::run_before;

/// How fast a run is thought to be where none is known, in bytes a second.
const BYTES_PER_S: f64 = 5e6;

/// Tells what a run would do.
///
/// # Errors
///
/// What would stop the run, once the rest is told.
pub(super) fn tell(job: &Job, format: Plain) -> anyhow::Result<Outcome> {
    let plan = ingest::plan(job, &mut |_| {})?;
    let before = run_before(&job.home, 0).filter(|report| report.megabytes_per_s > 0.0);
    let bytes_per_s = before.map_or(BYTES_PER_S, |report| report.megabytes_per_s * 1e6);
    let estimate_s = plan.estimate(bytes_per_s).as_secs_f64();
    let mut out = io::stdout().lock();
    match format {
        Plain::Json => writeln!(out, "{}", json_of(&plan, estimate_s))?,
        Plain::Text => {
            for (action, path) in plan.actions() {
                writeln!(out, "{:<8}{}", format!("{action:?}").to_lowercase(), printable(path))?;
            }
            let what = planned(&plan.sums).unwrap_or_else(|| "nothing has changed".to_owned());
            let bytes = megabytes(plan.sums.bytes);
            writeln!(out, "{what}; {bytes} would take about {estimate_s:.1} s")?;
        }
    }
    match plan.stopped_by {
        Some(error) => Err(error.into()),
        None => Ok(Outcome::Done),
    }
}

fn json_of(plan: &Plan, estimate_s: f64) -> Value {
    let actions = plan.actions().map(|(action, path)| json!({"action": action, "path": path}));
    let mut told = json!({
        "estimate_s": estimate_s,
        "stopped_by": plan.stopped_by.as_ref().map(ToString::to_string),
        "actions": actions.collect::<Vec<_>>(),
    });
    if let (Value::Object(told), Ok(Value::Object(sums))) =
        (&mut told, serde_json::to_value(&plan.sums))
    {
        told.extend(sums);
    }
    told
}
