//! The tables, as they are printed and stand in the page.

use std::fs;
use std::path::Path;

use crate::figures::{Class, Figures, Setting, Size};
use crate::law::Law;
use crate::picture::amount;
use crate::put;
use crate::series::{Line, Panel, Unit, panels, seconds};

/// The page that has them.
pub(crate) const PAGE: &str = "growth.md";

/// Between these lines of the page they stand.
const FROM: &str = "```text\n";
const TO: &str = "```\n";

/// A page without tables.
pub(crate) const EMPTY_PAGE: &str = "# Growth\n\n```text\n```\n";

/// The size that the laws are told for.
const BEYOND: f64 = 1e8;

/// Returns all tables.
pub(crate) fn text(figures: &Figures) -> String {
    let mut text = String::new();
    settings(figures, &mut text);
    building(figures, &mut text);
    for (reach, of) in REACHES {
        classes(figures, reach, of, &mut text);
    }
    starting(figures, &mut text);
    laws(figures, &mut text);
    text
}

/// Puts the tables into the page, in place of those that it has.
pub(crate) fn put_into_page(folder: &Path, tables: &str) {
    let path = folder.join(PAGE);
    let page = fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once(FROM).expect("a block of text in the page");
    let (_, after) = rest.split_once(TO).expect("its end");
    fs::write(path, [before, FROM, tables, TO, after].concat()).expect("the page");
}

/// How far queries were followed, and what that took.
type Reached = (&'static str, fn(&Class) -> Option<[u64; 2]>);

const REACHES: [Reached; 2] = [("show", |it| Some(it.show_ns)), ("rank", |it| it.rank_ns)];

fn settings(figures: &Figures, text: &mut String) {
    for size in &figures.sizes {
        let told = |it: &Setting| format!("{} {} load {:.1}", it.date, it.commit, it.load);
        let (built, asked) = (told(&size.built_by), told(&size.asked_by));
        put(text, format_args!("{:>9} articles: built {built}, asked {asked}\n", size.articles));
    }
    if let Some(it) = figures.sizes.last().map(|it| &it.asked_by) {
        put(text, format_args!("{}, {} cores, {}\n\n", it.cpu, it.cores, it.system));
    }
}

fn building(figures: &Figures, text: &mut String) {
    text.push_str(
        " articles  text MB    CPU s   wall s  MB/CPU-s  peak MB  index MB  /text  \
         unchanged  1 % changed  in single files\n",
    );
    for size in &figures.sizes {
        let (cpu_s, wall_s) = (seconds(size.build.cpu_ms.all), seconds(size.build.wall_ms));
        let (text_mb, index_mb) = (mb(size.text_bytes), mb(size.index_bytes.values().sum()));
        let files =
            size.files.as_ref().map(|it| format!("{:.2}", seconds(it.unchanged.cpu_ms.all)));
        put(
            text,
            format_args!(
                "{:>9}{text_mb:>9.1}{cpu_s:>9.1}{wall_s:>9.1}{:>10.2}{:>9.0}{index_mb:>10.1}{:>7.2}\
                 {:>11.2}{:>13.2}{:>17}\n",
                size.articles,
                text_mb / cpu_s,
                mb(size.build.memory_bytes),
                index_mb / text_mb,
                seconds(size.unchanged.cpu_ms.all),
                seconds(size.changed.cpu_ms.all),
                files.as_deref().unwrap_or("–"),
            ),
        );
    }
    text.push_str("the last three: CPU seconds of a night\n");
}

fn classes(figures: &Figures, reach: &str, of: fn(&Class) -> Option<[u64; 2]>, text: &mut String) {
    put(text, format_args!("\n{:<14}", format!("{reach}, CPU µs")));
    for size in &figures.sizes {
        put(text, format_args!("{:>17}", size.articles));
    }
    text.push('\n');
    let names = figures.sizes.last().into_iter().flat_map(|it| &it.classes);
    for name in names.filter(|it| of(it).is_some()).map(|it| &it.class) {
        put(text, format_args!("{name:<14}"));
        for size in &figures.sizes {
            let class = size.classes.iter().find(|it| it.class == *name).and_then(of);
            let told = |[p50, p99]: [u64; 2]| format!("{} / {}", us(p50), us(p99));
            put(text, format_args!("{:>17}", class.map_or_else(|| "–".to_owned(), told)));
        }
        text.push('\n');
    }
}

fn starting(figures: &Figures, text: &mut String) {
    text.push_str("\n articles  a command: p50 / p99 ms  CPU ms  from disk ms  peak MB\n");
    for Size { articles, start, .. } in &figures.sizes {
        let [p50, p99] = start.wall_ns.map(ms);
        let peak = start.memory_bytes.map(|it| format!("{:.1}", mb(it)));
        put(
            text,
            format_args!(
                "{articles:>9}{:>25}{:>8.1}{:>14.1}{:>9}\n",
                format!("{p50:.1} / {p99:.1}"),
                start.cpu_ns / 1e6,
                ms(start.from_disk_ns),
                peak.as_deref().unwrap_or("–"),
            ),
        );
    }
}

fn laws(figures: &Figures, text: &mut String) {
    text.push_str(
        "\nlaw                               exponent  at most off  in the last tenfold  \
         100 M by that       by 1.00\n",
    );
    for Panel { title, unit, lines } in panels(figures) {
        put(text, format_args!("{title}\n"));
        for line in &lines {
            law(line, unit, text);
        }
    }
}

/// Tells a line's law, and what it would be for a hundred million articles: by the exponent of the
/// last tenfold, and by one.
fn law(line: &Line, unit: Unit, text: &mut String) {
    let (Some(law), Some(late)) = (Law::of(&line.points), Law::of_last_tenfold(&line.points))
    else {
        return;
    };
    let Some((largest, measure)) = line.points.last() else { return };
    let at = |exponent: f64| amount(measure * (BEYOND / largest).powf(exponent), unit);
    put(
        text,
        format_args!(
            "  {:<32}{:>8.2}{:>13}{:>21.2}{:>15}{:>14}\n",
            line.name,
            law.exponent,
            format!("× {:.2}", law.off),
            late.exponent,
            at(late.exponent),
            at(1.0),
        ),
    );
}

fn ms(ns: u64) -> f64 {
    ns as f64 / 1e6
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn us(ns: u64) -> u64 {
    (ns + 500) / 1_000
}
