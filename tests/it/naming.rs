//! `dateline train` and `dateline tag`: learning to recognise names, and saying how well.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::world::World;

/// Three short reports of ours, with their names labelled.
const TOWN: &str = include_str!("naming/town.bio");

/// The beginning of the BLAKE3 of the model that is learnt from them with 2^12 rows.
const TOWN_MODEL: &str = "c5b1412353e587bf";

/// The files that the model in the repository was learnt from.
const NER: &str = "../shared/corpora/ner";

fn town() -> World {
    World::with([("town.bio", TOWN)])
}

const LEARN: [&str; 7] = ["train", "--bio", "news/town.bio", "--bits", "12", "--out", "town.model"];

#[test]
fn the_same_files_make_the_same_model() {
    let world = town();
    world.run(&LEARN).expect(0);
    let model = fs::read(world.path("town.model")).unwrap();
    world.run(&LEARN).expect(0);
    assert_eq!(fs::read(world.path("town.model")).unwrap(), model);
    let hash = blake3::hash(&model).to_hex();
    assert_eq!(&hash[..16], TOWN_MODEL, "what is learnt changed: so must the model in 'data'");
}

#[test]
fn what_was_learnt_is_known() {
    let world = town();
    world.run(&LEARN).expect(0);
    let args =
        ["train", "--evaluate", "news/town.bio", "--model", "town.model", "--format", "json"];
    let said = world.run(&args).expect(0);
    let scores: Value = serde_json::from_str(&said.out).unwrap();
    assert!(scores["micro"]["f1"].as_f64().unwrap() > 95.0, "{scores:#}");
    assert_eq!(scores["words"], 186);
    let kinds: Vec<&String> = scores["kinds"].as_object().unwrap().keys().collect();
    assert_eq!(kinds, ["org", "person", "place"]);
}

#[test]
fn learning_and_evaluating_go_in_one_command_and_print_a_table() {
    let world = town();
    let said = world.run(&[&LEARN[..], &["--evaluate", "news/town.bio"]].concat()).expect(0);
    let first: Vec<&str> =
        said.out.lines().map(|it| it.split_whitespace().next().unwrap()).collect();
    assert_eq!(first, ["precision", "person", "org", "place", "all"]);
    assert!(said.err.contains("'town.model'"), "{}", said.err);
}

#[test]
fn a_file_is_tagged_in_a_third_column() {
    let world = town();
    let said = world.run(&["tag", "--bio", "news/town.bio"]).expect(0);
    for (printed, line) in said.out.lines().zip(TOWN.lines()) {
        let rest = printed.strip_prefix(line).unwrap();
        assert_eq!(rest.is_empty(), line.is_empty() || line.starts_with("-DOCSTART-"), "{printed}");
    }
    assert_eq!(said.out.lines().count(), TOWN.lines().count());
    assert!(said.out.contains("Ferrier\tI-PER\tI-PER\n"), "{}", said.out);
}

#[track_caller]
fn refused(args: &[&str], code: i32, want: &str) {
    let world = World::with([
        ("town.bio", TOWN),
        ("broken.bio", "Ann\tB-PER\nHale\n"),
        ("empty.bio", "\n"),
        ("foreign.model", "PK\u{3}\u{4}"),
    ]);
    let said = world.run(args).expect(code);
    assert!(said.err.contains(want) && said.err.contains("hint: "), "{}", said.err);
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    refused(
        &["tag", "--bio", "news/broken.bio"],
        2,
        "cannot read 'news/broken.bio:2': the line has",
    );
    refused(&["train", "--evaluate", "news/broken.bio"], 2, "broken.bio:2");
    refused(&["tag", "--bio", "news/none.bio"], 6, "cannot read 'news/none.bio': ");
    let empty = ["train", "--bio", "news/empty.bio", "--out", "a.model"];
    refused(&empty, 2, "there is nothing to learn in 'news/empty.bio'");
    let foreign = ["tag", "--bio", "news/town.bio", "--model", "news/foreign.model"];
    refused(&foreign, 2, "cannot read the model 'news/foreign.model': it is no model of names");
}

#[test]
fn a_damaged_model_is_refused() {
    let world = town();
    world.run(&LEARN).expect(0);
    let mut model = fs::read(world.path("town.model")).unwrap();
    let middle = model.len() / 2;
    model[middle] ^= 1;
    fs::write(world.path("town.model"), model).unwrap();
    let said = world.run(&["tag", "--bio", "news/town.bio", "--model", "town.model"]).expect(2);
    assert!(said.err.contains("'town.model': it is damaged"), "{}", said.err);
}

/// Learning from all files takes half a minute with optimisation, and several without: this is
/// checked by `cargo test --release` only.
#[test]
fn the_model_in_the_repository_comes_from_the_code() {
    if cfg!(debug_assertions) || !Path::new(NER).exists() {
        eprintln!("skipped: needs '{NER}' and --release");
        return;
    }
    let world = World::empty();
    let ner = fs::canonicalize(NER).unwrap();
    let mut files: Vec<String> = fs::read_dir(&ner)
        .unwrap()
        .map(|it| it.unwrap().path().to_string_lossy().into_owned())
        .filter(|it| it.ends_with(".bio"))
        .collect();
    files.sort();
    let in_ner = |name: &str| ner.join(name).to_string_lossy().into_owned();
    let (clusters, gazetteer) = (in_ner("clusters.tsv.gz"), in_ner("gaz.tsv"));
    let ours = fs::canonicalize("src/annotate/data/organisations.tsv").unwrap();
    let ours = ours.to_string_lossy();
    let given_names =
        ["female", "male"].map(|it| in_ner(&format!("../vocab/given_names_{it}.txt")));
    let mut args = vec!["train", "--out", "names.model", "--clusters", &clusters];
    args.extend(["--gazetteer", &gazetteer, &ours, "--given-names", &given_names[0]]);
    args.extend([given_names[1].as_str(), "--bio"]);
    args.extend(files.iter().map(String::as_str));
    world.run(&args).expect(0);
    let made = fs::read(world.path("names.model")).unwrap();
    let kept = fs::read("src/annotate/data/names.model").unwrap();
    assert!(made == kept, "'src/annotate/data/NOTICE.md' tells how to make the model anew");
}
