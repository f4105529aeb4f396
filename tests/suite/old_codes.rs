//! Codes and bodies of real lists, by path: see `real_lists::data`.

use crate::real_lists::data;
use qingdan::code::{BasicCode, Code, LocalForm};
use qingdan::codes::AuthorityRole;
use qingdan::organ::bodies;
use qingdan::table::csv::{Dialect, Row, Rows};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

/// A column of a table; `None` where the table is absent.
fn column(folder: &Path, file: &str, header: &str) -> Option<Vec<String>> {
    let path = folder.join(file);
    if !path.is_file() {
        eprintln!("skipped: no {}", path.display());
        return None;
    }
    let mut rows = Rows::open(File::open(path).unwrap(), &Dialect::default()).unwrap();
    let column = rows.header().iter().position(|h| h == header).expect("the column");
    let (mut row, mut cells) = (Row::default(), Vec::new());
    while rows.next_row(&mut row).unwrap() {
        cells.push(row.cell(column).to_owned());
    }
    Some(cells)
}

/// How many codes have which form.
fn forms(codes: &[String]) -> BTreeMap<Option<LocalForm>, usize> {
    let mut forms = BTreeMap::new();
    for code in codes {
        *forms.entry(Code::recognise(code).local_form()).or_default() += 1;
    }
    forms
}

#[test]
fn the_codes_of_liaoning_are_basic_codes() {
    let Some(folder) = data() else { return };
    let Some(codes) = column(&folder, "liaoning/liaoning_catalog.csv", "catalog_code") else { return };
    assert_eq!(codes.len(), 30);
    for code in &codes {
        let basic: BasicCode = code.parse().unwrap();
        assert!(["00", "21"].contains(&basic.prefix()), "{code}");
    }
    assert_eq!(forms(&codes), BTreeMap::from([(None, 30)]));
}

#[test]
fn the_codes_of_danyang_are_its_own_or_a_platforms_ids() {
    let Some(folder) = data() else { return };
    let Some(codes) = column(&folder, "danyang-findings/findings.csv", "c2") else { return };
    assert_eq!(forms(&codes), BTreeMap::from([(None, 468), (Some(LocalForm::Danyang), 277)]));
    for code in codes.iter().filter(|code| LocalForm::recognise(code).is_some()) {
        let parts = LocalForm::Danyang.parts(code);
        assert!(["321181", "320205"].contains(&parts[0].text), "{code}");
        let check = qingdan::code::organisation_check_character(&parts[2].text[..8]);
        let written = parts[2].text.chars().last().map(|c| c.to_ascii_uppercase());
        assert_eq!(check, written, "{code}");
    }
}

#[test]
fn the_codes_of_guangan_are_of_the_sichuan_form() {
    let Some(folder) = data() else { return };
    let Some(codes) = column(&folder, "guangan/guangan_items.csv", "item_code") else { return };
    assert_eq!(forms(&codes), BTreeMap::from([(None, 3), (Some(LocalForm::Sichuan), 1132)]));
}

#[test]
fn the_bodies_of_karamay_are_read() {
    let Some(folder) = data() else { return };
    let Some(cells) = column(&folder, "karamay/karamay_items.csv", "body") else { return };
    let read: Vec<_> = cells.iter().flat_map(|cell| bodies(cell)).collect();
    let count = |test: &dyn Fn(&qingdan::organ::Body) -> bool| read.iter().filter(|body| test(body)).count();
    // 地州市商务主管部门 21, 县市区林业和草原局 6, 地州市林业和草原局 4, 地州市发展和改革委员会 1.
    assert_eq!(count(&|body| body.is_abstract()), 32);
    assert_eq!(count(&|body| body.role == Some(AuthorityRole::Undertake)), 3);
    assert_eq!(count(&|body| !body.other_names.is_empty()), 36 + 18 + 12 + 1);
    assert_eq!(count(&|body| body.collective), 153 + 1);
}
