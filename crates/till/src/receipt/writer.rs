//! Writing a receipt: its head and its end, and the kinds of rows between them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::make::ReceiptParts;
use super::words::{Speech, Words};
use super::{Block, Weight};
use crate::money::Amount;
use crate::store::StoreSettings;

/// A page that shows whether a printer prints: the shop's head, each kind of row, and the edges of the paper.
#[must_use]
pub(crate) fn test_page(store: &StoreSettings, footer: &[String], logo: bool, speech: Speech) -> Vec<Block> {
    let mut to = Writer {
        blocks: Vec::new(),
        speech,
        symbol: "",
    };
    to.shop(store, logo);
    to.blocks.push(Block::Blank);
    to.mark(|words| words.test_print);
    to.blocks.push(Block::Rule);
    let works = to.say(|words| words.test_works);
    to.blocks.push(Block::Text(works));
    to.blocks.push(Block::Text(
        "ABCDEFGHIJKLM abcdefghijklm 0123456789 RM 12.50".to_owned(),
    ));
    for (left, right) in [("Café au lait", "8.50"), ("海南鸡饭", "12.00"), ("தேநீர்", "3.20")]
    {
        to.pair(left.to_owned(), right.to_owned(), Weight::Plain);
    }
    let total = to.say(|words| words.total);
    to.pair(total, "23.70".to_owned(), Weight::Bold);
    to.blocks.push(Block::Rule);
    to.footer(footer);
    to.blocks
}

/// Writes blocks, one after the other.
pub(super) struct Writer {
    pub(super) blocks: Vec<Block>,
    pub(super) speech: Speech,
    pub(super) symbol: &'static str,
}

impl Writer {
    pub(super) fn say(&self, pick: impl Fn(&Words) -> &'static str) -> String {
        self.speech.say(pick)
    }

    pub(super) fn pair(&mut self, left: String, right: String, weight: Weight) {
        self.blocks.push(Block::Pair { left, right, weight });
    }

    pub(super) fn named(&mut self, pick: impl Fn(&Words) -> &'static str, right: String) {
        let left = self.say(pick);
        self.pair(left, right, Weight::Plain);
    }

    pub(super) fn mark(&mut self, pick: impl Fn(&Words) -> &'static str) {
        let mark = self.say(pick);
        self.blocks.push(Block::Centred(mark, Weight::Bold));
    }

    pub(super) fn shop(&mut self, store: &StoreSettings, logo: bool) {
        if logo {
            self.blocks.push(Block::Logo);
        }
        self.blocks
            .push(Block::Centred(store.name.clone(), Weight::Large));
        let lines = store.header.iter().filter(|line| !line.trim().is_empty());
        self.blocks
            .extend(lines.map(|line| Block::Centred(line.clone(), Weight::Plain)));
    }

    pub(super) fn head(&mut self, parts: &ReceiptParts<'_>) {
        self.shop(parts.store, parts.logo);
        if !parts.sst_number.is_empty() {
            let number = format!("{} {}", self.say(|words| words.sst_number), parts.sst_number);
            self.blocks.push(Block::Centred(number, Weight::Plain));
        }
        self.blocks.push(Block::Blank);
        if let Some(copy) = parts.copy.filter(|copy| *copy > 1) {
            let mark = self.say(|words| words.duplicate);
            self.blocks
                .push(Block::Centred(format!("{mark} {copy}"), Weight::Bold));
        }
        if parts.training {
            self.mark(|words| words.training);
        }
        let number = format!("{} {:04}", self.say(|words| words.receipt), parts.number);
        let at = local(parts.at, parts.zone, self.speech.words());
        self.pair(number, at, Weight::Plain);
        if !parts.staff.is_empty() {
            self.named(|words| words.served_by, parts.staff.to_owned());
        }
    }

    pub(super) fn strong(&mut self, pick: impl Fn(&Words) -> &'static str, amount: Amount) {
        let left = self.say(pick);
        let right = format!("{} {amount}", self.symbol);
        self.pair(left, right, Weight::Bold);
    }

    pub(super) fn footer(&mut self, footer: &[String]) {
        let lines = footer.iter().filter(|line| !line.trim().is_empty());
        self.blocks
            .extend(lines.map(|line| Block::Centred(line.clone(), Weight::Plain)));
    }

    pub(super) fn foot(&mut self, parts: &ReceiptParts<'_>, reference: Option<String>) {
        if parts.code {
            self.blocks.push(Block::Blank);
            let code = reference.unwrap_or_else(|| format!("{:04}", parts.number));
            self.blocks.push(Block::Qr(code));
        }
        if parts.footer.iter().any(|line| !line.trim().is_empty()) {
            self.blocks.push(Block::Blank);
            self.footer(parts.footer);
        }
        if parts.training {
            self.blocks.push(Block::Blank);
            self.mark(|words| words.training);
        }
    }
}

/// `22 Nov 2026 16:14`, in the shop's zone and the language's order.
fn local(at: Timestamp, zone: &TimeZone, words: &Words) -> String {
    let at = at.to_zoned(zone.clone());
    let month = usize::try_from(at.month() - 1)
        .ok()
        .and_then(|month| words.months.get(month).copied())
        .unwrap_or_default();
    words
        .date
        .replace("{day}", &format!("{:02}", at.day()))
        .replace("{month}", month)
        .replace("{year}", &at.year().to_string())
        .replace("{time}", &at.strftime("%H:%M").to_string())
}
