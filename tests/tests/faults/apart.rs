//! A runtime for one till and its gateway, which ends with them.

use kaunter_tests::Outcome;

/// Does `what` in a runtime of its own, and ends what is still going on in it afterwards. A till asks about a payment that
/// stays unknown for as long as it runs: it would ask whoever has its gateway's port by then.
///
/// # Errors
/// As `what`, or when there can be no such runtime.
pub(crate) async fn apart<T: Send + 'static, F: Future<Output = Outcome<T>>>(
    what: impl FnOnce() -> F + Send + 'static,
) -> Outcome<T> {
    let alone = move || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(what())
    };
    tokio::task::spawn_blocking(alone).await?
}
