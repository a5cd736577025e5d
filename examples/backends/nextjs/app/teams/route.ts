import { audit } from '../../lib/audit'
import { requireSession } from '../../lib/session'

export const GET = requireSession((request, caller) => {
  audit('teams.read', caller)
  return Response.json(caller)
}, 'org:teams:read')
