//! The JSON Schemas of the documents, as files.
//!
//! ```sh
//! cargo run --example export_schema -- --out schemas
//! cargo run --example export_schema -- --check schemas
//! ```

use clap::Parser;
use clap::builder::PossibleValuesParser;
use qingdan::schema;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

/// Writes the JSON Schemas (draft 2020-12) of the documents: one file a document type, and a bundle of all.
///
/// Exit codes: 0 done, or all up to date; 1 with --check, where a file is out of date; 2 usage or output error.
#[derive(Parser)]
#[command(name = "export_schema", version)]
struct Arguments {
    /// Which schemas (default: all of them)
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(schema::all().into_iter().map(|(name, _)| name)))]
    names: Vec<String>,
    /// Where to write: NAME.json for each; a file is written whole or not at all
    #[arg(long, value_name = "DIR", required_unless_present = "check", conflicts_with = "check")]
    out: Option<PathBuf>,
    /// Writes nothing; prints the names of the files in DIR that are out of date
    #[arg(long, value_name = "DIR")]
    check: Option<PathBuf>,
}

fn main() -> ExitCode {
    match program(&Arguments::parse()) {
        Ok(code) => code,
        // A reader that goes away is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn program(arguments: &Arguments) -> io::Result<ExitCode> {
    let wanted = |name: &str| arguments.names.is_empty() || arguments.names.iter().any(|n| n == name);
    let files = schema::all().into_iter().filter(|(name, _)| wanted(name));
    let files: Vec<_> = files.map(|(name, schema)| (format!("{name}.json"), schema::text(&schema))).collect();
    if let Some(dir) = &arguments.out {
        fs::create_dir_all(dir).map_err(|error| about(dir, &error))?;
        for (file, text) in &files {
            write_whole(&dir.join(file), text)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let Some(dir) = &arguments.check else { return Ok(ExitCode::from(2)) };
    let mut old = Vec::new();
    for (file, text) in &files {
        let path = dir.join(file);
        match fs::read(&path) {
            Ok(found) if found == text.as_bytes() => {}
            Ok(_) => old.push(file.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => old.push(file.clone()),
            Err(error) => return Err(about(&path, &error)),
        }
    }
    if arguments.names.is_empty() && dir.is_dir() {
        // What no document has any more.
        for entry in fs::read_dir(dir).map_err(|error| about(dir, &error))? {
            let name = entry.map_err(|error| about(dir, &error))?.file_name().to_string_lossy().into_owned();
            let is_json = Path::new(&name).extension().is_some_and(|ending| ending == "json");
            if is_json && files.iter().all(|(file, _)| *file != name) {
                old.push(name);
            }
        }
        old.sort();
    }
    let mut out = io::stdout().lock();
    for file in &old {
        writeln!(out, "{}", file.trim_end_matches(".json"))?;
    }
    Ok(if old.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Writes beside the file, then puts it in place.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension(format!("json.{}", std::process::id()));
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        about(path, &error)
    })
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
