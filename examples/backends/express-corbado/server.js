// A backend that keeps Corbado's SDK behind sessiongate: the verified token is
// still in the request, and the SDK finds the same user in it.
import { Config, SDK } from '@corbado/node-sdk'
import express from 'express'

const { CORBADO_PROJECT_ID, CORBADO_API_SECRET, CORBADO_FRONTEND_API, CORBADO_BACKEND_API } = process.env
const sdk = new SDK(new Config(CORBADO_PROJECT_ID, CORBADO_API_SECRET, CORBADO_FRONTEND_API, CORBADO_BACKEND_API))

const app = express()
app.use(async (request, response, next) => {
  request.caller = await callerOf(request)
  next()
})

// Optional: signed in or not.
app.get('/whoami', (request, response) => response.json(request.caller))

app.get('/hello', (request, response) => {
  if (request.caller.signedIn) {
    response.json(request.caller)
  } else {
    response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'no session' })
  }
})

async function callerOf({ headers }) {
  const token = headers.authorization?.match(/^Bearer +(.*)$/i)?.[1] ?? headers.cookie?.match(/(?:^|; *)cbo_session_token=([^;]*)/)?.[1]
  if (!token) {
    return { signedIn: false }
  }
  const { userId, fullName } = await sdk.sessions().validateToken(token)
  return { signedIn: true, userId, name: fullName }
}

app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1')
