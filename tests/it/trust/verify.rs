//! What `verify` says of a sound index, and of each kind of damage.

use std::fs::{self, File};
use std::time::SystemTime;

use dateline::index::{Home, encode};
use dateline::search::HITS_MAX;
use serde_json::{Value, json};
use tantivy::schema::{Schema, Term};
use tantivy::tokenizer::SimpleTokenizer;
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::{files_of, flip, generation, segment_file, world_of_nights};
use crate::world::{NEWS, World};

/// Runs `verify` with a sample of everything, and returns what it says as JSON.
fn verify(world: &World, code: i32) -> Value {
    let args = ["verify", "--sample", "1000", "--format", "json"];
    let said = world.run(&args).expect(code);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["is_sound"], code == 0, "{report:#}");
    report
}

/// Returns the lines of a check.
fn lines(report: &Value, check: &str, kind: &str) -> Vec<String> {
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|it| it["name"] == check);
    let check = check.unwrap_or_else(|| panic!("{report:#}"));
    check[kind].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// Checks what the only check says that finds something.
#[track_caller]
fn finds<const N: usize>(report: &Value, check: &str, told: [&str; N]) {
    assert_eq!(lines(report, check, "findings"), told, "{report:#}");
    for other in report["checks"].as_array().unwrap() {
        let is_other = other["name"] != check;
        assert!(!is_other || other["damaged"] == 0, "{other:#}");
    }
}

/// Forgets the sums of the generation, so that the checks behind them are reached.
fn forget_sums(world: &World, number: u64) {
    fs::remove_file(generation(world, number).join("SUMS")).unwrap();
}

#[test]
fn a_sound_index_is_told_check_by_check() {
    let world = World::of(["Ferry one sails late.", "Ferry two sails.", "Mill."]);
    world.run(&["verify", "--sample", "500"]).expect(0).prints([
        "ok       bytes 10/10",
        "ok       opening 1/1",
        "ok       facts 8/8",
        "ok       files 3/3",
        "ok       articles 3/3",
        "ok       sample 3/3",
    ]);
    let said = world.run(&["verify", "--sample", "2", "--seed", "9"]).expect(0);
    assert!(said.out.ends_with("ok       sample 2/2\n"), "{said:?}");
}

#[test]
fn a_kept_generation_is_checked_by_its_number() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    flip(&segment_file(&generation(&world, 1), "idx"), 20, 1);
    world.run(&["verify"]).expect(0);
    world.run(&["verify", "--generation", "g000001"]).expect(4);
    let said = world.run(&["verify", "--generation", "7"]).expect(4);
    said.says("dateline: the index at 'index' keeps no generation 7")
        .says("hint: 'dateline rollback --list' lists those that are kept");
    fs::write(world.path("index/CURRENT"), "g000009").unwrap();
    world.run(&["verify"]).expect(4).says("dateline: the index at 'index' keeps no generation 9");
    let said = World::empty().run(&["verify", "--generation", "1"]).expect(4);
    said.says("dateline: there is no index at 'index'");
}

#[test]
fn a_byte_is_missed_in_every_file_and_the_hints_say_what_helps() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    let dir = generation(&world, 2);
    for path in files_of(&dir) {
        let whole = fs::read(&path).unwrap();
        flip(&path, whole.len() / 2, 0x10);
        let said = world.run(&["verify"]).expect(4);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(said.out.starts_with("damaged  bytes "), "{name}: {said:?}");
        assert!(said.out.contains("index/g000002/"), "{name}: {said:?}");
        assert!(!said.out.contains("opening"), "{said:?}");
        said.says("dateline: generation 2 is damaged")
            .says("hint: go back to generation 1: 'dateline rollback 1 --index index'")
            .says("hint: or search a backup with --index, or copy its files back")
            .says("hint: or make the index anew: 'dateline index --rebuild --index index'");
        fs::write(&path, whole).unwrap();
    }
    world.run(&["verify"]).expect(0);
}

#[test]
fn files_that_are_cut_lost_or_too_many_are_named() {
    let world = World::of(["Ferry one."]);
    let dir = generation(&world, 1);
    let path = segment_file(&dir, "fieldnorm");
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    let told = format!("'index/g000001/{name}' is not as it was written");
    finds(&verify(&world, 4), "bytes", [&told]);
    fs::remove_file(&path).unwrap();
    finds(&verify(&world, 4), "bytes", [&format!("'index/g000001/{name}' is missing")]);
    fs::write(&path, &whole).unwrap();
    fs::write(dir.join("stray.txt"), "stray").unwrap();
    finds(&verify(&world, 4), "bytes", ["'index/g000001/stray.txt' has no sum"]);
}

#[test]
fn without_sums_the_segments_are_still_compared_with_those_of_tantivy() {
    let world = World::of(["Ferry one."]);
    forget_sums(&world, 1);
    let report = verify(&world, 0);
    let note = "the generation has no sums; only its segments were compared, with tantivy's";
    assert_eq!(lines(&report, "bytes", "notes"), [note]);
    let path = segment_file(&generation(&world, 1), "pos");
    flip(&path, 3, 1);
    let name = path.file_name().unwrap().to_str().unwrap();
    let told = format!("'index/g000001/{name}' is not as tantivy wrote it");
    finds(&verify(&world, 4), "bytes", [&told]);
    // Over what is shorter than its own end tantivy panics.
    fs::write(&path, b"123456").unwrap();
    finds(&verify(&world, 4), "bytes", [&told]);
}

#[test]
fn a_manifest_that_says_something_else_than_the_index_is_damage() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    forget_sums(&world, 1);
    let path = generation(&world, 1).join("files.ndjson");
    let whole = fs::read_to_string(&path).unwrap();
    let news = fs::canonicalize(world.path(NEWS)).unwrap();
    let a = news.join("a.txt").display().to_string();

    fs::write(&path, whole.replacen("\"articles\":1", "\"articles\":2", 1)).unwrap();
    let report = verify(&world, 4);
    let told = format!("'{a}' has 1 articles, and should have 2");
    assert_eq!(lines(&report, "files", "findings"), [told]);
    let facts = ["articles in files: 3, and facts.json says 2"];
    assert_eq!(lines(&report, "facts", "findings"), facts);

    let (_, second) = whole.split_once('\n').unwrap();
    fs::write(&path, second).unwrap();
    let report = verify(&world, 4);
    let told = format!("'{a}' has 1 articles, and should have 0");
    assert_eq!(lines(&report, "files", "findings"), [told]);
    let told = lines(&report, "sample", "findings");
    assert_eq!(told, ["'a.txt' (news/a.txt): its file is not in the manifest"]);

    let stranger = whole.replacen("a.txt", "z.txt", 3) + &whole;
    fs::write(&path, stranger).unwrap();
    let told = lines(&verify(&world, 4), "files", "findings");
    assert!(told.iter().any(|it| it.ends_with("has 0 articles, and should have 1")), "{told:?}");
}

/// Changes the index of the first generation behind the back of the program.
fn tamper(world: &World, change: impl FnOnce(&mut IndexWriter, &Schema)) {
    let dir = generation(world, 1);
    let index = Index::open_in_dir(&dir).unwrap();
    index.tokenizers().register("lines", SimpleTokenizer::default());
    let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
    change(&mut writer, &index.schema());
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    forget_sums(world, 1);
}

fn text(document: &mut TantivyDocument, schema: &Schema, field: &str, text: &str) {
    document.add_text(schema.get_field(field).unwrap(), text);
}

#[test]
fn an_article_that_is_there_twice_is_damage() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    let article = world.searcher().article("a.txt").unwrap().unwrap();
    let origin = fs::canonicalize(world.news("a.txt")).unwrap();
    tamper(&world, |writer, schema| {
        let mut document = TantivyDocument::new();
        text(&mut document, schema, "id", "a.txt");
        text(&mut document, schema, "origin", origin.to_str().unwrap());
        document.add_bytes(schema.get_field("article").unwrap(), &encode(&article));
        writer.add_document(document).unwrap();
    });
    let report = verify(&world, 4);
    assert_eq!(lines(&report, "articles", "findings"), ["2 articles have the id 'a.txt'"]);
    let facts = ["articles in the index: 3, and facts.json says 2"];
    assert_eq!(lines(&report, "facts", "findings"), facts);
}

#[test]
fn an_article_that_is_gone_is_damage() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    tamper(&world, |writer, schema| {
        writer.delete_term(Term::from_field_text(schema.get_field("id").unwrap(), "a.txt"));
    });
    let told = lines(&verify(&world, 4), "files", "findings");
    assert!(told.len() == 1 && told[0].ends_with("has 0 articles, and should have 1"), "{told:?}");
}

#[test]
fn an_article_under_another_id_and_one_that_cannot_be_read_are_damage() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    let article = world.searcher().article("a.txt").unwrap().unwrap();
    tamper(&world, |writer, schema| {
        let field = |name| schema.get_field(name).unwrap();
        writer.delete_all_documents().unwrap();
        let bytes = encode(&article);
        for (id, bytes) in [("a.txt", &bytes[..3]), ("b.txt", &bytes[..])] {
            let origin = fs::canonicalize(world.news(id)).unwrap();
            let mut document = TantivyDocument::new();
            text(&mut document, schema, "id", id);
            text(&mut document, schema, "origin", origin.to_str().unwrap());
            document.add_i64(field("date"), 7);
            document.add_bytes(field("article"), bytes);
            writer.add_document(document).unwrap();
        }
    });
    let told = lines(&verify(&world, 4), "articles", "findings");
    let expected = [
        "document 0: cannot decode a stored article: it has another shape",
        "the index knows 'a.txt' by another id, or by none",
        "the index has another date for 'a.txt'",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_article_that_its_own_words_do_not_find_is_damage() {
    let world = World::of(["The ferry sails late tonight.", "Mill."]);
    let article = world.searcher().article("a.txt").unwrap().unwrap();
    let origin = fs::canonicalize(world.news("a.txt")).unwrap();
    tamper(&world, |writer, schema| {
        let field = |name| schema.get_field(name).unwrap();
        writer.delete_term(Term::from_field_text(field("id"), "a.txt"));
        // Everything but its words.
        let mut document = TantivyDocument::new();
        text(&mut document, schema, "id", "a.txt");
        text(&mut document, schema, "origin", origin.to_str().unwrap());
        document.add_bytes(field("article"), &encode(&article));
        writer.add_document(document).unwrap();
    });
    let told = "'a.txt' (news/a.txt): is not found by its words \"The ferry sails late tonight\"";
    finds(&verify(&world, 4), "sample", [told]);
}

/// Writes other bytes of the same length into a file of the archive, and leaves its time as it was.
fn forge(world: &World, name: &str, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let path = world.news(name);
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    let forged = fs::read_to_string(&path).unwrap().replace(from, to);
    fs::write(&path, forged).unwrap();
    File::options().append(true).open(&path).unwrap().set_modified(written).unwrap();
}

#[test]
fn an_article_that_says_something_else_than_its_file_is_damage() {
    let world = World::of(["Ferry stops\n\nThe boat is old.\nThe crew is not."]);
    forge(&world, "a.txt", "crew is not", "crew is old");
    let told = [
        "'a.txt' (news/a.txt): paragraph 2 is not as in the file",
        "'a.txt' (news/a.txt): the bytes 0 to 46 of the file alone: paragraph 2 is another",
    ];
    finds(&verify(&world, 4), "sample", told);
}

#[test]
fn a_place_that_is_a_byte_too_long_is_damage() {
    // Between two records there is a byte that belongs to neither.
    let record = |id: &str| json!({"id": id, "body": "Late."});
    let world = World::of_records([record("w1"), record("w2")]);
    let mut article = world.searcher().article("w1").unwrap().unwrap();
    article.origin.span.end += 1;
    let origin = fs::canonicalize(world.news("wire.jsonl")).unwrap();
    tamper(&world, |writer, schema| {
        let field = |name| schema.get_field(name).unwrap();
        writer.delete_term(Term::from_field_text(field("id"), "w1"));
        let mut document = TantivyDocument::new();
        text(&mut document, schema, "id", "w1");
        text(&mut document, schema, "origin", origin.to_str().unwrap());
        document.add_bytes(field("article"), &encode(&article));
        writer.add_document(document).unwrap();
    });
    let told = "'w1' (news/wire.jsonl:1): the place in the file is not as in the file";
    finds(&verify(&world, 4), "sample", [told]);
}

#[test]
fn the_part_of_a_record_that_differs_is_named() {
    let record = json!({"id": "w1", "headline": "Ferry", "body": "It sails at noon."});
    let world = World::of_records([record]);
    forge(&world, "wire.jsonl", "Ferry", "Train");
    let told = lines(&verify(&world, 4), "sample", "findings");
    assert_eq!(told[0], "'w1' (news/wire.jsonl:1): the headline is not as in the file");
    forge(&world, "wire.jsonl", "Train", "Ferry");
    forge(&world, "wire.jsonl", "\"id\":\"w1\"", "\"ix\":\"w1\"");
    verify(&world, 0);
    forge(&world, "wire.jsonl", "{", "[");
    let told = lines(&verify(&world, 4), "sample", "findings");
    assert_eq!(told[0], "'w1': no article is read at news/wire.jsonl:1");
}

#[test]
fn files_that_changed_or_went_since_are_no_damage_and_are_told() {
    let world = World::of(["Ferry one sails late.", "Ferry two sails late.", "Mill one is old."]);
    world.put("a.txt", "Changed since.");
    fs::remove_file(world.news("b.txt")).unwrap();
    let report = verify(&world, 0);
    let notes = [
        "news/a.txt: changed since it was indexed",
        "news/b.txt: no such file or directory",
        "2 of the sample could not be compared with their files",
    ];
    assert_eq!(lines(&report, "sample", "notes"), notes);
}

#[test]
fn a_file_that_another_reader_read_is_not_compared() {
    let world = World::of(["Ferry one sails late."]);
    let path = generation(&world, 1).join("files.ndjson");
    let lines_of_files = fs::read_to_string(&path).unwrap();
    fs::write(&path, lines_of_files.replace("text/2", "text/0")).unwrap();
    forget_sums(&world, 1);
    forge(&world, "a.txt", "late", "soon");
    let notes = lines(&verify(&world, 0), "sample", "notes");
    assert_eq!(notes[0], "news/a.txt: it was read by text/0");
}

#[test]
fn a_place_in_a_file_holds_in_every_encoding_and_with_every_end_of_line() {
    let world = World::empty();
    let lines = "{\"body\": \"The Fähre sails.\"}\r\n\r\n{\"body\": \"It is late tonight.\"}\r\n";
    world.put("utf8.jsonl", lines);
    world.put("marked.jsonl", format!("\u{feff}{lines}"));
    let utf16 = |text: &str| {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    world.put("utf16.jsonl", utf16(lines));
    world.put(
        "latin1.jsonl",
        b"{\"body\": \"Die F\xe4hre f\xe4hrt heute.\"}\n{\"body\": \"Noch da.\"}",
    );
    world.put("a.txt", utf16("Ferry stops\n\nThe Fähre is old."));
    world.index().expect(0);
    let report = verify(&world, 0);
    let checks = report["checks"].as_array().unwrap();
    let sample = checks.last().unwrap();
    assert_eq!((&sample["checked"], &sample["notes"]), (&json!(9), &json!([])), "{report:#}");
}

#[test]
fn the_places_of_records_that_were_shifted_are_those_of_today() {
    let record =
        |n: usize| format!("{{\"id\": \"w{n}\", \"body\": \"Ferry number {n} sails.\"}}\n");
    let old: String = (0..20).map(record).collect();
    let world = World::with([("wire.jsonl", &old)]);
    world.index().expect(0);
    world.put("wire.jsonl", record(77) + &old);
    world.index().expect(0);
    verify(&world, 0);
    // Where nobody knows of the shift, the places are those of other records.
    fs::remove_file(generation(&world, 2).join("whereabouts")).unwrap();
    forget_sums(&world, 2);
    let told = lines(&verify(&world, 4), "sample", "findings");
    assert!(told[0].ends_with(" is not as in the file"), "{told:?}");
    assert!(told.iter().any(|it| it.contains("of the file alone: ")), "{told:?}");
}

#[test]
fn a_file_that_was_moved_is_found_where_it_is() {
    let world = World::of(["Ferry one sails late.", "Ferry two sails late."]);
    fs::rename(world.news("a.txt"), world.news("z.txt")).unwrap();
    world.index().expect(0);
    let report = verify(&world, 0);
    assert_eq!(lines(&report, "sample", "notes"), [""; 0], "{report:#}");
}

#[test]
fn an_id_that_was_taken_and_a_phrase_that_all_have_are_no_damage() {
    let record = json!({"id": "w1", "body": "All of these say the same."});
    let world = World::of_records([record.clone(), record.clone(), record]);
    verify(&world, 0);
}

#[test]
fn an_article_finds_itself_among_more_than_an_answer_holds() {
    let record = "{\"body\": \"All of these say the same.\"}\n";
    let world = World::with([("wire.jsonl", &record.repeat(HITS_MAX + 100))]);
    world.index().expect(0);
    world.run(&["verify", "--sample", "30"]).expect(0);
}

#[test]
fn an_index_of_another_format_is_told_as_what_it_is() {
    let world = World::of(["Ferry."]);
    let path = generation(&world, 1).join("facts.json");
    let facts = fs::read_to_string(&path).unwrap();
    fs::write(&path, facts.replacen("\"format\": ", "\"format\": 9", 1)).unwrap();
    forget_sums(&world, 1);
    let told = lines(&verify(&world, 4), "opening", "findings");
    assert!(told[0].starts_with("cannot open the index at 'index': made by format 9"), "{told:?}");
}

#[test]
fn verifying_changes_nothing_on_disk() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    let stamps = |home: &Home| -> Vec<(std::path::PathBuf, SystemTime)> {
        let files = files_of(home.dir()).into_iter().chain(files_of(&home.generation_dir(1)));
        let stamp = |path: std::path::PathBuf| {
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            (path, written)
        };
        files.map(stamp).collect()
    };
    let before = stamps(&world.home());
    verify(&world, 0);
    assert_eq!(stamps(&world.home()), before);
}
