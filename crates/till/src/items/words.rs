//! The words that an item is found by, and the ones that somebody looks for: both are folded alike, so that case, accents,
//! full-width letters and punctuation make no difference.
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

/// What the index holds of a text: its words, and what a hyphen or an apostrophe splits also in one piece, so that
/// `kopio` finds *Kopi-O*.
pub(crate) fn shelf_words<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = Vec::new();
    for text in texts {
        let chunks = pieces_by_chunk(text);
        let whole: Vec<String> = chunks.iter().filter_map(|pieces| in_one(pieces)).collect();
        words.extend(chunks.iter().flatten().map(spelled));
        words.extend(whole);
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
        let pieces: Vec<Piece> = pieces_by_chunk(&typed)
            .into_iter()
            .flatten()
            .take(WORDS_LIMIT)
            .collect();
        let asked: Vec<String> = pieces.iter().map(asked).collect();
        Self {
            beginning: pieces.iter().map(spelled).collect::<Vec<_>>().join(" "),
            words: (!asked.is_empty()).then(|| asked.join(" AND ")),
        }
    }
}

fn asked(piece: &Piece) -> String {
    match piece {
        Piece::Word(word) => {
            let word: String = word.chars().take(WORD_LIMIT).collect();
            format!("\"{word}\" *")
        }
        Piece::Run(_) => format!("\"{}\"", spelled(piece)),
    }
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

/// The words between two blanks in one piece, where punctuation makes several of them.
fn in_one(pieces: &[Piece]) -> Option<String> {
    let words: Option<Vec<&str>> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            Piece::Run(_) => None,
        })
        .collect();
    words.filter(|words| words.len() > 1).map(|words| words.concat())
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
    fn the_index_is_asked_for_words_alone() {
        let words = |typed: &str| Wanted::read(typed).words;
        assert_eq!(words("kopi o").as_deref(), Some("\"kopi\" * AND \"o\" *"));
        assert_eq!(words("咖啡").as_deref(), Some("\"咖 啡\""));
        assert_eq!(
            words("name:\"x* OR (").as_deref(),
            Some("\"name\" * AND \"x\" * AND \"or\" *")
        );
        assert_eq!(words("  \"*( "), None);
    }
}
