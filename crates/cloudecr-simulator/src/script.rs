//! What a virtual terminal is told to do next, and the JSON that tells it. A fault is data here, not code: a new
//! kind of fault is one more variant, met at the one place where answers leave.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use crate::{named::named_script, step::Step};

/// What the next money-moving transfers on one terminal meet, or the next questions to it, in order. When all steps
/// are used up, the terminal approves, or answers truthfully.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    steps: VecDeque<Step>,
}

impl Script {
    /// A script of these steps.
    ///
    /// # Errors
    /// A step that makes no sense; see [`ScriptError`].
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Result<Self, ScriptError> {
        let steps: VecDeque<Step> = steps.into_iter().collect();
        steps.iter().try_for_each(Step::check)?;
        Ok(Self { steps })
    }

    /// The script of the given name, from [`named_scripts`](crate::named_scripts).
    ///
    /// # Errors
    /// [`ScriptError::UnknownName`] if there is none.
    pub fn named(name: &str) -> Result<Self, ScriptError> {
        let named = named_script(name).ok_or_else(|| ScriptError::UnknownName(name.to_owned()))?;
        Self::new([named.step()])
    }

    /// Reads the JSON form: a name, a step, or an array of either.
    ///
    /// # Errors
    /// What is wrong with it, in words for the person who wrote it.
    ///
    /// ```
    /// use cloudecr_simulator::Script;
    /// let script = Script::from_json(&serde_json::json!([{"outcome": "decline", "responseCode": "55"}, "approve"]))?;
    /// assert_eq!(script.steps().count(), 2);
    /// # Ok::<(), cloudecr_simulator::ScriptError>(())
    /// ```
    pub fn from_json(json: &Value) -> Result<Self, ScriptError> {
        match json {
            Value::Array(steps) => {
                Self::new(steps.iter().map(step_from_json).collect::<Result<Vec<_>, _>>()?)
            }
            one => Self::new([step_from_json(one)?]),
        }
    }

    /// The steps that are still to come.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }

    /// The step that the next transfer meets, if it is scripted.
    pub(crate) fn peek(&self) -> Option<&Step> {
        self.steps.front()
    }

    /// Takes the step for the transfer that begins now.
    pub(crate) fn take(&mut self) -> Step {
        self.steps.pop_front().unwrap_or_default()
    }

    /// Takes the step for the transfer that begins now, if one was scripted.
    pub(crate) fn next(&mut self) -> Option<Step> {
        self.steps.pop_front()
    }

    /// How many steps are left.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }
}

fn step_from_json(json: &Value) -> Result<Step, ScriptError> {
    match json {
        Value::String(name) => named_script(name)
            .map(|named| named.step())
            .ok_or_else(|| ScriptError::UnknownName(name.clone())),
        Value::Object(_) => {
            Step::deserialize(json).map_err(|error| ScriptError::Malformed(error.to_string()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(ScriptError::Malformed(
            "a step is a name or an object such as {\"outcome\": \"approve\"}".to_owned(),
        )),
    }
}

/// Why a script was not taken. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScriptError {
    /// No terminal of this ID.
    #[error("there is no terminal \"{0}\"; GET /simulator/terminals lists them")]
    UnknownTerminal(String),
    /// No call of this name.
    #[error("there is no call \"{0}\"; GET /simulator/calls lists them")]
    UnknownCall(String),
    /// No script of this name.
    #[error("there is no script named \"{0}\"; GET /simulator/scripts lists them")]
    UnknownName(String),
    /// Nothing at this terminal waits for its customer.
    #[error("nothing waits for the customer at this terminal")]
    NothingWaits,
    /// Not a script.
    #[error("this is not a script: {0}")]
    Malformed(String),
}
