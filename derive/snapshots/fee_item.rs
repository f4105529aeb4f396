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
impl ::qingdan::__private::serde::Serialize for FeeItem {
    fn serialize<__S: ::qingdan::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        let mut map = ::qingdan::__private::serde::Serializer::serialize_map(
            serializer,
            ::core::option::Option::None,
        )?;
        ::qingdan::__private::write_parts::<
            _,
            ::qingdan::__private::AsValue,
        >(
            &mut map,
            &["id", "name", "label", "extra"],
            &[true, false, false, false],
            &[&self.id, &self.name, &self.label, &self.extra],
        )?;
        ::qingdan::__private::serde::ser::SerializeMap::end(map)
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
impl FeeItem {
    /// Of its fields, if all are there.
    fn __of(
        mut slots: (
            ::core::option::Option<String>,
            ::core::option::Option<String>,
            ::core::option::Option<Text>,
            ::core::option::Option<Map<Text>>,
        ),
    ) -> ::core::option::Option<Self> {
        if false || slots.0.is_none() || slots.1.is_none() || slots.2.is_none()
            || slots.3.is_none()
        {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(Self {
            id: ::qingdan::__private::take_part(&mut slots.0),
            name: ::qingdan::__private::take_part(&mut slots.1),
            label: ::qingdan::__private::take_part(&mut slots.2),
            extra: ::qingdan::__private::take_part(&mut slots.3),
        })
    }
}
const _: () = {
    struct __Read<'de>(::core::marker::PhantomData<(&'de (), FeeItem)>);
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
    impl<'de> ::qingdan::__private::serde::de::Visitor<'de> for __Read<'de> {
        type Value = FeeItem;
        fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.write_str("fee-item as an object")
        }
        fn visit_map<__A: ::qingdan::__private::serde::de::MapAccess<'de>>(
            self,
            mut map: __A,
        ) -> ::core::result::Result<Self::Value, __A::Error> {
            let mut slots: (
                ::core::option::Option<String>,
                ::core::option::Option<String>,
                ::core::option::Option<Text>,
                ::core::option::Option<Map<Text>>,
            ) = (
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::core::option::Option::None,
            );
            let mut __unknown: ::std::vec::Vec<
                (::std::string::String, ::std::string::String),
            > = ::std::vec::Vec::new();
            {
                const NAMES: &[&str] = &["id", "name", "label", "extra"];
                let parts: &mut [&mut dyn ::qingdan::__private::ReadInto<
                    'de,
                    __A,
                    ::qingdan::__private::AsValue,
                >] = &mut [&mut slots.0, &mut slots.1, &mut slots.2, &mut slots.3];
                ::qingdan::__private::read_parts(
                    &mut map,
                    NAMES,
                    parts,
                    ::core::option::Option::Some(&mut __unknown),
                )?;
            }
            let mut missing: ::core::option::Option<&'static str> = ::core::option::Option::None;
            <String as ::qingdan::__private::Value>::fill(
                &mut slots.0,
                "id",
                true,
                &mut missing,
            );
            <String as ::qingdan::__private::Value>::fill(
                &mut slots.1,
                "name",
                false,
                &mut missing,
            );
            <Text as ::qingdan::__private::Value>::fill(
                &mut slots.2,
                "label",
                false,
                &mut missing,
            );
            <Map<
                Text,
            > as ::qingdan::__private::Value>::fill(
                &mut slots.3,
                "extra",
                false,
                &mut missing,
            );
            if let ::core::option::Option::Some(missing) = missing {
                return ::core::result::Result::Err(
                    ::qingdan::__private::serde::de::Error::missing_field(missing),
                );
            }
            let ::core::option::Option::Some(mut out) = <FeeItem>::__of(slots) else {
                return ::core::result::Result::Err(
                    ::qingdan::__private::serde::de::Error::custom(
                        "fee-item as an object",
                    ),
                );
            };
            ::qingdan::__private::put_extras(&mut out.extra, __unknown)?;
            ::core::result::Result::Ok(out)
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
    impl<'de> ::qingdan::__private::serde::Deserialize<'de> for FeeItem {
        fn deserialize<__D: ::qingdan::__private::serde::Deserializer<'de>>(
            deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            deserializer.deserialize_map(__Read(::core::marker::PhantomData))
        }
    }
};
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
impl ::qingdan::__private::schemars::JsonSchema for FeeItem {
    #[inline]
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        ::std::borrow::Cow::from("fee-item")
    }
    #[inline]
    fn json_schema(
        generator: &mut ::qingdan::__private::schemars::SchemaGenerator,
    ) -> ::qingdan::__private::schemars::Schema {
        ::qingdan::__private::record_schema(
            "What an office charges.",
            <Self as ::qingdan::__private::Record>::FIELDS,
            &[
                (true, <String as ::qingdan::__private::Value>::field_schema_part),
                (false, <String as ::qingdan::__private::Value>::field_schema_part),
                (false, <Text as ::qingdan::__private::Value>::field_schema_part),
                (false, <Map<Text> as ::qingdan::__private::Value>::field_schema_part),
            ],
            true,
            generator,
        )
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
impl ::qingdan::__private::Record for FeeItem {
    const NAME: &'static str = "fee-item";
    const FIELDS: &'static [::qingdan::__private::Field] = &[
        ::qingdan::__private::field(
            "id",
            (&["编号"], &[], &[]),
            "Number in the list.",
            ::qingdan::__private::Marks {
                apart: false,
                identity: false,
                position: false,
            },
            ::core::option::Option::None,
            ::core::option::Option::None,
        ),
        ::qingdan::__private::field(
            "name",
            (&["收费项目"], &[], &[]),
            "What is charged.",
            ::qingdan::__private::Marks {
                apart: false,
                identity: false,
                position: false,
            },
            ::core::option::Option::Some(
                <relation::Equal as ::qingdan::__private::Relation<String>>::NAME,
            ),
            ::core::option::Option::Some(::qingdan::__private::AdjustmentKind::Renamed),
        ),
        ::qingdan::__private::field(
            "label",
            (&[], &[], &[]),
            "A label.",
            ::qingdan::__private::Marks {
                apart: true,
                identity: false,
                position: false,
            },
            ::core::option::Option::None,
            ::core::option::Option::None,
        ),
        ::qingdan::__private::field(
            "extra",
            (&[], &[], &[]),
            "Other columns.",
            ::qingdan::__private::Marks {
                apart: false,
                identity: false,
                position: false,
            },
            ::core::option::Option::None,
            ::core::option::Option::None,
        ),
    ];
    fn shown_field(
        &self,
        field: usize,
    ) -> ::core::option::Option<&dyn ::qingdan::__private::Shown> {
        match field {
            0usize => ::core::option::Option::Some(&self.id),
            1usize => ::core::option::Option::Some(&self.name),
            2usize => ::core::option::Option::Some(&self.label),
            3usize => ::core::option::Option::Some(&self.extra),
            _ => ::core::option::Option::None,
        }
    }
    fn field_mut(
        &mut self,
        field: usize,
    ) -> ::core::option::Option<&mut dyn ::qingdan::__private::Place> {
        match field {
            0usize => ::core::option::Option::Some(&mut self.id),
            1usize => ::core::option::Option::Some(&mut self.name),
            2usize => ::core::option::Option::Some(&mut self.label),
            3usize => ::core::option::Option::Some(&mut self.extra),
            _ => ::core::option::Option::None,
        }
    }
    fn field_is_free_text(field: usize) -> bool {
        match field {
            0usize => <String as ::qingdan::__private::Value>::is_free_text(),
            1usize => <String as ::qingdan::__private::Value>::is_free_text(),
            2usize => <Text as ::qingdan::__private::Value>::is_free_text(),
            3usize => <Map<Text> as ::qingdan::__private::Value>::is_free_text(),
            _ => false,
        }
    }
    fn relation_holds(
        &self,
        upper: &Self,
        field: usize,
    ) -> ::core::option::Option<bool> {
        match field {
            1usize => {
                ::core::option::Option::Some(
                    <relation::Equal as ::qingdan::__private::Relation<
                        String,
                    >>::holds(&self.name, &upper.name),
                )
            }
            _ => ::core::option::Option::None,
        }
    }
}
///What changed between two values of [`FeeItem`]: a part for each field.
#[derive(::core::fmt::Debug, ::core::cmp::Eq, ::core::hash::Hash)]
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction,
    unreachable_pub
)]
#[non_exhaustive]
pub struct FeeItemDelta {
    ///Number in the list.
    pub id: ::core::option::Option<
        ::std::boxed::Box<<String as ::qingdan::__private::Value>::Delta>,
    >,
    ///What is charged.
    pub name: ::core::option::Option<
        ::std::boxed::Box<<String as ::qingdan::__private::Value>::Delta>,
    >,
    ///Other columns.
    pub extra: ::core::option::Option<
        ::std::boxed::Box<<Map<Text> as ::qingdan::__private::Value>::Delta>,
    >,
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
impl ::core::clone::Clone for FeeItemDelta {
    #[inline]
    fn clone(&self) -> Self {
        let mut copy = <Self as ::core::default::Default>::default();
        ::qingdan::__private::clone_part(&self.id, &mut copy.id);
        ::qingdan::__private::clone_part(&self.name, &mut copy.name);
        ::qingdan::__private::clone_part(&self.extra, &mut copy.extra);
        copy
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
impl ::core::cmp::PartialEq for FeeItemDelta {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        true && ::qingdan::__private::same_part(&self.id, &other.id)
            && ::qingdan::__private::same_part(&self.name, &other.name)
            && ::qingdan::__private::same_part(&self.extra, &other.extra)
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
impl ::core::default::Default for FeeItemDelta {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            name: ::core::option::Option::None,
            extra: ::core::option::Option::None,
        }
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
impl FeeItemDelta {
    #[inline]
    fn __non_empty(self) -> ::core::option::Option<Self> {
        if false || self.id.is_some() || self.name.is_some() || self.extra.is_some() {
            ::core::option::Option::Some(self)
        } else {
            ::core::option::Option::None
        }
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
impl ::qingdan::__private::serde::Serialize for FeeItemDelta {
    fn serialize<__S: ::qingdan::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        let mut map = ::qingdan::__private::serde::Serializer::serialize_map(
            serializer,
            ::core::option::Option::None,
        )?;
        ::qingdan::__private::write_parts::<
            _,
            ::qingdan::__private::AsData,
        >(
            &mut map,
            &["id", "name", "extra"],
            &[],
            &[&self.id, &self.name, &self.extra],
        )?;
        ::qingdan::__private::serde::ser::SerializeMap::end(map)
    }
}
const _: () = {
    struct __Read<'de>(::core::marker::PhantomData<(&'de (), FeeItemDelta)>);
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
    impl<'de> ::qingdan::__private::serde::de::Visitor<'de> for __Read<'de> {
        type Value = FeeItemDelta;
        fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.write_str("parts by field")
        }
        fn visit_map<__A: ::qingdan::__private::serde::de::MapAccess<'de>>(
            self,
            mut map: __A,
        ) -> ::core::result::Result<Self::Value, __A::Error> {
            let mut out: Self::Value = ::core::default::Default::default();
            ::qingdan::__private::read_parts::<
                _,
                ::qingdan::__private::AsData,
            >(
                &mut map,
                &["id", "name", "extra"],
                &mut [&mut out.id, &mut out.name, &mut out.extra],
                ::core::option::Option::None,
            )?;
            out.__non_empty()
                .ok_or_else(|| ::qingdan::__private::serde::de::Error::custom(
                    "a change that changes nothing",
                ))
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
    impl<'de> ::qingdan::__private::serde::Deserialize<'de> for FeeItemDelta {
        fn deserialize<__D: ::qingdan::__private::serde::Deserializer<'de>>(
            deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            deserializer.deserialize_map(__Read(::core::marker::PhantomData))
        }
    }
};
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
impl ::qingdan::__private::schemars::JsonSchema for FeeItemDelta {
    #[inline]
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        ::std::borrow::Cow::Owned(::std::format!("{}{}", "fee-item", "Delta"))
    }
    #[inline]
    fn json_schema(
        generator: &mut ::qingdan::__private::schemars::SchemaGenerator,
    ) -> ::qingdan::__private::schemars::Schema {
        ::qingdan::__private::parts_schema(
            &["id", "name", "extra"],
            &[
                ::qingdan::__private::reference::<
                    <String as ::qingdan::__private::Value>::Delta,
                >,
                ::qingdan::__private::reference::<
                    <String as ::qingdan::__private::Value>::Delta,
                >,
                ::qingdan::__private::reference::<
                    <Map<Text> as ::qingdan::__private::Value>::Delta,
                >,
            ],
            generator,
        )
    }
}
///What two sides of a merge could not agree on in [`FeeItem`]: a part for each field.
#[derive(::core::fmt::Debug, ::core::cmp::Eq, ::core::hash::Hash)]
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction,
    unreachable_pub
)]
#[non_exhaustive]
pub struct FeeItemClash {
    ///Number in the list.
    pub id: ::core::option::Option<
        ::std::boxed::Box<<String as ::qingdan::__private::Value>::Clash>,
    >,
    ///What is charged.
    pub name: ::core::option::Option<
        ::std::boxed::Box<<String as ::qingdan::__private::Value>::Clash>,
    >,
    ///Other columns.
    pub extra: ::core::option::Option<
        ::std::boxed::Box<<Map<Text> as ::qingdan::__private::Value>::Clash>,
    >,
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
impl ::core::clone::Clone for FeeItemClash {
    #[inline]
    fn clone(&self) -> Self {
        let mut copy = <Self as ::core::default::Default>::default();
        ::qingdan::__private::clone_part(&self.id, &mut copy.id);
        ::qingdan::__private::clone_part(&self.name, &mut copy.name);
        ::qingdan::__private::clone_part(&self.extra, &mut copy.extra);
        copy
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
impl ::core::cmp::PartialEq for FeeItemClash {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        true && ::qingdan::__private::same_part(&self.id, &other.id)
            && ::qingdan::__private::same_part(&self.name, &other.name)
            && ::qingdan::__private::same_part(&self.extra, &other.extra)
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
impl ::core::default::Default for FeeItemClash {
    fn default() -> Self {
        Self {
            id: ::core::option::Option::None,
            name: ::core::option::Option::None,
            extra: ::core::option::Option::None,
        }
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
impl FeeItemClash {
    #[inline]
    fn __non_empty(self) -> ::core::option::Option<Self> {
        if false || self.id.is_some() || self.name.is_some() || self.extra.is_some() {
            ::core::option::Option::Some(self)
        } else {
            ::core::option::Option::None
        }
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
impl ::qingdan::__private::serde::Serialize for FeeItemClash {
    fn serialize<__S: ::qingdan::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        let mut map = ::qingdan::__private::serde::Serializer::serialize_map(
            serializer,
            ::core::option::Option::None,
        )?;
        ::qingdan::__private::write_parts::<
            _,
            ::qingdan::__private::AsData,
        >(
            &mut map,
            &["id", "name", "extra"],
            &[],
            &[&self.id, &self.name, &self.extra],
        )?;
        ::qingdan::__private::serde::ser::SerializeMap::end(map)
    }
}
const _: () = {
    struct __Read<'de>(::core::marker::PhantomData<(&'de (), FeeItemClash)>);
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
    impl<'de> ::qingdan::__private::serde::de::Visitor<'de> for __Read<'de> {
        type Value = FeeItemClash;
        fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.write_str("parts by field")
        }
        fn visit_map<__A: ::qingdan::__private::serde::de::MapAccess<'de>>(
            self,
            mut map: __A,
        ) -> ::core::result::Result<Self::Value, __A::Error> {
            let mut out: Self::Value = ::core::default::Default::default();
            ::qingdan::__private::read_parts::<
                _,
                ::qingdan::__private::AsData,
            >(
                &mut map,
                &["id", "name", "extra"],
                &mut [&mut out.id, &mut out.name, &mut out.extra],
                ::core::option::Option::None,
            )?;
            out.__non_empty()
                .ok_or_else(|| ::qingdan::__private::serde::de::Error::custom(
                    "a clash about nothing",
                ))
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
    impl<'de> ::qingdan::__private::serde::Deserialize<'de> for FeeItemClash {
        fn deserialize<__D: ::qingdan::__private::serde::Deserializer<'de>>(
            deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            deserializer.deserialize_map(__Read(::core::marker::PhantomData))
        }
    }
};
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
impl ::qingdan::__private::schemars::JsonSchema for FeeItemClash {
    #[inline]
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        ::std::borrow::Cow::Owned(::std::format!("{}{}", "fee-item", "Clash"))
    }
    #[inline]
    fn json_schema(
        generator: &mut ::qingdan::__private::schemars::SchemaGenerator,
    ) -> ::qingdan::__private::schemars::Schema {
        ::qingdan::__private::parts_schema(
            &["id", "name", "extra"],
            &[
                ::qingdan::__private::reference::<
                    <String as ::qingdan::__private::Value>::Clash,
                >,
                ::qingdan::__private::reference::<
                    <String as ::qingdan::__private::Value>::Clash,
                >,
                ::qingdan::__private::reference::<
                    <Map<Text> as ::qingdan::__private::Value>::Clash,
                >,
            ],
            generator,
        )
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
impl ::qingdan::__private::Value for FeeItem {
    type Delta = FeeItemDelta;
    type Clash = FeeItemClash;
    fn type_name() -> ::std::borrow::Cow<'static, str> {
        ::std::borrow::Cow::from("fee-item")
    }
    #[inline]
    fn recover(
        json: &::qingdan::__private::Tree,
        cx: &mut ::qingdan::__private::Recovering<'_>,
    ) -> ::core::option::Option<Self> {
        let members = cx.record(json, &["id", "name", "label", "extra"], true)?;
        let mut slots: (
            ::core::option::Option<String>,
            ::core::option::Option<String>,
            ::core::option::Option<Text>,
            ::core::option::Option<Map<Text>>,
        ) = (
            ::core::option::Option::None,
            ::core::option::Option::None,
            ::core::option::Option::None,
            ::core::option::Option::None,
        );
        ::qingdan::__private::recover_parts(
            &members.fields,
            &["id", "name", "label", "extra"],
            &[true, false, false, false],
            &mut [&mut slots.0, &mut slots.1, &mut slots.2, &mut slots.3],
            cx,
        );
        let mut out = Self::__of(slots)?;
        for (name, text) in members.unknown {
            cx.extra(&mut out.extra, name, text);
        }
        ::core::option::Option::Some(out)
    }
    #[inline]
    fn absent() -> ::core::option::Option<Self> {
        let mut slots: (
            ::core::option::Option<String>,
            ::core::option::Option<String>,
            ::core::option::Option<Text>,
            ::core::option::Option<Map<Text>>,
        ) = (
            ::core::option::Option::None,
            ::core::option::Option::None,
            ::core::option::Option::None,
            ::core::option::Option::None,
        );
        ::qingdan::__private::absent_parts(
            &mut [&mut slots.0, &mut slots.1, &mut slots.2, &mut slots.3],
        );
        Self::__of(slots)
    }
    #[inline]
    fn is_absent(&self) -> bool {
        true && <String as ::qingdan::__private::Value>::is_absent(&self.id)
            && <String as ::qingdan::__private::Value>::is_absent(&self.name)
            && <Text as ::qingdan::__private::Value>::is_absent(&self.label)
            && <Map<Text> as ::qingdan::__private::Value>::is_absent(&self.extra)
    }
    #[inline]
    fn alike(&self, other: &Self) -> bool {
        true && <String as ::qingdan::__private::Value>::alike(&self.id, &other.id)
            && <String as ::qingdan::__private::Value>::alike(&self.name, &other.name)
            && <Map<
                Text,
            > as ::qingdan::__private::Value>::alike(&self.extra, &other.extra)
    }
    #[inline]
    fn diff_as(
        &self,
        after: &Self,
        pairs: &::qingdan::__private::Pairs,
    ) -> ::core::option::Option<Self::Delta> {
        let mut delta = <Self::Delta as ::core::default::Default>::default();
        <String as ::qingdan::__private::Value>::diff_part(
            &self.id,
            &after.id,
            pairs,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            &mut delta.id,
        );
        <String as ::qingdan::__private::Value>::diff_part(
            &self.name,
            &after.name,
            pairs,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            &mut delta.name,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::diff_part(
            &self.extra,
            &after.extra,
            pairs,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            &mut delta.extra,
        );
        delta.__non_empty()
    }
    #[inline]
    fn patch(
        &self,
        delta: &Self::Delta,
        cx: &mut ::qingdan::__private::Patching,
    ) -> Self {
        let mut value = ::core::clone::Clone::clone(self);
        <String as ::qingdan::__private::Value>::patch_part(
            &mut value.id,
            &delta.id,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            cx,
        );
        <String as ::qingdan::__private::Value>::patch_part(
            &mut value.name,
            &delta.name,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            cx,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::patch_part(
            &mut value.extra,
            &delta.extra,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            cx,
        );
        value
    }
    #[inline]
    fn inverse(delta: &Self::Delta) -> Self::Delta {
        let mut inverse = <Self::Delta as ::core::default::Default>::default();
        <String as ::qingdan::__private::Value>::inverse_part(
            &delta.id,
            &mut inverse.id,
        );
        <String as ::qingdan::__private::Value>::inverse_part(
            &delta.name,
            &mut inverse.name,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::inverse_part(
            &delta.extra,
            &mut inverse.extra,
        );
        inverse
    }
    #[inline]
    fn then(
        first: &Self::Delta,
        second: &Self::Delta,
        cx: &mut ::qingdan::__private::Patching,
    ) -> ::core::option::Option<Self::Delta> {
        let mut delta = <Self::Delta as ::core::default::Default>::default();
        <String as ::qingdan::__private::Value>::then_part(
            &first.id,
            &second.id,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            cx,
            &mut delta.id,
        );
        <String as ::qingdan::__private::Value>::then_part(
            &first.name,
            &second.name,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            cx,
            &mut delta.name,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::then_part(
            &first.extra,
            &second.extra,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            cx,
            &mut delta.extra,
        );
        delta.__non_empty()
    }
    #[inline]
    fn tidy(mut delta: Self::Delta) -> ::core::option::Option<Self::Delta> {
        <String as ::qingdan::__private::Value>::tidy_part(&mut delta.id);
        <String as ::qingdan::__private::Value>::tidy_part(&mut delta.name);
        <Map<Text> as ::qingdan::__private::Value>::tidy_part(&mut delta.extra);
        delta.__non_empty()
    }
    #[inline]
    fn merge_in(
        base: &Self,
        ours: ::qingdan::__private::Side<'_, Self>,
        theirs: ::qingdan::__private::Side<'_, Self>,
        cx: &mut ::qingdan::__private::Merging,
    ) -> ::qingdan::__private::Outcome<Self> {
        let mut value = ::core::clone::Clone::clone(base);
        let mut clash = <Self::Clash as ::core::default::Default>::default();
        <String as ::qingdan::__private::Value>::merge_part(
            &mut value.id,
            &mut clash.id,
            ours.beside(&ours.value.id),
            theirs.beside(&theirs.value.id),
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            cx,
        );
        <String as ::qingdan::__private::Value>::merge_part(
            &mut value.name,
            &mut clash.name,
            ours.beside(&ours.value.name),
            theirs.beside(&theirs.value.name),
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            cx,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::merge_part(
            &mut value.extra,
            &mut clash.extra,
            ours.beside(&ours.value.extra),
            theirs.beside(&theirs.value.extra),
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            cx,
        );
        ::qingdan::__private::Outcome {
            value,
            clash: clash.__non_empty(),
        }
    }
    #[inline]
    fn settle(
        &self,
        clash: &Self::Clash,
        cx: &mut ::qingdan::__private::Settling<'_>,
    ) -> ::qingdan::__private::Outcome<Self> {
        let mut value = ::core::clone::Clone::clone(self);
        let mut left = <Self::Clash as ::core::default::Default>::default();
        <String as ::qingdan::__private::Value>::settle_part(
            &mut value.id,
            &clash.id,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            cx,
            &mut left.id,
        );
        <String as ::qingdan::__private::Value>::settle_part(
            &mut value.name,
            &clash.name,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            cx,
            &mut left.name,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::settle_part(
            &mut value.extra,
            &clash.extra,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            cx,
            &mut left.extra,
        );
        ::qingdan::__private::Outcome {
            value,
            clash: left.__non_empty(),
        }
    }
    #[inline]
    fn visit(
        &self,
        path: &mut ::qingdan::__private::Path,
        visitor: &mut dyn ::core::ops::FnMut(
            &::qingdan::__private::Path,
            &dyn ::qingdan::__private::Atom,
        ),
    ) {
        <String as ::qingdan::__private::Value>::visit_part(
            &self.id,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            path,
            visitor,
        );
        <String as ::qingdan::__private::Value>::visit_part(
            &self.name,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            path,
            visitor,
        );
        <Text as ::qingdan::__private::Value>::visit_part(
            &self.label,
            &<Self as ::qingdan::__private::Record>::FIELDS[2usize],
            path,
            visitor,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::visit_part(
            &self.extra,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            path,
            visitor,
        );
    }
    #[inline]
    fn visit_delta(
        delta: &Self::Delta,
        path: &mut ::qingdan::__private::Path,
        visitor: &mut dyn ::qingdan::__private::VisitDelta,
    ) {
        <String as ::qingdan::__private::Value>::visit_delta_part(
            &delta.id,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            path,
            visitor,
        );
        <String as ::qingdan::__private::Value>::visit_delta_part(
            &delta.name,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            path,
            visitor,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::visit_delta_part(
            &delta.extra,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            path,
            visitor,
        );
    }
    #[inline]
    fn visit_clash(
        clash: &Self::Clash,
        path: &mut ::qingdan::__private::Path,
        visitor: &mut dyn ::core::ops::FnMut(
            &::qingdan::__private::Path,
            ::qingdan::__private::Clash<'_>,
        ),
    ) {
        <String as ::qingdan::__private::Value>::visit_clash_part(
            &clash.id,
            &<Self as ::qingdan::__private::Record>::FIELDS[0usize],
            path,
            visitor,
        );
        <String as ::qingdan::__private::Value>::visit_clash_part(
            &clash.name,
            &<Self as ::qingdan::__private::Record>::FIELDS[1usize],
            path,
            visitor,
        );
        <Map<
            Text,
        > as ::qingdan::__private::Value>::visit_clash_part(
            &clash.extra,
            &<Self as ::qingdan::__private::Record>::FIELDS[3usize],
            path,
            visitor,
        );
    }
    #[inline]
    fn to_cell(&self) -> ::std::borrow::Cow<'_, str> {
        ::std::borrow::Cow::Owned(::qingdan::__private::cell_to_json(self))
    }
    #[inline]
    fn from_cell(
        text: &str,
        cx: &mut ::qingdan::__private::Cell<'_>,
    ) -> ::core::option::Option<Self> {
        ::qingdan::__private::cell_from_json(text, cx)
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
impl ::qingdan::__private::Entry for FeeItem {
    fn key(&self) -> ::std::borrow::Cow<'_, str> {
        ::qingdan::__private::Atom::text(&self.id)
    }
    fn set_key(&mut self, key: ::std::string::String) -> bool {
        self.id = ::core::convert::From::from(key);
        true
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
impl ::qingdan::__private::Item for FeeItem {
    const KIND: &'static str = "fee-item";
    fn id(&self) -> &str {
        ::core::convert::AsRef::as_ref(&self.id)
    }
    fn set_id(&mut self, id: ::std::string::String) {
        self.id = ::core::convert::From::from(id);
    }
    fn name(&self) -> &str {
        ::core::convert::AsRef::as_ref(&self.name)
    }
    fn extra(
        &self,
    ) -> ::core::option::Option<&::qingdan::__private::Map<::qingdan::__private::Text>> {
        ::core::option::Option::Some(&self.extra)
    }
    fn extra_mut(
        &mut self,
    ) -> ::core::option::Option<
        &mut ::qingdan::__private::Map<::qingdan::__private::Text>,
    > {
        ::core::option::Option::Some(&mut self.extra)
    }
}
