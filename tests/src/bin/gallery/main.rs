//! A picture of every screen in every state: three sizes, light and dark, three languages, with a page to look through
//! them, in `target/gallery/`. The walk knows no language: it asks the page for its words by their keys.
//!
//! `KAUNTER_GALLERY_LANGUAGES=en,ms` and `KAUNTER_GALLERY_SCENES=pay` (the beginning of a name) make a part of it.

mod album;
mod index;
mod language;
mod scenes;
mod walk;

use std::path::Path;

use album::Album;
use kaunter_tests::Outcome;
use language::Language;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    let asked = std::env::var("KAUNTER_GALLERY_LANGUAGES").ok();
    let wanted = |language: &Language| {
        asked
            .as_ref()
            .is_none_or(|asked| asked.split(',').any(|tag| tag == language.tag()))
    };
    let only = std::env::var("KAUNTER_GALLERY_SCENES").unwrap_or_default();
    let mut album = Album::new(folder.clone(), only);
    for language in Language::ALL.into_iter().filter(wanted) {
        album.speak(language);
        scenes::all(&mut album).await?;
    }
    index::write(&album)?;
    eprintln!(
        "\n{} pictures of {} scenes; open {}",
        album.pictures(),
        album.scenes().len(),
        folder.join("index.html").display()
    );
    Ok(())
}
