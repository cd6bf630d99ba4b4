//! One variant of an enum, by its name and what it holds.

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, VariantAccess, Visitor,
};
use std::marker::PhantomData;

/// Reads what the variant of this name holds as the enum it is a variant of.
pub(super) struct Tagged<T> {
    name: String,
    of: PhantomData<T>,
}

impl<T> Tagged<T> {
    pub(super) fn new(name: String) -> Tagged<T> {
        Tagged { name, of: PhantomData }
    }
}

impl<'de, T: serde::Deserialize<'de>> DeserializeSeed<'de> for Tagged<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, content: D) -> Result<T, D::Error> {
        T::deserialize(Variant { name: self.name, content })
    }
}

struct Variant<D> {
    name: String,
    content: D,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Variant<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl<'de, D: Deserializer<'de>> EnumAccess<'de> for Variant<D> {
    type Error = D::Error;
    type Variant = Content<D>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Content<D>), D::Error> {
        let name: StringDeserializer<D::Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, Content(self.content)))
    }
}

struct Content<D>(D);

impl<'de, D: Deserializer<'de>> VariantAccess<'de> for Content<D> {
    type Error = D::Error;

    fn unit_variant(self) -> Result<(), D::Error> {
        serde::Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, D::Error> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct("", fields, visitor)
    }
}

/// What stands in an object of one member.
pub(super) fn only_member<'de, T: serde::Deserialize<'de>, A: MapAccess<'de>>(
    mut map: A,
) -> Result<T, A::Error> {
    use serde::de::Error;
    let many = || A::Error::custom(super::Refusal::OneMember);
    let name = map.next_key::<String>()?.ok_or_else(many)?;
    let value = map.next_value_seed(Tagged::new(name))?;
    match map.next_key::<serde::de::IgnoredAny>()? {
        Some(_) => Err(many()),
        None => Ok(value),
    }
}
