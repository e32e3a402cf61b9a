//! From a payment that is about to be prepared to the order that its terminal gets, checked before anything is stored.

use cloudecr::{Order, PaymentMethod};

use super::CheckoutError;
use crate::payment::Salient;
use crate::store::NewPayment;

/// The order of a sale, or of a cash-out where there is cash.
///
/// # Errors
/// [`CheckoutError::Field`] for what the gateway would refuse, and amounts that cannot be charged.
pub(super) fn of_charge(new: &NewPayment) -> Result<Order, CheckoutError> {
    new.extras.check()?;
    let amount = new.amount.to_wire()?;
    let extras = new.extras.on_wire(&new.reference);
    let order = match new.cash {
        Some(cash) => Order::CashOut {
            amount,
            cash: cash.to_wire()?,
            extras,
        },
        None => Order::Sale {
            amount,
            method: new.method,
            // The gateway takes a wallet's name only where the terminal shows its QR.
            channel: new
                .channel
                .clone()
                .filter(|_| new.method == PaymentMethod::QrCustScan),
            extras,
        },
    };
    order.check()?;
    Ok(order)
}

/// The order of a void of the transaction `trans_id`, of which `known` is what its approval said.
///
/// # Errors
/// [`CheckoutError::Field`] for what the gateway would refuse.
pub(super) fn of_void(new: &NewPayment, trans_id: String, known: &Salient) -> Result<Order, CheckoutError> {
    new.extras.check()?;
    let order = Order::Void {
        trans_id,
        inv_no: known.inv_no.clone(),
        extras: new.extras.on_wire(&new.reference),
    };
    order.check()?;
    Ok(order)
}
