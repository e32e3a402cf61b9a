//! What a ticket, a leg, a return, an item or a field was refused for, as the page's codes.

use cloudecr::{FieldProblem, InvalidField};
use till::{BadPicture, FileProblem, ItemProblem, QuantityError, RateError, ReturnRefused, TenderRefused};

use super::{CommandError, ErrorCode};

pub(super) const fn tender(refused: &TenderRefused) -> ErrorCode {
    match refused {
        TenderRefused::NothingDue => ErrorCode::NothingDue,
        TenderRefused::DueChanged(_) => ErrorCode::DueChanged,
        TenderRefused::MoreThanDue(_) => ErrorCode::MoreThanDue,
        TenderRefused::NotEnough(_) => ErrorCode::CashNotEnough,
        TenderRefused::NoCoin => ErrorCode::NoCoin,
        TenderRefused::Returned => ErrorCode::TicketReturned,
        TenderRefused::NotCurrent => ErrorCode::NotCurrent,
        TenderRefused::PartlyPaid => ErrorCode::PartlyPaid,
        TenderRefused::NotPartlyPaid => ErrorCode::NotPartlyPaid,
        TenderRefused::NotVoidable => ErrorCode::LegNotVoidable,
        TenderRefused::ProofKnown(_) => ErrorCode::ProofKnown,
    }
}

pub(super) const fn returned(refused: &ReturnRefused) -> ErrorCode {
    match refused {
        ReturnRefused::Nothing => ErrorCode::ReturnNothing,
        ReturnRefused::MoreThanBought => ErrorCode::ReturnTooMuch,
        ReturnRefused::MoreThanPaid(_) => ErrorCode::ReturnMoreThanPaid,
        ReturnRefused::NotPaid => ErrorCode::ReturnNotPaid,
        ReturnRefused::OnlyWhole => ErrorCode::ReturnOnlyWhole,
        ReturnRefused::NotTheWhole => ErrorCode::ReturnNotTheWhole,
        ReturnRefused::Changed => ErrorCode::ReturnChanged,
        ReturnRefused::ReturnedAlready => ErrorCode::ReturnedAlready,
    }
}

pub(super) fn quantity(error: QuantityError) -> CommandError {
    let code = match error {
        QuantityError::Empty => ErrorCode::QuantityEmpty,
        QuantityError::Malformed => ErrorCode::QuantityMalformed,
        QuantityError::OutOfRange => ErrorCode::Quantity,
        QuantityError::WholeOnly => ErrorCode::QuantityWhole,
    };
    CommandError::new(code, error)
}

pub(super) fn rate(error: RateError) -> CommandError {
    let code = match error {
        RateError::Empty => ErrorCode::RateEmpty,
        RateError::Malformed => ErrorCode::RateMalformed,
        RateError::TooMuch => ErrorCode::RateTooMuch,
    };
    CommandError::new(code, error)
}

/// An item, or a file of items, that is not taken.
pub(super) fn item(error: &ItemProblem) -> CommandError {
    let say = |code| CommandError::new(code, error);
    match error {
        ItemProblem::Barcode(typed, _) => say(ErrorCode::BarcodeInvalid).about(typed),
        ItemProblem::TooManyBarcodes => say(ErrorCode::TooManyBarcodes),
        ItemProblem::Picture(BadPicture::TooLarge) => say(ErrorCode::PictureTooLarge),
        ItemProblem::Picture(BadPicture::NotAPicture) => say(ErrorCode::PictureInvalid),
        ItemProblem::Mistakes(_) => say(ErrorCode::ImportMistakes),
        ItemProblem::ImportChanged => say(ErrorCode::ImportChanged),
        ItemProblem::File(FileProblem::TooLarge) => say(ErrorCode::TableTooLarge),
        ItemProblem::File(FileProblem::TooManyRows) => say(ErrorCode::TableTooManyRows),
        ItemProblem::File(FileProblem::NotText) => say(ErrorCode::TableNotText),
        ItemProblem::File(FileProblem::Empty) => say(ErrorCode::TableEmpty),
        ItemProblem::File(FileProblem::NoHeadings) => say(ErrorCode::TableNoHeadings),
        ItemProblem::File(FileProblem::HeadingTwice(heading)) => {
            say(ErrorCode::TableHeadingTwice).about(heading)
        }
    }
}

/// An optional field that the gateway would refuse, by its name on the wire.
pub(super) fn field(error: &InvalidField) -> CommandError {
    let code = match (error.field, error.problem) {
        ("note", _) => ErrorCode::NoteInvalid,
        ("productIndex", _) => ErrorCode::ProductInvalid,
        ("promoSale", FieldProblem::NotHere) => ErrorCode::PromoNeedsCard,
        ("promoSale", _) => ErrorCode::PromoInvalid,
        ("referenceLabel", _) => ErrorCode::LabelInvalid,
        ("metadata", _) => ErrorCode::MetadataInvalid,
        ("printCount", _) => ErrorCode::SlipsInvalid,
        // Nobody types the others: they come from the gateway's own lists.
        (_, _) => ErrorCode::Internal,
    };
    CommandError::new(code, error)
}
