//! What people call the ways to pay.

use std::borrow::Cow;

use cloudecr::PaymentMethod;

use crate::payment::Payment;

/// The name on the shop's door for a channel of the gateway's; the gateway's own spelling where there is none.
#[must_use]
pub fn channel_label(name: &str) -> Cow<'_, str> {
    let label = match name.to_ascii_lowercase().as_str() {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "unionpay" | "upi" => "UnionPay",
        "mydebit" => "MyDebit",
        "diners" => "Diners Club",
        "amex" => "American Express",
        "duitnowqr" => "DuitNow QR",
        "tng" => "Touch ’n Go",
        "grabpay" => "GrabPay",
        "boost" => "Boost",
        "alipay" => "Alipay",
        "alipay+" => "Alipay+",
        "mae" => "MAE",
        "unionpayqr" => "UnionPay QR",
        "shopeepay" => "ShopeePay",
        "atome" => "Atome",
        "wechatpay" => "WeChat Pay",
        _ => return Cow::Borrowed(name),
    };
    Cow::Borrowed(label)
}

/// What a payment was, or is to be, paid with: `Mastercard •••• 7364`, `Touch ’n Go`, `Card`.
#[must_use]
pub fn paid_with(payment: &Payment) -> String {
    paid_with_in(payment, "Card", "Wallet")
}

/// The same, with a language's own words for a card and a wallet of which no more is known.
pub(crate) fn paid_with_in(payment: &Payment, card: &str, wallet: &str) -> String {
    let channel = payment.salient.channel.as_deref().or(payment.channel.as_deref());
    let label = match (channel, payment.method) {
        (Some(channel), _) => channel_label(channel).into_owned(),
        (None, PaymentMethod::BankCard) => card.to_owned(),
        (None, PaymentMethod::QrCustScan | PaymentMethod::QrMerchScan) => wallet.to_owned(),
    };
    with_digits(label, payment.salient.card.as_deref())
}

/// What a transaction of a terminal was paid with, as far as its record says: nothing where it says nothing.
pub(crate) fn seen_paid_with(channel: Option<&str>, card: Option<&str>) -> String {
    let label = channel.map(channel_label).unwrap_or_default().into_owned();
    with_digits(label, card).trim().to_owned()
}

fn with_digits(mut label: String, card: Option<&str>) -> String {
    if let Some(digits) = card.and_then(last_four) {
        label.push_str(" •••• ");
        label.push_str(&digits);
    }
    label
}

/// The last four digits of a masked card number, if it shows that many.
fn last_four(card: &str) -> Option<String> {
    let last: Vec<char> = card.chars().rev().take(4).collect();
    (last.len() == 4 && last.iter().all(char::is_ascii_digit)).then(|| last.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_four_digits_are_shown_and_only_if_they_are_digits() {
        assert_eq!(last_four("************7364").as_deref(), Some("7364"));
        for bad in ["", "364", "7364****", "<b>x"] {
            assert_eq!(last_four(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_unknown_channel_keeps_the_gateways_spelling() {
        assert_eq!(channel_label("newWallet"), "newWallet");
        assert_eq!(channel_label("TNG"), "Touch ’n Go");
    }
}
