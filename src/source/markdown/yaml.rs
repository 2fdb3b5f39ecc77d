//! YAML in front matter.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

use super::front_matter::{FRONT_MATTER_DEPTH_MAX, Wrong};

/// Reads a mapping of YAML 1.2.
///
/// Numbers and dates stay as they are printed. What an alias (`*name`) stands for is not looked up:
/// it is nothing, so that a few bytes cannot become gigabytes. Only the first document is read.
pub(super) fn read(text: &str) -> Result<Map<String, Value>, Wrong> {
    let mut open: Vec<Open> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, _) = event.map_err(|_| Wrong::Damaged)?;
        let done = match event {
            Event::MappingStart(..) => {
                open.push(Open::Mapping(Map::new(), None));
                None
            }
            Event::SequenceStart(..) => {
                open.push(Open::Sequence(Vec::new()));
                None
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().map(Open::close),
            Event::Scalar(text, style, ..) => Some(scalar(text.into_owned(), style)),
            Event::Alias(_) => Some(Value::Null),
            Event::DocumentEnd | Event::StreamEnd => break,
            _ => None,
        };
        if open.len() > FRONT_MATTER_DEPTH_MAX {
            return Err(Wrong::TooDeep);
        }
        let Some(value) = done else {
            continue;
        };
        match (open.last_mut(), value) {
            (Some(around), value) => around.take(value),
            (None, Value::Object(all)) => return Ok(all),
            (None, Value::Null) => return Ok(Map::new()),
            (None, _) => return Err(Wrong::Damaged),
        }
    }
    if open.is_empty() { Ok(Map::new()) } else { Err(Wrong::Damaged) }
}

/// Reads the lines `key: value` of what is no YAML, mostly because of a colon within a title.
///
/// Lines that are indented or have no colon are passed over, and so are lists.
pub(super) fn by_lines(text: &str) -> Map<String, Value> {
    let mut found = Map::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        let is_key = !key.is_empty() && !key.starts_with(|c: char| c.is_whitespace() || c == '-');
        if is_key && !value.is_empty() && !value.starts_with(['[', '{', '|', '>', '&', '*']) {
            let bare = ['"', '\''].iter().find_map(|quote| {
                value.strip_prefix(*quote).and_then(|it| it.strip_suffix(*quote))
            });
            let value = scalar(bare.unwrap_or(value).to_owned(), ScalarStyle::Plain);
            found.insert(key.trim().to_owned(), value);
        }
    }
    found
}

/// Makes a value of a scalar: what is not quoted may be true, false or nothing.
fn scalar(text: String, style: ScalarStyle) -> Value {
    match (style, text.as_str()) {
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => Value::Null,
        (ScalarStyle::Plain, "true" | "True" | "TRUE") => Value::Bool(true),
        (ScalarStyle::Plain, "false" | "False" | "FALSE") => Value::Bool(false),
        _ => Value::String(text),
    }
}

/// A mapping or a sequence whose end has not come.
enum Open {
    /// With the key that waits for its value.
    Mapping(Map<String, Value>, Option<String>),
    Sequence(Vec<Value>),
}

impl Open {
    fn take(&mut self, value: Value) {
        match self {
            Self::Sequence(values) => values.push(value),
            Self::Mapping(all, key) => match key.take() {
                Some(key) => _ = all.insert(key, value),
                // A key that is no text is one that nobody looks for.
                None => *key = Some(value.as_str().unwrap_or_default().to_owned()),
            },
        }
    }

    fn close(self) -> Value {
        match self {
            Self::Mapping(all, _) => Value::Object(all),
            Self::Sequence(values) => Value::Array(values),
        }
    }
}
