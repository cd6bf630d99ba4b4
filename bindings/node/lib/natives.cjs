'use strict'

/** The native side and the language of each program. */
module.exports = new WeakMap()
