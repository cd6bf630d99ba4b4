//! Reading JavaScript values, without copying what is not asked for.
//!
//! The only unsafe code of the binding: each function is one N-API call with its status checked,
//! but for [`bare`], which makes functions that are called often, [`write`], which fills memory
//! that both sides know, and [`utf8`].
//! A [`Handle`] lives until the native call that got it returns, or until the [`Js::scoped`]
//! block it was read in ends.
#![expect(unsafe_code, reason = "N-API is a C interface")]

use std::cell::RefCell;
use std::ffi::{CStr, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use napi::bindgen_prelude::{FromNapiValue, Function, Uint8Array};
use napi::{Env, JsValue, Result, Unknown, check_status, sys};

/// The JavaScript environment of the call at hand.
#[derive(Clone, Copy)]
pub(crate) struct Js {
    env: sys::napi_env,
}

/// A JavaScript function that takes a few texts and gives nothing, for what is asked so often that
/// each step of a call counts: what else it is asked and what it answers are in memory that both
/// sides know.
pub(crate) fn bare<W>(env: &Env, work: W) -> Result<Function<'_, (), ()>>
where
    W: Fn(&Lent) + 'static,
{
    let (env, mut function) = (env.raw(), ptr::null_mut());
    let bare = Bare { work, lent: RefCell::default() };
    let data: *mut c_void = Box::into_raw(Box::new(bare)).cast();
    // SAFETY: the name is a text of three bytes, and `call` is made for what `data` points to,
    // which is freed when the function is.
    let made = unsafe {
        let name = c"run".as_ptr();
        sys::napi_create_function(env, name, 3, Some(call::<W>), data, &raw mut function)
    };
    check_status!(made)?;
    // SAFETY: nothing else frees it; were the finalizer refused, it would stay.
    check_status!(unsafe {
        let (hint, reference) = (ptr::null_mut(), ptr::null_mut());
        sys::napi_add_finalizer(env, function, data, Some(free::<W>), hint, reference)
    })?;
    // SAFETY: it was made here, in the scope of the call at hand.
    unsafe { Function::from_napi_value(env, function) }
}

/// What a function is made with.
struct Bare<W> {
    work: W,
    lent: RefCell<Lent>,
}

/// How many texts a call is given.
const LENT: usize = 4;
/// How many units of a text are read, and a 0 behind them.
const UNITS: usize = 1024;

/// The texts that a call is given, one after the other.
#[derive(Debug)]
pub(crate) struct Lent {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    units: Box<[u16]>,
}

impl Default for Lent {
    fn default() -> Lent {
        Lent { text: String::new(), ends: Vec::new(), units: vec![0; UNITS].into() }
    }
}

impl Lent {
    /// Those that were read already.
    pub(crate) fn of(texts: &[String]) -> Lent {
        let mut lent = Lent::default();
        for text in texts {
            lent.text.push_str(text);
            lent.ends.push(lent.text.len());
        }
        lent
    }

    /// A text by its number.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let start = index.checked_sub(1).map_or(Some(0), |index| self.ends.get(index).copied())?;
        self.text.get(start..*self.ends.get(index)?)
    }

    /// Reads the texts of a call; half a character is read as `U+FFFD`.
    fn read(&mut self, env: sys::napi_env, values: &[sys::napi_value]) {
        let Lent { text, ends, units } = self;
        text.clear();
        ends.clear();
        for value in values {
            let mut length = 0;
            let (start, size) = (units.as_mut_ptr(), units.len());
            // SAFETY: there is room for so many units; of what is no text it writes none.
            unsafe {
                sys::napi_get_value_string_utf16(env, *value, start, size, &raw mut length);
            }
            let units = units.get(..length).unwrap_or_default();
            if units.iter().fold(0, |all, unit| all | unit) < 0x80 {
                // SAFETY: ASCII is UTF-8.
                unsafe { text.as_mut_vec() }.extend(units.iter().map(|unit| *unit as u8));
            } else {
                let chars = char::decode_utf16(units.iter().copied());
                text.extend(chars.map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
            ends.push(text.len());
        }
    }
}

/// What JavaScript calls: the function that was made with a `W`. Of a panic nothing is answered.
unsafe extern "C" fn call<W: Fn(&Lent)>(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let (mut data, mut values, mut count) = (ptr::null_mut(), [ptr::null_mut(); LENT], LENT);
    // SAFETY: there is room for so many values, and the place to write to is there.
    unsafe {
        let (start, this) = (values.as_mut_ptr(), ptr::null_mut());
        sys::napi_get_cb_info(env, info, &raw mut count, start, this, &raw mut data);
    }
    // SAFETY: `bare` made the function with a `W`, which is there as long as the function.
    if let Some(Bare { work, lent }) = unsafe { data.cast::<Bare<W>>().as_ref() } {
        drop(catch_unwind(AssertUnwindSafe(|| {
            let lent = &mut *lent.borrow_mut();
            lent.read(env, values.get(..count).unwrap_or_default());
            work(lent);
        })));
    }
    ptr::null_mut()
}

/// Frees the `W` of a function that is no longer there.
unsafe extern "C" fn free<W>(_: sys::napi_env, data: *mut c_void, _: *mut c_void) {
    // SAFETY: `bare` made it of a box, and this is called once.
    drop(unsafe { Box::from_raw(data.cast::<Bare<W>>()) });
}

/// Writes bytes into memory that JavaScript reads after the call, from `start` on, as far as there
/// is room.
pub(crate) fn write(memory: &mut Uint8Array, start: usize, bytes: impl IntoIterator<Item = u8>) {
    // SAFETY: JavaScript does not run meanwhile, and no other thread has the memory.
    let memory = unsafe { memory.as_mut() };
    let room = memory.get_mut(start..).unwrap_or_default();
    room.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
}

/// Bytes as text. (The standard library looks at ASCII, which most are, a few bytes at a time.)
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    if bytes.is_ascii() {
        // SAFETY: ASCII is UTF-8.
        return Some(unsafe { str::from_utf8_unchecked(bytes) });
    }
    str::from_utf8(bytes).ok()
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
    /// Anything else, in words.
    Other(&'static str),
}

/// Calls an N-API function for its answer, the last argument, which starts as given.
macro_rules! ask {
    ($js:ident.$function:ident($($argument:expr),*) -> $start:expr) => {{
        let mut answer = $start;
        check_status!(unsafe { sys::$function($js.env, $($argument,)* &raw mut answer) })?;
        answer
    }};
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
        Ok(match ask!(self.napi_typeof(value) -> -1) {
            sys::ValueType::napi_undefined => Kind::Undefined,
            sys::ValueType::napi_null => Kind::Null,
            sys::ValueType::napi_boolean => {
                Kind::Bool(ask!(self.napi_get_value_bool(value) -> false))
            }
            sys::ValueType::napi_number => {
                Kind::Number(ask!(self.napi_get_value_double(value) -> 0.0))
            }
            sys::ValueType::napi_string => Kind::Text,
            sys::ValueType::napi_bigint => self.bigint(value)?,
            sys::ValueType::napi_object if ask!(self.napi_is_array(value) -> false) => {
                Kind::Array(ask!(self.napi_get_array_length(value) -> 0))
            }
            sys::ValueType::napi_object if ask!(self.napi_is_date(value) -> false) => {
                Kind::Date(ask!(self.napi_get_date_value(value) -> 0.0))
            }
            sys::ValueType::napi_object => Kind::Object,
            sys::ValueType::napi_function => Kind::Function,
            sys::ValueType::napi_symbol => Kind::Other("a symbol"),
            _ => Kind::Other("a native object"),
        })
    }

    fn bigint(self, value: sys::napi_value) -> Result<Kind> {
        let (mut negative, mut count, mut words) = (0, 2, [0_u64; 2]);
        let (sign, size, start) = (&raw mut negative, &raw mut count, words.as_mut_ptr());
        check_status!(unsafe {
            sys::napi_get_value_bigint_words(self.env, value, sign, size, start)
        })?;
        let size = u128::from(words[1]) << 64 | u128::from(words[0]);
        Ok(Kind::BigInt(negative != 0, (count <= 2).then_some(size)))
    }

    /// The content of a string; a lone surrogate reads as `U+FFFD`.
    pub(crate) fn text(self, Handle(value): Handle) -> Result<String> {
        // Most names and values are short: one call, unless the buffer may have been too small.
        let mut short = [0_u8; 128];
        let length = self.utf8(value, &mut short)?;
        if length + 4 < short.len() {
            return Ok(String::from_utf8_lossy(&short[..length]).into_owned());
        }
        let length = ask!(self.napi_get_value_string_utf8(value, ptr::null_mut(), 0) -> 0);
        let mut long = vec![0; length + 1];
        let length = self.utf8(value, &mut long)?;
        Ok(String::from_utf8_lossy(&long[..length]).into_owned())
    }

    /// Fills a buffer with as much of a string as it holds, and says how much that is.
    fn utf8(self, value: sys::napi_value, buffer: &mut [u8]) -> Result<usize> {
        let (start, size) = (buffer.as_mut_ptr().cast(), buffer.len());
        Ok(ask!(self.napi_get_value_string_utf8(value, start, size) -> 0))
    }

    /// The names of an object's own enumerable properties as an array of strings, and how many.
    pub(crate) fn own_keys(self, Handle(object): Handle) -> Result<(Handle, u32)> {
        let keys = ask!(self.napi_get_all_property_names(
            object,
            sys::KeyCollectionMode::own_only,
            sys::KeyFilter::enumerable | sys::KeyFilter::skip_symbols,
            sys::KeyConversion::numbers_to_strings
        ) -> ptr::null_mut());
        Ok((Handle(keys), ask!(self.napi_get_array_length(keys) -> 0)))
    }

    /// A property; `undefined` where the object has none. A getter runs, and may throw.
    pub(crate) fn property(self, Handle(object): Handle, Handle(key): Handle) -> Result<Handle> {
        Ok(Handle(ask!(self.napi_get_property(object, key) -> ptr::null_mut())))
    }

    /// A property by a name known here.
    pub(crate) fn named(self, Handle(object): Handle, name: &CStr) -> Result<Handle> {
        let name = name.as_ptr();
        Ok(Handle(ask!(self.napi_get_named_property(object, name) -> ptr::null_mut())))
    }

    /// An element of an array.
    pub(crate) fn element(self, Handle(array): Handle, index: u32) -> Result<Handle> {
        Ok(Handle(ask!(self.napi_get_element(array, index) -> ptr::null_mut())))
    }

    /// Calls a method with at most one argument.
    pub(crate) fn call(
        self,
        Handle(this): Handle,
        Handle(method): Handle,
        argument: Option<Handle>,
    ) -> Result<Handle> {
        let argument = argument.map(|Handle(value)| value);
        let arguments = argument.as_slice();
        let (count, start) = (arguments.len(), arguments.as_ptr());
        let answer = ask!(self.napi_call_function(this, method, count, start) -> ptr::null_mut());
        Ok(Handle(answer))
    }

    /// The content of a `Set` as an array, of a `Map` as an object; `None` for any other object.
    pub(crate) fn collection(self, object: Handle) -> Result<Option<Handle>> {
        let global = Handle(ask!(self.napi_get_global() -> ptr::null_mut()));
        for (class, maker, method) in
            [(c"Set", c"Array", c"from"), (c"Map", c"Object", c"fromEntries")]
        {
            let Handle(class) = self.named(global, class)?;
            if ask!(self.napi_instanceof(object.0, class) -> false) {
                let maker = self.named(global, maker)?;
                let method = self.named(maker, method)?;
                return Ok(Some(self.call(maker, method, Some(object))?));
            }
        }
        Ok(None)
    }

    /// Whether two values are the same object.
    pub(crate) fn same(self, Handle(a): Handle, Handle(b): Handle) -> Result<bool> {
        Ok(ask!(self.napi_strict_equals(a, b) -> false))
    }

    /// Runs a block whose handles end with it, so that a batch keeps no more than one record's.
    pub(crate) fn scoped<T>(self, block: impl FnOnce() -> T) -> Result<T> {
        let scope = ask!(self.napi_open_handle_scope() -> ptr::null_mut());
        let result = block();
        // It may also be closed while an exception is pending.
        check_status!(unsafe { sys::napi_close_handle_scope(self.env, scope) })?;
        Ok(result)
    }
}
