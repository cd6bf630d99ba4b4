// One object at a time: a score of 14 lines and six criteria, beside the same function by hand.
//
//     npm run build && node bench/one-record.mjs
//
// The sides take turns, their answers are checked equal, and the best of many passes counts.
import assert from 'node:assert/strict'
import * as jalon from 'jalon'

const PROGRAM = `
module Prospects
  Nom                    : texte
  Civilité               : texte
  Email                  : e-mail
  Téléphone              : téléphone
  Titre                  : texte
  Secteur                : texte
  Statut Membre          : texte
  Première page visitée  : url
  Email Opt Out          : case
  Pays                   : texte
  Montant                : devise
  Créé le                : date

score Scorex sur Prospects
  +25   si Email N'EST PAS VIDE
  +10   si Téléphone N'EST PAS VIDE
  +20   si Titre N'EST PAS VIDE
  +10   si Secteur N'EST PAS VIDE
  +10   si (Nom EST VIDE OU Nom NE CONTIENT PAS Directeur) ET Civilité N'EST PAS VIDE
  +10   si Première page visitée CONTIENT googleto
  +10   si Première page visitée CONTIENT lamoulie.com
  -100  si Première page visitée CONTIENT desabonnement
  +25   si Statut Membre CONTIENT Clic
  +5    si Statut Membre CONTIENT Open
  -100  si Statut Membre EST Opted Out, Désabonné, Plainte
  -1000 si Secteur EST Etudiant, Recherche d emploi, Spam
  -100  si Email Opt Out EST sélectionné
  +15   si Montant >= 10000 ET Créé le ENTRE 2026-05-31 ET 2026-06-30
`

const CRITERIA = [
  "Pays EST France, Monaco ET Email N'EST PAS VIDE",
  'Secteur EST Casino, Voyance',
  'Titre CONTIENT directeur',
  "Statut Membre CONTIENT Clic ET Email Opt Out N'EST PAS sélectionné",
  'Montant ENTRE 5000 ET 20000',
  'Créé le APRÈS 2026-06-01 ET Téléphone EST VIDE',
]

/** The program above, as one would write it. */
function byHand(lead) {
  const name = lead.Nom
  const email = lead.Email
  const phone = lead['Téléphone']
  const job = lead.Titre
  const sector = (lead.Secteur ?? '').toLowerCase()
  const status = (lead['Statut Membre'] ?? '').toLowerCase()
  const page = (lead['Première page visitée'] ?? '').toLowerCase()
  const optedOut = lead['Email Opt Out']
  const country = (lead.Pays ?? '').toLowerCase()
  const amount = lead.Montant
  const created = lead['Créé le']
  const clicked = status.includes('clic')
  let total = 0
  if (email) total += 25
  if (phone) total += 10
  if (job) total += 20
  if (sector) total += 10
  if ((!name || !name.toLowerCase().includes('directeur')) && lead['Civilité']) total += 10
  if (page.includes('googleto')) total += 10
  if (page.includes('lamoulie.com')) total += 10
  if (page.includes('desabonnement')) total -= 100
  if (clicked) total += 25
  if (status.includes('open')) total += 5
  if (status === 'opted out' || status === 'désabonné' || status === 'plainte') total -= 100
  if (sector === 'etudiant' || sector === 'recherche d emploi' || sector === 'spam') total -= 1000
  if (optedOut) total -= 100
  if (amount !== null && amount >= 10000 && created && created >= '2026-05-31' && created <= '2026-06-30') total += 15
  return {
    total,
    holds: [
      Boolean(email) && (country === 'france' || country === 'monaco'),
      sector === 'casino' || sector === 'voyance',
      Boolean(job) && job.toLowerCase().includes('directeur'),
      clicked && !optedOut,
      amount !== null && amount >= 5000 && amount <= 20000,
      Boolean(created) && created > '2026-06-01' && !phone,
    ],
  }
}

/** Leads whose values are empty about one time in five; the same in every run. */
function leads(count) {
  let state = 7
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const one = (...values) => (next() < 0.2 ? null : values[Math.floor(next() * values.length)])
  return Array.from({ length: count }, (_, i) => ({
    Nom: one(`Ferrand ${i}`, 'Le Directeur', 'Durand'),
    'Civilité': one('M.', 'Mme'),
    Email: one(`client${i}@exemple.fr`),
    'Téléphone': one(`04 93 ${(i % 90) + 10} 02 03`),
    Titre: one('Directeur général', 'Gérante', 'Acheteur'),
    Secteur: one('Banque', 'Etudiant', 'Casino', 'Hôtellerie', 'Spam'),
    'Statut Membre': one('Clic CRM', 'Open ZC', 'Opted Out', 'Désabonné', 'Envoyé'),
    'Première page visitée': one(
      `https://www.exemple.fr/offres/${i}`,
      `https://www.lamoulie.com/?utm=googleto&n=${i}`,
      'https://www.exemple.fr/desabonnement',
    ),
    'Email Opt Out': next() < 0.1,
    Pays: one('France', 'MONACO', 'Italie', 'belgique'),
    Montant: one(250, 5000, 12000.5, 90000),
    'Créé le': one('2026-06-12', '2026-01-31', '2025-11-02'),
  }))
}

/** Runs the sides in turns and prints each against the first. */
function race(sides, records, passes = 60) {
  const best = new Map()
  for (let pass = 0; pass < passes; pass++) {
    for (const [name, side] of Object.entries(sides)) {
      const start = process.hrtime.bigint()
      for (const record of records) side(record)
      const time = Number(process.hrtime.bigint() - start) / records.length
      best.set(name, Math.min(time, best.get(name) ?? Infinity))
    }
  }
  const first = best.values().next().value
  for (const [name, time] of best) {
    console.log(name.padEnd(42), time.toFixed(0).padStart(7), 'ns ', (time / first).toFixed(2).padStart(5))
  }
}

const program = jalon.parse(PROGRAM)
const judge = program.judge('Scorex', CRITERIA)
const scorer = program.scorer('Scorex')
const matcher = program.matcher(CRITERIA[0])
// A text made by joining others is joined on its first use: as data comes, it is one already.
const records = JSON.parse(JSON.stringify(leads(2000)))
for (const record of records) {
  const hand = byHand(record)
  assert.deepEqual(judge(record), hand)
  assert.equal(scorer(record), hand.total)
  assert.equal(program.score('Scorex', record).total, hand.total)
  assert.equal(matcher(record), hand.holds[0])
  assert.equal(program.matches(CRITERIA[0], record), hand.holds[0])
}
race(
  {
    'by hand: score and six criteria': byHand,
    'judge(record): score and six criteria': judge,
    'scorer(record): score': scorer,
    'matcher(record): one criterion': matcher,
    'program.score(name, record)': (record) => program.score('Scorex', record),
    'program.matches(criterion, record)': (record) => program.matches(CRITERIA[0], record),
  },
  records,
)
