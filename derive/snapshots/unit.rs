#[automatically_derived]
#[allow(
    unused_qualifications,
    unused_variables,
    unused_mut,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl ::qingdan::__private::serde::Serialize for Unit {
    fn serialize<__S: ::qingdan::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::qingdan::__private::serde::Serializer::collect_str(serializer, self)
    }
}
#[automatically_derived]
#[allow(
    unused_qualifications,
    unused_variables,
    unused_mut,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl<'de> ::qingdan::__private::serde::Deserialize<'de> for Unit {
    fn deserialize<__D: ::qingdan::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::qingdan::__private::deserialize_text(deserializer)
    }
}
#[automatically_derived]
#[allow(
    unused_qualifications,
    unused_variables,
    unused_mut,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl ::qingdan::__private::schemars::JsonSchema for Unit {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        ::std::borrow::Cow::Borrowed("unit")
    }
    fn json_schema(
        _: &mut ::qingdan::__private::schemars::SchemaGenerator,
    ) -> ::qingdan::__private::schemars::Schema {
        ::qingdan::__private::text_schema()
    }
}
#[automatically_derived]
#[allow(
    unused_qualifications,
    unused_variables,
    unused_mut,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl ::qingdan::__private::Atom for Unit {
    fn text(&self) -> ::std::borrow::Cow<'_, str> {
        ::std::borrow::Cow::Owned(::std::string::ToString::to_string(self))
    }
    fn to_json(&self) -> ::qingdan::__private::serde_json::Value {
        ::qingdan::__private::serde_json::Value::String(
            ::std::string::ToString::to_string(self),
        )
    }
    fn is_absent(&self) -> bool {
        *self == <Self as ::core::default::Default>::default()
    }
    fn absent() -> ::core::option::Option<Self> {
        ::core::option::Option::Some(<Self as ::core::default::Default>::default())
    }
    fn from_text(
        text: &str,
    ) -> ::core::result::Result<Self, ::qingdan::__private::Message> {
        ::qingdan::__private::parse_text(text)
    }
    fn type_name() -> ::std::borrow::Cow<'static, str> {
        ::std::borrow::Cow::Borrowed("unit")
    }
}
