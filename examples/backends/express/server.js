// A backend behind sessiongate.
import express from 'express'
import { identity, requireSession } from './middleware.js'

export const app = express()
app.use(identity)

// Optional: signed in or not.
app.get('/whoami', (request, response) => response.json(request.identity))

app.get('/hello', requireSession(), (request, response) => response.json(request.identity))

app.get('/teams', requireSession('org:teams:read'), (request, response) => {
  audit('teams.read', request.identity)
  response.json(request.identity)
})

// A line of JSON for each event: a caller's values cannot begin another line.
function audit(action, { provider, userId, sessionId, orgId, actor }) {
  console.log(JSON.stringify({ action, provider, user: userId, session: sessionId, organisation: orgId, actor }))
}

if (process.argv[1] === import.meta.filename) {
  app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1')
}
