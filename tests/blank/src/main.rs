//! One empty window and nothing behind it: the yardstick that `cargo xtask bench` holds Kaunter's start, memory and size to.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
