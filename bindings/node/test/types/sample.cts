// Compiled by `npm run types`, never run: what a TypeScript user writes with `require`.
import jalon = require('jalon')

const program: jalon.Program = jalon.parse('score S\n  +1 si Email N\'EST PAS VIDE')
const totals: jalon.Total[] = program.scoreMany('S', [{ Email: 'a@exemple.fr' }])
const error: jalon.JalonError = new jalon.CheckError('message')
export = { totals, error }
