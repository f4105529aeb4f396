//! `#[derive(Atom)]`.

use crate::model::{Mistakes, check_name};
use crate::record::lints;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr, Result};

#[derive(Default)]
struct Options {
    name: Option<LitStr>,
    own_serde: bool,
    empty: bool,
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let mut options = Options::default();
    let mut mistakes = Mistakes::default();
    mistakes.options(&input.attrs, "atom", |meta| {
        if meta.path.is_ident("name") {
            options.name = Some(meta.value()?.parse::<LitStr>()?);
        } else if meta.path.is_ident("serde") {
            options.own_serde = true;
        } else if meta.path.is_ident("empty") {
            options.empty = true;
        } else {
            return Err(meta.error("`atom` knows `name = \"…\"`, `serde` and `empty`"));
        }
        Ok(())
    });
    if let Some(parameter) = input.generics.params.first() {
        mistakes.add(syn::Error::new_spanned(parameter, "an atom has no parameters: wrap the concrete type"));
    }
    let ident = &input.ident;
    let (name, span) = match &options.name {
        Some(name) => (name.value(), name.span()),
        None => (syn::ext::IdentExt::unraw(ident).to_string(), ident.span()),
    };
    check_name(&name, span, "atom", &mut mistakes);
    mistakes.or(())?;
    let lints = lints();
    let p = quote!(::qingdan::__private);
    let absence = if options.empty {
        quote! {
            fn is_absent(&self) -> bool {
                *self == <Self as ::core::default::Default>::default()
            }
            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(<Self as ::core::default::Default>::default())
            }
        }
    } else {
        TokenStream::new()
    };
    let never_empty = (!options.empty).then(|| quote! { #lints impl #p::NeverEmpty for #ident {} });
    let json = if options.own_serde {
        quote! { #p::as_json(self) }
    } else {
        quote! { #p::serde_json::Value::String(::std::string::ToString::to_string(self)) }
    };
    let serde = (!options.own_serde).then(|| {
        quote! {
            #lints
            impl #p::serde::Serialize for #ident {
                fn serialize<__S: #p::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #p::serde::Serializer::collect_str(serializer, self)
                }
            }
            #lints
            impl<'de> #p::serde::Deserialize<'de> for #ident {
                fn deserialize<__D: #p::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    #p::deserialize_text(deserializer)
                }
            }
            #lints
            impl #p::schemars::JsonSchema for #ident {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    ::std::borrow::Cow::Borrowed(#name)
                }
                fn json_schema(_: &mut #p::schemars::SchemaGenerator) -> #p::schemars::Schema {
                    #p::text_schema()
                }
            }
        }
    });
    Ok(quote! {
        #serde
        #never_empty
        #lints
        impl #p::Atom for #ident {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(self))
            }
            fn to_json(&self) -> #p::serde_json::Value {
                #json
            }
            #absence
            fn from_text(text: &str) -> ::core::result::Result<Self, #p::Message> {
                #p::parse_text(text)
            }
            fn type_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(#name)
            }
        }
    })
}
