//! Files that a run had read half of when it died, and what becomes of them before the next one.
//!
//! Half of such a file is committed, and the next run goes on from there: what it knows of the file
//! is neither what the index in use says nor what the archive says.

use super::archive::{Archive, Content, Record, Size};
use super::child;
use super::invariants::{answers, assert_same, check_all, check_like_new};
use super::program;
use crate::world::{NEWS, World};

/// How many bytes are read between two commits: a record has more.
const COMMIT_BYTES: u64 = 50;

/// How many records the file has that is read.
const N_RECORDS: usize = 3;

/// The file that is read half.
const PATH: &str = "2024/03/wire.jsonl";

/// Lets a run over a file die after each of its records, lets something happen to the file, and
/// checks what the next run makes of it.
///
/// Each time `first` writes the file that the run dies over, and `then` is what happens to it.
#[track_caller]
fn check(first: fn(&mut Archive), then: fn(&mut Archive)) {
    // The first event is the plan; then comes a commit after each record.
    for nth in 2..2 + N_RECORDS {
        let world = World::empty();
        let size = Size { n_texts: 2, n_record_files: 1, n_records: 2, n_sentences: 2 };
        let mut archive = Archive::make(world.path(NEWS), size, 71);
        write_records(&mut archive);
        program::index_to_the_end(&world);
        let old = archive.model();
        first(&mut archive);
        let output = child::index(&world, COMMIT_BYTES, Some(nth)).output().unwrap();
        assert_eq!(output.status.code(), None, "{}", String::from_utf8_lossy(&output.stderr));
        assert_same(&answers(&world.searcher()), &old, "the index after a death in the midst");
        then(&mut archive);
        program::index_to_the_end(&world);
        println!("after a death at event {nth}");
        check_all(&world, &archive);
        if nth > N_RECORDS {
            check_like_new(&world);
        }
    }
}

/// Writes records, all of them new, into the file.
fn write_records(archive: &mut Archive) {
    let records = (0..N_RECORDS).map(|_| archive.record(true)).collect();
    archive.write(PATH.to_owned(), Content::Records(records));
}

/// Changes every record of the file, and puts one above them.
fn change_records(archive: &mut Archive) {
    let Content::Records(mut records) = archive.content(PATH).clone() else { panic!("{PATH}") };
    for record in &mut records {
        let Record::Good(_, story) = record else { continue };
        *story = archive.story();
    }
    records.insert(0, archive.record(true));
    archive.write(PATH.to_owned(), Content::Records(records));
}

/// Changes the first record of the file, so that the others are known.
fn change_first(archive: &mut Archive) {
    let Content::Records(mut records) = archive.content(PATH).clone() else { panic!("{PATH}") };
    let story = archive.story();
    if let Some(Record::Good(_, first)) = records.first_mut() {
        *first = story;
    }
    archive.write(PATH.to_owned(), Content::Records(records));
}

/// Puts the file back as it was indexed, with the time that it had.
fn put_back(archive: &mut Archive) {
    let versions = archive.versions_to_put_back();
    let indexed = versions.into_iter().find(|it| it.path == PATH).unwrap();
    archive.put(indexed);
}

/// Writes records into a file that was not there.
fn write_new(archive: &mut Archive) {
    let records = (0..N_RECORDS).map(|_| archive.record(true)).collect();
    archive.write("2024/03/new.jsonl".to_owned(), Content::Records(records));
}

#[test]
fn a_file_that_stays_is_read_to_its_end() {
    check(change_records, |_| ());
}

#[test]
fn a_file_that_changes_again_is_the_latest_one() {
    check(change_records, change_records);
}

#[test]
fn a_file_that_is_put_back_is_the_one_that_was_indexed() {
    check(change_records, put_back);
}

#[test]
fn a_file_with_one_new_record_is_the_latest_one_whatever_was_known_of_the_others() {
    check(change_first, |_| ());
    check(change_first, change_first);
    check(change_first, put_back);
    check(change_first, change_records);
    check(change_records, change_first);
}

#[test]
fn a_file_that_is_deleted_is_gone() {
    check(change_records, |archive| archive.remove(PATH));
}

#[test]
fn a_file_that_is_moved_is_found_under_its_new_name() {
    check(change_records, |archive| archive.rename(PATH, "moved.jsonl".to_owned()));
}

#[test]
fn a_file_that_cannot_be_read_any_more_is_set_aside() {
    check(change_records, |archive| archive.write(PATH.to_owned(), Content::Bad(Vec::new())));
}

#[test]
fn a_new_file_that_is_deleted_was_never_there() {
    check(write_new, |archive| archive.remove("2024/03/new.jsonl"));
}

#[test]
fn a_new_file_that_gets_its_name_at_last_is_found_under_it() {
    check(write_new, |archive| {
        archive.rename("2024/03/new.jsonl", "2024/03/named.jsonl".to_owned());
    });
}
