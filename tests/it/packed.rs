//! An archive of packed files, from night to night.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::world::World;

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Makes an archive of a tar whose first story is given, and of a packed wire.
fn put_tar(world: &World, name: &str, story: &str) {
    let wire = gzip(b"{\"id\": \"w1\", \"body\": \"Ferry late.\"}\n{\"id\": \"w2\", \"body\": \"Ferry early.\"}\n");
    let inner = gzip(&tar(&[("9.txt", b"Mill burns\n\nThe mill burnt.\n")]));
    let members: [(&str, &[u8]); 3] =
        [("may/7.txt", story.as_bytes()), ("wire.jsonl.gz", &wire), ("deep.tgz", &inner)];
    world.put(name, tar(&members));
}

/// Checks that every article is found again in its file.
#[track_caller]
fn verify(world: &World, n_articles: usize) {
    let said = world.run(&["verify", "--sample", "100"]).expect(0);
    assert!(said.out.contains(&format!("sample {n_articles}/{n_articles}")), "{said:?}");
    said.keeps_quiet_about("could not be compared");
}

#[test]
fn an_archive_of_archives_is_indexed_changed_moved_and_verified() {
    let world = World::empty();
    put_tar(&world, "dump.tar", "Bridge closed\n\nIt rained in May.\n");
    world.put("plain.txt", "Port opens\n\nThe port opened.\n");
    world.index().expect(0);
    world.finds("rained", ["dump.tar/may/7"]);
    world.finds("burnt", ["dump.tar/deep.tgz/9"]);
    assert_eq!(world.count("ferry"), 2);
    assert_eq!(world.count("file:news/dump.tar/may/7.txt"), 1);
    verify(&world, 5);

    let said = world.run(&["index", "news", "--dry-run", "--format", "json"]).expect(0);
    assert!(
        said.out.contains("\"unchanged\": 2") || said.out.contains("\"unchanged\":2"),
        "{said:?}"
    );

    put_tar(&world, "dump.tar", "Bridge open\n\nIt cleared in May at last.\n");
    world.index().expect(0);
    world.finds("cleared", ["dump.tar/may/7"]);
    assert_eq!((world.count("rained"), world.count("ferry")), (0, 2));
    verify(&world, 5);

    fs::rename(world.news("dump.tar"), world.news("old.tar")).unwrap();
    world.index().expect(0);
    assert_eq!((world.count("cleared"), world.count("ferry"), world.count("*")), (1, 2, 5));
    assert_eq!(world.count("file:news/old.tar/may/7.txt"), 1);
    verify(&world, 5);

    fs::remove_file(world.news("old.tar")).unwrap();
    world.index().expect(0);
    assert_eq!(world.count("*"), 1);
}

#[test]
fn a_member_is_inspected_by_its_path() {
    let world = World::empty();
    put_tar(&world, "dump.tar", "Bridge closed\n\nIt rained in May.\n");
    let said = world.run(&["inspect", "news/dump.tar/wire.jsonl.gz:2"]).expect(0);
    assert!(said.out.contains("Ferry early."), "{said:?}");
    assert!(!said.out.contains("Ferry late."), "{said:?}");
    let said = world.run(&["inspect", "news/dump.tar/may/7.txt"]).expect(0);
    assert!(said.out.contains("Bridge closed") && !said.out.contains("Ferry"), "{said:?}");
}
