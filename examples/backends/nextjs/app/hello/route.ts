import { requireSession } from '../../lib/session'

export const GET = requireSession((request, caller) => Response.json(caller))
