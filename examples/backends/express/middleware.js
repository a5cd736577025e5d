import { identityOf } from './identity.js'

/** Gives every request its caller: `request.identity`. */
export function identity(request, response, next) {
  request.identity = identityOf(request.headers)
  next()
}

/**
 * Answers 401 without a session, and 403 without the permissions.
 * @param {...string} permissions
 */
export function requireSession(...permissions) {
  return (request, response, next) => {
    /** @type {import('./identity.js').Identity} */
    const caller = request.identity
    const missing = permissions.find((permission) => !caller.permissions.includes(permission))
    if (!caller.signedIn) {
      response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'no session' })
    } else if (missing) {
      response.status(403).json({ error: `permission ${missing} is missing` })
    } else {
      next()
    }
  }
}
