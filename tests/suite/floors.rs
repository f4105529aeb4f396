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
