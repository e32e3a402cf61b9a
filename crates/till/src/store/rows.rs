//! Reading columns into the till's types, with an error instead of a guess where they do not fit.

use std::error::Error;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Type;
use serde::de::DeserializeOwned;

use crate::money::{Amount, Currency};
use crate::reference::Reference;

/// A column that this version cannot read.
pub(super) fn unreadable(column: usize, why: impl Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(why))
}

/// A time in milliseconds since 1970, UTC.
pub(super) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(super) fn timestamp(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_millisecond(row.get(column)?).map_err(|why| unreadable(column, why))
}

pub(super) fn optional_timestamp(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let value: Option<i64> = row.get(column)?;
    value
        .map(|millis| Timestamp::from_millisecond(millis).map_err(|why| unreadable(column, why)))
        .transpose()
}

pub(super) fn parse<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|why| unreadable(column, why))
}

pub(super) fn parse_optional<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|why| unreadable(column, why)))
        .transpose()
}

pub(super) fn optional_reference(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Reference>> {
    parse_optional(row, column)
}

pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|why| unreadable(column, why))
}

pub(super) fn optional_json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|why| unreadable(column, why)))
        .transpose()
}

pub(super) fn amount(row: &Row<'_>, column: usize, currency: Currency) -> rusqlite::Result<Amount> {
    Amount::from_minor(row.get(column)?, currency).map_err(|why| unreadable(column, why))
}
