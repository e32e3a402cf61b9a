//! Objects are read by the names of their fields alone. Serde would also take a list and go by the places in it, and a
//! gateway's `[42211]` is no error body: a decline that nobody gave would be believed.

use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

/// A `T` that is written as a JSON object.
pub(crate) struct ByName<T>(pub(crate) T);

impl<'de, T: de::DeserializeOwned> Deserialize<'de> for ByName<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        object(input).map(Self)
    }
}

/// For `deserialize_with`: an object.
pub(crate) fn object<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: de::DeserializeOwned,
{
    let fields = Map::<String, Value>::deserialize(input)?;
    T::deserialize(Value::Object(fields)).map_err(de::Error::custom)
}
