import { identityOf, type Identity } from './identity'

type Handler = (request: Request, caller: Identity) => Response | Promise<Response>

/** A route handler that learns who is calling, signed in or not. */
export function withSession(handler: Handler) {
  return (request: Request) => handler(request, identityOf(request.headers))
}

/** A route handler that answers 401 without a session, and 403 without the permissions. */
export function requireSession(handler: Handler, ...permissions: string[]) {
  return withSession((request, caller) => {
    if (!caller.signedIn) {
      return Response.json({ error: 'no session' }, { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } })
    }
    const missing = permissions.filter((permission) => !caller.permissions.includes(permission))
    if (missing.length > 0) {
      return Response.json({ error: `missing: ${missing.join(', ')}` }, { status: 403 })
    }
    return handler(request, caller)
  })
}
