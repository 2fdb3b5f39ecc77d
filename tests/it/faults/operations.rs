//! What happens to an archive in a day.

use super::archive::{Archive, Content, N_ARTICLES_MAX, Record, Story};

/// What may happen to an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    AddText,
    AddRecords,
    Rewrite,
    /// Other words of the same length: the size of the file says nothing.
    RewriteInSameSize,
    ChangeRecord,
    InsertRecord,
    InsertBadRecord,
    DeleteRecord,
    ReorderRecords,
    AppendRecords,
    /// A record goes from its file into another one, as it is.
    MoveRecord,
    DeleteFile,
    MoveFile,
    /// The time of the file says that it changed, and it did not.
    Touch,
    /// What stood there before comes back, with the time that it had.
    PutBack,
    /// A file becomes one that cannot be read; putting it back mends it.
    Spoil,
}

impl Operation {
    pub(super) const ALL: [Self; 16] = [
        Self::AddText,
        Self::AddRecords,
        Self::Rewrite,
        Self::RewriteInSameSize,
        Self::ChangeRecord,
        Self::InsertRecord,
        Self::InsertBadRecord,
        Self::DeleteRecord,
        Self::ReorderRecords,
        Self::AppendRecords,
        Self::MoveRecord,
        Self::DeleteFile,
        Self::MoveFile,
        Self::Touch,
        Self::PutBack,
        Self::Spoil,
    ];
}

/// How many records come at once.
const N_RECORDS_ADDED: usize = 5;

impl Archive {
    /// Lets a number of things happen, and prints them for whoever reads of a test that fails.
    pub(super) fn day(&mut self, n_operations: usize) {
        for _ in 0..n_operations {
            let operation = *self.random.one_of(&Operation::ALL);
            let place = self.apply(operation);
            println!("  {operation:?} {place}");
        }
    }

    /// Lets one thing happen, and returns where.
    pub(super) fn apply(&mut self, operation: Operation) -> String {
        use Operation as Op;
        let is_full = self.model().len() + 2 * N_RECORDS_ADDED > N_ARTICLES_MAX;
        match operation {
            Op::AddText | Op::AddRecords | Op::InsertRecord | Op::AppendRecords if is_full => {
                format!("(none: {} is deleted)", self.apply(Op::DeleteFile))
            }
            Op::AddText => self.add_text(),
            Op::AddRecords => self.add_records(N_RECORDS_ADDED),
            Op::Rewrite => self.rewrite_text(|archive, _| archive.story()),
            Op::RewriteInSameSize => self.rewrite_text(Self::same_size),
            Op::ChangeRecord => self.change_records(|archive, records| {
                let at = archive.random.below(records.len());
                if let Record::Good(_, story) = &mut records[at] {
                    *story = archive.story();
                }
            }),
            Op::InsertRecord => self.change_records(|archive, records| {
                let at = archive.random.below(records.len() + 1);
                let has_ids = !matches!(records[0], Record::Good(None, _));
                let record = archive.record(has_ids);
                records.insert(at, record);
            }),
            Op::InsertBadRecord => self.change_records(|archive, records| {
                let line = "{\"id\": \"cut off\", \"body\": \"The ferry sai".to_owned();
                // Not the first one, which says what kind of file it is.
                records.insert(1 + archive.random.below(records.len()), Record::Bad(line));
            }),
            Op::DeleteRecord => self.change_records(|archive, records| {
                let at = archive.random.below(records.len());
                if records.len() > 1 && !matches!(records.get(1), Some(Record::Bad(_))) {
                    records.remove(at);
                }
            }),
            Op::ReorderRecords => self.change_records(|archive, records| {
                let at = 1 + archive.random.below(records.len());
                records[..at].reverse();
                records.sort_by_key(|it| matches!(it, Record::Bad(_)));
            }),
            Op::AppendRecords => self.change_records(|archive, records| {
                let has_ids = !matches!(records[0], Record::Good(None, _));
                records.extend((0..N_RECORDS_ADDED).map(|_| archive.record(has_ids)));
            }),
            Op::MoveRecord => self.move_record(),
            Op::DeleteFile => self.delete_file(),
            Op::MoveFile => self.move_file(),
            Op::Touch => {
                let path = self.any(|_| true);
                self.touch(&path);
                path
            }
            Op::PutBack => self.put_back(),
            Op::Spoil => self.spoil(),
        }
    }

    /// Adds a file of one article.
    pub(super) fn add_text(&mut self) -> String {
        let path = self.path("txt");
        let story = self.story();
        self.write(path.clone(), Content::Text(story));
        path
    }

    /// Adds a file of records; those of every third file have no ids.
    pub(super) fn add_records(&mut self, n: usize) -> String {
        let has_ids = self.random.below(3) > 0;
        let path = self.path("jsonl");
        let records = (0..n).map(|_| self.record(has_ids)).collect();
        self.write(path.clone(), Content::Records(records));
        path
    }

    /// Writes a record.
    pub(super) fn record(&mut self, has_id: bool) -> Record {
        let id = has_id.then(|| format!("wire-{}", self.number()));
        Record::Good(id, self.story())
    }

    /// Chooses a file.
    fn any(&mut self, is_wanted: fn(&Content) -> bool) -> String {
        let paths = self.paths(is_wanted);
        if paths.is_empty() { self.add_text() } else { self.random.one_of(&paths).clone() }
    }

    fn rewrite_text(&mut self, rewrite: fn(&mut Self, &Story) -> Story) -> String {
        let path = self.any(Content::is_text);
        if let Content::Text(story) = self.content(&path).clone() {
            let story = rewrite(self, &story);
            self.write(path.clone(), Content::Text(story));
        }
        path
    }

    /// Tells the story of another word; the words are all of one length.
    pub(super) fn same_size(&mut self, story: &Story) -> Story {
        let word = self.word();
        let other = |paragraph: &String| paragraph.replace(&story.word, &word);
        Story { paragraphs: story.paragraphs.iter().map(other).collect(), word, ..story.clone() }
    }

    fn change_records(&mut self, change: impl FnOnce(&mut Self, &mut Vec<Record>)) -> String {
        if self.paths(Content::is_records).is_empty() {
            return self.add_records(N_RECORDS_ADDED);
        }
        let path = self.any(Content::is_records);
        if let Content::Records(mut records) = self.content(&path).clone() {
            change(self, &mut records);
            self.write(path.clone(), Content::Records(records));
        }
        path
    }

    fn move_record(&mut self) -> String {
        let mut taken = None;
        let from = self.change_records(|archive, records| {
            let at = archive.random.below(records.len());
            let has_id = matches!(records[at], Record::Good(Some(_), _));
            if has_id && records.len() > 1 && !matches!(records[0..2], [_, Record::Bad(_)]) {
                taken = Some(records.remove(at));
            }
        });
        let Some(record) = taken else { return from };
        let others = self.paths(Content::is_records);
        let others: Vec<String> = others.into_iter().filter(|it| *it != from).collect();
        let to = match others.is_empty() {
            true => self.path("jsonl"),
            false => self.random.one_of(&others).clone(),
        };
        let mut records = match self.files.get(&to) {
            Some(Content::Records(records)) => records.clone(),
            _ => Vec::new(),
        };
        let at = self.random.below(records.len() + 1);
        records.insert(at, record);
        self.write(to.clone(), Content::Records(records));
        format!("from {from} to {to}")
    }

    fn delete_file(&mut self) -> String {
        let path = self.any(|_| true);
        self.remove(&path);
        path
    }

    fn move_file(&mut self) -> String {
        let from = self.any(|_| true);
        let extension = from.rsplit('.').next().unwrap_or_default().to_owned();
        let to = self.path(&extension);
        self.rename(&from, to.clone());
        format!("{from} to {to}")
    }

    fn put_back(&mut self) -> String {
        let versions = self.versions_to_put_back();
        if versions.is_empty() {
            return self.add_text();
        }
        let version = self.random.one_of(&versions).clone();
        let path = version.path.clone();
        self.put(version);
        path
    }

    fn spoil(&mut self) -> String {
        let path = self.any(Content::is_good);
        let bytes: &[u8] =
            [&b""[..], b" \n", b"7z\xBC\xAF\x27\x1C\0\0", &[0, 7, 0, 1, 2]][self.random.below(4)];
        self.write(path.clone(), Content::Bad(bytes.to_vec()));
        path
    }
}
