// Drawing: the diagram, both sides of the proxy, and the list of requests.

import { verdict } from './exchanges.js'

const $ = id => document.getElementById(id)

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

// show draws one exchange; before is the one that led to it, if any.
export function show(exchange, before) {
  const parts = verdict(exchange, before).map((text, i) => i % 2 ? element('code', {}, text) : text)
  $('verdict').replaceChildren(...parts)
  light(exchange.decision, before?.decision)
  $('ticker').replaceChildren(...parts.map(part => part.cloneNode?.(true) ?? part))
  $('ticker').dataset.state = exchange.decision?.[0] ?? ''
  $('which').textContent = `${exchange.method} ${exchange.path}`
  drawSides(exchange)
}

function light(decision, before) {
  const diagram = $('diagram')
  for (const lit of diagram.querySelectorAll('.lit, .was')) lit.classList.remove('lit', 'was')
  diagram.classList.toggle('on', Boolean(decision))
  diagram.dataset.current = decision ? decision.join(' ') : ''
  if (!decision) return
  const state = diagram.querySelector(`[data-state="${decision[0]}"]`)
  state.classList.add('lit')
  state.querySelector(`[data-outcome="${decision[1]}"]`).classList.add('lit')
  if (before?.[0] === 'handshake') diagram.querySelector('[data-state=handshake]').classList.add('was')
  diagram.classList.remove('flash')
  requestAnimationFrame(() => diagram.classList.add('flash'))
}

// Headers that Envoy or every browser adds, and that say nothing here.
const dull = /^(:scheme|x-forwarded-|x-request-id|x-envoy-|sec-ch-|sec-fetch-(site|mode|user)|accept|priority|pragma|cache-control|connection|upgrade-|sec-websocket|dnt|te$|user-agent|referer|content-length)/
// A cookie of the Frontend API. Here it has the application's host, and cookies
// are shared by the ports of a host; elsewhere the application never sees it.
const elsewhere = /^__client(_oneauxilia|_corbado)?=/
const order = [':method', ':path', ':authority', 'origin', 'authorization', 'cookie']

// lines are headers to look at: one for each cookie, the telling ones first.
function lines(headers) {
  const all = []
  for (const [name, value] of headers) {
    if (dull.test(name)) continue
    if (name === 'cookie') all.push(...value.split(/; */).filter(c => c && !elsewhere.test(c)).map(c => ['cookie', c]))
    else all.push([name, value])
  }
  const rank = name => name.startsWith('x-identity-') ? 3.5 : (order.indexOf(name) + 1 || 9)
  return all.sort((a, b) => rank(a[0]) - rank(b[0]))
}

const key = ([name, value]) => name + ': ' + value

function drawSides(exchange) {
  const sent = lines(exchange.received ?? [])
  const got = exchange.forwarded ? lines(exchange.forwarded) : []
  const arrived = new Set(got.map(key)), came = new Set(sent.map(key))
  const row = ([name, value], kind, tag) => element('div', { className: kind },
    element('dt', {}, name), element('dd', {}, value, ...(tag ? [element('span', { className: 'tag' }, tag)] : [])))
  $('sent').replaceChildren(...sent.map(line => {
    const gone = exchange.forwarded && !arrived.has(key(line))
    return row(line, gone ? 'gone' : '', gone ? 'removed' : '')
  }))
  if (exchange.forwarded) {
    $('got').replaceChildren(...got.map(line => came.has(key(line)) ? row(line, '') : row(line, 'new', 'from the filter')))
    return
  }
  const told = ['www-authenticate', 'location', 'retry-after', 'access-control-allow-origin', 'set-cookie']
  const answer = (exchange.answered ?? []).filter(([name]) => told.includes(name)).map(([n, v]) => [n, v.replace(/(redirect_url=)[^&]*/, '$1…')])
  $('got').replaceChildren(
    element('div', { className: 'answer' }, element('dd', {}, exchange.status ? `Nothing. The filter answered ${exchange.status} itself:` : '…')),
    ...(exchange.reason ? [row(['reason', exchange.reason], '')] : []), ...answer.map(line => row(line, '')))
}

// drawLog lists exchanges and what the Frontend API was asked, newest first.
export function drawLog(entries, selected, choose) {
  $('log').replaceChildren(...entries.map(entry => {
    const time = element('time', {}, new Date(entry.at).toLocaleTimeString([], { hour12: false }))
    if (entry.what) {
      return element('li', { className: 'frontend' }, time, ` the Frontend API: ${entry.what}${entry.reason ? ', ' + entry.reason : ''}`)
    }
    const [state, outcome] = entry.decision ?? ['', '']
    const chip = element('span', { className: 'chip' }, String(entry.status || (entry.socket ? 101 : '…')))
    Object.assign(chip.dataset, { state, outcome })
    const what = entry.socket ? 'WebSocket' : entry.document ? 'page' : entry.preflight ? 'preflight' : 'fetch'
    const button = element('button', { type: 'button', onclick: () => choose(entry) },
      time, element('span', {}, chip), element('code', {}, `${entry.method} ${entry.path}${entry.reason ? '  ' + entry.reason : ''}`), element('span', {}, what))
    if (entry === selected) button.setAttribute('aria-current', 'true')
    return element('li', {}, button)
  }))
}
