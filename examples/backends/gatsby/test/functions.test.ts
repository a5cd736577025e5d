import assert from 'node:assert/strict'
import { test } from 'node:test'
import hello from '../src/api/hello'
import teams from '../src/api/teams'
import whoami from '../src/api/whoami'

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
  test(`${name} with ${JSON.stringify(headers)}`, () => {
    const answer = {
      statusCode: 200,
      status(code: number) {
        answer.statusCode = code
        return answer
      },
      setHeader: () => answer,
      json: () => answer,
    }
    handler({ headers } as never, answer as never)
    assert.equal(answer.statusCode, status)
  })
}
