import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Refused, request } from '../src/request.js'

// answers makes fetch give answers one after the other, and notes what was sent.
function answers(t, ...list) {
  const sent = []
  t.mock.method(globalThis, 'fetch', async (url, init) => {
    sent.push({ url, token: init.headers.get('authorization'), credentials: init.credentials })
    return list.shift()
  })
  return sent
}

const ok = () => Response.json({ user: 'user_1' })

const refusal = (status, reason, headers = {}) => new Response(
  JSON.stringify({ status, reason, detail: `Because of ${reason}.` }),
  { status, headers: { 'content-type': 'application/problem+json', ...headers } })

// session gives one token after the other.
function session(...tokens) {
  const s = { renewals: 0, token: async () => tokens[0] ?? null }
  s.renew = async () => { s.renewals++; tokens.shift(); return tokens[0] ?? null }
  return s
}

test('on the same origin the cookie goes by itself', async t => {
  const sent = answers(t, ok())
  assert.deepEqual(await request('/api/me', { session: session('one') }), { user: 'user_1' })
  assert.deepEqual(sent, [{ url: '/api/me', token: null, credentials: 'same-origin' }])
})

test('another origin gets the token, and no cookies', async t => {
  const sent = answers(t, ok())
  await request('https://api.example.com/api/me', { session: session('one'), bearer: true })
  assert.deepEqual(sent, [{ url: 'https://api.example.com/api/me', token: 'Bearer one', credentials: 'omit' }])
})

test('an expired token is renewed, once', async t => {
  const sent = answers(t, refusal(401, 'session-token-expired'), ok())
  await request('https://api.example.com/', { session: session('one', 'two'), bearer: true })
  assert.deepEqual(sent.map(s => s.token), ['Bearer one', 'Bearer two'])
})

test('an expired cookie is renewed by the vendor\'s script', async t => {
  const sent = answers(t, refusal(401, 'token-expired'), ok())
  const s = session('one', 'two')
  await request('/api/me', { session: s })
  assert.equal(s.renewals, 1)
  assert.deepEqual(sent.map(s => s.token), [null, null])
})

test('requests that are refused together share a new token', async t => {
  answers(t, refusal(401, 'token-expired'), refusal(401, 'token-expired'), ok(), ok())
  const s = session('one', 'two', 'three')
  await Promise.all([request('/a', { session: s }), request('/b', { session: s })])
  assert.equal(s.renewals, 1)
})

test('a new token that is refused too is not renewed again', async t => {
  const sent = answers(t, refusal(401, 'token-expired'), refusal(401, 'token-expired'))
  await assert.rejects(request('/', { session: session('one', 'two', 'three') }), { reason: 'token-expired' })
  assert.equal(sent.length, 2)
})

test('without a new token the refusal stands', async t => {
  answers(t, refusal(401, 'token-missing'))
  await assert.rejects(request('/', { session: session() }), { name: 'Refused', status: 401, reason: 'token-missing' })
})

test('a script that fails leaves the refusal as it was', async t => {
  answers(t, refusal(401, 'token-expired'))
  const broken = { token: async () => 'one', renew: async () => { throw new Error('offline') } }
  await assert.rejects(request('/', { session: broken }), { name: 'Refused', reason: 'token-expired' })
})

const actions = {
  'claims-mismatch': [403, 'forbidden'], 'origin-not-allowed': [403, 'report'], 'step-up-required': [403, 'stepUp'],
  'session-token-but-no-client-uat': [401, 'reload'], 'session-token-and-uat-missing': [401, 'signIn'],
  'token-invalid-signature': [401, 'report'], 'path-invalid': [400, 'report'], 'internal-error': [500, 'report'],
}
for (const [reason, [status, action]] of Object.entries(actions)) {
  test(`${reason}: ${action}, without another try`, async t => {
    const sent = answers(t, refusal(status, reason))
    await assert.rejects(request('/', { session: session('one', 'two') }), { status, reason, action, message: `Because of ${reason}.` })
    assert.equal(sent.length, 1)
  })
}

for (const status of [401, 403]) {
  test(`a step-up is known by the challenge of a ${status}`, async t => {
    const challenge = 'Bearer realm="app.example.com", error="insufficient_user_authentication", max_age="600"'
    const sent = answers(t, Response.json({ clerk_error: {} }, { status, headers: { 'www-authenticate': challenge } }))
    await assert.rejects(request('/', { session: session('one', 'two') }), { status, reason: 'step-up-required', action: 'stepUp' })
    assert.equal(sent.length, 1)
  })
}

test('503 says when to try again', async t => {
  answers(t, refusal(503, 'keys-unavailable', { 'retry-after': '5' }))
  await assert.rejects(request('/', { session: session('one') }), { action: 'wait', retryAfter: 5 })
})

test('the backend\'s own refusals have no reason', async t => {
  answers(t, new Response('no', { status: 404 }))
  await assert.rejects(request('/', { session: session('one') }), { status: 404, reason: null, action: 'report' })
})

test('without problem details a 401 is renewed, too', async t => {
  const sent = answers(t, new Response(null, { status: 401 }), ok())
  await request('/', { session: session('one', 'two') })
  assert.equal(sent.length, 2)
})

test('a body that can be read only once is not sent again', async t => {
  const sent = answers(t, refusal(401, 'token-expired'))
  const init = { session: session('one', 'two'), method: 'POST', body: new ReadableStream(), duplex: 'half' }
  await assert.rejects(request('/', init), Refused)
  assert.equal(sent.length, 1)
})
