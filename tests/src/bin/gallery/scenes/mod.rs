//! The walks, each through one part of the program.

mod back_office;
mod customer;
mod first_run;
mod history;
mod items;
mod paying;
mod selling;
mod settings;
mod tendering;

use kaunter_tests::Outcome;

use crate::album::Album;

/// All of them, in the album's language.
pub(crate) async fn all(album: &mut Album) -> Outcome {
    first_run::show(album).await?;
    selling::show(album).await?;
    paying::show(album).await?;
    tendering::show(album).await?;
    customer::show(album).await?;
    history::show(album).await?;
    items::show(album).await?;
    back_office::show(album).await?;
    settings::show(album).await
}
