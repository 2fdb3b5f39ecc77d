//! Dates with the month in words, as newspapers of several languages print them.

use std::iter::Peekable;

use jiff::civil::Time;

use super::{Moment, Precision};
use crate::text::fold::{fold, is_accent};

/// Names of the months that may be cut short to three letters or more: English, German, French,
/// Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian and Russian, folded.
const NAMES: [&str; 12] = [
    "january januar janner janvier enero gennaio janeiro januari января январь",
    "february februar fevrier febrero febbraio fevereiro februari февраля февраль",
    "march marz mars marzo marco maart marts марта март",
    "april avril abril aprile апреля апрель",
    "may mai mayo maggio maio mei maj мая май",
    "june juni juin junio giugno junho июня июнь",
    "july juli juillet julio luglio julho июля июль",
    "august aout agosto augustus augusti августа август",
    "september septembre septiembre settembre setembro сентября сентябрь",
    "october oktober octobre octubre ottobre outubro октября октябрь",
    "november novembre noviembre novembro ноября ноябрь",
    "december dezember decembre diciembre dicembre dezembro desember декабря декабрь",
];

/// Names that count only when they are whole: Finnish, where `mar` would be November, and Arabic.
const WHOLE: [&str; 12] = [
    "tammikuuta tammikuu يناير",
    "helmikuuta helmikuu فبراير",
    "maaliskuuta maaliskuu مارس",
    "huhtikuuta huhtikuu ابريل",
    "toukokuuta toukokuu مايو",
    "kesakuuta kesakuu يونيو",
    "heinakuuta heinakuu يوليو",
    "elokuuta elokuu اغسطس",
    "syyskuuta syyskuu سبتمبر",
    "lokakuuta lokakuu اكتوبر",
    "marraskuuta marraskuu نوفمبر",
    "joulukuuta joulukuu ديسمبر",
];

/// Days of the week, folded, which say nothing that the date does not; they may be cut short.
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag \
    lundi mardi mercredi jeudi vendredi samedi dimanche \
    lunes martes miercoles jueves viernes sabado domingo \
    lunedi martedi mercoledi giovedi venerdi domenica \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    mandag tisdag tirsdag onsdag torsdag fredag lordag sondag \
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai \
    понедельник вторник среда четверг пятница суббота воскресенье";

/// Words that join the parts of a date and mean nothing by themselves.
const LINKS: &str = "a am at alle as av de del den der dia el em at h i il klo kl la le les of om on \
    ore pa the um uhr г года";

/// Zones by their letters, in minutes east of Greenwich. Letters that stand for several zones
/// (`IST`, `BST`), or leave out whether it is summer (`ET`), are passed over: the printed clock
/// counts in any case.
const ZONES: &[(&str, i16)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("z", 0),
    ("wet", 0),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// Zones whose letters do not say how far they are from Greenwich.
const VAGUE_ZONES: &str = "et ct mt pt ist bst";

/// Reads `18 August 2025`, `Aug. 18, 2025 2:30 p.m. EDT`, `Mon Aug 18 14:00:00 2025`,
/// `3. März 2024`, `3 de junio de 2020, 14:05 h`, `19 июня 2018`.
///
/// Every part must be understood; a year has four figures, and a clock counts only beside a day.
pub(super) fn parse(text: &str) -> Option<Moment> {
    let mut found = Parts::default();
    let mut rest = Pieces::of(text).peekable();
    while let Some(piece) = rest.next() {
        found.take(piece, &mut rest)?;
    }
    found.moment()
}

/// A run of letters or figures.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Word(String),
    /// Figures, with what they are by their number.
    Number(String),
    /// `14:05`, `14:05:30`, `14:05:30.25`.
    Clock(String),
    /// `+0200`, `-04:00`: minutes east of Greenwich.
    Offset(i16),
}

/// Cuts a text into its pieces; white space, commas and full stops part them.
struct Pieces<'a> {
    rest: &'a str,
    /// Whether a clock has come, behind which a sign begins an offset.
    after_clock: bool,
}

impl<'a> Pieces<'a> {
    fn of(text: &'a str) -> Self {
        Self { rest: text, after_clock: false }
    }

    fn split(&mut self, len: usize) -> &'a str {
        let (piece, rest) = self.rest.split_at(len);
        self.rest = rest;
        piece
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let parting = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')' | '|' | '·');
        self.rest = self.rest.trim_start_matches(parting);
        let first = self.rest.chars().next()?;
        if self.after_clock
            && matches!(first, '+' | '-')
            && let Some((offset, len)) = offset(self.rest)
        {
            self.split(len);
            return Some(Piece::Offset(offset));
        }
        self.rest = self.rest.trim_start_matches(['-', '–', '—']);
        let first = self.rest.chars().next()?;
        if first.is_ascii_digit() {
            let is_clock = |c: char| !c.is_ascii_digit() && c != ':';
            let len = self.rest.find(is_clock).unwrap_or(self.rest.len());
            let mut figures = self.split(len).to_owned();
            if !figures.contains(':') {
                return Some(Piece::Number(figures));
            }
            self.after_clock = true;
            if let Some(fraction) = self.rest.strip_prefix('.')
                && fraction.starts_with(|c: char| c.is_ascii_digit())
            {
                let is_end = |c: char| !c.is_ascii_digit();
                let len = 1 + fraction.find(is_end).unwrap_or(fraction.len());
                figures.push_str(self.split(len));
            }
            return Some(Piece::Clock(figures));
        }
        let is_end = |c: char| !c.is_alphabetic() && !is_accent(c);
        let len = self.rest.find(is_end).unwrap_or(self.rest.len());
        let len = if len == 0 { first.len_utf8() } else { len };
        Some(Piece::Word(fold(self.split(len))))
    }
}

/// Reads an offset from Greenwich: `+0200`, `-04:00`, `+2`.
fn offset(text: &str) -> Option<(i16, usize)> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let figures = &text[1..];
    let len = figures.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(figures.len());
    let (hours, minutes) = match figures.get(..len)?.split_once(':') {
        Some(parts) => parts,
        None if len == 4 => (&figures[..2], &figures[2..4]),
        None if len <= 2 => (&figures[..len], "0"),
        None => return None,
    };
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes), 1 + len))
}

/// What was found of a date.
#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    offset: Option<i16>,
}

impl Parts {
    /// Takes a piece into its place; nothing where it has none, or that is taken.
    fn take(&mut self, piece: Piece, rest: &mut Peekable<Pieces<'_>>) -> Option<()> {
        match piece {
            Piece::Offset(offset) => put(&mut self.offset, offset),
            Piece::Clock(clock) => {
                let time = clock_of(&clock, half_of_day(rest))?;
                put(&mut self.time, time)
            }
            Piece::Number(figures) if figures.len() == 4 => {
                let year = figures.parse().ok()?;
                put(&mut self.year, year)
            }
            Piece::Number(figures) if figures.len() <= 2 => self.take_small(&figures, rest),
            Piece::Number(_) => None,
            Piece::Word(word) => self.take_word(&word),
        }
    }

    /// Takes a number of one or two figures: the day, or an hour before `p.m.`.
    fn take_small(&mut self, figures: &str, rest: &mut Peekable<Pieces<'_>>) -> Option<()> {
        if let Some(half) = half_of_day(rest) {
            return put(&mut self.time, clock_of(&format!("{figures}:00"), Some(half))?);
        }
        let day = figures.parse().ok()?;
        put(&mut self.day, day)?;
        // `18th`, `1er`, `3º`
        let is_ordinal = |it: &Piece| {
            matches!(it, Piece::Word(word)
            if ["st", "nd", "rd", "th", "er", "o", "º"].contains(&word.as_str()))
        };
        _ = rest.next_if(is_ordinal);
        Some(())
    }

    fn take_word(&mut self, word: &str) -> Option<()> {
        if self.month.is_none()
            && let Some(month) = month(word)
        {
            self.month = Some(month);
            return Some(());
        }
        if self.time.is_some() {
            if let Some((_, offset)) = ZONES.iter().find(|(name, _)| *name == word) {
                return put(&mut self.offset, *offset);
            }
            if is_among(word, VAGUE_ZONES) {
                return Some(());
            }
        }
        (is_among(word, LINKS) || is_weekday(word)).then_some(())
    }

    fn moment(self) -> Option<Moment> {
        let (year, month) = (self.year?, self.month?);
        let Some(day) = self.day else {
            return self.time.is_none().then(|| Moment::month(year, month))?;
        };
        let moment = Moment::day(year, month, day)?;
        let Some(time) = self.time else {
            return Some(moment);
        };
        let day = super::datetime_of(moment.seconds).date();
        let moment = Moment::civil(day.to_datetime(time), Precision::Second)?;
        Some(Moment { offset_minutes: self.offset, ..moment })
    }
}

fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.is_none().then(|| *place = Some(value))
}

/// The halves of the day that a clock of twelve hours tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Takes `a.m.` or `PM` from what follows a clock.
fn half_of_day(rest: &mut Peekable<Pieces<'_>>) -> Option<Half> {
    let Some(Piece::Word(word)) = rest.peek() else {
        return None;
    };
    let half = match word.as_str() {
        "am" | "a" => Half::Morning,
        "pm" | "p" => Half::Afternoon,
        _ => return None,
    };
    let is_cut = word.len() == 1;
    rest.next();
    if is_cut {
        rest.next_if(|it| *it == Piece::Word("m".to_owned()))?;
    }
    Some(half)
}

/// Reads a clock of twenty-four hours, or of twelve with the half of the day.
fn clock_of(clock: &str, half: Option<Half>) -> Option<Time> {
    let padded = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
    let time: Time = padded.parse().ok()?;
    let Some(half) = half else {
        return Some(time);
    };
    let hour = match (time.hour(), half) {
        (12, Half::Morning) => 0,
        (hour @ 1..=11, Half::Afternoon) => hour + 12,
        (hour @ 1..=12, _) => hour,
        _ => return None,
    };
    Time::new(hour, time.minute(), time.second(), 0).ok()
}

/// Returns the number of a month by its name, or by a beginning of it that no other month has.
pub(super) fn month(word: &str) -> Option<i8> {
    let is_long_enough = word.chars().nth(2).is_some();
    // English stands first in every month, and its beginnings are those of no other month.
    if let Some(idx) = NAMES.iter().position(|it| is_long_enough && it.starts_with(word)) {
        return i8::try_from(idx + 1).ok();
    }
    let fits = |names: &str| names.split(' ').any(|name| is_long_enough && name.starts_with(word));
    let is_whole = |names: &str| is_among(word, names);
    let mut found = None;
    for (idx, (names, whole)) in NAMES.iter().zip(&WHOLE).enumerate() {
        let number = i8::try_from(idx + 1).ok();
        if is_whole(names) || is_whole(whole) {
            return number;
        }
        if fits(names) {
            if found.is_some() {
                return None;
            }
            found = number;
        }
    }
    found
}

fn is_weekday(word: &str) -> bool {
    word.chars().nth(1).is_some() && DAYS.split_whitespace().any(|day| day.starts_with(word))
}

fn is_among(word: &str, words: &str) -> bool {
    words.split_whitespace().any(|it| it == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_an_english_month_is_that_of_no_other() {
        for (idx, names) in NAMES.iter().enumerate() {
            let english = names.split(' ').next().unwrap();
            for word in (3..=english.len()).map(|len| &english[..len]) {
                let fits = |it: usize| {
                    let begins = NAMES[it].split(' ').any(|name| name.starts_with(word));
                    begins || is_among(word, WHOLE[it])
                };
                let found: Vec<usize> = (0..12).filter(|it| fits(*it)).collect();
                assert_eq!(found, [idx], "{word}");
            }
        }
    }
}
