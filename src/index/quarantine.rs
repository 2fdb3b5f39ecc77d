//! The records that could not be read.

use serde::{Deserialize, Serialize};

use crate::article::{Class, Malformed};
use crate::text::Span;

/// A record, or a whole file, that was set aside; a line of `quarantine.ndjson`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quarantined {
    /// The file as it is told to people.
    pub path: String,
    /// The absolute path of the file, or of the place that could not be looked into.
    pub origin: String,
    /// The number of the record in its file, from 1; 0 where it is the whole file.
    pub record: u64,
    /// The bytes of the record in the file.
    pub span: Span,
    /// What kind of failure it is.
    pub class: Class,
    /// What is wrong, in one line.
    pub reason: String,
    /// The reader that refused it, with its version, as the manifest has it.
    pub reader: String,
    /// Since when, in seconds since 1970.
    pub since_s: i64,
}

impl Quarantined {
    /// Describes a record of the file `origin` that `reader` refused now.
    pub fn new(malformed: Malformed, origin: &str, reader: &str, now_s: i64) -> Self {
        Self {
            path: malformed.origin.path,
            origin: origin.to_owned(),
            record: malformed.origin.record,
            span: malformed.origin.span,
            class: malformed.class,
            reason: malformed.reason,
            reader: reader.to_owned(),
            since_s: now_s,
        }
    }

    /// Tells whether another entry is about the same failure of the same record.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.origin, self.record, &self.reason) == (&other.origin, other.record, &other.reason)
    }
}
