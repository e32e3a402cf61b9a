//! What a payment carries beside its amount: a note for the slip, a product, a promotion, and what the merchant set.

use cloudecr::{FieldProblem, InvalidField, PaymentMethod};
use serde::{Deserialize, Serialize};

use crate::reference::Reference;

/// What stands between a payment's reference and the merchant's own text in its metadata.
const BETWEEN: char = ' ';

/// The optional fields of a payment, as asked for and as kept with it. On a ticket only the note, the product and the
/// promotion are its own; the rest is the merchant's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Extras {
    /// Printed on the terminal's slip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The terminal's product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_index: Option<String>,
    /// A card promotion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promo_sale: Option<String>,
    /// How many slips the terminal prints; its own habit without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub print_count: Option<u8>,
    /// What the slip calls the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_label: Option<String>,
    /// The merchant's own text in the metadata, which the payment's reference stands in front of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
}

impl Extras {
    /// The longest text of the merchant's in the metadata, in UTF-16 units: what the reference and a blank leave.
    pub const METADATA_LIMIT: usize = cloudecr::Extras::METADATA_LIMIT - Reference::LENGTH - 1;

    /// Whether the gateway takes each field, and the merchant's metadata fits behind a reference.
    ///
    /// # Errors
    /// The first field that it would refuse.
    pub fn check(&self) -> Result<(), InvalidField> {
        let metadata = self.metadata.as_deref().unwrap_or_default();
        if metadata.encode_utf16().count() > Self::METADATA_LIMIT {
            return Err(InvalidField {
                field: "metadata",
                problem: FieldProblem::TooLong(Self::METADATA_LIMIT),
            });
        }
        self.with_metadata(self.metadata.clone()).check()
    }

    /// The same for one way to pay: a promotion is for cards.
    ///
    /// # Errors
    /// The first field that the gateway would refuse.
    pub fn check_for(&self, method: PaymentMethod) -> Result<(), InvalidField> {
        if self.promo_sale.is_some() && method != PaymentMethod::BankCard {
            return Err(InvalidField {
                field: "promoSale",
                problem: FieldProblem::NotHere,
            });
        }
        self.check()
    }

    /// As they leave: the metadata begins with the payment's own reference, by which a getLast that answers with a
    /// reference of its own can still be told to be about this payment. The merchant's text follows if there is room.
    #[must_use]
    pub fn on_wire(&self, reference: &Reference) -> cloudecr::Extras {
        let mut mark = reference.to_string();
        if let Some(text) = self.metadata.as_deref()
            && !text.is_empty()
            && text.encode_utf16().count() <= Self::METADATA_LIMIT
        {
            mark.push(BETWEEN);
            mark.push_str(text);
        }
        self.with_metadata(Some(mark))
    }

    /// What a void of this payment carries: all of it but the note, which a void has none of.
    #[must_use]
    pub fn of_void(&self) -> Self {
        Self {
            note: None,
            ..self.clone()
        }
    }

    fn with_metadata(&self, metadata: Option<String>) -> cloudecr::Extras {
        cloudecr::Extras {
            note: self.note.clone(),
            metadata,
            product_index: self.product_index.clone(),
            promo_sale: self.promo_sale.clone(),
            reference_label: self.reference_label.clone(),
            print_count: self.print_count,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::entropy::SystemEntropy;

    fn reference() -> Reference {
        Reference::new(Timestamp::from_second(1_800_000_000).unwrap(), &SystemEntropy).unwrap()
    }

    proptest! {
        #[test]
        fn no_text_of_the_merchants_displaces_the_reference_or_makes_the_metadata_too_long(text in ".{0,140}") {
            let own = reference();
            let extras = Extras { metadata: Some(text.clone()), ..Extras::default() };
            let metadata = extras.on_wire(&own).metadata.unwrap();
            prop_assert!(metadata.starts_with(own.as_str()));
            prop_assert!(metadata.encode_utf16().count() <= cloudecr::Extras::METADATA_LIMIT);
            if extras.check().is_ok() {
                prop_assert_eq!(metadata, format!("{own} {text}"));
                prop_assert!(extras.on_wire(&own).check().is_ok());
            }
        }
    }

    #[test]
    fn the_merchants_text_may_be_as_long_as_what_the_reference_leaves() {
        let long = |units| Extras {
            metadata: Some("x".repeat(units)),
            ..Extras::default()
        };
        assert!(long(107).check().is_ok());
        assert_eq!(long(108).check().unwrap_err().field, "metadata");
    }

    #[test]
    fn what_is_kept_reads_back_and_nothing_reads_as_nothing() {
        let extras = Extras {
            note: Some("Table 4 \u{1f600}".to_owned()),
            print_count: Some(0),
            ..Extras::default()
        };
        let kept = serde_json::to_string(&extras).unwrap();
        assert_eq!(serde_json::from_str::<Extras>(&kept).unwrap(), extras);
        assert_eq!(serde_json::from_str::<Extras>("{}").unwrap(), Extras::default());
        assert_eq!(serde_json::to_string(&Extras::default()).unwrap(), "{}");
    }
}
