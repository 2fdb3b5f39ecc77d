//! What makes the numbers of a report doubtful.

use super::Meter;
use super::report::{IndexState, Report, RunState};

/// A rate that is held to this share is held.
const HELD_SHARE: f64 = 0.98;

/// A machine is busy where so many threads want to run, by its cores.
const BUSY_SHARE: f64 = 0.5;

/// Tells what people should know before they believe a number.
pub(super) fn doubts(report: &Report, n_gaps: u64) -> Vec<String> {
    let doubts = [of_answers(report), of_rate(&report.run), of_clock(report, n_gaps)];
    [doubts.concat(), of_surroundings(report)].concat()
}

/// Returns what there is to tell.
fn told<const N: usize>(doubts: [Option<String>; N]) -> Vec<String> {
    doubts.into_iter().flatten().collect()
}

fn of_answers(report: &Report) -> Vec<String> {
    let RunState { errors, asked, .. } = report.run;
    let IndexState { generation, generation_after, .. } = report.index;
    told([
        (errors > 0).then(|| {
            format!("{errors} of {asked} queries could not be asked; they are in no time")
        }),
        (generation != generation_after).then(|| {
            format!(
                "the index changed meanwhile: generation {generation} answered, \
                 {generation_after} is in use now"
            )
        }),
    ])
}

fn of_rate(run: &RunState) -> Vec<String> {
    let RunState { unasked, held_per_s, late, asked, .. } = run;
    let Some(asked_per_s) = run.asked_per_s else { return Vec::new() };
    told([
        (*held_per_s < asked_per_s * HELD_SHARE).then(|| {
            format!(
                "asked {asked_per_s:.0}/s, held {held_per_s:.0}/s: the queries queued, and the \
                 times grew with every second"
            )
        }),
        (*late > 0).then(|| {
            format!("{late} of {asked} queries began more than 1 ms late; that is in their times")
        }),
        (*unasked > 0)
            .then(|| format!("{unasked} queries were never asked: the rate is far too high")),
    ])
}

fn of_clock(report: &Report, n_gaps: u64) -> Vec<String> {
    let untimed: u64 = report.rows.iter().map(|row| row.untimed).sum();
    told([
        (untimed > 0).then(|| {
            format!(
                "{untimed} queries took no time by the clock, which is too coarse or stood still; \
                 they are in no time"
            )
        }),
        (n_gaps > 0).then(|| {
            format!(
                "everything stood still for more than a second between two queries, and that \
                 {n_gaps}×: was the machine suspended?"
            )
        }),
    ])
}

fn of_surroundings(report: &Report) -> Vec<String> {
    let environment = &report.environment;
    let cores = environment.cores;
    let load = environment.load.filter(|load| *load > cores as f64 * BUSY_SHARE);
    let advice = match report.run.meter {
        Meter::Wall => "the CPU times tell more than the others",
        Meter::Cpu => "what they do to the caches is in the CPU times too",
    };
    let slow = "the program was built without --release: it is many times slower than it should be";
    told([
        (!environment.optimised).then(|| slow.to_owned()),
        load.map(|load| {
            format!("other programs ran beside: a load of {load:.1} on {cores} cores; {advice}")
        }),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::comparison::tests::report;
    use super::super::report::{Environment, Row};
    use super::*;

    /// Returns a report of which nothing is doubtful.
    fn sound() -> Report {
        let report = report(1.0);
        let environment = Environment { optimised: true, cores: 2, ..report.environment };
        Report { environment, ..report }
    }

    #[test]
    fn nothing_is_told_where_nothing_is_doubtful() {
        assert_eq!(doubts(&sound(), 0), [""; 0]);
    }

    #[test]
    fn a_rate_that_was_not_held_is_told() {
        let mut report = sound();
        let (asked_per_s, held_per_s) = (Some(500.0), 310.4);
        report.run = RunState { asked_per_s, held_per_s, late: 7, asked: 10, ..report.run };
        let told = doubts(&report, 0);
        assert!(told[0].starts_with("asked 500/s, held 310/s: "), "{told:?}");
        assert_eq!(told[1], "7 of 10 queries began more than 1 ms late; that is in their times");
        report.run.held_per_s = 499.0;
        report.run.late = 0;
        assert_eq!(doubts(&report, 0), [""; 0]);
        report.run.unasked = 3;
        assert_eq!(doubts(&report, 0), ["3 queries were never asked: the rate is far too high"]);
    }

    #[test]
    fn a_clock_that_stalls_an_index_that_changes_and_a_busy_machine_are_told() {
        let mut report = sound();
        report.rows.push(Row { untimed: 2, ..Row::default() });
        report.index.generation_after = 4;
        report.environment.load = Some(1.7);
        report.environment.optimised = false;
        let told = doubts(&report, 1);
        let beginnings = [
            "the index changed meanwhile: generation 0 answered, 4 is in use now",
            "2 queries took no time by the clock",
            "everything stood still for more than a second between two queries, and that 1×",
            "the program was built without --release",
            "other programs ran beside: a load of 1.7 on 2 cores",
        ];
        assert_eq!(told.len(), beginnings.len());
        for (told, beginning) in told.iter().zip(beginnings) {
            assert!(told.starts_with(beginning), "{told}");
        }
    }
}
