//! What articles were counted by.
//!
//! As JSON facets are an object of arrays, by the names of the facets: `{value, count, key, variants}`
//! each, `key` being what the spellings of a name share (absent without one) and `variants` its other
//! spellings (absent without any).

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::search::{FacetCount, FacetValue};
use crate::text::{Unit, fitting_beginning, printable, width};

use super::json::harmless;
use super::numbers::{counted, grouped};

#[derive(Serialize)]
struct ValueJson<'a> {
    value: &'a str,
    count: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    key: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    variants: &'a [String],
}

impl<'a> ValueJson<'a> {
    fn of(it: &'a FacetValue) -> Self {
        let FacetValue { value, key, n_articles, variants } = it;
        // A value that is its own key says nothing twice.
        let key = if key == value { "" } else { key };
        Self { value, count: *n_articles, key, variants }
    }
}

/// Returns facets as a JSON object.
pub(super) fn facets_value(counts: &[FacetCount]) -> Value {
    let each = counts.iter().map(|it| {
        let values: Vec<ValueJson<'_>> = it.values.iter().map(ValueJson::of).collect();
        // Strings and numbers always have a JSON form.
        (it.facet.name().to_owned(), serde_json::to_value(values).unwrap_or_default())
    });
    Value::Object(each.collect::<Map<String, Value>>())
}

/// Returns facets as JSON, for programs.
pub fn facets_json(counts: &[FacetCount]) -> String {
    harmless(serde_json::to_string_pretty(&facets_value(counts)).unwrap_or_default())
}

/// Values longer than this are cut in a table.
const COLUMNS_MAX: usize = 48;

/// The widest bar.
const BAR_COLUMNS: u64 = 20;

/// Returns facets as tables, for people: each value with its articles and a bar.
pub fn facets(counts: &[FacetCount]) -> String {
    let mut out = String::new();
    for (idx, count) in counts.iter().enumerate() {
        if idx > 0 {
            out.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", heading(count));
        let most = count.values.iter().map(|it| it.n_articles).max().unwrap_or_default().max(1);
        for value in &count.values {
            let _ = writeln!(out, "{}", row(value, most));
        }
    }
    out
}

fn heading(count: &FacetCount) -> String {
    let mut heading = count.facet.name().to_owned();
    let n_left = count.n_values - count.values.len();
    let mut more = Vec::new();
    if n_left > 0 {
        more.push(format!("{} more", grouped(n_left as u64)));
    }
    if count.n_without > 0 {
        more.push(format!("{} without", counted(count.n_without, "article")));
    }
    if !more.is_empty() {
        let _ = write!(heading, " ({})", more.join(", "));
    }
    heading
}

fn row(value: &FacetValue, most: u64) -> String {
    let mut name = printable(&value.value).into_owned();
    if !value.variants.is_empty() {
        let variants: Vec<_> = value.variants.iter().map(|it| printable(it)).collect();
        let _ = write!(name, " (also {})", variants.join(", "));
    }
    if width(&name) > COLUMNS_MAX {
        let fits = fitting_beginning(&name, COLUMNS_MAX - 1, Unit::Columns);
        name = format!("{fits}…");
    }
    let pad = " ".repeat(COLUMNS_MAX.saturating_sub(width(&name)));
    let bar = "█".repeat((value.n_articles * BAR_COLUMNS).div_ceil(most) as usize);
    format!("  {name}{pad}  {:>9}  {bar}", grouped(value.n_articles))
}
