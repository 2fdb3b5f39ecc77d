//! What else may have happened since last night: the archive is not mounted, the clock went back,
//! the index is gone or damaged, somebody else left a lock.

use std::fs;

use dateline::error::Kind;
use dateline::ingest;
use serde_json::Value;

use super::archive::{Archive, Content, Size, set_written};
use super::invariants::{answers, assert_same, check_all, check_like_new, current};
use super::program;
use crate::world::{NEWS, Said, World};

/// Makes an indexed archive.
fn indexed(seed: u64) -> (World, Archive) {
    let world = World::empty();
    let archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
    program::index_to_the_end(&world);
    (world, archive)
}

#[test]
fn an_archive_that_is_not_mounted_loses_nothing() {
    let (world, mut archive) = indexed(51);
    let elsewhere = world.path("elsewhere");
    fs::rename(world.path(NEWS), &elsewhere).unwrap();
    let said = program::index_said(&world).expect(6);
    let news = world.path(NEWS).display().to_string();
    said.says(&format!("dateline: cannot read '{news}': no such file or directory"));
    assert_same(&answers(&world.searcher()), &archive.model(), "an archive that is missing");
    fs::create_dir(world.path(NEWS)).unwrap();
    let said = Said::of(&mut program::index_guarded(&world), "").expect(7);
    said.says(&format!("dateline: there are no files in '{news}'"));
    assert_same(&answers(&world.searcher()), &archive.model(), "an archive that is empty");
    fs::remove_dir(world.path(NEWS)).unwrap();
    fs::rename(&elsewhere, world.path(NEWS)).unwrap();
    archive.day(3);
    program::index_to_the_end(&world);
    check_all(&world, &archive);
}

#[test]
fn an_archive_of_which_most_is_gone_stops_the_run() {
    let world = World::empty();
    let size = Size { n_texts: 90, ..Size::SMALL };
    let archive = Archive::make(world.path(NEWS), size, 52);
    program::index_to_the_end(&world);
    let elsewhere = world.path("elsewhere");
    fs::rename(world.path("news/2024"), &elsewhere).unwrap();
    let said = Said::of(&mut program::index_guarded(&world), "").expect(7);
    assert!(said.err.contains("--max-delete"), "{said:?}");
    assert_same(&answers(&world.searcher()), &archive.model(), "an archive that is mostly gone");
    fs::rename(&elsewhere, world.path("news/2024")).unwrap();
    program::index_to_the_end(&world);
    check_all(&world, &archive);
}

#[test]
fn times_of_files_that_make_no_sense_hide_no_change() {
    let (world, mut archive) = indexed(53);
    let paths = archive.paths(Content::is_text);
    // 1970, the year 2200, and a time before that of the file as it was.
    for (path, written_s) in paths.iter().cycle().zip([0, 7_258_118_400, 1, 7_258_118_400, 86_400])
    {
        let story = archive.story();
        archive.write(path.clone(), Content::Text(story));
        set_written(&world.news(path), written_s);
        program::index_to_the_end(&world);
        check_all(&world, &archive);
    }
    check_like_new(&world);
}

#[test]
fn a_file_whose_time_went_back_is_read_again_though_its_size_is_the_same() {
    let (world, mut archive) = indexed(54);
    let path = archive.paths(Content::is_text)[0].clone();
    let Content::Text(story) = archive.content(&path).clone() else { panic!("no text") };
    let other = archive.same_size(&story);
    archive.write(path.clone(), Content::Text(other));
    set_written(&world.news(&path), 1_000_000_000);
    program::index_to_the_end(&world);
    check_all(&world, &archive);
}

#[test]
fn a_run_after_the_clock_went_back_is_like_any_other() {
    let (world, mut archive) = indexed(55);
    let facts = world.path("index").join(current(&world.path("index"))).join("facts.json");
    let mut json: Value = serde_json::from_slice(&fs::read(&facts).unwrap()).unwrap();
    json["finished_s"] = 7_258_118_400_i64.into();
    fs::write(&facts, json.to_string()).unwrap();
    world.run(&["status"]).expect(0);
    archive.day(3);
    program::index_to_the_end(&world);
    check_all(&world, &archive);
}

#[test]
fn a_lock_file_that_somebody_left_hinders_nobody() {
    let (world, mut archive) = indexed(56);
    for content in ["process 1 on elsewhere, since 2024-03-14T02:30:00Z\n", "", "\0\u{FFFD}{"] {
        fs::write(world.path("index/LOCK"), content).unwrap();
        archive.day(2);
        program::index_to_the_end(&world);
        check_all(&world, &archive);
    }
}

#[test]
fn a_generation_that_is_gone_is_told_and_a_rebuild_makes_good() {
    let (world, archive) = indexed(57);
    let index = world.path("index");
    fs::write(index.join("CURRENT"), "g000077\n").unwrap();
    let said = world.run(&["search", "ferry"]).expect(4);
    assert!(said.err.contains("--rebuild"), "{said:?}");
    let said = program::index_said(&world);
    let is_told = said.code == Some(4) && said.err.contains("--rebuild");
    assert!(is_told || matches!(said.code, Some(0 | 3)), "{said:?}");
    Said::of(program::index(&world).arg("--rebuild"), "").expect(3);
    check_all(&world, &archive);
}

#[test]
fn an_index_that_is_gone_is_told_to_whoever_searches() {
    let (world, archive) = indexed(58);
    fs::remove_dir_all(world.path("index")).unwrap();
    world
        .run(&["--index", "index", "search", "ferry"])
        .expect(4)
        .says("dateline: there is no index at 'index'");
    program::index_to_the_end(&world);
    check_all(&world, &archive);
}

#[test]
fn an_index_that_vanishes_during_a_run_is_told_and_the_next_run_makes_it_anew() {
    let (world, mut archive) = indexed(59);
    let index = world.path("index");
    let mut n_failed = 0;
    for nth in 1.. {
        archive.day(1);
        let reader = world.searcher();
        let before = answers(&reader);
        let job = program::job(index.clone(), world.path(NEWS));
        let mut n_events = 0;
        let ran = ingest::run(&job, &mut |_| {
            n_events += 1;
            if n_events == nth {
                fs::remove_dir_all(&index).unwrap();
            }
        });
        assert_same(&answers(&reader), &before, "a reader that was there before");
        if let Err(error) = &ran {
            n_failed += 1;
            assert_eq!(error.kind, Kind::Io, "gone at event {nth}: {error}");
        }
        program::index_to_the_end(&world);
        check_all(&world, &archive);
        if n_events < nth {
            break;
        }
    }
    assert!(n_failed > 0);
}
