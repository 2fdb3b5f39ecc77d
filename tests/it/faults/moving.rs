//! Archives that change while a run reads them.
//!
//! The run is the library's, in this process, and what happens to the archive happens when the run
//! has just planned what to read. What the run makes of the files that changed is its own affair, as
//! long as it ends well, keeps all else, and the next run makes good.

use std::fs;

use dateline::ingest::{self, Event};

use super::archive::{Archive, Content, Size};
use super::invariants::{After, answers, check_all, check_layout, check_like_new};
use super::program;
use crate::world::{NEWS, World};

/// Indexes an archive, lets something happen to it in the midst of the next run, and checks that
/// all other files are found after it, and everything after another one.
///
/// `happens` says which file it happened to, of which nothing is known until the other run.
#[track_caller]
fn check(happens: fn(&World, &mut Archive) -> String) {
    let world = World::empty();
    let mut archive = Archive::make(world.path(NEWS), Size::SMALL, 31);
    program::index_to_the_end(&world);
    // So that there is something to do.
    archive.day(3);
    let mut place = None;
    let (before, files) = (archive.model(), archive.files.clone());
    let job = program::job(world.path("index"), world.path(NEWS));
    let ran = ingest::run(&job, &mut |event| {
        if let Event::Planned(_) = event {
            place = Some(happens(&world, &mut archive));
        }
    });
    let place = place.unwrap();
    assert!(ran.is_ok(), "{place}: {ran:?}");
    check_layout(&world, After::ARun);
    let (found, after) = (answers(&world.searcher()), archive.model());
    for (id, word) in &found {
        let is_known = [&before, &after].iter().any(|it| it.get(id) == Some(word));
        assert!(is_known, "'{id}' with '{word}' was never there");
    }
    let elsewhere = files.iter().filter(|(path, _)| **path != place);
    for (id, word) in elsewhere.flat_map(|(path, content)| content.articles(path)) {
        assert_eq!(found.get(&id), Some(&word), "'{id}' is lost, and nothing happened to it");
    }
    program::index_to_the_end(&world);
    check_all(&world, &archive);
    check_like_new(&world);
}

#[test]
fn a_file_that_disappears_while_it_is_read_is_gone_after_the_next_run() {
    check(|_, archive| {
        let path = archive.paths(Content::is_records)[0].clone();
        archive.remove(&path);
        path
    });
}

#[test]
fn a_file_that_is_written_while_it_is_read_is_found_after_the_next_run() {
    check(|_, archive| {
        let path = archive.paths(Content::is_text)[0].clone();
        let story = archive.story();
        archive.write(path.clone(), Content::Text(story));
        path
    });
}

#[test]
fn a_file_that_grows_while_it_is_read_is_found_whole_after_the_next_run() {
    check(|_, archive| {
        let path = archive.paths(Content::is_records)[0].clone();
        let Content::Records(mut records) = archive.content(&path).clone() else { return path };
        records.extend((0..20).map(|_| archive.record(true)));
        archive.write(path.clone(), Content::Records(records));
        path
    });
}

#[test]
fn a_file_that_is_cut_off_while_it_is_read_is_set_aside_after_the_next_run() {
    check(|_, archive| {
        let path = archive.paths(Content::is_text)[0].clone();
        archive.write(path.clone(), Content::Bad(Vec::new()));
        path
    });
}

#[test]
fn a_file_that_becomes_a_folder_while_it_is_read_is_one_after_the_next_run() {
    check(|world, archive| {
        let path = archive.paths(Content::is_text)[0].clone();
        archive.remove(&path);
        fs::create_dir(world.news(&path)).unwrap();
        let story = archive.story();
        archive.write(format!("{path}/within.txt"), Content::Text(story));
        path
    });
}

#[test]
fn a_file_that_is_moved_while_it_is_read_is_found_under_its_new_name_after_the_next_run() {
    check(|_, archive| {
        let path = archive.paths(Content::is_records)[0].clone();
        archive.rename(&path, "zz/moved.jsonl".to_owned());
        path
    });
}

#[test]
fn a_file_that_comes_while_others_are_read_is_found_after_the_next_run() {
    check(|_, archive| archive.add_text());
}
