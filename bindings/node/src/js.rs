//! Reading JavaScript values, without copying what is not asked for.
//!
//! The only unsafe code of the binding: each function is one N-API call with its status checked.
//! A [`Handle`] lives until the native call that got it returns, or until the [`Js::scoped`]
//! block it was read in ends.
#![expect(unsafe_code, reason = "N-API is a C interface")]

use std::ptr;

use napi::{Env, JsValue, Result, Unknown, check_status, sys};

/// The JavaScript environment of the call at hand.
#[derive(Clone, Copy)]
pub(crate) struct Js {
    env: sys::napi_env,
}

/// A JavaScript value.
#[derive(Clone, Copy)]
pub(crate) struct Handle(sys::napi_value);

/// A value by its kind, read as far as that is cheap.
pub(crate) enum Kind {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    /// Read by [`Js::text`].
    Text,
    /// Its sign (negative or not) and size; `None` beyond 128 bits.
    BigInt(bool, Option<u128>),
    /// Milliseconds since the epoch, NaN for an invalid date.
    Date(f64),
    /// How many elements.
    Array(u32),
    Object,
    Function,
    Symbol,
    External,
}

impl Js {
    pub(crate) fn new(env: Env) -> Js {
        Js { env: env.raw() }
    }

    pub(crate) fn handle(value: &Unknown<'_>) -> Handle {
        Handle(value.raw())
    }

    /// What a value is.
    pub(crate) fn kind(self, Handle(value): Handle) -> Result<Kind> {
        let mut kind = -1;
        check_status!(unsafe { sys::napi_typeof(self.env, value, &raw mut kind) })?;
        Ok(match kind {
            sys::ValueType::napi_undefined => Kind::Undefined,
            sys::ValueType::napi_null => Kind::Null,
            sys::ValueType::napi_boolean => {
                let mut content = false;
                check_status!(unsafe {
                    sys::napi_get_value_bool(self.env, value, &raw mut content)
                })?;
                Kind::Bool(content)
            }
            sys::ValueType::napi_number => {
                let mut content = 0.0;
                check_status!(unsafe {
                    sys::napi_get_value_double(self.env, value, &raw mut content)
                })?;
                Kind::Number(content)
            }
            sys::ValueType::napi_string => Kind::Text,
            sys::ValueType::napi_bigint => self.bigint(value)?,
            sys::ValueType::napi_object => self.object_kind(value)?,
            sys::ValueType::napi_function => Kind::Function,
            sys::ValueType::napi_symbol => Kind::Symbol,
            _ => Kind::External,
        })
    }

    fn bigint(self, value: sys::napi_value) -> Result<Kind> {
        let (mut sign, mut count, mut words) = (0, 2, [0_u64; 2]);
        check_status!(unsafe {
            sys::napi_get_value_bigint_words(
                self.env,
                value,
                &raw mut sign,
                &raw mut count,
                words.as_mut_ptr(),
            )
        })?;
        let size = u128::from(words[1]) << 64 | u128::from(words[0]);
        Ok(Kind::BigInt(sign != 0, (count <= 2).then_some(size)))
    }

    fn object_kind(self, value: sys::napi_value) -> Result<Kind> {
        let mut is = false;
        check_status!(unsafe { sys::napi_is_array(self.env, value, &raw mut is) })?;
        if is {
            let mut length = 0;
            check_status!(unsafe { sys::napi_get_array_length(self.env, value, &raw mut length) })?;
            return Ok(Kind::Array(length));
        }
        check_status!(unsafe { sys::napi_is_date(self.env, value, &raw mut is) })?;
        if is {
            let mut millis = 0.0;
            check_status!(unsafe { sys::napi_get_date_value(self.env, value, &raw mut millis) })?;
            return Ok(Kind::Date(millis));
        }
        Ok(Kind::Object)
    }

    /// The content of a string; a lone surrogate reads as `U+FFFD`.
    pub(crate) fn text(self, Handle(value): Handle) -> Result<String> {
        // Most names and values are short: one call, unless the buffer may have been too small.
        let mut short = [0_u8; 128];
        let length = self.utf8(value, &mut short)?;
        if length + 4 < short.len() {
            return Ok(String::from_utf8_lossy(&short[..length]).into_owned());
        }
        let mut length = 0;
        check_status!(unsafe {
            sys::napi_get_value_string_utf8(self.env, value, ptr::null_mut(), 0, &raw mut length)
        })?;
        let mut long = vec![0; length + 1];
        let length = self.utf8(value, &mut long)?;
        long.truncate(length);
        Ok(String::from_utf8(long)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// Fills a buffer with as much of a string as it holds, and says how much that is.
    fn utf8(self, value: sys::napi_value, buffer: &mut [u8]) -> Result<usize> {
        let mut length = 0;
        check_status!(unsafe {
            sys::napi_get_value_string_utf8(
                self.env,
                value,
                buffer.as_mut_ptr().cast(),
                buffer.len(),
                &raw mut length,
            )
        })?;
        Ok(length)
    }

    /// The names of an object's own enumerable properties, as an array of strings.
    pub(crate) fn own_keys(self, Handle(object): Handle) -> Result<(Handle, u32)> {
        let mut keys = ptr::null_mut();
        check_status!(unsafe {
            sys::napi_get_all_property_names(
                self.env,
                object,
                sys::KeyCollectionMode::own_only,
                sys::KeyFilter::enumerable | sys::KeyFilter::skip_symbols,
                sys::KeyConversion::numbers_to_strings,
                &raw mut keys,
            )
        })?;
        let mut length = 0;
        check_status!(unsafe { sys::napi_get_array_length(self.env, keys, &raw mut length) })?;
        Ok((Handle(keys), length))
    }

    /// A property; `undefined` where the object has none. A getter runs, and may throw.
    pub(crate) fn property(self, Handle(object): Handle, Handle(key): Handle) -> Result<Handle> {
        let mut value = ptr::null_mut();
        check_status!(unsafe { sys::napi_get_property(self.env, object, key, &raw mut value) })?;
        Ok(Handle(value))
    }

    /// A property by a name known here.
    pub(crate) fn named(self, Handle(object): Handle, name: &std::ffi::CStr) -> Result<Handle> {
        let mut value = ptr::null_mut();
        check_status!(unsafe {
            sys::napi_get_named_property(self.env, object, name.as_ptr(), &raw mut value)
        })?;
        Ok(Handle(value))
    }

    /// An element of an array.
    pub(crate) fn element(self, Handle(array): Handle, index: u32) -> Result<Handle> {
        let mut value = ptr::null_mut();
        check_status!(unsafe { sys::napi_get_element(self.env, array, index, &raw mut value) })?;
        Ok(Handle(value))
    }

    /// Calls a method.
    pub(crate) fn call(
        self,
        Handle(this): Handle,
        Handle(method): Handle,
        arguments: &[Handle],
    ) -> Result<Handle> {
        let arguments: Vec<_> = arguments.iter().map(|argument| argument.0).collect();
        let mut value = ptr::null_mut();
        check_status!(unsafe {
            sys::napi_call_function(
                self.env,
                this,
                method,
                arguments.len(),
                arguments.as_ptr(),
                &raw mut value,
            )
        })?;
        Ok(Handle(value))
    }

    /// The content of a `Set` as an array, of a `Map` as an object; `None` for any other object.
    pub(crate) fn collection(self, object: Handle) -> Result<Option<Handle>> {
        let mut global = ptr::null_mut();
        check_status!(unsafe { sys::napi_get_global(self.env, &raw mut global) })?;
        let global = Handle(global);
        for (class, maker, method) in
            [(c"Set", c"Array", c"from"), (c"Map", c"Object", c"fromEntries")]
        {
            let class = self.named(global, class)?;
            let mut is = false;
            check_status!(unsafe {
                sys::napi_instanceof(self.env, object.0, class.0, &raw mut is)
            })?;
            if is {
                let maker = self.named(global, maker)?;
                let method = self.named(maker, method)?;
                return Ok(Some(self.call(maker, method, &[object])?));
            }
        }
        Ok(None)
    }

    /// Whether two values are the same object.
    pub(crate) fn same(self, Handle(a): Handle, Handle(b): Handle) -> Result<bool> {
        let mut same = false;
        check_status!(unsafe { sys::napi_strict_equals(self.env, a, b, &raw mut same) })?;
        Ok(same)
    }

    /// Runs a block whose handles end with it, so that a batch keeps no more than one record's.
    pub(crate) fn scoped<T>(self, block: impl FnOnce() -> T) -> Result<T> {
        let mut scope = ptr::null_mut();
        check_status!(unsafe { sys::napi_open_handle_scope(self.env, &raw mut scope) })?;
        let result = block();
        // It may also be closed while an exception is pending.
        check_status!(unsafe { sys::napi_close_handle_scope(self.env, scope) })?;
        Ok(result)
    }
}
