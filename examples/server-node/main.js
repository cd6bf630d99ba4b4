// Starts the server; every minute, what has become due is done.

import { Desk } from './desk.js'
import { serve } from './server.js'
import { users } from './users.js'

const desk = new Desk({ folder: process.env.RULES ?? new URL('rules/', import.meta.url), users })
setInterval(() => desk.tick(), 60_000).unref()

const port = Number(process.env.PORT ?? 3000)
serve(desk).listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${port}`))
