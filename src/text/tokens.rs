//! Words, as the index, the query and the highlighter see them.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::Span;
use super::ascii::{IS_PLAIN, ascii_word_end};
use super::fold::{fold_into, is_ignorable};

/// The longest folded word that is kept, in bytes; of a longer one the beginning is.
pub const WORD_BYTES_MAX: usize = 120;

/// The most words that are read as one compound; a longer chain of hyphens falls into several.
pub const WORDS_PER_COMPOUND_MAX: usize = 12;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded surface form.
    pub word: &'a str,
    /// Where the word is printed.
    pub span: Span,
    /// The place of the word among the words of its text, from 0.
    pub position: u32,
    /// How many positions the token covers: 1, or all of a compound's words where the token is
    /// the compound written as one.
    pub n_positions: u32,
    /// How the word is printed; of a compound, how its first part is.
    pub case: Case,
}

/// How a word is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Beginning with a small letter, a figure or a letter of a script without capitals.
    Lower,
    /// Beginning with a capital.
    Capitalized,
    /// Two letters or more, all of them capitals.
    AllCaps,
}

/// Cuts texts into words.
///
/// A word is a run of letters, figures and their marks (Unicode properties; scripts that write
/// without spaces are cut as Unicode Standard Annex 29 says). Beyond that, the habits of news:
///
/// - `Putin’s` is `putin`: possessives go; `don't` is `dont`, `O'Brien` is `obrien`, and
///   `d'Estaing` is `d` and `estaing`;
/// - `U.S.` is `us`: single letters with full stops between them are one word;
/// - `1,500` is `1500` and `2.3` stays `2.3`: separators of thousands go, where they are that;
/// - `long-term` is `long` and `term`, one after the other, and at the place of the first also
///   `longterm`: a compound is found whole and by part;
/// - `bbc.co.uk` and a forgotten space (`ended.The`) fall into their words.
///
/// The tokenizer reuses its buffers: one is enough for any number of texts.
#[derive(Default)]
pub struct Tokenizer {
    atoms: Vec<Atom>,
    words: Vec<Word>,
    folded: String,
    whole: String,
}

/// A run of word characters.
#[derive(Clone, Copy)]
struct Atom {
    span: Span,
    /// What stands between the atom before and this one.
    joint: Joint,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing before it in its group, or no sign between two words of a script without spaces.
    None,
    Apostrophe,
    Hyphen,
    Stop,
    Comma,
}

/// A finished word of a group; `folded` is a range of [`Tokenizer::folded`].
struct Word {
    span: Span,
    folded: Span,
    joint: Joint,
}

impl Tokenizer {
    /// Calls `visit` with each word of `text`, in order, and returns how many positions they take.
    ///
    /// A compound comes before its parts. Positions never decrease.
    pub fn tokenize(&mut self, text: &str, visit: impl FnMut(Token<'_>)) -> u32 {
        self.tokenize_wanted(text, |_| true, visit)
    }

    /// Cuts a text as [`Self::tokenize`] does, and passes over words that nobody wants: they take
    /// their positions, and that is all. Whoever looks for a few words is done ten times as fast.
    ///
    /// Only plain words are passed over, those of ASCII without anything joined to them; `is_wanted`
    /// is asked about their bytes as printed.
    pub fn tokenize_wanted(
        &mut self,
        text: &str,
        is_wanted: impl Fn(&[u8]) -> bool,
        mut visit: impl FnMut(Token<'_>),
    ) -> u32 {
        let bytes = text.as_bytes();
        let mut position = 0;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if IS_PLAIN[usize::from(byte)] {
                let end = ascii_word_end(bytes, at + 1);
                if stands_alone(bytes, end) {
                    if is_wanted(&bytes[at..end]) {
                        self.visit_plain(text, Span::new(at, end), position, &mut visit);
                    }
                    position += 1;
                    at = end;
                } else {
                    at = self.read_group(text, at);
                    position += self.visit_group(text, position, &mut visit);
                }
            } else if byte < 0x80 {
                at += 1;
            } else {
                let c = char_at(text, at);
                if begins_word(c) {
                    at = self.read_group(text, at);
                    position += self.visit_group(text, position, &mut visit);
                } else {
                    at += c.len_utf8();
                }
            }
        }
        position
    }

    /// Visits a word of plain ASCII without anything joined to it: nearly all words are.
    fn visit_plain(
        &mut self,
        text: &str,
        span: Span,
        position: u32,
        visit: &mut impl FnMut(Token<'_>),
    ) {
        let printed = span.of(text);
        let is_small = |byte: u8| !byte.is_ascii_uppercase();
        let (word, case) = if printed.bytes().fold(true, |all, it| all & is_small(it)) {
            // As most words are: it is its folded form.
            (truncate(printed), Case::Lower)
        } else {
            self.folded.clear();
            fold_into(truncate(printed), &mut self.folded);
            (self.folded.as_str(), case_of(printed))
        };
        visit(Token { word, span, position, n_positions: 1, case });
    }

    /// Reads a chain of atoms and joints from `start`, and returns where it ends.
    fn read_group(&mut self, text: &str, start: usize) -> usize {
        self.atoms.clear();
        let mut at = start;
        let mut joint = Joint::None;
        loop {
            let end = atom_end(text, at);
            self.push_atoms(text, Span::new(at, end), joint);
            if self.atoms.len() >= WORDS_PER_COMPOUND_MAX {
                return end;
            }
            let Some((next_joint, next)) = self.read_joint(text, end) else {
                return end;
            };
            (joint, at) = (next_joint, next);
        }
    }

    /// Adds an atom, cut further where its script has no spaces.
    fn push_atoms(&mut self, text: &str, span: Span, joint: Joint) {
        if !span.of(text).chars().any(is_spaceless) {
            self.atoms.push(Atom { span, joint });
            return;
        }
        for (offset, piece) in span.of(text).split_word_bound_indices() {
            let first = self.atoms.last().is_none_or(|last| last.span.end <= span.start);
            let start = span.start + offset;
            let span = Span::new(start, start + piece.len());
            self.atoms.push(Atom { span, joint: if first { joint } else { Joint::None } });
        }
    }

    /// Returns the joint after an atom and where the next atom begins, if they belong together.
    fn read_joint(&self, text: &str, end: usize) -> Option<(Joint, usize)> {
        let mut rest = text[end..].chars();
        let sign = rest.next()?;
        let mut at = end + sign.len_utf8();
        let mut joint = joint_of(sign)?;
        let mut next = rest.next()?;
        // The stop that closes an acronym may stand before another joint: `U.S.-led`, `U.S.'s`.
        if joint == Joint::Stop
            && self.ends_in_acronym()
            && let Some(inner @ (Joint::Hyphen | Joint::Apostrophe)) = joint_of(next)
        {
            joint = inner;
            at += next.len_utf8();
            next = rest.next()?;
        }
        let fits = match joint {
            Joint::Comma => ends_in_figure(&text[..end]) && next.is_ascii_digit(),
            _ => begins_word(next),
        };
        fits.then_some((joint, at))
    }

    /// Tells whether the last two atoms are single characters with a stop between them.
    fn ends_in_acronym(&self) -> bool {
        let [.., before, last] = self.atoms.as_slice() else {
            return false;
        };
        last.joint == Joint::Stop && before.span.len() == 1 && last.span.len() == 1
    }

    /// Makes words of the atoms and visits them; returns how many positions they take.
    fn visit_group(&mut self, text: &str, position: u32, visit: &mut impl FnMut(Token<'_>)) -> u32 {
        self.make_words(text);
        let n_words = self.words.len() as u32;
        if self.is_compound() {
            self.whole.clear();
            self.words.iter().for_each(|word| self.whole.push_str(word.folded.of(&self.folded)));
            let span =
                Span::new(self.words[0].span.start, self.words[n_words as usize - 1].span.end);
            let case = case_of(self.words[0].span.of(text));
            let word = truncate(&self.whole);
            visit(Token { word, span, position, n_positions: n_words, case });
        }
        for (position, word) in (position..).zip(&self.words) {
            visit(Token {
                word: word.folded.of(&self.folded),
                span: word.span,
                position,
                n_positions: 1,
                case: case_of(word.span.of(text)),
            });
        }
        n_words
    }

    /// Tells whether the words are also findable written as one.
    fn is_compound(&self) -> bool {
        self.words.len() > 1
            && self.words[1..].iter().all(|word| word.joint == Joint::Hyphen)
            && self.folded.bytes().any(|byte| !byte.is_ascii_digit())
    }

    fn make_words(&mut self, text: &str) {
        self.words.clear();
        self.folded.clear();
        let mut atoms = &self.atoms[..];
        while let Some(first) = atoms.first() {
            let n = n_atoms_of_word(text, atoms);
            let mut span = Span::new(first.span.start, atoms[n - 1].span.end);
            let start = self.folded.len();
            for (idx, atom) in atoms[..n].iter().enumerate() {
                if idx > 0 && atom.joint == Joint::Stop && starts_with_figure(atom.span.of(text)) {
                    self.folded.push('.');
                }
                fold_into(truncate(atom.span.of(text)), &mut self.folded);
            }
            if n > 1 && is_acronym(text, &atoms[..n]) && text[span.end..].starts_with('.') {
                span.end += 1;
            }
            let rest = &atoms[n..];
            atoms = match rest.first() {
                Some(atom) if is_possessive(text, atom) => &rest[1..],
                _ => rest,
            };
            if self.folded.len() > start {
                let folded = Span::new(start, self.folded.len());
                self.words.push(Word { span, folded, joint: first.joint });
            }
        }
    }
}

/// Returns the folded words of a text without the compounds, in order.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    Tokenizer::default().tokenize(text, |token| {
        if token.n_positions == 1 {
            found.push(token.word.to_owned());
        }
    });
    found
}

/// Returns how many of the atoms make up the next word.
fn n_atoms_of_word(text: &str, atoms: &[Atom]) -> usize {
    let acronym = 1 + atoms[1..].iter().take_while(|atom| atom.joint == Joint::Stop).count();
    if acronym > 1 && is_acronym(text, &atoms[..acronym]) {
        return acronym;
    }
    let figures = n_atoms_of_number(text, atoms);
    if figures > 1 {
        return figures;
    }
    let elided = atoms[0].span.of(text);
    let joined = |atom: &Atom| atom.joint == Joint::Apostrophe && !is_possessive(text, atom);
    match atoms.get(1) {
        Some(next) if joined(next) && !is_elision(elided, next.span.of(text)) => {
            1 + atoms[1..].iter().take_while(|atom| joined(atom)).count()
        }
        _ => 1,
    }
}

/// Returns how many atoms make up a number such as `10,572,402` or `2.3` or `5.5m`.
fn n_atoms_of_number(text: &str, atoms: &[Atom]) -> usize {
    let printed = |idx: usize| atoms[idx].span.of(text);
    let all_figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_figures(printed(0)) {
        return 1;
    }
    let n_groups = atoms[1..].iter().take_while(|atom| atom.joint == Joint::Comma).count();
    let is_grouped = printed(0).len() <= 3
        && (1..=n_groups).all(|idx| printed(idx).len() == 3 && all_figures(printed(idx)));
    if n_groups > 0 && !is_grouped {
        return 1;
    }
    let n = 1 + n_groups;
    let is_stop = |idx: usize| atoms.get(idx).is_some_and(|atom| atom.joint == Joint::Stop);
    // Two stops are a date (18.08.2025) or an address, not a number.
    if !is_stop(0) && is_stop(n) && !is_stop(n + 1) && starts_with_figure(printed(n)) {
        n + 1
    } else {
        n
    }
}

fn is_acronym(text: &str, atoms: &[Atom]) -> bool {
    let is_letter = |atom: &Atom| {
        let mut chars = atom.span.of(text).chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    atoms.iter().all(is_letter) && atoms[1..].iter().all(|atom| atom.joint == Joint::Stop)
}

/// Tells whether an article or a pronoun lost its vowel: `l’Élysée`, `d’Estaing`, `s’inquiète`,
/// `dell’arte`, not `O’Brien` or `N’Golo`.
fn is_elision(before: &str, after: &str) -> bool {
    if matches!(before, "l" | "L" | "d" | "D" | "j" | "J" | "qu" | "Qu" | "QU") {
        return after.len() > 2;
    }
    let is_article = matches!(
        before,
        "c" | "C"
            | "s"
            | "S"
            | "n"
            | "m"
            | "t"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "quelqu"
            | "all"
            | "dall"
            | "dell"
            | "nell"
            | "sull"
            | "un"
            | "Un"
            | "All"
            | "Dell"
            | "Nell"
    );
    is_article && after.len() > 1 && begins_with_vowel(after)
}

/// Tells whether a Latin word begins with a vowel, or with an h, which is mute in French.
fn begins_with_vowel(word: &str) -> bool {
    let mut folded = String::new();
    let first = word.char_indices().nth(1).map_or(word, |(end, _)| &word[..end]);
    fold_into(first, &mut folded);
    folded.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
}

fn is_possessive(text: &str, atom: &Atom) -> bool {
    atom.joint == Joint::Apostrophe && matches!(atom.span.of(text), "s" | "S")
}

const fn joint_of(sign: char) -> Option<Joint> {
    match sign {
        '\'' | '’' | 'ʼ' | '＇' => Some(Joint::Apostrophe),
        '-' | '‐' | '‑' | '&' => Some(Joint::Hyphen),
        '.' => Some(Joint::Stop),
        ',' => Some(Joint::Comma),
        _ => None,
    }
}

/// Tells whether a sign of ASCII may join two words.
#[inline]
pub const fn is_joint(byte: u8) -> bool {
    byte.is_ascii() && joint_of(byte as char).is_some()
}

/// Tells whether nothing can be joined to a word that ends at `end`.
fn stands_alone(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(byte) if is_joint(*byte) => {
            bytes.get(end + 1).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
        }
        Some(byte) => byte.is_ascii(),
    }
}

fn atom_end(text: &str, start: usize) -> usize {
    let rest = text[start..].char_indices().find(|&(_, c)| !is_word_char(c));
    rest.map_or(text.len(), |(n, _)| start + n)
}

/// Tells whether a word can begin with a character: a mark cannot, and an apostrophe (U+02BC is a
/// letter to Unicode) alone is no word.
fn begins_word(c: char) -> bool {
    c.is_alphanumeric() && is_word_char(c)
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // The modifier letter apostrophe (U+02BC) is a letter to Unicode and a joint to us.
    (c.is_alphanumeric() && c != 'ʼ') || is_combining_mark(c) || is_ignorable(c)
}

/// Tells whether a character belongs to a script that writes without spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

fn case_of(printed: &str) -> Case {
    if printed.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return Case::Lower;
    }
    let mut letters = printed.chars().filter(|c| c.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) {
        return Case::Lower;
    }
    let mut n_more = 0;
    if letters.all(|c| {
        n_more += 1;
        c.is_uppercase()
    }) && n_more > 0
    {
        Case::AllCaps
    } else {
        Case::Capitalized
    }
}

fn starts_with_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn ends_in_figure(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// Returns the beginning of a word that is longer than words are.
fn truncate(word: &str) -> &str {
    &word[..word.floor_char_boundary(WORD_BYTES_MAX)]
}

#[cfg(test)]
mod tests;
