//! Copies of one story: found, folded, listed, compared; and who told a story first.

use std::collections::HashSet;

use dateline::random::SplitMix64;
use dateline::search::{Folding, Lead, Match, Request, Searcher, Sort, Spelling};
use serde_json::{Value, json};

use crate::world::World;

/// A report of some sixty words, in paragraphs.
const REPORT: [&str; 3] = [
    "ALDER BAY (Wire) - The trawler Grey Heron was towed into the harbour of Alder Bay on Monday \
     evening, two days after her engine had failed in a storm north of Gannet Island.",
    "Her crew of four is well, said the harbour master, who had feared for them on Sunday, when the \
     radio fell silent for nine hours.",
    "The owner means to have her repaired before the herring come in April.",
];

/// Makes a record of some paragraphs.
fn record(id: &str, source: &str, date: &str, paragraphs: &[&str]) -> Value {
    let headline = format!("{source} reports");
    json!({"id": id, "source": source, "date": date, "headline": headline, "paragraphs": paragraphs})
}

/// A report, three versions of it, and another story about the same harbour.
fn archive() -> World {
    let [first, second, third] = REPORT;
    let corrected = first.replace("two days", "three days");
    let longer = "Nobody could say on Tuesday who is to pay for the tow.";
    World::of_records([
        record("bay", "Bay Post", "2024-02-07", &[&corrected, second, third]),
        record("wire", "Wire", "2024-02-06", &[first, second, third]),
        record("echo", "Echo", "2024-02-08", &[first, second]),
        record("news", "Bay Post", "2024-02-09", &[first, second, third, longer]),
        record(
            "quay",
            "Echo",
            "2024-03-01",
            &["The harbour of Alder Bay has a new quay, and the trawler fleet will be grateful."],
        ),
    ])
}

#[test]
fn copies_of_a_story_are_one_hit_that_tells_of_the_others() {
    let world = archive();
    let said = world.search("trawler AND storm").expect(0);
    assert!(said.err.contains("1 of 4 articles in "), "{said:?}");
    assert_eq!(world.json(&[], "trawler")["summary"]["total"], 5);
    assert_eq!(world.ids(&[], "trawler").len(), 2);
    let said = world.search("\"three days after\"").expect(0);
    said.prints_line("+3 versions in 3 sources, first 6 February 2024");
}

#[test]
fn a_hit_has_its_cluster_in_json_and_one_that_stands_alone_has_none() {
    let world = archive();
    let answer = world.json(&[], "headline:wire");
    assert_eq!(
        answer["hits"][0]["cluster"],
        json!({
            "id": "wire", "versions": 4, "sources": ["Wire", "Bay Post", "Echo"],
            "first": "2024-02-06",
        })
    );
    assert_eq!(world.json(&[], "grateful")["hits"][0].get("cluster"), None);
}

#[test]
fn every_copy_is_shown_to_whoever_asks_and_in_a_concordance() {
    let world = archive();
    assert_eq!(world.ids(&["--all-copies"], "trawler").len(), 5);
    let said = world.run(&["search", "--kwic", "--format", "tsv", "storm"]).expect(0);
    assert_eq!(said.out.lines().filter(|line| line.contains("storm")).count(), 4, "{said:?}");
}

#[test]
fn the_earliest_or_the_longest_of_those_that_match_leads() {
    let world = archive();
    let lead = |lead, query| world.ids(&["--lead", lead], query);
    assert_eq!(lead("earliest", "storm"), ["wire"]);
    assert_eq!(lead("longest", "storm"), ["news"]);
    // The earliest is of another source, and the longest too.
    assert_eq!(lead("earliest", "storm source:echo"), ["echo"]);
    assert_eq!(lead("longest", "storm AND (source:echo OR source:wire)"), ["wire"]);
    assert_eq!(world.ids(&["--sort", "newest"], "storm"), ["news"]);
    assert_eq!(world.ids(&["--sort", "oldest"], "storm"), ["wire"]);
    for led in ["best", "earliest", "longest"] {
        let answer = world.json(&["--lead", led], "\"three days\"");
        assert_eq!(answer["hits"][0]["id"], "bay", "what does not match does not lead");
    }
}

#[test]
fn counts_and_runs_know_no_copies() {
    let world = archive();
    assert_eq!(world.count("storm"), 4);
    let request = Request {
        folding: Folding::Folded(Lead::Best),
        ..Request::new(dateline::query::parse("storm").unwrap())
    };
    assert_eq!(world.searcher().listing(&request).unwrap().len(), 4);
    let said = world.run(&["facets", "storm", "--by", "source", "--format", "json"]).expect(0);
    let facets: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(facets["source"][0], json!({"value": "Bay Post", "count": 2}));
}

#[test]
fn the_versions_of_a_story_are_listed_with_what_differs() {
    let world = archive();
    world.run(&["versions", "echo"]).expect(0).prints([
        " 1  Wire reports",
        "    Wire · 6 February 2024 · 70 words",
        "    wire",
        "",
        " 2  Bay Post reports",
        "    Bay Post · 7 February 2024 · 70 words · 86 % alike",
        "    bay",
        "    …Bay on Monday evening, [-two-] {+three+} days after her engine…",
        "",
        " 3  Echo reports",
        "    Echo · 8 February 2024 · 57 words · 80 % alike",
        "    echo",
        "    …silent for nine hours. [-¶ The owner means to have her repaired before-]",
        "    [-the herring come in April.-]…",
        "",
        " 4  Bay Post reports",
        "    Bay Post · 9 February 2024 · 82 words · 85 % alike",
        "    news",
        "    …herring come in April. {+¶ Nobody could say on Tuesday who is to pay for+}",
        "    {+the tow.+}…",
    ]);
    let said = world.run(&["--color", "always", "versions", "wire", "-n", "2"]).expect(0);
    assert!(said.out.contains("\u{1b}[9;31mtwo\u{1b}[0m \u{1b}[4;32mthree\u{1b}[0m"), "{said:?}");
    said.says("note: 2 versions not listed; -n lists more");
    world.run(&["versions", "wire", "--changes", "0"]).expect(0).prints_line("echo");
}

#[test]
fn versions_are_compared_with_the_article_that_is_named_and_json_has_all_changes() {
    let world = archive();
    let said = world.run(&["versions", "wire", "--against", "bay", "--format", "json"]).expect(0);
    let found: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&found["against"], &found["n_versions"]), (&json!("bay"), &json!(4)));
    assert_eq!(found["versions"][0]["id"], "wire");
    assert_eq!(found["versions"][0]["similarity"], 0.859);
    assert_eq!(
        found["versions"][0]["changes"],
        json!([[
            {"kind": "kept", "text": "Bay on Monday evening,"},
            {"kind": "removed", "text": "three"},
            {"kind": "added", "text": "two"},
            {"kind": "kept", "text": "days after her engine"},
        ]])
    );
    assert_eq!(found["versions"][1]["changes"], json!([]));
}

#[test]
fn an_article_without_copies_is_its_only_version() {
    let world = archive();
    let said = world.run(&["versions", "quay"]).expect(1);
    said.says("no other version of 'quay' is in the archive").prints_line("quay");
    world
        .run(&["versions", "nobody"])
        .expect(2)
        .says("dateline: there is no article with the id 'nobody'");
    world.run(&["versions", "quay", "--against", "nobody"]).expect(2);
    world.run(&["versions", "quay", "-n", "0"]).expect(2);
}

#[test]
fn the_first_article_of_each_source_is_told_the_earliest_first() {
    let world = archive();
    world.put("undated.txt", "Grey Heron safe\n\nThe trawler Grey Heron is safe in the harbour.");
    world.index().expect(0);
    let ids = |args: &[&str]| {
        let said = world.run(&[&["first", "--format", "json"], args].concat()).expect(0);
        let answer: Value = serde_json::from_str(&said.out).unwrap();
        let hits = answer["hits"].as_array().unwrap().clone();
        hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["trawler"]), ["wire", "bay", "echo"]);
    assert_eq!(ids(&["trawler", "-n", "1"]), ["wire"]);
    assert_eq!(ids(&["three", "days"]), ["bay"]);
    let said = world.run(&["first", "trawler", "-n", "2"]).expect(0);
    let said = said.says("note: 1 more article matches and has no date");
    let said = said.says("note: 1 more source has articles that match");
    said.prints_line("+3 versions in 2 sources, first 6 February 2024");
    world.run(&["first", "zebra"]).expect(1).says("no article matches zebra");
    world.run(&["first", "trawler", "zebra"]).expect(1);
    world.run(&["first", "trawler", "-harbour"]).expect(1);
}

#[test]
fn similar_articles_are_others_about_the_same_thing() {
    let world = archive();
    let said = world.run(&["similar", "wire", "--format", "paths"]).expect(0);
    let said = said.prints(["news/wire.jsonl:5"]);
    assert!(said.err.starts_with("asked for "), "{said:?}");
    assert!(said.err.contains("trawler"), "{said:?}");
    let said = world.run(&["similar", "quay"]).expect(0);
    said.prints_line("+3 versions in 2 sources, first 6 February 2024");
    world.run(&["similar", "nobody"]).expect(2);
    World::of(["Zebra crossing.", "Herring."])
        .run(&["similar", "a.txt"])
        .expect(1)
        .says("no article is like 'a.txt'");
}

/// A random archive: stories with copies, some of them with a few words of their own.
struct Archive {
    random: SplitMix64,
    n_stories: usize,
}

impl Archive {
    fn new(seed: u64) -> Self {
        Self { random: SplitMix64::new(seed), n_stories: 12 }
    }

    /// Makes the record of an article with a number.
    fn record(&mut self, number: usize) -> String {
        let story = self.random.below(self.n_stories);
        let n_own = self.random.below(60);
        let word = |it: usize| match it < 150 - n_own {
            true => format!("s{story}x{it} common"),
            false => format!("o{number}x{it} common"),
        };
        let text: Vec<String> = (0..150).map(word).collect();
        let date = match self.random.below(9) {
            0 => String::new(),
            day => format!("2024-05-0{day}"),
        };
        let source = format!("Paper {}", self.random.below(4));
        record(&format!("a{number}"), &source, &date, &[&text.join(" ")]).to_string()
    }
}

/// Returns the stories, whatever their order.
fn stories(searcher: &Searcher) -> HashSet<Vec<String>> {
    searcher.stories().unwrap().into_iter().collect()
}

#[test]
fn clusters_are_the_same_built_at_once_or_night_by_night() {
    for seed in 0..4 {
        let mut archive = Archive::new(seed);
        let mut files: Vec<Vec<String>> =
            (0..5).map(|file| (0..16).map(|it| archive.record(file * 16 + it)).collect()).collect();
        let world = World::empty();
        for (idx, records) in files.iter().enumerate() {
            world.put(&format!("{idx}.jsonl"), records.join("\n"));
            world.index().expect(0);
        }
        let before = stories(&world.searcher());
        assert!(before.len() > 5, "{before:?}");
        // A night with a correction, a record that is gone, and a file that is.
        files[1][3] = archive.record(16 + 3);
        files[2].remove(5);
        world.put("1.jsonl", files[1].join("\n"));
        world.put("2.jsonl", files[2].join("\n"));
        std::fs::remove_file(world.news("3.jsonl")).unwrap();
        world.run(&["index", "news", "--max-delete", "100%"]).expect(0);
        let night = stories(&world.searcher());
        assert_ne!(night, before);
        world.run(&["index", "news", "--rebuild"]).expect(0);
        assert_eq!(night, stories(&world.searcher()), "seed {seed}");
        world.run(&["verify"]).expect(0);
    }
}

#[test]
fn folding_keeps_the_first_hit_of_each_story_and_fills_the_page() {
    for seed in 10..13 {
        let mut archive = Archive::new(seed);
        let records: Vec<String> = (0..260).map(|it| archive.record(it)).collect();
        let world = World::with([("wire.jsonl", &records.join("\n"))]);
        world.index().expect(0);
        let searcher = world.searcher();
        let stories = searcher.stories().unwrap();
        let story = |id: &str| stories.iter().position(|it| it.iter().any(|it| it == id));
        for (query, limit) in [("common", 10), ("common", 25), ("s1x3 OR s2x4", 3), ("*", 400)] {
            for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
                let ids = |folding, limit| {
                    let request = Request {
                        limit,
                        sort,
                        folding,
                        matching: Match::All,
                        spelling: Spelling::AsTyped,
                        ..Request::new(dateline::query::parse(query).unwrap())
                    };
                    let hits = searcher.search(&request).unwrap().hits.into_iter();
                    hits.map(|hit| hit.article.id).collect::<Vec<_>>()
                };
                let mut seen = HashSet::new();
                let mut expected = ids(Folding::None, 400);
                expected.retain(|id| story(id).is_none_or(|it| seen.insert(it)));
                expected.truncate(limit);
                let folded = ids(Folding::Folded(Lead::Best), limit);
                assert_eq!(folded, expected, "{query} {sort:?} {limit}");
            }
        }
    }
}
