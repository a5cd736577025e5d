import { actionFor } from './reasons.js'

// request throws Refused for every answer that is not a success, so that SWR and
// react-query treat it as an error. The message is for people.
export class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? `The answer was ${status}.`)
    this.name = 'Refused'
    this.status = status
    this.reason = problem.reason ?? null
    this.action = actionFor(status, this.reason)
    this.retryAfter = retryAfter // in seconds; null: not said
  }
}

// request is fetch with a session, for answers in JSON. On the page's own
// origin the browser sends the cookie by itself. With bearer, request sends the
// token, for other origins. If the proxy refuses a request for its token,
// request sends it once more with a new token: the proxy refuses a request
// before the backend sees it.
export async function request(url, { session, bearer = false, ...init } = {}) {
  const send = async token => {
    const headers = new Headers(init.headers)
    if (bearer && token) headers.set('Authorization', `Bearer ${token}`)
    return read(await fetch(url, { ...init, headers, credentials: bearer ? 'omit' : 'same-origin' }))
  }
  try {
    return await send(bearer ? await session.token() : null)
  } catch (error) {
    if (error.action !== 'renew' || init.body instanceof ReadableStream) throw error
    const token = await renewed(session)
    if (!token) throw error
    return await send(token)
  }
}

async function read(answer) {
  if (answer.ok) return answer.json()
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json')
  const problem = isProblem ? await answer.json().catch(() => ({})) : {}
  if (answer.headers.get('www-authenticate')?.includes('"insufficient_user_authentication"')) {
    problem.reason = 'step-up-required' // the body may be the vendor's
  }
  throw new Refused(answer.status, problem, Number(answer.headers.get('retry-after')) || null)
}

// renewed asks the vendor's script for a new token; it returns null if there is
// none. Requests that were refused at the same time share one renewal.
const renewing = new WeakMap()

function renewed(session) {
  if (!renewing.has(session)) {
    const token = session.renew().catch(() => null).finally(() => renewing.delete(session))
    renewing.set(session, token)
  }
  return renewing.get(session)
}
