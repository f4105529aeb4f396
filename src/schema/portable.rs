//! Schemas rewritten for code generators.

use schemars::Schema;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Map, Value as Json, json};

/// Rewrites what code generators commonly misread; what validates stays the same.
///
/// - `$ref` beside `properties` becomes `allOf` of both: some generators take the reference alone;
/// - `patternProperties` of one pattern with no other keys become `propertyNames` and
///   `additionalProperties`: a map, not a class without fields;
/// - other keys of a given type beside `properties` are said in an `if` and `then`, which generators pass
///   over, and allowed without it: some make a map of all, or an index that contradicts the fields;
/// - a `oneOf` of constant texts becomes an `enum`, their descriptions `x-descriptions`;
/// - a definition has its name as `title`: classes are named after it;
/// - a number has the bounds of its format, which is not asserted;
/// - descriptions lose the marks of links in Rust's documentation.
///
/// ```
/// use qingdan::schema::Portable;
/// use schemars::{json_schema, transform::Transform as _};
/// let mut schema = json_schema!({
///     "type": "object", "patternProperties": {"^[0-9]+$": {"type": "string"}}, "additionalProperties": false
/// });
/// Portable.transform(&mut schema);
/// assert_eq!(schema, json_schema!({
///     "type": "object", "propertyNames": {"pattern": "^[0-9]+$"}, "additionalProperties": {"type": "string"}
/// }));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Portable;

impl Transform for Portable {
    #[inline]
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        reference_with_properties(object);
        map_by_pattern(object);
        other_keys(object);
        constants(object);
        bounds(object);
        if let Some(Json::String(text)) = object.get_mut("description") {
            *text = without_links(text);
        }
        if let Some(Json::Object(definitions)) = object.get_mut("$defs") {
            for (name, definition) in definitions {
                if let Json::Object(definition) = definition {
                    definition.entry("title").or_insert_with(|| json!(name));
                }
            }
        }
    }
}

#[inline]
fn reference_with_properties(object: &mut Map<String, Json>) {
    if !object.contains_key("properties") {
        return;
    }
    let Some(reference) = object.remove("$ref") else { return };
    let mut own = Map::new();
    for key in ["type", "properties", "required"] {
        own.extend(object.remove_entry(key));
    }
    object.insert("allOf".into(), json!([{"$ref": reference}, own]));
}

#[inline]
fn map_by_pattern(object: &mut Map<String, Json>) {
    if object.get("additionalProperties") != Some(&json!(false)) || object.contains_key("properties") {
        return;
    }
    let Some(Json::Object(patterns)) = object.get("patternProperties") else { return };
    let [(pattern, value)] = &patterns.iter().collect::<Vec<_>>()[..] else { return };
    let (names, value) = (json!({"pattern": pattern}), Json::clone(value));
    object.remove("patternProperties");
    object.insert("propertyNames".into(), names);
    object.insert("additionalProperties".into(), value);
}

#[inline]
fn other_keys(object: &mut Map<String, Json>) {
    let Some(Json::Object(properties)) = object.get("properties") else { return };
    if object.contains_key("if") || !object.get("additionalProperties").is_some_and(Json::is_object) {
        return;
    }
    let names: Map<String, Json> =
        crate::sorting::object(&mut properties.keys().map(|name| (name.clone(), true.into())));
    if let Some(others) = object.insert("additionalProperties".into(), true.into()) {
        object.insert("if".into(), true.into());
        object.insert("then".into(), json!({"properties": names, "additionalProperties": others}));
    }
}

#[inline]
fn constants(object: &mut Map<String, Json>) {
    let Some(Json::Array(alternatives)) = object.get("oneOf") else { return };
    let texts: Option<Vec<&str>> = alternatives.iter().map(|a| a.get("const")?.as_str()).collect();
    let Some(texts) = texts else { return };
    let described = alternatives.iter().zip(&texts);
    let mut descriptions =
        described.filter_map(|(a, text)| Some(((*text).to_owned(), a.get("description")?.clone())));
    let descriptions = crate::sorting::object(&mut descriptions);
    let values = json!(texts);
    object.remove("oneOf");
    object.insert("type".into(), "string".into());
    object.insert("enum".into(), values);
    if !descriptions.is_empty() {
        object.insert("x-descriptions".into(), descriptions.into());
    }
}

#[inline]
fn bounds(object: &mut Map<String, Json>) {
    let (least, most) = match object.get("format").and_then(Json::as_str) {
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64") => (json!(0), json!(u64::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        _ => return,
    };
    object.entry("minimum").or_insert(least);
    object.entry("maximum").or_insert(most);
}

/// `[`a`]` as `a`, and what only points into the crate left out.
#[inline]
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("[`") {
        let Some((link, after)) = behind.split_once("`]") else { break };
        match (before.strip_suffix(" ("), after.strip_prefix(')')) {
            (Some(before), Some(after)) if link.contains("::") => {
                out += before;
                rest = after;
            }
            _ => {
                out += before;
                out += link;
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::json_schema;

    #[test]
    fn what_generators_misread_is_rewritten() {
        let check = |mut before: Schema, after: Schema| {
            Portable.transform(&mut before);
            assert_eq!(before, after);
        };
        check(
            json_schema!({
                "$ref": "#/$defs/a", "type": "object", "properties": {"kind": {"const": "a"}}, "required": ["kind"]
            }),
            json_schema!({"allOf": [
                {"$ref": "#/$defs/a"},
                {"type": "object", "properties": {"kind": {"const": "a"}}, "required": ["kind"]},
            ]}),
        );
        check(
            json_schema!({"$ref": "#/$defs/a", "description": "A part ([`crate::digest`]) of [`Header`]."}),
            json_schema!({"$ref": "#/$defs/a", "description": "A part of Header."}),
        );
        check(
            json_schema!({"properties": {"id": {"type": "integer"}}, "additionalProperties": {"type": "string"}}),
            json_schema!({
                "properties": {"id": {"type": "integer"}}, "additionalProperties": true,
                "if": true, "then": {"properties": {"id": true}, "additionalProperties": {"type": "string"}},
            }),
        );
        check(
            json_schema!({"oneOf": [{"const": "a", "type": "string", "description": "A."}, {"const": "b"}]}),
            json_schema!({"type": "string", "enum": ["a", "b"], "x-descriptions": {"a": "A."}}),
        );
        check(
            json_schema!({"$defs": {"a": {"type": "integer", "format": "uint32", "minimum": 0}}}),
            json_schema!({"$defs": {"a": {
                "title": "a", "type": "integer", "format": "uint32", "minimum": 0, "maximum": u32::MAX
            }}}),
        );
    }
}
