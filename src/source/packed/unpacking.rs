//! Reading a file through all that it is packed in.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::stream::{Counted, Fault, Meter, Stream};
use super::{DEPTH_MAX, MEMBERS_MAX, MEMBERS_TOLD_MAX, Packing, codec, tar, zip};
use crate::article::{Class, Origin};
use crate::error::contained;
use crate::source::reading::chosen;
use crate::source::{
    EMPTY, Each, Event, HEAD_BYTES, Input, Note, NoteKind, Readers, Settings, SourceFile,
    malformed, none_of, versioned,
};
use crate::text::Span;

/// Why an archive is set aside that has nothing in it, or only folders and what is hidden.
const NO_MEMBER: &str = "an archive without a file to read";

/// The reading of a file on disk, with all that is in it.
pub(in crate::source) struct Unpacking<'a> {
    pub(super) file: &'a SourceFile,
    readers: Readers,
    pub(super) meter: &'a Meter<'a>,
    /// The packings and readers that were used, in the order in which they were met.
    used: Vec<String>,
    has_none: bool,
    n_members: u64,
    /// How much was told of what is in it.
    n_events: u64,
    /// The members that are no news: those that were told.
    n_told: u64,
    n_untold: u64,
    /// Whether a reader failed over a member.
    pub(in crate::source) has_failed: bool,
    pub(in crate::source) is_packed: bool,
    is_stopped: bool,
}

/// A member of an archive, which is at `shown` and `below`.
pub(super) struct Member<'a> {
    pub(super) shown: &'a str,
    pub(super) below: &'a str,
    pub(super) name: &'a str,
    pub(super) mtime_ns: Option<i64>,
    pub(super) settings: &'a Settings,
}

impl<'a> Unpacking<'a> {
    pub(in crate::source) fn new(file: &'a SourceFile, readers: Readers, meter: &'a Meter) -> Self {
        Self {
            file,
            readers,
            meter,
            used: Vec::new(),
            has_none: false,
            n_members: 0,
            n_events: 0,
            n_told: 0,
            n_untold: 0,
            has_failed: false,
            is_packed: false,
            is_stopped: false,
        }
    }

    /// Returns what was used, as the manifest has it: `tar/1 jsonl/1`, and behind that all readers
    /// where something was taken by none.
    pub(in crate::source) fn readers_used(&self) -> String {
        let mut used = self.used.join(" ");
        if self.has_none || used.is_empty() {
            used += if used.is_empty() { "" } else { " " };
            used += &none_of(self.readers);
        }
        used
    }

    /// Reads the file.
    pub(in crate::source) fn read(
        &mut self,
        input: Input<'_>,
        each: &mut Each<'_>,
    ) -> io::Result<()> {
        let origin = input.origin();
        self.read_any(input, &self.file.path, 0, each)?;
        if self.n_untold > 0 && !self.is_stopped {
            let told = format!("{} more members", self.n_untold);
            _ = each(Event::Note(Note { origin, kind: NoteKind::Passed { told } }));
        }
        Ok(())
    }

    /// Reads what may be packed, so deep in the file.
    fn read_any(
        &mut self,
        input: Input<'_>,
        path: &Path,
        depth: u32,
        each: &mut Each<'_>,
    ) -> io::Result<()> {
        let head = input.stream.fill_buf()?;
        if head.is_empty() {
            return self.tell(each, malformed(input.origin(), Class::Empty, EMPTY));
        }
        let head = &head[..head.len().min(HEAD_BYTES)];
        if let Some(packing) = Packing::of(head) {
            return self.unpack(packing, input, path, depth, each);
        }
        match chosen(head, path, input.settings, self.readers) {
            Ok(reader) => {
                let name = versioned(reader);
                if let Some(known) = input.known {
                    known.is_read_by(&name);
                }
                self.uses(&name);
                let origin = input.origin();
                let read = contained(|| reader.read(input, &mut |event| self.pass(each, event)));
                read.unwrap_or_else(|_| {
                    self.has_failed = true;
                    let reason = format!("the reader {name} failed, which is a fault of it");
                    self.tell(each, malformed(origin, Class::Panic, reason))
                })
            }
            Err(reason) => {
                self.has_none = true;
                self.tell(each, malformed(input.origin(), Class::Format, reason))
            }
        }
    }

    /// Reads what is in something packed.
    fn unpack(
        &mut self,
        packing: Packing,
        input: Input<'_>,
        path: &Path,
        depth: u32,
        each: &mut Each<'_>,
    ) -> io::Result<()> {
        self.is_packed = true;
        self.uses(packing.versioned());
        let origin = input.origin();
        if depth >= DEPTH_MAX {
            let reason = format!("packed more than {DEPTH_MAX} times within each other");
            return self.tell(each, malformed(origin, Class::Limit, reason));
        }
        let n_before = self.n_events;
        let (fault, at) = match packing {
            Packing::Tar => (tar::read(self, input, depth, each)?, 0),
            Packing::Zip => (zip::read(self, input, depth, each)?, 0),
            _ => {
                let source = codec::open(packing, input.stream)?;
                let meter = self.meter;
                let mut stream = Stream::new(source, packing.name(), meter, Counted::Unpacked);
                let inner = Input { stream: &mut stream, known: None, ..input };
                // The hint of `a.csv.gz` is `a.csv`.
                let path = path.with_extension("");
                self.read_any(inner, &path, depth + 1, each)?;
                (stream.fault.take(), stream.n_bytes)
            }
        };
        if fault.is_none() && self.n_events == n_before {
            return self.tell(each, malformed(origin, Class::Empty, NO_MEMBER));
        }
        self.tell_fault(fault, origin, at, each)
    }

    fn tell_fault(
        &mut self,
        fault: Option<Fault>,
        mut origin: Origin,
        at: u64,
        each: &mut Each<'_>,
    ) -> io::Result<()> {
        match fault {
            None => Ok(()),
            Some(Fault { disk: Some(cause), .. }) => Err(cause),
            Some(Fault { class, reason, .. }) => {
                let at = usize::try_from(at).unwrap_or(usize::MAX);
                origin.span = Span::new(at, at);
                self.tell(each, malformed(origin, class, reason))
            }
        }
    }

    /// Reads a member of an archive that is so deep in the file.
    pub(super) fn member(
        &mut self,
        member: &Member<'_>,
        source: Box<dyn Read + '_>,
        what: &'static str,
        counted: Counted,
        depth: u32,
        each: &mut Each<'_>,
    ) -> io::Result<ControlFlow<()>> {
        let shown = format!("{}/{}", member.shown, member.name);
        let below = format!("{}/{}", member.below, member.name);
        let mut stream = Stream::new(source, what, self.meter, counted);
        let input = Input {
            shown: &shown,
            below: &below,
            mtime_ns: member.mtime_ns,
            settings: member.settings,
            known: None,
            stream: &mut stream,
        };
        self.read_any(input, Path::new(member.name), depth + 1, each)?;
        let (fault, at) = (stream.fault.take(), stream.n_bytes);
        self.tell_fault(fault, Origin { path: shown, ..Origin::default() }, at, each)?;
        Ok(if self.is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Counts a member, and tells when there are too many.
    pub(super) fn count_member(&mut self) -> Option<Fault> {
        self.n_members += 1;
        let reason = || format!("more than {MEMBERS_MAX} members");
        let class = Class::Limit;
        (self.n_members > MEMBERS_MAX).then(|| Fault { class, reason: reason(), disk: None })
    }

    /// Tells that a member is not read, and why.
    pub(super) fn refuse(
        &mut self,
        shown: &str,
        class: Class,
        why: &str,
        each: &mut Each<'_>,
    ) -> ControlFlow<()> {
        let origin = Origin { path: shown.to_owned(), ..Origin::default() };
        self.pass(each, malformed(origin, class, why))
    }

    fn tell(&mut self, each: &mut Each<'_>, event: Event) -> io::Result<()> {
        _ = self.pass(each, event);
        Ok(())
    }

    /// Passes an event on, unless it is one more member that is no news.
    fn pass(&mut self, each: &mut Each<'_>, event: Event) -> ControlFlow<()> {
        if self.is_stopped {
            return ControlFlow::Break(());
        }
        self.n_events += 1;
        if let Event::Malformed(it) = &event
            && it.origin.path.len() > self.file.shown.len()
            && it.origin.record == 0
            && matches!(it.class, Class::Format | Class::Empty | Class::Limit)
        {
            if self.n_told >= MEMBERS_TOLD_MAX {
                self.n_untold += 1;
                return ControlFlow::Continue(());
            }
            self.n_told += 1;
        }
        let flow = each(event);
        self.is_stopped = flow.is_break();
        flow
    }

    fn uses(&mut self, name: &str) {
        if !self.used.iter().any(|it| it == name) {
            self.used.push(name.to_owned());
        }
    }
}
