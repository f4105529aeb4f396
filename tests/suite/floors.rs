//! The house keeps its floors: each module knows only its own floor and those below.
//!
//! What counts is what the source says: every `crate::…` path outside of tests, those that go through
//! the list of what is public resolved to where the name lives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up, and what lives on each.
const FLOORS: &[(&str, &[&str])] = &[
    (
        "words",
        &[
            "text", "cell", "citation", "code", "codes", "name", "organ", "problem", "serial", "sorting",
            "title", "watch",
        ],
    ),
    (
        "algebra",
        &[
            "value",
            "record",
            "keyed",
            "pairs",
            "parts",
            "relation",
            "text_atom",
            "mismatch",
            "json",
            "private",
            "__private",
        ],
    ),
    ("terms and model", &["alias", "term", "item", "kind", "catalogue", "portfolio"]),
    (
        "verbs",
        &[
            "change_set",
            "diff",
            "matching",
            "adjustment",
            "digest",
            "check",
            "statistics",
            "likeness",
            "lineage",
            "conversion",
            "merge",
            "align",
            "event",
            "correspondence",
            "rebase",
            "history",
        ],
    ),
    ("edges", &["companion", "document", "notice", "table", "report", "schema"]),
];

/// What may look up, and why.
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    (
        "history",
        &["document"],
        "a checkpoint holds a whole list, and what reads lists is the catalogue document's reader: there is no second one",
    ),
    (
        "codes",
        &["value", "keyed", "text_atom"],
        "the macro that makes a code list an enum makes it an atom and a code of sets as well: what a \
         derive would do at the same place; what a list does not know is kept as a shared text, one pointer wide",
    ),
    (
        "kind",
        &["change_set", "matching", "lineage", "digest", "document", "table", "schema"],
        "`AnyCatalogue` is where a kind that is known at run time meets the verbs and the edges: each is \
         called here once, so that it is compiled once",
    ),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, modules)| modules.contains(&module))
}

pub(crate) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of it").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of a source: without comments, and without its tests, which stand at its end.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.split_once("//").map_or(line, |(code, _)| code);
        let tests = line.trim() == "#[cfg(test)]"
            && lines.peek().is_some_and(|next| next.starts_with("mod ") && next.trim_end().ends_with('{'));
        if tests {
            break;
        }
        out += line;
        out.push('\n');
    }
    out
}

/// The first names behind `crate::`, those of a group in braces too.
fn named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut first = true;
                let mut word = String::new();
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            found.insert(std::mem::take(&mut word));
                            first = true;
                        }
                        c if depth == 0 && first && (c.is_alphanumeric() || c == '_') => word.push(c),
                        ' ' | '\n' if word.is_empty() => {}
                        _ => first = false,
                    }
                }
                found.insert(word);
            }
            None => {
                found.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
    found.remove("");
    found
}

/// Where the names live that `lib.rs` makes public.
fn public_names(lib: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let lib = code(lib);
    for part in lib.split("pub use ").skip(1) {
        let Some((path, _)) = part.split_once(';') else { continue };
        let Some((module, rest)) = path.split_once("::") else { continue };
        for name in rest.trim_matches(['{', '}']).split(',') {
            let name = name.rsplit("::").next().unwrap_or_default().trim();
            names.insert(name.to_owned(), module.to_owned());
        }
    }
    names
}

#[test]
fn each_floor_knows_only_those_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let public = public_names(&fs::read_to_string(src.join("lib.rs")).expect("lib.rs"));
    let mut files = Vec::new();
    sources(&src, &mut files);
    files.sort();
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for file in files {
        let place = file.strip_prefix(&src).expect("it lies there");
        let module = place.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = module.trim_end_matches(".rs");
        if module == "lib" || place.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        let Some(own) = floor(module) else {
            wrong.push(format!("src/{}: `{module}` lives on no floor: name it in FLOORS", place.display()));
            continue;
        };
        for name in named(&code(&fs::read_to_string(&file).expect("a source"))) {
            let target = public.get(&name).unwrap_or(&name);
            let Some(other) = floor(target) else {
                if target != "qingdan_derive" {
                    wrong.push(format!("src/{}: `crate::{name}` lives on no floor", place.display()));
                }
                continue;
            };
            if other <= own {
                continue;
            }
            match EXCEPTIONS.iter().find(|(who, whom, _)| *who == module && whom.contains(&&**target)) {
                Some(_) => _ = used.insert((module.to_owned(), target.clone())),
                None => wrong.push(format!(
                    "src/{}: {} ({}) knows {target} ({})",
                    place.display(),
                    module,
                    FLOORS[own].0,
                    FLOORS[other].0
                )),
            }
        }
    }
    for (who, whom, _) in EXCEPTIONS {
        for whom in *whom {
            if !used.contains(&((*who).to_owned(), (*whom).to_owned())) {
                wrong.push(format!("{who} does not know {whom} any more: take the exception out"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_sources_reads_them() {
    let text = "use crate::value::{A, B};\nuse crate::{Record, term::{Date, Fee},\n Text};\n// crate::no\nlet x = crate::cell::cut;\n#[cfg(test)]\nmod tests {\n use crate::late;\n}\n";
    let names: Vec<_> = named(&code(text)).into_iter().collect();
    assert_eq!(names, ["Record", "Text", "cell", "term", "value"]);
    let public = public_names("pub use a::{B, C};\npub use d::E;\n");
    assert_eq!(public["C"], "a");
    assert_eq!(public["E"], "d");
}

/// What only those programs compile that ask for it: functions there are `#[inline]`, which the compiler makes where they
/// are called, and what they drag in for each kind with them. (One that is not is compiled with the library, and so is all
/// that it calls; a function with type parameters never is.)
const COMPILED_WHERE_ASKED_FOR: &[&str] = &[
    "src/align",
    "src/check",
    "src/code",
    "src/correspondence",
    "src/history",
    "src/merge",
    "src/organ",
    "src/rebase",
    "src/statistics",
    "src/alias.rs",
    "src/citation/number.rs",
    "src/citation/rank.rs",
    "src/likeness.rs",
    "src/statistics.rs",
    "src/table/csv/write_list.rs",
    "src/report/align.rs",
    "src/report/annual.rs",
    "src/report/bars.rs",
    "src/report/graph.rs",
    "src/report/history.rs",
    "src/report/merge.rs",
    "src/report/page.rs",
    "src/report/rebase.rs",
];

/// The functions of a source that the compiler would make with the library: with their lines.
fn compiled_always(text: &str) -> Vec<(usize, String)> {
    let code = code(text);
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    // Methods of a type with parameters are made with what fills them in.
    let mut generic = false;
    for (at, line) in lines.iter().enumerate() {
        let said = line.trim_start();
        if let Some(parameters) = said.strip_prefix("impl") {
            generic =
                has_type(parameters.strip_prefix('<').and_then(|p| p.split_once('>')).map_or("", |(p, _)| p));
        }
        let words = said
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub(super) ")
            .trim_start_matches("pub ");
        let Some(rest) = words.trim_start_matches("const ").strip_prefix("fn ") else { continue };
        let header = lines[at..].iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ");
        let end = header.find(['{', ';']).unwrap_or(header.len());
        let declared = header[end..].starts_with(';');
        let parameters =
            rest.split_once('(').and_then(|(name, _)| name.split_once('<')).map_or("", |(_, p)| p);
        let shaped = header[..end].split("->").next().is_some_and(|signature| signature.contains("impl "));
        let marked = lines[..at]
            .iter()
            .rev()
            .map(|l| l.trim())
            .take_while(|l| l.is_empty() || l.starts_with("#["))
            .any(|l| l == "#[inline]");
        if !declared && !generic && !has_type(parameters) && !shaped && !marked {
            found.push((at + 1, said.to_owned()));
        }
    }
    found
}

/// Whether parameters name a type or a constant, beside lifetimes.
fn has_type(parameters: &str) -> bool {
    parameters
        .split(',')
        .any(|p| p.trim().starts_with(|c: char| c.is_ascii_uppercase()) || p.trim().starts_with("const "))
}

#[test]
fn what_few_programs_ask_for_is_compiled_with_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in COMPILED_WHERE_ASKED_FOR {
        let path = root.join(place);
        let mut files = Vec::new();
        if path.is_dir() {
            sources(&path, &mut files);
        } else {
            files.push(path);
        }
        assert!(!files.is_empty(), "{place} is there");
        for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
            let text = fs::read_to_string(file).expect("a source");
            for (line, function) in compiled_always(&text) {
                found.push(format!(
                    "{}:{line}: {function}",
                    file.strip_prefix(root).unwrap_or(file).display()
                ));
            }
        }
    }
    assert!(found.is_empty(), "not `#[inline]`, so compiled with the library for all:\n{}", found.join("\n"));
}

#[test]
fn a_function_without_the_mark_is_found() {
    let source = "fn plain() {}\n/// Told.\n#[inline]\n#[must_use]\nfn marked() {}\nfn of<T: Item>(of: T) {}\nfn long<'a>(\n    of: &'a str,\n) {\n}\n\
                  trait Told {\n    fn declared(&self);\n}\nimpl<T> Told for List<T> {\n    fn declared(&self) {}\n}\n";
    let found: Vec<usize> = compiled_always(source).into_iter().map(|(line, _)| line).collect();
    assert_eq!(found, [1, 7]);
}
