//! The fields that a payment may carry and need not, each checked as the gateway would before anything is sent.

use crate::{
    InvalidField, RequestData,
    field::{self, FieldProblem},
};

/// The fields that a payment may have and need not (the protocol's section "Transfer request"). Lengths are in UTF-16
/// units, as JavaScript counts; no text may begin or end with a blank or hold a control character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Printed on the slip; up to [`Extras::NOTE_LIMIT`].
    pub note: Option<String>,
    /// Returned in the answer; up to [`Extras::METADATA_LIMIT`].
    pub metadata: Option<String>,
    /// The terminal's product, `0` to `10`.
    pub product_index: Option<String>,
    /// A card promotion; up to [`Extras::PROMO_LIMIT`].
    pub promo_sale: Option<String>,
    /// What the slip calls the reference; up to [`Extras::LABEL_LIMIT`].
    pub reference_label: Option<String>,
    /// Slips to print: 0 none, 1 the merchant's, 2 both.
    pub print_count: Option<u8>,
}

impl Extras {
    /// The longest note, in UTF-16 units.
    pub const NOTE_LIMIT: usize = 128;
    /// The longest metadata, in UTF-16 units.
    pub const METADATA_LIMIT: usize = 128;
    /// The longest promotion, in UTF-16 units.
    pub const PROMO_LIMIT: usize = 2;
    /// The longest label of the reference, in UTF-16 units.
    pub const LABEL_LIMIT: usize = 10;
    /// The highest product.
    pub const LAST_PRODUCT: u8 = 10;
    /// The longest product, in UTF-16 units.
    const PRODUCT_LIMIT: usize = 2;
    /// The most slips.
    const MOST_SLIPS: u8 = 2;

    /// Whether each field by itself is one that the gateway takes: for forms, before there is an order.
    ///
    /// ```
    /// use cloudecr::{Extras, FieldProblem};
    /// let label = Extras { reference_label: Some("Table".into()), ..Extras::default() };
    /// assert!(label.check().is_ok());
    /// let note = Extras { note: Some("Table 4 ".into()), ..Extras::default() };
    /// let refused = note.check().unwrap_err();
    /// assert_eq!((refused.field, refused.problem), ("note", FieldProblem::OuterWhiteSpace));
    /// ```
    ///
    /// # Errors
    /// The first field that it would refuse.
    pub fn check(&self) -> Result<(), InvalidField> {
        self.label()?;
        self.data().map(drop)
    }

    /// The label, which stands outside of `transData`.
    pub(crate) fn label(&self) -> Result<Option<String>, InvalidField> {
        field::optional(
            "referenceLabel",
            self.reference_label.as_deref(),
            Self::LABEL_LIMIT,
        )
    }

    /// The rest, as it stands in `transData`.
    pub(crate) fn data(&self) -> Result<RequestData, InvalidField> {
        if self.print_count.is_some_and(|count| count > Self::MOST_SLIPS) {
            return Err(FieldProblem::Form("choose 0, 1 or 2 slips").of("printCount"));
        }
        let product_index =
            field::optional("productIndex", self.product_index.as_deref(), Self::PRODUCT_LIMIT)?;
        if !product_index.as_deref().is_none_or(is_product) {
            return Err(FieldProblem::Form("choose a number up to 10").of("productIndex"));
        }
        Ok(RequestData {
            product_index,
            promo_sale: field::optional("promoSale", self.promo_sale.as_deref(), Self::PROMO_LIMIT)?,
            note: field::optional("note", self.note.as_deref(), Self::NOTE_LIMIT)?,
            metadata: field::optional("metadata", self.metadata.as_deref(), Self::METADATA_LIMIT)?,
            print_count: self.print_count,
            ..RequestData::default()
        })
    }
}

/// Digits alone: Rust would read a sign, too.
fn is_product(index: &str) -> bool {
    index.bytes().all(|byte| byte.is_ascii_digit())
        && index
            .parse::<u8>()
            .is_ok_and(|index| index <= Extras::LAST_PRODUCT)
}
