// A backend that keeps Clerk's SDK behind sessiongate: the verified token is
// still in the request, and the SDK finds the same user in it.
import { clerkMiddleware, getAuth } from '@clerk/express'
import express from 'express'

const app = express()
app.use(clerkMiddleware({ authorizedParties: ['https://app.example.com'] }))

// Optional: signed in or not.
app.get('/whoami', (request, response) => response.json(callerOf(getAuth(request))))

app.get('/hello', (request, response) => {
  const caller = callerOf(getAuth(request))
  if (caller.signedIn) {
    response.json(caller)
  } else {
    response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'no session' })
  }
})

// What the headers of sessiongate say too, from the SDK.
function callerOf({ userId, sessionId, orgId, orgRole, orgSlug, actor, has }) {
  return {
    signedIn: Boolean(userId), userId, sessionId, orgId, orgRole, orgSlug, actor: actor?.sub,
    readsTeams: Boolean(userId && has({ permission: 'org:teams:read' })),
  }
}

app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1')
