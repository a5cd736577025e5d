// The demo's page: buttons that make requests, and a view of what became of
// them. Envoy tells the console of each request; the console tells the page.

import { Exchange } from './exchanges.js'
import { Session } from './session.js'
import { drawLog, show } from './view.js'

const settings = JSON.parse(document.getElementById('settings').textContent)
const $ = id => document.getElementById(id)
const base = `/${settings.vendor.name}/`
const session = new Session(settings.vendor)
const say = text => { $('script').textContent = text }

// ---- what Envoy tells

const exchanges = new Map()
const entries = [] // newest first
let selected = null
let drawing = false

function hear(event) {
  if (event.phase === 'frontend') {
    const [[, what], [, reason], [, vendor]] = event.headers
    if (vendor !== settings.vendor.name) return
    entries.unshift({ at: event.at, what, reason })
  } else {
    let exchange = exchanges.get(event.request)
    if (!exchange) {
      exchange = new Exchange(event.request, event.at)
      exchanges.set(event.request, exchange)
      if (exchanges.size > 300) exchanges.delete(exchanges.keys().next().value)
    }
    exchange.add(event) // in any order
    if (!exchange.path.startsWith(base)) return
    if (!entries.includes(exchange)) entries.unshift(exchange)
    if (!exchange.preflight) selected = exchange
  }
  entries.length = Math.min(entries.length, 40)
  draw()
}

// draw waits for the frame: events of one request come in a bunch.
function draw() {
  if (drawing) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    drawLog(entries, selected, entry => { selected = entry; draw() })
    if (selected?.received) show(selected, handshakeBefore(selected))
  })
}

// handshakeBefore is the request for the same page that led to a handshake.
function handshakeBefore(exchange) {
  const earlier = entries.slice(entries.indexOf(exchange) + 1).find(e => e.document && e.path === exchange.path)
  return exchange.document && earlier && exchange.at - earlier.at < 5000 ? earlier : undefined
}

new EventSource(settings.console + '/events').onmessage = message => hear(JSON.parse(message.data))

// ---- requests

// These go away with a new token. A forged one does not: it is not retried.
const renewable = new Set(['session-token-expired', 'token-expired', 'session-token-and-uat-missing', 'token-missing',
  'client-uat-but-no-session-token', 'session-token-iat-before-client-uat'])

// call makes a request, and after a 401 that a new token mends another one.
async function call(url, options = () => ({}), retry = $('retry').checked) {
  const story = []
  for (let attempt = 1; ; attempt++) {
    let answer
    try {
      answer = await fetch(url, await options())
    } catch (error) {
      return say([...story, `${error.name}: the browser does not let the page read the answer`].join(' → '))
    }
    const body = await answer.json().catch(() => null)
    story.push(answer.ok ? `${answer.status}` : `${answer.status} ${body?.reason ?? ''}`)
    const again = attempt === 1 && answer.status === 401 && retry && session.signedIn && renewable.has(body?.reason)
    if (!again || !await session.getToken({ fresh: true })) break
    story.push('a new token')
  }
  say(story.join(' → '))
}

const bearer = async () => {
  const token = await session.getToken()
  return token ? { headers: { Authorization: 'Bearer ' + token } } : {}
}

function openSocket() {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + base + 'ws')
  let told = ''
  socket.onmessage = message => {
    if (told) {
      say(`${told}; it repeats “${message.data}”`)
      return socket.close()
    }
    told = `the socket is open, as ${JSON.parse(message.data).user}`
    socket.send('hello')
  }
  socket.onclose = () => { if (!told) say('the socket was refused; scripts are not told why, the list below is') }
}

const actions = {
  call: () => call(base + 'api/hello'),
  'call-admin': () => call(base + 'api/admin'),
  spoof: () => call(base + 'api/hello', () => ({ headers: { 'X-Identity-User-Id': 'mallory' } })),
  socket: openSocket,
  reload: () => location.reload(),
  bearer: () => call(settings.other + base + 'api/hello', bearer),
  'no-bearer': () => call(settings.other + base + 'api/hello', undefined, false),
  'sign-out': async () => { await session.signOut(); say('signed out') },
  'renew-now': async () => say(await session.getToken({ fresh: true }) ? 'a new token is in the cookie' : 'there is no session to renew; sign in first'),
  tamper: async () => {
    if (!session.tamper()) return say('there is no token to forge; sign in first')
    await call(base + 'api/hello')
  },
  'stop-keys': async () => control($('stop-keys').getAttribute('aria-pressed') === 'true' ? 'start' : 'stop'),
  'rotate-keys': async () => { await control('rotate'); if (session.signedIn) await session.getToken({ fresh: true }) },
}
for (const [id, action] of Object.entries(actions)) {
  $(id).addEventListener('click', async () => {
    try { await action() } catch (error) { say(String(error)) }
  })
}

// ---- keys

async function control(action) {
  const method = 'POST'
  const keys = await (await fetch(`${settings.console}/keys/${settings.vendor.name}/${action}`, { method })).json()
  $('stop-keys').setAttribute('aria-pressed', String(keys.stopped))
  $('stop-keys').textContent = keys.stopped ? 'Start the key server' : 'Stop the key server'
  const hint = {
    stop: 'Now call the API: nothing changes, the filter has the keys. Then rotate them.',
    start: 'The filter gets the new keys as soon as somebody needs them.',
    rotate: keys.stopped ? 'Tokens have a new key that nobody can fetch: calls get 503, not 401.' : 'Tokens have a new key: the filter fetches it, and nobody notices.',
  }[action] ?? ''
  $('keys').textContent = `The key server ${keys.stopped ? 'is stopped' : 'runs'}; ${keys.signing} signs; asked ${keys.fetches} times. ${hint}`
}

// ---- the token

function drawToken() {
  const claims = session.claims()
  if (!claims) {
    $('token').dataset.state = 'none'
    $('token-left').style.width = '0'
    $('token-text').textContent = 'There is no token.'
    return
  }
  const left = claims.exp - Date.now() / 1000
  $('token').dataset.state = left > 0 ? 'good' : 'ended'
  $('token-left').style.width = `${Math.max(0, Math.min(100, left / (claims.exp - claims.iat) * 100))}%`
  $('token-text').textContent = left > 0
    ? `The token of ${claims.sub} ends in ${Math.ceil(left)} s`
    : `The token ended ${Math.floor(-left)} s ago. Call the API, or reload.`
}

setInterval(async () => {
  drawToken()
  const left = (session.claims()?.exp ?? 0) - Date.now() / 1000
  if ($('background').checked && session.signedIn && left < 3) await session.getToken({ fresh: true })
}, 500)

// ---- start

if (!navigator.cookieEnabled) {
  $('notice').hidden = false
  $('notice').textContent = 'This browser takes no cookies. Sessions on the same origin need them; a bearer token to another origin does not.'
}
control('show')
session.load().then(drawToken, () => {
  $('notice').hidden = false
  $('notice').textContent = 'The Frontend API does not answer. Is the demo still running?'
})
document.documentElement.dataset.ready = 'yes' // the buttons work
