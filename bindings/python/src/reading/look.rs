//! Stepping over a dict without counting references, which costs more than what is looked at.
//!
//! The only unsafe code of the binding.
#![expect(unsafe_code, reason = "the interpreter lends what a dict holds through a C interface")]

use std::{ptr, slice, str};

use pyo3::ffi::{PyDict_Next, PyErr_Clear, PyObject, PyUnicode_AsUTF8AndSize};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};

use smallvec::SmallVec;

use super::{Cells, Held};

/// Looks at the values of a dict that are read, if its names are the given ones in their order and
/// those values are simple.
pub(super) fn same<'d>(
    dict: &'d Bound<'_, PyDict>,
    names: &[(Py<PyAny>, Box<str>)],
    reads: &[Option<usize>],
    cells: &mut Cells<'d>,
) -> bool {
    if dict.len() != names.len() {
        return false;
    }
    let mut values: SmallVec<[Borrowed<'d, '_, PyAny>; 16]> = SmallVec::new();
    let mut place = 0;
    for ((object, name), read) in names.iter().zip(reads) {
        let (mut key, mut value): (*mut PyObject, *mut PyObject) =
            (ptr::null_mut(), ptr::null_mut());
        // SAFETY: `dict` is one, and the places to write to are there. It is not changed between
        // two steps: nothing below runs code of Python's.
        let found = unsafe {
            PyDict_Next(dict.as_ptr(), &raw mut place, &raw mut key, &raw mut value) != 0
        };
        if !found {
            return false;
        }
        // SAFETY: a step gives objects that are there as long as the dict, which has them, is
        // not changed.
        let (key, value): (Borrowed<'d, '_, PyAny>, Borrowed<'d, '_, PyAny>) =
            unsafe { (Borrowed::from_ptr(dict.py(), key), Borrowed::from_ptr(dict.py(), value)) };
        if !object.is(&*key) && !is_text(key, name) {
            return false;
        }
        if read.is_some() {
            fetch(value);
            values.push(value);
        }
    }
    for value in values {
        match simple(value) {
            Some(held) => cells.push(held),
            None => return false,
        }
    }
    true
}

/// Has a value brought from memory while others are looked at: those of a record lie scattered.
#[inline]
fn fetch(value: Borrowed<'_, '_, PyAny>) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: this reads nothing, it is a hint; and the value is there.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(value.as_ptr().cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

/// What is simple in a value, without running code of its own: a subclass may have some.
fn simple<'d>(object: Borrowed<'d, '_, PyAny>) -> Option<Held<'d>> {
    if object.is_exact_instance_of::<PyString>() {
        return text(object).map(Held::Text);
    }
    if object.is_none() {
        return Some(Held::Empty);
    }
    if object.is_exact_instance_of::<PyInt>() {
        return object.extract().ok().map(Held::Int);
    }
    if let Ok(tick) = object.cast::<PyBool>() {
        return Some(Held::Bool(tick.is_true()));
    }
    if object.is_exact_instance_of::<PyFloat>() {
        return Held::of_float(object.cast::<PyFloat>().ok()?.value());
    }
    None
}

/// Whether an object is a `str` of this content.
fn is_text(object: Borrowed<'_, '_, PyAny>, content: &str) -> bool {
    object.is_exact_instance_of::<PyString>() && text(object) == Some(content)
}

/// The content of a `str`; nothing of one with lone surrogates.
fn text<'d>(string: Borrowed<'d, '_, PyAny>) -> Option<&'d str> {
    let mut size = 0;
    // SAFETY: it is a `str`, as the caller has seen, and the place to write to is there.
    let data = unsafe { PyUnicode_AsUTF8AndSize(string.as_ptr(), &raw mut size) };
    if data.is_null() {
        // SAFETY: the interpreter is attached, and the error that it forgets is the one just made.
        unsafe { PyErr_Clear() };
        return None;
    }
    // SAFETY: these are UTF-8, and there as long as the string, which does not change.
    Some(unsafe { str::from_utf8_unchecked(slice::from_raw_parts(data.cast(), size as usize)) })
}
