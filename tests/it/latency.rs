//! `dateline bench`: what is asked, measured, compared and refused. No test looks at a time.

use std::fs;

use serde_json::{Value, json};

use crate::world::{Said, World};

/// Makes an indexed paper with words of one article, of three, and of all.
fn paper() -> World {
    let names = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron"];
    let record = |idx: usize| {
        json!({
            "id": format!("wire-{idx}"),
            "headline": format!("Council hears of the {} harbour", names[idx]),
            "date": format!("2025-08-{:02}", idx + 10),
            "body": format!(
                "The {} harbour of trio{} was closed on Monday; nobody of the fishermen could say \
                 when ferries would leave again.",
                names[idx],
                ["a", "b", "c"][idx / 3]
            ),
        })
    };
    World::of_records(std::array::from_fn::<_, 8, _>(record))
}

/// A workload in which everything can be asked but one query.
const QUERIES: &str = "word\tferries\nphrase\t\"fishermen could say\"\nword\t(\n\
    newest\tharbour\tnewest limit=3\ncount\tharbour\tcount\nshow\twire-3\tshow\n";

fn with_queries() -> World {
    let world = paper();
    fs::write(world.path("q.tsv"), QUERIES).unwrap();
    world
}

fn read(world: &World, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(world.path(name)).unwrap()).unwrap()
}

fn bench(world: &World, options: &[&str]) -> Said {
    world.run(&[&["bench"], options].concat())
}

fn rows<'a>(report: &'a Value, reach: &str) -> Vec<&'a Value> {
    report["rows"].as_array().unwrap().iter().filter(|row| row["reach"] == reach).collect()
}

#[test]
fn a_file_of_queries_is_asked_as_often_as_wanted() {
    let world = with_queries();
    let said =
        bench(&world, &["--queries", "q.tsv", "--repeat", "3", "--format", "json"]).expect(0);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["format_version"], 1);
    let named =
        |row: &Value| (row["class"].as_str().unwrap().to_owned(), row["n"].as_u64().unwrap());
    let shown: Vec<_> = rows(&report, "show").into_iter().map(named).collect();
    let of = |class: &str| (class.to_owned(), 3);
    assert_eq!(shown, ["word", "phrase", "newest", "count", "show"].map(of));
    let ranked: Vec<_> = rows(&report, "rank").into_iter().map(named).collect();
    assert_eq!(ranked, ["word", "phrase", "newest"].map(of));
    let hits: Vec<f64> =
        rows(&report, "show").iter().map(|row| row["hits_mean"].as_f64().unwrap()).collect();
    assert_eq!(hits, [8.0, 8.0, 3.0, 8.0, 1.0]);
    for row in report["rows"].as_array().unwrap() {
        let of = |key: &str| row[key].as_u64().unwrap();
        let rising =
            ["min_ns", "p50_ns", "p90_ns", "p95_ns", "p99_ns", "p999_ns", "max_ns"].map(of);
        assert!(rising.is_sorted() && rising[0] > 0, "{row}");
        assert_eq!(row["samples"].as_array().unwrap().len(), 3);
    }
    assert_eq!(report["index"]["articles"], 8);
    assert_eq!(report["index"]["generation"], 1);
    assert_eq!(report["run"]["asked"], 3 * (6 + 4));
    assert_eq!(report["workload"]["queries"], 6);
    assert!(report["run"]["caches"].as_str().unwrap().starts_with("warm"));
}

#[test]
fn a_query_that_cannot_be_asked_is_counted_and_named() {
    let world = with_queries();
    let options = ["--queries", "q.tsv", "--repeat", "2", "--reach", "show", "--format", "json"];
    let said = bench(&world, &options).expect(0);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(rows(&report, "show")[0]["errors"], 2);
    assert!(said.err.contains("note: word: (: "), "{said:?}");
    said.says("note: 2 of 12 queries could not be asked; they are in no time");
    fs::write(world.path("bad.tsv"), "a\t(\na\tno such id\tshow\n").unwrap();
    let said = bench(&world, &["--queries", "bad.tsv"]).expect(2);
    let said = said.says("dateline: no query of the workload can be asked");
    assert!(said.err.contains("no such id: there is no article with this id"), "{said:?}");
}

#[test]
fn a_workload_is_drawn_from_the_index_and_can_be_asked_again() {
    let world = paper();
    let drawn = ["--generate", "2", "--seed", "7", "--write-queries", "w.tsv", "--dry-run"];
    let said = bench(&world, &drawn).expect(0);
    let classes: Vec<&str> =
        said.out.lines().skip(1).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(
        classes,
        [
            "word-rare",
            "word-middle",
            "word-frequent",
            "and",
            "or",
            "phrase",
            "proximity",
            "wildcard",
            "fuzzy",
            "field",
            "date",
            "newest",
            "show",
            "count",
            "facets"
        ]
    );
    let first = fs::read_to_string(world.path("w.tsv")).unwrap();
    bench(&world, &drawn).expect(0);
    assert_eq!(fs::read_to_string(world.path("w.tsv")).unwrap(), first);
    let again = ["--queries", "w.tsv", "--repeat", "1", "--warm", "0", "--save", "r.json"];
    bench(&world, &again).expect(0).keeps_quiet_about("could not be asked");
    let report = read(&world, "r.json");
    assert_eq!(rows(&report, "show").len(), 15);
    for row in rows(&report, "show") {
        assert!(row["hits_mean"].as_f64().unwrap() > 0.0 || row["class"] == "fuzzy", "{row}");
    }
}

#[test]
fn what_was_searched_can_be_asked_again() {
    let world = paper();
    for query in ["ferries", "harbour AND amber", "nothing"] {
        world.run(&["search", "--log", "log", "--sort", "newest", "-n", "3", query]);
    }
    let options = ["--from-log", "log", "--write-queries", "w.tsv", "--repeat", "1"];
    bench(&world, &options).expect(0);
    assert_eq!(
        fs::read_to_string(world.path("w.tsv")).unwrap(),
        "newest\tferries\tnewest limit=3\nnewest\tharbour AND amber\tnewest limit=3\n\
         newest\tnothing\tnewest limit=3\n"
    );
}

#[test]
fn a_fixed_rate_is_asked_on_time_and_told() {
    let world = with_queries();
    let options = ["--queries", "q.tsv", "--rate", "200", "--seconds", "0.2", "--save", "r.json"];
    bench(&world, &options).expect(0);
    let run = &read(&world, "r.json")["run"];
    assert_eq!((&run["pace"], &run["asked"]), (&json!("open"), &json!(40)));
    assert_eq!(run["asked_per_s"], 200.0);
}

#[test]
fn processes_may_be_measured_warm_and_cold() {
    let world = with_queries();
    for (option, reach) in [("--process", "process"), ("--cold", "cold")] {
        let options = ["--queries", "q.tsv", "--repeat", "1", option, "--save", "r.json"];
        bench(&world, &options).expect(0);
        let report = read(&world, "r.json");
        assert_eq!(rows(&report, reach).len(), 5);
        assert_eq!(rows(&report, reach)[0]["errors"], 1, "a query is as bad in a process");
        assert!(report["run"]["caches"].as_str().unwrap().contains("a process for each query"));
    }
}

#[test]
fn the_stages_of_a_search_are_told() {
    let world = with_queries();
    let options = ["--queries", "q.tsv", "--repeat", "1", "--cpu", "--stages", "--save", "r.json"];
    let said = bench(&world, &options).expect(0);
    let head = "stages, µs     parse  read  find rescore count fetch match snippet remark print";
    assert!(said.out.lines().any(|line| line == head), "{said:?}");
    let report = read(&world, "r.json");
    assert_eq!(report["run"]["meter"], "cpu");
    let n_stages = |row: &&Value| row["stages"].as_array().map_or(0, Vec::len);
    let n_stages: Vec<usize> = rows(&report, "show").iter().map(n_stages).collect();
    assert_eq!(n_stages, [10, 10, 10, 0, 0], "what is counted or shown by its id is no search");
}

#[test]
fn a_result_is_the_same_as_itself_and_trips_no_gate() {
    let world = with_queries();
    bench(&world, &["--queries", "q.tsv", "--repeat", "4", "--save", "r.json"]).expect(0);
    let compare = ["compare", "r.json", "r.json", "--fail-if", "p99>+10%", "--fail-if", "qps<-5%"];
    let said = bench(&world, &compare).expect(0);
    let verdicts: Vec<&str> = said
        .out
        .lines()
        .filter(|line| line.contains('('))
        .map(|it| it.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(verdicts, ["same"; 8]);
    let json = bench(&world, &["compare", "r.json", "r.json", "--format", "json"]).expect(0);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["rows"][0]["changes"]["p50"]["ratio"], 1.0);
    assert_eq!(json["rows"][0]["verdict"], "same");
}

#[test]
fn a_slower_result_trips_a_gate() {
    let world = with_queries();
    bench(&world, &["--queries", "q.tsv", "--repeat", "20", "--save", "a.json"]).expect(0);
    let mut slower = read(&world, "a.json");
    let twice = |value: &mut Value| *value = json!(value.as_u64().unwrap() * 2);
    for row in slower["rows"].as_array_mut().unwrap() {
        for key in ["p50_ns", "p90_ns", "p95_ns", "p99_ns"] {
            twice(&mut row[key]);
        }
        row["samples"].as_array_mut().unwrap().iter_mut().for_each(|it| twice(&mut it[1]));
    }
    fs::write(world.path("b.json"), slower.to_string()).unwrap();
    let compare = ["compare", "a.json", "b.json", "--fail-if", "p50>+10%"];
    let said = bench(&world, &compare).expect(7);
    let said = said.says("too much: show word: p50 +100.0% (p50>+10%)");
    assert!(said.out.lines().any(|line| line.ends_with("slower")), "{said:?}");
    bench(&world, &["compare", "b.json", "a.json", "--fail-if", "p50>+10%"]).expect(0);
    bench(&world, &["compare", "a.json", "b.json", "--fail-if", "p50>+300%"]).expect(0);
}

#[test]
fn results_of_other_questions_are_not_compared_unless_forced() {
    let world = with_queries();
    bench(&world, &["--queries", "q.tsv", "--repeat", "1", "--save", "a.json"]).expect(0);
    fs::write(world.path("other.tsv"), "word\tharbour\n").unwrap();
    bench(&world, &["--queries", "other.tsv", "--repeat", "1", "--save", "b.json"]).expect(0);
    let said = bench(&world, &["compare", "a.json", "b.json"]).expect(2);
    assert!(said.err.contains("cannot be compared: the workload differs ("), "{said:?}");
    said.says("hint: measure both alike, or compare them all the same with --force");
    let said = bench(&world, &["compare", "a.json", "b.json", "--force"]).expect(0);
    said.says("note: only one of the two has show phrase");
    fs::write(world.path("c.json"), "{}").unwrap();
    let said = bench(&world, &["compare", "a.json", "c.json"]).expect(2);
    said.says("hint: write one with 'dateline bench --format json > FILE'");
    bench(&world, &["compare", "a.json", "none.json"]).expect(6);
    bench(&world, &["compare", "a.json", "b.json", "--fail-if", "p98>1%"]).expect(2);
}

#[test]
fn a_corpus_is_known_again_wherever_it_lies() {
    let world = paper();
    let corpus = |world: &World| {
        bench(world, &["--generate", "1", "--repeat", "1", "--save", "r.json"]).expect(0);
        read(world, "r.json")["index"]["corpus"].clone()
    };
    let first = corpus(&world);
    assert_eq!(corpus(&paper()), first);
    world.put("more.txt", "One article more.");
    world.index().expect(0);
    assert_ne!(corpus(&world), first);
}

#[test]
fn what_cannot_be_asked_at_all_is_told_with_its_place() {
    let world = paper();
    for (text, told) in [
        ("\n", "dateline: w.tsv: no query in it"),
        ("a\tb\n\na\t\n", "dateline: w.tsv:3: no query"),
        ("a\tb\tsoon\n", "dateline: w.tsv:1: 'soon' is no way to ask"),
    ] {
        fs::write(world.path("w.tsv"), text).unwrap();
        bench(&world, &["--queries", "w.tsv"]).expect(2).says(told);
    }
    bench(&world, &["--queries", "none.tsv"]).expect(6);
    bench(&world, &["--queries", "w.tsv", "--generate", "3"]).expect(2);
    bench(&world, &["--rate", "1000000", "--seconds", "60"]).expect(2);
    bench(&world, &["--rate", "0"]).expect(2);
    bench(&world, &["--index", "nowhere", "--generate", "3"]).expect(4);
}

#[test]
fn the_page_needs_nothing_else_and_shows_words_as_words() {
    let world = with_queries();
    fs::write(world.path("q.tsv"), "<b>\tferries\n<b>\t\"the <i> harbour\"\n").unwrap();
    bench(&world, &["--queries", "q.tsv", "--repeat", "2", "--html", "page.html"]).expect(0);
    let page = fs::read_to_string(world.path("page.html")).unwrap();
    for foreign in ["<script", "http:", "https:", "src=", "url(", "@import", "<b>ferries", "<i>"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("&lt;b&gt;") && page.contains("<path class=\"curve show\""), "{page}");
    assert!(page.contains("prefers-color-scheme: dark"));
}
