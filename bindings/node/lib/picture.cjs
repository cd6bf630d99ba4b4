'use strict'

const { guard } = require('./errors.cjs')
const { argument, lang, options } = require('./options.cjs')

/** A blueprint to be drawn. */
class Picture {
  #native

  constructor(native) {
    this.#native = native
    this.name = native.name
  }

  svg(given) {
    return this.#drawn('svg', given)
  }

  mermaid(given) {
    return this.#drawn('mermaid', given)
  }

  dot(given) {
    return this.#drawn('dot', given)
  }

  with(figures) {
    argument(typeof figures === 'object' && figures !== null, 'figures must be an object')
    const { states, transitions } = options(figures, ['states', 'transitions'])
    const named = JSON.stringify({ states: measured(states), transitions: measured(transitions) })
    return new Picture(guard(() => this.#native.withFigures(named)))
  }

  #drawn(format, given) {
    const { lang: asked } = options(given, ['lang'])
    return guard(() => this.#native[format](lang(asked)))
  }
}

/** Figures by name, as the native side names them. */
function measured(figures = {}) {
  argument(typeof figures === 'object' && figures !== null, 'figures must be objects by name')
  const named = Object.entries(figures).map(([name, given]) => {
    const { medianSeconds, ...rest } = options(given, ['count', 'refused', 'medianSeconds', 'from'])
    return [name, { ...rest, median_seconds: medianSeconds }]
  })
  return Object.fromEntries(named)
}

/** Figures as the native side gives them, as `with` takes them. */
function figuresOf(found) {
  const named = (all) => {
    return Object.fromEntries(Object.entries(all).map(([name, { median_seconds: medianSeconds, ...rest }]) => {
      return [name, medianSeconds === undefined ? rest : { ...rest, medianSeconds }]
    }))
  }
  return { states: named(found.states), transitions: named(found.transitions) }
}

module.exports = { Picture, figuresOf }
