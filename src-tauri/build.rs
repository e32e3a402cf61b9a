//! Tells Tauri which commands there are, so that one that is not listed, or not allowed to a window, is refused.

#[macro_use]
#[path = "src/commands/list.rs"]
mod list;

macro_rules! names {
    ($($module:ident :: $name:ident),* $(,)?) => { &[$(stringify!($name)),*] };
}

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/src/commands/list.rs");
    println!("cargo:rerun-if-changed=ui");
    let manifest = tauri_build::AppManifest::new().commands(for_each_command!(names));
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning=the application cannot be built: {error:#}");
        std::process::exit(1);
    }
}
