//! Any JSON value, in the forms that fields have.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value as it was written, in as many forms as fields have.
pub(super) enum Value<'a> {
    /// `null`, or a text or an array without anything in it.
    Absent,
    /// A text that is not blank.
    Text(Cow<'a, str>),
    /// A number as JSON prints it.
    Number(String),
    /// The texts of an array, or of the objects in it.
    Parts(Vec<Part<'a>>),
    /// The same of an array that holds something else too, which is told in words.
    Mixed(Vec<Part<'a>>, &'static str),
    /// The text of an object.
    Named(Part<'a>),
    /// What no field holds, in words.
    Wrong(&'static str),
}

/// A text of an array, or that of an object.
pub(super) struct Part<'a> {
    pub(super) text: Cow<'a, str>,
    /// What the object has as its value, beside a text that is only the name of that.
    pub(super) value: Option<Cow<'a, str>>,
}

impl<'a> Value<'a> {
    /// Makes a value of a text, absent where that is blank.
    fn text(text: Cow<'a, str>) -> Self {
        if text.trim().is_empty() { Self::Absent } else { Self::Text(text) }
    }

    /// Returns the texts of the value: none, one, or several.
    pub(super) fn into_parts(self) -> Vec<Part<'a>> {
        match self {
            Self::Text(text) => vec![Part { text, value: None }],
            Self::Number(number) => vec![Part { text: Cow::Owned(number), value: None }],
            Self::Named(part) => vec![part],
            Self::Parts(parts) => parts,
            Self::Absent | Self::Mixed(..) | Self::Wrong(_) => Vec::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// The keys under which an object has its text: a paragraph, a name, a headline, a byline.
const TEXTS: [&str; 4] = ["text", "name", "main", "original"];

/// Reads any JSON value, and never fails but for the JSON itself.
///
/// A value that no field holds becomes [`Value::Wrong`] instead of an error: it may stand under a
/// key that another key of the same record makes needless.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Value::Wrong("true or false"))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    /// Reads the texts of an array and of the objects in it; `null` in it is nothing.
    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        let mut wrong = None;
        while let Some(part) = array.next_element()? {
            match part {
                Value::Text(text) => parts.push(Part { text, value: None }),
                Value::Named(part) => parts.push(part),
                Value::Absent => {}
                Value::Number(_) => wrong = Some("an array with a number in it"),
                Value::Parts(_) | Value::Mixed(..) => wrong = Some("an array of arrays"),
                Value::Wrong(it) => wrong = Some(it),
            }
        }
        Ok(match wrong {
            Some(wrong) if parts.is_empty() => Value::Wrong(wrong),
            Some(wrong) => Value::Mixed(parts, wrong),
            None if parts.is_empty() => Value::Absent,
            None => Value::Parts(parts),
        })
    }

    /// Reads the text of an object, the last of those under its keys, and the value beside it;
    /// passes over the rest.
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let (mut text, mut beside) = (None, None);
        while let Some(Key(key)) = object.next_key()? {
            let is = |name: &&str| key.eq_ignore_ascii_case(name);
            if TEXTS.iter().any(is) {
                let value = object.next_value()?;
                if text.is_none() || !matches!(value, Value::Absent) {
                    text = Some(value);
                }
            } else if is(&"value") {
                beside = Some(object.next_value()?);
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        let value = match beside {
            Some(Value::Text(value)) => Some(value),
            Some(Value::Absent) => Some(Cow::Borrowed("")),
            _ => None,
        };
        Ok(match text {
            Some(Value::Text(text)) => Value::Named(Part { text, value }),
            Some(Value::Absent) => Value::Absent,
            _ => Value::Wrong("an object"),
        })
    }
}

/// A key of an object, without a copy where it has no escapes.
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyKey;
        impl<'de> Visitor<'de> for AnyKey {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(AnyKey)
    }
}
