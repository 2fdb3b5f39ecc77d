//! What was measured, as lines over the number of articles.

use crate::figures::{Class, Figures, Run, Size};

/// What a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// In seconds.
    Time,
    /// In bytes.
    Bytes,
}

/// Lines that belong together.
pub(crate) struct Panel {
    pub(crate) title: &'static str,
    pub(crate) unit: Unit,
    pub(crate) lines: Vec<Line>,
}

/// A measure over the number of articles.
pub(crate) struct Line {
    pub(crate) name: String,
    /// Articles, and seconds or bytes.
    pub(crate) points: Vec<(f64, f64)>,
}

/// Returns all panels, in the order in which they are drawn.
pub(crate) fn panels(figures: &Figures) -> Vec<Panel> {
    let panel = |title, unit, lines: Vec<Line>| Panel {
        title,
        unit,
        lines: lines.into_iter().filter(|line| !line.points.is_empty()).collect(),
    };
    let lines = |named: &[Named]| named.iter().map(|(name, of)| line(figures, name, *of)).collect();
    let of_classes = |of: fn(&Class) -> Option<u64>| classes(figures, of);
    vec![
        panel("Building an index", Unit::Time, lines(BUILDING)),
        panel("Where the CPU time of a build goes", Unit::Time, lines(PARTS)),
        panel("On the disk", Unit::Bytes, lines(DISK)),
        panel("In memory, at most", Unit::Bytes, lines(MEMORY)),
        panel("A page of hits (show), p50", Unit::Time, of_classes(|it| Some(it.show_ns[0]))),
        panel("A page of hits (show), p99", Unit::Time, of_classes(|it| Some(it.show_ns[1]))),
        panel("Ids of hits (rank), p50", Unit::Time, of_classes(|it| it.rank_ns.map(|it| it[0]))),
        panel("Ids of hits (rank), p99", Unit::Time, of_classes(|it| it.rank_ns.map(|it| it[1]))),
        panel("A command of its own, three words", Unit::Time, lines(START)),
        panel("The nights after", Unit::Time, lines(NIGHTS)),
    ]
}

/// A line's name, and what it counts.
type Named = (&'static str, fn(&Size) -> Option<f64>);

const BUILDING: &[Named] = &[
    ("CPU time", |it| Some(seconds(it.build.cpu_ms.all))),
    ("wall time", |it| Some(seconds(it.build.wall_ms))),
    ("merging, wall", |it| Some(seconds(it.build.stages_ms.merge))),
];

const PARTS: &[Named] = &[
    ("recognising", |it| Some(seconds(it.build.cpu_ms.annotate))),
    ("cutting words", |it| Some(seconds(it.build.cpu_ms.analyze))),
    ("postings, merge", |it| Some(seconds(rest_ms(&it.build)))),
    ("parsing", |it| Some(seconds(it.build.cpu_ms.read))),
    ("finding copies", |it| Some(seconds(it.build.cpu_ms.copies))),
];

const DISK: &[Named] = &[
    ("the index", |it| Some(it.index_bytes.values().sum::<u64>() as f64)),
    ("text", |it| Some(it.text_bytes as f64)),
    ("stored articles", |it| kind(it, "store")),
    ("positions", |it| kind(it, "pos")),
    ("postings", |it| kind(it, "idx")),
    ("columns", |it| kind(it, "fast")),
    ("terms", |it| kind(it, "term")),
    ("records", |it| kind(it, "records")),
];

const MEMORY: &[Named] = &[
    ("building", |it| Some(it.build.memory_bytes as f64)),
    ("1 % changed", |it| Some(it.changed.memory_bytes as f64)),
    ("nothing new", |it| Some(it.unchanged.memory_bytes as f64)),
    ("every class asked", |it| Some(it.asked_memory_bytes as f64)),
    ("one search", |it| it.start.memory_bytes.map(|bytes| bytes as f64)),
];

const START: &[Named] = &[
    ("from disk, p50", |it| Some(it.start.from_disk_ns as f64 / 1e9)),
    ("p99", |it| Some(it.start.wall_ns[1] as f64 / 1e9)),
    ("p50", |it| Some(it.start.wall_ns[0] as f64 / 1e9)),
    ("CPU, mean", |it| Some(it.start.cpu_ns / 1e9)),
];

const NIGHTS: &[Named] = &[
    ("1 % changed, CPU", |it| Some(seconds(it.changed.cpu_ms.all))),
    ("1 % changed, wall", |it| Some(seconds(it.changed.wall_ms))),
    ("nothing new, CPU", |it| Some(seconds(it.unchanged.cpu_ms.all))),
    ("… in single files", |it| it.files.as_ref().map(|it| seconds(it.unchanged.cpu_ms.all))),
];

fn line(figures: &Figures, name: &str, of: fn(&Size) -> Option<f64>) -> Line {
    let point = |size: &Size| Some((size.articles as f64, of(size).filter(|it| *it > 0.0)?));
    Line { name: name.to_owned(), points: figures.sizes.iter().filter_map(point).collect() }
}

/// Returns a line for each class of queries that was asked of the largest archive.
fn classes(figures: &Figures, of: fn(&Class) -> Option<u64>) -> Vec<Line> {
    let names = figures.sizes.last().into_iter().flat_map(|it| &it.classes);
    let line = |name: &String| {
        let point = |size: &Size| {
            let class = size.classes.iter().find(|it| it.class == *name)?;
            Some((size.articles as f64, of(class)? as f64 / 1e9))
        };
        Line { name: name.clone(), points: figures.sizes.iter().filter_map(point).collect() }
    };
    names.map(|it| line(&it.class)).collect()
}

/// Returns milliseconds as seconds.
pub(crate) fn seconds(ms: u64) -> f64 {
    ms as f64 / 1e3
}

/// Returns the CPU time of a build that is none of those that the program tells apart: making
/// postings, writing and merging them, sums.
fn rest_ms(run: &Run) -> u64 {
    let cpu = run.cpu_ms;
    cpu.all.saturating_sub(cpu.read + cpu.annotate + cpu.analyze + cpu.copies)
}

fn kind(size: &Size, kind: &str) -> Option<f64> {
    size.index_bytes.get(kind).map(|bytes| *bytes as f64)
}
