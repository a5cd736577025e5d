import type { Identity } from './identity'

/** A line of JSON for each event: a caller's values cannot begin another line. */
export function audit(action: string, { provider, userId, sessionId, orgId, actor }: Identity) {
  console.log(JSON.stringify({ action, provider, user: userId, session: sessionId, organisation: orgId, actor }))
}
