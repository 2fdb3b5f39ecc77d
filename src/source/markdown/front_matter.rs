//! What stands before the text: where it ends, what it is written in, and what it says.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::yaml;
use crate::source::json::{Key, Meaning};
use crate::source::normal::{Field, Record};

/// The length of front matter; a longer one is no page of a site.
pub const FRONT_MATTER_BYTES_MAX: usize = 64 * 1024;

/// How deep lists and maps may stand within each other in front matter.
pub const FRONT_MATTER_DEPTH_MAX: usize = 16;

/// Maps whose keys count as if they stood outside: those of Hugo and Zola.
const TRANSPARENT: &[&str] = &["params", "extra", "taxonomies"];

/// How many texts of a list are read.
const TEXTS_MAX: usize = 256;

/// The language that front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Toml,
    Json,
}

/// The two parts of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub(super) language: Language,
    /// The front matter without the lines around it.
    pub(super) front: &'a str,
    pub(super) text: &'a str,
}

/// What is wrong with front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Damaged,
    TooDeep,
    TooLong,
    Endless,
}

/// Parts the front matter from the text, where there is any.
///
/// It begins in the first line that is not blank. What begins as front matter and has no end is
/// [`Wrong::Endless`]; a line of dashes over a text that has no keys is only a line.
pub(super) fn parts(file: &str) -> Result<Option<Parts<'_>>, Wrong> {
    let top = file.trim_start_matches('\u{feff}').trim_start();
    if top.starts_with('{') {
        return json_parts(top);
    }
    let (first, inner) = first_line(top);
    let (language, ends): (_, &[&str]) = match first.trim_end() {
        "---" => (Language::Yaml, &["---", "..."]),
        "+++" => (Language::Toml, &["+++"]),
        _ => return Ok(None),
    };
    let mut rest = inner;
    while !rest.is_empty() {
        let at = inner.len() - rest.len();
        let (one, below) = first_line(rest);
        if ends.contains(&one.trim_end()) {
            let front = &inner[..at];
            let is_blank = front.trim().is_empty();
            let told = Parts { language, front, text: below };
            return match is_blank || has_key(front, language) {
                true if front.len() > FRONT_MATTER_BYTES_MAX => Err(Wrong::TooLong),
                true => Ok(Some(told)),
                false => Ok(None),
            };
        }
        rest = below;
    }
    if has_key(inner, language) { Err(Wrong::Endless) } else { Ok(None) }
}

/// Parts an object of JSON from the text below it. A file that holds nothing else is one of JSON.
fn json_parts(top: &str) -> Result<Option<Parts<'_>>, Wrong> {
    let mut values = serde_json::Deserializer::from_str(top).into_iter::<serde::de::IgnoredAny>();
    let Some(Ok(_)) = values.next() else {
        return Ok(None);
    };
    let (front, text) = top.split_at(values.byte_offset());
    let is_more = text.trim_start().starts_with(['{', '[', ',']) || text.trim().is_empty();
    if is_more {
        return Ok(None);
    }
    if front.len() > FRONT_MATTER_BYTES_MAX {
        return Err(Wrong::TooLong);
    }
    Ok(Some(Parts { language: Language::Json, front, text }))
}

/// Parts the first line, without its end, from the lines below.
pub(super) fn first_line(text: &str) -> (&str, &str) {
    let Some(at) = text.find(['\n', '\r']) else {
        return (text, "");
    };
    let below = &text[at..];
    (&text[..at], below.strip_prefix("\r\n").unwrap_or(&below[1..]))
}

/// Tells whether the first line that is neither blank nor a comment has a key.
fn has_key(front: &str, language: Language) -> bool {
    let mut lines = front.split(['\n', '\r']).map(str::trim);
    let Some(first) = lines.find(|it| !it.is_empty() && !it.starts_with('#')) else {
        return false;
    };
    let sign = if language == Language::Yaml { ':' } else { '=' };
    let is_table = language == Language::Toml && first.starts_with('[');
    let is_brace = language == Language::Yaml && first.starts_with('{');
    is_table
        || is_brace
        || first.split_once(sign).is_some_and(|(key, value)| {
            let is_name =
                |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
            let ends = language == Language::Toml || value.is_empty() || value.starts_with(' ');
            ends && !key.trim().is_empty() && key.trim().chars().all(is_name)
        })
}

/// Reads front matter.
///
/// YAML that is none is read line by line: a title with a colon in it must not cost an article.
pub(super) fn read(parts: &Parts<'_>) -> Result<Map<String, Value>, Wrong> {
    match parts.language {
        Language::Yaml => match yaml::read(parts.front) {
            Err(Wrong::Damaged) => match yaml::by_lines(parts.front) {
                found if found.is_empty() => Err(Wrong::Damaged),
                found => Ok(found),
            },
            read => read,
        },
        Language::Toml => match DeTable::parse(parts.front) {
            Ok(table) => of_toml(table.get_ref(), 1),
            Err(_) => Err(Wrong::Damaged),
        },
        Language::Json => serde_json::from_str(parts.front).map_err(|_| Wrong::Damaged),
    }
}

fn of_toml(table: &DeTable<'_>, depth: usize) -> Result<Map<String, Value>, Wrong> {
    if depth > FRONT_MATTER_DEPTH_MAX {
        return Err(Wrong::TooDeep);
    }
    let pairs = table.iter();
    pairs
        .map(|(key, value)| {
            Ok((key.get_ref().to_string(), of_toml_value(value.get_ref(), depth + 1)?))
        })
        .collect()
}

fn of_toml_value(value: &DeValue<'_>, depth: usize) -> Result<Value, Wrong> {
    if depth > FRONT_MATTER_DEPTH_MAX {
        return Err(Wrong::TooDeep);
    }
    Ok(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => Value::String(number.to_string()),
        DeValue::Float(number) => Value::String(number.to_string()),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(all) => {
            let values = all.iter().map(|it| of_toml_value(it.get_ref(), depth + 1));
            Value::Array(values.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => Value::Object(of_toml(table, depth)?),
    })
}

/// Tells whether the front matter says that the page is not published.
pub(super) fn is_draft(front: &Map<String, Value>) -> bool {
    front.get("draft") == Some(&Value::Bool(true))
        || front.get("published") == Some(&Value::Bool(false))
}

/// Fills a record with what front matter says.
pub(super) fn fill(front: &Map<String, Value>, record: &mut Record<'static>) {
    let inner = TRANSPARENT.iter().filter_map(|it| front.get(*it)?.as_object()).flatten();
    let mut found: Vec<_> = front
        .iter()
        .chain(inner)
        .filter_map(|(key, value)| Some((Key::of(key)?, key, value)))
        .collect();
    found.sort_by_key(|((_, rank), ..)| *rank);
    for ((field, _), key, value) in found {
        let texts = texts(value);
        match (field.meaning(), value) {
            (Meaning::Text(Field::Url), _) => {
                // `url` is mostly the path within the site, which names nothing outside it.
                let url = texts.into_iter().find(|it| it.starts_with("http"));
                record.set(Field::Url, key.clone(), url.unwrap_or_default());
            }
            (Meaning::Text(field), _) => {
                record.set(field, key.clone(), texts.into_iter().next().unwrap_or_default());
            }
            (Meaning::Names(list), _) => {
                for name in texts {
                    record.push(list, key.clone(), name);
                }
            }
            (Meaning::Named(kind), Value::String(text)) => record.named_in(kind, key, text),
            (Meaning::Named(kind), _) => {
                for name in texts {
                    record.named(kind, key.clone(), name, "");
                }
            }
            (Meaning::Body, _) => {}
        }
    }
}

/// Returns the texts of a value: itself, those of a list, and the names of the maps in it.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).take(TEXTS_MAX).collect(),
        Value::Object(all) => {
            let named = ["name", "title", "text"].iter().find_map(|it| all.get(*it)?.as_str());
            named.into_iter().map(str::to_owned).collect()
        }
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::normal::List;

    #[track_caller]
    fn check(file: &str, want: &[(&str, Field)], byline: bool) {
        let parts = parts(file).unwrap().unwrap();
        assert_eq!(parts.text.trim(), "It rained.", "{file}");
        let mut record = Record::default();
        fill(&read(&parts).unwrap(), &mut record);
        for (text, field) in want {
            assert_eq!(record.text(*field), *text, "{file}");
        }
        assert_eq!(record.has_any(List::Byline), byline, "{file}");
    }

    #[test]
    fn the_three_languages_say_the_same() {
        let want = [
            ("Bridge: closed", Field::Headline),
            ("2024-03-14 09:30:00 +0100", Field::Date),
            ("bridge", Field::Slug),
        ];
        for file in [
            "---\ntitle: 'Bridge: closed'\ndate: 2024-03-14 09:30:00 +0100\nslug: bridge\n\
             author:\n  - name: Ann Hale\n  - Tom Ruiz\n---\nIt rained.",
            "+++\ntitle = \"Bridge: closed\"\ndate = \"2024-03-14 09:30:00 +0100\"\n[params]\n\
             slug = 'bridge'\nauthors = [\"Ann Hale\", \"Tom Ruiz\"]\n+++\nIt rained.",
            "{\"title\": \"Bridge: closed\", \"date\": \"2024-03-14 09:30:00 +0100\",\n\
             \"slug\": \"bridge\", \"author\": {\"name\": \"Ann Hale\"}}\n\nIt rained.",
            "---\r\ntitle: Bridge: closed\r\ndate: \"2024-03-14 09:30:00 +0100\"\r\n\
             slug: bridge\r\nby: Ann Hale\r\n---\r\nIt rained.",
        ] {
            check(file, &want, true);
        }
        check("+++\ndate = 2024-03-14\n+++\nIt rained.", &[("2024-03-14", Field::Date)], false);
        check("---\n---\nIt rained.", &[("", Field::Headline)], false);
        check("---\ntitle: 1963\nurl: /a/\n...\nIt rained.", &[("", Field::Url)], false);
    }

    #[test]
    fn a_line_of_dashes_is_no_front_matter() {
        for file in [
            "---\nIt rained.\n---\nStill.",
            "It rained.",
            "",
            "---",
            "---\n",
            "{Laughter} no",
            "{}",
        ] {
            assert_eq!(parts(file), Ok(None), "{file}");
        }
    }

    #[test]
    fn bombs_and_depths_are_refused() {
        let read_yaml = |front: &str| read(&Parts { language: Language::Yaml, front, text: "" });
        let deep = format!("title: {}", "[".repeat(17));
        assert_eq!(read_yaml(&deep), Err(Wrong::TooDeep));
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n";
        assert_eq!(read_yaml(bomb).unwrap()["title"], Value::Null);
        assert_eq!(read_yaml("\"").err(), Some(Wrong::Damaged));
        let deep = format!("a = {}", "[".repeat(5_000));
        let toml = Parts { language: Language::Toml, front: &deep, text: "" };
        assert_eq!(read(&toml), Err(Wrong::Damaged));
        let long = format!("---\ntitle: {}\n---\n", "x".repeat(FRONT_MATTER_BYTES_MAX));
        assert_eq!(parts(&long), Err(Wrong::TooLong));
        assert_eq!(parts("---\ntitle: x\n"), Err(Wrong::Endless));
    }
}
