//! `#[derive(Record)]`: structs as records of Jalon programs. Use it as `jalon::Record`, where it
//! is documented.
#![forbid(unsafe_code)]

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Field, Fields, LitStr, parse_macro_input};

/// A struct as a record: each of its fields is a field of the program, found by name.
///
/// A field of the struct bears its own name, with spaces for underscores, unless
/// `#[jalon(name = "Adresse e-mail")]` gives it one; that may stand several times, for the names
/// that a program may use. `#[jalon(skip)]` leaves it out. Its type is any that is a
/// `jalon::value::AsValue`.
#[proc_macro_derive(Record, attributes(jalon))]
pub fn record(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// What a struct's field says of itself.
#[derive(Default)]
struct Said {
    names: Vec<LitStr>,
    skip: bool,
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let refused = |span| syn::Error::new(span, "a record is a struct with named fields");
    let Data::Struct(data) = &input.data else { return Err(refused(input.span())) };
    let Fields::Named(fields) = &data.fields else { return Err(refused(input.span())) };
    let (mut names, mut values, mut symbols) = (Vec::new(), Vec::new(), Vec::new());
    for field in &fields.named {
        let said = read(&field.attrs)?;
        if said.skip {
            continue;
        }
        let ident = &field.ident;
        let own = if said.names.is_empty() { own_name(field) } else { None };
        let said = said.names.iter().map(LitStr::value).chain(own);
        let said: Vec<String> = said.collect();
        let index = names.len();
        names.push(quote!(&[#(#said),*]));
        values.push(quote!(#index => ::jalon::value::AsValue::as_value(&self.#ident)));
        symbols.push(quote!(#index => ::jalon::value::AsValue::symbol(&self.#ident)));
    }
    let name = &input.ident;
    let (generics, types, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::jalon::value::Fields for #name #types #bounds {
            const NAMES: &'static [&'static [&'static str]] = &[#(#names),*];

            #[inline]
            fn value(&self, index: usize) -> ::jalon::value::ValueRef<'_> {
                match index {
                    #(#values,)*
                    _ => ::jalon::value::ValueRef::Absent,
                }
            }

            #[inline]
            fn symbol(
                &self,
                index: usize,
            ) -> ::core::option::Option<::jalon::value::Symbol> {
                match index {
                    #(#symbols,)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[automatically_derived]
        impl #generics ::jalon::value::Record for #name #types #bounds {
            fn get(&self, key: &::jalon::value::FieldKey) -> ::jalon::value::ValueRef<'_> {
                ::jalon::value::fields::get(self, key)
            }

            fn conflict(
                &self,
                key: &::jalon::value::FieldKey,
            ) -> ::core::option::Option<::jalon::value::Conflict> {
                ::jalon::value::fields::conflict(self, key)
            }
        }

        #[automatically_derived]
        impl #generics ::jalon::value::AsValue for #name #types #bounds {
            #[inline]
            fn as_value(&self) -> ::jalon::value::ValueRef<'_> {
                ::jalon::value::ValueRef::Record(self)
            }
        }
    })
}

/// `first_visit` is the field "first visit".
fn own_name(field: &Field) -> Option<String> {
    let ident = field.ident.as_ref()?.to_string();
    Some(ident.trim_start_matches("r#").replace('_', " "))
}

fn read(attributes: &[Attribute]) -> syn::Result<Said> {
    let mut said = Said::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("jalon")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("skip") {
                said.skip = true;
            } else if meta.path.is_ident("name") {
                said.names.push(meta.value()?.parse()?);
            } else {
                return Err(meta.error("expected `name = \"…\"` or `skip`"));
            }
            Ok(())
        })?;
    }
    Ok(said)
}
