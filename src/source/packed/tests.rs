//! Packed files on a disk, as a run reads them.

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use ::zip::write::{SimpleFileOptions, ZipWriter};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::source::{Event, Outcome, read, readers, walk};

/// What a file came to: ids, what was set aside, notes.
#[derive(Debug, Default)]
struct Told {
    ids: Vec<String>,
    reasons: Vec<String>,
    notes: Vec<String>,
    outcome: Outcome,
}

fn told(bytes: &[u8], name: &str) -> Told {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(name), bytes).unwrap();
    let file = walk(dir.path()).unwrap().next().unwrap().unwrap();
    let mut told = Told::default();
    let root = format!("{}/", dir.path().display());
    told.outcome = read(&file, readers(), &mut |event| {
        match event {
            Event::Article(it) => told.ids.push(it.id),
            Event::Malformed(it) => {
                let place = it.origin.to_string().replace(&root, "");
                told.reasons.push(format!("{place}: {}", it.reason));
            }
            Event::Note(it) => told.notes.push(it.to_string().replace(&root, "")),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    told
}

#[track_caller]
fn check(bytes: &[u8], ids: &[&str], reasons: &[&str]) {
    let told = told(bytes, "a");
    assert_eq!((&told.ids[..], &told.reasons[..]), (&owned(ids)[..], &owned(reasons)[..]));
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|it| (*it).to_owned()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        // The crate would refuse to write some of these names.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const LINES: &[u8] =
    b"{\"id\": \"1\", \"body\": \"It rained.\"}\n{\"id\": \"2\", \"body\": \"Still.\"}\n";
const STORY: &[u8] = b"Bridge closed\n\nIt rained in Alder Bay.\n";

#[test]
fn every_packing_is_read_and_told() {
    let xz = || {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(LINES).unwrap();
        encoder.finish().unwrap()
    };
    let bzip2 = || {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(LINES).unwrap();
        encoder.finish().unwrap()
    };
    let zstd = zstd::stream::encode_all(LINES, 1).unwrap();
    for (bytes, packing) in
        [(gzip(LINES), "gzip"), (zstd, "zstd"), (bzip2(), "bzip2"), (xz(), "xz")]
    {
        for twice in [false, true] {
            let bytes = if twice { bytes.repeat(2) } else { bytes.clone() };
            let told = told(&bytes, "a");
            assert_eq!(told.ids.len(), if twice { 4 } else { 2 }, "{packing}: {told:?}");
            assert!(told.outcome.reader.starts_with(&format!("{packing}/1 jsonl/")), "{told:?}");
            assert!(told.outcome.hash.is_some());
            assert!(crate::source::is_current(&told.outcome.reader, readers()));
        }
    }
}

#[test]
fn members_are_named_by_their_place() {
    let inner = zip(&[("may/8.txt", STORY)]);
    let wire = gzip(STORY);
    let all = tar(&[("7.txt", STORY), ("b.zip", &inner), ("wire.gz", &wire), ("w.jsonl", LINES)]);
    let ids = ["a/7.txt", "a/b.zip/may/8.txt", "a/wire.gz", "1", "2"];
    check(&all, &ids, &[]);
    check(&gzip(&all), &ids, &[]);
    check(&zip(&[("7.txt", STORY), ("w.jsonl", LINES)]), &["a/7.txt", "1", "2"], &[]);
}

#[test]
fn what_follows_a_gzip_is_zeros_or_told() {
    check(&[gzip(LINES), vec![0; 700]].concat(), &["1", "2"], &[]);
    let told = told(&[gzip(LINES), b"stray".to_vec()].concat(), "a");
    assert_eq!(told.ids, ["1", "2"]);
    assert!(
        told.reasons[0].starts_with("a: the gzip is damaged after 64 bytes: what follows"),
        "{told:?}"
    );
}

#[test]
fn what_is_cut_anywhere_is_told_and_never_panics() {
    for whole in [gzip(LINES), tar(&[("w.jsonl", LINES)]), zip(&[("w.jsonl", LINES)])] {
        let end = whole.len().min(1024);
        for len in 0..end {
            let told = told(&whole[..len], "a");
            assert!(told.ids.len() + told.reasons.len() > 0, "{len}: {told:?}");
        }
    }
    let long = [LINES.repeat(2000), STORY.repeat(3)].concat();
    let whole = gzip(&long);
    let told = told(&whole[..whole.len() - 9], "a");
    assert!(told.ids.len() >= 4000, "{}", told.ids.len());
    assert!(told.reasons.iter().any(|it| it.starts_with("a: the gzip breaks off after")));
}

#[test]
fn bombs_are_refused_by_name() {
    let bomb = gzip(&[LINES, &b"\n".repeat(96 << 20)].concat());
    check(&bomb, &["1", "2"], &["a: unpacks to more than 200 times its length: a bomb"]);
    let mut nested = LINES.to_vec();
    for _ in 0..5 {
        nested = gzip(&nested);
    }
    check(&nested, &[], &["a: packed more than 4 times within each other"]);
}

#[test]
fn names_that_lead_out_and_links_are_refused_and_the_rest_is_read() {
    let mut link = tar(&[("link.txt", b"")]);
    link[156] = b'2';
    let sum: u32 = link[..512]
        .iter()
        .enumerate()
        .map(|(at, it)| if (148..156).contains(&at) { 32 } else { u32::from(*it) })
        .sum();
    link[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let link = &link[..512];
    let rest = tar(&[("../../etc/passwd", STORY), (".DS_Store", b"x"), ("7.txt", STORY)]);
    check(
        &[link, &rest].concat(),
        &["a/7.txt"],
        &[
            "a/link.txt: a link, which is not followed",
            "a/../../etc/passwd: its name leads out of the archive",
        ],
    );
}

#[test]
fn many_members_that_are_no_news_are_counted() {
    let picture: &[u8] = b"\x89PNG\r\n\x1a\n";
    let names: Vec<String> = (0..250).map(|n| format!("{n}.png")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|it| (it.as_str(), picture)).collect();
    let told = told(&tar(&members), "a");
    assert_eq!((told.reasons.len(), told.notes.len()), (100, 1));
    assert_eq!(told.notes, ["a: not articles: 150 more members"]);
}

/// Changes a mark in the headers of a zip's members, and in its table of contents.
fn with_flag(mut zip: Vec<u8>, flag: u8) -> Vec<u8> {
    for at in 0..zip.len() - 4 {
        match &zip[at..at + 4] {
            b"PK\x03\x04" => zip[at + 6] |= flag,
            b"PK\x01\x02" => zip[at + 8] |= flag,
            _ => {}
        }
    }
    zip
}

#[test]
fn a_member_that_is_encrypted_is_named() {
    let locked = with_flag(zip(&[("7.txt", STORY)]), 1);
    check(&locked, &[], &["a/7.txt: encrypted"]);
}

#[test]
fn names_in_the_letters_of_old_systems_are_read() {
    let mut old = zip(&[("caf_.txt", STORY)]);
    for at in 0..old.len() - 8 {
        if &old[at..at + 8] == b"caf_.txt" {
            old[at + 3] = 0x82;
        }
    }
    check(&old, &["a/café.txt"], &[]);
}

#[test]
fn a_zip_may_be_of_the_large_kind() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("7.txt", SimpleFileOptions::default().large_file(true)).unwrap();
    writer.write_all(STORY).unwrap();
    check(&writer.finish().unwrap().into_inner(), &["a/7.txt"], &[]);
}

#[test]
fn a_zip_that_claims_too_many_members_is_refused() {
    let mut claims = zip(&[("7.txt", STORY)]);
    let end = claims.len() - 22;
    claims[end + 8..end + 12].fill(0xff);
    let told = told(&claims, "a");
    assert_eq!(told.ids.len(), 0, "{told:?}");
    assert!(!told.reasons.is_empty(), "{told:?}");
}

#[test]
fn an_archive_without_a_file_to_read_is_told() {
    let said = ["a: an archive without a file to read"];
    check(&tar(&[(".hidden", STORY), ("./", b"")]), &[], &said);
    check(&gzip(&tar(&[("README", STORY)])), &[], &said);
    check(&zip(&[("folder/", b"")]), &[], &said);
    check(&zip(&[]), &[], &said);
    check(&tar(&[("", STORY)]), &[], &said);
}
