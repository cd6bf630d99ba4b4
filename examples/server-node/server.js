// The routes. Each is a function of the desk; what it throws becomes a status and a message.

import { createServer } from 'node:http'

import { JalonError, ProgramError } from 'jalon'

import { NotFound, NotTaken } from './desk.js'

const routes = [
  ['POST', /^\/leads$/, (desk, { body }) => [201, desk.createLead(body)]],
  ['GET', /^\/leads\/(\d+)\/why$/, (desk, { lang }, id) => [200, desk.why(id, lang)]],
  ['POST', /^\/deals$/, (desk, { body }) => [201, desk.createDeal(body)]],
  ['POST', /^\/deals\/(\d+)\/transitions\/([^/]+)$/, transition],
  ['GET', /^\/effects$/, (desk) => [200, desk.effects]],
  ['POST', /^\/rules\/reload$/, (desk) => [200, desk.reload()]],
]

function transition(desk, { body, lang, by }, id, name) {
  const made = desk.transition(id, name, body, by)
  if (made.made) return [200, made]
  const reasons = made.obstacles.map((one) => ({ code: one.code, message: one.message(lang) }))
  return [422, { error: reasons.map(({ message }) => message).join('\n'), reasons }]
}

/** The server; who starts it listens. */
export function serve(desk) {
  return createServer(async (request, response) => {
    const [status, body] = await answer(desk, request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

async function answer(desk, request) {
  try {
    const { pathname } = new URL(request.url, 'http://localhost')
    for (const [method, pattern, handle] of routes) {
      const match = request.method === method && pattern.exec(pathname)
      if (match) return handle(desk, await asked(request), ...match.slice(1).map(decodeURIComponent))
    }
    throw new NotFound(`there is no ${request.method} ${pathname}`)
  } catch (error) {
    return failed(error)
  }
}

/** What a request says: its body, its language, and who acts. */
async function asked(request) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > 1_000_000) throw new SyntaxError('the body is too large')
  }
  const body = text ? JSON.parse(text) : {}
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new TypeError('an object is wanted')
  const lang = request.headers['accept-language']?.startsWith('fr') ? 'fr' : 'en'
  // Jalon takes the host's word for who acts: put there what your authentication says
  return { body, lang, by: request.headers['x-user'] }
}

function failed(error) {
  const body = { error: error.message }
  if (error instanceof NotFound) return [404, body]
  if (error instanceof NotTaken) return [422, { ...body, ...error.details }]
  if (error instanceof ProgramError) return [422, { ...body, diagnostics: error.diagnostics }]
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof URIError) return [400, body]
  if (error instanceof JalonError) return [422, { ...body, code: error.code }]
  console.error(error)
  return [500, { error: 'internal error' }]
}
