//! Random trees, of every kind that the parser makes.

use proptest::prelude::*;
use proptest::sample::select;

use crate::query::parser::{all_of, any_of, side_by_side};
use crate::query::terms::weigh;
use crate::query::{
    COUNT_MAX, Comparison, DISTANCE_MAX, DateFilter, Field, Form, NumberField, NumberFilter,
    Proximity, Query, Weight, When, Within, parse,
};
use crate::text::{CalendarUnit, Moment, Precision, RELATIVE_MAX, RelativeDate};

type Tree = BoxedStrategy<Query>;

/// Makes a whole query.
pub(super) fn query() -> Tree {
    let leaf = prop_oneof![
        4 => words(true),
        2 => within_field(),
        1 => literal_field(),
        1 => (1..=COUNT_MAX, words(true)).prop_map(|(n, part)| Query::First(n, Box::new(part))),
        2 => filter(),
        1 => Just(Query::Everything),
    ];
    joined(weighted(leaf.boxed()), true)
}

/// Makes words as they may stand in a function or a field, with forms or without.
fn words(with_forms: bool) -> Tree {
    joined(weighted(with_places(with_forms)), true)
}

/// Makes what has places in the text: what may be near something, and what may be counted.
fn with_places(with_forms: bool) -> Tree {
    let leaf = if with_forms { leaf_or_form().boxed() } else { leaf() };
    let tree = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            2 => (inner.clone(), proximity(), inner.clone()).prop_filter_map("too many", near),
            1 => (1..=COUNT_MAX, inner.clone()).prop_map(|(n, it)| Query::AtLeast(n, Box::new(it))),
            1 => joined(inner, false),
        ]
    });
    tree.boxed()
}

fn leaf_or_form() -> impl Strategy<Value = Query> {
    let form = select(vec![Form::Exact, Form::Caps, Form::AllCaps]);
    let formed = (form, with_places(false));
    prop_oneof![
        4 => leaf(),
        1 => formed.prop_map(|(form, part)| Query::Form(form, Box::new(part))),
    ]
}

/// Joins two operands where they may be, and where that makes few conditions: many of them would
/// be more than the limit.
fn near((left, proximity, right): (Query, Proximity, Query)) -> Option<Query> {
    let right_places = right.places().ok()?;
    let is_one = !(proximity.negated && right_places.holds_and);
    let is_small = left.places().ok()?.near(right_places).n_conditions <= 8;
    (is_one && is_small).then(|| Query::Near(Box::new(left), proximity, Box::new(right)))
}

fn proximity() -> impl Strategy<Value = Proximity> {
    let within = prop_oneof![
        (1..=DISTANCE_MAX).prop_map(Within::Words),
        Just(Within::Sentence),
        Just(Within::Paragraph),
    ];
    (within, any::<bool>(), any::<bool>()).prop_map(|(within, ordered, negated)| Proximity {
        within,
        ordered,
        negated,
    })
}

/// Joins operands in every way, as the parser joins them.
fn joined(leaf: Tree, with_not: bool) -> Tree {
    let tree = leaf.prop_recursive(4, 24, 4, move |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            1 => parts.clone().prop_map(all_of),
            1 => parts.clone().prop_map(any_of),
            1 => parts.prop_map(side_by_side),
            u32::from(with_not) => inner.prop_map(move |part| match with_not {
                true => Query::Not(Box::new(part)),
                false => part,
            }),
        ]
    });
    tree.boxed()
}

/// Weighs some of what a strategy makes, some of it twice.
fn weighted(part: Tree) -> Tree {
    let weight = || (0..=Weight::MAX, 0..1_000_u32).prop_map(|(n, places)| weight_of(n, places));
    let twice = (part.clone(), weight(), weight());
    prop_oneof![
        8 => part.clone(),
        2 => (part, weight()).prop_map(|(part, weight)| weigh(part, weight)),
        1 => twice.prop_map(|(part, one, other)| weigh(weigh(part, one), other)),
    ]
    .boxed()
}

fn weight_of(whole: u32, thousandths: u32) -> Weight {
    let typed = format!("{whole}.{thousandths:03}");
    Weight::parse(&typed).or_else(|| Weight::parse("1000")).unwrap()
}

/// Makes words, phrases, wildcards and their like.
fn leaf() -> Tree {
    let wildcard = "[a-z]{1,4}[*?]{1,2}[a-z]{0,3}|[*?][a-z]{1,4}[?]?|[a-z]{2}-[a-z]{1,2}\\*";
    let phrase = "[ a-z|():*?~^'«»-]{0,8}[a-z0-9][ a-z().*]{0,8}"
        .prop_filter("gaps", |it| parse(&format!("\"{it}\"")).is_ok());
    let few_words = || "[a-z]{1,4}( [a-zé*-]{0,2}[a-z]){0,3}";
    prop_oneof![
        6 => word().prop_map(Query::Word),
        2 => wildcard.prop_map(Query::Wildcard),
        1 => ("[a-zA-Z]{4,9}", 1..=2_u8).prop_map(|(word, n)| Query::Fuzzy(word, n)),
        2 => phrase.prop_map(Query::Phrase),
        1 => (few_words(), 1..=DISTANCE_MAX).prop_map(|(text, n)| Query::Window(text, n)),
        1 => (few_words(), 0..=DISTANCE_MAX).prop_map(|(text, n)| Query::Slop(text, n)),
    ]
    .boxed()
}

fn word() -> impl Strategy<Value = String> {
    let plain = "[\\p{L}0-9'’$.,][\\p{L}0-9'’.,;&#%+_-]{0,8}[a-z0-9]"
        .prop_filter("operator", |it| !is_boolean(it) && !it.to_lowercase().starts_with("atleast"));
    let odd = vec![
        "10:30",
        "https://a.org/:b",
        "U.S.",
        "Why:",
        "w/o",
        "a/b",
        "W5",
        "within/3",
        "/5",
        "x^y",
        "a~b",
        "W/",
        "exact",
        "W/P.",
    ];
    prop_oneof![4 => plain, 2 => select(odd).prop_map(str::to_owned)]
}

fn is_boolean(word: &str) -> bool {
    ["and", "or", "not"].contains(&word.to_ascii_lowercase().as_str())
}

fn within_field() -> Tree {
    let field = select(vec![
        Field::Headline,
        Field::Lead,
        Field::Byline,
        Field::Dateline,
        Field::Section,
        Field::Source,
        Field::Slug,
        Field::Language,
        Field::Person,
        Field::Org,
        Field::Place,
        Field::Topic,
    ]);
    let of_any = (field, words(false));
    let of_text = (select(vec![Field::Headline, Field::Lead]), words(true));
    prop_oneof![of_any, of_text]
        .prop_map(|(field, part)| Query::Field(field, Box::new(part)))
        .boxed()
}

/// Makes what names an article, where nothing is an operator that follows the colon directly.
fn literal_field() -> Tree {
    let field = select(vec![Field::Id, Field::Url, Field::File]);
    let direct = "[a-z0-9:/?=~^.,<>-]{0,12}[a-z0-9][?~:^]{0,2}|and|w/5|first/9|-12|a\\^2|a~1";
    let within = "[0-9][a-z0-9:?=~^.,<>]{0,8}[a-z0-9][?~:^]{0,2}|w5|/5|first/9|wire:1";
    let within = within.prop_filter("operator", |it| !is_boolean(it));
    let open = |word: String| Query::Wildcard(word + "*");
    let group = prop_oneof![
        4 => within.clone().prop_map(Query::Word),
        1 => within.prop_map(open),
        1 => "[a-z]{1,4}".prop_map(Query::Phrase),
    ];
    let argument = prop_oneof![
        2 => direct.prop_map(Query::Word),
        1 => direct.prop_map(open),
        3 => joined(weighted(group.boxed()), true),
    ];
    (field, argument).prop_map(|(field, part)| Query::Field(field, Box::new(part))).boxed()
}

fn filter() -> Tree {
    let date = comparison(when(), |first, last| match (first, last) {
        (When::Fixed(first), When::Fixed(last)) => first.period().from < last.period().until,
        (When::Relative(first), When::Relative(last)) => first == last,
        _ => true,
    });
    let number = comparison(any::<u64>().boxed(), |least, most| least <= most);
    let field = NumberField::Words;
    prop_oneof![
        date.prop_map(|comparison| Query::Date(DateFilter { comparison })),
        number.prop_map(move |comparison| Query::Number(NumberFilter { field, comparison })),
    ]
    .boxed()
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

fn when() -> BoxedStrategy<When> {
    prop_oneof![moment().prop_map(When::Fixed), relative().prop_map(When::Relative)].boxed()
}

fn relative() -> impl Strategy<Value = RelativeDate> {
    let unit = || {
        select(vec![CalendarUnit::Day, CalendarUnit::Week, CalendarUnit::Month, CalendarUnit::Year])
    };
    let whole = || select(vec![CalendarUnit::Week, CalendarUnit::Month, CalendarUnit::Year]);
    prop_oneof![
        Just(RelativeDate::Today),
        Just(RelativeDate::Yesterday),
        whole().prop_map(RelativeDate::This),
        whole().prop_map(RelativeDate::Last),
        (1..=RELATIVE_MAX, unit()).prop_map(|(n, unit)| RelativeDate::Past(n, unit)),
        (1..=RELATIVE_MAX, unit()).prop_map(|(n, unit)| RelativeDate::Ago(n, unit)),
    ]
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
                moment.precision = Precision::Second;
                moment.seconds += second;
                moment.offset_minutes = (precision == 4).then_some(offset);
                Some(moment)
            }
        },
    )
}
