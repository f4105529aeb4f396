//! `#[derive(Record)]`: what is emitted.

use crate::model::{Field, Headers, Model};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let mut out = serde_impls(model);
    out.extend(record_impl(model));
    if model.atom {
        out.extend(atom_impl(model));
    } else {
        out.extend(shape(model, &Shape::DELTA));
        out.extend(shape(model, &Shape::CLASH));
        out.extend(value_impl(model));
    }
    out.extend(entry_impl(model));
    out.extend(item_impl(model));
    out
}

fn private() -> TokenStream {
    quote!(::qingdan::__private)
}

/// What stands before each impl: its lints are the concern of the derive, not of the user.
pub(crate) fn lints() -> TokenStream {
    quote! {
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
    }
}

/// `<Type as Value>::name`, all of it with the span of the field's type: errors point there, and once.
fn value(field: &Field<'_>, name: &str) -> TokenStream {
    let (ty, span) = (field.ty, field.ty.span());
    let name = proc_macro2::Ident::new(name, span);
    quote_spanned! {span=> <#ty as ::qingdan::__private::Value>::#name}
}

/// `&self.field`, with the span of the field's type.
fn borrowed(field: &Field<'_>) -> TokenStream {
    let ident = field.ident;
    quote_spanned! {field.ty.span()=> &self.#ident }
}

/// `&mut self.field`, with the span of the field's type.
fn changed(field: &Field<'_>) -> TokenStream {
    let ident = field.ident;
    quote_spanned! {field.ty.span()=> &mut self.#ident }
}

/// [`value`] for each of some fields.
fn each(fields: &[&Field<'_>], name: &str) -> Vec<TokenStream> {
    fields.iter().map(|field| value(field, name)).collect()
}

/// What is known of a field.
fn field_of(field: &Field<'_>) -> TokenStream {
    let (p, index) = (private(), field.index);
    quote! { &<Self as #p::Record>::FIELDS[#index] }
}

/// Headers as a `&'static [&'static str]`, in the order in which they are said; what is said twice stands once.
fn headers(said: &[Headers]) -> TokenStream {
    let p = private();
    let parts = said.iter().map(|headers| match headers {
        Headers::Own(own) => quote! { &[#(#own),*] },
        Headers::Shared(path) => quote! { #path },
    });
    match said {
        [] => quote! { &[] },
        [_] => quote! { #(#parts)* },
        _ => quote! {
            {
                const PARTS: &[&[&str]] = &[#(#parts),*];
                const ALL: [&str; #p::count_headers(PARTS)] = #p::join_headers(PARTS);
                &ALL
            }
        },
    }
}

/// The struct of optional parts that a delta or a clash is.
struct Shape {
    suffix: &'static str,
    assoc: &'static str,
    doc: &'static str,
    empty: &'static str,
}

impl Shape {
    const DELTA: Self = Self {
        suffix: "Delta",
        assoc: "Delta",
        doc: "What changed between two values of",
        empty: "a change that changes nothing",
    };
    const CLASH: Self = Self {
        suffix: "Clash",
        assoc: "Clash",
        doc: "What two sides of a merge could not agree on in",
        empty: "a clash about nothing",
    };
}

fn shape(model: &Model<'_>, shape: &Shape) -> TokenStream {
    let (p, lints) = (private(), lints());
    let vis = model.vis;
    let ident = format_ident!("{}{}", syn::ext::IdentExt::unraw(model.ident), shape.suffix);
    let generics = model.generics;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let fields: Vec<&Field<'_>> = model.compared().collect();
    let idents: Vec<_> = fields.iter().map(|f| f.ident).collect();
    let names: Vec<_> = fields.iter().map(|f| &f.name).collect();
    // A part is seen where the field is: its type may be as private.
    let visibilities: Vec<_> = fields.iter().map(|f| f.vis).collect();
    let types = each(&fields, shape.assoc);
    let docs: Vec<_> = fields.iter().map(|f| if f.doc.is_empty() { &f.name } else { &f.doc }).collect();
    let doc = format!("{} [`{}`]: a part for each field.", shape.doc, syn::ext::IdentExt::unraw(model.ident));
    let (suffix, empty) = (shape.suffix, shape.empty);
    let visitor = visitor_generics(model);
    let (visitor_impl, visitor_ty, visitor_where) = visitor.split_for_impl();
    let type_name = type_name(model);
    quote! {
        #[doc = #doc]
        #[derive(::core::fmt::Debug, ::core::cmp::Eq, ::core::hash::Hash)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, unreachable_pub)]
        #[non_exhaustive]
        #vis struct #ident #generics #where_clause {
            #(
                #[doc = #docs]
                #visibilities #idents: ::core::option::Option<::std::boxed::Box<#types>>,
            )*
        }
        // As a derive would, but for its size: one call a part, to a function that all parts of a type share.
        #lints
        impl #impl_generics ::core::clone::Clone for #ident #ty_generics #where_clause {
            #[inline]
            fn clone(&self) -> Self {
                let mut copy = <Self as ::core::default::Default>::default();
                #(#p::clone_part(&self.#idents, &mut copy.#idents);)*
                copy
            }
        }
        #lints
        impl #impl_generics ::core::cmp::PartialEq for #ident #ty_generics #where_clause {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                true #(&& #p::same_part(&self.#idents, &other.#idents))*
            }
        }
        #lints
        impl #impl_generics ::core::default::Default for #ident #ty_generics #where_clause {
            fn default() -> Self {
                Self { #(#idents: ::core::option::Option::None,)* }
            }
        }
        #lints
        impl #impl_generics #ident #ty_generics #where_clause {
            #[inline]
            fn __non_empty(self) -> ::core::option::Option<Self> {
                if false #(|| self.#idents.is_some())* {
                    ::core::option::Option::Some(self)
                } else {
                    ::core::option::Option::None
                }
            }
        }
        #lints
        impl #impl_generics #p::serde::Serialize for #ident #ty_generics #where_clause {
            fn serialize<__S: #p::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut map = #p::serde::Serializer::serialize_map(serializer, ::core::option::Option::None)?;
                #p::write_parts::<_, #p::AsData>(&mut map, &[#(#names),*], &[], &[#(&self.#idents),*])?;
                #p::serde::ser::SerializeMap::end(map)
            }
        }
        const _: () = {
            struct __Read #visitor_impl (::core::marker::PhantomData<(&'de (), #ident #ty_generics)>) #visitor_where;
            #lints
            impl #visitor_impl #p::serde::de::Visitor<'de> for __Read #visitor_ty #visitor_where {
                type Value = #ident #ty_generics;
                fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str("parts by field")
                }
                fn visit_map<__A: #p::serde::de::MapAccess<'de>>(self, mut map: __A) -> ::core::result::Result<Self::Value, __A::Error> {
                    let mut out: Self::Value = ::core::default::Default::default();
                    #p::read_parts::<_, #p::AsData>(
                        &mut map,
                        &[#(#names),*],
                        &mut [#(&mut out.#idents),*],
                        ::core::option::Option::None,
                    )?;
                    out.__non_empty().ok_or_else(|| #p::serde::de::Error::custom(#empty))
                }
            }
            #lints
            impl #visitor_impl #p::serde::Deserialize<'de> for #ident #ty_generics #visitor_where {
                fn deserialize<__D: #p::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    deserializer.deserialize_map(__Read(::core::marker::PhantomData))
                }
            }
        };
        #lints
        impl #impl_generics #p::schemars::JsonSchema for #ident #ty_generics #where_clause {
            #[inline]
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Owned(::std::format!("{}{}", #type_name, #suffix))
            }
            #[inline]
            fn json_schema(generator: &mut #p::schemars::SchemaGenerator) -> #p::schemars::Schema {
                #p::parts_schema(&[#(#names),*], &[#(#p::reference::<#types>),*], generator)
            }
        }
    }
}

/// The generics with a lifetime `'de` in front.
fn visitor_generics(model: &Model<'_>) -> syn::Generics {
    let mut generics = model.generics.clone();
    generics.params.insert(0, syn::parse_quote!('de));
    generics
}

/// The name in schemas: with the names of type parameters behind.
fn type_name(model: &Model<'_>) -> TokenStream {
    let p = private();
    let name = &model.name;
    let parameters: Vec<_> = model.generics.type_params().map(|t| &t.ident).collect();
    if parameters.is_empty() {
        quote! { #name }
    } else {
        quote! { ::std::format!(::core::concat!(#name, #("_{", ::core::stringify!(#parameters), "}"),*), #(#parameters = <#parameters as #p::Value>::type_name()),*) }
    }
}

fn value_impl(model: &Model<'_>) -> TokenStream {
    let (p, lints) = (private(), lints());
    let ident = model.ident;
    let (delta, clash) = (
        format_ident!("{}Delta", syn::ext::IdentExt::unraw(ident)),
        format_ident!("{}Clash", syn::ext::IdentExt::unraw(ident)),
    );
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let all: Vec<_> = model.fields.iter().map(|f| f.ident).collect();
    let every: Vec<&Field<'_>> = model.fields.iter().collect();
    let all_visit = each(&every, "visit_part");
    let all_is_absent = each(&every, "is_absent");
    let fields: Vec<&Field<'_>> = model.compared().collect();
    let idents: Vec<_> = fields.iter().map(|f| f.ident).collect();
    let alike = each(&fields, "alike");
    // One call a field, to a function that all fields of a type share: records have many fields of few types.
    let [diff, patch, inverse, then, tidy, settle, visit_delta, visit_clash] = [
        "diff_part",
        "patch_part",
        "inverse_part",
        "then_part",
        "tidy_part",
        "settle_part",
        "visit_delta_part",
        "visit_clash_part",
    ]
    .map(|name| each(&fields, name));
    let steps: Vec<_> = fields.iter().map(|f| field_of(f)).collect();
    let all_steps: Vec<_> = model.fields.iter().map(field_of).collect();
    let merges = fields.iter().map(|f| {
        let (i, step) = (f.ident, field_of(f));
        let merge = value(f, if f.reference { "merge_reference" } else { "merge_part" });
        let cx = if f.reference { quote! { , #p::Merging::reference } } else { TokenStream::new() };
        quote! {
            #merge(&mut value.#i, &mut clash.#i, ours.beside(&ours.value.#i), theirs.beside(&theirs.value.#i), #step, cx #cx);
        }
    });
    let cells = cell_functions(model);
    let shared = shared_functions(model);
    quote! {
        #lints
        impl #impl_generics #p::Value for #ident #ty_generics #where_clause {
            type Delta = #delta #ty_generics;
            type Clash = #clash #ty_generics;
            #shared
            #[inline]
            fn is_absent(&self) -> bool {
                true #(&& #all_is_absent(&self.#all))*
            }
            #[inline]
            fn alike(&self, other: &Self) -> bool {
                true #(&& #alike(&self.#idents, &other.#idents))*
            }
            #[inline]
            fn diff_as(&self, after: &Self, pairs: &#p::Pairs) -> ::core::option::Option<Self::Delta> {
                let mut delta = <Self::Delta as ::core::default::Default>::default();
                #(#diff(&self.#idents, &after.#idents, pairs, #steps, &mut delta.#idents);)*
                delta.__non_empty()
            }
            #[inline]
            fn patch(&self, delta: &Self::Delta, cx: &mut #p::Patching) -> Self {
                let mut value = ::core::clone::Clone::clone(self);
                #(#patch(&mut value.#idents, &delta.#idents, #steps, cx);)*
                value
            }
            #[inline]
            fn inverse(delta: &Self::Delta) -> Self::Delta {
                let mut inverse = <Self::Delta as ::core::default::Default>::default();
                #(#inverse(&delta.#idents, &mut inverse.#idents);)*
                inverse
            }
            #[inline]
            fn then(first: &Self::Delta, second: &Self::Delta, cx: &mut #p::Patching) -> ::core::option::Option<Self::Delta> {
                let mut delta = <Self::Delta as ::core::default::Default>::default();
                #(#then(&first.#idents, &second.#idents, #steps, cx, &mut delta.#idents);)*
                delta.__non_empty()
            }
            #[inline]
            fn tidy(mut delta: Self::Delta) -> ::core::option::Option<Self::Delta> {
                #(#tidy(&mut delta.#idents);)*
                delta.__non_empty()
            }
            #[inline]
            fn merge_in(
                base: &Self,
                ours: #p::Side<'_, Self>,
                theirs: #p::Side<'_, Self>,
                cx: &mut #p::Merging,
            ) -> #p::Outcome<Self> {
                let mut value = ::core::clone::Clone::clone(base);
                let mut clash = <Self::Clash as ::core::default::Default>::default();
                #(#merges)*
                #p::Outcome { value, clash: clash.__non_empty() }
            }
            #[inline]
            fn settle(&self, clash: &Self::Clash, cx: &mut #p::Settling<'_>) -> #p::Outcome<Self> {
                let mut value = ::core::clone::Clone::clone(self);
                let mut left = <Self::Clash as ::core::default::Default>::default();
                #(#settle(&mut value.#idents, &clash.#idents, #steps, cx, &mut left.#idents);)*
                #p::Outcome { value, clash: left.__non_empty() }
            }
            #[inline]
            fn visit(&self, path: &mut #p::Path, visitor: &mut dyn ::core::ops::FnMut(&#p::Path, &dyn #p::Atom)) {
                #(#all_visit(&self.#all, #all_steps, path, visitor);)*
            }
            #[inline]
            fn visit_delta(delta: &Self::Delta, path: &mut #p::Path, visitor: &mut dyn #p::VisitDelta) {
                #(#visit_delta(&delta.#idents, #steps, path, visitor);)*
            }
            #[inline]
            fn visit_clash(clash: &Self::Clash, path: &mut #p::Path, visitor: &mut dyn ::core::ops::FnMut(&#p::Path, #p::Clash<'_>)) {
                #(#visit_clash(&clash.#idents, #steps, path, visitor);)*
            }
            #cells
        }
    }
}

/// Reading with recovery, and the name.
fn shared_functions(model: &Model<'_>) -> TokenStream {
    let p = private();
    let type_name = type_name(model);
    let fields: Vec<&Field<'_>> = model.fields.iter().collect();
    let slots: Vec<_> = (0..fields.len()).map(syn::Index::from).collect();
    let nones = vec![quote! { ::core::option::Option::None }; fields.len()];
    let types: Vec<_> = fields.iter().map(|f| f.ty).collect();
    let names: Vec<_> = fields.iter().map(|f| &f.name).collect();
    let keys: Vec<_> = fields.iter().map(|f| f.key).collect();
    let has_extra = model.field("extra").is_some();
    let extras = model.field("extra").map(|field| {
        let extra = quote_spanned! {field.ty.span()=> &mut out.extra };
        quote! {
            for (name, text) in members.unknown {
                cx.extra(#extra, name, text);
            }
        }
    });
    quote! {
        fn type_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::from(#type_name)
        }
        #[inline]
        fn recover(json: &#p::Tree, cx: &mut #p::Recovering<'_>) -> ::core::option::Option<Self> {
            let members = cx.record(json, &[#(#names),*], #has_extra)?;
            // All of them in one place: what stops here drops one value, not each that is there by then.
            let mut slots: (#(::core::option::Option<#types>,)*) = (#(#nones,)*);
            #p::recover_parts(&members.fields, &[#(#names),*], &[#(#keys),*], &mut [#(&mut slots.#slots),*], cx);
            let mut out = Self::__of(slots)?;
            #extras
            ::core::option::Option::Some(out)
        }
        #[inline]
        fn absent() -> ::core::option::Option<Self> {
            let mut slots: (#(::core::option::Option<#types>,)*) = (#(#nones,)*);
            #p::absent_parts(&mut [#(&mut slots.#slots),*]);
            Self::__of(slots)
        }
    }
}

fn cell_functions(model: &Model<'_>) -> TokenStream {
    let p = private();
    if model.text {
        quote! {
            #[inline]
            fn to_cell(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(self))
            }
            #[inline]
            fn from_cell(text: &str, cx: &mut #p::Cell<'_>) -> ::core::option::Option<Self> {
                #p::cell_from_text(text, cx)
            }
        }
    } else {
        quote! {
            #[inline]
            fn to_cell(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(#p::cell_to_json(self))
            }
            #[inline]
            fn from_cell(text: &str, cx: &mut #p::Cell<'_>) -> ::core::option::Option<Self> {
                #p::cell_from_json(text, cx)
            }
        }
    }
}

fn atom_impl(model: &Model<'_>) -> TokenStream {
    let (p, lints) = (private(), lints());
    let ident = model.ident;
    let type_name = type_name(model);
    let normal = model.normal_with.as_ref().map(|path| {
        quote! {
            fn normal(&self) -> ::std::borrow::Cow<'_, str> {
                #path(self)
            }
        }
    });
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    quote! {
        #lints
        impl #impl_generics #p::NeverEmpty for #ident #ty_generics #where_clause {}
        #lints
        impl #impl_generics #p::Atom for #ident #ty_generics #where_clause {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(self))
            }
            fn to_json(&self) -> #p::serde_json::Value {
                #p::as_json(self)
            }
            #normal
            fn from_text(text: &str) -> ::core::result::Result<Self, #p::Message> {
                ::core::str::FromStr::from_str(text)
            }
            fn type_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::from(#type_name)
            }
        }
    }
}

fn serde_impls(model: &Model<'_>) -> TokenStream {
    let (p, lints) = (private(), lints());
    let ident = model.ident;
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let visitor = visitor_generics(model);
    let (visitor_impl, visitor_ty, visitor_where) = visitor.split_for_impl();
    let fields: Vec<&Field<'_>> = model.fields.iter().collect();
    let borrowed: Vec<_> = fields.iter().map(|f| borrowed(f)).collect();
    let idents: Vec<_> = fields.iter().map(|f| f.ident).collect();
    let names: Vec<_> = fields.iter().map(|f| &f.name).collect();
    let [field_schema, fill] = ["field_schema_part", "fill"].map(|name| each(&fields, name));
    let slots: Vec<_> = (0..fields.len()).map(syn::Index::from).collect();
    let nones = vec![quote! { ::core::option::Option::None }; fields.len()];
    let types: Vec<_> = fields.iter().map(|f| f.ty).collect();
    let keys: Vec<_> = fields.iter().map(|f| f.key).collect();
    let has_extra = model.field("extra").is_some();
    let (unknown, extras) = if let Some(field) = model.field("extra") {
        let extra = quote_spanned! {field.ty.span()=> &mut out.extra };
        (
            quote! { ::core::option::Option::Some(&mut __unknown) },
            quote! { #p::put_extras(#extra, __unknown)?; },
        )
    } else {
        (quote! { ::core::option::Option::None }, TokenStream::new())
    };
    let unknown_local = has_extra.then(
        || quote! { let mut __unknown: ::std::vec::Vec<(::std::string::String, ::std::string::String)> = ::std::vec::Vec::new(); },
    );
    let (doc, type_name) = (&model.doc, type_name(model));
    let expecting = format!("{} as an object", model.name);
    quote! {
        #lints
        impl #impl_generics #p::serde::Serialize for #ident #ty_generics #where_clause {
            fn serialize<__S: #p::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut map = #p::serde::Serializer::serialize_map(serializer, ::core::option::Option::None)?;
                #p::write_parts::<_, #p::AsValue>(&mut map, &[#(#names),*], &[#(#keys),*], &[#(#borrowed),*])?;
                #p::serde::ser::SerializeMap::end(map)
            }
        }
        #lints
        impl #impl_generics #ident #ty_generics #where_clause {
            /// Of its fields, if all are there.
            fn __of(mut slots: (#(::core::option::Option<#types>,)*)) -> ::core::option::Option<Self> {
                if false #(|| slots.#slots.is_none())* {
                    return ::core::option::Option::None;
                }
                ::core::option::Option::Some(Self { #(#idents: #p::take_part(&mut slots.#slots),)* })
            }
        }
        const _: () = {
            struct __Read #visitor_impl (::core::marker::PhantomData<(&'de (), #ident #ty_generics)>) #visitor_where;
            #lints
            impl #visitor_impl #p::serde::de::Visitor<'de> for __Read #visitor_ty #visitor_where {
                type Value = #ident #ty_generics;
                fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(#expecting)
                }
                fn visit_map<__A: #p::serde::de::MapAccess<'de>>(self, mut map: __A) -> ::core::result::Result<Self::Value, __A::Error> {
                    // All of them in one place: what stops here drops one value, not each that is there by then.
                    let mut slots: (#(::core::option::Option<#types>,)*) = (#(#nones,)*);
                    #unknown_local
                    {
                        const NAMES: &[&str] = &[#(#names),*];
                        let parts: &mut [&mut dyn #p::ReadInto<'de, __A, #p::AsValue>] = &mut [#(&mut slots.#slots),*];
                        #p::read_parts(&mut map, NAMES, parts, #unknown)?;
                    }
                    // Once an item, and mostly nothing is there: no call through a table.
                    let mut missing: ::core::option::Option<&'static str> = ::core::option::Option::None;
                    #(#fill(&mut slots.#slots, #names, #keys, &mut missing);)*
                    if let ::core::option::Option::Some(missing) = missing {
                        return ::core::result::Result::Err(#p::serde::de::Error::missing_field(missing));
                    }
                    let ::core::option::Option::Some(mut out) = <#ident #ty_generics>::__of(slots) else {
                        return ::core::result::Result::Err(#p::serde::de::Error::custom(#expecting));
                    };
                    #extras
                    ::core::result::Result::Ok(out)
                }
            }
            #lints
            impl #visitor_impl #p::serde::Deserialize<'de> for #ident #ty_generics #visitor_where {
                fn deserialize<__D: #p::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    deserializer.deserialize_map(__Read(::core::marker::PhantomData))
                }
            }
        };
        #lints
        impl #impl_generics #p::schemars::JsonSchema for #ident #ty_generics #where_clause {
            #[inline]
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::from(#type_name)
            }
            #[inline]
            fn json_schema(generator: &mut #p::schemars::SchemaGenerator) -> #p::schemars::Schema {
                #p::record_schema(
                    #doc,
                    <Self as #p::Record>::FIELDS,
                    &[#((#keys, #field_schema)),*],
                    #has_extra,
                    generator,
                )
            }
        }
    }
}

/// The type of the entries, where a type is written as a list.
fn entry_of(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "List")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(entry)) => Some(entry),
        _ => None,
    }
}

fn record_impl(model: &Model<'_>) -> TokenStream {
    let (p, lints) = (private(), lints());
    let ident = model.ident;
    let name = &model.name;
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let fields: Vec<&Field<'_>> = model.fields.iter().collect();
    let borrowed: Vec<_> = fields.iter().map(|f| borrowed(f)).collect();
    let entries = fields.iter().map(|f| {
        let (name, columns, ticks, doc) = (&f.name, headers(&f.columns), headers(&f.ticks), &f.doc);
        let spread = f.spread.as_ref().map_or_else(|| quote! { &[] }, |path| quote! { #path });
        let (apart, identity, position) = (f.apart, f.identity, f.position);
        let ty = f.ty;
        let lower = match &f.lower {
            Some(path) => quote_spanned! {ty.span()=> ::core::option::Option::Some(<#path as #p::Relation<#ty>>::NAME) },
            None => quote! { ::core::option::Option::None },
        };
        let adjusts = match &f.adjusts {
            Some(kind) => quote! { ::core::option::Option::Some(#p::AdjustmentKind::#kind) },
            None => quote! { ::core::option::Option::None },
        };
        quote! { #p::field(#name, (#columns, #ticks, #spread), #doc, #p::Marks { apart: #apart, identity: #identity, position: #position }, #lower, #adjusts) }
    });
    let is_free_text = each(&fields, "is_free_text");
    let indices: Vec<_> = fields.iter().map(|f| f.index).collect();
    let places: Vec<_> = fields.iter().map(|f| changed(f)).collect();
    // Columns that are read into several fields.
    let read = fields.iter().filter_map(|f| {
        let (index, path) = (f.index, f.read.as_ref()?);
        Some(quote! { #index => #path(self, text, cx), })
    });
    let read = read.collect::<Vec<_>>();
    let sets = (!read.is_empty()).then(|| {
        quote! {
            fn set_cell(&mut self, field: usize, text: &str, cx: &mut #p::Cell<'_>) {
                match field {
                    #(#read)*
                    _ => if let ::core::option::Option::Some(place) = self.field_mut(field) {
                        place.set_cell(text, cx);
                    },
                }
            }
        }
    });
    let relations = fields.iter().filter_map(|f| {
        let (index, i, ty, path) = (f.index, f.ident, f.ty, f.lower.as_ref()?);
        let holds = quote_spanned! {ty.span()=> <#path as #p::Relation<#ty>>::holds };
        Some(quote! { #index => ::core::option::Option::Some(#holds(&self.#i, &upper.#i)), })
    });
    let spread: Vec<&Field<'_>> = model.fields.iter().filter(|f| f.spread.is_some()).collect();
    let spreads = (!spread.is_empty()).then(|| {
        let indices = spread.iter().map(|f| f.index).collect::<Vec<_>>();
        let shared = indices.iter().map(|&index| &borrowed[index]);
        let changed = spread.iter().map(|f| changed(f));
        quote! {
            fn spread_field(&self, field: usize) -> ::core::option::Option<&dyn #p::Spread> {
                match field {
                    #(#indices => ::core::option::Option::Some(#shared),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn spread_field_mut(&mut self, field: usize) -> ::core::option::Option<&mut dyn #p::Spread> {
                match field {
                    #(#indices => ::core::option::Option::Some(#changed),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    });
    // In builds for speed it would take a second for our own kinds, and say what every other build has said.
    // A record with parameters is no constant that could be looked at here.
    let distinct = (model.shares_headers() && model.generics.params.is_empty()).then(|| {
        quote_spanned! {ident.span()=> #[cfg(debug_assertions)] const _: () = #p::check_headers::<{ #p::header_slots(<#ident as #p::Record>::FIELDS) }>(<#ident as #p::Record>::FIELDS); }
    });
    // Once and in plain words, before all that is asked of a list.
    let keyed = fields.iter().filter(|_| model.generics.params.is_empty()).filter_map(|f| {
        let entry = entry_of(f.ty)?;
        Some(quote_spanned! {entry.span()=> const _: fn() = #p::keyed::<#entry>; })
    });
    quote! {
        #distinct
        #(#keyed)*
        #lints
        impl #impl_generics #p::Record for #ident #ty_generics #where_clause {
            const NAME: &'static str = #name;
            const FIELDS: &'static [#p::Field] = &[#(#entries),*];
            fn shown_field(&self, field: usize) -> ::core::option::Option<&dyn #p::Shown> {
                match field {
                    #(#indices => ::core::option::Option::Some(#borrowed),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn field_mut(&mut self, field: usize) -> ::core::option::Option<&mut dyn #p::Place> {
                match field {
                    #(#indices => ::core::option::Option::Some(#places),)*
                    _ => ::core::option::Option::None,
                }
            }
            #sets
            fn field_is_free_text(field: usize) -> bool {
                match field {
                    #(#indices => #is_free_text(),)*
                    _ => false,
                }
            }
            #spreads
            fn relation_holds(&self, upper: &Self, field: usize) -> ::core::option::Option<bool> {
                match field {
                    #(#relations)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}

fn entry_impl(model: &Model<'_>) -> TokenStream {
    let (p, lints) = (private(), lints());
    let ident = model.ident;
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let occurrence = model.field("occurrence");
    let key = match (&model.key_with, model.fields.iter().find(|f| f.key)) {
        (Some(path), _) => {
            let key = quote! { #path(self) };
            match occurrence {
                Some(_) => quote! { #p::numbered_key(#key, self.occurrence) },
                None => key,
            }
        }
        (None, Some(field)) => {
            let i = field.ident;
            match occurrence {
                Some(_) => quote! { #p::numbered_key(#p::Atom::text(&self.#i), self.occurrence) },
                None => quote! { #p::Atom::text(&self.#i) },
            }
        }
        (None, None) => return TokenStream::new(),
    };
    let occurrence = occurrence.map(|_| {
        quote! {
            fn set_occurrence(&mut self, occurrence: u32) -> bool {
                self.occurrence = ::core::option::Option::Some(occurrence);
                true
            }
        }
    });
    let reference = model.fields.iter().find(|f| f.reference).map(|f| {
        let i = f.ident;
        quote! {
            fn reference(&self) -> ::core::option::Option<&str> {
                let text: &str = ::core::convert::AsRef::as_ref(&self.#i);
                (!text.is_empty()).then_some(text)
            }
            fn set_reference(&mut self, key: ::std::string::String) {
                self.#i = ::core::convert::From::from(key);
            }
        }
    });
    let set_key = model.is_item().then(|| {
        let occurrence =
            model.field("occurrence").map(|_| quote! { self.occurrence = ::core::option::Option::None; });
        let derived = model.field("derived").map(|_| quote! { self.derived = false; });
        quote! {
            fn set_key(&mut self, key: ::std::string::String) -> bool {
                self.id = ::core::convert::From::from(key);
                #occurrence
                #derived
                true
            }
        }
    });
    let cut = model.cut_with.as_ref().map(|path| {
        quote! {
            fn cut(text: &str) -> ::std::vec::Vec<&str> {
                #path(text)
            }
        }
    });
    let order = model.order_with.as_ref().map(|path| {
        quote! {
            const ORDERED: bool = true;
            fn stands(&self, other: &Self) -> ::core::cmp::Ordering {
                #path(self, other)
            }
        }
    });
    let joint = model.joint.as_ref().map(|joint| quote! { const JOINT: &'static str = #joint; });
    quote! {
        #lints
        impl #impl_generics #p::Entry for #ident #ty_generics #where_clause {
            fn key(&self) -> ::std::borrow::Cow<'_, str> {
                #key
            }
            #occurrence
            #set_key
            #reference
            #cut
            #joint
            #order
        }
    }
}

fn item_impl(model: &Model<'_>) -> TokenStream {
    let (p, lints) = (private(), lints());
    let ident = model.ident;
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    if !model.is_item() {
        return TokenStream::new();
    }
    let has = |name: &str, tokens: TokenStream| model.field(name).map(|_| tokens);
    let parts = [
        has("department", quote! { fn department(&self) -> &[#p::Text] { #p::texts(&self.department) } }),
        has(
            "authorities",
            quote! {
                fn authorities(&self) -> ::std::vec::Vec<::std::borrow::Cow<'_, str>> {
                    self.authorities.iter().map(#p::Value::to_cell).collect()
                }
            },
        ),
        has(
            "sub_item",
            quote! { fn sub_item(&self) -> &str { ::core::convert::AsRef::as_ref(&self.sub_item) } },
        ),
        has("parent", quote! { fn parent(&self) -> &str { ::core::convert::AsRef::as_ref(&self.parent) } }),
        has(
            "extra",
            quote! {
                fn extra(&self) -> ::core::option::Option<&#p::Map<#p::Text>> { ::core::option::Option::Some(&self.extra) }
                fn extra_mut(&mut self) -> ::core::option::Option<&mut #p::Map<#p::Text>> { ::core::option::Option::Some(&mut self.extra) }
            },
        ),
        has(
            "derived",
            quote! {
                fn is_derived(&self) -> bool { self.derived }
                fn mark_derived(&mut self) -> bool { self.derived = true; true }
            },
        ),
        has("occurrence", quote! { fn occurrence(&self) -> ::core::option::Option<u32> { self.occurrence } }),
    ];
    let parts = parts.into_iter().flatten();
    let kind = model.kind.as_ref().map_or_else(|| model.name.clone(), syn::LitStr::value);
    let any_header = model.any_header.map(|_| quote! { const ANY_HEADER: bool = true; });
    quote! {
        #lints
        impl #impl_generics #p::Item for #ident #ty_generics #where_clause {
            const KIND: &'static str = #kind;
            #any_header
            fn id(&self) -> &str {
                ::core::convert::AsRef::as_ref(&self.id)
            }
            fn set_id(&mut self, id: ::std::string::String) {
                self.id = ::core::convert::From::from(id);
            }
            fn name(&self) -> &str {
                ::core::convert::AsRef::as_ref(&self.name)
            }
            #(#parts)*
        }
    }
}
