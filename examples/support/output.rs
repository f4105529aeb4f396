//! Results to files, whole or not at all.

use qingdan::AnyCatalogue;
use qingdan::Header;
use qingdan::Record as _;
use qingdan::problem::{Message, Problem};
use qingdan::table::csv::Delimiter;
use qingdan_said::{About as _, no_format, said, said_of};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes to a file or to standard output. A file is written beside its place and put there when it is
/// whole: what was there before stays until then, and may be one of the inputs.
pub fn write<R>(out: Option<&Path>, work: impl FnOnce(&mut dyn Write) -> io::Result<R>) -> anyhow::Result<R> {
    let Some(path) = out else {
        let mut to = BufWriter::new(io::stdout().lock());
        let result = work(&mut to)?;
        to.flush()?;
        return Ok(result);
    };
    if path.is_dir() {
        return Err(said_of(path, "这是文件夹，不是文件", "this is a folder, not a file").into());
    }
    // A link is followed; what is no plain file (a pipe, a device) is written to as it is.
    let resolved = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let path = resolved.as_path();
    if std::fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        let file = std::fs::OpenOptions::new().write(true).open(path).about(
            path,
            "无法写入",
            "cannot be written",
        )?;
        let mut to = BufWriter::new(file);
        let result = work(&mut to).about(path, "无法写入", "cannot be written")?;
        to.flush().about(path, "无法写入", "cannot be written")?;
        return Ok(result);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut file = tempfile::Builder::new().prefix(".qingdan-").tempfile_in(&folder).about(
        path,
        "无法写入",
        "cannot be written",
    )?;
    let mut to = BufWriter::new(&mut file);
    let result = work(&mut to).about(path, "无法写入", "cannot be written")?;
    to.flush().about(path, "无法写入", "cannot be written")?;
    drop(to);
    // As a file that a program makes, not as a private one; or as the one that is replaced.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path).map_or(0o644, |m| m.permissions().mode());
        let _ = file.as_file().set_permissions(std::fs::Permissions::from_mode(mode));
    }
    file.persist(path).about(path, "无法写入", "cannot be written")?;
    Ok(result)
}

/// Refuses two outputs that are one file, and one that has no folder to stand in, before anything is written.
pub fn check(outputs: &[Option<&Path>]) -> anyhow::Result<()> {
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in outputs.iter().flatten() {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(said_of(path, "没有这个文件夹", "there is no such folder").into());
        }
        let whole = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path));
        let whole = whole.unwrap_or_else(|_| path.to_path_buf());
        if seen.contains(&whole) {
            return Err(said_of(path, "两个输出写到同一文件", "named for two outputs").into());
        }
        seen.push(whole);
    }
    Ok(())
}

/// The ending of an output's name, in small letters.
pub fn ending(out: Option<&Path>) -> Option<String> {
    out.and_then(Path::extension).and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase)
}

/// The formats of reports that people read or programs take up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum PageFormat {
    /// Plain text
    Text,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A page without scripts
    Html,
    /// Rows
    Csv,
    /// The document
    Json,
}

impl PageFormat {
    /// As told, or by the ending of the output's name; text where neither says.
    pub fn choose(told: Option<Self>, out: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(format) = told {
            return Ok(format);
        }
        match ending(out).as_deref() {
            None | Some("txt" | "text") => Ok(Self::Text),
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("html" | "htm") => Ok(Self::Html),
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(no_format(other, &["text", "markdown", "html", "csv", "json"]).into()),
        }
    }
}

/// The formats that lists are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// The catalogue document
    Json,
    /// A table; .tsv by the ending of --out
    Csv,
}

impl ListFormat {
    /// As told, or by the ending of the output's name; JSON where neither says.
    pub fn choose(told: Option<Self>, out: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(format) = told {
            return Ok(format);
        }
        match ending(out).as_deref() {
            None | Some("json") => Ok(Self::Json),
            Some("csv" | "tsv") => Ok(Self::Csv),
            Some(other) => Err(said(
                format!("清单写为 .json、.csv 或 .tsv，不是 .{other}；或用 --format 指明"),
                format!("lists are written as .json, .csv or .tsv, not .{other}; or say --format"),
            )
            .into()),
        }
    }
}

/// Writes a list; answers what the format does not hold.
pub fn write_list(
    list: &AnyCatalogue,
    format: ListFormat,
    out: Option<&Path>,
) -> anyhow::Result<Vec<Problem>> {
    write(out, |to| match format {
        ListFormat::Json => list.write_json(to).map(|()| Vec::new()),
        ListFormat::Csv => {
            let tab = out.and_then(Path::extension).is_some_and(|e| e.eq_ignore_ascii_case("tsv"));
            let mut told = list.write_csv(to, if tab { Delimiter::Tab } else { Delimiter::Comma })?;
            let header = list.header();
            let says = (0..Header::FIELDS.len())
                .any(|at| Header::FIELDS[at].name != "columns" && !header.field_is_absent(at));
            if says {
                let message = Message::new(
                    "清单的标题、版次、说明等不在表格的行中，未写入；要完整保存请用 JSON",
                    "title, edition, notes and what else the list says of itself have no place in the rows of a table and were not written; keep JSON for that",
                );
                told.push(Problem::note("table/header-not-held", message));
            }
            Ok(told)
        }
    })
}
