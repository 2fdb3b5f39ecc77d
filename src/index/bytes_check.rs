//! Whether the files of a generation are, byte by byte, what was written.

use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::{Index, TantivyError};

use crate::error::{Cause, Error, Kind, Named, Result, contained, in_a_line};

use super::directory::ReadOnly;
use super::findings::Findings;
use super::home::Home;
use super::sums::{SUMS, Sums, is_of_segment, sum_of, summed_names};

impl Home {
    /// Compares the files of a generation with their sums, and those of its segments also with the
    /// checksums that tantivy ended them with.
    ///
    /// The sums were taken when the generation was published, those of tantivy while its files
    /// were written: what the disk changed in between fits the former and not the latter. Every
    /// file is read once or twice from its first byte to its last.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the folder of the generation cannot be listed;
    /// all else is a finding.
    pub fn check_bytes(&self, number: u64) -> Result<Findings> {
        let dir = self.generation_dir(number);
        let names = summed_names(&dir).map_err(|cause| Error::io("list", &dir, &cause))?;
        let mut findings = Findings::default();
        let sums = match Sums::read(&dir) {
            Ok(sums) => sums,
            Err(cause) => {
                let path = dir.join(SUMS);
                findings.damage(|| format!("{}: {}", Named(&path), Cause(&cause)));
                None
            }
        };
        if sums.is_none() && findings.is_sound() {
            let note =
                "the generation has no sums; only its segments were compared, with tantivy's";
            findings.notes.push(note.to_owned());
        }
        let expected = sums.iter().flat_map(Sums::names);
        let lost = expected.filter(|name| names.iter().all(|it| it != name));
        for name in lost {
            findings.n_checked += 1;
            findings.damage(|| format!("{} is missing", Named(&dir.join(name))));
        }
        for name in &names {
            compare(&dir, name, sums.as_ref().map(|sums| sums.of(name)), &mut findings);
        }
        // A mapped page that the disk cannot give would end the process, so tantivy gets only what
        // could be read.
        if findings.is_sound() {
            let opened = self.contained(|| check_crcs(&dir, &names, &mut findings));
            if let Err(error) = opened {
                findings.damage(|| error.message);
            }
        }
        Ok(findings)
    }

    /// Compares with their sums only the files of a generation that are not of its segments, which
    /// takes no time worth the name.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where one of them is not as it was written.
    pub(super) fn check_own_files(&self, number: u64) -> Result<()> {
        let dir = self.generation_dir(number);
        let damaged =
            |told: String| self.unusable(format!("generation {number} is damaged: {told}"));
        let sums = Sums::read(&dir)
            .map_err(|cause| damaged(Error::io("read", &dir.join(SUMS), &cause).message))?;
        let mut findings = Findings::default();
        for name in sums.iter().flat_map(Sums::names).filter(|name| !is_of_segment(name)) {
            compare(&dir, name, Some(sums.as_ref().and_then(|sums| sums.of(name))), &mut findings);
        }
        findings.told.into_iter().next().map_or(Ok(()), |told| Err(damaged(told)))
    }
}

/// Compares a file with its sum; where there are no sums at all, it has only to be readable.
fn compare(dir: &Path, name: &str, sum: Option<Option<&str>>, findings: &mut Findings) {
    let path = dir.join(name);
    findings.n_checked += 1;
    match (sum_of(&path), sum) {
        (Err(cause), _) => findings.damage(|| Error::io("read", &path, &cause).message),
        (Ok(_), Some(None)) => findings.damage(|| format!("{} has no sum", Named(&path))),
        (Ok(found), Some(Some(sum))) if found != sum => {
            findings.damage(|| format!("{} is not as it was written", Named(&path)));
        }
        (Ok(_), _) => {}
    }
}

/// Compares the files of segments with the checksums at their ends. Fails where the index that
/// they are of cannot be opened.
fn check_crcs(dir: &Path, names: &[String], findings: &mut Findings) -> Result<()> {
    let open = || Index::open(ReadOnly(MmapDirectory::open(dir)?));
    let index = open()
        .map_err(|cause: TantivyError| Error::new(Kind::Index, in_a_line(&cause.to_string())))?;
    for name in names.iter().filter(|name| is_of_segment(name)) {
        let path = Path::new(name);
        let fits = contained(|| index.directory().validate_checksum(path));
        if !matches!(fits, Ok(Ok(true))) {
            let path = dir.join(path);
            findings.damage(|| format!("{} is not as tantivy wrote it", Named(&path)));
        }
    }
    Ok(())
}
