import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { app } from './server.js'

// A test needs no proxy and no token: it writes the headers itself.
const signedIn = { 'x-identity-status': 'signed-in', 'x-identity-user-id': 'user_1' }
for (const [path, headers, status] of [
  ['/whoami', {}, 200],
  ['/hello', {}, 401],
  ['/hello', signedIn, 200],
  ['/teams', signedIn, 403],
  ['/teams', { ...signedIn, 'x-identity-org-permissions': 'org:teams:manage,org:teams:read' }, 200],
]) {
  test(`${path} with ${JSON.stringify(headers)}`, async () => {
    const server = app.listen(0, '127.0.0.1')
    try {
      await once(server, 'listening')
      const answer = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers })
      assert.equal(answer.status, status)
    } finally {
      server.close()
    }
  })
}
