//! What holds of an index at any moment, looked at through its public face.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dateline::article::Article;
use dateline::index::{GENERATIONS_KEPT, Home};
use dateline::query::parse;
use dateline::search::{HITS_MAX, Match, Request, Searcher, Spelling};
use dateline::snippet::Measure;
use dateline::text::Moment;
use serde_json::Value;

use super::archive::{Archive, Model};
use super::program;
use crate::world::World;

/// The report, the list of what was set aside, and whatever else lies in the index directory.
const BESIDE_GENERATIONS: [&str; 5] = ["CURRENT", "LOCK", "README.md", "quarantine.ndjson", "runs"];

/// What may lie in the index directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// What is documented.
    ARun,
    /// The draft of a run that was killed too, and files that were to replace others.
    AKill,
}

/// Checks everything, after a run that went through.
#[track_caller]
pub(super) fn check_all(world: &World, archive: &Archive) {
    let model = archive.model();
    check_layout(world, After::ARun);
    check_status(world, archive);
    check_listing(world, &model);
    let searcher = world.searcher();
    assert_same(&answers(&searcher), &model, "the stored articles");
    check_words(&searcher, &model, &archive.words());
}

/// Checks what lies in the index directory.
#[track_caller]
pub(super) fn check_layout(world: &World, after: After) {
    let names = names(&world.path("index"));
    let is_generation = |it: &String| it.len() == 7 && it.starts_with('g');
    let (generations, others): (Vec<String>, Vec<String>) =
        names.into_iter().partition(is_generation);
    let is_left_by_a_kill = |it: &str| it == "draft" || it.ends_with(".new");
    for name in others {
        let is_known = BESIDE_GENERATIONS.contains(&name.as_str());
        assert!(is_known || after == After::AKill && is_left_by_a_kill(&name), "'{name}' is left");
    }
    let current = current(&world.path("index"));
    assert!(generations.contains(&current), "'{current}' is none of {generations:?}");
    if after == After::ARun {
        assert_eq!(generations.last(), Some(&current), "a generation after the one in use");
        assert!(generations.len() <= GENERATIONS_KEPT, "{generations:?}");
        for name in generations {
            for file in ["facts.json", "files.ndjson", "meta.json"] {
                let path = format!("index/{name}/{file}");
                assert!(world.path(&path).exists(), "there is no {path}");
            }
        }
        let reports = self::names(&world.path("index/runs"));
        assert!(reports.iter().all(|it| it.ends_with(".json")), "{reports:?}");
    }
}

/// Returns the name of the generation in use.
pub(super) fn current(index: &Path) -> String {
    fs::read_to_string(index.join("CURRENT")).unwrap().trim_end().to_owned()
}

/// Returns the names in a folder, in order.
pub(super) fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<String> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Checks the sums that `status` tells.
#[track_caller]
fn check_status(world: &World, archive: &Archive) {
    let said = world.run(&["status", "--format", "json"]).expect(0);
    let status: Value = serde_json::from_str(&said.out).unwrap();
    for (key, n) in [
        ("articles", archive.model().len()),
        ("files", archive.n_files()),
        ("quarantined", archive.n_bad()),
    ] {
        assert_eq!(status[key], n, "'{key}' of {}", said.out);
    }
}

/// Checks that the program counts and lists every article, and none twice. A story that was told of
/// another word, moved and put back as it was is there twice, as copies: so all are asked for.
#[track_caller]
fn check_listing(world: &World, model: &Model) {
    let answer = world.json(&["--all-copies", "-n", &HITS_MAX.to_string()], "*");
    let hits = answer["hits"].as_array().unwrap();
    let mut ids: Vec<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    let missing: Vec<&String> = model.keys().filter(|id| !ids.contains(&id.as_str())).collect();
    let strays: Vec<&&str> = ids.iter().filter(|id| !model.contains_key(**id)).collect();
    assert!(missing.is_empty() && strays.is_empty(), "search '*': {missing:?}, but {strays:?}");
    assert_eq!(ids.len(), model.len(), "search '*' lists articles twice");
    assert_eq!(world.count("*"), model.len() as u64, "count '*'");
}

/// Of how many words one is asked for the article that it finds; all others only for how many.
const ONE_ARTICLE_OF: usize = 4;

/// Checks that every word of the archive finds its article and only it, and that the words of what
/// was deleted or replaced find nothing.
#[track_caller]
pub(super) fn check_words(searcher: &Searcher, model: &Model, words: &[String]) {
    let ids: BTreeMap<&String, &String> = model.iter().map(|(id, word)| (word, id)).collect();
    for (nth, word) in words.iter().enumerate() {
        let query = parse(word).unwrap();
        let n_found = searcher.count(&query, Moment::of_timestamp(0)).unwrap().n_articles;
        let Some(id) = ids.get(word) else {
            assert_eq!(n_found, 0, "'{word}', which was deleted or replaced, is found");
            continue;
        };
        assert_eq!(n_found, 1, "'{word}' of '{id}'");
        // Others of them after another day, when there are more words.
        if (nth + words.len()).is_multiple_of(ONE_ARTICLE_OF) {
            let found = hits(searcher, word);
            assert!(found.iter().map(|it| &it.id).eq([*id]), "'{word}' finds not '{id}'");
        }
    }
}

/// Returns what an index answers: the id of each article, and the word in what is stored of it.
#[track_caller]
pub(super) fn answers(searcher: &Searcher) -> Model {
    let mut answers = Model::new();
    for article in hits(searcher, "*") {
        let word = the_word(&article);
        let twice = answers.insert(article.id.clone(), word);
        assert_eq!(twice, None, "'{}' is there twice", article.id);
    }
    answers
}

/// Returns the articles that a query finds.
fn hits(searcher: &Searcher, query: &str) -> Vec<Article> {
    let request = Request {
        limit: HITS_MAX,
        matching: Match::All,
        spelling: Spelling::AsTyped,
        measure: Measure { n_snippets_max: 0, ..Measure::default() },
        ..Request::new(parse(query).unwrap())
    };
    let answer = searcher.search(&request).unwrap();
    assert_eq!(answer.total, answer.hits.len() as u64, "'{query}' lists all that it counts");
    answer.hits.into_iter().map(|hit| hit.article).collect()
}

/// Returns the word of an article that stands nowhere else.
fn the_word(article: &Article) -> String {
    let paragraphs = article.paragraphs.iter().map(|it| it.text.as_str());
    let lines = paragraphs.chain([article.headline.as_str()]);
    let mut words = lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    words.find(|it| it.starts_with("qx")).unwrap_or_default().to_owned()
}

/// Checks that the index answers like one that is made of the same archive from nothing: the same
/// articles, word for word, each with the place where it was read.
#[track_caller]
pub(super) fn check_like_new(world: &World) {
    let mut command = program::index(world);
    let code = command.args(["--index", "from-nothing"]).output().unwrap().status.code();
    assert!(matches!(code, Some(0 | 3)), "{code:?}");
    let of = |searcher: &Searcher| -> BTreeMap<String, Article> {
        hits(searcher, "*").into_iter().map(|it| (it.id.clone(), it)).collect()
    };
    let expected = of(&Searcher::open(&Home::at(world.path("from-nothing"))).unwrap());
    let found = of(&world.searcher());
    assert!(found.keys().eq(expected.keys()), "an index made from nothing lists other articles");
    for (id, expected) in &expected {
        let found = &found[id];
        assert_eq!(
            found.origin, expected.origin,
            "an index made from nothing has '{id}' elsewhere"
        );
        assert_eq!(found, expected, "an index made from nothing has another '{id}'");
    }
    fs::remove_dir_all(world.path("from-nothing")).unwrap();
}

/// Checks that two models are the same, and tells of others only where they differ.
#[track_caller]
pub(super) fn assert_same(found: &Model, expected: &Model, what: &str) {
    assert!(found == expected, "{what}: {}", difference(found, expected));
}

/// Tells how two models differ, in a few lines.
pub(super) fn difference(found: &Model, expected: &Model) -> String {
    let mut lines = Vec::new();
    for (id, word) in expected {
        match found.get(id) {
            None => lines.push(format!("'{id}' is missing")),
            Some(other) if other != word => {
                lines.push(format!("'{id}' has '{other}', not '{word}'"));
            }
            Some(_) => {}
        }
    }
    let strays = found.keys().filter(|id| !expected.contains_key(*id));
    lines.extend(strays.map(|id| format!("'{id}' should not be there")));
    let (n, n_all) = (lines.len(), expected.len());
    lines.truncate(8);
    format!("{n} differences among {n_all} articles:\n  {}", lines.join("\n  "))
}
