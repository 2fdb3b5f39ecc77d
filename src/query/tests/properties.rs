//! Laws that hold for every query and every text.

use proptest::prelude::*;

use crate::query::parser::{all_of, any_of, side_by_side};
use crate::query::{Comparison, DateFilter, Field, NumberField, NumberFilter, Query, parse};
use crate::text::Moment;

/// Makes what may stand anywhere: words, phrases and wildcards.
fn argument() -> impl Strategy<Value = Query> {
    let plain = "[\\p{L}0-9'’$.,][\\p{L}0-9'’.,;&#%+_-]{0,8}[a-z0-9]"
        .prop_filter("operator", |it| {
            !["and", "or", "not"].contains(&it.to_ascii_lowercase().as_str())
        });
    let odd = prop::sample::select(vec!["10:30", "https://a.org/:b", "U.S.", "Why:", "w/o", "a/b"]);
    let word = prop_oneof![plain, odd.prop_map(str::to_owned)].boxed();
    prop_oneof![
        4 => word.clone().prop_map(Query::Word),
        1 => word.prop_filter("colon", |it| !it.ends_with(':')).prop_map(|it| Query::Wildcard(it + "*")),
        2 => "[ a-z|():*?~^'«»-]{0,8}[a-z0-9][ a-z().]{0,8}".prop_map(Query::Phrase),
    ]
}

/// Makes what names an article, where nothing is an operator.
fn literal() -> impl Strategy<Value = Query> {
    let fields = prop::sample::select(vec![Field::Id, Field::Url, Field::File]);
    let word = "[a-z0-9:/?=~^.,<>-]{0,12}[a-z0-9][?~:^]{0,2}";
    (fields, word).prop_map(|(field, word)| Query::Field(field, Box::new(Query::Word(word))))
}

fn moment() -> impl Strategy<Value = Moment> {
    (1400_i16..=2200, 1_i8..=12, 1_i8..=28, 0..86_400_i64, -900_i16..900, 0..5).prop_filter_map(
        "calendar",
        |(year, month, day, second, offset, precision)| match precision {
            0 => Moment::year(year),
            1 => Moment::month(year, month),
            2 => Moment::day(year, month, day),
            precision => {
                let mut moment = Moment::day(year, month, day)?;
                moment.precision = crate::text::Precision::Second;
                moment.seconds += second;
                moment.offset_minutes = (precision == 4).then_some(offset);
                Some(moment)
            }
        },
    )
}

fn comparison<T: Copy + std::fmt::Debug>(
    value: BoxedStrategy<T>,
    is_range: fn(T, T) -> bool,
) -> impl Strategy<Value = Comparison<T>> {
    (value.clone(), value, 0..6).prop_map(move |(one, other, kind)| match kind {
        0 => Comparison::Equal(one),
        1 if is_range(one, other) => Comparison::Between(one, other),
        1 | 2 => Comparison::Below(one),
        3 => Comparison::AtMost(one),
        4 => Comparison::AtLeast(one),
        _ => Comparison::Above(one),
    })
}

fn filter() -> impl Strategy<Value = Query> {
    let date =
        comparison(moment().boxed(), |first, last| first.period().from < last.period().until);
    let number = comparison(any::<u64>().boxed(), |least, most| least <= most);
    let field = NumberField::Words;
    prop_oneof![
        date.prop_map(|comparison| Query::Date(DateFilter { comparison })),
        number.prop_map(move |comparison| Query::Number(NumberFilter { field, comparison })),
    ]
}

/// Joins operands in every way, as the parser joins them.
fn tree(leaf: impl Strategy<Value = Query> + 'static) -> impl Strategy<Value = Query> {
    leaf.prop_recursive(5, 40, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            parts.clone().prop_map(all_of),
            parts.clone().prop_map(any_of),
            parts.prop_map(side_by_side),
            inner.prop_map(|negated| Query::Not(Box::new(negated))),
        ]
    })
}

fn query() -> impl Strategy<Value = Query> {
    let field = prop::sample::select(vec![
        Field::Headline,
        Field::Byline,
        Field::Dateline,
        Field::Section,
        Field::Source,
        Field::Slug,
        Field::Language,
        Field::Id,
        Field::Url,
        Field::File,
    ]);
    let within = (field, tree(argument()));
    let within = within.prop_map(|(field, inner)| Query::Field(field, Box::new(inner)));
    tree(prop_oneof![
        4 => argument(),
        1 => literal(),
        2 => within,
        2 => filter(),
        1 => Just(Query::Everything),
    ])
}

/// Puts pieces that mean something to the parser where they do not belong.
fn mutated() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "",
        " ",
        "\"",
        "“",
        "”",
        "«",
        "»",
        "(",
        ")",
        "|",
        "-",
        " - ",
        "*",
        "?",
        "~",
        "~2",
        "^",
        ":",
        ">=",
        "..",
        " AND ",
        " or ",
        "NOT ",
        "date:",
        "headline:",
        "id:",
        "W/5",
        "atleast3(",
        "é",
        "\u{1b}",
        "\u{301}",
        "\u{3000}",
        "\0",
    ]);
    let change = (any::<prop::sample::Index>(), 0..3_usize, piece);
    let changes = prop::collection::vec(change, 1..5);
    (query(), changes).prop_map(|(query, changes)| {
        let mut text: Vec<char> = query.to_string().chars().collect();
        for (at, n_removed, piece) in changes {
            let at = at.index(text.len() + 1);
            let end = text.len().min(at + n_removed);
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

/// Checks that a text is refused with a caret under it, or reads the same once printed.
fn check_any(text: &str) {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(parse(&printed).ok(), Some(query), "{text:?} prints {printed:?}");
        }
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains(|c: char| c.is_control() && c != '\n'), "{message:?}");
            let n_lines = message.lines().count();
            assert_eq!(n_lines, if text.trim().is_empty() { 1 } else { 3 }, "{message}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_printed_query_reads_the_same(query in query()) {
        let printed = query.to_string();
        let found = parse(&printed).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&found, &query, "{}", printed);
        prop_assert_eq!(found.to_string(), printed);
    }

    #[test]
    fn a_damaged_query_is_refused_or_reads_the_same_once_printed(text in mutated()) {
        check_any(&text);
    }

    #[test]
    fn any_text_is_refused_or_reads_the_same_once_printed(text in ".{0,40}|[a-z :\"|()*~^/.><=-]{0,40}") {
        check_any(&text);
    }
}
