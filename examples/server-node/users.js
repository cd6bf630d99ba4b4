// Who is who. An application reads this where it keeps its people.

export const users = [
  { name: 'Anna', email: 'anna@brightwater.example', roles: ['Sales'] },
  { name: 'Ben', email: 'ben@brightwater.example' },
]
