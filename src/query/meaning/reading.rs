//! Reading a query for what it means.

use crate::article::NAME_GAP;
use crate::text::{self, Case, Moment, Stems, Tokenizer, Tongue, Wildcard};

use super::super::wildcards::{Part, Signs, parts};
use super::super::{Field, Form, Proximity, Query, Within};
use super::{Casing, Clause, Gather, Looseness, Meaning, Pattern, Place, WordTest, Words};

/// Reads a query.
pub(super) fn read(
    query: &Query,
    looseness: Looseness,
    today: Moment,
    tongues: &[Tongue],
    stems: &mut Stems,
) -> Meaning {
    let mut reading = Reading {
        looseness,
        today,
        shouting: Shouting::of(query),
        tokenizer: Tokenizer::default(),
        stems,
        tongues,
        n_leaves: 0,
        left_out: Vec::new(),
    };
    let clause = reading.read(query, Scope { place: Place::Text, form: None });
    Meaning { clause, left_out: reading.left_out }
}

/// Whether a query is typed in capitals throughout, so that capitals mean nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shouting {
    Yes,
    No,
}

impl Shouting {
    fn of(query: &Query) -> Self {
        let mut shouting = Self::Yes;
        query.each_typed(&mut |typed| {
            if typed.contains(char::is_lowercase) {
                shouting = Self::No;
            }
        });
        shouting
    }
}

struct Reading<'a> {
    looseness: Looseness,
    today: Moment,
    shouting: Shouting,
    tokenizer: Tokenizer,
    stems: &'a mut Stems,
    tongues: &'a [Tongue],
    n_leaves: usize,
    left_out: Vec<String>,
}

/// What holds for all words of a part of the query.
#[derive(Clone, Copy)]
struct Scope {
    place: Place,
    form: Option<Form>,
}

impl Scope {
    /// Returns how far from each other words may be of which so many are asked for within a distance:
    /// in a list of names no further than a name reaches.
    fn distance(self, n: u32, n_words: usize) -> u32 {
        match self.place {
            Place::Field(field) if field.lists() => n.min(NAME_GAP.saturating_sub(n_words as u32)),
            _ => n,
        }
    }

    /// The same of two places.
    fn proximity(self, proximity: Proximity) -> Proximity {
        match proximity.within {
            Within::Words(n) => {
                Proximity { within: Within::Words(self.distance(n, 0)), ..proximity }
            }
            _ => proximity,
        }
    }
}

/// What has places in the text, as far as one pattern can say it: `(a AND b) W/5 c` asks for two.
#[derive(Clone)]
enum Places {
    Pattern(Pattern),
    All(Vec<Places>),
    Any(Vec<Places>),
}

impl Places {
    /// Joins every pattern of this with every one of the other.
    fn near(self, proximity: Proximity, right: Self) -> Self {
        match (self, right) {
            (Self::Pattern(left), Self::Pattern(right)) => {
                Self::Pattern(Pattern::Near(Box::new(left), proximity, Box::new(right)))
            }
            (Self::Pattern(left), right) => right
                .map(&|right| Pattern::Near(Box::new(left.clone()), proximity, Box::new(right))),
            (Self::All(parts), right) => Self::All(each_near(parts, proximity, &right)),
            (Self::Any(parts), right) => Self::Any(each_near(parts, proximity, &right)),
        }
    }

    fn map(self, change: &dyn Fn(Pattern) -> Pattern) -> Self {
        match self {
            Self::Pattern(pattern) => Self::Pattern(change(pattern)),
            Self::All(parts) => Self::All(parts.into_iter().map(|it| it.map(change)).collect()),
            Self::Any(parts) => Self::Any(parts.into_iter().map(|it| it.map(change)).collect()),
        }
    }

    /// Joins alternatives, as one pattern if each is one.
    fn any(parts: Vec<Self>) -> Self {
        if !parts.iter().all(|part| matches!(part, Self::Pattern(_))) {
            return Self::Any(parts);
        }
        let patterns = parts.into_iter().filter_map(|part| match part {
            Self::Pattern(pattern) => Some(pattern),
            Self::All(_) | Self::Any(_) => None,
        });
        Self::Pattern(Pattern::Any(patterns.collect()))
    }
}

fn each_near(parts: Vec<Places>, proximity: Proximity, right: &Places) -> Vec<Places> {
    parts.into_iter().map(|part| part.near(proximity, right.clone())).collect()
}

/// Alternatives that stand at the top of a pattern are alternatives of the query: single words
/// among them can be searched faster.
impl From<Places> for Clause {
    fn from(places: Places) -> Self {
        match places {
            Places::Pattern(Pattern::Any(patterns)) => {
                Self::Any(patterns.into_iter().map(|it| Places::Pattern(it).into()).collect())
            }
            Places::Pattern(pattern) => Self::Pattern(pattern),
            Places::All(parts) => Self::All(parts.into_iter().map(Self::from).collect()),
            Places::Any(parts) => Self::Any(parts.into_iter().map(Self::from).collect()),
        }
    }
}

impl Reading<'_> {
    fn read(&mut self, query: &Query, scope: Scope) -> Clause {
        match query {
            Query::Everything => Clause::Everything,
            Query::Loose(parts) => self.loose(parts, scope),
            Query::And(parts) => Clause::All(self.each(parts, scope)),
            Query::Or(parts) => Clause::Any(self.each(parts, scope)),
            Query::Not(part) => Clause::Not(Box::new(self.read(part, scope))),
            Query::Field(field, part) => {
                let place = match field {
                    Field::Headline => Place::Headline,
                    Field::Lead => Place::Lead,
                    field => Place::Field(*field),
                };
                self.read(part, Scope { place, ..scope })
            }
            Query::First(n, part) => self.read(part, Scope { place: Place::First(*n), ..scope }),
            Query::Form(form, part) => self.read(part, Scope { form: Some(*form), ..scope }),
            Query::Date(filter) => Clause::Date(filter.range(self.today)),
            Query::Number(filter) => Clause::WordCount(filter.bounds()),
            Query::Weighted(part, weight) => {
                Clause::Weighted(Box::new(self.read(part, scope)), *weight)
            }
            Query::Word(_)
            | Query::Phrase(_)
            | Query::Wildcard(_)
            | Query::Fuzzy(..)
            | Query::Window(..)
            | Query::Slop(..)
            | Query::Near(..)
            | Query::AtLeast(..) => self.places(query, scope).into(),
        }
    }

    fn each(&mut self, parts: &[Query], scope: Scope) -> Vec<Clause> {
        parts.iter().map(|part| self.read(part, scope)).collect()
    }

    /// Reads what has places in the text; what has none has none of these places either.
    fn places(&mut self, query: &Query, scope: Scope) -> Places {
        let pattern = match query {
            Query::Word(typed) => self.word(typed, scope),
            Query::Phrase(typed) => self.phrase(typed, scope),
            Query::Wildcard(typed) => self.wildcard(typed, scope),
            Query::Fuzzy(typed, distance) => self.fuzzy(typed, *distance, scope),
            Query::Window(typed, n) => self.window(typed, Gather::Within(*n), scope),
            Query::Slop(typed, n) => self.window(typed, Gather::Moved(*n), scope),
            Query::Loose(parts) | Query::And(parts) => {
                return Places::All(parts.iter().map(|part| self.places(part, scope)).collect());
            }
            Query::Or(parts) => {
                return Places::any(parts.iter().map(|part| self.places(part, scope)).collect());
            }
            Query::Near(left, proximity, right) => {
                let left = self.places(left, scope);
                let right = self.places(right, scope);
                return left.near(scope.proximity(*proximity), right);
            }
            Query::AtLeast(n, part) => {
                let counted = |pattern| Pattern::AtLeast(*n, Box::new(pattern));
                return self.places(part, scope).map(&counted);
            }
            Query::Form(form, part) => {
                return self.places(part, Scope { form: Some(*form), ..scope });
            }
            Query::Weighted(part, _) => return self.places(part, scope),
            // The parser lets none of these stand where places are asked for.
            Query::Everything
            | Query::Not(_)
            | Query::First(..)
            | Query::Field(..)
            | Query::Date(_)
            | Query::Number(_) => Pattern::Any(Vec::new()),
        };
        Places::Pattern(pattern)
    }

    /// A word: the words it is tokenized into, or the compound written as one.
    fn word(&mut self, typed: &str, scope: Scope) -> Pattern {
        if scope.place == Place::Field(Field::Id) {
            return self.leaf(vec![WordTest::Surface(typed.to_owned())], scope, typed);
        }
        let (parts, whole) = parts(&mut self.tokenizer, typed, Signs::None);
        let tests = self.tests(parts, scope);
        let leaf = self.leaf(tests, scope, typed);
        match (whole, &leaf) {
            (Some(whole), Pattern::Words(words)) => {
                let tests = self.tests(vec![Part::Word(whole.clone(), whole)], scope);
                let whole = Words { tests, ..words.clone() };
                Pattern::Any(vec![leaf, Pattern::Words(whole)])
            }
            _ => leaf,
        }
    }

    fn phrase(&mut self, typed: &str, scope: Scope) -> Pattern {
        if scope.place == Place::Field(Field::Id) {
            return self.word(typed, scope);
        }
        let (parts, _) = parts(&mut self.tokenizer, typed, Signs::WithinPhrase);
        let tests = self.tests(parts, scope);
        self.leaf(tests, scope, typed)
    }

    fn wildcard(&mut self, typed: &str, scope: Scope) -> Pattern {
        let is_literal = matches!(scope.place, Place::Field(field) if field.is_literal());
        let beginning = typed.trim_end_matches('*');
        if scope.place == Place::Field(Field::Id) {
            let tests = vec![WordTest::Wildcard(Wildcard::prefix_of(beginning))];
            return self.leaf(tests, scope, typed);
        }
        let tests = if is_literal {
            let (mut parts, _) = parts(&mut self.tokenizer, beginning, Signs::None);
            if let Some(Part::Word(last, _)) = parts.pop() {
                parts.push(Part::Wildcard(Wildcard::prefix_of(&last)));
            }
            self.tests(parts, scope)
        } else {
            let (parts, _) = parts(&mut self.tokenizer, typed, Signs::All);
            self.tests(parts, scope)
        };
        self.leaf(tests, scope, typed)
    }

    fn fuzzy(&mut self, typed: &str, distance: u8, scope: Scope) -> Pattern {
        let test = |word| WordTest::Fuzzy(word, distance);
        let tests = text::words(typed).into_iter().map(test).collect();
        self.leaf(tests, scope, typed)
    }

    /// Words that stand together but not in a row; two of them are near each other.
    fn window(&mut self, typed: &str, gather: Gather, scope: Scope) -> Pattern {
        let (parts, _) = parts(&mut self.tokenizer, typed, Signs::WithinPhrase);
        let typed = parts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let tests = self.tests(parts, scope).into_iter().zip(&typed);
        let mut patterns: Vec<Pattern> =
            tests.map(|(test, typed)| self.leaf(vec![test], scope, typed)).collect();
        let gather = match gather {
            Gather::Within(n) => Gather::Within(scope.distance(n, 0)),
            Gather::Moved(n) => Gather::Moved(scope.distance(n, patterns.len())),
        };
        match (patterns.len(), gather) {
            (1, _) => patterns.remove(0),
            (2, Gather::Within(n)) => {
                let (right, left) = (patterns.remove(1), patterns.remove(0));
                let proximity = Proximity::within(Within::Words(n));
                Pattern::Near(Box::new(left), proximity, Box::new(right))
            }
            _ => {
                let words = patterns.into_iter().filter_map(|pattern| match pattern {
                    Pattern::Words(words) => Some(words),
                    _ => None,
                });
                Pattern::Window(words.collect(), gather)
            }
        }
    }

    fn leaf(&mut self, tests: Vec<WordTest>, scope: Scope, typed: &str) -> Pattern {
        let leaf = self.n_leaves;
        self.n_leaves += 1;
        if tests.is_empty() {
            return Pattern::Any(Vec::new());
        }
        let casing = match scope.form {
            None | Some(Form::Exact) => Casing::Any,
            Some(Form::Caps) => Casing::Capitalized,
            Some(Form::AllCaps) => Casing::AllCaps,
            Some(Form::Name(kind)) => Casing::Name(kind),
        };
        Pattern::Words(Words { place: scope.place, tests, casing, leaf, typed: typed.to_owned() })
    }

    fn tests(&mut self, parts: Vec<Part>, scope: Scope) -> Vec<WordTest> {
        let is_stemmed = scope.form.is_none() && !matches!(scope.place, Place::Field(_));
        let test = |part| match part {
            Part::Word(word, typed) if is_stemmed => {
                WordTest::Stem(self.stems.all(self.tongues, &word, &typed))
            }
            Part::Word(word, _) => WordTest::Surface(word),
            Part::Wildcard(wildcard) => WordTest::Wildcard(wildcard),
            Part::AnyWord => WordTest::AnyWord,
        };
        parts.into_iter().map(test).collect()
    }

    /// Operands side by side: stop words go, and the words may be relaxed.
    fn loose(&mut self, parts: &[Query], scope: Scope) -> Clause {
        let kept = self.without_stop_words(parts);
        let mut words = Vec::new();
        let mut others = Vec::new();
        for part in kept {
            let clause = self.read(part, scope);
            if part.is_relaxable() { words.push(clause) } else { others.push(clause) }
        }
        if self.looseness == Looseness::Any && words.len() > 1 {
            words = vec![Clause::Any(words)];
        }
        words.append(&mut others);
        match words.len() {
            1 => words.remove(0),
            _ => Clause::All(words),
        }
    }

    /// Leaves stop words out, unless nothing else that is looked for would remain.
    fn without_stop_words<'q>(&mut self, parts: &'q [Query]) -> Vec<&'q Query> {
        let is_sought = |part: &&Query| !matches!(part, Query::Not(_)) && !self.is_stop_word(part);
        if !parts.iter().any(|part| is_sought(&part)) {
            return parts.iter().collect();
        }
        let (left_out, kept): (Vec<&Query>, Vec<&Query>) =
            parts.iter().partition(|part| self.is_stop_word(part));
        self.left_out.extend(left_out.iter().map(ToString::to_string));
        kept
    }

    /// Tells whether a part is a stop word; `WHO` and `US` are names where case means something.
    fn is_stop_word(&self, part: &Query) -> bool {
        let Query::Word(typed) = part else {
            return false;
        };
        let mut n_words = 0;
        let mut all_stop = true;
        Tokenizer::default().tokenize(typed, |token| {
            n_words += 1;
            let is_name = token.case == Case::AllCaps && self.shouting == Shouting::No;
            all_stop &= text::is_stop_word(token.word) && !is_name;
        });
        n_words == 1 && all_stop
    }
}

impl Query {
    /// Calls `visit` with the words and phrases that are looked for in the text, as typed.
    fn each_typed(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::Word(typed)
            | Self::Phrase(typed)
            | Self::Wildcard(typed)
            | Self::Fuzzy(typed, _)
            | Self::Window(typed, _)
            | Self::Slop(typed, _) => visit(typed),
            Self::Field(field, _) if !field.is_text() => {}
            _ => self.parts().into_iter().for_each(|part| part.each_typed(visit)),
        }
    }

    /// Tells whether it is one of the words of which any will do where not all are found.
    fn is_relaxable(&self) -> bool {
        match self {
            Self::Word(_)
            | Self::Phrase(_)
            | Self::Wildcard(_)
            | Self::Fuzzy(..)
            | Self::Window(..)
            | Self::Slop(..)
            | Self::Near(..) => true,
            Self::Weighted(part, _) | Self::Form(_, part) => part.is_relaxable(),
            _ => false,
        }
    }
}
