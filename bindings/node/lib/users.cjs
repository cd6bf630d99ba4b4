'use strict'

const native = require('../native.cjs')
const { list } = require('./batch.cjs')
const { guard } = require('./errors.cjs')

/** The native side of users. */
let nativeOf

/** Users read once, for many decisions. */
class Users {
  #native

  static {
    nativeOf = (users) => users.#native
  }

  constructor(users) {
    const all = list(users, 'users')
    this.#native = read(all)
    Object.defineProperty(this, 'size', { value: all.length, enumerable: true })
  }
}

const read = (users, lang) => guard(() => new native.Users(list(users, 'users'), lang))

/** Users as the native side takes them; errors are in the language of a program. */
function usersOf(users, lang) {
  if (users === undefined || users === null) return undefined
  return users instanceof Users ? nativeOf(users) : read(users, lang)
}

module.exports = { Users, usersOf }
