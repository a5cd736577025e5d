import { withSession } from '../../lib/session'

export const GET = withSession((request, caller) => Response.json(caller))
