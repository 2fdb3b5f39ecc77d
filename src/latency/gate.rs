//! Changes that must not happen: what a nightly run watches over.

use std::fmt;

use super::comparison::{Comparison, Metric, Verdict};

/// Which way a gate opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beyond {
    Above,
    Below,
}

/// A change that must not happen: `p99>+10%`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gate {
    metric: Metric,
    beyond: Beyond,
    /// In percent.
    change: f64,
}

/// What a gate is.
const GATE_SHAPE: &str = "a gate is a number, > or <, and a change in percent: 'p99>+10%', \
                          'qps<-5%'; the numbers are p50, p90, p95, p99, mean, qps, cpu";

impl Gate {
    /// Reads a gate.
    ///
    /// # Errors
    ///
    /// The form of a gate, where it is none.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let is_sign = |c: char| matches!(c, '<' | '>');
        let at = text.find(is_sign).ok_or(GATE_SHAPE)?;
        let (name, rest) = (text[..at].trim(), &text[at + 1..]);
        let metric = Metric::ALL.into_iter().find(|it| it.name() == name).ok_or(GATE_SHAPE)?;
        let beyond = if text[at..].starts_with('>') { Beyond::Above } else { Beyond::Below };
        let change = rest.trim().strip_suffix('%').ok_or(GATE_SHAPE)?.trim_end();
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.');
        let change = Some(change).filter(|it| it.chars().all(is_number));
        let change = change.and_then(|it| it.parse().ok()).ok_or(GATE_SHAPE)?;
        Ok(Self { metric, beyond, change })
    }

    /// Tells where a comparison trips the gate: the change is beyond it, and no chance. What has no
    /// interval, as the CPU time, trips it where its class is slower or faster at all.
    pub fn tripped(&self, comparison: &Comparison) -> Vec<String> {
        let mut tripped = Vec::new();
        for row in &comparison.rows {
            let Some(change) = row.change(self.metric) else { continue };
            let percent = (change.ratio - 1.0) * 100.0;
            let is_beyond = match self.beyond {
                Beyond::Above => percent > self.change,
                Beyond::Below => percent < self.change,
            };
            let is_significant = match change.interval {
                Some(_) => change.is_significant(),
                None => row.verdict != Verdict::Same,
            };
            if is_beyond && is_significant {
                let (reach, class) = (row.reach.name(), &row.class);
                tripped.push(format!("{reach} {class}: {} {percent:+.1}% ({self})", self.metric));
            }
        }
        tripped
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.beyond {
            Beyond::Above => '>',
            Beyond::Below => '<',
        };
        write!(f, "{}{sign}{:+}%", self.metric, self.change)
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::tests::report;
    use super::super::{Alike, Report};
    use super::*;

    fn tripped(gate: &str, before: &Report, after: &Report) -> Vec<String> {
        Gate::parse(gate).unwrap().tripped(&Comparison::of(before, after, Alike::Required).unwrap())
    }

    #[test]
    fn a_gate_trips_where_a_change_is_beyond_it_and_no_chance() {
        let (before, after) = (report(1.0), report(1.5));
        assert_eq!(tripped("p99 > +10%", &before, &after).len(), 1);
        assert_eq!(tripped("p99>+70%", &before, &after), [""; 0]);
        assert_eq!(tripped("qps<-5%", &before, &after).len(), 1);
        assert_eq!(tripped("p50<-5%", &before, &after), [""; 0]);
        assert_eq!(tripped("p50<-5%", &after, &before).len(), 1);
        assert_eq!(tripped("cpu>20%", &before, &after).len(), 1);
        assert_eq!(tripped("mean>-50%", &before, &before), [""; 0], "that could be chance");
        let told = tripped("mean>+10%", &before, &after).concat();
        assert!(told.starts_with("show word: mean +") && told.ends_with("(mean>+10%)"), "{told}");
    }

    #[test]
    fn a_gate_is_printed_as_it_is_typed() {
        for gate in
            ["p50>+10%", "p90<-5%", "p95>+0%", "p99>+2.5%", "mean<+3%", "qps<-5%", "cpu>+1%"]
        {
            assert_eq!(Gate::parse(gate).unwrap().to_string(), gate);
        }
        assert_eq!(Gate::parse("p99 > 10 %").unwrap().to_string(), "p99>+10%");
        for wrong in [
            "", "p99", "p99>10", "p98>10%", "p99=10%", "p99>%", "p99>ten%", "p99>inf%", "p99>>1%",
            "p99>1e5%",
        ] {
            assert_eq!(Gate::parse(wrong), Err(GATE_SHAPE.to_owned()), "{wrong}");
        }
    }
}
