//! What is emitted for a small record and a small atom, kept as files: whoever changes the derive sees
//! what changes in the code of users. `SNAPSHOT=overwrite cargo test -p qingdan-derive` writes them anew.

use quote::quote;
use std::path::Path;

fn check(name: &str, emitted: proc_macro2::TokenStream) {
    let file = syn::parse2::<syn::File>(emitted).expect("what is emitted are items");
    let text = prettyplease::unparse(&file);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    if std::env::var_os("SNAPSHOT").is_some_and(|value| value == "overwrite") {
        std::fs::write(&path, &text).expect("the folder of snapshots is there");
    }
    let kept = std::fs::read_to_string(&path).expect("the snapshot is there");
    assert_eq!(kept, text, "see `SNAPSHOT=overwrite`");
}

#[test]
fn a_record_is_expanded_as_kept() {
    let input = syn::parse2(quote! {
        /// What an office charges.
        #[record(name = "fee-item")]
        pub struct FeeItem {
            /// Number in the list.
            #[record(key, column("编号"))]
            pub id: String,
            /// What is charged.
            #[record(column("收费项目"), lower = relation::Equal, adjusts = Renamed)]
            pub name: String,
            /// A label.
            #[record(apart)]
            pub label: Text,
            /// Other columns.
            pub extra: Map<Text>,
        }
    })
    .expect("a struct");
    let model = crate::model::Model::read(&input).expect("a record");
    check("fee_item.rs", crate::record::expand(&model));
}

#[test]
fn an_atom_is_expanded_as_kept() {
    let input = syn::parse2(quote! { #[atom(name = "unit", empty)] struct Unit(String); }).expect("a struct");
    check("unit.rs", crate::atom::expand(&input).expect("an atom"));
}
