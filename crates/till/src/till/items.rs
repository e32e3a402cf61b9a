//! What the shop sells: finding, keeping, and taking in whole files of it.

use sha2::{Digest, Sha256};

use super::{Till, TillError, entered, needed};
use crate::items::sheet::{
    Fate, Mistake, MistakeWords, Plan, PlannedRow, Sheet, Shelf, TableLanguage, TaxName, items_file,
    mistakes_file,
};
use crate::items::{
    BARCODES_LIMIT, Barcode, CATEGORY_LIMIT, CODE_LIMIT, Category, Item, ItemFacts, ItemForm, ItemPage,
    ItemProblem, ItemQuery, PictureChange, Scan, Scanned,
};
use crate::money::Amount;
use crate::picture;
use crate::store::ShelfState;
use crate::tax::TaxClass;
use crate::ticket::{NAME_LIMIT, Ticket};

/// What a scan came to, and the ticket after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemScan {
    /// What was looked for, as it can be shown.
    pub code: String,
    /// What came of it.
    pub scan: Scan,
    /// The ticket.
    pub ticket: Ticket,
}

/// What importing a file would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPreview {
    /// Says which file and which shelf this was; the import asks for it again.
    pub digest: String,
    /// The headings of columns that are not read.
    pub unknown: Vec<String>,
    /// The rows without a mistake.
    pub rows: Vec<PlannedRow>,
    /// What is wrong with the others.
    pub mistakes: Vec<Mistake>,
    /// What becomes of the rows.
    pub counts: ImportDone,
    /// How many rows have a mistake.
    pub bad: usize,
}

/// What became of a file's rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportDone {
    /// So many were new.
    pub new: usize,
    /// So many items were changed.
    pub changed: usize,
    /// So many were as the file says already.
    pub same: usize,
}

impl ImportDone {
    fn of(rows: &[PlannedRow]) -> Self {
        rows.iter().fold(Self::default(), |mut counts, row| {
            match row.fate {
                Fate::New => counts.new += 1,
                Fate::Changed(_) => counts.changed += 1,
                Fate::Same(_) => counts.same += 1,
            }
            counts
        })
    }
}

impl Till {
    /// The items that are asked for.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails; whatever is looked for is no error.
    pub fn find_items(&self, query: &ItemQuery) -> Result<ItemPage, TillError> {
        self.looks()?;
        Ok(self.store.find_items(query, self.currency()?)?)
    }

    /// The headings that items stand under.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn item_categories(&self) -> Result<Vec<Category>, TillError> {
        self.looks()?;
        Ok(self.store.item_categories()?)
    }

    /// The pictures of these items, as PNG, as far as they have one.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn item_pictures(&self, ids: &[i64]) -> Result<Vec<(i64, Vec<u8>)>, TillError> {
        self.looks()?;
        Ok(self.store.item_pictures(ids)?)
    }

    /// A picture file as it would be kept, to be looked at before it is.
    ///
    /// # Errors
    /// When no manager is signed in, or it is no picture.
    pub fn read_item_picture(&self, file: &[u8]) -> Result<Vec<u8>, TillError> {
        self.require_manager()?;
        Ok(picture::item(file).map_err(ItemProblem::from)?)
    }

    /// Puts on the ticket what a scanner read, if there is such an item and something of it is left.
    ///
    /// # Errors
    /// When nobody is signed in, or the ticket cannot take it; whatever was read is no error.
    pub fn scan(&self, code: &str) -> Result<ItemScan, TillError> {
        self.require()?;
        let scanned = Scanned::read(code);
        let rules = self.store.tax_rules()?;
        let (scan, ticket) = self
            .store
            .scan(self.currency()?, &scanned, &rules, self.clock.now())?;
        Ok(ItemScan {
            code: scanned.text().to_owned(),
            scan,
            ticket,
        })
    }

    /// The tax classes that an item can have; none while the shop charges no tax.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn item_tax_classes(&self) -> Result<Vec<TaxClass>, TillError> {
        self.looks()?;
        if self.store.tax_settings()?.enabled {
            Ok(self.store.tax_classes()?)
        } else {
            Ok(Vec::new())
        }
    }

    /// Adds an item, or changes the one of that number.
    ///
    /// # Errors
    /// When no manager is signed in, something does not do, or another item has its code or one of its barcodes.
    pub fn save_item(&self, form: &ItemForm) -> Result<Item, TillError> {
        self.require_manager()?;
        let currency = self.currency()?;
        let code = entered(&form.code, CODE_LIMIT)?;
        let facts = ItemFacts {
            name: needed(&form.name, NAME_LIMIT)?,
            price: Amount::parse_decimal(&form.price, currency)?.positive()?,
            category: entered(&form.category, CATEGORY_LIMIT)?,
            code: (!code.is_empty()).then_some(code),
            barcodes: barcodes(&form.barcodes)?,
            tax_class: form.tax_class,
            unit: form.unit,
            sold_out: form.sold_out,
        };
        let change = match &form.picture {
            PictureChange::New(file) => PictureChange::New(picture::item(file).map_err(ItemProblem::from)?),
            kept @ (PictureChange::Keep | PictureChange::Remove) => kept.clone(),
        };
        let id = self.store.save_item(form.id, &facts, &change, self.clock.now())?;
        Ok(self.store.item(id, currency)?)
    }

    /// Takes an item off the shelf.
    ///
    /// # Errors
    /// When no manager is signed in, or there is no such item.
    pub fn remove_item(&self, id: i64) -> Result<(), TillError> {
        self.require_manager()?;
        Ok(self.store.remove_item(id)?)
    }

    /// Says whether nothing of an item is left. Whoever stands at the counter sees that first, so it needs no manager.
    ///
    /// # Errors
    /// When nobody is signed in, or there is no such item.
    pub fn set_sold_out(&self, id: i64, sold_out: bool) -> Result<Item, TillError> {
        self.require()?;
        self.store.set_sold_out(id, sold_out)?;
        Ok(self.store.item(id, self.currency()?)?)
    }

    /// What importing a file would do; nothing is changed.
    ///
    /// # Errors
    /// When no manager is signed in, or the file holds no table of items.
    pub fn preview_import(&self, file: &[u8]) -> Result<ImportPreview, TillError> {
        self.require_manager()?;
        let (sheet, plan, _) = self.plan(file)?;
        Ok(ImportPreview {
            digest: digest(file, &plan),
            unknown: sheet.unknown().into_iter().map(str::to_owned).collect(),
            counts: ImportDone::of(&plan.rows),
            rows: plan.rows,
            mistakes: plan.mistakes,
            bad: plan.bad,
        })
    }

    /// Imports a file that was shown before: all of it, or nothing.
    ///
    /// # Errors
    /// [`ItemProblem::Mistakes`] while a row has to be mended, [`ItemProblem::ImportChanged`] where it would do something else
    /// than was shown, or when no manager is signed in.
    pub fn import_items(&self, file: &[u8], shown: &str) -> Result<ImportDone, TillError> {
        let manager = self.require_manager()?;
        let (_, plan, planned_for) = self.plan(file)?;
        if plan.bad > 0 {
            return Err(ItemProblem::Mistakes(plan.bad).into());
        }
        if digest(file, &plan) != shown {
            return Err(ItemProblem::ImportChanged.into());
        }
        let done = self
            .store
            .import_items(&plan.rows, planned_for, manager.id, self.clock.now())?;
        if !done {
            return Err(ItemProblem::ImportChanged.into());
        }
        Ok(ImportDone::of(&plan.rows))
    }

    /// A file again, with what is wrong beside each of its rows.
    ///
    /// # Errors
    /// As [`Till::preview_import`].
    pub fn import_mistakes(&self, file: &[u8], words: &MistakeWords) -> Result<Vec<u8>, TillError> {
        self.require_manager()?;
        let (sheet, plan, _) = self.plan(file)?;
        Ok(mistakes_file(&sheet, &plan.mistakes, words))
    }

    /// All items as a file that can be imported again.
    ///
    /// # Errors
    /// When no manager is signed in or the store fails.
    pub fn export_items(&self, language: TableLanguage) -> Result<Vec<u8>, TillError> {
        self.require_manager()?;
        let items = self.store.all_items(self.currency()?)?;
        Ok(items_file(
            items.iter().map(|item| &item.facts),
            &self.tax_names()?,
            language,
        ))
    }

    /// What a file would do, and to which state of the shelf.
    fn plan(&self, file: &[u8]) -> Result<(Sheet, Plan, ShelfState), TillError> {
        let sheet = Sheet::read(file).map_err(ItemProblem::from)?;
        let currency = self.currency()?;
        let (state, items) = self.store.shelf(currency)?;
        let plan = Plan::make(&sheet, &Shelf::new(items), currency, &self.tax_names()?);
        Ok((sheet, plan, state))
    }

    fn tax_names(&self) -> Result<Vec<TaxName>, TillError> {
        let classes = self.store.tax_classes()?.into_iter();
        Ok(classes
            .map(|class| TaxName {
                id: class.id,
                name: class.name,
                rate: class.rate.to_string(),
            })
            .collect())
    }
}

/// The file, and what it does to which item: another digest means that something else would be done than was shown.
fn digest(file: &[u8], plan: &Plan) -> String {
    let mut hash = Sha256::new_with_prefix(file);
    for row in &plan.rows {
        let (fate, id) = match row.fate {
            Fate::New => (0, 0),
            Fate::Changed(id) => (1, id),
            Fate::Same(id) => (2, id),
        };
        hash.update([fate]);
        hash.update(id.to_be_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn barcodes(typed: &[String]) -> Result<Vec<Barcode>, ItemProblem> {
    let mut barcodes: Vec<Barcode> = Vec::new();
    for text in typed
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
    {
        let barcode =
            Barcode::parse(text).map_err(|why| ItemProblem::Barcode(text.chars().take(60).collect(), why))?;
        if !barcodes.contains(&barcode) {
            barcodes.push(barcode);
        }
    }
    if barcodes.len() > BARCODES_LIMIT {
        return Err(ItemProblem::TooManyBarcodes);
    }
    Ok(barcodes)
}
