// What is known of each request: as it came to Envoy, as the filter let it go
// on, and what was answered.

export class Exchange {
  received = null
  forwarded = null
  answered = null

  constructor(id, at) { this.id = id; this.at = at }

  add(event) { this[event.phase] = event.headers }

  #get(phase, name) { return this[phase]?.find(([n]) => n === name)?.[1] ?? '' }
  sent(name) { return this.#get('received', name) }
  got(name) { return this.#get('forwarded', name) }
  answer(name) { return this.#get('answered', name) }

  get method() { return this.sent(':method') || this.got(':method') }
  get path() { return (this.sent(':path') || this.got(':path')).split('?')[0] }
  get status() { return Number(this.answer(':status')) || 0 }
  get document() { return this.sent('sec-fetch-dest') === 'document' }
  get socket() { return this.sent('upgrade') === 'websocket' }
  get preflight() { return this.method === 'OPTIONS' && this.sent('access-control-request-method') !== '' }
  get reason() {
    const forwarded = this.got('x-identity-reason')
    return forwarded || this.answer(':identity-reason') || this.answer('x-clerk-auth-reason')
  }

  // decision is the state, and what came of it; null until that is known.
  get decision() {
    if (this.forwarded) {
      const signedIn = this.got('x-identity-status') === 'signed-in'
      return signedIn ? ['signed-in', 'backend'] : ['signed-out', 'optional']
    }
    if (!this.status) return null
    if (this.status === 307 || this.status === 303) {
      return this.answer('location').includes('/v1/client/handshake') ? ['handshake', 'frontend'] : ['signed-out', 'sign-in']
    }
    if (this.status === 403) return ['signed-in', 'forbidden']
    if (this.status >= 500) return ['unknown', 'unavailable']
    return ['signed-out', 'refused']
  }
}

// source says where the token of a request was.
function source(exchange) {
  if (exchange.sent('authorization')) return 'the bearer token'
  return exchange.sent('cookie').includes('eyJ') ? 'the token in the cookie' : 'no token'
}

// verdict is a sentence about a decision, in parts: text and code by turns.
export function verdict(exchange, before) {
  const decision = exchange.decision
  if (!decision) return ['The filter has not decided yet.']
  const user = exchange.got('x-identity-user-id')
  const renewed = before?.decision?.[0] === 'handshake'
  switch (decision[1]) {
    case 'backend':
      if (renewed) {
        return ['This page first came with ', before.reason, '. A handshake settled it before you saw anything; now the backend knows it is ', user, '.']
      }
      return [`Signed-in: ${source(exchange)} verified. The backend was told `, user, '.']
    case 'optional':
      if (exchange.preflight) return ['A preflight: the browser asks whether the page may send that request. It passes, as signed-out.']
      return ['Signed-out: ', exchange.reason, '. This page allows that, so the backend answers, and knows of no user.']
    case 'frontend':
      return ['Unknown: ', exchange.reason, '. The browser goes to the Frontend API, which settles it and sends it back.']
    case 'sign-in':
      return ['Signed-out: ', exchange.reason, '. The page needs a session, so the browser goes to the sign-in page.']
    case 'forbidden':
      return ['Signed-in, but ', exchange.reason || 'a rule', ' says no: the session has not what the rule asks for.']
    case 'unavailable':
      return ['Nobody can tell: ', exchange.reason, '. Without keys the filter neither passes nor blames the user; it says to try again.']
  }
  return [`Signed-out, with ${source(exchange)}: `, exchange.reason, '. The backend never saw this request.']
}
