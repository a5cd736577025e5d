import { audit } from '../lib/audit'
import { requireSession } from '../lib/session'

export default requireSession((request, response, caller) => {
  audit('teams.read', caller)
  response.json(caller)
}, 'org:teams:read')
