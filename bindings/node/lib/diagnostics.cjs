'use strict'

/** Line and column where a text ends, both from 1, the column in characters. */
function position(before) {
  const lines = before.split('\n')
  return [lines.length, [...lines.at(-1)].length + 1]
}

/**
 * Findings as users read them. The native side counts bytes of UTF-8; here places are lines,
 * columns, and indexes of the JavaScript string.
 */
function diagnostics({ found, sources }) {
  const bytes = sources.map(({ text }) => Buffer.from(text))
  const place = ({ source, start, end }) => {
    const before = bytes[source]?.toString('utf8', 0, start) ?? ''
    const until = bytes[source]?.toString('utf8', 0, end) ?? ''
    const [[line, column], [endLine, endColumn]] = [position(before), position(until)]
    const file = sources[source]?.name
    return { file, line, column, endLine, endColumn, start: before.length, end: until.length }
  }
  const placed = ({ span, ...rest }) => ({ ...rest, ...place(span) })
  return found.map(({ labels, fixes, ...about }) => ({
    ...placed(about),
    labels: labels.map(placed),
    fixes: fixes.map(({ title, edits }) => ({ title, edits: edits.map(placed) })),
  }))
}

module.exports = { diagnostics }
