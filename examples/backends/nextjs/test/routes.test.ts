import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GET as hello } from '../app/hello/route'
import { GET as teams } from '../app/teams/route'
import { GET as whoami } from '../app/whoami/route'

// A test needs no proxy and no token: it writes the headers itself.
const signedIn = { 'x-identity-status': 'signed-in', 'x-identity-user-id': 'user_1' }
const reader = { ...signedIn, 'x-identity-org-permissions': 'org:teams:manage,org:teams:read' }
for (const [name, handler, headers, status] of [
  ['whoami', whoami, {}, 200],
  ['hello', hello, {}, 401],
  ['hello', hello, signedIn, 200],
  ['teams', teams, signedIn, 403],
  ['teams', teams, reader, 200],
] as const) {
  test(`${name} with ${JSON.stringify(headers)}`, async () => {
    const answer = await handler(new Request('http://localhost/', { headers }))
    assert.equal(answer.status, status)
  })
}
