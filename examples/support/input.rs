//! Lists from files.

use super::{BAD, End, tell};
use qingdan::document::{self, Duplicates, Reading};
use qingdan::problem::{Lang, Message, Problem, Severity};
use qingdan::table::csv::{Delimiter, Dialect, Encoding, Options};
use qingdan::table::{ColumnNames, MissingColumns};
use qingdan::term::Date;
use qingdan::{AnyCatalogue, Entry as _, Header, Kind, Portfolio};
use qingdan_progress::Progress;
use qingdan_said::{About as _, Said, in_words, said, said_of};
use std::fs::File;
use std::io::{self, Cursor, Read as _, Write as _};
use std::path::Path;

/// How the lists that a program takes are read.
#[derive(Clone, Debug, clap::Args)]
pub struct Input {
    /// Kind of the lists read from tables; or written before a path: KIND:PATH
    #[arg(long, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// Print the fields of a kind with the headers that are known, and end
    #[arg(long, value_name = "KIND")]
    pub fields: Option<Kind>,
    /// Columns that the known headers do not cover, as 'field=header,…'; a header may be #3 for the third
    /// column (may repeat)
    #[arg(long, value_name = "FIELD=HEADER,…")]
    pub columns: Vec<ColumnNames>,
    /// Encoding of tables: utf-8, gb18030 or utf-16 (may repeat, in the order of the tables; the last one is for the rest)
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = encoding)]
    pub encoding: Vec<Encoding>,
    /// Two rows of one id that the table itself gives: `refuse` or `keep` both, told apart by occurrence
    #[arg(long, value_name = "WHAT", default_value = "refuse", value_parser = duplicates)]
    pub duplicates: Duplicates,
    /// Label of the edition of a list read from a table (may repeat, in the order of the tables)
    #[arg(long, value_name = "LABEL")]
    pub edition: Vec<String>,
    /// Who issued a list read from a table (may repeat)
    #[arg(long, value_name = "NAME")]
    pub issuer: Vec<String>,
    /// From when a list read from a table is in force, as 2024-01-01 (may repeat)
    #[arg(long, value_name = "DATE")]
    pub effective: Vec<Date>,
    /// Number of the document that published a list read from a table (may repeat)
    #[arg(long, value_name = "NO")]
    pub document: Vec<String>,
}

fn encoding(label: &str) -> Result<Encoding, String> {
    Encoding::from_label(label).ok_or_else(|| "utf-8, gb18030 and utf-16 are read".to_owned())
}

fn duplicates(word: &str) -> Result<Duplicates, String> {
    match word {
        "refuse" => Ok(Duplicates::Refuse),
        "keep" => Ok(Duplicates::Keep),
        _ => Err("`refuse` or `keep`".to_owned()),
    }
}

/// Standard input that cannot be read.
fn unread(error: io::Error) -> Said {
    said("无法读取标准输入", "standard input cannot be read").because(error)
}

/// The text of a file, or of standard input.
pub fn text_of(path: &Path) -> Result<String, Said> {
    if path.as_os_str() == "-" {
        return io::read_to_string(io::stdin().lock()).map_err(unread);
    }
    std::fs::read_to_string(path).about(path, "无法读取", "cannot be read")
}

/// Whether a path names a table, which says nothing of its edition.
fn is_table(path: &str) -> bool {
    path != "-" && Path::new(path).extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("json"))
}

/// The lists in a folder, by name, with the kinds of tables.
fn lists_in(folder: &Path) -> anyhow::Result<Vec<(String, Option<Kind>)>> {
    let entries = std::fs::read_dir(folder).about(folder, "无法读取", "cannot be read")?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.about(folder, "无法读取", "cannot be read")?.path();
        let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match ending.as_deref() {
            _ if name.starts_with(['.', '~']) || path.is_dir() => continue,
            Some("json") => None,
            Some("csv" | "tsv") => {
                let word = name.split('.').next().unwrap_or_default();
                Some(word.parse::<Kind>().map_err(|unknown| {
                    said_of(
                        &path,
                        &format!("{}；文件夹中的表以其种类命名，如 filing.own.csv", unknown.message().zh),
                        &format!("{unknown}; a table in a folder is named after its kind, as filing.own.csv"),
                    )
                })?)
            }
            _ => continue,
        };
        files.push((path.to_string_lossy().into_owned(), kind));
    }
    files.sort();
    Ok(files)
}

/// What tells lists of one kind apart in a file's name: `own` in filing.own.csv.
fn series_of(path: &str) -> String {
    let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    stem.split_once('.').map(|(_, series)| series.to_owned()).unwrap_or_default()
}

/// What a path's ending says of its format.
enum Format {
    Json,
    Table(Delimiter),
}

impl Input {
    /// Prints the fields of a kind, if that was asked for.
    pub fn print_fields(&self) -> io::Result<bool> {
        let Some(kind) = self.fields else { return Ok(false) };
        let mut out = String::new();
        for field in kind.fields() {
            let headers: Vec<&str> = field.headers().collect();
            out += &format!("{}\t{}\t{}\n", field.name, headers.join("、"), field.doc);
        }
        io::stdout().write_all(out.as_bytes())?;
        Ok(true)
    }

    /// The options without the last --document, and that, where the list that it is for is no table: what decided the
    /// adjustments is told beside it.
    pub fn with_document_of(&self, path: &str) -> (Self, Option<String>) {
        let mut input = self.clone();
        let document = if is_table(self.split(path).1) { None } else { input.document.pop() };
        (input, document)
    }
    /// Reads the lists, all of them before any error ends the program.
    pub fn read(&self, paths: &[String], lang: Lang, progress: &Progress) -> Result<Vec<AnyCatalogue>, End> {
        let each: Vec<usize> = (0..paths.len()).collect();
        self.read_in_turns(paths, &each, lang, progress)
    }

    /// The same, where several tables take one turn at the options that repeat: those of one folder.
    fn read_in_turns(
        &self,
        paths: &[String],
        turns: &[usize],
        lang: Lang,
        progress: &Progress,
    ) -> Result<Vec<AnyCatalogue>, End> {
        if paths.iter().filter(|path| *path == "-").count() > 1 {
            return Err(said("标准输入只能是一份清单", "standard input can be one list only").into());
        }
        let mut lists = Vec::new();
        let mut bad = false;
        // One value for several tables is the last one's.
        let mut tables: Vec<usize> =
            paths.iter().zip(turns).filter(|(path, _)| is_table(path)).map(|(_, turn)| *turn).collect();
        tables.dedup();
        self.tell_surplus(tables.len(), lang);
        let several = paths.iter().filter(|path| is_table(path)).count();
        // A header that --columns names and some table has need not be in all of them.
        let mut missing: Vec<(String, Vec<Problem>)> = Vec::new();
        for (path, turn) in paths.iter().zip(turns) {
            let table = tables.iter().position(|of| of == turn).unwrap_or_default();
            let read = self.read_one(path, table, tables.len(), progress);
            match read {
                Ok(Reading { value, mut problems }) => {
                    for problem in &mut problems {
                        problem.place.file = Some(self.split(path).1.to_owned());
                    }
                    for problem in problems.extract_if(.., |problem| problem.rule == "table/missing-column") {
                        let header = problem.expected.clone().unwrap_or_default();
                        match missing.iter_mut().find(|(of, _)| *of == header) {
                            Some((_, all)) => all.push(problem),
                            None => missing.push((header, vec![problem])),
                        }
                    }
                    tell(&problems, lang);
                    bad |= problems.iter().any(Problem::is_error);
                    lists.extend(value);
                }
                Err(error) => {
                    eprintln!(
                        "{}: {}: {}",
                        self.split(path).1,
                        lang.pick("错误", "error"),
                        in_words(&error, lang)
                    );
                    bad = true;
                }
            }
        }
        for (_, mut all) in missing {
            let nowhere = all.len() >= several;
            for problem in all.iter_mut().filter(|_| nowhere) {
                problem.severity = Severity::Error;
            }
            all.retain(|problem| problem.severity > Severity::Note);
            tell(&all, lang);
            bad |= nowhere;
        }
        if bad { Err(End::Code(BAD)) } else { Ok(lists) }
    }

    /// Says which options that repeat have more values than there are tables to take them.
    fn tell_surplus(&self, tables: usize, lang: Lang) {
        let given = [
            ("--encoding", if self.encoding.len() > 1 { self.encoding.len() } else { 0 }),
            ("--edition", self.edition.len()),
            ("--issuer", self.issuer.len()),
            ("--effective", self.effective.len()),
            ("--document", self.document.len()),
        ];
        for (option, values) in given.into_iter().filter(|(_, values)| *values > tables) {
            let message = Message::new(
                format!("{option} 给了{values}个值，而表格只有{tables}个；多出的没有用到"),
                format!(
                    "{option} has {values} values, and there are {tables} tables to take them: the rest is not used"
                ),
            );
            tell(&[Problem::warning("table/surplus-option", message)], lang);
        }
    }

    /// Reads all lists of one government: folders of lists, and lists. The kind of a table in a folder is its name up to the
    /// first dot, what stands between that and the ending tells lists of one kind apart.
    pub fn read_portfolio(
        &self,
        paths: &[String],
        lang: Lang,
        progress: &Progress,
    ) -> Result<Portfolio, End> {
        let read = self.read_portfolios(&[paths], lang, progress)?;
        read.into_iter().next().ok_or(End::Code(BAD))
    }

    /// Reads the lists of several governments, or of several years. Options that repeat go by the paths, over all of them:
    /// the tables of a folder take one turn.
    pub fn read_portfolios(
        &self,
        groups: &[&[String]],
        lang: Lang,
        progress: &Progress,
    ) -> Result<Vec<Portfolio>, End> {
        struct Listed {
            path: String,
            kind: Option<Kind>,
            in_folder: bool,
            group: usize,
        }
        let (mut files, mut turns) = (Vec::new(), Vec::new());
        let paths =
            groups.iter().enumerate().flat_map(|(group, paths)| paths.iter().map(move |path| (group, path)));
        for (turn, (group, path)) in paths.enumerate() {
            if Path::new(path).is_dir() {
                let found = lists_in(Path::new(path))?;
                if found.is_empty() {
                    return Err(said_of(
                        path,
                        "其中没有清单（.json、.csv 或 .tsv）",
                        "holds no list (.json, .csv or .tsv)",
                    )
                    .into());
                }
                files.extend(found.into_iter().map(|(path, kind)| Listed {
                    path,
                    kind,
                    in_folder: true,
                    group,
                }));
            } else {
                files.push(Listed { path: path.clone(), kind: None, in_folder: false, group });
            }
            turns.resize(files.len(), turn);
        }
        let named = |file: &Listed| match file.kind {
            Some(kind) => format!("{kind}:{}", file.path),
            None => file.path.clone(),
        };
        let lists =
            self.read_in_turns(&files.iter().map(named).collect::<Vec<_>>(), &turns, lang, progress)?;
        let mut portfolios = vec![Portfolio::default(); groups.len()];
        for (mut list, file) in lists.into_iter().zip(files) {
            let portfolio = &mut portfolios[file.group];
            let path = Path::new(&file.path);
            if list.header().series.is_empty() && file.in_folder {
                list.header_mut().series = series_of(&file.path).into();
            }
            if portfolio.lists.get(&list.key()).is_some() {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                list.header_mut().series = stem.as_ref().into();
            }
            if portfolio.region.is_empty() {
                portfolio.region = list.header().region.clone();
            }
            let key = list.key().into_owned();
            if portfolio.lists.push(list).is_err() {
                let path = path.display();
                return Err(said(
                    format!("{path}：第二份“{key}”清单；请给其中之一另起名字，如 KIND.NAME.csv"),
                    format!("{path}: a second list `{key}`; name one of them otherwise, as KIND.NAME.csv"),
                )
                .into());
            }
        }
        Ok(portfolios)
    }

    /// A path without the kind that may stand before it.
    pub fn path_of<'p>(&self, path: &'p str) -> &'p str {
        self.split(path).1
    }
    /// A path and the kind written before it.
    fn split<'p>(&self, path: &'p str) -> (Option<Kind>, &'p str) {
        match path.split_once(':') {
            Some((kind, rest)) if !Path::new(path).exists() => match kind.parse() {
                Ok(kind) => (Some(kind), rest),
                Err(_) => (self.kind, path),
            },
            _ => (self.kind, path),
        }
    }

    fn read_one(
        &self,
        path: &str,
        table: usize,
        tables: usize,
        progress: &Progress,
    ) -> anyhow::Result<Reading<Option<AnyCatalogue>>> {
        let options = document::Options::default().duplicates(self.duplicates);
        let (kind, path) = self.split(path);
        if path == "-" {
            let mut held = Vec::new();
            std::io::stdin().lock().read_to_end(&mut held).map_err(unread)?;
            return Ok(AnyCatalogue::read_json(Cursor::new(held), &options)?);
        }
        let format = match Path::new(path).extension().and_then(|e| e.to_str()) {
            Some(e) if e.eq_ignore_ascii_case("json") => Format::Json,
            Some(e) if e.eq_ignore_ascii_case("csv") => Format::Table(Delimiter::Comma),
            Some(e) if e.eq_ignore_ascii_case("tsv") => Format::Table(Delimiter::Tab),
            _ if !Path::new(path).exists() => {
                return Err(said("没有这个文件或文件夹", "there is no such file or folder").into());
            }
            _ if Path::new(path).is_dir() => {
                return Err(said(
                    "这是文件夹；请给出 .json、.csv 或 .tsv 文件",
                    "this is a folder; name a .json, .csv or .tsv file",
                )
                .into());
            }
            _ => {
                return Err(said(
                    "文件名的结尾不是可读的格式：.json、.csv 或 .tsv",
                    "the ending of the name says no format that is read: .json, .csv or .tsv",
                )
                .into());
            }
        };
        let file = File::open(path)
            .map_err(|error| said("无法打开文件", "the file cannot be opened").because(error))?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            return Err(said("这是文件夹，不是文件", "this is a folder, not a file").into());
        }
        let source = progress.reading(file);
        match format {
            Format::Json => Ok(AnyCatalogue::read_json(source, &options)?),
            Format::Table(delimiter) => {
                let Some(kind) = kind else {
                    let kinds = Kind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(", ");
                    return Err(said(
                        format!("表格不说明自己的种类：请加 --kind，可为 {kinds}"),
                        format!("a table does not say its kind: add --kind, one of {kinds}"),
                    )
                    .into());
                };
                let mut columns = ColumnNames::default();
                for names in &self.columns {
                    columns.extend(names.clone());
                }
                let mut options = Options::default();
                options.dialect = Dialect::default().delimiter(delimiter).encoding(self.encoding_of(table));
                options.columns = columns;
                // Whether any table has it is seen once all are read.
                options.missing_columns = MissingColumns::Tell;
                options.duplicates = self.duplicates;
                options.header = self.header(table, tables);
                let reading = AnyCatalogue::read_csv(kind, source, &options)?;
                Ok(Reading { value: Some(reading.value), problems: reading.problems })
            }
        }
    }

    /// The encoding of one of the tables.
    fn encoding_of(&self, table: usize) -> Encoding {
        self.encoding.get(table).or(self.encoding.last()).copied().unwrap_or_default()
    }
    /// The encoding of what is no list and not in UTF-8.
    pub fn encoding(&self) -> Encoding {
        self.encoding_of(usize::MAX)
    }

    /// What the options say of the header of one of the tables.
    fn header(&self, table: usize, tables: usize) -> Header {
        fn nth<T: Clone>(values: &[T], table: usize, tables: usize) -> Option<T> {
            let skipped = tables.saturating_sub(values.len());
            table.checked_sub(skipped).and_then(|i| values.get(i)).cloned()
        }
        let mut header = Header::default();
        header.edition = nth(&self.edition, table, tables).unwrap_or_default();
        header.issuer = nth(&self.issuer, table, tables).unwrap_or_default().into();
        header.effective = nth(&self.effective, table, tables);
        header.document = nth(&self.document, table, tables).unwrap_or_default().into();
        header
    }
}
