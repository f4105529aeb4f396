//! `cargo run --release -p qingdan-benches -- all`: what the library takes in
//! time and memory, beside its rivals, as Markdown tables.
//!
//! Every measure is a process of its own (this program, started again with
//! `work`, or a script in `peers/`), so that its peak memory is its own. The
//! rivals of one row take turns, run by run; what they count is compared
//! before their times are.

mod data;
mod generate;
mod history;
mod matching;
mod merging;
mod plain;
mod report;
mod runs;
mod truth;
mod work;
mod write;

use std::process::ExitCode;

const USAGE: &str = "usage: qingdan-benches all [--items 10000,100000,1000000] [--runs 7] [--only WORD]
       qingdan-benches matching [--items 10000,30000,100000,300000] [--runs 3] [--only WORD]
       qingdan-benches merging [--items 10000,100000] [--runs 7]
       qingdan-benches history [--editions 100] [--items 100000]
       qingdan-benches make ITEMS FOLDER
       qingdan-benches work MEASURE FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["all", options @ ..] => report::Plan::of(options).and_then(|plan| report::all(&plan)),
        ["matching", options @ ..] => matching::Plan::of(options).and_then(|plan| matching::all(&plan)),
        ["merging", options @ ..] => report::Plan::of(options).and_then(|plan| merging::all(&plan)),
        ["history", options @ ..] => history::Plan::of(options).and_then(|plan| history::all(&plan)),
        ["history-work", what, folder, editions] => {
            let editions = editions.parse().map_err(|_| format!("{editions} is no number of editions"));
            editions.and_then(|editions| history::serve(what, folder.as_ref(), editions))
        }
        ["make", items, folder] => {
            let items = items.parse().map_err(|_| format!("{items} is no number of items"));
            items.and_then(|items| data::make(items, folder.as_ref()).map_err(|e| e.to_string()).map(drop))
        }
        ["work", measure, folder] => work::serve(measure, folder.as_ref()),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("qingdan-benches: {message}");
            ExitCode::from(2)
        }
    }
}
