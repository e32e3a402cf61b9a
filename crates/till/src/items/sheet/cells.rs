//! What the cells of one row say, and what is wrong with them.

use super::columns::{Column, TableLanguage};
use super::plan::TaxName;
use crate::items::words::sort_words;
use crate::items::{BARCODES_LIMIT, BadBarcode, Barcode, CATEGORY_LIMIT, CODE_LIMIT, is_rounded};
use crate::money::{Amount, Currency, MoneyError, Unit};
use crate::ticket::NAME_LIMIT;

/// What is wrong with a row. The page has words for each, with what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// A new item without a name.
    NameMissing,
    /// A name that is too long.
    NameTooLong,
    /// A new item without a price.
    PriceMissing,
    /// What is no price.
    PriceWrong,
    /// A price that no terminal can take.
    PriceTooLarge,
    /// A heading that is too long.
    CategoryTooLong,
    /// A code that is too long.
    CodeTooLong,
    /// A code that a spreadsheet rounded.
    CodeRounded,
    /// What is no barcode.
    BarcodeWrong,
    /// A barcode that a spreadsheet rounded.
    BarcodeRounded,
    /// More barcodes than an item has.
    TooManyBarcodes,
    /// No tax class is called that, or has that rate.
    TaxUnknown,
    /// No unit is called that.
    UnitUnknown,
    /// Neither yes nor no.
    SoldOutUnknown,
    /// A line break, as a quotation mark that is not closed makes.
    LineBreak,
    /// A quotation mark that is not closed, so that what follows it is in this cell.
    QuoteOpen,
    /// A letter that could not be read, since it was written in another way than the rest.
    LettersLost,
    /// More cells than there are headings.
    TooManyCells,
    /// An earlier row has the code.
    CodeTwice,
    /// An earlier row has the barcode.
    BarcodeTwice,
    /// An earlier row has the name, and neither has a code or a barcode to tell them apart.
    NameTwice,
    /// An earlier row is about the same item.
    ItemTwice,
    /// Another item on the shelf has the barcode.
    BarcodeTaken,
    /// Several items on the shelf fit, by name or by barcodes.
    SeveralFit,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::NameMissing,
        Self::NameTooLong,
        Self::PriceMissing,
        Self::PriceWrong,
        Self::PriceTooLarge,
        Self::CategoryTooLong,
        Self::CodeTooLong,
        Self::CodeRounded,
        Self::BarcodeWrong,
        Self::BarcodeRounded,
        Self::TooManyBarcodes,
        Self::TaxUnknown,
        Self::UnitUnknown,
        Self::SoldOutUnknown,
        Self::LineBreak,
        Self::QuoteOpen,
        Self::LettersLost,
        Self::TooManyCells,
        Self::CodeTwice,
        Self::BarcodeTwice,
        Self::NameTwice,
        Self::ItemTwice,
        Self::BarcodeTaken,
        Self::SeveralFit,
    ];
}

/// What a row says; none where its file has no such column, so that what the item has stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) name: Option<String>,
    pub(super) price: Option<Amount>,
    pub(super) category: Option<String>,
    pub(super) code: Option<Option<String>>,
    pub(super) barcodes: Option<Vec<Barcode>>,
    pub(super) tax_class: Option<Option<i64>>,
    pub(super) unit: Option<Unit>,
    pub(super) sold_out: Option<bool>,
}

/// A cell's text without control characters, or what is in it that no cell has.
fn plain(cell: &str) -> Result<String, Problem> {
    if cell.contains(['\n', '\r']) {
        return Err(Problem::LineBreak);
    }
    // What stands for bytes that are no letter. Kept, it would be on every receipt.
    if cell.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Problem::LettersLost);
    }
    Ok(cell
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned())
}

/// Takes one cell into what its row says.
pub(super) fn take(
    said: &mut Said,
    column: Column,
    cell: &str,
    currency: Currency,
    taxes: &[TaxName],
) -> Result<(), Problem> {
    let cell = plain(cell)?;
    match column {
        Column::Name => said.name = some(within(cell, NAME_LIMIT, Problem::NameTooLong)?),
        Column::Price if cell.is_empty() => {}
        Column::Price => said.price = Some(price(&cell, currency)?),
        Column::Category => said.category = Some(within(cell, CATEGORY_LIMIT, Problem::CategoryTooLong)?),
        Column::Code if is_rounded(&cell) => return Err(Problem::CodeRounded),
        Column::Code => said.code = Some(some(within(cell, CODE_LIMIT, Problem::CodeTooLong)?)),
        Column::Barcodes => said.barcodes = Some(barcodes(&cell)?),
        Column::TaxClass => said.tax_class = Some(tax_class(&cell, taxes)?),
        Column::Unit => said.unit = Some(unit(&cell)?),
        Column::SoldOut => said.sold_out = Some(sold_out(&cell)?),
    }
    Ok(())
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn within(text: String, limit: usize, problem: Problem) -> Result<String, Problem> {
    if text.chars().count() > limit {
        Err(problem)
    } else {
        Ok(text)
    }
}

/// `6.50`, `RM 6.50`, `1,250.00`, and `6,50` where that can mean nothing else.
fn price(cell: &str, currency: Currency) -> Result<Amount, Problem> {
    let sign = [currency.code(), "RM"].into_iter().find_map(|sign| {
        let (start, rest) = cell.split_at_checked(sign.len())?;
        start.eq_ignore_ascii_case(sign).then_some(rest)
    });
    let number: String = sign
        .unwrap_or(cell)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let number = match number.rsplit_once(',') {
        None => number,
        Some((whole, rest)) => {
            let (group, fraction) = rest.split_once('.').unwrap_or((rest, ""));
            if group.len() == 3 {
                let groups: Vec<&str> = whole.split(',').collect();
                let grouped = groups.iter().enumerate().all(|(place, group)| match place {
                    0 => (1..=3).contains(&group.len()),
                    _ => group.len() == 3,
                });
                if !grouped {
                    return Err(Problem::PriceWrong);
                }
                let joined = format!("{}{group}", groups.concat());
                if fraction.is_empty() {
                    joined
                } else {
                    format!("{joined}.{fraction}")
                }
            } else if whole.contains([',', '.']) || rest.contains('.') {
                return Err(Problem::PriceWrong);
            } else {
                format!("{whole}.{rest}")
            }
        }
    };
    let amount = Amount::parse_decimal(&number, currency).and_then(Amount::positive);
    amount.map_err(|error| match error {
        MoneyError::TooLarge => Problem::PriceTooLarge,
        _ => Problem::PriceWrong,
    })
}

fn barcodes(cell: &str) -> Result<Vec<Barcode>, Problem> {
    let mut found: Vec<Barcode> = Vec::new();
    // First, since the comma may stand before the fraction of a number.
    let mut numbers = cell.split(|c: char| c.is_whitespace() || "|;".contains(c));
    if numbers.any(is_rounded) {
        return Err(Problem::BarcodeRounded);
    }
    let parts = cell.split(|c: char| c.is_whitespace() || "|,;".contains(c));
    for part in parts.filter(|part| !part.is_empty()) {
        let barcode = Barcode::parse(part).map_err(|why| match why {
            BadBarcode::Rounded => Problem::BarcodeRounded,
            BadBarcode::TooShort | BadBarcode::TooLong | BadBarcode::Character => Problem::BarcodeWrong,
        })?;
        if !found.contains(&barcode) {
            found.push(barcode);
        }
    }
    if found.len() > BARCODES_LIMIT {
        Err(Problem::TooManyBarcodes)
    } else {
        Ok(found)
    }
}

/// By name and rate as it is written, else by either where only one class has it: `SST 6%`, `SST`, `6`, `6.00 %`.
fn tax_class(cell: &str, taxes: &[TaxName]) -> Result<Option<i64>, Problem> {
    if cell.is_empty() {
        return Ok(None);
    }
    let wanted = tax_key(cell);
    if let Some(whole) = taxes.iter().find(|tax| tax_key(&tax_word(tax)) == wanted) {
        return Ok(Some(whole.id));
    }
    let only = |fits: &dyn Fn(&TaxName) -> bool| {
        let mut fitting = taxes.iter().filter(|tax| fits(tax));
        fitting
            .next()
            .filter(|_| fitting.next().is_none())
            .map(|tax| tax.id)
    };
    only(&|tax| tax_key(&tax.name) == wanted)
        .or_else(|| only(&|tax| tax_key(&tax.rate) == wanted))
        .map(Some)
        .ok_or(Problem::TaxUnknown)
}

/// How a tax class is written: its name and its rate, since several may have the same name.
pub(super) fn tax_word(tax: &TaxName) -> String {
    format!("{} {}%", tax.name, tax.rate)
}

/// Without regard to case, blanks, the sign of percent, and zeros after the point.
fn tax_key(text: &str) -> String {
    let small: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '%')
        .collect();
    match small.rsplit_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{whole}.{}", fraction.trim_end_matches('0'))
                .trim_end_matches('.')
                .to_owned()
        }
        Some(_) | None => small,
    }
}

fn unit(cell: &str) -> Result<Unit, Problem> {
    let name: String = sort_words(cell).chars().filter(|c| *c != ' ').collect();
    match name.as_str() {
        "" | "each" | "ea" | "pc" | "pcs" | "piece" | "unit" | "seunit" | "biji" | "个" | "件" => {
            Ok(Unit::Each)
        }
        "kg" | "kilogram" | "kilo" | "kilograms" | "公斤" | "千克" => Ok(Unit::Kilogram),
        "m" | "metre" | "meter" | "metres" | "meters" | "米" => Ok(Unit::Metre),
        "l" | "litre" | "liter" | "litres" | "liters" | "升" | "公升" => Ok(Unit::Litre),
        _ => Err(Problem::UnitUnknown),
    }
}

/// How a unit is written.
pub(super) const fn unit_word(unit: Unit, language: TableLanguage) -> &'static str {
    match (unit, language) {
        (Unit::Each, TableLanguage::English) => "each",
        (Unit::Each, TableLanguage::Malay) => "biji",
        (Unit::Each, TableLanguage::Chinese) => "个",
        (Unit::Kilogram, _) => "kg",
        (Unit::Metre, _) => "m",
        (Unit::Litre, _) => "l",
    }
}

fn sold_out(cell: &str) -> Result<bool, Problem> {
    match cell.to_lowercase().as_str() {
        "" | "no" | "n" | "false" | "0" | "tidak" | "否" => Ok(false),
        "yes" | "y" | "true" | "1" | "x" | "ya" | "habis" | "sold out" | "是" | "售罄" => Ok(true),
        _ => Err(Problem::SoldOutUnknown),
    }
}

/// How yes and no are written.
pub(super) const fn yes_no(yes: bool, language: TableLanguage) -> &'static str {
    match (yes, language) {
        (true, TableLanguage::English) => "yes",
        (true, TableLanguage::Malay) => "ya",
        (true, TableLanguage::Chinese) => "是",
        (false, TableLanguage::English) => "no",
        (false, TableLanguage::Malay) => "tidak",
        (false, TableLanguage::Chinese) => "否",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_understood_as_people_write_it_or_not_at_all() {
        let read = |text: &str| price(text, Currency::Myr).map(|amount| amount.to_string());
        for (text, amount) in [
            ("6.50", "6.50"),
            ("RM 6.5", "6.50"),
            ("rm6", "6.00"),
            ("MYR 1,250.00", "1250.00"),
            ("1,250", "1250.00"),
            ("12,345,678.90", "12345678.90"),
            ("6,50", "6.50"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(amount), "{text}");
        }
        for text in [
            "0", "-6.50", "6.505", "1,25,000", "1.250,00", "six", "6.50 USD", "1e3", ",",
        ] {
            assert_eq!(read(text), Err(Problem::PriceWrong), "{text}");
        }
        assert_eq!(read("99999999999"), Err(Problem::PriceTooLarge));
    }

    #[test]
    fn a_tax_class_is_known_by_name_or_by_a_rate_that_only_one_has() {
        let tax = |id, name: &str, rate: &str| TaxName {
            id,
            name: name.to_owned(),
            rate: rate.to_owned(),
        };
        let taxes = [
            tax(1, "No tax", "0"),
            tax(2, "Service", "6"),
            tax(3, "Sales", "10"),
            tax(4, "Luxury", "10"),
        ];
        assert_eq!(tax_class("", &taxes), Ok(None));
        assert_eq!(tax_class("luxury", &taxes), Ok(Some(4)));
        assert_eq!(tax_class("Sales 10.00%", &taxes), Ok(Some(3)));
        assert_eq!(tax_class("6.00 %", &taxes), Ok(Some(2)));
        assert_eq!(tax_class("0%", &taxes), Ok(Some(1)));
        assert_eq!(tax_class("10", &taxes), Err(Problem::TaxUnknown));
        assert_eq!(tax_class("7", &taxes), Err(Problem::TaxUnknown));
    }
}
