//! Schemas and readers judge alike, and what the library writes validates.

use jsonschema::Validator;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use qingdan::Item;
use qingdan::item::{
    CertificationItem, CrossRegionItem, CustomItem, DecisionItem, FilingItem, InspectionItem,
    LicenceReformItem, LicensingItem, LicensingNorm, NormativeDocument, PowerItem, ServiceItem,
    ServicePackage, SupervisionItem,
};
use qingdan::value::{Cell, merge};
use qingdan::{AnyCatalogue, AnyChangeSet, Catalogue, ChangeSet, Kind, SharedList};
use qingdan::{document, schema, table};
use serde_json::{Value as Json, json};
use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

// ------------------------------------------------------------------------------------------------
// Validators

/// A validator of a schema, or of one of its definitions. `format` is asserted, as readers do.
fn validator(schema: &schemars::Schema, definition: Option<&str>) -> Validator {
    let mut schema = schema.as_value().clone();
    if let Some(name) = definition {
        let defs = schema["$defs"].take();
        assert!(defs.get(name).is_some(), "{name}");
        schema = json!({"$schema": schema["$schema"], "$ref": format!("#/$defs/{name}"), "$defs": defs});
    }
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
}

static BUNDLE: LazyLock<Validator> = LazyLock::new(|| validator(&schema::bundle(), None));
static DIFF: LazyLock<Validator> = LazyLock::new(|| validator(&schema::diff(), None));
static HISTORY: LazyLock<Validator> = LazyLock::new(|| validator(&schema::history(), None));
static MERGE: LazyLock<Validator> = LazyLock::new(|| validator(&schema::merge(), None));

fn holds(validator: &Validator, document: &Json) {
    let errors: Vec<String> =
        validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

/// A validator of each kind's catalogue.
static CATALOGUES: LazyLock<Vec<(Kind, Validator)>> = LazyLock::new(|| {
    Kind::ALL.iter().map(|&kind| (kind, validator(&schema::catalogue(kind), None))).collect()
});

fn catalogue_validator(kind: Kind) -> &'static Validator {
    let found = CATALOGUES.iter().find(|(of, _)| *of == kind);
    &found.unwrap_or_else(|| panic!("{kind}: give it a validator")).1
}

fn changes_validator<T: Item>() -> Validator {
    validator(&schema::diff(), Some(&format!("change-set_{}", T::NAME)))
}

fn clashes_validator<T: Item>() -> Validator {
    validator(&schema::merge(), Some(&format!("catalogue_{}Clash", T::NAME)))
}

fn json<T: serde::Serialize>(value: &T) -> Json {
    serde_json::to_value(value).expect("it is JSON")
}

// ------------------------------------------------------------------------------------------------
// What the library writes validates

fn written<T: Item>(catalogue: &Catalogue<T>) -> Json {
    let mut bytes = Vec::new();
    document::write(catalogue, &mut bytes).expect("memory takes it");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

#[test]
fn the_schemas_are_schemas() {
    for (name, schema) in schema::all() {
        assert!(jsonschema::draft202012::meta::is_valid(schema.as_value()), "{name}");
    }
}

#[test]
fn real_lists_validate_as_every_kind() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data");
    for kind in Kind::ALL {
        let mut lists = Vec::new();
        for name in ["licensing-2022.csv", "licensing-2023.csv"] {
            let bytes = std::fs::read(data.join(name)).expect("the example is there");
            let reading = AnyCatalogue::read_csv(*kind, &bytes[..], &table::csv::Options::default());
            let mut list = reading.expect("memory can be read").value;
            list.header_mut().edition = name.into();
            let mut bytes = Vec::new();
            list.write_json(&mut bytes).expect("memory takes it");
            let document: Json = serde_json::from_slice(&bytes).expect("it is JSON");
            holds(catalogue_validator(*kind), &document);
            holds(&BUNDLE, &document);
            lists.push(list);
        }
        let [before, after] = &lists[..] else { unreachable!("two files were read") };
        let lineage =
            before.lineage_to(after, &qingdan::matching::Options::default()).expect("they are of one kind");
        let pairs = lineage.pairs();
        let changes =
            before.changes_to(after, &pairs).expect("they are of one kind").with_digests(before, after);
        let differences = changes.differences(before, after, &qingdan::diff::Comparing::default());
        let differences = differences.expect("they are of one kind");
        let mut bytes = Vec::new();
        qingdan::report::json(&differences, &changes, &mut bytes).expect("memory takes it");
        let report: Json = serde_json::from_slice(&bytes).expect("it is JSON");
        assert!(!differences.adjustments.is_empty());
        holds(&DIFF, &report);
        holds(&BUNDLE, &report);
        AnyChangeSet::read_json(*kind, &report.to_string()).expect("what validates is read");
    }
}

#[test]
fn the_report_of_a_check_validates() {
    let validator = validator(&schema::check(), None);
    let mut list = qingdan::Catalogue::<LicensingItem>::default();
    list.header.declared = Some(3);
    list.items.push(LicensingItem::new("TE4507211000000003414010100200300", "甲")).unwrap();
    let mut portfolio = qingdan::Portfolio::default();
    portfolio.lists.push(list.into()).unwrap();
    let findings = qingdan::check::check(&portfolio, &qingdan::check::Options::default());
    assert!(!findings.findings.is_empty());
    let mut text = Vec::new();
    qingdan::report::check_json(&findings, qingdan::problem::Lang::Zh, &mut text).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&text).unwrap();
    holds(&validator, &document);
    for (path, wrong) in [("/format", json!("qingdan/check/2")), ("/findings/0/severity", json!("grave"))] {
        let mut other = document.clone();
        *other.pointer_mut(path).unwrap() = wrong;
        assert!(!validator.is_valid(&other), "{path}");
    }
}

#[test]
fn what_a_rebase_tells_validates() {
    use qingdan::rebase::{Options, RebaseReport, Rebased};
    let validator = validator(&schema::rebase(), None);
    let list = |items: &[(&str, &str, &str)]| -> AnyCatalogue {
        let items = items.iter().map(|(id, name, department)| {
            let mut item = LicensingItem::new(*id, *name);
            item.department = qingdan::List::of([qingdan::Text::from(*department)]).expect("one");
            item
        });
        Catalogue::new(qingdan::Header::default(), SharedList::of(items).expect("ids of their own")).into()
    };
    let old = list(&[("1", "甲许可", "省人防办"), ("2", "乙许可", "省林草局"), ("3", "丙许可", "省林草局")]);
    let new =
        list(&[("1", "甲许可", "省国动办"), ("2", "乙许可核发", "省林草局"), ("4", "丁许可", "省水利厅")]);
    let lower =
        list(&[("1", "甲许可", "市人防办"), ("2", "乙类许可", "市林草局"), ("3", "丙许可", "市林草局")]);
    let rebased = Rebased::of(&lower, &old, &new, &Options::default()).expect("one kind");
    let report = serde_json::to_value(RebaseReport::of(&rebased, qingdan::problem::Lang::Zh)).expect("JSON");
    assert_eq!(report["format"], "qingdan/rebase/1");
    for part in ["adjustments", "resolved", "pending"] {
        assert_ne!(report[part], json!([]), "{part}");
    }
    holds(&validator, &report);
    holds(&BUNDLE, &report);
    for wrong in ["/summary", "/adjustments/0/follows", "/pending/0/proposals"] {
        let mut report = report.clone();
        *report.pointer_mut(wrong).expect("it is there") = Json::Null;
        assert!(!validator.is_valid(&report), "{wrong}");
    }
}

#[test]
fn lists_side_by_side_validate() {
    let validator = validator(&schema::align(), None);
    let list = |rows: &[(&str, &str)]| -> AnyCatalogue {
        let items = rows.iter().map(|(id, name)| LicensingItem::new(*id, *name));
        let items = qingdan::SharedList::of(items).expect("ids are distinct");
        qingdan::Catalogue::new(qingdan::Header::default(), items).into()
    };
    let one = list(&[("000117001000", "林木采伐许可证核发"), ("1", "户外活动审批")]);
    let other = list(&[("000117001000", "林木采伐许可"), ("2", "外国人来华工作许可")]);
    let (alignment, _) = qingdan::align::align(&[&one, &other], &qingdan::align::Options::default())
        .expect("they are of one kind");
    let mut text = Vec::new();
    qingdan::report::align_json(&alignment, qingdan::problem::Lang::Zh, &mut text).expect("memory takes it");
    let document: Json = serde_json::from_slice(&text).expect("it is JSON");
    assert_eq!(document["items"][1]["ids"], json!(["1", null]));
    holds(&validator, &document);
    holds(&BUNDLE, &document);
    for (path, wrong) in [("/format", json!("qingdan/align/2")), ("/items/0/ids", json!([1]))] {
        let mut other = document.clone();
        *other.pointer_mut(path).expect("it is there") = wrong;
        assert!(!validator.is_valid(&other), "{path}");
    }
}

#[test]
fn a_history_and_what_is_told_of_it_validate() {
    use qingdan::history::{Correction, Document, Grounds, History};
    use qingdan::lineage::{Lineage, Link, Reason};
    let edition = |label: &str, items: Vec<LicensingItem>| -> AnyCatalogue {
        let mut list =
            Catalogue::new(qingdan::Header::default(), SharedList::of(items).expect("ids are distinct"));
        list.header.edition = label.into();
        list.into()
    };
    let items = |ids: &[&str]| ids.iter().map(|id| LicensingItem::new(*id, "甲许可")).collect::<Vec<_>>();
    let mut history = History::start(edition("2022", items(&["A", "C"]))).expect("it has a label");
    let mut link = Link::new("A", "B1", Reason::SimilarName(0.5));
    link.to.push("B2".into());
    (link.confidence, link.certain, link.document) = (0.5, false, "一号".into());
    let lineage = Lineage { links: vec![link, Link::part("C", "B1")], ..Lineage::default() };
    let document =
        Document::new("一号").titled("决定").of_day("2023-01-02".parse().expect("a day")).noting("注");
    let grounds = Grounds::documents([document]).following(&edition("省2022", vec![]));
    history.append_as(edition("2023", items(&["B1", "B2", "C"])), &lineage, &grounds).expect("it fits");
    history.append(edition("2024", items(&["B1", "B2", "C"])), &[]).expect("it fits");
    let correction = Correction::new("2022", "漏印").recorded("2024-02-03".parse().expect("a day"));
    history
        .correct(edition("2022", items(&["A", "C", "D"])), correction, &Grounds::default())
        .expect("it differs");
    let mut file = Vec::new();
    history.write(&mut file).expect("memory takes it");
    let mut documents: Vec<Json> = file
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("it is JSON"))
        .collect();
    assert_eq!(documents.len(), 4);
    let told = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| -> Json {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes it");
        serde_json::from_slice(&bytes).expect("it is JSON")
    };
    documents.push(told(&|to| qingdan::report::history_json(&history, to)));
    documents.push(told(&|to| qingdan::report::lineage_json(&history, "A", to)));
    for document in &documents {
        holds(&HISTORY, document);
        holds(&BUNDLE, document);
        for key in document.as_object().expect("an object").keys() {
            let mut altered = document.clone();
            altered[key] = Json::Null;
            assert!(!HISTORY.is_valid(&altered), "{key}");
        }
        let mut more = document.clone();
        more["more"] = json!(1);
        assert!(!HISTORY.is_valid(&more));
    }
}

#[test]
fn the_report_of_a_merge_validates() {
    let report = json!({
        "format": "qingdan/merge/1",
        "summary": {"items": 50, "changed_by_ours": 3, "changed_by_theirs": 4, "changed_alike": 1, "conflicts": 2, "conflicted_items": 2},
        "conflicts": [
            {"item": "000131061001", "kind": "edit-edit", "field": "name", "base": "甲", "ours": "乙", "theirs": "丙"},
            {"item": "000131061002", "kind": "edit-remove", "base": {"id": "1"}, "ours": {"id": "1", "name": "甲"}},
            {"item": "000131061002", "kind": "edit-edit", "field": "basis", "base": [{"text": "《甲法》"}], "ours": 3, "theirs": true},
        ],
        "resolved": [{"item": "1", "kind": "edit-edit", "field": "name", "ours": "乙", "theirs": "丙", "choice": "ours", "who": "policy"}],
        "notes": [{"item": "1", "field": "name", "kept": "甲", "given_up": "甲。", "side": "theirs"}],
    });
    holds(&MERGE, &report);
    holds(&BUNDLE, &report);
    for (wrong, what) in [
        ("/format", json!("qingdan/merge/2")),
        ("/summary/items", json!(-1)),
        ("/summary", json!({})),
        ("/conflicts/0/kind", json!("edit")),
        ("/conflicts/0/base", Json::Null),
        ("/conflicts", Json::Null),
        ("/notes/0/side", json!("both")),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(wrong).expect("it is there") = what;
        assert!(!MERGE.is_valid(&report), "{wrong}");
    }
}

/// Items of any kind, made from cells: a new kind or field is tried without a word here.
fn item_of<T: Item>() -> BoxedStrategy<T> {
    let texts = prop::sample::select(vec![
        "",
        "甲",
        "乙。",
        "（甲）",
        "市级、县级",
        "20个工作日",
        "《甲法》第三条；《乙条例》",
        "2024-01-02",
        "2024年2月29日",
        "是",
        "3",
        "市教育局、市公安局",
        "企业法人",
        "行政许可",
        "其他说法",
        "=1+1",
    ]);
    let id = prop::sample::select(vec!["a", "b", "c", "d"]);
    let extra = prop::option::weighted(0.2, prop::sample::select(vec!["备注列", "format", "x"]));
    (id, prop::option::weighted(0.1, Just(2_u32)), vec((any::<Index>(), texts), 0..9), extra)
        .prop_map(|(id, occurrence, cells, extra)| {
            let mut item = T::default();
            for (field, text) in cells {
                let (mut said, at) = (Vec::new(), field.index(T::FIELDS.len()));
                let mut cx = Cell { said: &mut said };
                let columns = T::FIELDS[at].spread;
                if let (false, Some(spread)) = (columns.is_empty(), item.spread_field_mut(at)) {
                    spread.add(columns[field.index(columns.len())].key, text, &mut cx);
                    continue;
                }
                item.set_cell(at, text, &mut cx);
            }
            item.set_id(id.to_owned());
            if let Some(occurrence) = occurrence {
                item.set_occurrence(occurrence);
            }
            if let (Some(extra), Some(header)) = (item.extra_mut(), extra) {
                extra.set(header, "值".into());
            }
            item
        })
        .boxed()
}

fn list_of<T: Item>() -> impl Strategy<Value = Catalogue<T>> {
    let words = || prop::sample::select(vec!["", "甲", "乙", "丙。"]);
    (vec(item_of::<T>(), 0..4), words(), words(), prop::option::of(0..3_u32), 0..3_usize).prop_map(
        |(items, title, note, declared, columns)| {
            let mut list = Catalogue::<T>::default();
            for item in items {
                let _ = list.items.push(item);
            }
            list.header.title = title.into();
            list.header.edition = note.into();
            list.header.declared = declared;
            list.header.effective = "2024-01-31".parse().ok().filter(|_| declared.is_some());
            for column in 0..columns {
                let _ = list.header.columns.push(qingdan::Column::new(format!("列{column}"), title));
            }
            list
        },
    )
}

fn validates<T: Item>(base: &Catalogue<T>, ours: &Catalogue<T>, theirs: &Catalogue<T>, of: &[Validator; 2]) {
    let kind = T::KIND.parse::<Kind>().expect("it is one");
    holds(catalogue_validator(kind), &written(base));
    for (before, after) in [(base, ours), (ours, theirs), (base, base)] {
        let changes = ChangeSet::between(before, after);
        holds(&of[0], &json(&changes));
        holds(&of[0], &json(&changes.inverse().with_digests(after, before)));
    }
    let merged = merge(base, ours, theirs);
    holds(catalogue_validator(kind), &written(&merged.value));
    if let Some(clash) = &merged.clash {
        holds(&of[1], &json(clash));
    }
}

/// Tries generated lists of a kind; answers whether any two sides clashed.
fn try_lists<T: Item>() {
    let of = [changes_validator::<T>(), clashes_validator::<T>()];
    let clashed = std::cell::Cell::new(false);
    let lists = (list_of::<T>(), list_of::<T>(), list_of::<T>());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let result = runner.run(&lists, |(base, ours, theirs)| {
        validates(&base, &ours, &theirs, &of);
        clashed.set(clashed.get() || merge(&base, &ours, &theirs).clash.is_some());
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(clashed.get(), "some lists clash");
}

macro_rules! every_kind {
    ($($test:ident: $item:ty),* $(,)?) => {$(
        #[test]
        fn $test() {
            try_lists::<$item>();
        }
    )*};
}
every_kind! {
    licensing_lists_their_changes_and_clashes_validate: LicensingItem,
    licensing_norm_lists_their_changes_and_clashes_validate: LicensingNorm,
    filing_lists_their_changes_and_clashes_validate: FilingItem,
    certification_lists_their_changes_and_clashes_validate: CertificationItem,
    cross_region_lists_their_changes_and_clashes_validate: CrossRegionItem,
    power_lists_their_changes_and_clashes_validate: PowerItem,
    licence_reform_lists_their_changes_and_clashes_validate: LicenceReformItem,
    package_lists_their_changes_and_clashes_validate: ServicePackage,
    inspection_lists_their_changes_and_clashes_validate: InspectionItem,
    supervision_lists_their_changes_and_clashes_validate: SupervisionItem,
    decision_lists_their_changes_and_clashes_validate: DecisionItem,
    document_lists_their_changes_and_clashes_validate: NormativeDocument,
    service_lists_their_changes_and_clashes_validate: ServiceItem,
    custom_lists_their_changes_and_clashes_validate: CustomItem,
}

// ------------------------------------------------------------------------------------------------
// Schema and reader judge alike

/// Who accepts a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Accepted {
    Both,
    Neither,
    /// The schema alone, for this reason.
    SchemaOnly(&'static str),
    /// The reader alone, for this reason.
    ReaderOnly(&'static str),
}
use Accepted::{Both, Neither, ReaderOnly, SchemaOnly};

impl Accepted {
    fn is(self, schema: bool, reader: bool) -> bool {
        let (by_schema, by_reader) = match self {
            Both => (true, true),
            Neither => (false, false),
            SchemaOnly(_) => (true, false),
            ReaderOnly(_) => (false, true),
        };
        (schema, reader) == (by_schema, by_reader)
    }
}

const KEYS: &str = "a schema knows no keys of entries";
const TWICE: &str = "a schema does not see a name that stands twice in an object";
const BETWEEN: &str = "a schema does not compare values with each other";
const MEANING: &str = "two spellings of one code";
const LEAP: &str = "a pattern does not count leap years";
const WHOLE: &str = "JSON Schema takes 1.0 for an integer";

fn document_of(header: &str, item: &str) -> String {
    let header = if header.is_empty() { String::new() } else { format!(r#""header": {header}, "#) };
    format!(r#"{{"format": "qingdan/catalogue/1", "kind": "licensing", {header}"items": [{item}]}}"#)
}

fn judge(what: &str, accepted: Accepted, validator: &Validator, text: &str, reader: &Result<(), String>) {
    let value: Json = serde_json::from_str(text).unwrap_or_else(|e| panic!("{what}: {e}\n{text}"));
    let schema = validator.validate(&value).map_err(|e| e.to_string());
    assert!(
        accepted.is(schema.is_ok(), reader.is_ok()),
        "{what}: {accepted:?}, but\nschema {schema:?}\nreader {reader:?}\n{text}"
    );
}

fn read_catalogue(text: &str) -> Result<(), String> {
    let reading = AnyCatalogue::read_json(Cursor::new(text), &document::Options::default())
        .expect("memory can be read");
    reading.ok().map(drop).map_err(|e| e.to_string())
}

#[test]
fn a_catalogue_with_one_thing_wrong_is_refused_by_both() {
    let documents = [
        ("no items", Both, r#"{"format": "qingdan/catalogue/1", "kind": "licensing", "items": []}"#),
        ("any order of keys", Both, r#"{"items": [], "kind": "licensing", "format": "qingdan/catalogue/1"}"#),
        (
            "another version",
            Neither,
            r#"{"format": "qingdan/catalogue/2", "kind": "licensing", "items": []}"#,
        ),
        ("another format", Neither, r#"{"format": "qingdan/diff/1", "kind": "licensing", "items": []}"#),
        ("format a number", Neither, r#"{"format": 1, "kind": "licensing", "items": []}"#),
        ("format missing", Neither, r#"{"kind": "licensing", "items": []}"#),
        ("an unknown kind", Neither, r#"{"format": "qingdan/catalogue/1", "kind": "licence", "items": []}"#),
        ("kind null", Neither, r#"{"format": "qingdan/catalogue/1", "kind": null, "items": []}"#),
        ("kind missing", Neither, r#"{"format": "qingdan/catalogue/1", "items": []}"#),
        ("items missing", Neither, r#"{"format": "qingdan/catalogue/1", "kind": "licensing"}"#),
        ("items null", Neither, r#"{"format": "qingdan/catalogue/1", "kind": "licensing", "items": null}"#),
        (
            "items an object",
            Neither,
            r#"{"format": "qingdan/catalogue/1", "kind": "licensing", "items": {}}"#,
        ),
        (
            "an unknown key",
            Neither,
            r#"{"format": "qingdan/catalogue/1", "kind": "licensing", "items": [], "note": "x"}"#,
        ),
        (
            "items twice",
            SchemaOnly(TWICE),
            r#"{"format": "qingdan/catalogue/1", "kind": "licensing", "items": [], "items": []}"#,
        ),
        ("a list", Neither, "[]"),
        ("a text", Neither, r#""qingdan/catalogue/1""#),
        ("null", Neither, "null"),
    ];
    let headers = [
        ("an empty header", Both, "{}"),
        (
            "a full header",
            Both,
            r#"{"title": "甲", "edition": "2023", "scope": "general", "region": "630200", "declared": 323, "effective": "2024-02-29", "parts": [{"title": "一", "declared": 2}], "columns": [{"header": "编码", "field": "id"}], "notes": ["注"]}"#,
        ),
        ("an empty title", Both, r#"{"title": ""}"#),
        ("header null", Neither, "null"),
        ("header a list", Neither, "[]"),
        ("an unknown key in the header", Neither, r#"{"note": "x"}"#),
        ("a title null", Neither, r#"{"title": null}"#),
        ("a title a number", Neither, r#"{"title": 2023}"#),
        ("declared a text", Neither, r#"{"declared": "323"}"#),
        ("declared negative", Neither, r#"{"declared": -1}"#),
        ("declared a fraction", Neither, r#"{"declared": 1.5}"#),
        ("declared 3.0", SchemaOnly(WHOLE), r#"{"declared": 3.0}"#),
        ("declared past 32 bits", Neither, r#"{"declared": 4294967296}"#),
        ("declared null", Neither, r#"{"declared": null}"#),
        ("a scope of its own", Both, r#"{"scope": "别的"}"#),
        ("an empty scope", Neither, r#"{"scope": ""}"#),
        ("a blank scope", Neither, r#"{"scope": " "}"#),
        ("a month that is none", Neither, r#"{"effective": "2024-13-01"}"#),
        ("a day that only some years have", SchemaOnly(LEAP), r#"{"effective": "2023-02-29"}"#),
        ("a day that the month has not", Neither, r#"{"effective": "2023-11-31"}"#),
        ("a date in words", Neither, r#"{"effective": "2024年1月1日"}"#),
        ("a date without zeros", Neither, r#"{"effective": "2024-1-1"}"#),
        ("an empty date", Neither, r#"{"effective": ""}"#),
        ("a part without a title", Neither, r#"{"parts": [{"declared": 2}]}"#),
        ("an unknown key in a part", Neither, r#"{"parts": [{"title": "一", "note": "x"}]}"#),
        ("one part twice", Neither, r#"{"parts": [{"title": "一"}, {"title": "一"}]}"#),
        (
            "two parts of one title",
            SchemaOnly(KEYS),
            r#"{"parts": [{"title": "一"}, {"title": "一", "declared": 2}]}"#,
        ),
        ("one note twice", Neither, r#"{"notes": ["注", "注"]}"#),
        ("a note that is no text", Neither, r#"{"notes": [1]}"#),
        ("a title twice", SchemaOnly(TWICE), r#"{"title": "甲", "title": "乙"}"#),
    ];
    let items = [
        ("an id alone", Both, r#"{"id": "1"}"#),
        (
            "an item",
            Both,
            r#"{"id": "1", "name": "甲", "department": ["市发展改革委"], "levels": ["city"], "basis": [{"text": "《甲法》"}], "promised_limit": {"amount": 20, "unit": "working-day"}, "for_enterprises": false, "extra": {"备注列": "…"}}"#,
        ),
        ("an unknown text", Both, r#"{"id": "1", "备注列": "…"}"#),
        ("an empty unknown text", Both, r#"{"id": "1", "备注列": ""}"#),
        ("an empty text in extra", Both, r#"{"id": "1", "extra": {"备注列": ""}}"#),
        (
            "empty fields",
            Both,
            r#"{"id": "1", "name": "", "department": [], "levels": [], "extra": {}, "derived": false}"#,
        ),
        ("an empty id", Both, r#"{"id": ""}"#),
        ("a level of its own", Both, r#"{"id": "1", "levels": ["乡级以下"]}"#),
        ("two items", Both, r#"{"id": "1"}, {"id": "2"}"#),
        ("told apart by occurrence", Both, r#"{"id": "1"}, {"id": "1", "occurrence": 2}"#),
        ("id missing", Neither, r#"{"name": "甲"}"#),
        ("id null", Neither, r#"{"id": null}"#),
        ("id a number", Neither, r#"{"id": 104002000}"#),
        ("one id twice", SchemaOnly(KEYS), r#"{"id": "1"}, {"id": "1", "name": "甲"}"#),
        ("an item null", Neither, "null"),
        ("an item a text", Neither, r#""1""#),
        ("a name null", Neither, r#"{"id": "1", "name": null}"#),
        ("a name a number", Neither, r#"{"id": "1", "name": 1}"#),
        ("an unknown number", Neither, r#"{"id": "1", "备注列": 1}"#),
        ("an unknown null", Neither, r#"{"id": "1", "备注列": null}"#),
        ("an unknown list", Neither, r#"{"id": "1", "备注列": ["…"]}"#),
        ("a number in extra", Neither, r#"{"id": "1", "extra": {"备注列": 1}}"#),
        ("a null in extra", Neither, r#"{"id": "1", "extra": {"备注列": null}}"#),
        ("extra a text", Neither, r#"{"id": "1", "extra": "…"}"#),
        (
            "a name beside extra and in it",
            SchemaOnly(BETWEEN),
            r#"{"id": "1", "备注列": "甲", "extra": {"备注列": "乙"}}"#,
        ),
        ("a name twice", SchemaOnly(TWICE), r#"{"id": "1", "name": "甲", "name": "乙"}"#),
        ("departments as one text", Neither, r#"{"id": "1", "department": "市发展改革委"}"#),
        ("a department null", Neither, r#"{"id": "1", "department": [null]}"#),
        ("one department twice", Neither, r#"{"id": "1", "department": ["甲", "甲"]}"#),
        ("levels as one text", Neither, r#"{"id": "1", "levels": "city"}"#),
        ("an empty level", Neither, r#"{"id": "1", "levels": [""]}"#),
        ("one level twice", Neither, r#"{"id": "1", "levels": ["city", "city"]}"#),
        ("one level, spelt twice", SchemaOnly(MEANING), r#"{"id": "1", "levels": ["city", "市级"]}"#),
        ("a basis as a text", Neither, r#"{"id": "1", "basis": ["《甲法》"]}"#),
        (
            "an unknown text in a basis",
            Neither,
            r#"{"id": "1", "basis": [{"text": "《甲法》", "note": "x"}]}"#,
        ),
        (
            "two bases of one title",
            SchemaOnly(KEYS),
            r#"{"id": "1", "basis": [{"text": "《甲法》第一条"}, {"text": "《甲法》第二条"}]}"#,
        ),
        (
            "two spellings of one authority",
            SchemaOnly(KEYS),
            r#"{"id": "1", "authorities": [{"name": "甲（市）"}, {"name": "甲(市)"}]}"#,
        ),
        ("a limit as a text", Neither, r#"{"id": "1", "promised_limit": "20个工作日"}"#),
        (
            "an unknown key in a limit",
            Neither,
            r#"{"id": "1", "promised_limit": {"amount": 20, "days": "x"}}"#,
        ),
        ("a limit's unit null", Neither, r#"{"id": "1", "promised_limit": {"amount": 20, "unit": null}}"#),
        ("yes as a text", Neither, r#"{"id": "1", "for_enterprises": "是"}"#),
        ("yes as a number", Neither, r#"{"id": "1", "for_enterprises": 1}"#),
        ("an empty state", Neither, r#"{"id": "1", "state": ""}"#),
        ("an occurrence a text", Neither, r#"{"id": "1", "occurrence": "2"}"#),
        ("a day that is none", Neither, r#"{"id": "1", "temporary_until": "2024-00-10"}"#),
    ];
    for (what, accepted, text) in documents {
        judge(what, accepted, catalogue_validator(Kind::Licensing), text, &read_catalogue(text));
    }
    for (what, accepted, header) in headers {
        let text = document_of(header, r#"{"id": "1"}"#);
        judge(what, accepted, catalogue_validator(Kind::Licensing), &text, &read_catalogue(&text));
    }
    for (what, accepted, item) in items {
        let text = document_of("", item);
        judge(what, accepted, catalogue_validator(Kind::Licensing), &text, &read_catalogue(&text));
    }
}

#[test]
fn a_change_set_with_one_thing_wrong_is_refused_by_both() {
    const RUNS: &str = "a schema does not know which keys stand in which run";
    const EMPTY: &str = "what is absent may be written: a schema does not see that all parts are";
    let whole = [
        ("no change", Both, "{}"),
        (
            "editions",
            Both,
            r#"{"before": {"edition": "2022", "digest": "x"}, "after": {"edition": "2023", "parents": ["2022"]}}"#,
        ),
        ("an unknown key", Neither, r#"{"note": "x"}"#),
        ("an edition a text", Neither, r#"{"before": "2022"}"#),
        ("an unknown key in an edition", Neither, r#"{"before": {"title": "甲"}}"#),
        ("a delta null", Neither, r#"{"delta": null}"#),
        ("an empty delta", Neither, r#"{"delta": {}}"#),
        ("an unknown key in the delta", Neither, r#"{"delta": {"note": {"after": "x"}}}"#),
        ("a header that does not change", Neither, r#"{"delta": {"header": {}}}"#),
        ("a label that changes", Neither, r#"{"delta": {"header": {"edition": {"after": "2023"}}}}"#),
        ("a title", Both, r#"{"delta": {"header": {"title": {"before": "甲", "after": "乙"}}}}"#),
        ("a title that comes", Both, r#"{"delta": {"header": {"title": {"after": "乙"}}}}"#),
        ("a change of nothing", Neither, r#"{"delta": {"header": {"title": {}}}}"#),
        ("a change null", Neither, r#"{"delta": {"header": {"title": {"before": null, "after": "乙"}}}}"#),
        (
            "a change's third side",
            Neither,
            r#"{"delta": {"header": {"title": {"after": "乙", "ours": "丙"}}}}"#,
        ),
        (
            "a change of two kinds",
            Neither,
            r#"{"delta": {"header": {"title": {"before": 1, "after": "乙"}}}}"#,
        ),
        ("a date in words", Neither, r#"{"delta": {"header": {"effective": {"after": "2024年1月1日"}}}}"#),
    ];
    let items = [
        ("an item removed", Both, r#"{"removed": {"1": {"id": "1"}}, "order": [{"was": ["1"]}]}"#),
        (
            "an item added",
            Both,
            r#"{"added": {"1": {"id": "1", "备注列": "…"}}, "order": [{"after": "0", "is": ["1"]}]}"#,
        ),
        ("an item moved", Both, r#"{"order": [{"was": ["1"]}, {"after": "2", "is": ["1"]}]}"#),
        (
            "an item recoded",
            Both,
            r#"{"changed": {"1": {"to": "2", "delta": {"id": {"before": "1", "after": "2"}}}}}"#,
        ),
        ("no change of items", Neither, "{}"),
        ("empty parts", SchemaOnly(EMPTY), r#"{"removed": {}, "order": []}"#),
        ("an unknown part", Neither, r#"{"moved": {"1": {"id": "1"}}}"#),
        ("removed a list", Neither, r#"{"removed": [{"id": "1"}], "order": [{"was": ["1"]}]}"#),
        ("removed without its item", Neither, r#"{"removed": {"1": {}}, "order": [{"was": ["1"]}]}"#),
        ("removed null", Neither, r#"{"removed": {"1": null}, "order": [{"was": ["1"]}]}"#),
        (
            "added with an unknown number",
            Neither,
            r#"{"added": {"1": {"id": "1", "x": 1}}, "order": [{"is": ["1"]}]}"#,
        ),
        (
            "under another key",
            SchemaOnly(KEYS),
            r#"{"removed": {"2": {"id": "1"}}, "order": [{"was": ["2"]}]}"#,
        ),
        ("removed from nowhere", SchemaOnly(RUNS), r#"{"removed": {"1": {"id": "1"}}}"#),
        ("moved to nowhere", SchemaOnly(RUNS), r#"{"order": [{"was": ["1"]}]}"#),
        (
            "two runs behind one anchor",
            SchemaOnly(RUNS),
            r#"{"order": [{"was": ["1", "2"]}, {"is": ["2", "1"]}]}"#,
        ),
        (
            "removed and changed",
            SchemaOnly(BETWEEN),
            r#"{"removed": {"1": {"id": "1"}}, "changed": {"1": {"delta": {"name": {"after": "x"}}}}, "order": [{"was": ["1"]}]}"#,
        ),
        ("recoded to itself", SchemaOnly(BETWEEN), r#"{"changed": {"1": {"to": "1"}}}"#),
        ("a change without anything", Neither, r#"{"changed": {"1": {}}}"#),
        ("a change of an unknown part", Neither, r#"{"changed": {"1": {"from": "2"}}}"#),
        ("a new id null", Neither, r#"{"changed": {"1": {"to": null, "delta": {"name": {"after": "x"}}}}}"#),
        ("an item's change of nothing", Neither, r#"{"changed": {"1": {"delta": {}}}}"#),
        (
            "a change of a field that is none",
            Neither,
            r#"{"changed": {"1": {"delta": {"title": {"after": "x"}}}}}"#,
        ),
        ("a run of nothing", Neither, r#"{"order": [{"at": 3}]}"#),
        ("an empty run", SchemaOnly(EMPTY), r#"{"order": [{}]}"#),
        ("a run a list", Neither, r#"{"order": [["1"], []]}"#),
        ("a key a number", Neither, r#"{"order": [{"was": [1]}, {"after": "2", "is": [1]}]}"#),
        ("order an object", Neither, r#"{"order": {"was": ["1"]}}"#),
    ];
    let fields = [
        ("a text in other words", Both, r#"{"remarks": {"before": "甲", "after": "乙"}}"#),
        ("levels that came and went", Both, r#"{"levels": {"removed": ["city"], "added": ["county"]}}"#),
        ("no level", Neither, r#"{"levels": {}}"#),
        ("no level, said twice", SchemaOnly(EMPTY), r#"{"levels": {"removed": [], "added": []}}"#),
        ("one level twice", Neither, r#"{"levels": {"added": ["county", "county"]}}"#),
        (
            "a level that comes and goes",
            SchemaOnly(BETWEEN),
            r#"{"levels": {"removed": ["city"], "added": ["city"]}}"#,
        ),
        ("a set as an atom", Neither, r#"{"levels": {"before": ["city"], "after": []}}"#),
        (
            "extra",
            Both,
            r#"{"extra": {"removed": {"甲": "1"}, "added": {"乙": "2"}, "changed": {"丙": {"before": "3", "after": "4"}}}}"#,
        ),
        ("no extra", Neither, r#"{"extra": {}}"#),
        ("an empty extra text", Neither, r#"{"extra": {"added": {"乙": ""}}}"#),
        (
            "an extra that comes and goes",
            SchemaOnly(BETWEEN),
            r#"{"extra": {"removed": {"甲": "1"}, "added": {"甲": "2"}}}"#,
        ),
        ("an extra number", Neither, r#"{"extra": {"added": {"乙": 2}}}"#),
        (
            "a basis",
            Both,
            r#"{"basis": {"changed": {"甲法": {"delta": {"text": {"before": "《甲法》", "after": "《甲法》第一条"}}}}}}"#,
        ),
        ("a basis of nothing", Neither, r#"{"basis": {"changed": {"甲法": {"delta": {"text": {}}}}}}"#),
        (
            "a limit",
            Both,
            r#"{"promised_limit": {"before": {"amount": 20, "unit": "working-day"}, "after": {"text": "即办"}}}"#,
        ),
        ("a limit by its parts", Neither, r#"{"promised_limit": {"amount": {"before": 20, "after": 10}}}"#),
        ("an empty state", Neither, r#"{"state": {"before": "", "after": "active"}}"#),
    ];
    let of_whole = changes_validator::<LicensingItem>();
    let mut all: Vec<(&str, Accepted, String)> =
        whole.map(|(what, by, text)| (what, by, text.to_owned())).into();
    all.extend(items.map(|(what, by, text)| (what, by, format!(r#"{{"delta": {{"items": {text}}}}}"#))));
    all.extend(fields.map(|(what, by, text)| {
        (what, by, format!(r#"{{"delta": {{"items": {{"changed": {{"1": {{"delta": {text}}}}}}}}}}}"#))
    }));
    let read = |text: &str| {
        AnyChangeSet::read_json(Kind::Licensing, text)
            .map(drop)
            .map_err(|e| e.line(qingdan::problem::Lang::En))
    };
    for (what, accepted, text) in &all {
        judge(what, *accepted, &of_whole, text, &read(text));
        // The same inside the JSON of a comparison.
        let report = report("qingdan/diff/1", "licensing", text);
        judge(what, *accepted, &DIFF, &report, &read(&report));
    }
    for (what, accepted, text) in [
        ("a comparison", Both, report("qingdan/diff/1", "licensing", "{}")),
        ("another version", Neither, report("qingdan/diff/2", "licensing", "{}")),
        ("an unknown kind", Neither, report("qingdan/diff/1", "licence", "{}")),
        (
            "no summary",
            ReaderOnly(REST),
            report("qingdan/diff/1", "licensing", "{}").replace(r#""summary""#, r#""sum""#),
        ),
    ] {
        judge(what, accepted, &DIFF, &text, &read(&text));
    }
}

/// What the reader of a change set passes over.
const REST: &str = "the reader of a change set looks at format, kind and changes alone";

fn report(format: &str, kind: &str, changes: &str) -> String {
    format!(
        r#"{{"format": "{format}", "kind": "{kind}", "before": {{"edition": "2022"}}, "after": {{"edition": "2023"}},
        "summary": {{"before": 0, "after": 0, "unchanged": 0, "added": 0, "removed": 0, "renamed": 0, "recoded": 0, "split": 0, "merged": 0, "edited": 0, "moved": 0, "cosmetic": 0, "uncertain": 0}},
        "adjustments": [], "events": [], "changes": {changes}}}"#
    )
}

#[test]
fn the_changes_of_a_comparison_are_those_of_its_kind() {
    let changes = r#"{"delta": {"items": {"changed": {"1": {"delta": {"address": {"after": "甲"}}}}}}}"#;
    for (kind, accepted) in [(Kind::Service, Both), (Kind::Licensing, Neither)] {
        let text = report("qingdan/diff/1", kind.as_str(), changes);
        let reader =
            AnyChangeSet::read_json(kind, &text).map(drop).map_err(|e| e.line(qingdan::problem::Lang::En));
        judge(kind.as_str(), accepted, &DIFF, &text, &reader);
    }
}

#[test]
fn kept_clashes_with_one_thing_wrong_are_refused_by_both() {
    let validator = clashes_validator::<LicensingItem>();
    let sides = r#""base": {"id": "1"}, "ours": {"id": "1", "name": "甲"}"#;
    for (what, accepted, text) in [
        ("a title", Both, r#"{"header": {"title": {"base": "甲", "ours": "乙", "theirs": "丙"}}}"#.to_owned()),
        ("no clash", Neither, "{}".into()),
        ("a clash about nothing", Neither, r#"{"header": {"title": {}}}"#.into()),
        ("an unknown key", Neither, r#"{"note": {}}"#.into()),
        ("a whole item", Both, format!(r#"{{"items": {{"entries": [{{"key": "1", "kind": "edit-remove", {sides}}}]}}}}"#)),
        ("an unknown kind", Neither, format!(r#"{{"items": {{"entries": [{{"key": "1", "kind": "edit", {sides}}}]}}}}"#)),
        ("no key", Neither, format!(r#"{{"items": {{"entries": [{{"kind": "edit-remove", {sides}}}]}}}}"#)),
        ("edit-edit of the whole", Neither, format!(r#"{{"items": {{"entries": [{{"key": "1", "kind": "edit-edit", {sides}}}]}}}}"#)),
        ("edit-remove inside", Neither, r#"{"items": {"entries": [{"key": "1", "kind": "edit-remove", "inside": {"name": {"ours": "甲"}}}]}}"#.into()),
        ("inside", Both, r#"{"items": {"entries": [{"key": "1", "kind": "edit-edit", "inside": {"name": {"ours": "甲"}}}]}}"#.into()),
        ("a set that clashes", Neither, r#"{"items": {"entries": [{"key": "1", "kind": "edit-edit", "inside": {"levels": {"ours": ["city"]}}}]}}"#.into()),
        ("a side null", Neither, r#"{"items": {"entries": [{"key": "1", "kind": "edit-remove", "base": null}]}}"#.into()),
        ("an order", Both, r#"{"items": {"order": {"contested": ["1"], "ours": ["1", "2"]}}}"#.into()),
        ("an order of nothing", Neither, r#"{"items": {"order": {"ours": ["1", "2"]}}}"#.into()),
    ] {
        let reader = serde_json::from_str::<qingdan::CatalogueClash<LicensingItem>>(&text);
        judge(what, accepted, &validator, &text, &reader.map(drop).map_err(|e| e.to_string()));
    }
}
