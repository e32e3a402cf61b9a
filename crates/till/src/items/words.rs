//! The words that an item is found by, and the ones that somebody looks for: both are folded alike, so that case, accents,
//! full-width letters and punctuation make no difference.
//!
//! Nobody remembers where a name has a blank, a hyphen or nothing at all. So words end where digits and letters meet, both on the
//! shelf and in what is typed, and what punctuation parts is looked for in its parts and in one piece: `500ml` finds *500 ml* and
//! `500 ml` finds *500ml*, `lay's` finds *Lays* and `lays` finds *Lay's*.
//!
//! Chinese, Japanese and Thai names have no blanks between words, and a full-text index would take each for one long word.
//! Here each of their characters is a word of its own, and a run of them is looked for as a phrase: any part of a name
//! finds it, by the same index as everything else and at the same speed. (An index of three-character pieces could not
//! find the two characters that most Chinese words are, and searching without an index reads all the items.)

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most that is looked at of what somebody typed, in characters.
const TYPED_LIMIT: usize = 200;
/// The most words that are looked for.
const WORDS_LIMIT: usize = 12;
/// The most characters of one of them.
const WORD_LIMIT: usize = 48;

/// A stretch of a text: a word, or characters that are written without blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(String),
    Run(Vec<char>),
}

/// What the index holds of a text: its words, parted where digits and letters meet, and what a hyphen or an apostrophe splits also
/// in one piece, so that `kopio` finds *Kopi-O*.
pub(crate) fn shelf_words<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = Vec::new();
    for text in texts {
        let chunks = pieces_by_chunk(text);
        words.extend(chunks.iter().flatten().map(indexed));
        words.extend(chunks.iter().filter_map(|pieces| in_one(pieces)));
    }
    words.join(" ")
}

/// What a name is sorted by, and compared by with the beginning of what was typed.
pub(crate) fn sort_words(name: &str) -> String {
    let chunks = pieces_by_chunk(name);
    chunks.iter().flatten().map(spelled).collect::<Vec<_>>().join(" ")
}

/// A name as two names are compared that are to be the same item's: without regard to case and the number of blanks.
pub(crate) fn name_key(name: &str) -> String {
    let small = name.to_lowercase();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// As the beginning of a name is sorted.
    pub(crate) beginning: String,
    /// As the index is asked; none where no word is in it.
    pub(crate) words: Option<String>,
}

impl Wanted {
    /// Reads what was typed, whatever it is. What the index is asked holds nothing but letters, digits and marks between
    /// quotation marks, so none of it can be taken for the index's own language.
    pub(crate) fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(TYPED_LIMIT).collect();
        let mut left = WORDS_LIMIT;
        let mut chunks = pieces_by_chunk(&typed);
        for pieces in &mut chunks {
            pieces.truncate(left);
            left -= pieces.len();
        }
        let asked: Vec<String> = chunks.iter().filter_map(|pieces| asked_chunk(pieces)).collect();
        Self {
            beginning: chunks.iter().flatten().map(spelled).collect::<Vec<_>>().join(" "),
            words: (!asked.is_empty()).then(|| asked.join(" AND ")),
        }
    }
}

/// The words between two blanks: all of them, or all in one piece.
fn asked_chunk(pieces: &[Piece]) -> Option<String> {
    let each: Vec<String> = pieces.iter().map(asked).collect();
    let each = each.join(" AND ");
    match in_one(pieces) {
        Some(whole) => Some(format!("(({each}) OR {})", begun(&whole))),
        None => (!each.is_empty()).then_some(each),
    }
}

fn asked(piece: &Piece) -> String {
    match piece {
        Piece::Word(word) => begun(&parted(word)),
        Piece::Run(_) => format!("\"{}\"", spelled(piece)),
    }
}

/// The parts of a word one behind the other, the last by its beginning.
fn begun(parts: &str) -> String {
    let parts: String = parts.chars().take(WORD_LIMIT).collect();
    format!("\"{}\" *", parts.trim_end())
}

/// A piece as the index holds it.
fn indexed(piece: &Piece) -> String {
    match piece {
        Piece::Word(word) => parted(word),
        Piece::Run(_) => spelled(piece),
    }
}

/// A word with a blank wherever digits and letters meet. A mark belongs to the letter before it.
fn parted(word: &str) -> String {
    let mut parts = String::with_capacity(word.len());
    let mut before = None;
    for c in word.chars() {
        if !is_combining_mark(c) {
            let is_digit = c.is_numeric();
            if before.is_some_and(|before| before != is_digit) {
                parts.push(' ');
            }
            before = Some(is_digit);
        }
        parts.push(c);
    }
    parts
}

fn spelled(piece: &Piece) -> String {
    match piece {
        Piece::Word(word) => word.clone(),
        Piece::Run(characters) => {
            let each: Vec<String> = characters.iter().take(WORD_LIMIT).map(char::to_string).collect();
            each.join(" ")
        }
    }
}

/// The words between two blanks in one piece, as the index holds it, where punctuation makes several of them. None where it is
/// held like that already: letters and digits are parted with punctuation between them or without.
fn in_one(pieces: &[Piece]) -> Option<String> {
    let words: Option<Vec<&str>> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            Piece::Run(_) => None,
        })
        .collect();
    let words = words?;
    let whole = parted(&words.concat());
    let apart: Vec<String> = words.into_iter().map(parted).collect();
    (whole != apart.join(" ")).then_some(whole)
}

/// The pieces of each stretch between two blanks.
fn pieces_by_chunk(text: &str) -> Vec<Vec<Piece>> {
    let folded = folded(text);
    folded.split_whitespace().map(pieces).collect()
}

fn pieces(chunk: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut goes_on = false;
    for c in chunk.chars() {
        let counts = c.is_alphanumeric() || is_combining_mark(c);
        match pieces.last_mut() {
            Some(Piece::Word(word)) if goes_on && counts && !is_spaceless(c) => word.push(c),
            Some(Piece::Run(run)) if goes_on && counts && is_spaceless(c) => run.push(c),
            _ if counts && is_spaceless(c) => pieces.push(Piece::Run(vec![c])),
            _ if counts => pieces.push(Piece::Word(c.to_string())),
            _ => {}
        }
        goes_on = counts;
    }
    pieces
}

/// In small letters, without accents, and with the plain form of letters that have several.
fn folded(text: &str) -> String {
    let is_accent = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let bare: String = text
        .nfkd()
        .filter(|c| !is_accent(*c))
        .flat_map(char::to_lowercase)
        .collect();
    bare.nfc().filter(|c| !is_accent(*c)).flat_map(plain).collect()
}

/// Letters that have a bar or are two in one, which do not come apart into a letter and an accent.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ø' => ('o', None),
        'đ' | 'ð' => ('d', None),
        'ł' => ('l', None),
        'ı' => ('i', None),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// Whether a script has no blanks between its words: Chinese, Japanese, Thai, Lao, Khmer, Burmese; Korean has, and is
/// looked for by parts of words all the same.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_and_what_is_on_the_shelf_are_folded_alike() {
        assert_eq!(sort_words("Kopi-O  (Panas)"), "kopi o panas");
        assert_eq!(sort_words("CAFÉ CRÈME"), sort_words("cafe crème"));
        assert_eq!(sort_words("Ｃｏｃａ　Ｃｏｌａ"), "coca cola");
        assert_eq!(sort_words("İzmir Straße"), "izmir strasse");
        assert_eq!(sort_words("白咖啡 Kopi"), "白 咖 啡 kopi");
        assert_eq!(sort_words("தேநீர்"), "தேநீர்");
        assert_eq!(sort_words("☕ !"), "");
    }

    #[test]
    fn a_hyphen_makes_two_words_and_one() {
        assert_eq!(shelf_words(["Kopi-O"]), "kopi o kopio");
        assert_eq!(shelf_words(["McDonald’s tea"]), "mcdonald s tea mcdonalds");
    }

    #[test]
    fn words_end_where_digits_and_letters_meet() {
        assert_eq!(shelf_words(["7UP 325ml"]), "7 up 325 ml");
        assert_eq!(shelf_words(["ABC-001x"]), "abc 001 x");
        assert_eq!(shelf_words(["தே2"]), "தே 2");
        // Sorted they stand as they are written.
        assert_eq!(sort_words("7UP 325ml"), "7up 325ml");
    }

    #[test]
    fn the_index_is_asked_for_words_alone() {
        let asks = |typed: &str| Wanted::read(typed).words;
        assert_eq!(asks("kopi o").as_deref(), Some("\"kopi\" * AND \"o\" *"));
        assert_eq!(asks("咖啡").as_deref(), Some("\"咖 啡\""));
        assert_eq!(
            asks("name:\"x* OR (").as_deref(),
            Some("((\"name\" * AND \"x\" *) OR \"namex\" *) AND \"or\" *")
        );
        assert_eq!(asks("  \"*( "), None);
        assert_eq!(asks("500ml").as_deref(), Some("\"500 ml\" *"));
        assert_eq!(
            asks("lay's 7up").as_deref(),
            Some("((\"lay\" * AND \"s\" *) OR \"lays\" *) AND \"7 up\" *")
        );
        assert_eq!(asks("7-up").as_deref(), Some("\"7\" * AND \"up\" *"));
        assert_eq!(asks("可乐-500ml").as_deref(), Some("\"可 乐\" AND \"500 ml\" *"));
    }
}
