//! Embeds the one page.

fn main() {
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new()) {
        println!("cargo:warning=the blank program cannot be built: {error:#}");
        std::process::exit(1);
    }
}
