//! What draws the page: the graphics card, and without one the processor itself.

/// Tells the web view to draw with the processor where no graphics card would do it. `WebKitGTK` otherwise has a card
/// imitated for it, which takes the memory of half a window more and longer for each picture. Somebody who set the
/// variable for themselves is left their choice.
///
/// Must run before anything else of the window: its processes take the environment over as they start.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    /// Read by `WebKitGTK` from 2.46 on.
    const PROCESSOR_DRAWS: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";
    /// Where the kernel has what cards can be asked to draw.
    const CARDS: &str = "/dev/dri";

    let has_card = std::fs::read_dir(CARDS).is_ok_and(|mut entries| {
        entries
            .any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("renderD")))
    });
    if has_card {
        return;
    }
    if let Err(error) = glib::setenv(PROCESSOR_DRAWS, "1", false) {
        // It is the same window, only slower.
        log::warn!("the web view cannot be told to draw with the processor: {error}");
    }
}

/// The other systems' web views choose well by themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}
