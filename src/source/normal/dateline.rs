//! Finding the dateline that opens a report.
//!
//! | form | examples |
//! |---|---|
//! | place, sign | `ALDER BAY - `, `KYIV — `, `St. John's, Nfld. --` |
//! | place, day, sign | `WASHINGTON, March 3 -`, `SALVADOR, Feb 26 - ` |
//! | place, agency, sign | `KYIV (Reuters) -`, `KYIV, Ukraine (AP) —`, `NEW YORK /PRNewswire/ --` |
//! | place, day, agency, sign | `LONDON/PARIS, Aug 4 (AFP) -` |
//! | place, colon | `Washington:` |
//!
//! There is no list of places here: a dateline is told by its form. A speaker before a colon
//! (`Ann Hale: We will …`) is therefore taken for a place when the words are capitalised; the
//! gazetteer of `annotate` knows better.

use crate::article::Dateline;
use crate::text::{Moment, Precision, Span};

/// How far into a paragraph a dateline may reach.
const DATELINE_BYTES_MAX: usize = 160;

/// The words that a place may have, its region included: `RIO DE JANEIRO, Brazil`.
const PLACE_WORDS_MAX: usize = 5;

/// The agencies that are known without brackets.
const AGENCIES: &[&str] =
    &["AFP", "ANSA", "AP", "dpa", "EFE", "Interfax", "Reuter", "Reuters", "TASS", "UPI", "Xinhua"];

/// The characters that the name of an agency may have.
const AGENCY_CHARS_MAX: usize = 40;

/// Words that open a paragraph in the form of a dateline and name no place, in small letters.
///
/// They are asked only where neither a day nor an agency is printed: `NEWPORT NEWS, March 2 -`.
const NO_PLACES: &str = "
    advertisement advisory alert also analysis and answer background bbc breaking brief
    briefs business but clarification comment commentary correction corrections date dear
    editor editor's editorial editors eu exclusive explainer factbox fixtures football from
    he headline here highlights how i interview it key latest letter letters live media nato
    news note notes obituary opinion photo photos picture pictures politics profile question
    quote re read recap related report result results review science scores see she source
    sources sport sports story subject summary table technology they timeline title to today
    tomorrow topic un update updated updates urgent verdict video warning watch we weather
    what when where who why yesterday you
";

/// Small words within the name of a place.
const PARTICLES: &[&str] = &[
    "al", "am", "an", "da", "de", "del", "der", "di", "do", "du", "el", "la", "le", "les", "sur",
    "upon",
];

/// Small words that a dateline with a dash may hold besides: `NEW YORK and LONDON`.
const LINKS: &[&str] = &["and", "in", "near", "of", "on", "the"];

/// The days that may stand in a dateline instead of a date, or before it.
const WEEKDAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Finds the dateline that opens the first paragraph of a report.
///
/// The span covers it from the first byte through the sign that ends it; the place and the agency
/// are as printed, without the day. Nothing is found where no text follows. A place without agency
/// or day must be in capitals before a dash, unless an abbreviated region follows it; the next
/// sentence must not begin small (`IBM - the maker - …`), and text that is all in capitals proves
/// nothing by them.
pub(in crate::source) fn find(paragraph: &str) -> Option<Dateline> {
    let head = &paragraph[..paragraph.floor_char_boundary(DATELINE_BYTES_MAX)];
    let sign = first_sign(head)?;
    let after = paragraph[sign.end..].trim_start();
    if after.is_empty() {
        return None;
    }
    let (place, agency) = split_agency(paragraph[..sign.start].trim_end_matches([' ', ',']));
    let (place, has_day) = split_day(place);
    let evidence = Evidence {
        has_witness: has_day || !agency.is_empty(),
        may_shout: !head.chars().any(char::is_lowercase),
        goes_on_small: after.starts_with(char::is_lowercase),
        sign: sign.kind,
    };
    evidence.admits(place).then(|| Dateline {
        place: place.to_owned(),
        agency: agency.to_owned(),
        span: Span::new(0, sign.end),
    })
}

/// Reads a dateline that stands in a field of its own, where its form need not be proved.
pub(in crate::source) fn of_field(printed: &str) -> Option<Dateline> {
    let signs = |c: char| c.is_whitespace() || matches!(c, '-' | '—' | '–' | '_' | ':' | ',');
    let (place, agency) = split_agency(printed.trim_matches(signs));
    let (place, _) = split_day(place);
    (!place.is_empty()).then(|| Dateline {
        place: place.to_owned(),
        agency: agency.to_owned(),
        span: Span::default(),
    })
}

/// Reads the day that a dateline names, in the year that it names or in another one if that is
/// known.
pub(in crate::source) fn day(
    printed: &str,
    year: impl FnOnce() -> Option<Moment>,
) -> Option<Moment> {
    let sign = first_sign(printed)?;
    let (head, _) = split_agency(printed[..sign.start].trim_end_matches([' ', ',']));
    let (place, _) = split_day(head);
    let mut day = head[place.len()..].trim_start_matches([' ', ',']);
    if let Some((first, rest)) = day.split_once([' ', ','])
        && WEEKDAYS.iter().any(|it| first.eq_ignore_ascii_case(it))
    {
        day = rest.trim_start_matches([' ', ',']);
    }
    let of_year = || {
        let year = year()?;
        Moment::parse(&format!("{day}, {year}")).or_else(|| Moment::parse(&format!("{day} {year}")))
    };
    Moment::parse(day).or_else(of_year).filter(|it| it.precision >= Precision::Day)
}

/// The sign that ends a dateline, and where it stands.
struct Sign {
    /// Its first byte.
    start: usize,
    /// The byte after its last.
    end: usize,
    /// How much it proves.
    kind: SignKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SignKind {
    /// A colon, which may follow a speaker too.
    Colon,
    /// A hyphen or an underscore, which has other uses too.
    Hyphen,
    /// A dash, or two hyphens.
    Dash,
}

/// Returns the first sign that could end a dateline; a place holds none, and no quotation.
fn first_sign(head: &str) -> Option<Sign> {
    let mut before = ' ';
    for (start, c) in head.char_indices() {
        let end = start + c.len_utf8();
        let rest = &head[end..];
        let spaced = rest.starts_with(char::is_whitespace)
            && (before.is_whitespace() || before.is_ascii_digit() || before == ')');
        let kind = match c {
            ':' if rest.starts_with(char::is_whitespace) => Some(SignKind::Colon),
            '—' | '―' => Some(SignKind::Dash),
            '–' if before.is_whitespace() => Some(SignKind::Dash),
            '-' if rest.starts_with('-') => Some(SignKind::Dash),
            '-' | '_' if spaced => Some(SignKind::Hyphen),
            '“' | '”' | '"' | '„' | '«' | '»' | '!' | '?' | ';' => return None,
            _ => None,
        };
        if let Some(kind) = kind {
            let more = rest.len() - rest.trim_start_matches('-').len();
            let end = if c == '-' { end + more } else { end };
            return Some(Sign { start, end, kind });
        }
        before = c;
    }
    None
}

/// Parts the agency from what stands before it: `KYIV, Ukraine (AP)`, `NEW YORK /PRNewswire/`, and
/// one that is known also after a comma: `WASHINGTON, March 12, Reuter`.
fn split_agency(head: &str) -> (&str, &str) {
    let parted = head
        .strip_suffix(')')
        .and_then(|it| it.rsplit_once('('))
        .or_else(|| head.strip_suffix('/').and_then(|it| it.rsplit_once('/')));
    match parted {
        Some((place, agency)) if is_agency(agency) => {
            (place.trim_end_matches([' ', ',', '\u{a0}']), agency.trim())
        }
        _ => match head.rsplit_once(',') {
            Some((place, agency)) if AGENCIES.contains(&agency.trim()) => (place, agency.trim()),
            _ => (head, ""),
        },
    }
}

/// Tells whether what stands in brackets is short and a name.
fn is_agency(name: &str) -> bool {
    name.trim().starts_with(char::is_alphabetic) && name.chars().nth(AGENCY_CHARS_MAX).is_none()
}

/// Parts the day from the place before it: `WASHINGTON, March 3`, `PARIS, Monday, 4 Aug. 2024`.
fn split_day(head: &str) -> (&str, bool) {
    let mut place = head;
    let mut has_day = false;
    while let Some(before) = before_weekday(place).or_else(|| before_day(place)) {
        place = before;
        has_day = true;
    }
    (place, has_day)
}

/// Returns what stands before the day of the week that ends a dateline.
fn before_weekday(head: &str) -> Option<&str> {
    let (before, last) = head.rsplit_once([' ', ','])?;
    WEEKDAYS
        .iter()
        .any(|day| last.eq_ignore_ascii_case(day))
        .then(|| before.trim_end_matches([' ', ',']))
}

/// Returns what stands before the day that ends a dateline: `March 3`, `4 Aug.`, `March 3, 2024`.
///
/// The calendar of the `text` room decides; a leap year stands in for the one that is not printed.
fn before_day(head: &str) -> Option<&str> {
    let precision = |text: &str| Moment::parse(text).map(|it| it.precision);
    let is_day = |text: &str| precision(text) == Some(Precision::Day);
    let mut spaces = head.rmatch_indices([' ', ',']).map(|(at, _)| at);
    spaces.by_ref().take(6).find_map(|at| {
        let tail = head[at + 1..].trim_start();
        // Some datelines have the month alone.
        let is_month = head[at..].starts_with(", ")
            && precision(&format!("{tail} 2000")) == Some(Precision::Month);
        let has_figures = tail.bytes().any(|it| it.is_ascii_digit());
        let is_full =
            has_figures && tail.contains(' ') && (is_day(tail) || is_day(&format!("{tail}, 2000")));
        let dated = is_full || is_month;
        dated.then(|| head[..at].trim_end_matches([' ', ',']))
    })
}

/// What speaks for a dateline besides the words of its place.
struct Evidence {
    /// A day or an agency is printed.
    has_witness: bool,
    /// There is no small letter about, so that capitals prove nothing.
    may_shout: bool,
    /// The text after it begins with a small letter, as one sentence would go on.
    goes_on_small: bool,
    sign: SignKind,
}

impl Evidence {
    /// Tells whether the words before the sign are to be taken for a place.
    fn admits(&self, place: &str) -> bool {
        let words: Vec<&str> = place.split_whitespace().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return false;
        };
        if words.len() > PLACE_WORDS_MAX || is_particle(first) || is_particle(last) {
            return false;
        }
        let n_letters = place.chars().filter(|c| c.is_alphabetic()).count();
        if n_letters < 2 || !words.iter().all(|word| self.is_place_word(word)) {
            return false;
        }
        let town = place.split(',').next().unwrap_or_default();
        let is_shouted = !self.may_shout && !town.chars().any(char::is_lowercase);
        let has_region = place.contains(',') && place.ends_with('.');
        if self.has_witness {
            return true;
        }
        let has_form = match self.sign {
            SignKind::Colon => !self.may_shout,
            SignKind::Hyphen => is_shouted,
            SignKind::Dash => is_shouted || has_region,
        };
        has_form && !self.goes_on_small && !words.iter().any(|word| is_no_place(word))
    }

    /// Tells whether a word may be part of a place: it begins with a capital, or joins such words.
    fn is_place_word(&self, word: &str) -> bool {
        let bare = word.trim_matches([',', '.']);
        if bare.is_empty() || self.sign != SignKind::Colon && LINKS.contains(&bare) {
            return true;
        }
        let fits = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/' | '&');
        is_particle(bare) || bare.starts_with(char::is_uppercase) && bare.chars().all(fits)
    }
}

/// Tells whether a word is one of those that name no place, whatever its case and punctuation.
fn is_no_place(word: &str) -> bool {
    let kept = word.chars().filter(|c| !matches!(c, ',' | '.'));
    let bare: String = kept.map(|c| if c == '’' { '\'' } else { c }).collect();
    let bare = bare.to_lowercase();
    NO_PLACES.split_whitespace().any(|it| it == bare)
}

/// Tells whether a word is one of the small ones within a name; in capitals it is like any other.
fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}
