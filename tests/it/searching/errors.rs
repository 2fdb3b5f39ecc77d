//! Queries and commands that cannot be understood.

use crate::world::World;

/// Checks the lines on stderr that a query is refused with, and the exit code 2.
#[track_caller]
fn refuses<const N: usize>(query: &str, lines: [&str; N]) {
    let said = World::empty().search(query).expect(2);
    assert_eq!(said.err.lines().collect::<Vec<_>>(), lines);
    said.prints([]);
}

#[test]
fn an_unknown_field_is_refused_with_the_nearest_name() {
    refuses(
        "headl:ceasefire",
        [
            "dateline: unknown field 'headl'",
            "  headl:ceasefire",
            "  ^^^^^ did you mean 'headline' (short: hd)?",
            "hint: to search for it as text, put it all in quotes: \"headl:ceasefire\"",
        ],
    );
}

#[test]
fn a_quote_that_is_not_closed_is_shown() {
    refuses(
        "ferry \"mill bridge",
        [
            "dateline: the quote is not closed",
            "  ferry \"mill bridge",
            "        ^ put a \" where the phrase ends",
        ],
    );
}

#[test]
fn a_parenthesis_that_is_not_closed_is_shown() {
    refuses(
        "Zoë (ferry OR mill",
        [
            "dateline: the parenthesis is not closed",
            "  Zoë (ferry OR mill",
            "      ^ put a ')' where the group ends",
        ],
    );
}

#[test]
fn a_misplaced_operator_is_shown() {
    refuses(
        "ferry AND",
        [
            "dateline: nothing stands after 'AND'",
            "  ferry AND",
            "        ^^^ it joins what stands on both sides",
            "hint: to search for the word 'and', put it in quotes: \"and\"",
        ],
    );
}

#[test]
fn a_date_that_is_none_is_shown() {
    refuses(
        "date:2024-13",
        [
            "dateline: cannot read '2024-13' as a date",
            "  date:2024-13",
            "       ^^^^^^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
        ],
    );
}

#[test]
fn the_caret_stands_under_wide_letters_and_after_control_characters() {
    refuses(
        "東京 \u{1b}[31m headl:x",
        [
            "dateline: unknown field 'headl'",
            "  東京  [31m headl:x",
            "             ^^^^^ did you mean 'headline' (short: hd)?",
            "hint: to search for it as text, put it all in quotes: \"headl:x\"",
        ],
    );
}

#[test]
fn forms_that_are_typed_wrongly_are_told_how_to_be_typed() {
    for (query, lines) in [
        (
            "troops W/0 kyiv",
            [
                "dateline: 'W/0' is no distance between words",
                "  troops W/0 kyiv",
                "         ^^^ neighbours are 1 apart, and 1000 is the most",
            ],
        ),
        (
            "putin W/5 date:2024",
            [
                "dateline: nothing can be near 'date:2024'",
                "  putin W/5 date:2024",
                "            ^^^^^^^^^ join it with AND",
            ],
        ),
        (
            "zelensky~3",
            [
                "dateline: '~3' is no number of wrong letters",
                "  zelensky~3",
                "          ^^ write ~1 or ~2",
            ],
        ),
        (
            "atleast0(nato)",
            [
                "dateline: 'atleast0' is out of range",
                "  atleast0(nato)",
                "  ^^^^^^^^ write a number from 1 to 1000000",
            ],
        ),
    ] {
        refuses(query, lines);
    }
}

#[test]
fn an_empty_query_is_refused() {
    for query in ["", "  \t\n"] {
        refuses(
            query,
            [
                "dateline: the query is empty",
                "hint: name a word to search for, or '*' for every article",
            ],
        );
    }
}

#[test]
fn a_query_is_read_before_the_index_is_opened() {
    World::empty().search("ferry (").expect(2);
    World::empty().run(&["count", "ferry ("]).expect(2);
    World::empty().run(&["explain", "ferry ("]).expect(2);
    World::empty().run(&["show", "a.txt", "-q", "ferry ("]).expect(2);
}

#[test]
fn commands_and_options_that_do_not_exist_are_exit_code_2() {
    let world = World::empty();
    for args in [
        &["serach", "ferry"][..],
        &["search"],
        &["count"],
        &[],
        &["search", "--sort", "best", "ferry"],
        &["search", "--format", "xml", "ferry"],
        &["search", "--timeout", "-1", "ferry"],
        &["search", "--timeout", "NaN", "ferry"],
        &["search", "-n", "many", "ferry"],
        &["man", "dance"],
    ] {
        let said = world.run(args).expect(2);
        assert!(!said.err.is_empty() && said.out.is_empty(), "{args:?}");
    }
}

#[test]
fn help_version_completions_and_manual_are_data() {
    let world = World::empty();
    for args in [
        &["--help"][..],
        &["--version"],
        &["search", "--help"],
        &["completions", "bash"],
        &["man"],
        &["man", "search"],
    ] {
        let said = world.run(args).expect(0);
        assert!(!said.out.is_empty() && said.err.is_empty(), "{args:?}");
    }
}

#[test]
fn an_article_that_is_not_there_is_told() {
    let world = World::of(["Ferry."]);
    let said = world.run(&["show", "b.txt"]).expect(2);
    said.says("dateline: there is no article with the id 'b.txt'")
        .says("hint: ids are printed below each hit of 'dateline search'");
    world.run(&["explain", "ferry", "b.txt"]).expect(2);
}

#[test]
fn without_an_index_a_search_is_exit_code_4() {
    for args in [&["search", "ferry"][..], &["count", "ferry"], &["show", "a"], &["status"]] {
        World::empty()
            .run(args)
            .expect(4)
            .says("dateline: there is no index at 'index'")
            .says("hint: build one with 'dateline index PATH', PATH being your archive");
    }
}
