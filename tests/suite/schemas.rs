//! The shipped schemas are those of the types, and keep to the rules of the house.

use qingdan::{Kind, schema};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// Every definition of every schema, with the file that it stands in.
fn definitions() -> Vec<(&'static str, String, Json)> {
    let of = |(file, schema): (&'static str, schemars::Schema)| {
        let defs = schema.get("$defs").and_then(Json::as_object).cloned().unwrap_or_default();
        defs.into_iter().map(move |(name, definition)| (file, name, definition))
    };
    schema::all().into_iter().flat_map(of).collect()
}

/// Shows each schema inside another one: not the data in it.
fn each(schema: &Json, visit: &mut dyn FnMut(&Json)) {
    visit(schema);
    let Some(object) = schema.as_object() else { return };
    for (key, value) in object {
        match (key.as_str(), value) {
            ("properties" | "$defs" | "patternProperties", Json::Object(inner)) => {
                for schema in inner.values() {
                    each(schema, visit);
                }
            }
            ("anyOf" | "oneOf" | "allOf", Json::Array(inner)) => {
                for schema in inner {
                    each(schema, visit);
                }
            }
            ("items" | "additionalProperties" | "propertyNames" | "if" | "then" | "else" | "not", inner) => {
                each(inner, visit);
            }
            _ => {}
        }
    }
}

#[test]
fn the_files_are_those_of_the_types() {
    let mut expected = BTreeSet::new();
    for (name, schema) in schema::all() {
        let file = format!("{name}.json");
        let found = std::fs::read_to_string(shipped().join(&file)).unwrap_or_default();
        assert!(
            found == schema::text(&schema),
            "schemas/{file} is out of date: cargo run --example export_schema -- --out schemas"
        );
        expected.insert(file);
    }
    let names = std::fs::read_dir(shipped()).expect("the folder of schemas is there");
    let found: BTreeSet<String> = names
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn each_kind_and_each_document_has_a_file() {
    let names: Vec<&str> = schema::all().into_iter().map(|(name, _)| name).collect();
    let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
    assert_eq!(
        names,
        kinds.chain(["diff", "merge", "check", "rebase", "align", "history", "bundle"]).collect::<Vec<_>>()
    );
}

#[test]
fn no_definition_ends_in_a_digit() {
    for (file, name, _) in definitions() {
        assert!(!name.ends_with(|c: char| c.is_ascii_digit()), "{file}: {name}");
    }
}

#[test]
fn a_definition_bears_its_name_and_is_one_in_all_files() {
    let mut seen: BTreeMap<String, Json> = BTreeMap::new();
    let mut plain: BTreeMap<String, String> = BTreeMap::new();
    for (file, name, definition) in definitions() {
        assert_eq!(definition["title"], name.as_str(), "{file}");
        // Generators fold case and drop marks.
        let folded = name.replace(['-', '_'], "").to_lowercase();
        assert_eq!(plain.entry(folded).or_insert_with(|| name.clone()), &name, "{file}");
        assert_eq!(seen.entry(name).or_insert_with(|| definition.clone()), &definition, "{file}");
    }
}

/// But in an alignment's rows: an item that a list does not have is null there, as `examples.md` says.
#[test]
fn null_is_nowhere() {
    let or_null = json!({"type": ["string", "null"]}).to_string();
    for (file, schema) in schema::all() {
        let mut text = schema.as_value().to_string();
        if ["align", "bundle"].contains(&file) {
            text = text.replace(&format!("\"items\":{or_null}"), "");
        }
        assert!(!text.contains("null"), "{file}");
    }
}

#[test]
fn every_object_says_what_else_may_stand_in_it() {
    for (file, schema) in schema::all() {
        each(schema.as_value(), &mut |inner| {
            if inner["type"] == "object" {
                assert!(inner.get("additionalProperties").is_some(), "{file}: {inner:#}");
            }
        });
    }
}

#[test]
fn every_reference_leads_somewhere_and_stands_alone() {
    for (file, schema) in schema::all() {
        each(schema.as_value(), &mut |inner| {
            let Some(reference) = inner.get("$ref").and_then(Json::as_str) else { return };
            let name = reference.strip_prefix("#/$defs/").unwrap_or_default();
            assert!(schema.get("$defs").is_some_and(|defs| defs.get(name).is_some()), "{file}: {reference}");
            for key in inner.as_object().into_iter().flatten().map(|(key, _)| key.as_str()) {
                assert!(["$ref", "description"].contains(&key) || key.starts_with("x-"), "{file}: {inner:#}");
            }
        });
    }
}

#[test]
fn only_keys_are_required_of_an_item() {
    for kind in Kind::ALL {
        let schema = schema::catalogue(*kind);
        let item = schema.get("properties").unwrap_or(&Json::Null)["items"]["items"]["$ref"].as_str();
        let name =
            item.and_then(|reference| reference.strip_prefix("#/$defs/")).expect("items are a definition");
        let item = &schema.get("$defs").expect("there are definitions")[name];
        assert_eq!(item["required"], serde_json::json!(["id"]), "{kind}");
        assert_eq!(item["then"]["additionalProperties"], serde_json::json!({"type": "string"}), "{kind}");
        for field in kind.fields() {
            let property = &item["properties"][field.name];
            assert!(property.is_object(), "{kind}: {}", field.name);
            assert_eq!(
                property["x-label"].as_str(),
                field.columns.first().copied(),
                "{kind}: {}",
                field.name
            );
        }
    }
}
