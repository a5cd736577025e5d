// Connects to an MCP server that it knows nothing about but its URL, with the
// SDK's own way to a token, and prints what it went through as one JSON object.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const [, , url, token] = process.argv // a token that it has already: optional
const server = new URL(url)
const kept = token ? { tokens: { access_token: token, token_type: 'Bearer' } } : {}
const authProvider = {
  redirectUrl: 'http://127.0.0.1:1/callback',
  clientMetadata: { client_name: 'test', redirect_uris: ['http://127.0.0.1:1/callback'] },
  clientInformation: () => kept.client,
  saveClientInformation: client => { kept.client = client },
  tokens: () => kept.tokens,
  saveTokens: tokens => { kept.tokens = tokens },
  codeVerifier: () => kept.verifier,
  saveCodeVerifier: verifier => { kept.verifier = verifier },
  redirectToAuthorization: url => { kept.authorization = url },
}
const newTransport = () => new StreamableHTTPClientTransport(server, { authProvider })
const newClient = () => new Client({ name: 'test', version: '1' })

const first = newTransport()
try {
  await newClient().connect(first)
  throw new Error('it connected without the token that it needs')
} catch (error) {
  if (!(error instanceof UnauthorizedError)) throw error
}

// A person would say yes on the page of the authorization server.
const yes = await fetch(kept.authorization, { redirect: 'manual' })
await first.finishAuth(new URL(yes.headers.get('location')).searchParams.get('code'))

const client = newClient()
await client.connect(newTransport())
const { tools } = await client.listTools()
await client.close()
console.log(JSON.stringify({ authorization: kept.authorization, tools: tools.map(tool => tool.name) }))
