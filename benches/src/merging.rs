//! Merging beside one comparison, and beside programs that merge tables: time, memory, clashes found, wrong and missed.

use crate::data::{self, Temporary};
use crate::report::{Plan, machine, merge_row};
use std::process::Command;

/// Makes the data, runs everything, and prints its tables.
///
/// # Errors
/// A measure failed.
pub(crate) fn all(plan: &Plan) -> Result<(), String> {
    let temporary = Temporary::new().map_err(|e| e.to_string())?;
    println!("{}", machine());
    println!("\n| what | ours, s | peak | rival, s | peak | time | aim | peak ratio | aim |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut folders = Vec::new();
    for &items in plan.items() {
        let folder = temporary.join(&items.to_string());
        let truth = data::make(items, &folder).map_err(|e| e.to_string())?;
        merge_row(items, &folder, plan, truth)?;
        folders.push(folder);
    }
    println!("\n| from files to a file | items | s | peak | clashing items found | wrong | missed | |");
    println!("|---|---|---|---|---|---|---|---|");
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/merge_peers.py");
    for folder in folders {
        let status = Command::new("python3").arg(script).arg(&folder).arg(&program).status();
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(format!("{script}: {status}")),
            Err(error) => return Err(format!("python3 {script}: {error}")),
        }
    }
    Ok(())
}
