// The backend behind the proxy: it serves the built pages, and says at /api/me
// who is asking. It knows that from the proxy's headers alone, so it listens on
// a loopback address. The environment says what differs between installations.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const env = process.env
const config = {
  vendor: env.VENDOR ?? 'clerk', // clerk, oneauxilia or corbado
  script: env.SCRIPT ?? 'https://clerk.example.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js',
  publishableKey: env.PUBLISHABLE_KEY ?? 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k',
  projectId: env.PROJECT_ID ?? 'pro-123',
  api: env.API ?? 'https://api.example.com', // the other origin of this backend
}
// The pages on other origins that may call the API.
const pages = (env.PAGES ?? 'https://app.example.com').split(' ')

createServer(async (request, response) => {
  try {
    const path = new URL(request.url, 'http://localhost').pathname
    if (path === '/api/me') return me(request, response)
    if (path === '/config.json') return json(response, config)
    await file(path === '/' ? '/index.html' : path, response)
  } catch {
    response.writeHead(404).end()
  }
}).listen(Number(env.PORT ?? 3000), '127.0.0.1')

// me says who is asking. The proxy refuses whoever is not signed in.
function me(request, response) {
  const { origin } = request.headers
  response.setHeader('Vary', 'Origin')
  if (pages.includes(origin)) response.setHeader('Access-Control-Allow-Origin', origin)
  if (request.method === 'OPTIONS') { // a preflight; the proxy lets it pass without a session
    response.setHeader('Access-Control-Allow-Methods', 'GET')
    response.setHeader('Access-Control-Allow-Headers', 'authorization')
    response.setHeader('Access-Control-Max-Age', '600')
    return response.writeHead(204).end()
  }
  json(response, { provider: header(request, 'provider'), user: header(request, 'user-id'), session: header(request, 'session-id') })
}

const header = (request, name) => decodeURIComponent(request.headers[`x-identity-${name}`] ?? '')

function json(response, value) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(value))
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

// file sends a built file, with the values of config in the place of {{names}}.
async function file(path, response) {
  const type = extname(path)
  let content = await readFile(join(import.meta.dirname, 'dist', normalize(path)))
  if (type === '.html') content = content.toString().replace(/{{(\w+)}}/g, (_, name) => config[name])
  response.writeHead(200, { 'Content-Type': types[type] ?? 'application/octet-stream' }).end(content)
}
