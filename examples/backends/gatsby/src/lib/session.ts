import type { GatsbyFunctionRequest, GatsbyFunctionResponse } from 'gatsby'
import { identityOf, type Identity } from './identity'

type Handler = (request: GatsbyFunctionRequest, response: GatsbyFunctionResponse, caller: Identity) => unknown

/** A function that learns who is calling, signed in or not. */
export function withSession(handler: Handler) {
  return (request: GatsbyFunctionRequest, response: GatsbyFunctionResponse) =>
    handler(request, response, identityOf(request))
}

/** A function that answers 401 without a session, and 403 without the permissions. */
export function requireSession(handler: Handler, ...permissions: string[]) {
  return withSession((request, response, caller) => {
    const missing = permissions.filter((permission) => !caller.permissions.includes(permission))
    if (!caller.signedIn) {
      response.setHeader('WWW-Authenticate', 'Bearer')
      return response.status(401).json({ error: 'no session' })
    }
    if (missing.length > 0) {
      return response.status(403).json({ error: `missing: ${missing.join(', ')}` })
    }
    return handler(request, response, caller)
  })
}
